"""Takes a loaded delivery back, after saying what disappears and asking why."""

from __future__ import annotations

import streamlit as st

from etl.failure import FAILURES, german_failure
from etl.history import Delivered
from etl.load import loading_within, retract
from etl.saved import format_name
from etl.seed import is_document
from pages.components import html, peers
from pages.components.inbox import PATIENCE
from pages.components.values import area_name
from pages.components.warehouse import question
from warehouse.formatting import format_number
from warehouse.snapshots import warehouse_folder


@st.dialog("Lieferung zurücknehmen", width="medium")
def take_back(chosen: Delivered, who: str) -> None:
    """Say what disappears, ask for a reason, take the extract back."""
    last = chosen.last
    st.markdown(
        f"**{html.plain(last.file_name)}**, geladen am {last.when:%d.%m.%Y} von {html.plain(last.who)}"
    )
    st.markdown(html.plain(_consequence(chosen)))
    if is_document(last):
        st.warning(
            "Das ist ein Planungsdokument des Grundbestands. Seine Angaben verschwinden von allen Seiten und kommen "
            "auch bei einem Neustart nicht von selbst zurück. Das Original bleibt auf dieser Seite zum Herunterladen; "
            "nur damit lässt es sich wieder laden."
        )
    reason = st.text_input("Grund", key="grund-zurueck", max_chars=300).strip()
    with st.container(horizontal=True):
        confirmed = st.button("Zurücknehmen", key="zurueck-ja", type="primary")
        if st.button("Abbrechen", key="zurueck-nein"):
            st.rerun()
    if confirmed and not (who and reason):
        st.error(
            "Bitte nennen Sie einen Grund."
            if who
            else "Bitte nennen Sie zuerst oben auf der Seite Ihren Namen."
        )
    elif confirmed and (failed := _retracted(chosen, who, reason)):
        st.error(html.plain(failed))
    elif confirmed:
        st.session_state["_taken_back"] = (
            f"»{html.plain(last.file_name)}« ist zurückgenommen; die Werte davor gelten wieder."
        )
        st.rerun()


def _retracted(chosen: Delivered, who: str, reason: str) -> str:
    """Take an extract back; return "" or why that failed, in German."""
    folder = warehouse_folder()
    try:
        with st.spinner("Der Stand davor wird hergestellt …"), loading_within(folder, PATIENCE):
            found = retract(folder, chosen.last.extract, who=who, reason=reason)
    except FAILURES as error:
        return german_failure(error, folder)
    return found.text if found else ""


def _consequence(chosen: Delivered) -> str:
    """Return what of an extract is in force and what becomes of it."""
    rows = question("extract_in_force", extract=chosen.last.extract)
    number = int(rows["in_force"].sum())
    if not number:
        name = format_name(chosen.last.format)
        return f"Ihre {format_number(chosen.last.rows)} Zeilen ({name}) entfallen; kein geltender Wert stammt aus ihnen."
    lost = int(rows["without_other"].sum())
    names = peers.names()
    told = [f"{area_name(area, names)} {format_number(held)}" for area, held, _ in rows.head(5).iter_rows()]
    more = f" und {rows.height - 5} weitere" if rows.height > 5 else ""
    areas = ", ".join(told) + more if rows.height > 1 else area_name(rows["jobcenter"][0], names)
    begin = f"{format_number(number)} geltende Werte stammen aus dieser Lieferung ({areas})"
    if lost == number:
        return f"{begin}; alle entfallen."
    older = f"Für {format_number(number - lost)} gilt danach wieder der Wert einer anderen Lieferung"
    return f"{begin}. {older}" + (f", {format_number(lost)} entfallen." if lost else ".")

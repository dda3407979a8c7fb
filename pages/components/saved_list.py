"""The formats people have saved: who made each when, its TOML to review and take along, and the way to remove it."""

from __future__ import annotations

import streamlit as st

from etl.failure import FAILURES, german_failure
from etl.formats import Format
from etl.load import loading_within
from etl.manage_formats import about_format
from etl.saved import remove_format, saved_formats
from pages.components import html
from pages.components.inbox import PATIENCE, Inbox
from warehouse.formatting import format_number
from warehouse.snapshots import warehouse_folder

_CHOOSE = "Format herunterladen oder entfernen"


def show_saved_formats(waiting: Inbox) -> None:
    """Show the saved formats, those that are broken with what to do; nothing where there are none."""
    saved = saved_formats(warehouse_folder())
    if not saved.formats and not saved.faults:
        return
    st.header("Gespeicherte Formate")
    for fault in saved.faults:
        st.error(html.plain(f"Ein gespeichertes Format wird übergangen. {fault}"))
    if not saved.formats:
        return
    _show_one({f"{each.name} ({each.id})": each for each in saved.formats}, waiting)
    rows = [_row(each) for each in saved.formats]
    number = len(rows)
    caption = f"{format_number(number)} {'Format' if number == 1 else 'Formate'}; Zeiten in UTC"
    st.html(html.table(("Format", "Wer und wann", "Nach der Datei", "Liest"), rows, caption=caption).text)


def _row(each: Format) -> list[html.Html]:
    made, assigned = about_format(each), each.assigned
    values = len(assigned.values) if assigned else 0
    sheet = html.muted(f"Blatt {made['sheet']}") if made["sheet"] else html.EMPTY
    return [
        html.stacked(html.text(each.name), html.muted(f"Kennung {each.id}")),
        html.stacked(html.text(made["by"]), html.muted(made["at"])),
        html.stacked(html.text(made["file"]), sheet),
        html.text(f"{format_number(values)} Spalte{'n' if values != 1 else ''} mit Werten"),
    ]


def _show_one(formats: dict[str, Format], waiting: Inbox) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = st.selectbox(_CHOOSE, list(formats), key="format", index=None, placeholder="Bitte wählen")
        chosen = formats.get(label or "")
        if chosen is None:
            return
        st.download_button(
            "TOML herunterladen",
            chosen.source,
            f"{chosen.id}.toml",
            "application/toml",
            key="format-toml",
            on_click="ignore",
        )
        if st.button("Entfernen …", key="format-entfernen"):
            _remove(chosen, waiting)


@st.dialog("Format entfernen", width="medium")
def _remove(chosen: Format, waiting: Inbox) -> None:
    st.markdown(f"**{html.plain(chosen.name)}**")
    st.markdown(
        "Dateien werden damit nicht mehr erkannt. Was damit geladen wurde, gilt weiter und bleibt nachvollziehbar. "
        "Laden Sie das TOML vorher herunter, wenn Sie es noch einmal brauchen könnten."
    )
    with st.container(horizontal=True):
        confirmed = st.button("Entfernen", key="format-ja", type="primary")
        if st.button("Abbrechen", key="format-nein"):
            st.rerun()
    if not confirmed:
        return
    folder = warehouse_folder()
    try:
        with loading_within(folder, PATIENCE):
            remove_format(folder, chosen.id)
    except FAILURES as error:
        st.error(html.plain(german_failure(error, folder)))
        return
    st.session_state["_format_told"] = f"Das Format »{chosen.name}« ist entfernt."
    waiting.look_again_at_unknown()
    st.rerun()

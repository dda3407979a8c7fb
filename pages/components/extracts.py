"""All delivered files with what became of them; the original bytes of each, and the way to take one back."""

from __future__ import annotations

import streamlit as st

from etl import log
from etl.extract import kept, kept_path
from etl.failure import FAILURES, german_failure
from etl.history import Delivered, history
from pages.components import html
from pages.components.reference import load_row
from pages.components.take_back import take_back
from warehouse.formatting import format_number
from warehouse.snapshots import warehouse_folder

_SHOWN = 20
_CHOOSE = "Original herunterladen oder Lieferung zurücknehmen"
_HEAD = ("Lieferung", "Stand", "Wann und wer", "Werte")
STATES = {
    log.LOADED: "gilt",
    log.RETRACTED: "zurückgenommen",
    log.REJECTED: "abgelehnt: Fehler in der Datei",
    log.DISCARDED: "verworfen",
    log.UNCONFIRMED: "nicht geladen: Hinweise nicht bestätigt",
    log.UNCHANGED: "brachte nichts Neues",
}
"""Last telling act of an extract → what it is now."""


def deliveries() -> list[Delivered] | None:
    """Return all delivered files, the latest first; None where the log cannot be read: then the page says so."""
    folder = warehouse_folder()
    try:
        return history(log.read_log(folder))
    except FAILURES as error:
        st.error(html.plain(german_failure(error, folder)))
        return None


def show_extracts(all_: list[Delivered], who: str) -> None:
    """Show the list, and for one chosen loaded file its original and the way back."""
    st.header("Geladene Lieferungen")
    told: str | None = st.session_state.pop("_taken_back", None)
    if told:
        st.success(told)
    to_choose = {_label(each): each for each in all_ if each.was_loaded}
    if to_choose:
        _show_one(to_choose, who)
    caption = f"{format_number(len(all_))} Lieferungen, die jüngste zuerst; Zeiten in UTC"
    st.html(html.table(_HEAD, map(_row, all_[:_SHOWN]), caption=caption, figures_from=3).text)
    if len(all_) > _SHOWN:
        named = f"{format_number(len(all_) - _SHOWN)} ältere Lieferungen"
        older = html.table(_HEAD, map(_row, all_[_SHOWN:]), caption=named, figures_from=3)
        st.html(html.folded(named, older).text)


def _row(each: Delivered) -> list[html.Html]:
    last = each.last
    told = {"act": STATES[last.act], "acted_at": last.when}
    return load_row({**vars(last), **told})


def _label(each: Delivered) -> str:
    last = each.last
    state = "" if each.counts else f" · {STATES[last.act]}"
    return f"{last.file_name} · {last.when:%d.%m.%Y, %H:%M} · {last.extract[:12]}{state}"


def _show_one(to_choose: dict[str, Delivered], who: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = st.selectbox(
            _CHOOSE, list(to_choose), key="lieferung", index=None, placeholder="Bitte wählen"
        )
        chosen = to_choose.get(label or "")
        if chosen is None:
            return
        last, folder = chosen.last, warehouse_folder()
        is_kept = kept_path(folder, last.extract).exists()
        st.download_button(
            "Original herunterladen",
            lambda: kept(folder, last.extract, last.file_name).content,
            last.file_name,
            "application/octet-stream",
            key="original",
            on_click="ignore",
            disabled=not is_kept,
        )
        back = chosen.counts and st.button("Zurücknehmen …", key="zuruecknehmen")
    if not is_kept:
        st.error(
            f"Die aufbewahrte Datei fehlt: {html.plain(str(kept_path(folder, last.extract)))}. "
            "Stellen Sie sie aus einer Sicherung wieder her oder laden Sie dieselbe Datei noch einmal."
        )
    if back:
        take_back(chosen, who)

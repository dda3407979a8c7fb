"""The formats people have saved: who made each when, its TOML to review and take along, and the way to remove it."""

from __future__ import annotations

import streamlit as st

from etl.extract import kept
from etl.failure import FAILURES, german_failure
from etl.formats import Format
from etl.load import loading_within
from etl.manage_formats import about_format
from etl.revision import readings
from etl.saved import remove_format, saved_formats
from pages.components import html
from pages.components.assistant import open_format, show_assistant
from pages.components.inbox import PATIENCE, Inbox, Item
from warehouse.formatting import format_number
from warehouse.snapshots import warehouse_folder

_CHOOSE = "Format herunterladen, bearbeiten oder entfernen"


def show_saved_formats(waiting: Inbox, who: str) -> None:
    """Show the saved formats, those that are broken with what to do, and the one that is being changed; nothing where there
    are none."""
    saved = saved_formats(warehouse_folder())
    if not saved.formats and not saved.faults:
        return
    st.header("Gespeicherte Formate")
    for fault in saved.faults:
        st.error(html.plain(f"Ein gespeichertes Format wird übergangen. {fault}"))
    if not saved.formats:
        return
    if waiting.edited and waiting.edited.assignment:
        with st.container(border=True):
            show_assistant(waiting, waiting.edited, waiting.edited.assignment, who)
    else:
        waiting.edited = None
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
        edit = st.button("Bearbeiten …", key="format-bearbeiten")
        if st.button("Entfernen …", key="format-entfernen"):
            _remove(chosen, waiting)
    if edit:
        _edit(chosen, waiting)


def _edit(chosen: Format, waiting: Inbox) -> None:
    """Open a format over the newest file that it reads: one that waits, or the kept original of a load."""
    folder = warehouse_folder()
    own = [
        item for item in waiting.items.values() if item.review and item.review.draft.format_id == chosen.id
    ]
    file = own[-1].extract if own else None
    try:
        for entry in [] if file else readings(folder, chosen.id)[:1]:
            file = kept(folder, entry.extract, entry.file_name)
    except FAILURES as error:
        st.error(html.plain(german_failure(error, folder)))
        return
    if file is None:
        st.info(
            "Bearbeiten lässt sich ein Format an einer Datei, die es liest; aufbewahrt ist noch keine. Legen Sie oben eine in "
            "das Feld und klicken Sie noch einmal."
        )
        return
    waiting.edits += 1
    waiting.edited = Item(-waiting.edits, file)
    open_format(waiting.edited, chosen)


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

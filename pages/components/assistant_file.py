"""Asks for what the saved format of a file wants to be told for each file, because it stands nowhere in it."""

from __future__ import annotations

import streamlit as st

from etl.assigned import ToldFile
from etl.failure import FAILURES, german_failure
from etl.load import loading_within
from etl.saved import tell
from pages.components import html
from pages.components.inbox import PATIENCE, Inbox, Item
from warehouse.periods import PERIOD_EXAMPLES, parse_period
from warehouse.snapshots import warehouse_folder


def ask_for_file(waiting: Inbox, item: Item) -> None:
    """Ask for what the saved format of a file wants to be told for each file: its period, the date of its data."""
    saved = item.review.draft.saved if item.review else None
    if saved is None or saved.assigned is None or not saved.assigned.asked:
        return
    known = saved.assigned.told(item.extract.id)
    with st.form(f"datei-{item.number}", border=False):
        told = {
            name: st.text_input(
                f"{'Zeitraum' if name == 'zeitraum' else 'Datenstand'} dieser Datei",
                getattr(known, name),
                key=f"datei-{item.number}-{name}",
                max_chars=40,
                placeholder="z. B. 2019-10" if name == "zeitraum" else "z. B. 12.11.2019",
            ).strip()
            for name in saved.assigned.asked
        }
        said = st.form_submit_button("Angabe merken und Datei prüfen")
    if not said:
        return
    if wrong := [text for text in told.values() if text and parse_period(text) is None]:
        st.error(html.plain(f"»{wrong[0]}« ist kein Zeitraum. Schreiben Sie ihn wie {PERIOD_EXAMPLES}."))
        return
    folder = warehouse_folder()
    try:
        with loading_within(folder, PATIENCE):
            tell(folder, saved.id, ToldFile(item.extract.id, item.extract.file_name, **told))
    except FAILURES as error:
        st.error(html.plain(german_failure(error, folder)))
        return
    waiting.look_again_at_unknown()
    st.rerun()

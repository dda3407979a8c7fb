"""Daten laden: files come in, are checked, shown with what they would change, accepted or discarded, and taken back."""

import streamlit as st

from pages.components import choose, show
from pages.components.drafts import show_drafts
from pages.components.extracts import deliveries, show_extracts
from pages.components.inbox import inbox, work
from pages.components.langformat import template_buttons
from pages.components.loading_answer import loading_answer, show_results

waiting = inbox()
delivered = deliveries()
show.head("Was ändert sich mit neuen Lieferungen?", loading_answer(waiting, delivered))
with st.container(horizontal=True, vertical_alignment="bottom"):
    who = choose.name("Wer lädt", key="wer")
    choose.link_here("laden")
files = st.file_uploader(
    "Dateien der Statistik, im Langformat oder in einem anderen hinterlegten Format",
    accept_multiple_files=True,
    key=f"dateien-{waiting.received}",
)
if files:
    waiting.receive((file.name, file.getvalue()) for file in files)
    st.rerun()
with st.expander("Vorlagen"):
    template_buttons()
if work(waiting):
    st.rerun()
show_results(waiting)
show_drafts(waiting, who)
show_extracts(delivered, who)

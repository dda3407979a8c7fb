"""Daten laden: files come in, are checked, shown with what they would change, accepted or discarded, and taken back."""

import streamlit as st

from pages.components import choose, show
from pages.components.assistant import say_what_was_saved
from pages.components.drafts import show_drafts
from pages.components.extracts import deliveries, show_extracts
from pages.components.inbox import inbox
from pages.components.intake import show_box, work
from pages.components.langformat import other_templates, template_buttons
from pages.components.loading_answer import loading_answer, show_results
from pages.components.saved_list import show_saved_formats

waiting = inbox()
delivered = deliveries()
show.head("Was ändert sich mit neuen Lieferungen?", loading_answer(waiting, delivered))
with st.container(horizontal=True, vertical_alignment="bottom"):
    who = choose.name("Wer lädt", key="wer")
    choose.link_here("laden")
show_box(waiting)
with st.expander("Vorlagen"):
    template_buttons()
    other_templates()
if work(waiting):
    st.rerun()
show_results(waiting)
say_what_was_saved()
show_drafts(waiting, who)
if delivered is not None:
    show_extracts(delivered, who)
show_saved_formats(waiting, who)

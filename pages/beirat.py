"""Beirat: the pinned views as slides in their order, checked and taken out as PowerPoint, PDF, offline file and Excel."""

import streamlit as st

from pages.components import mappe_choice, mappe_export, mappe_slides, mappe_template, show

top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    mappe = mappe_choice.open_mappe()
    mappe_choice.new()
    if mappe:
        mappe_choice.manage(mappe)
with top:
    if mappe is None:
        answer = "Noch ist keine Mappe angelegt."
    else:
        number = len(mappe.pins)
        views = "1 Ansicht" if number == 1 else f"{number or 'keine'} Ansichten"
        meeting = f" für: {mappe.occasion}" if mappe.occasion else ""
        answer = f"Die Mappe »{mappe.name}« hat {views}{meeting}."
    show.head("Was zeigen wir im Beirat?", answer)
    mappe_choice.show_said()
if mappe is None or not mappe.pins:
    show.missing(
        "Hier steht noch nichts.",
        "»Zur Mappe« unter jedem Diagramm und jeder Tabelle heftet die Ansicht an; unter »Neue Mappe« stehen fertige.",
    )
if mappe:
    mappe_choice.about(mappe)
    mappe_slides.slides(mappe)
    if mappe.pins:
        mappe_slides.refresh(mappe)
        mappe_export.export(mappe)
        mappe_template.design()

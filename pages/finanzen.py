"""Finanzen & Personal: budgets, benefits, staff; one subject at a time, amounts per head only where the times fit."""

import polars as pl
import streamlit as st

from pages.components import choose, show, subject, values
from pages.components.per_head import show_per_head
from pages.components.warehouse import catalog

OTHERS = "Weitere Angaben"

known = catalog()
page = known.pages["finanzen"]
within = [id_ for id_, entry in known.indicators.items() if entry.topic in page.topics]
families = {}
for entry in known.families.values():
    own = [member.partition("/")[0] for member in entry.members]
    if own[0] in within:
        families[entry.name] = (entry.id, entry.question, [id_ for id_ in own if id_ in within])
placed = {id_ for _, _, members in families.values() for id_ in members}
families[OTHERS] = (
    "",
    "Was nennen die Dokumente sonst zu Leistungen und Personal?",
    [id_ for id_ in within if id_ not in placed],
)

top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    known = catalog()  # with the areas just chosen
    name = choose.one_of(
        "Thema",
        {name: name for name in families},
        key="thema",
        index=list(families).index(known.families[page.first_family].name),
    )
    choose.link_here("finanzen", jobcenter=[known.area_name(id_) for id_ in chosen], thema=name)
family, question, members = families[name]
rows = subject.values_of(members, chosen)
drawn, rest = subject.charts(rows, members, rows)

with top:
    first = subject.leading(rest, members[0]) if family else ""
    show.head(question, first + subject.answer(rows, chosen, drawn))
subject.show_charts(drawn, key=f"finanzen-{family}")
show_per_head(family, chosen)
if rest.height:
    st.header("Weitere Werte" if drawn else "Werte")
    values.by_jobcenter(
        rest,
        chosen,
        caption="Einzelne Werte, jeder mit seinem Zeitraum; ein Klick auf den Wert zeigt den Nachweis. "
        "Von Monatsreihen steht hier der neueste Monat, ihr Verlauf unter »Zeitreihen«.",
        title=f"{name}: weitere Werte",
        key=f"finanzen-{family}-werte",
    )
subject.show_contradictions(rows, chosen)
silent = [
    known.area_name(id_)
    for id_ in chosen
    if id_ not in rows.filter(pl.col("value").is_not_null())["jobcenter"].to_list()
]
if silent:
    show.missing(
        f"Zum Thema {name} nennen keinen Wert: {', '.join(silent)}.",
        "Eine Lieferung im Langformat mit diesen Kennzahlen füllt die Lücke.",
    )

"""Qualität & Wirkung: what is measured about processes and results, what is only aimed at, and what nobody reports yet."""

import polars as pl
import streamlit as st

from pages.charts.measured_table import MEASURED_WORDS, measured_table
from pages.components import choose, html, show, subject, values
from pages.components.warehouse import catalog
from warehouse.measured import MEASURED, measurements

known = catalog()
names = {known.topics[id_].name: id_ for id_ in known.pages["qualitaet"].topics}
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    known = catalog()  # with the areas just chosen
    topic = names[choose.segment("Thema", list(names), key="thema")]
    choose.link_here(
        "qualitaet", jobcenter=[known.area_name(id_) for id_ in chosen], thema=known.topics[topic].name
    )
members = [id_ for id_, entry in known.indicators.items() if entry.topic == topic]
rows = subject.values_of(members, chosen)
drawn, rest = subject.charts(rows, members, rows)
state = measurements(known, rows, (topic,)).filter(pl.col("jobcenter").is_in(chosen))


def answer() -> str:
    """Say how much of what is judged is measured at all, and what the main chart shows."""
    measured = state.filter(pl.col("state") == MEASURED)
    judged = state["indicator"].n_unique()
    return (
        f"Zu {measured['indicator'].n_unique()} von {judged} bewerteten Kennzahlen nennt mindestens eines "
        "der gewählten Jobcenter einen Ist-Wert; die übrigen stehen nur als Ziel oder gar nicht in den Dokumenten. "
        + subject.answer(rows, chosen, drawn)
    )


with top:
    show.head("Wie gut wird gearbeitet, und was bewirkt es?", answer())
subject.show_charts(drawn, key=f"qualitaet-{topic}")
if rest.height:
    st.header("Alle weiteren Werte")
    values.by_jobcenter(
        rest,
        chosen,
        caption="Einzelne Werte und Ziele, jeder mit seinem Zeitraum; ein Klick auf den Wert zeigt den Nachweis. "
        "Von Monatsreihen steht hier der neueste Monat, ihr Verlauf unter »Zeitreihen«.",
        title=f"{known.topics[topic].name}: weitere Werte",
        key=f"qualitaet-{topic}-werte",
    )

subject.show_contradictions(rows, chosen)

st.header("Was fehlt")
table = measured_table(known, state, chosen)
show.table(
    html.table(
        table.columns,
        [[html.text(cell) for cell in row] for row in table.iter_rows()],
        caption=f"Ist = gemessen, mit Jahr des jüngsten Werts; {MEASURED_WORDS['aimed']} = Ziel ohne Messung; "
        f"{MEASURED_WORDS['none']} = im Bestand nicht genannt.",
    ),
    table,
    title=f"{known.topics[topic].name}: was fehlt",
    notes={},
    key=f"qualitaet-{topic}-luecken",
)
nowhere = (
    state.group_by("indicator", maintain_order=True)
    .agg((pl.col("state") == "none").all())
    .filter("state")["indicator"]
    .to_list()
)
for id_ in nowhere:
    entry = known.indicator(id_)
    source = f" Quelle: {entry.source}." if entry.source else ""
    show.missing(
        f"{entry.name}{f' ({entry.code})' if entry.code else ''}: noch kein Wert im Bestand. {entry.definition}",
        f"Eine Lieferung im Langformat mit der Kennzahl {entry.code or entry.id} füllt die Lücke.{source}",
    )

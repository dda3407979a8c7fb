"""Datenlage: what is there, what is missing, and which delivery would bring it."""

import polars as pl
import streamlit as st

from pages.charts.reference_tables import STATES, situation_table
from pages.components import choose, show
from pages.components.langformat import how_to_load
from pages.components.situation import SIGNS, delivery_table, series_matrix, topic_matrix
from pages.components.situation_answer import situation_answer
from pages.components.warehouse import catalog, kept, known_series, newest_of, question
from warehouse.gap_counts import by_indicator
from warehouse.gaps import SHOWN_KINDS, situation, summary, unshared

ANY = "Alle"
COUNTED = (
    "Gezählt sind Ist- und Planwerte; Sollwerte, Prognosen und gedruckte Veränderungen gehören zu ihrer Reihe. "
    "Eine Reihe ist eine Kennzahl mit einem Merkmal."
)
OVERVIEW_NOTES = {
    "Berichtszeitraum": "alle Zeiträume, die die Dokumente nennen",
    "Besonderheiten": COUNTED,
    "Zeichen": SIGNS,
}
LIST_NOTES = {
    "Berichtszeitraum": "je Zelle der jüngste Zeitraum; davor die Zahl der Zeiträume",
    "Besonderheiten": f"{COUNTED} Wo keine Lieferung genannt ist, bringt nur ein Planungsdokument "
    "oder eine eigene Auswertung des Jobcenters den Wert.",
    "Zeichen": SIGNS,
}

known = catalog()
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    known = catalog()  # with the areas just chosen
    topics = {ANY: "", **{term.name: term.id for term in known.topics.values()}}
    topic = choose.one_of("Thema", topics, key="thema")
    states = {ANY: "", **{f"{sign} {word}": id_ for id_, (sign, word) in STATES.items()}}
    state = choose.one_of("Stand", states, key="stand")
    words = {name: st.session_state[name] for name in ("thema", "stand") if st.session_state[name] != ANY}
    if st.session_state.get("merkmale"):
        words["merkmale"] = "true"
    choose.link_here("datenlage", jobcenter=[known.area_name(id_) for id_ in chosen], **words)
is_overview = not topic and not state
in_detail = not is_overview and choose.switch(
    "Jedes Merkmal einzeln",
    key="merkmale",
    help="Aus: eine Zeile je Kennzahl. An: eine Zeile je Kennzahl und Merkmal.",
)
cells = kept("situation", tuple(known.jobcenters), answer=lambda: situation(known, known_series()))
own = cells.filter(pl.col("jobcenter").is_in(chosen))
of_topic = own.filter((pl.col("topic") == topic) if topic else pl.lit(True))
listed = of_topic if in_detail else by_indicator(of_topic)
row = ["family", "indicator", "breakdown"]
shown = listed.join(
    listed.filter((pl.col("state") == state) if state else pl.lit(True)),
    on=row,
    how="semi",
    maintain_order="left",
)
behind = of_topic.join(shown, on=row if in_detail else row[:2], how="semi", maintain_order="left")


def deciding(own: pl.DataFrame) -> pl.DataFrame:
    """Return the values that decide which series share a period: the newest months, earlier ones only where these differ."""
    newest = newest_of(chosen)
    undecided = unshared(own, newest)
    earlier = question("observations_of", indicators=undecided, areas=tuple(chosen), kinds=SHOWN_KINDS)
    return pl.concat([newest, earlier])


with top:
    found = summary(own if is_overview else shown, own, deciding(own))
    units = "Reihen" if in_detail or is_overview else "Kennzahlen"
    show.head("Was wissen wir, und was fehlt?", situation_answer(found, chosen, units, topic, state))
if is_overview:
    table = situation_table(known, own)
    show.table(
        topic_matrix(own, chosen),
        table,
        title="Datenlage im Überblick",
        notes=OVERVIEW_NOTES,
        key="ueberblick",
    )
elif shown.is_empty():
    show.missing("Keine Kennzahl hat diesen Stand.", "Wählen Sie ein anderes Thema oder »Alle«.")
else:
    heading = known.topics[topic].name if topic else "Alle Themen"
    count = shown.select(row).n_unique()
    caption = f"{heading}: {count} {'Reihen' if in_detail else 'Kennzahlen'}"
    matrix = series_matrix(shown, chosen, caption=caption, with_topic=not topic)
    show.table(
        matrix, situation_table(known, shown), title=f"Datenlage – {heading}", notes=LIST_NOTES, key="reihen"
    )
gaps = behind.filter(pl.col("state") == "missing")
if gaps.height:
    st.header("Welche Lieferung füllt die Lücken?")
    st.html(delivery_table(gaps).text)
    how_to_load()

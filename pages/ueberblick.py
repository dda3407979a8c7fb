"""Überblick: the five as columns, the figures that several of them report as rows; every value leads to its evidence."""

from typing import Any

import polars as pl
import streamlit as st

from pages.charts.chart import source_notes
from pages.charts.tables import value_table
from pages.components import choose, html, show
from pages.components.warehouse import catalog, question
from warehouse.overview import courses, shared_figures
from warehouse.schema import KEY
from warehouse.trends import trends

MINIMUM = {
    "von mindestens zwei Jobcentern": 2,
    "von mindestens drei Jobcentern": 3,
    "von mindestens vier Jobcentern": 4,
}

known = catalog()
rows = question("current_observations").filter(pl.col("jobcenter").is_in(list(known.jobcenters)))
newest = shared_figures(known, rows)
years = newest["period_end"].dt.year()
show.head(
    "Wie stehen die fünf Jobcenter da?",
    f"{newest.select('row_indicator', 'row_breakdown').n_unique()} Angaben nennen mindestens zwei der fünf Jobcenter, mehr als "
    f"{newest['reporting'].max()} nennen keine gemeinsam. Die Werte stammen aus den Jahren {years.min()} bis {years.max()}: "
    "Sie sind nur mit ihrem Datum zu lesen und keine Rangfolge.",
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    at_least = MINIMUM[choose.segment("Gezeigt wird, was berichtet wird", list(MINIMUM), key="berichtet")]
    choose.link_here("ueberblick", berichtet=st.session_state.get("berichtet", ""))

shown = newest.filter(pl.col("reporting") >= at_least)
points = trends(known, rows.filter(pl.col("kind").is_in(["ist", "plan"])))
series = courses(points)


def spark(row: dict[str, Any]) -> html.Html:
    """Return the small trend of a value's own series, where there is one."""
    values = series.get(tuple(row[name] for name in KEY), [])
    colour = known.jobcenters[row["jobcenter"]].colour
    return (
        html.sparkline(values, colour, f"Verlauf über {len(values)} Zeitpunkte")
        if len(values) > 2
        else html.EMPTY
    )


def cell(row: dict[str, Any] | None) -> html.Html:
    """Return a value with its trend; one of an alike quantity names it and why it is not the same."""
    if row is None:
        return html.NOTHING
    if not row["alike"]:
        return show.value_cell(row, extra=spark(row))
    group = known.similar_to(row["indicator"], row["breakdown"])
    named = f"{known.indicator(row['indicator']).name}, {known.breakdown_name(row['breakdown'])}"
    return show.value_cell(
        row, note=html.badge("andere Definition", f"{named}: {group.reason if group else ''}")
    )


def cells() -> list[list[html.Html] | html.Section]:
    """Return the rows of the table, grouped by topic in the order of the vocabulary."""
    by_row = shown.partition_by("row_indicator", "row_breakdown", as_dict=True, maintain_order=True)
    table: list[list[html.Html] | html.Section] = []
    for topic in known.topics.values():
        own = [key for key in by_row if known.indicator(str(key[0])).topic == topic.id]
        table += [html.Section(topic.name)] if own else []
        for indicator, breakdown in own:
            values = {row["jobcenter"]: row for row in by_row[indicator, breakdown].iter_rows(named=True)}
            part = html.muted(known.breakdown_name(breakdown)) if breakdown else html.EMPTY
            name = html.stacked(html.text(known.indicator(indicator).name), part)
            table.append([name, *(cell(values.get(id_)) for id_ in known.jobcenters)])
    return table


show.table(
    html.table(
        [html.text("Kennzahl"), *(html.text(entry.short_name) for entry in known.jobcenters.values())],
        cells(),
        caption="Neuester Wert je Jobcenter mit seinem Zeitraum; ein Klick auf den Wert zeigt den Nachweis. "
        "Ein Strich heißt: im Dokument nicht genannt. »Andere Definition« heißt: ähnlich, aber nicht dasselbe.",
    ),
    value_table(known, shown),
    title="Die fünf Jobcenter im Überblick",
    notes=source_notes(known, shown),
    key="ueberblick",
)

"""Überblick: the five as columns, the figures that several of them report as rows; every value leads to its evidence."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from pages.charts.chart import source_notes
from pages.charts.tables import value_table
from pages.components import choose, html, show, values
from pages.components.warehouse import catalog, newest_of, question
from warehouse.areas import FIRST_DAY
from warehouse.catalog import load_catalog
from warehouse.overview import courses, shared_figures, without_parts
from warehouse.periods import months
from warehouse.schema import KEY
from warehouse.trends import trends

YEARS = 5
"""So far back go the small trends of monthly series."""
MINIMUM = {"2 Jobcentern": 2, "3 Jobcentern": 3, "4 Jobcentern": 4}

known = catalog()


def course_of(shown: pl.DataFrame) -> pl.DataFrame:
    """Return what led to the values shown: of monthly series the last years, of all others everything."""
    last = shown.filter(months() == 1)["period_end"].min()
    return question(
        "courses_of_areas",
        indicators=tuple(shown["indicator"].unique().sort()),
        breakdowns=tuple(shown["breakdown"].unique().sort()),
        areas=chosen,
        first=date(last.year - YEARS, last.month, 1) if isinstance(last, date) else FIRST_DAY,
    )


top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    known = catalog()  # with the areas just chosen
    at_least = MINIMUM[choose.segment("Genannt von mindestens", list(MINIMUM), key="genannt", index=1)]
    choose.link_here(
        "ueberblick",
        jobcenter=[known.area_name(id_) for id_ in chosen],
        genannt=st.session_state.get("genannt", ""),
    )
are_five = chosen == tuple(load_catalog().jobcenters)
rows = without_parts(known, newest_of(chosen))
newest = shared_figures(known, rows, min(2, len(chosen)))


def answer() -> str:
    """Say how many figures how many of the chosen Jobcenter report, and from which years."""
    if newest.is_empty():
        return f"Die Gewählten nennen keinen Wert: {', '.join(map(known.area_name, chosen))}."
    counts = newest.unique(["row_indicator", "row_breakdown"])["reporting"].value_counts()
    counted = "; ".join(
        f"{'Eine Angabe' if count == 1 else f'{count} Angaben'} nennen {number} der {len(chosen)} Jobcenter"
        for number, count in counts.sort("reporting", descending=True).iter_rows()
    )
    if len(chosen) == 1:
        counted = f"{known.area_name(chosen[0])} nennt {newest.height} Angaben"
    years = newest["period_end"].dt.year()
    first, last = years.min(), years.max()
    dated = f"dem Jahr {last}" if first == last else f"den Jahren {first} bis {last}"
    return f"{counted}. Die Werte stammen aus {dated}: nur mit ihrem Datum zu lesen, keine Rangfolge."


with top:
    show.head(
        "Wie stehen die fünf Jobcenter da?" if are_five else "Wie stehen die gewählten Jobcenter da?",
        answer(),
    )
shown = newest.filter(pl.col("reporting") >= min(at_least, len(chosen)))
if shown.is_empty():
    show.missing(
        f"Keine Angabe nennen mindestens {at_least} der gewählten Jobcenter.",
        "Wählen Sie eine kleinere Zahl; eine Lieferung im Langformat füllt die Lücken.",
    )
series = courses(trends(known, course_of(shown)))


def spark(row: dict[str, Any]) -> html.Html:
    """Return the small trend of a value's own series, where there is one."""
    course = series.get(tuple(row[name] for name in KEY), [])
    colour = known.jobcenters[row["jobcenter"]].colour
    return (
        html.sparkline(course, colour, f"Verlauf über {len(course)} Zeitpunkte")
        if len(course) > 2
        else html.EMPTY
    )


def cell(row: dict[str, Any] | None) -> html.Html:
    """Return a value with its trend; one of an alike quantity names it and why it is not the same."""
    if row is None:
        return html.NOTHING
    if not row["alike"]:
        return show.value_cell(row, note=spark(row))
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
            newest_of = {row["jobcenter"]: row for row in by_row[indicator, breakdown].iter_rows(named=True)}
            name = values.name_of(str(indicator), str(breakdown))
            table.append([name, *(cell(newest_of.get(id_)) for id_ in chosen)])
    return table


show.table(
    html.table(
        ["Kennzahl", *map(known.area_name, chosen)],
        cells(),
        figures_from=1,
        caption="Neuester Wert je Jobcenter mit seinem Zeitraum; ein Klick auf den Wert zeigt den Nachweis. "
        "Ein Strich heißt: nicht genannt. »Andere Definition« heißt: ähnlich, aber nicht dasselbe.",
    ),
    value_table(known, shown),
    title="Die fünf Jobcenter im Überblick" if are_five else "Jobcenter im Überblick",
    notes=source_notes(known, shown),
    key="ueberblick",
)

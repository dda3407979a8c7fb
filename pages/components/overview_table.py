"""The table of the overview: quantities as rows, Jobcenter as columns, each cell the newest value."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from pages.components import html, show, values
from pages.components.warehouse import as_of, catalog, question_once, snapshot, state_address
from warehouse.areas import FIRST_DAY
from warehouse.overview import courses
from warehouse.periods import months
from warehouse.schema import KEY
from warehouse.trends import trends

YEARS = 5
"""So far back go the small trends of monthly series."""
_Courses = dict[tuple[object, ...], list[float]]


def overview_table(shown: pl.DataFrame, chosen: tuple[str, ...], at_least: int) -> html.Html:
    """Return the figures of the chosen Jobcenter (answer of `shared_figures`) that `at_least` so many report, as a table."""
    address = tuple(state_address().items())
    return _table(str(snapshot()), as_of(), address, chosen, at_least, _shown=shown)


@st.cache_resource(max_entries=12, show_spinner=False)
def _table(
    path: str,
    act: int | None,
    address: tuple[tuple[str, str], ...],
    chosen: tuple[str, ...],
    at_least: int,
    *,
    _shown: pl.DataFrame,
) -> html.Html:
    known = catalog()
    series = courses(trends(known, _course_of(_shown, chosen)))
    return html.table(
        ["Kennzahl", *map(known.area_name, chosen)],
        _rows(_shown, chosen, series),
        figures_from=1,
        caption="Neuester Wert je Jobcenter mit seinem Zeitraum; ein Klick auf den Wert zeigt den Nachweis. "
        "Ein Strich heißt: nicht genannt. »Andere Definition« heißt: ähnlich, aber nicht dasselbe.",
    )


def _course_of(shown: pl.DataFrame, chosen: tuple[str, ...]) -> pl.DataFrame:
    """Return what led to the values shown: of monthly series the last years, of all others everything."""
    last = shown.filter(months() == 1)["period_end"].min()
    return question_once(
        "courses_of_areas",
        indicators=tuple(shown["indicator"].unique().sort()),
        breakdowns=tuple(shown["breakdown"].unique().sort()),
        areas=chosen,
        first=date(last.year - YEARS, last.month, 1) if isinstance(last, date) else FIRST_DAY,
    )


def _rows(
    shown: pl.DataFrame, chosen: tuple[str, ...], series: _Courses
) -> list[list[html.Html] | html.Section]:
    """Return the rows of the table, grouped by topic in the order of the vocabulary."""
    known = catalog()
    by_row = shown.partition_by("row_indicator", "row_breakdown", as_dict=True, maintain_order=True)
    table: list[list[html.Html] | html.Section] = []
    for topic in known.topics.values():
        own = [key for key in by_row if known.indicator(str(key[0])).topic == topic.id]
        table += [html.Section(topic.name)] if own else []
        for indicator, breakdown in own:
            newest_of = {row["jobcenter"]: row for row in by_row[indicator, breakdown].iter_rows(named=True)}
            name = values.name_of(str(indicator), str(breakdown))
            table.append([name, *(_cell(newest_of.get(id_), series) for id_ in chosen)])
    return table


def _cell(row: dict[str, Any] | None, series: _Courses) -> html.Html:
    """Return a value with its trend; one of an alike quantity names it and why it is not the same."""
    if row is None:
        return html.NOTHING
    known = catalog()
    if not row["alike"]:
        return show.value_cell(row, note=_spark(row, series))
    group = known.similar_to(row["indicator"], row["breakdown"])
    named = f"{known.indicator(row['indicator']).name}, {known.breakdown_name(row['breakdown'])}"
    return show.value_cell(
        row, note=html.badge("andere Definition", f"{named}: {group.reason if group else ''}")
    )


def _spark(row: dict[str, Any], series: _Courses) -> html.Html:
    """Return the small trend of a value's own series, where there is one."""
    course = series.get(tuple(row[name] for name in KEY), [])
    colour = catalog().jobcenters[row["jobcenter"]].colour
    hint = f"Verlauf über {len(course)} Zeitpunkte"
    return html.sparkline(course, colour, hint) if len(course) > 2 else html.EMPTY

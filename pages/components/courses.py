"""The series of one quantity in the chosen time concept: as delivered, and derived from months where that is declared."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import polars as pl
import streamlit as st

from pages.charts.tables import in_fixed_order
from pages.components.answers import own_copy
from pages.components.warehouse import (
    as_of,
    catalog,
    every_event,
    known_series,
    observations,
    question,
    question_once,
    snapshot,
    with_computed,
)
from warehouse.catalog import Event, load_catalog
from warehouse.derivations import derivations_of, derived, inputs_of_derived
from warehouse.events import events_of, within
from warehouse.overview import statistics
from warehouse.schema import KEY
from warehouse.spans import spans
from warehouse.trends import LINE, trends

DELIVERED = "Wie angegeben"
MOST_SERIES = 400
"""So many series a table can show; of more, parts (Frauen, unter 25, …) that a statistic gives for all are left to the picker."""


def concepts(indicator: str, rows: pl.DataFrame) -> dict[str, str]:
    """Return what the reader may choose: as delivered, and the time concepts that follow from monthly values (name → id)."""
    known = catalog()
    monthly = _has_months(rows) or bool(known.indicator(indicator).formula)
    rules = derivations_of(known, indicator) if monthly else ()
    return {DELIVERED: "", **{known.time_concepts[rule.id].short: rule.id for rule in rules}}


def quantities(areas: Sequence[str]) -> list[tuple[str, str]]:
    """Return the quantities (indicator, breakdown) with a series (see `every_series`), in the order of the catalog."""
    return _quantities(str(snapshot()), as_of(), _guests(areas))


@st.cache_resource(max_entries=12, show_spinner=False)
def _quantities(path: str, act: int | None, guests: tuple[str, ...]) -> list[tuple[str, str]]:
    order = {id_: number for number, id_ in enumerate(load_catalog().indicators)}
    every = every_series(guests)
    existing = set(every.lines.select("indicator", "breakdown").unique().iter_rows())
    if every.without_parts:  # of parts that a statistic gives month by month two values are a series
        several = _several((*load_catalog().jobcenters, *guests))
        parts = several.filter(pl.col("breakdown") != "", pl.col("figures") > 1)
        shown = parts.select("indicator", "breakdown").unique().iter_rows()
        existing |= {(id_, part) for id_, part in shown if id_ in order}
    return sorted(existing, key=lambda key: (order[key[0]], key[1]))


def _guests(areas: Sequence[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in areas if id_ not in load_catalog().jobcenters)


def _several(areas: Sequence[str]) -> pl.DataFrame:
    return known_series().filter(pl.col("periods") > 1, pl.col("jobcenter").is_in(areas))


@dataclass(frozen=True)
class Series:
    """All series of some Jobcenter. `lines`: SPAN, one row for each; `newest`: TREND, the newest value of each; `courses`: by
    LINE, all its values; `without_parts`: those of parts that statistics give for everyone are too many."""

    lines: pl.DataFrame
    newest: pl.DataFrame
    courses: Mapping[tuple[Any, ...], Sequence[float]]
    without_parts: bool

    def beside(self, other: Series) -> Series:
        """Return both together, in their fixed order."""
        return Series(
            pl.concat([self.lines, other.lines]),
            in_fixed_order(catalog(), pl.concat([self.newest, other.newest])),
            {**self.courses, **other.courses},
            self.without_parts or other.without_parts,
        )


def every_series(areas: Sequence[str]) -> Series:
    """Return all series of the Jobcenter of the catalog and of those among `areas` that are guests of this page run, in their
    fixed order."""
    guests = _guests(areas)
    ours = _every_series(str(snapshot()), as_of(), tuple(load_catalog().jobcenters))
    return ours.beside(_every_series(str(snapshot()), as_of(), guests)) if guests else ours


@st.cache_resource(max_entries=12, show_spinner=False)
def _every_series(path: str, act: int | None, areas: tuple[str, ...]) -> Series:
    known = catalog()
    formulas = [id_ for id_, entry in known.indicators.items() if entry.formula]
    several = _several(areas)
    indicators = tuple(sorted({*several["indicator"], *formulas}))
    too_many = several.height > MOST_SERIES
    left_out = statistics(known) if too_many else ()
    each = (
        _series_of(area, indicators, left_out) for area in areas
    )  # all at once would take as many times the memory
    return reduce(Series.beside, each)


def _series_of(area: str, indicators: tuple[str, ...], left_out: Sequence[str]) -> Series:
    known = catalog()
    rows = question_once("wholes_of", indicators=indicators, areas=(area,), statistics=left_out)
    points = points_of(with_computed(rows, indicators, (area,)))
    values = points.filter(~pl.col("alternative"), pl.col("value").is_not_null())
    by_line = values.group_by(LINE, maintain_order=True)
    drawn = by_line.agg("value", pl.col("contradicted").any())
    courses = {
        tuple(line): array("d", () if disputed else value) for *line, value, disputed in drawn.iter_rows()
    }
    lines, newest = spans(known, points), by_line.last().select(points.columns)
    return Series(own_copy(lines), own_copy(newest), courses, bool(left_out))


def _has_months(rows: pl.DataFrame) -> bool:
    length = (pl.col("period_end") - pl.col("period_start")).dt.total_days()
    return rows.filter(pl.col("time_concept") == "stichtag", length.is_between(27, 30)).height > 1


def course(indicator: str, breakdown: str, concept: str, areas: tuple[str, ...]) -> pl.DataFrame:
    """Return the values of a quantity (CURRENT columns): all as delivered, or those of one time concept.

    A printed value of the same key takes the place of a computed one; both stand in the Nachweis.
    """
    rows = observations((indicator,), areas=areas).filter(pl.col("breakdown") == breakdown)
    if not concept:
        return rows
    own = own_series(indicator, areas).filter(pl.col("breakdown") == breakdown)
    both = pl.concat([rows, own.join(rows, on=list(KEY), how="anti", nulls_equal=True)])
    return both.filter(pl.col("time_concept") == concept)


def own_series(indicator: str, areas: tuple[str, ...]) -> pl.DataFrame:
    """Return everything that follows from monthly values of an indicator by declared derivations (CURRENT columns)."""
    return _derived(str(snapshot()), as_of(), indicator, areas)


@st.cache_resource(max_entries=60, show_spinner=False)
def _derived(path: str, act: int | None, indicator: str, areas: tuple[str, ...]) -> pl.DataFrame:
    inputs = inputs_of_derived(catalog(), indicator)
    rows = question("observations_of", indicators=inputs, areas=areas, kinds=("ist",))
    return derived(catalog(), rows, indicator, every_event())


def points_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the series among `rows` as a TREND frame with every value; no line and no change leads across a break."""
    return trends(catalog(), rows, every_value=True, breaks=every_event())


def events_in(points: pl.DataFrame) -> tuple[Event, ...]:
    """Return the events that concern a chart of points (TREND columns) and fall into its time."""
    span: tuple[Any, Any] = (points["period_start"].min(), points["period_end"].max())
    indicators, areas = points["indicator"].unique().to_list(), points["jobcenter"].unique().to_list()
    return tuple(within(events_of(catalog(), every_event(), indicators, areas), *span))

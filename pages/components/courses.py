"""The series of one quantity in the chosen time concept: as delivered, and derived from months where that is declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from pages.charts.tables import in_fixed_order
from pages.components.warehouse import (
    as_of,
    catalog,
    every_event,
    observations,
    question,
    snapshot,
)
from warehouse.catalog import Event, load_catalog
from warehouse.derivations import derivations_of, derived, inputs_of_derived
from warehouse.events import events_of, within
from warehouse.schema import KEY
from warehouse.trends import trends

DELIVERED = "Wie angegeben"


def concepts(indicator: str, rows: pl.DataFrame) -> dict[str, str]:
    """Return what the reader may choose: as delivered, and the time concepts that follow from monthly values (name → id)."""
    known = catalog()
    monthly = _has_months(rows) or bool(known.indicator(indicator).formula)
    rules = derivations_of(known, indicator) if monthly else ()
    return {DELIVERED: "", **{known.time_concepts[rule.id].short: rule.id for rule in rules}}


def every_series(areas: Sequence[str]) -> pl.DataFrame:
    """Return all series of the Jobcenter of the catalog and of those among `areas` that are guests of this page run (TREND
    columns with every value), in their fixed order."""
    guests = tuple(id_ for id_ in areas if id_ not in load_catalog().jobcenters)
    ours = _every_series(str(snapshot()), as_of(), tuple(load_catalog().jobcenters))
    if not guests:
        return ours
    return in_fixed_order(catalog(), pl.concat([ours, _every_series(str(snapshot()), as_of(), guests)]))


@st.cache_resource(max_entries=12, show_spinner=False)
def _every_series(path: str, act: int | None, areas: tuple[str, ...]) -> pl.DataFrame:
    known = catalog()
    several = question("known_indicators", areas=areas).filter(pl.col("periods") > 1)
    formulas = [id_ for id_, entry in known.indicators.items() if entry.formula]
    indicators = tuple(sorted({*several["indicator"], *formulas}))
    rows = observations(indicators, areas=areas)
    return in_fixed_order(known, points_of(rows))


def quantities(areas: Sequence[str]) -> list[tuple[str, str]]:
    """Return the quantities (indicator, breakdown) with a series (see `every_series`), in the order of the catalog."""
    order = {id_: number for number, id_ in enumerate(catalog().indicators)}
    existing = every_series(areas).select("indicator", "breakdown").unique().iter_rows()
    return sorted(existing, key=lambda key: (order[key[0]], key[1]))


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

"""How time series change: as the table twin of their chart, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.amounts import drawn_difference, drawn_value
from pages.charts.tables import in_fixed_order, value_table
from warehouse.catalog import Catalog
from warehouse.formatting import format_percent, told_difference
from warehouse.periods import period_label

CHANGES_NOTE = (
    "Veränderung zum vorigen Zeitraum mit Wert, aus den gedruckten Werten; "
    "bei Anteilen und Quoten in Prozentpunkten."
)


DIGITS = 4
"""Decimals of a change in a table: more than any document prints, and none of the noise of floats."""


def change_table(catalog: Catalog, points: pl.DataFrame) -> pl.DataFrame:
    """Return the points of series (TREND columns) as a table with the changes as numbers: in their unit, and in percent."""
    points = in_fixed_order(catalog, points)
    changes = []
    for row in points.iter_rows(named=True):
        known = row["change"] is not None
        percent = row["change_percent"]
        changes.append(
            {
                "Verglichen mit": period_label(row["before_start"], row["before_end"]) if known else "",
                "Veränderung": round(row["change"], DIGITS) if known else None,
                "Einheit der Veränderung": change_unit(catalog, row["indicator"]) if known else "",
                "Veränderung in %": None if percent is None else round(percent, DIGITS),
            }
        )
    return value_table(catalog, points).hstack(
        pl.DataFrame(changes, schema_overrides=dict.fromkeys(("Veränderung", "Veränderung in %"), pl.Float64))
    )


def change_unit(catalog: Catalog, indicator: str) -> str:
    """Return the unit in which two values of an indicator differ: percentages differ in Prozentpunkten."""
    unit = catalog.unit(indicator)
    return unit.differs_in or unit.id


def told(catalog: Catalog, span: Mapping[str, Any]) -> str:
    """Return in words how a series (SPAN columns) moved; without figures where they are not exact."""
    area = catalog.area_name(span["jobcenter"])
    kind = "" if span["kind"] == "ist" else f" ({catalog.kinds[span['kind']].name})"
    start, end = (period_label(span[f"{name}_start"], span[f"{name}_end"]) for name in ("first", "last"))
    if span["change"] is None:
        return f"{area}{kind} {start} bis {end}, Veränderung nicht berechenbar"
    first, last = (drawn_value(catalog, span["indicator"], span[name]) for name in ("first", "last"))
    change = told_difference(first, last, drawn_difference(catalog, span["indicator"], span["change"]))
    percent = span["change_percent"]
    relative = "" if percent is None else f" ({format_percent(percent, signed=True)})"
    return f"{area}{kind} von {first} ({start}) auf {last} ({end}): {change}{relative}"


def told_together(spans: pl.DataFrame) -> str:
    """Return in one sentence how many of several series (SPAN columns, one per Jobcenter) rose and fell."""
    moved = spans.filter(pl.col("change").is_not_null())
    if moved.is_empty():
        return f"{spans.height} Reihen, Veränderungen nicht berechenbar"
    up, down = int((moved["change"] > 0).sum()), int((moved["change"] < 0).sum())
    steady = moved.height - up - down
    others = [(steady, "unverändert"), (spans.height - moved.height, "nicht berechenbar")]
    parts = [(up, "höher als zu Beginn"), (down, "niedriger"), *others]
    if not up:
        parts = [(down, "niedriger als zu Beginn"), *others]
    (number, word), *rest = [part for part in parts if part[0]]
    counted = [f"bei {number} von {spans.height} Jobcentern {word}"]
    return ", ".join([*counted, *(f"bei {number} {word}" for number, word in rest)])


def span_of_all(spans: pl.DataFrame) -> str:
    """Return the time that series (SPAN columns) share: `Nov 2024 bis Dez 2025`; that each has its own where they differ."""
    bounds = spans.select("first_start", "first_end", "last_start", "last_end").unique()
    if bounds.height > 1:
        return "jede Reihe in ihrer eigenen Zeit"
    first_start, first_end, last_start, last_end = bounds.row(0)
    return f"{period_label(first_start, first_end)} bis {period_label(last_start, last_end)}"


def most_moved(catalog: Catalog, spans: pl.DataFrame) -> Mapping[str, Any] | None:
    """Return the series (SPAN columns of one quantity) that moved most: rates in points, everything else in percent."""
    rate = catalog.unit(spans["indicator"][0]).is_rate
    by = pl.col("change" if rate else "change_percent").abs()
    moved = spans.filter(by.is_not_null(), by > 0)
    return moved.sort(by, descending=True, maintain_order=True).row(0, named=True) if moved.height else None

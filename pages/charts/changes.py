"""How time series change: as the table twin of their chart, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.amounts import drawn_difference, drawn_value
from pages.charts.tables import in_fixed_order, value_table
from warehouse.catalog import Catalog
from warehouse.formatting import format_percent
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
    change = drawn_difference(catalog, span["indicator"], span["change"])
    percent = span["change_percent"]
    relative = "" if percent is None else f" ({format_percent(percent, signed=True)})"
    return f"{area}{kind} von {first} ({start}) auf {last} ({end}): {change}{relative}"

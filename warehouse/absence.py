"""Why a quantity cannot be shown: nothing loaded, only signs, a single value; and since when."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog
from warehouse.formatting import format_dated
from warehouse.periods import period_ranges


def absence(catalog: Catalog, indicator: str, rows: pl.DataFrame) -> str:
    """Say in one sentence why an indicator has nothing to compare (`rows`: all its values, CURRENT columns)."""
    name = catalog.indicator(indicator).name
    if rows.is_empty():
        return f"Zu »{name}« ist noch kein Wert geladen."
    valued = rows.filter(pl.col("value").is_not_null())
    times = period_ranges(
        (valued if valued.height else rows).select("period_start", "period_end").iter_rows()
    )
    if valued.is_empty():
        signs = rows["status"].value_counts().sort("count", descending=True).iter_rows()
        told = ", ".join(f"{number} {catalog.statuses[status].name}" for status, number in signs)
        return f"Zu »{name}« stehen nur Zeichen statt Zahlen: {told} ({times})."
    if valued.height == 1:
        row = valued.row(0, named=True)
        whose = (
            catalog.area_name(row["jobcenter"]) if row["jobcenter"] in catalog.jobcenters else "ein Gebiet"
        )
        return f"Zu »{name}« gibt es nur einen Wert: {whose} {format_dated(catalog, row)}."
    return f"Zu »{name}« gibt es {valued.height} Werte ({times}), aber keine zwei, die zusammengehören."

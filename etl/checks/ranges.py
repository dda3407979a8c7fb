"""Values outside what an indicator can be."""

from __future__ import annotations

import polars as pl

from etl.checks.inspection import Inspection
from etl.problem import Problem
from warehouse.schema import Row


def out_of_range(inspection: Inspection) -> list[Problem]:
    """Find values below the minimum or above the maximum that the catalog declares."""
    value = pl.col("value")
    delivered = inspection.frame.group_by("indicator").agg(least=value.min(), most=value.max())
    entries = [inspection.catalog.indicator(id_) for id_ in delivered["indicator"]]
    bounds = delivered.with_columns(
        low=pl.Series([entry.minimum for entry in entries], dtype=pl.Float64),
        high=pl.Series([entry.maximum for entry in entries], dtype=pl.Float64),
    ).filter((pl.col("least") < pl.col("low")) | (pl.col("most") > pl.col("high")))
    within = inspection.frame.filter(pl.col("indicator").is_in(bounds["indicator"].implode()))
    outside = within.join(bounds.select("indicator", "low", "high"), on="indicator").filter(
        (value < pl.col("low")) | (value > pl.col("high"))
    )

    def tell(row: Row) -> Problem:
        found = inspection.exactly(row["indicator"], row["value"])
        return inspection.found("out_of_range", row, found, _range(inspection, row))

    return inspection.told(outside, tell)


def _range(inspection: Inspection, row: Row) -> str:
    low, high = (
        None if row[bound] is None else inspection.exactly(row["indicator"], row[bound])
        for bound in ("low", "high")
    )
    if low and high:
        return f"von {low} bis {high}"
    return f"ab {low}" if low else f"bis {high}"

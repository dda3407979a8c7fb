"""Values outside what an indicator can be."""

from __future__ import annotations

import polars as pl

from etl.checks.inspection import Inspection
from etl.problem import Problem
from warehouse.schema import Row


def out_of_range(inspection: Inspection) -> list[Problem]:
    """Find values below the minimum or above the maximum that the catalog declares."""
    entries = [inspection.catalog.indicator(id_) for id_ in inspection.frame["indicator"].unique()]
    bounds = pl.DataFrame(
        [(entry.id, entry.minimum, entry.maximum) for entry in entries],
        schema={"indicator": pl.Categorical(), "low": pl.Float64, "high": pl.Float64},
        orient="row",
    )
    outside = inspection.frame.join(bounds, on="indicator").filter(
        (pl.col("value") < pl.col("low")) | (pl.col("value") > pl.col("high"))
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

"""Fractions where percentages are meant: 0,367 for 36,7 %."""

from __future__ import annotations

import polars as pl

from etl.checks.history import newest
from etl.checks.inspection import Inspection
from etl.problem import Problem
from warehouse.schema import Row

_SERIES = ["jobcenter", "indicator", "breakdown", "time_concept", "kind"]


def fractions(inspection: Inspection) -> list[Problem]:
    """Find rates that look like fractions.

    Once for an indicator whose delivered values are all at most 1, where the last known ones of their series (else those of
    the indicator) are a hundred times larger or nothing is known; otherwise for single values that are about a
    hundredth of the last known one of their series.
    """
    is_rate = _is_rate(inspection)
    few = inspection.frame.select(
        pl.col("indicator").filter(is_rate, pl.col("value") < 1).unique()
    ).to_series()
    if few.is_empty():
        return []
    delivered = inspection.frame.filter(is_rate, pl.col("indicator").is_in(few.implode()))
    known = newest(inspection.known.filter(is_rate))
    last = known.sort("period_end").group_by(_SERIES).agg(pl.col("value").last().alias("before"))
    own = delivered.join(last, on=_SERIES, how="left", maintain_order="left")
    rates = own.with_columns(times=pl.col("before") / pl.col("value"))
    usual = known.group_by("indicator").agg(pl.col("value").median().alias("usual"))
    groups = rates.group_by("indicator", maintain_order=True).agg(
        pl.col("value").max().alias("most"),
        pl.col("value").median().alias("middle"),
        pl.col("value").sort().alias("values"),
        pl.col("row", "place").sort_by("value").first(),
        pl.col("times").median(),
    )
    times = pl.coalesce("times", pl.col("usual") / pl.col("middle"))
    alike = groups.join(usual, on="indicator", how="left", maintain_order="left").filter(
        (pl.col("most") <= 1) & (pl.col("middle") < 1),
        _is_hundredfold(inspection, times) | times.is_null(),
    )
    single = rates.join(alike, on="indicator", how="anti").filter(pl.col("value") < 1)
    small = single.filter(_is_hundredfold(inspection, pl.col("times")))

    def tell(row: Row) -> Problem:
        before = inspection.exactly(row["indicator"], row["before"])
        found = inspection.exactly(row["indicator"], row["value"])
        return inspection.found("tiny_rate", row, found, f"zuletzt {before}")

    together = [_of_group(inspection, row) for row in alike.iter_rows(named=True)]
    return together + inspection.told(small, tell)


def _is_rate(inspection: Inspection) -> pl.Expr:
    entries = map(inspection.catalog.indicator, inspection.indicators)
    rates = [
        entry.id
        for entry in entries
        if inspection.catalog.units[entry.unit].suffix == "%" and entry.minimum == 0
    ]
    return pl.col("indicator").is_in(rates) & (pl.col("value") > 0)


def _is_hundredfold(inspection: Inspection, times: pl.Expr) -> pl.Expr:
    return times.is_between(inspection.threshold("fraction_least"), inspection.threshold("fraction_most"))


def _of_group(inspection: Inspection, row: Row) -> Problem:
    values = [inspection.exactly(row["indicator"], value) for value in (row["values"][0], row["values"][-1])]
    found = (
        values[0]
        if len(row["values"]) == 1
        else f"{len(row['values'])} Werte von {values[0]} bis {values[1]}"
    )
    usual = row["usual"]
    known = (
        "36,7 statt 0,367" if usual is None else f"bisher üblich {inspection.number(row['indicator'], usual)}"
    )
    return inspection.found("tiny_rate", row, found, known)

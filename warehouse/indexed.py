"""Courses as an index: what stood at one month is 100, so that areas of different size can be held together."""

from __future__ import annotations

from datetime import date

import polars as pl

from warehouse.trends import LINE

_CERTAIN = (
    (pl.col("precision") == "exakt")
    & ~pl.col("contradicted")
    & ~pl.col("alternative")
    & pl.col("value").is_not_null()
)


def indexed(points: pl.DataFrame, start: date) -> pl.DataFrame:
    """Return points of series (TREND columns) with `index`: 100 at the period that begins on `start`.

    A series without an exact value there, or with zero, has no index. Nothing is told across a break: points of another
    segment than that of the start have none either.
    """
    base = points.filter(_CERTAIN, pl.col("period_start") == start, pl.col("value") != 0)
    on = [*LINE, "segment"]
    joined = points.join(
        base.select(*on, pl.col("value").alias("base")), on=on, how="left", maintain_order="left"
    )
    is_start = pl.col("value") == pl.col(
        "base"
    )  # exactly 100 there: polars may multiply by a rounded reciprocal
    index = pl.when(is_start).then(100.0).otherwise(pl.col("value") / pl.col("base") * 100)
    return joined.with_columns(index=pl.when(pl.col("base").is_not_null()).then(index)).drop("base")


def common_starts(points: pl.DataFrame) -> list[date]:
    """Return the beginnings of periods at which most series have an exact value other than zero, the earliest first."""
    known = points.filter(_CERTAIN, pl.col("value") != 0)
    counted = known.group_by("period_start").agg(pl.struct(LINE).n_unique().alias("series"))
    most = counted.filter(pl.col("series") == pl.col("series").max())
    return most["period_start"].sort().to_list()

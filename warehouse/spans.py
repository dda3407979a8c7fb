"""Series as a whole: where each began, where it stands, and who has none."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from warehouse.catalog import Catalog
from warehouse.trends import LINE, PERIOD, change_percent, is_running

SPAN = pl.Schema(
    {
        "jobcenter": pl.String,
        "indicator": pl.String,
        "breakdown": pl.String,
        "time_concept": pl.String,
        "months": pl.Int64,
        "kind": pl.String,
        "first_start": pl.Date,
        "first_end": pl.Date,
        "last_start": pl.Date,
        "last_end": pl.Date,
        "points": pl.Int64,  # periods with a value
        "first": pl.Float64,
        "last": pl.Float64,
        "change": pl.Float64,  # last − first; null where one of the two is not exact or contradicted, or a break lies between
        "change_percent": pl.Float64,  # never of a percentage
        "gaps": pl.Boolean,  # some periods between first and last have no value, or a break lies there
    }
)
"""One series from its first to its last value."""


def spans(catalog: Catalog, points: pl.DataFrame) -> pl.DataFrame:
    """Return one row per series (SPAN columns) of a TREND frame.

    Of monthly values that run from January only those of the last month and the same month of other years count.
    """
    known = points.filter(~pl.col("alternative") & pl.col("value").is_not_null())
    month = pl.col("period_start").dt.month()
    known = known.filter(~is_running(catalog) | (month == month.last().over(LINE)))
    certain = (pl.col("precision") == "exakt") & ~pl.col("contradicted")
    found = known.group_by(LINE, maintain_order=True).agg(
        pl.col(PERIOD).first().name.map(lambda name: name.replace("period", "first")),
        pl.col(PERIOD).last().name.map(lambda name: name.replace("period", "last")),
        pl.len().cast(pl.Int64).alias("points"),
        pl.col("value").first().alias("first"),
        pl.col("value").last().alias("last"),
        (certain.first() & certain.last() & (pl.col("segment").first() == pl.col("segment").last())).alias(
            "certain"
        ),
        (~pl.col("adjoining").slice(1)).any().alias("gaps"),
    )
    percent = change_percent(catalog, found, pl.col("last"), pl.col("first"))
    return found.with_columns(
        change=pl.when("certain").then(pl.col("last") - pl.col("first")),
        change_percent=pl.when("certain").then(percent),
    ).select(SPAN.names())


def without_series(rows: pl.DataFrame, points: pl.DataFrame, jobcenters: Sequence[str]) -> pl.DataFrame:
    """Return the Jobcenter that have no series of a quantity, and what they have instead.

    `rows`: CURRENT columns of one quantity; `points`: its TREND frame. Columns: jobcenter, figures (number of
    values), period_start, period_end, time_concept (of the newest value, null where there is none).
    """
    own = rows.filter(pl.col("value").is_not_null()).sort("period_end", maintain_order=True)
    have = own.group_by("jobcenter").agg(
        pl.len().cast(pl.Int64).alias("figures"), pl.col(*PERIOD, "time_concept").last()
    )
    missing = [id_ for id_ in jobcenters if id_ not in points["jobcenter"].to_list()]
    asked = pl.DataFrame({"jobcenter": missing}, schema={"jobcenter": pl.String})
    found = asked.join(have, on="jobcenter", how="left", maintain_order="left")
    return found.with_columns(pl.col("figures").fill_null(0))

"""What is there and what is missing: indicator × Jobcenter × period, filled, approximate, contradictory or missing."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog

FILLED, APPROXIMATE, CONTRADICTORY, MISSING = "filled", "approximate", "contradictory", "missing"

COVERAGE = pl.Schema(
    {
        "indicator": pl.String,
        "breakdown": pl.String,
        "jobcenter": pl.String,
        "state": pl.String,  # filled, approximate, contradictory or missing
        "figures": pl.Int64,
        "periods": pl.Int64,
        "first_start": pl.Date,
        "last_start": pl.Date,
        "last_end": pl.Date,
        "confidential": pl.Boolean,
    }
)
"""One cell of the matrix: how well a Jobcenter is covered for one quantity."""


def coverage(catalog: Catalog, series: pl.DataFrame, kinds: tuple[str, ...] = ("ist",)) -> pl.DataFrame:
    """Return the matrix for every quantity that any Jobcenter reports, with a row for each missing cell too.

    `series`: answer of the question `known_indicators`. A cell is approximate where no value is exact.
    """
    known = series.filter(
        pl.col("jobcenter").is_in(list(catalog.jobcenters))
        & pl.col("kind").is_in(kinds)
        & (pl.col("figures") > 0)
    )
    known = known.group_by("indicator", "breakdown", "jobcenter").agg(
        pl.col("figures", "periods", "approximate").sum(),
        pl.col("first_start").min(),
        pl.col("last_start").sort_by("last_end").last(),
        pl.col("last_end").max(),
        pl.col("contradicted", "confidential").any(),
    )
    every = (
        known.select("indicator", "breakdown")
        .unique()
        .join(pl.DataFrame({"jobcenter": list(catalog.jobcenters)}), how="cross")
    )
    state = (
        pl.when(pl.col("figures").is_null())
        .then(pl.lit(MISSING))
        .when(pl.col("contradicted"))
        .then(pl.lit(CONTRADICTORY))
        .when(pl.col("approximate") >= pl.col("figures"))
        .then(pl.lit(APPROXIMATE))
        .otherwise(pl.lit(FILLED))
    )
    filled = every.join(
        known, on=["indicator", "breakdown", "jobcenter"], how="left", nulls_equal=True
    ).with_columns(state=state)
    counts = [
        pl.col("figures", "periods").fill_null(0).cast(pl.Int64),
        pl.col("confidential").fill_null(False),
    ]
    return (
        filled.with_columns(*counts)
        .sort("indicator", "breakdown", "jobcenter")
        .select(COVERAGE.names())
        .cast({"periods": pl.Int64, "figures": pl.Int64})
    )

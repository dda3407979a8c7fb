"""The state of the data (SITUATION) counted: by topic, by indicator, by the delivery that would fill a gap."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog
from warehouse.coverage import MISSING


def by_topic(cells: pl.DataFrame) -> pl.DataFrame:
    """Return how many quantities of each topic a Jobcenter reports, by state.

    Columns: topic, jobcenter, quantities, filled, approximate, contradictory, missing – the order of `cells` is kept.
    """
    counted = [
        (pl.col("state") == state).sum().alias(state)
        for state in ("filled", "approximate", "contradictory", "missing")
    ]
    return cells.group_by("topic", "jobcenter", maintain_order=True).agg(
        pl.len().alias("quantities"), *counted
    )


def by_indicator(cells: pl.DataFrame) -> pl.DataFrame:
    """Return SITUATION with one row per family, indicator and Jobcenter instead of one per series.

    Adds `parts`, how many series there are, and `series`, how many of them the Jobcenter reports; `breakdown` is
    empty where there are several. Contradictory where any series is; else filled where any has an exact value; else
    approximate where any has a value.
    """
    state = pl.coalesce(
        pl.when((pl.col("state") == name).any()).then(pl.lit(name))
        for name in ("contradictory", "filled", "approximate", "missing")
    )
    newest = pl.col("last_end").arg_max().fill_null(0)
    return cells.group_by("topic", "family", "indicator", "jobcenter", maintain_order=True).agg(
        state.alias("state"),
        (pl.col("state") != MISSING).sum().cast(pl.Int64).alias("series"),
        pl.len().cast(pl.Int64).alias("parts"),
        pl.col("figures").sum(),
        pl.col("periods").max(),
        pl.col("last_start", "last_end").get(newest),
        pl.col("confidential").any(),
        pl.col("delivery").first(),
        pl.when(pl.col("breakdown").n_unique() == 1)
        .then(pl.col("breakdown").first())
        .otherwise(pl.lit(""))
        .alias("breakdown"),
        pl.col("reporting").max(),
    )


def wanted_deliveries(catalog: Catalog, cells: pl.DataFrame) -> pl.DataFrame:
    """Return how many missing cells each delivery would fill: most first, the fallback last.

    Columns: delivery, gaps, quantities.
    """
    fallback = [entry.id for entry in catalog.deliveries.values() if entry.fallback]
    return (
        cells.filter(pl.col("state") == MISSING)
        .group_by("delivery", maintain_order=True)
        .agg(pl.len().alias("gaps"), pl.struct("indicator", "breakdown").n_unique().alias("quantities"))
        .sort(pl.col("delivery").is_in(fallback), "gaps", descending=[False, True], maintain_order=True)
    )

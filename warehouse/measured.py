"""What is measured and what is only aimed at: the judged figures of a topic, Jobcenter by Jobcenter."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog

MEASURED, AIMED, NONE = "measured", "aimed", "none"

MEASUREMENT = pl.Schema(
    {"indicator": pl.String, "jobcenter": pl.String, "state": pl.String, "last_end": pl.Date}
)
"""One judged indicator of one Jobcenter: measured (an Ist), aimed (Soll, Prognose or Plan only) or none; the newest period."""


def measurements(catalog: Catalog, rows: pl.DataFrame, topics: tuple[str, ...]) -> pl.DataFrame:
    """Return for every judged indicator of some topics and every Jobcenter whether it is measured, as a MEASUREMENT frame.

    `rows`: CURRENT columns. Judged indicators (higher or lower is better) are what quality is measured by; any breakdown
    counts, printed changes do not. `last_end` is that of the newest Ist where there is one, else of the newest target.
    """
    judged = [
        entry.id
        for entry in catalog.indicators.values()
        if entry.topic in topics and entry.direction != "neutral"
    ]
    every = pl.DataFrame({"indicator": judged}, schema={"indicator": pl.String}).join(
        pl.DataFrame({"jobcenter": list(catalog.jobcenters)}), how="cross"
    )
    is_ist = pl.col("kind") == "ist"
    known = (
        rows.filter(pl.col("value").is_not_null())
        .group_by("indicator", "jobcenter")
        .agg(
            measured=is_ist.any(),
            last_end=pl.coalesce(pl.col("period_end").filter(is_ist).max(), pl.col("period_end").max()),
        )
    )
    aimed = pl.when(pl.col("last_end").is_not_null()).then(pl.lit(AIMED)).otherwise(pl.lit(NONE))
    state = pl.when(pl.col("measured")).then(pl.lit(MEASURED)).otherwise(aimed)
    joined = every.join(known, on=["indicator", "jobcenter"], how="left", maintain_order="left")
    return joined.with_columns(state=state).select(MEASUREMENT.names())

"""Areas that took over another one: the same number, a larger area."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from etl.checks.history import SERIES
from etl.checks.inspection import Inspection
from etl.problem import Problem

_OTHERS = [name for name in SERIES if name != "jobcenter"]


def territories(
    inspection: Inspection, moved: Callable[[], pl.DataFrame], odd: pl.DataFrame
) -> tuple[list[Problem], list[str]]:
    """Return a note for each area that grew by another one which is no longer delivered, and the ids of those
    areas.

    `moved` gives the counts that have a value in the period before; `odd`: those that are jumps. Most counts of both areas in the
    period before must add up to the new ones; where both Länder are known they are the same.
    """
    grown = odd.filter(pl.col("deviation_previous") > 0)["jobcenter"].unique()
    if grown.is_empty():
        return [], []
    gone = _gone(inspection)
    few = inspection.threshold("territory_gone")
    if not 0 < gone["gone"].n_unique() <= few:
        return [], []
    rows = moved().filter(pl.col("jobcenter").is_in(grown.implode()), pl.col("before_previous").is_not_null())
    then = rows.with_columns(period_end=pl.col("period_start").dt.offset_by("-1d"))
    pairs = then.join(gone, on=[*_OTHERS, "period_end"])
    sum_, change = (
        pl.col("before_previous") + pl.col("lost"),
        pl.col("expected_previous") / pl.col("before_previous"),
    )
    fits = (pl.col("number") / (sum_ * change) - 1).abs() <= inspection.threshold("territory_share")
    found = (
        pairs.filter(pl.col("lost") >= inspection.threshold("territory_least"))
        .group_by("jobcenter", "gone")
        .agg(fits.mean().alias("share"), pl.col("row", "place").sort_by("row").first())
        .filter(pl.col("share") > 0.5)
        .sort("row")
    )
    told = [
        (
            row["jobcenter"],
            inspection.found(
                "territory", row, inspection.area(row["jobcenter"]), inspection.area(row["gone"])
            ),
        )
        for row in found.iter_rows(named=True)
        if _same_land(inspection, row["jobcenter"], row["gone"])
    ]
    return [problem for _, problem in told], [area for area, _ in told]


def _gone(inspection: Inspection) -> pl.DataFrame:
    """Return known counts of areas that the delivery does not name: `gone` and what is `lost`."""
    named = inspection.frame.select("jobcenter", "source").unique()
    of_delivery = inspection.counts.select(_OTHERS).unique()
    lost = inspection.known.join(named, on=["jobcenter", "source"], how="anti").filter(pl.col("value") > 0)
    return lost.join(of_delivery, on=_OTHERS, how="semi").select(
        *_OTHERS, "period_end", gone="jobcenter", lost="value"
    )


def _same_land(inspection: Inspection, one: str, other: str) -> bool:
    jobcenters = inspection.catalog.jobcenters
    lands = {jobcenters[id_].land for id_ in (one, other) if id_ in jobcenters}
    return len(lands) < 2

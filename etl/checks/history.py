"""What was known of a series before the delivered value: one period and one year earlier."""

from __future__ import annotations

import polars as pl

from etl.checks.inspection import ROUNDED, Inspection
from warehouse.periods import months
from warehouse.schema import KEY

SERIES = ["jobcenter", "indicator", "breakdown", "time_concept", "kind", "source"]
PERIOD = ["period_start", "period_end"]
PREVIOUS, YEAR = "previous", "year"
LAGS = (PREVIOUS, YEAR)
_IDENTITY = [*KEY, "source"]


def newest(known: pl.DataFrame) -> pl.DataFrame:
    """Return the rows at the newest data date of each key and source."""
    latest = known.group_by(_IDENTITY).agg(pl.col("data_date").max())
    return known.join(latest, on=[*_IDENTITY, "data_date"], how="semi")


def before(inspection: Inspection, lag: str) -> pl.DataFrame:
    """Return the counts of the delivery that have an earlier value: `before`, of the delivery itself or known.

    `lag`: the period just before (of calendar months, quarters and years), or the same of the year before (of months,
    quarters and single days).
    """
    counts = inspection.counts.filter(pl.col("kind") == "ist", pl.col("number").is_not_null())
    delivered = counts.sort("data_date").unique([*SERIES, *PERIOD], keep="last", maintain_order=True)
    wanted = delivered.join(_earlier(delivered, lag), on=PERIOD)
    then = ["then_start", "then_end"]
    periods = wanted.select(*then).unique().rename(dict(zip(then, PERIOD, strict=True)))
    of_then = inspection.known.join(periods, on=PERIOD, how="semi").filter(
        pl.col("value") >= 0, pl.col("precision").is_in(["exakt", ROUNDED]), pl.col("kind") == "ist"
    )
    columns = [*SERIES, *PERIOD]
    history = pl.concat(
        [delivered.select(*columns, before="number"), newest(of_then).select(*columns, before="value")]
    ).unique(columns, keep="first", maintain_order=True)
    return wanted.join(history, left_on=[*SERIES, *then], right_on=columns)


def _earlier(delivered: pl.DataFrame, lag: str) -> pl.DataFrame:
    start, following = pl.col("period_start"), pl.col("period_end").dt.offset_by("1d")
    is_calendar = (start.dt.day() == 1) & (following.dt.day() == 1) & months().is_in([1, 3, 12])
    is_day = start == pl.col("period_end")
    back, fits = (
        (pl.format("-{}mo", months()), is_calendar)
        if lag == PREVIOUS
        else (pl.lit("-12mo"), is_day | (is_calendar & (months() < 12)))
    )
    return (
        delivered.select(PERIOD)
        .unique()
        .filter(fits)
        .with_columns(
            then_start=start.dt.offset_by(back), then_end=following.dt.offset_by(back).dt.offset_by("-1d")
        )
    )

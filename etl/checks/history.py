"""What was known of a series before the delivered value: one period and one year earlier."""

from __future__ import annotations

import polars as pl

from etl.checks.inspection import ROUNDED, Inspection
from etl.keys import packed, repeated
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


def moving(inspection: Inspection) -> pl.DataFrame:
    """Return the counts whose past is looked at, by place in `counts` (`at`): of each series and period the newest.

    Columns: at, row, number, SERIES, PERIOD.
    """
    counts = inspection.counts.with_row_index("at").filter(
        pl.col("kind") == "ist", pl.col("number").is_not_null()
    )
    if repeated(counts, [*SERIES, *PERIOD]).any():
        counts = counts.sort("data_date", maintain_order=True).unique(
            [*SERIES, *PERIOD], keep="last", maintain_order=True
        )
    return counts.select("at", "row", "number", *SERIES, *PERIOD)


def before(inspection: Inspection, delivered: pl.DataFrame, lag: str) -> pl.DataFrame:
    """Return the counts that have an earlier value (`at`, `number`, `before`), of the delivery itself or known.

    `lag`: the period just before (of calendar months, quarters and years), or the same of the year before (of months,
    quarters and single days).
    """
    earlier = _earlier(delivered, lag)
    then = earlier.select(period_start="then_start", period_end="then_end")
    of_then = inspection.known.join(then, on=PERIOD, how="semi").filter(
        pl.col("value") >= 0, pl.col("precision").is_in(["exakt", ROUNDED]), pl.col("kind") == "ist"
    )
    columns = [*SERIES, *PERIOD]
    history = pl.concat(
        [delivered.select(*columns, before="number"), newest(of_then).select(*columns, before="value")]
    )
    periods = pl.concat([delivered.select(PERIOD), of_then.select(PERIOD)]).unique().with_row_index("period")
    number_of = pl.col("series") * max(periods.height, 1)
    numbered = history.select(*PERIOD, "before", series=packed(history, SERIES)).join(
        periods, on=PERIOD, how="left", maintain_order="left"
    )
    past = numbered.select("before", then=number_of + pl.col("period")).unique(
        "then", keep="first", maintain_order=True
    )
    lags = earlier.join(periods, left_on=["then_start", "then_end"], right_on=PERIOD).select(
        *PERIOD, "period"
    )
    own = delivered.select("at", "number", *PERIOD, series=numbered["series"].head(delivered.height))
    wanted = own.join(lags, on=PERIOD, maintain_order="left")
    return wanted.select("at", "number", then=number_of + pl.col("period")).join(past, on="then").drop("then")


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

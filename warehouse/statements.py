"""What may be said about a trend: only what independent months show, else why nothing is said."""

from __future__ import annotations

from enum import Enum

import polars as pl

from warehouse.catalog import Catalog
from warehouse.trends import LINE


class Silence(Enum):
    """Why no statement about a trend is made."""

    OVERLAPPING = "overlapping"  # neighbouring values share most of their months
    CHANGE = "change"  # the indicator itself is a change to the year before
    NOT_MONTHLY = "not_monthly"
    TOO_FEW = "too_few"


STATEMENT = pl.Schema(
    {
        "jobcenter": pl.String,
        "pairs": pl.Int64,  # months among the last twelve that can be compared with the year before
        "below": pl.Int64,
        "above": pl.Int64,
        "last_start": pl.Date,
        "last_end": pl.Date,
        "year_change": pl.Float64,  # of the last month; null where it cannot be compared
        "year_change_percent": pl.Float64,
        "silence": pl.String,  # a Silence, "" where the numbers may be said
    }
)
"""How the last twelve months of one Jobcenter stand against the same months of the year before."""


def silence_about(catalog: Catalog, indicator: str, time_concept: str, months: int) -> Silence | None:
    """Return why neighbouring points of a series say nothing about a trend; None where they may be compared."""
    formula = catalog.indicator(indicator).formula
    if months != 1:
        return Silence.NOT_MONTHLY
    if time_concept in catalog.derivations:
        return Silence.OVERLAPPING
    if formula and max(formula.numerator.months, formula.denominator.months, formula.average_of) > 1:
        return Silence.OVERLAPPING
    if formula and formula.result == "change":
        return Silence.CHANGE
    return None


def statements(catalog: Catalog, points: pl.DataFrame) -> pl.DataFrame:
    """Return what may be said about each series of Ist among `points` (TREND columns of one indicator, time concept and
    length) as a STATEMENT frame: in how many of the last twelve months it stood below and above the year before.

    Fewer comparable months than declared (thresholds.toml, `trend_pairs`) say nothing.
    """
    own = points.filter(pl.col("kind") == "ist", ~pl.col("alternative"), pl.col("value").is_not_null())
    if own.is_empty():
        return pl.DataFrame(schema=STATEMENT)
    silence = silence_about(catalog, *own.select("indicator", "time_concept", "months").row(0))
    since = pl.col("period_start").max().over(LINE).dt.offset_by("-11mo")
    recent = own.filter(pl.col("period_start") >= since)
    change = pl.col("year_change")
    counted = recent.group_by("jobcenter", maintain_order=True).agg(
        pairs=change.count().cast(pl.Int64),
        below=(change < 0).sum().cast(pl.Int64),
        above=(change > 0).sum().cast(pl.Int64),
        last_start=pl.col("period_start").last(),
        last_end=pl.col("period_end").last(),
        year_change=change.last(),
        year_change_percent=pl.col("year_change_percent").last(),
    )
    few = pl.col("pairs") < catalog.thresholds["trend_pairs"].value
    reason = (
        pl.lit(silence.value)
        if silence
        else pl.when(few).then(pl.lit(Silence.TOO_FEW.value)).otherwise(pl.lit(""))
    )
    return counted.with_columns(silence=reason).select(STATEMENT.names())

"""Time series: every series of two or more periods, with the change to the period before."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog
from warehouse.periods import months

SERIES = ("jobcenter", "indicator", "breakdown", "time_concept", "kind")
LINE = (*SERIES, "months")
"""What makes points one line; `months` is the length of a period: values of months and of years are two lines."""

TREND = pl.Schema(
    {
        "jobcenter": pl.String,
        "indicator": pl.String,
        "breakdown": pl.String,
        "time_concept": pl.String,
        "months": pl.Int64,  # length of the period: 0 = a day, 1 = a month, 12 = a year
        "kind": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "value": pl.Float64,
        "precision": pl.String,
        "status": pl.String,
        "source": pl.String,
        "data_date": pl.Date,
        "place": pl.String,
        "contradicted": pl.Boolean,
        "confidential": pl.Boolean,
        "alternative": pl.Boolean,  # a further value of the same period; only with `every_value`
        "adjoining": pl.Boolean,  # directly follows the point before: may be joined by a line
        "before_start": pl.Date,  # the period the change refers to, the last one with a value
        "before_end": pl.Date,
        "change": pl.Float64,  # in the unit of the indicator; of a percentage in Prozentpunkten
        "change_percent": pl.Float64,  # never of a percentage
    }
)
"""One point of a series. A change is null for the first point and where a value is inexact or contradicted."""

PERIOD = ["period_start", "period_end"]
_OWN = [*LINE, *PERIOD]


def trends(catalog: Catalog, rows: pl.DataFrame, *, every_value: bool = False) -> pl.DataFrame:
    """Return the series of two or more periods among `rows` (CURRENT columns) as a TREND frame, by time.

    Of contradicting values of one period the first printed is the point of the series; with `every_value` the
    others follow it, marked as `alternative`. Printed changes (companions) are no series: a change of changes
    says nothing. A change refers to the last period with a value; where that is not the neighbour, it is named.
    """
    levels = rows.filter(
        ~pl.col("indicator").str.contains(".", literal=True) & (pl.col("time_concept") != "dokumentstand")
    ).with_columns(months=months())
    points = levels.unique(_OWN, keep="first", maintain_order=True)
    points = points.filter(pl.col("value").count().over(LINE) >= 2).sort(*LINE, "period_start")
    answer = _with_changes(catalog, points).with_columns(alternative=pl.lit(False)).select(TREND.names())
    if every_value:
        answer = pl.concat([answer, _alternatives(levels, points)])
    return answer.sort(*LINE, "period_start", "alternative", maintain_order=True)


def drawable(points: pl.DataFrame) -> pl.DataFrame:
    """Return the points (TREND columns) that a chart draws, with `disputed`.

    A printed previous year repeats the Ist of its period: it stands only where there is no such Ist. An Ist is
    disputed where the previous year printed for its period is another value.
    """
    same = [name for name in _OWN if name != "kind"]
    actuals = points.filter((pl.col("kind") == "ist") & pl.col("value").is_not_null())
    repeats = points.filter((pl.col("kind") == "vorjahr") & pl.col("value").is_not_null())
    other = actuals.join(repeats.select(*same, other="value"), on=same).filter(
        pl.col("value") != pl.col("other")
    )
    disputed = other.select(_OWN).unique().with_columns(disputed=pl.lit(True))
    own = points.filter(pl.col("kind") != "vorjahr")
    first = points.filter(pl.col("kind") == "vorjahr").join(actuals.select(same), on=same, how="anti")
    return (
        pl.concat([own, first])
        .join(disputed, on=_OWN, how="left", maintain_order="left")
        .with_columns(pl.col("disputed").fill_null(False))
    )


def _alternatives(levels: pl.DataFrame, points: pl.DataFrame) -> pl.DataFrame:
    """Return the other values that a source prints for a period of a series: no changes, no line leads to them."""
    same_period = levels.filter(pl.col("value").is_not_null()).join(points.select(_OWN), on=_OWN, how="semi")
    others = same_period.join(points.select(*_OWN, "value"), on=[*_OWN, "value"], how="anti")
    empty = {
        name: pl.lit(None, TREND[name]) for name in ("before_start", "before_end", "change", "change_percent")
    }
    return (
        others.unique([*_OWN, "value"], maintain_order=True)
        .with_columns(alternative=pl.lit(True), adjoining=pl.lit(False), **empty)
        .select(TREND.names())
    )


def _with_changes(catalog: Catalog, points: pl.DataFrame) -> pl.DataFrame:
    certain = (pl.col("precision") == "exakt") & ~pl.col("contradicted") & pl.col("value").is_not_null()

    def last(expression: pl.Expr) -> pl.Expr:
        return pl.when(pl.col("value").is_not_null()).then(expression).shift(1).forward_fill().over(LINE)

    points = points.with_columns(
        adjoining=_adjoining(),
        before=last(pl.col("value")),
        before_certain=last(certain),
        before_start=last(pl.col("period_start")),
        before_end=last(pl.col("period_end")),
    )
    comparable = certain & pl.col("before_certain")
    percent = change_percent(catalog, points, pl.col("value"), pl.col("before"))
    return points.with_columns(
        change=pl.when(comparable).then(pl.col("value") - pl.col("before")),
        change_percent=pl.when(comparable).then(percent),
    )


def _adjoining() -> pl.Expr:
    """Tell whether a period begins where the one before ends, a single day at most a year after another."""
    follows = pl.col("period_end").shift(1).over(LINE).dt.offset_by("1d") == pl.col("period_start")
    near = pl.col("period_start") <= pl.col("period_end").shift(1).over(LINE).dt.offset_by("1y")
    valued = pl.col("value").is_not_null() & pl.col("value").shift(1).over(LINE).is_not_null()
    return (pl.when(pl.col("months") == 0).then(near).otherwise(follows) & valued).fill_null(False)


def change_percent(catalog: Catalog, frame: pl.DataFrame, value: pl.Expr, before: pl.Expr) -> pl.Expr:
    """Return the change in percent; null for a percentage, which changes in Prozentpunkten only."""
    rates = [id_ for id_ in frame["indicator"].unique() if catalog.unit(id_).is_rate]
    return pl.when(~pl.col("indicator").is_in(rates) & (before != 0)).then((value / before - 1) * 100)

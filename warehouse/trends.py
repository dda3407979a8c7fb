"""Time series: every series of two or more periods, with the change to the period before."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from warehouse.catalog import Catalog, Event
from warehouse.events import segment
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
        "adjoining": pl.Boolean,  # directly follows the point before, without a break: may be joined by a line
        "before_start": pl.Date,  # the period the change refers to, the last one with a value
        "before_end": pl.Date,
        "change": pl.Float64,  # in the unit of the indicator; of a percentage in Prozentpunkten
        "change_percent": pl.Float64,  # never of a percentage
        "year_change": pl.Float64,  # to the same period of the year before
        "year_change_percent": pl.Float64,  # never of a percentage
        "segment": pl.Int64,  # number of breaks passed: points of different ones are different quantities
        "note": pl.String,  # of a computed value: from how many months
    }
)
"""One point of a series. A change is null for the first point, where a value is inexact or contradicted, and across a
break of the series."""

PERIOD = ["period_start", "period_end"]
_OWN = [*LINE, *PERIOD]


def trends(
    catalog: Catalog,
    rows: pl.DataFrame,
    *,
    every_value: bool = False,
    breaks: Iterable[Event] | None = None,
) -> pl.DataFrame:
    """Return the series of two or more periods among `rows` (CURRENT columns) as a TREND frame, by time.

    Of contradicting values of one period the first printed is the point of the series; with `every_value` the
    others follow it, marked as `alternative`. Printed changes (companions) are no series: a change of changes
    says nothing. A change refers to the last period with a value; where that is not the neighbour, it is named. No line
    and no change leads across one of the `breaks` (without them, those of the catalog).
    """
    levels = rows.filter(
        ~pl.col("indicator").str.contains(".", literal=True) & (pl.col("time_concept") != "dokumentstand")
    ).with_columns(months=months())
    passed = segment(catalog, levels, catalog.events.values() if breaks is None else breaks)
    levels = levels.with_columns(segment=passed)
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
    changes = ("before_start", "before_end", "change", "change_percent", "year_change", "year_change_percent")
    empty = {name: pl.lit(None, TREND[name]) for name in changes}
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
        certain=certain,
        adjoining=_adjoining() & ~_begins_anew(catalog),
        before=last(pl.col("value")),
        before_certain=last(certain),
        before_segment=last(pl.col("segment")),
        before_start=last(pl.col("period_start")),
        before_end=last(pl.col("period_end")),
    )
    points = _with_year_before(points)
    unbroken = (pl.col("segment") == pl.col("before_segment")) & ~_begins_anew(catalog)
    comparable = certain & pl.col("before_certain") & unbroken
    of_year = certain & pl.col("year_certain") & (pl.col("segment") == pl.col("year_segment"))
    percent = change_percent(catalog, points, pl.col("value"), pl.col("before"))
    year_percent = change_percent(catalog, points, pl.col("value"), pl.col("year_value"))
    return points.with_columns(
        change=pl.when(comparable).then(pl.col("value") - pl.col("before")),
        change_percent=pl.when(comparable).then(percent),
        year_change=pl.when(of_year).then(pl.col("value") - pl.col("year_value")),
        year_change_percent=pl.when(of_year).then(year_percent),
    )


def _begins_anew(catalog: Catalog) -> pl.Expr:
    """Tell whether a monthly point runs from another January than the one before, over another number of months: JDW and JFW
    of December and of January are no neighbours."""
    start, before = pl.col("period_start"), pl.col("period_start").shift(1).over(LINE)
    other = (start.dt.year() != before.dt.year()) & (start.dt.month() != before.dt.month())
    return (is_running(catalog) & other).fill_null(False)


def is_running(catalog: Catalog) -> pl.Expr:
    """Tell whether a point is a monthly value of a time concept that runs from January."""
    running = [rule.id for rule in catalog.derivations.values() if rule.window == "year"]
    return pl.col("time_concept").is_in(running) & (pl.col("months") == 1)


def _with_year_before(points: pl.DataFrame) -> pl.DataFrame:
    """Add value, certainty and segment of the same period of the year before; null where there is none."""
    earlier = points.select(
        *LINE,
        pl.col("period_start").dt.offset_by("1y"),
        year_value="value",
        year_certain="certain",
        year_segment="segment",
    )
    return points.join(earlier, on=[*LINE, "period_start"], how="left", maintain_order="left")


def _adjoining() -> pl.Expr:
    """Tell whether a period begins where the one before ends, a single day at most a year after another; never across a
    break."""
    follows = pl.col("period_end").shift(1).over(LINE).dt.offset_by("1d") == pl.col("period_start")
    near = pl.col("period_start") <= pl.col("period_end").shift(1).over(LINE).dt.offset_by("1y")
    valued = pl.col("value").is_not_null() & pl.col("value").shift(1).over(LINE).is_not_null()
    unbroken = pl.col("segment") == pl.col("segment").shift(1).over(LINE)
    return (pl.when(pl.col("months") == 0).then(near).otherwise(follows) & valued & unbroken).fill_null(False)


def change_percent(catalog: Catalog, frame: pl.DataFrame, value: pl.Expr, before: pl.Expr) -> pl.Expr:
    """Return the change in percent; null for a percentage, which changes in Prozentpunkten only."""
    rates = [id_ for id_ in frame["indicator"].unique() if catalog.unit(id_).is_rate]
    return pl.when(~pl.col("indicator").is_in(rates) & (before != 0)).then((value / before - 1) * 100)

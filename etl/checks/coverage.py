"""Areas that were delivered last time and are missing now, and the other way round."""

from __future__ import annotations

import polars as pl

from etl.checks.inspection import LATER, UNKNOWN, Inspection
from etl.keys import Keys
from etl.problem import Problem
from warehouse.periods import period_label
from warehouse.schema import Row

_SCOPE = ["source", "indicator", "time_concept", "kind"]
_PERIOD = ["period_start", "period_end"]


def coverage(inspection: Inspection) -> list[Problem]:
    """Name the Jobcenter of the last known period of the same source and indicator that have nothing in the
    newest period delivered, and those that are new; the same names for several indicators are told once.

    Where most are new, a few were delivered last time and many are now: another table, of which nobody is new.
    """
    now = _newest(_covered(inspection, inspection.keys))
    days = pl.col("period_end") - pl.col("period_start")
    ends = now.select(*_SCOPE, pl.col("period_end").alias("now_end"), days.alias("now_days")).unique()
    is_alike = (days - pl.col("now_days")).dt.total_days().abs() <= 3
    known = _covered(inspection, Keys(inspection.known))
    periods = known.select(*_SCOPE, *_PERIOD).unique().join(ends, on=_SCOPE)
    chosen = _newest(periods.filter(pl.col("period_end") <= pl.col("now_end"), is_alike))
    last = known.join(chosen, on=[*_SCOPE, *_PERIOD], how="semi")
    then = last.group_by(_SCOPE).agg(
        pl.col("jobcenter").unique().sort().alias("then"), *(pl.col(name).first() for name in _PERIOD)
    )
    both = then.join(now.group_by(_SCOPE).agg(pl.col("jobcenter").unique().sort().alias("now")), on=_SCOPE)
    compared = both.filter(_is_comparable(inspection)).with_columns(
        lost=pl.col("then").list.set_difference("now").list.sort(),
        gained=pl.col("now").list.set_difference("then").list.sort(),
        had=pl.col("then").list.len(),
        has=pl.col("now").list.len(),
    )
    joined = compared.filter(pl.col("gained").list.len() * 2 <= pl.col("has"))
    return [*_told(inspection, compared, "lost"), *_told(inspection, joined, "gained")]


def _newest(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the newest period of each source, indicator, time concept and kind."""
    newest = rows.group_by(_SCOPE).agg(pl.col("period_end").max())
    return rows.join(newest, on=[*_SCOPE, "period_end"], how="semi")


def _is_comparable(inspection: Inspection) -> pl.Expr:
    """Tell whether several Jobcenter were delivered at once, now and then: else they are delivered one by one."""
    had, has = pl.col("then").list.len(), pl.col("now").list.len()
    return (had >= inspection.threshold("coverage_least")) & (has > 1)


def _covered(inspection: Inspection, keys: Keys) -> pl.DataFrame:
    """Return which Jobcenter have something in which period; `.` and `…` are nothing, `*` and `-` are."""
    says = [*_SCOPE, *_PERIOD, "jobcenter"]
    is_there = pl.col("value").is_not_null() | ~pl.col("status").is_in([UNKNOWN, LATER])
    if not keys.frame.select(is_there.all()).item():
        keys = Keys(keys.frame.filter(is_there))
    _, covered = keys.numbered(says)
    return covered.filter(
        pl.col("indicator").is_in(inspection.indicators.implode()),
        ~pl.col("jobcenter").is_in(list(inspection.catalog.regions)),
    ).cast({"jobcenter": pl.String})


def _told(inspection: Inspection, compared: pl.DataFrame, which: str) -> list[Problem]:
    groups = (
        compared.filter(pl.col(which).list.len() > 0)
        .group_by(which, *_PERIOD)
        .agg(pl.col("indicator").unique().sort(), pl.col("had").max(), pl.col("has").max())
        .sort("period_start", pl.col(which).list.len())
    )
    return [_one(inspection, row, which) for row in groups.iter_rows(named=True)]


def _one(inspection: Inspection, row: Row, which: str) -> Problem:
    is_large = min(row["had"], row["has"]) >= inspection.threshold("coverage_many")
    is_much = (
        len(row["lost"]) > row["had"] * inspection.threshold("coverage_share") if which == "lost" else False
    )
    missing = "many_areas_missing" if is_large and is_much else "fewer_areas"
    code = missing if which == "lost" else "more_areas"
    ids = row["indicator"]
    more = "eine weitere Kennzahl" if len(ids) == 2 else f"{len(ids) - 1} weitere Kennzahlen"
    what = inspection.catalog.indicator(ids[0]).name + (f" und {more}" if ids[1:] else "")
    when = period_label(row["period_start"], row["period_end"])
    return inspection.noted(code, inspection.areas(row[which]), f"{what}, zuletzt {when}")

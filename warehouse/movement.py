"""Who moved between two periods: pairs only, with what the group did meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from warehouse.peer_values import At
from warehouse.standing import Standing


@dataclass(frozen=True)
class Movement:
    """Two standings of one area in one group. `pairs`: area, before, now, change (in the unit of differences) of the members
    that have both values; `unpaired`: members with only one of them; `broken`: members with a break of their series between."""

    before: Standing
    now: Standing
    pairs: pl.DataFrame
    unpaired: tuple[str, ...]
    broken: tuple[str, ...] = ()


def movement(before: Standing, now: Standing, broken: Collection[str] = ()) -> Movement:
    """Return how the members moved from one period to the other; never across a break (`broken`: whose series has one)."""
    sides = [each.peers.select("area", "value") for each in (before, now)]
    both = (
        sides[0]
        .rename({"value": "before"})
        .join(sides[1].rename({"value": "now"}), on="area", how="full", coalesce=True)
    )
    whole = both.filter(~pl.col("area").is_in(list(broken)))
    paired = whole.drop_nulls().with_columns(change=pl.col("now") - pl.col("before")).sort("area")
    one = whole.filter(pl.col("before").is_null() != pl.col("now").is_null())
    return Movement(
        before, now, paired, tuple(sorted(one["area"])), tuple(sorted(set(both["area"]) & set(broken)))
    )


def year_before(at: At) -> At:
    """Return the same period a year earlier."""
    after = at.end + timedelta(days=1)
    end = _earlier(after) - timedelta(days=1) if at.start != at.end else _earlier(at.end)
    return At(at.indicator, at.breakdown, at.time_concept, _earlier(at.start), end)


def _earlier(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)

"""Median, quartiles and deciles of a group: linear interpolation between neighbouring values (method 7 of Hyndman & Fan)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from warehouse.catalog import Catalog

METHOD: Literal["linear"] = "linear"
POINTS = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}
"""Which quantiles are told, by their column."""


@dataclass(frozen=True)
class Distribution:
    """How the values of a group spread; all in the unit of the indicator."""

    n: int
    minimum: float
    p10: float
    p25: float
    median: float
    p75: float
    p90: float
    maximum: float


def quantiles(frame: pl.DataFrame, by: Sequence[str], *, least: int, value: str = "value") -> pl.DataFrame:
    """Return by group: n (values that are there), minimum, p10, p25, median, p75, p90, maximum; sorted by `by`.

    Missing values count nowhere. Where fewer than `least` values are there, all but n are null.
    """
    measured = pl.col(value)
    spread = {
        "minimum": measured.min(),
        **{name: measured.quantile(point, interpolation=METHOD) for name, point in POINTS.items()},
        "maximum": measured.max(),
    }
    found = frame.group_by(by).agg(measured.count().cast(pl.Int64).alias("n"), **spread)
    is_enough = found["n"] >= least
    if not is_enough.all():
        found = found.with_columns(pl.when(is_enough).then(name).alias(name) for name in spread)
    return found.sort(by)


def distribution(values: pl.Series, *, least: int) -> Distribution | None:
    """Return how values spread; None where fewer than `least` are there."""
    one = quantiles(pl.DataFrame({"group": [0] * len(values), "value": values}), ["group"], least=least)
    if one.is_empty() or one["median"][0] is None:
        return None
    return Distribution(**one.drop("group").row(0, named=True))


def least(catalog: Catalog) -> int:
    """Return how many values a group needs at least before anything is said about it (statistics.toml)."""
    return int(catalog.statistics["least"].value)

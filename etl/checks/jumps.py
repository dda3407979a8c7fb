"""Counts that moved unlike their own past and unlike all other areas of the delivery."""

from __future__ import annotations

from math import log

import polars as pl

from etl.checks.history import LAGS, PERIOD, PREVIOUS, SERIES, YEAR, before, moving
from etl.checks.inspection import Inspection
from etl.checks.territory import territories
from etl.keys import packed
from etl.problem import Problem
from warehouse.formatting import format_percent, format_plain
from warehouse.schema import Row

_PEERS = [*(name for name in SERIES if name != "jobcenter"), *PERIOD]
_NORMAL = 1.4826
"""Makes the median absolute deviation as large as a standard deviation where deviations are normal."""


def jumps(inspection: Inspection) -> list[Problem]:
    """Find counts that changed far more than those of the other areas, than chance and than a declared share.

    A value must be odd against the period before and, where it is known, against the same of the year before: what
    returns every year is none. Where an area took over another one, that is said instead.
    """
    moved = movements(inspection)
    odd = moved.filter(_odd(inspection))
    changed, areas = territories(inspection, moved, odd)
    rest = _largest(odd.filter(~pl.col("jobcenter").is_in(areas)).with_columns(gross=_gross(inspection)))
    told = [
        problem
        for gross in (True, False)
        for problem in inspection.told(
            rest.filter(pl.col("gross") == gross), lambda row: _told(inspection, row)
        )
    ]
    return changed + told


def _largest(odd: pl.DataFrame) -> pl.DataFrame:
    """Return the largest of the jumps of one indicator in one area: its parts (`parts`) jump with it."""
    one = [*(name for name in SERIES if name != "breakdown"), *PERIOD, "gross"]
    size = pl.max_horizontal("number", *(f"before_{lag}" for lag in LAGS))
    ordered = odd.with_columns(size=size).sort("size", descending=True, maintain_order=True)
    return ordered.with_columns(parts=pl.len().over(one) - 1).unique(one, keep="first", maintain_order=True)


def movements(inspection: Inspection) -> pl.DataFrame:
    """Return the delivered counts with, for each lag, `before`, `expected` (had it moved as the areas' median),
    `deviation` from it (in logarithms) and `spread`, the usual deviation of the areas."""
    delivered = moving(inspection)
    peers = delivered.select("at", peers=packed(delivered, _PEERS))
    moved = inspection.counts.with_row_index("at")
    for lag in LAGS:
        own = _measured(inspection, before(inspection, delivered, lag).join(peers, on="at"))
        names = {name: f"{name}_{lag}" for name in ("before", "expected", "deviation", "spread")}
        moved = moved.join(own.select("at", *names).rename(names), on="at", how="left", maintain_order="left")
    return moved.drop("at")


def _measured(inspection: Inspection, rows: pl.DataFrame) -> pl.DataFrame:
    least, few = inspection.threshold("jump_spread"), inspection.threshold("jump_peers")
    change = ((pl.col("number") + 0.5) / (pl.col("before") + 0.5)).log()
    moved = rows.with_columns(change=change)
    usual = moved.group_by("peers").agg(pl.col("change").median().alias("median"), pl.len().alias("count"))
    median = pl.when(pl.col("count") > 2).then("median").otherwise(0.0)
    moved = moved.join(usual, on="peers").with_columns(
        deviation=pl.col("change") - median, expected=pl.col("before") * median.exp()
    )
    spreads = moved.group_by("peers").agg((_NORMAL * pl.col("deviation").abs().median()).alias("mad"))
    measured = pl.max_horizontal("mad", pl.lit(least))
    alone = pl.lit(inspection.threshold("jump_spread_alone"))
    return moved.join(spreads, on="peers").with_columns(
        spread=pl.when(pl.col("count") < few).then(alone).otherwise(measured)
    )


def _odd(inspection: Inspection) -> pl.Expr:
    most, of_year = inspection.threshold("jump_deviations"), inspection.threshold("jump_deviations_year")
    has_previous, has_year = (pl.col(f"before_{lag}").is_not_null() for lag in LAGS)
    confirmed = ~has_year | _beyond(inspection, YEAR, of_year)
    only_year = ~has_previous & has_year & _beyond(inspection, YEAR, most)
    return (has_previous & _beyond(inspection, PREVIOUS, most) & confirmed) | only_year


def _beyond(inspection: Inspection, lag: str, deviations: float) -> pl.Expr:
    deviation, expected = pl.col(f"deviation_{lag}").abs(), pl.col(f"expected_{lag}")
    chance = (pl.col("number") + expected).sqrt() * inspection.threshold("jump_chance")
    return (
        (deviation > deviations * pl.col(f"spread_{lag}"))
        & (deviation > log(1 + inspection.threshold("jump_share")))
        & ((pl.col("number") - expected).abs() > chance)
    ).fill_null(False)


def _gross(inspection: Inspection) -> pl.Expr:
    def by(lag: str) -> pl.Expr:
        deviation = pl.col(f"deviation_{lag}").abs()
        beyond = deviation > inspection.threshold("gross_deviations") * pl.col(f"spread_{lag}")
        return (
            beyond & (deviation > log(inspection.threshold("gross_factor"))) & (pl.col(f"before_{lag}") > 0)
        )

    return (pl.col("number") > 0) & pl.coalesce(by(lag) for lag in LAGS).fill_null(False)


def _told(inspection: Inspection, row: Row) -> Problem:
    lag = PREVIOUS if row["before_previous"] is not None else YEAR
    words = {PREVIOUS: "im Zeitraum davor", YEAR: "ein Jahr davor"}
    earlier = [
        f"{words[each]} {format_plain(row[f'before_{each}'])}"
        for each in LAGS
        if row[f"before_{each}"] is not None
    ]
    usual = row[f"expected_{lag}"] / row[f"before_{lag}"] - 1 if row[f"before_{lag}"] else 0.0
    others = f"die Gebiete im Mittel {format_percent(100 * usual, signed=True)}"
    parts = {0: "", 1: "; ebenso ein Teil davon"}.get(row["parts"], f"; ebenso {row['parts']} Teile davon")
    expected = f"{inspection.subject(row)}, {', '.join(earlier)}; {others}{parts}"
    found = inspection.number(row["indicator"], row["number"])
    return inspection.found("gross_jump" if row["gross"] else "jump", row, found, expected)

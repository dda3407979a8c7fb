"""Where an area stands in a group: distribution, rank, percentile, distance to the median, value of the group.

Rules. Rank 1 is the most favourable value; equal values share a rank and the next one is skipped. Percentile: the share of the
OTHER members with a less favourable value, equal ones counting half, so that it is 50 on average. Indicators without judgement
have neither, only how many others are higher or lower. Only values of one period are ranked (Stufe A). Missing, suppressed,
approximate and contradicting values count nowhere and are counted out loud.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from warehouse.catalog import Catalog
from warehouse.comparators import Group
from warehouse.comparison import Level
from warehouse.peer_values import VALUE, At, Peers
from warehouse.quantiles import Distribution, distribution, least
from warehouse.quotients import Sides, in_persons, ratio_of_sums

LOW, BELOW, MEDIAN, ABOVE, HIGH = "low", "below", "median", "above", "high"
TOO_FEW, NO_VALUE, NO_GROUP, SEVERAL_PERIODS, ALL_EQUAL = (
    "too_few",
    "no_value",
    "no_group",
    "several_periods",
    "all_equal",
)
NEUTRAL = "neutral"
RANKS = {
    "rank": pl.Int64,
    "sharing": pl.Int64,
    "favourable": pl.Float64,
    "lower": pl.Int64,
    "higher": pl.Int64,
}
"""What is added to PEER: shared rank, how many share it, percentile 0–100, how many others are lower and higher."""


@dataclass(frozen=True)
class Standing:
    """How one area stands in one group at one period; values in the unit of the indicator.

    `peers`: PEER columns and RANKS of all members. `n` of `size` members have a value. `rank`, `percentile`: None without
    judgement, where values are not ranked, or where the own one is missing. `place`: low (≤ 1st quartile), below, median,
    above, high (≥ 3rd quartile), by height, whatever is favourable. `gap`: own value − median; `gap_persons`: the same in
    units of what the numerator counts. `ratio`: ratio of sums over `ratio_n` members. `why_not`: "" or why nothing is said:
    no_group, no_value, too_few, several_periods, all_equal.
    """

    at: At
    area: str
    group: Group
    peers: pl.DataFrame
    sides: Sides
    direction: str
    level: Level
    spread: Distribution | None
    ratio: float | None
    ratio_n: int
    gap_persons: float | None
    why_not: str

    @property
    def size(self) -> int:
        """Return how many members the group has, the own area included."""
        return self.group.size

    @cached_property
    def n(self) -> int:
        """Return how many members have a value."""
        return int((self.peers["state"] == VALUE).sum())

    @cached_property
    def own(self) -> dict[str, Any] | None:
        """Return the row of the own area, None where it is not among the members."""
        rows = self.peers.filter(pl.col("area") == self.area)
        return rows.row(0, named=True) if rows.height else None

    def _of_own(self, column: str) -> float | None:
        own = self.own
        found = own[column] if own else None
        return float(found) if isinstance(found, int | float) else None

    @property
    def value(self) -> float | None:
        """Return the own value, None where it is missing or does not count."""
        return self._of_own("value")

    @property
    def rank(self) -> int | None:
        """Return the own rank, 1 being the most favourable value."""
        rank = self._of_own("rank")
        return None if rank is None else int(rank)

    @property
    def sharing(self) -> int:
        """Return how many members share the own rank, the own one included."""
        return int(self._of_own("sharing") or 0)

    @property
    def percentile(self) -> float | None:
        """Return the share of the others with a less favourable value, in percent, equal ones counting half."""
        return self._of_own("favourable")

    @property
    def lower(self) -> int | None:
        """Return how many others have a lower value."""
        return None if self.value is None or self.spread is None else int(self._of_own("lower") or 0)

    @property
    def higher(self) -> int | None:
        """Return how many others have a higher value."""
        return None if self.value is None or self.spread is None else int(self._of_own("higher") or 0)

    @property
    def gap(self) -> float | None:
        """Return the distance of the own value to the median of the members."""
        return None if self.value is None or self.spread is None else self.value - self.spread.median

    @property
    def place(self) -> str | None:
        """Return in which part of the spread the own value lies, by height; None where all are equal."""
        return None if self.value is None or self.spread is None else place_of(self.value, self.spread)

    @cached_property
    def left_out(self) -> dict[str, int]:
        """Return how many members have no value that counts, by state (missing ones by their status)."""
        without = self.peers.filter(pl.col("state") != VALUE)
        reason = pl.when(pl.col("state") == "missing").then("status").otherwise("state")
        return dict(without.group_by(reason.alias("why")).len().sort("why").iter_rows())


def place_of(value: float, spread: Distribution) -> str | None:
    """Return low, below, median, above or high; None where the quartiles do not differ."""
    if spread.p25 == spread.p75:
        return (
            None
            if spread.minimum == spread.maximum or value == spread.median
            else LOW
            if value < spread.p25
            else HIGH
        )
    if value <= spread.p25:
        return LOW
    if value >= spread.p75:
        return HIGH
    return MEDIAN if value == spread.median else BELOW if value < spread.median else ABOVE


def stand(catalog: Catalog, peers: Peers, group: Group, area: str) -> Standing:
    """Return how an area stands in a group. `peers`: the values of at least all members of the group."""
    direction = catalog.indicator(peers.at.indicator).direction
    members = peers.rows.filter(pl.col("area").is_in(list(group.members)))
    measured = members.filter(pl.col("state") == VALUE)
    one_period = measured.select("period_start", "period_end").n_unique() <= 1
    level = Level.A if one_period else Level.B
    spread = distribution(measured["value"], least=least(catalog)) if one_period else None
    ranked = ranks(members, direction) if spread else members.with_columns(
        pl.lit(None, dtype=type_).alias(name) for name, type_ in RANKS.items()
    )  # fmt: skip
    ratio, ratio_n = ratio_of_sums(peers.sides, measured["area"].to_list()) if spread else (None, 0)
    made = Standing(
        peers.at, area, group, ranked, peers.sides, direction, level, spread, ratio, ratio_n, None, ""
    )
    gap = made.gap
    persons = None if gap is None else _persons(catalog, made, gap)
    return replace(made, gap_persons=persons, why_not=_why_not(made))


def _persons(catalog: Catalog, made: Standing, gap: float) -> float | None:
    unit = catalog.unit(made.at.indicator)
    return gap if unit.is_count else in_persons(made.sides, made.area, gap) if unit.is_rate else None


def _why_not(made: Standing) -> str:
    if not made.group.members:
        return NO_GROUP
    if made.level is not Level.A:
        return SEVERAL_PERIODS
    if made.spread is None:
        return TOO_FEW
    if made.value is None:
        return NO_VALUE
    return ALL_EQUAL if made.spread.minimum == made.spread.maximum else ""


def beside(catalog: Catalog, peers: Peers, group: Group, area: str) -> Standing:
    """Return the values of a group as they are shown beside each other and never ranked: each may be of another period."""
    found = stand(catalog, peers, group, area)
    nothing = (pl.lit(None, dtype=type_).alias(name) for name, type_ in RANKS.items())
    unranked = found.peers.with_columns(nothing)
    return replace(
        found,
        peers=unranked,
        level=Level.B,
        spread=None,
        ratio=None,
        ratio_n=0,
        gap_persons=None,
        why_not=SEVERAL_PERIODS,
    )


def ranks(members: pl.DataFrame, direction: str) -> pl.DataFrame:
    """Add RANKS to PEER rows of one period: rank and percentile follow the direction and are null where it is neutral."""
    value, others = pl.col("value"), pl.col("value").count() - 1
    higher = value.rank("min", descending=True).cast(pl.Int64) - 1
    lower = value.rank("min").cast(pl.Int64) - 1
    better, worse = (higher, lower) if direction == "higher" else (lower, higher)
    judged = pl.lit(direction != NEUTRAL)
    half = (others - better - worse) / 2
    return members.with_columns(
        pl.when(judged).then(better + 1).alias("rank"),
        (others - better - worse + 1).cast(pl.Int64).alias("sharing"),
        pl.when(judged & (others > 0)).then((worse + half) * 100 / others).alias("favourable"),
        lower.alias("lower"),
        higher.alias("higher"),
    ).with_columns(
        pl.when(value.is_not_null()).then(pl.col(name)).alias(name).cast(type_)
        for name, type_ in RANKS.items()
    )

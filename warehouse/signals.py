"""Auffälligkeiten: the few figures of an area that stand out in its group, by declared rules and beyond mere chance.

Rules, limits and guards are declared in catalog/signals.toml. Favourable and unfavourable count alike. A count of people says
nothing by its height (larger areas have more), only by its change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

import polars as pl

from warehouse.catalog import Catalog, SignalRule
from warehouse.corridor import Corridor, corridor
from warehouse.movement import Movement
from warehouse.quotients import in_persons
from warehouse.standing import NEUTRAL, Standing

FAVOURABLE, UNFAVOURABLE = "favourable", "unfavourable"
CONSISTENT = 1.4826
"""Times the median of the absolute deviations gives the standard deviation of a normal distribution."""


@dataclass(frozen=True)
class Signal:
    """One figure that stands out. `judgement`: favourable, unfavourable or neutral; `strength`: how often the limit is reached.

    `higher`: whether it is high (or rose more) rather than low. `own`, `usual`: what is held together, in the unit of the
    differences of the indicator, of counts in percent (rule "moved"); percentiles before and now (rule "place"). `guarded`:
    whether chance was tested by counts. `ranks`: the plausible ranks now, where they are known.
    """

    rule: SignalRule
    standing: Standing
    movement: Movement | None
    higher: bool
    judgement: str
    strength: float
    own: float
    usual: float
    guarded: bool
    ranks: Corridor | None = None


def signals(catalog: Catalog, figures: Iterable[tuple[Standing, Movement | None]]) -> list[Signal]:
    """Return what stands out among the figures of one area (each with its movement since the year before), strongest first.

    A quantity is told once per rule. Where its place and its movement stand out, the place is told: it contains the other.
    """
    found = [
        signal
        for standing, moved in figures
        for rule in catalog.signals.values()
        if (signal := _RULES[rule.rule](catalog, rule, standing, moved))
    ]
    placed = {
        (each.standing.at.indicator, each.standing.at.breakdown)
        for each in found
        if each.rule.rule == "place"
    }
    told = [
        each
        for each in found
        if each.rule.rule != "moved" or (each.standing.at.indicator, each.standing.at.breakdown) not in placed
    ]
    return sorted(told, key=lambda each: -each.strength)


def _edge(catalog: Catalog, rule: SignalRule, now: Standing, moved: Movement | None) -> Signal | None:
    spread, gap = now.spread, now.gap
    if spread is None or gap is None or now.n < rule.least or catalog.unit(now.at.indicator).is_count:
        return None
    others, higher = now.n - 1, gap > 0
    beyond = (now.higher if higher else now.lower) or 0
    if gap == 0 or beyond > rule.limit * others:
        return None
    ranks, middle = corridor(catalog, now), spread.p75 - spread.p25
    if ranks.why_not:
        away = (now.value or 0.0) - spread.p75 if higher else spread.p25 - (now.value or 0.0)
        is_chance = away <= rule.fence * middle
    else:
        is_chance = not _at_the_end(ranks, rule.guard, first=_is_first(now, higher=higher))
    if is_chance:
        return None
    strength = abs(gap) / middle if middle else abs(gap)
    return Signal(
        rule, now, moved, higher, _judged(now, higher=higher), strength, gap, 0.0, not ranks.why_not,
        None if ranks.why_not else ranks,
    )  # fmt: skip


def _moved(catalog: Catalog, rule: SignalRule, now: Standing, moved: Movement | None) -> Signal | None:
    if moved is None or moved.pairs.height < rule.least or _is_change(catalog, now):
        return None
    changes = _changes(catalog, now, moved)
    own = changes.filter(pl.col("area") == now.area)
    if own.is_empty() or own["change"][0] is None:
        return None
    change, usual = float(own["change"][0]), _median(changes["change"])
    scale = CONSISTENT * _median((changes["change"] - usual).abs())
    if scale == 0:
        return None
    deviations = abs(change - usual) / scale
    chance = _chance(catalog, now, moved, change - usual)
    limit = rule.limit if chance is not None else rule.unguarded
    if deviations < limit or (chance is not None and chance < rule.guard):
        return None
    higher = change > usual
    judgement = _judged(now, higher=higher)
    return Signal(rule, now, moved, higher, judgement, deviations / limit, change, usual, chance is not None)


def _place(catalog: Catalog, rule: SignalRule, now: Standing, moved: Movement | None) -> Signal | None:
    before = moved.before if moved else None
    if before is None or min(now.n, before.n) < rule.least or _is_change(catalog, now):
        return None
    if now.percentile is None or before.percentile is None:
        return None
    shift = now.percentile - before.percentile
    if abs(shift) < rule.limit:
        return None
    then, ranks = corridor(catalog, before), corridor(catalog, now)
    if then.why_not or ranks.why_not or not _apart(then, ranks):
        return None
    better = shift > 0
    judgement = FAVOURABLE if better else UNFAVOURABLE
    higher = better == (now.direction == "higher")
    return Signal(
        rule,
        now,
        moved,
        higher,
        judgement,
        abs(shift) / rule.limit,
        now.percentile,
        before.percentile,
        True,
        ranks,
    )


_RULES: Mapping[str, Callable[[Catalog, SignalRule, Standing, Movement | None], Signal | None]] = {
    "edge": _edge,
    "moved": _moved,
    "place": _place,
}


def _is_change(catalog: Catalog, now: Standing) -> bool:
    """Tell whether the indicator is a change itself: a change of changes says nothing."""
    formula = catalog.indicator(now.at.indicator).formula
    return formula is not None and formula.result == "change"


def _changes(catalog: Catalog, now: Standing, moved: Movement) -> pl.DataFrame:
    """Return area and change of all pairs: of counts in percent, of everything else in points or units."""
    if not catalog.unit(now.at.indicator).is_count:
        return moved.pairs
    return moved.pairs.filter(pl.col("before") > 0).with_columns(
        change=(pl.col("now") / pl.col("before") - 1) * 100
    )


def _chance(catalog: Catalog, now: Standing, moved: Movement, deviation: float) -> float | None:
    """Return how often the chance variation of the cases a deviation is; None where the cases are not known.

    Counts of cases vary by about their root; both points in time vary.
    """
    pair = moved.pairs.filter(pl.col("area") == now.area)
    if catalog.unit(now.at.indicator).is_count:
        before, cases = float(pair["before"][0]), float(pair["before"][0] + pair["now"][0])
        return abs(deviation) / 100 * before / sqrt(max(cases, 1.0))
    persons = in_persons(now.sides, now.area, deviation)
    own = now.sides.of(now.area)
    if persons is None or own is None or not now.sides.chance:
        return None
    return abs(persons) / sqrt(max(2 * own[0], 1.0))


def _judged(now: Standing, *, higher: bool) -> str:
    if now.direction == NEUTRAL:
        return NEUTRAL
    return FAVOURABLE if higher == (now.direction == "higher") else UNFAVOURABLE


def _is_first(now: Standing, *, higher: bool) -> bool:
    """Tell whether rank 1 is at this end: the favourable one, or the highest where nothing is judged."""
    return higher if now.direction == NEUTRAL else _judged(now, higher=higher) == FAVOURABLE


def _at_the_end(ranks: Corridor, share: float, *, first: bool) -> bool:
    return ranks.worst <= share * ranks.n if first else ranks.best > (1 - share) * ranks.n


def _apart(one: Corridor, other: Corridor) -> bool:
    """Tell whether two corridors, as shares of their groups, have nothing in common."""
    low, high = ((each.best / each.n, each.worst / each.n) for each in (one, other))
    return low[1] < high[0] or high[1] < low[0]


def _median(values: pl.Series) -> float:
    found = values.median()
    return float(found) if isinstance(found, int | float) else 0.0

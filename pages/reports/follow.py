"""Which unknown quantities follow from those that are shown: the relations among them as linear equations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pages.reports.cells import Quantity
from pages.reports.relations import Relation

_SURE = 1e-6
_MOST = 400
"""So many unknowns are solved together at most; more are hardly ever tied so that one follows."""


@dataclass(frozen=True)
class Found:
    """A quantity that follows, its value, and which quantities it follows from."""

    quantity: Quantity
    value: float
    used: frozenset[Quantity]


@dataclass(frozen=True)
class _Equation:
    unknown: Mapping[Quantity, float]
    total: float
    used: frozenset[Quantity]


def following(told: Sequence[Relation], values: Mapping[Quantity, float | None]) -> Iterator[Found]:
    """Return every quantity without a shown value that the relations determine, however many of them it takes together."""
    equations = [equation for each in told if (equation := _equation(each, values)).unknown]
    for group in _tied(equations):
        yield from _solved(group)


def _equation(told: Relation, values: Mapping[Quantity, float | None]) -> _Equation:
    known = {each: value for each, _ in told.terms if (value := values.get(each)) is not None}
    total = told.total - sum(factor * known[each] for each, factor in told.terms if each in known)
    unknown = {each: factor for each, factor in told.terms if each not in known}
    return _Equation(unknown, total, frozenset((*known, *told.by)))


def _tied(equations: list[_Equation]) -> Iterator[list[_Equation]]:
    """Return equations in groups that share unknowns."""
    by_unknown = defaultdict(list)
    for number, equation in enumerate(equations):
        for each in equation.unknown:
            by_unknown[each].append(number)
    left = set(range(len(equations)))
    while left:
        group, open_ = set(), {left.pop()}
        while open_:
            number = open_.pop()
            group.add(number)
            left.discard(number)
            open_ |= {
                other for each in equations[number].unknown for other in by_unknown[each] if other in left
            }
        yield [equations[number] for number in sorted(group)]


def _solved(group: list[_Equation]) -> Iterator[Found]:
    """Return which unknowns are determined: those whose unit vector is a combination of the equations."""
    unknowns = list(dict.fromkeys(each for equation in group for each in equation.unknown))
    if len(unknowns) > _MOST:
        return
    factors = np.array([[equation.unknown.get(each, 0.0) for each in unknowns] for equation in group])
    totals = np.array([equation.total for equation in group])
    combined = np.linalg.pinv(factors.T)  # column j: how to combine the equations for unknown j
    reached = factors.T @ combined
    for at, quantity in enumerate(unknowns):
        if reached[at, at] > 1 - _SURE:
            weights = combined[:, at]
            used = [equation for equation, weight in zip(group, weights, strict=True) if abs(weight) > _SURE]
            sources = frozenset(each for equation in used for each in equation.used)
            yield Found(quantity, float(weights @ totals), sources)

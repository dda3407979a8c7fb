"""Where charts go on slides: bars fill columns like text, everything else stands in a grid; what finds no room goes on."""

from __future__ import annotations

from dataclasses import dataclass

from pages.reports.plan import Plan

_BETWEEN = 14.0  # points
_COLUMN = 400.0  # a column of bars is not narrower
_SPACIOUS = 1.7  # bars are not spread to more than so much of the height they need


@dataclass(frozen=True)
class Placed:
    """One chart with its frame in points."""

    plan: Plan
    left: float
    top: float
    width: float
    height: float


def arrange(plans: list[Plan], box: tuple[float, float, float, float]) -> list[list[Placed]]:
    """Return the charts slide by slide inside a box (left, top, width, height)."""
    if all(plan.flows for plan in plans):
        return _columns(plans, box)
    return _grid(plans, box)


def _columns(plans: list[Plan], box: tuple[float, float, float, float]) -> list[list[Placed]]:
    left, top, wide, high = box
    if _height(plans, wide) <= high:
        return [_column(plans, left, top, wide, high)]
    count = max(1, int((wide + _BETWEEN) / (_COLUMN + _BETWEEN)))
    width = (wide - _BETWEEN * (count - 1)) / count
    columns: list[list[Plan]] = [[]]
    for plan in plans:
        if columns[-1] and _height([*columns[-1], plan], width) > high:
            columns.append([])
        columns[-1].append(plan)
    slides = []
    for start in range(0, len(columns), count):
        own = columns[start : start + count]
        slides.append(
            [
                placed
                for number, column in enumerate(own)
                for placed in _column(column, left + number * (width + _BETWEEN), top, width, high)
            ]
        )
    return slides


def _height(plans: list[Plan], width: float) -> float:
    return sum(plan.need(width) for plan in plans) + _BETWEEN * (len(plans) - 1)


def _column(plans: list[Plan], left: float, top: float, width: float, high: float) -> list[Placed]:
    needs = [plan.need(width) for plan in plans]
    free = high - _BETWEEN * (len(plans) - 1)
    factor = min(_SPACIOUS, free / sum(needs))
    found = []
    for plan, need in zip(plans, needs, strict=True):
        found.append(Placed(plan, left, top, width, need * factor))
        top += need * factor + _BETWEEN
    return found


def _grid(plans: list[Plan], box: tuple[float, float, float, float]) -> list[list[Placed]]:
    left, top, wide, high = box
    most = max(1, int((wide + _BETWEEN) / (max(plan.least for plan in plans) + _BETWEEN)))
    rows = max(1, int((high + _BETWEEN) / (max(plan.low for plan in plans) + _BETWEEN)))
    slides = []
    count = -(-len(plans) // (most * rows))
    each = -(-len(plans) // count)
    for start in range(0, len(plans), each):
        own = plans[start : start + each]
        down = 1 if len(own) == 1 else min(rows, -(-len(own) // most))
        across = -(-len(own) // down)
        width, height = (wide - _BETWEEN * (across - 1)) / across, (high - _BETWEEN * (down - 1)) / down
        slides.append(
            [
                Placed(
                    plan,
                    left + (n % across) * (width + _BETWEEN),
                    top + (n // across) * (height + _BETWEEN),
                    width,
                    height,
                )
                for n, plan in enumerate(own)
            ]
        )
    return slides

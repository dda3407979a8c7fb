"""A drawing as native Office charts: what becomes which kind of chart, and how much room it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages.reports import lying, standing, strewn
from pages.reports.native import Block
from pages.reports.scene import Bars, Panel, Points, Scene
from pages.reports.shares import Share, shares


@dataclass(frozen=True)
class Plan:
    """One chart to be: the height it needs in a width, whether it fills columns like text, and how it is built."""

    need: Callable[[float], float]
    flows: bool
    build: Callable[[float, float], Block]
    least: float = 270.0
    """The width in points it is not legible below."""
    low: float = 128.0
    """The height in points it is not legible below."""


def plans(scene: Scene) -> list[Plan]:
    """Return the charts of a drawing, top down: lying bars per heading, everything else per panel."""
    found: list[Plan] = []
    for share in shares(scene):
        kind = kind_of(share.panel)
        if kind == "lying":
            found += [Plan(group.need, True, group.build) for group in lying.groups(share)]
        else:
            found.append(_whole(share, kind))
    return found


def kind_of(panel: Panel) -> str:
    """Return what a panel becomes: bars from zero stay bars, everything else becomes points and lines."""
    bars = [series for series in panel.series if isinstance(series, Bars)]
    points = [series for series in panel.series if isinstance(series, Points)]
    if bars and all(series.horizontal for series in bars) and not points:
        if all(bar.base == 0 for series in bars for bar in series.bars):
            return "lying"
    elif bars and not any(series.horizontal for series in bars) and standing.fits(panel):
        return "standing"
    return "strewn"


def _whole(share: Share, kind: str) -> Plan:
    _, top, _, bottom = share.panel.box
    least = max(270.0, standing.least(share.panel)) if kind == "standing" else 270.0

    def build(width: float, height: float) -> Block:
        return (
            standing.build(share, width, height) if kind == "standing" else strewn.build(share, width, height)
        )

    low = max(128.0, standing.lowest(share.panel)) if kind == "standing" else 128.0
    return Plan(lambda _: max(120.0, min(260.0, bottom - top)), False, build, least, low)

"""A native Office chart as plain data: what `chart_xml` writes and an office edits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pages.reports.measure import width as text_width
from pages.reports.measure import wrap
from pages.reports.scene import CLEAR, Colour, Fill, Letters, Line, Mark

SMALLEST = 14
"""Points: no text on a slide is smaller, footers excepted."""

_TEXT = Letters(SMALLEST)
LabelPlace = Literal["t", "b", "l", "r", "ctr", "outEnd"]


@dataclass(frozen=True)
class Label:
    """What is written at a value, and on which side of it."""

    text: str
    place: LabelPlace
    letters: Letters = _TEXT
    background: Colour = CLEAR


@dataclass(frozen=True)
class Item:
    """One value: its place (of points; a gap has no y), its look and its label."""

    y: float | None
    x: float | None = None
    label: Label | None = None
    fill: Fill | None = None
    mark: Mark | None = None


@dataclass(frozen=True)
class NativeSeries:
    """A row of values: lying or standing bars, points with or without line, or marks above categories.

    `thin` bars lie inside the others; `helper` series only carry lines and texts of the drawing.
    """

    name: str
    items: tuple[Item, ...]
    kind: Literal["xy", "bar", "line"] = "xy"
    line: Line | None = None
    thin: bool = False
    helper: bool = False


@dataclass(frozen=True)
class NativeAxis:
    """An axis of a native chart; `major` is the step of its numbers, where Office writes them itself."""

    low: float
    high: float
    major: float | None = None
    format: str = "General"
    labelled: bool = False
    line: Line | None = None
    grid: Line | None = None
    dated: bool = False
    logarithmic: bool = False


@dataclass(frozen=True)
class Native:
    """A whole native chart; `insets` are the points left, above, right and below the plot area inside its frame."""

    kind: Literal["xy", "lying", "standing"]
    series: tuple[NativeSeries, ...]
    x: NativeAxis
    y: NativeAxis
    categories: tuple[str, ...] = ()
    stacked: bool = False
    gap: int = 60  # between bars, in percent of their thickness
    thin_gap: int = 200
    heading: str = ""
    subheading: str = ""
    frame: Line | None = None
    insets: tuple[float, float, float, float] = (0, 0, 0, 0)


_DOT = " · "
HEADING, HEAD, SUBHEAD = 16, 24.0, 18.0
"""Size of a heading, and the height of it and of a line below it, in points."""


def fit_heading(heading: str, subheading: str, width: float) -> tuple[str, str]:
    """Return heading and line below it; what of a heading finds no room in one line begins the line below."""
    parts = heading.split(_DOT)
    while (
        len(parts) > 1 and text_width(_DOT.join(parts), HEADING, 600) > width * 0.85
    ):  # LibreOffice wraps there
        subheading = _DOT.join(filter(None, (parts.pop(), subheading)))
    return _DOT.join(parts), subheading


def above_plot(heading: str, subheading: str, width: float) -> float:
    """Return the height of heading and subheading of a chart, wrapped to its width."""
    lines = len(wrap(subheading, SMALLEST, width)) if subheading else 0
    return (HEAD if heading else 6) + lines * SUBHEAD


@dataclass(frozen=True)
class Overlay:
    """What Office has nothing native for: a line, a text or an area; places are shares of the plot area, from top left."""

    kind: Literal["line", "text", "area"]
    places: tuple[tuple[float, float], ...]
    line: Line | None = None
    fill: Colour = CLEAR
    text: str = ""
    letters: Letters = _TEXT
    anchor: str = "left"
    vertical: str = "middle"


@dataclass(frozen=True)
class Block:
    """A native chart with what lies over it, and how much height it needs at least, in points."""

    native: Native
    overlays: tuple[Overlay, ...] = field(default_factory=tuple)
    need: float = 120


def in_words(native: Native) -> str:
    """Return what a chart says: its heading, then every name with what is written at it."""
    told = []
    if native.kind == "xy":
        for series in native.series:
            labels = [item.label.text for item in series.items if item.label and item.y is not None]
            if labels and not series.helper:
                told.append(f"{series.name} {', '.join(labels)}")
    else:
        for number, name in enumerate(native.categories):
            items = [series.items[number] for series in native.series]
            labels = [item.label.text for item in items if item.label and item.y is not None]
            if name and any(item.y is not None for item in items):
                told.append(" ".join([name, ", ".join(labels)]).strip())
    return ": ".join(filter(None, (native.heading, "; ".join(told))))

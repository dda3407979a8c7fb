"""What is drawn, free of Plotly: panels with axes, bars, points and lines, and the texts and marks around them.

Positions inside a panel are numbers of its axes (days since 1970 on a time axis, the place in the list on an axis of
names); everything else is pixels from the top left of the drawing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from pages.reports.known import KNOWN

Kind = Literal["linear", "log", "date", "category"]
NOWHERE = 1e-9
SYMBOLS = KNOWN["symbols"]
"""The signs at points that every report can draw, hollow ones included."""


@dataclass(frozen=True)
class Colour:
    """A colour as `#rrggbb` and how much of it covers what lies behind (0 to 1)."""

    hex: str
    alpha: float = 1.0

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing is painted."""
        return self.alpha < 0.01

    def faded(self, opacity: float) -> Colour:
        """Return the colour with less of it."""
        return Colour(self.hex, self.alpha * opacity)

    def on_white(self) -> str:
        """Return what is seen on white paper, as `#rrggbb`."""
        parts = (int(self.hex[place : place + 2], 16) for place in (1, 3, 5))
        return "#" + "".join(f"{round(255 + (part - 255) * self.alpha):02x}" for part in parts)


CLEAR = Colour("#ffffff", 0.0)


@dataclass(frozen=True)
class Line:
    """How a line is drawn; `dash` is one of Plotly's names."""

    colour: Colour
    width: float
    dash: str = "solid"


@dataclass(frozen=True)
class Fill:
    """How an area is painted: colour, outline (None: without), and hatching `/` or dots `.` in a colour of its own."""

    colour: Colour
    line: Line | None = None
    pattern: str = ""
    pattern_colour: Colour = CLEAR


@dataclass(frozen=True)
class Letters:
    """How a text is set; without colour in that of its surroundings."""

    size: float
    weight: int = 400
    colour: Colour | None = None
    opacity: float = 1.0


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, from where to where it goes, how thick it is, and what is written at it."""

    position: float
    base: float
    end: float
    width: float
    fill: Fill
    text: str = ""
    inside: bool = False
    letters: Letters = Letters(14)
    value: float = 0.0  # as given: the length from the base


@dataclass(frozen=True)
class Bars:
    """Bars that belong together, lying (`horizontal`) or standing."""

    name: str
    horizontal: bool
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Mark:
    """The sign at a point; a hollow one is only outlined."""

    symbol: str
    size: float
    colour: Colour
    outline: Line
    hollow: bool = False


@dataclass(frozen=True)
class Point:
    """One point of a series; without x or y the line is broken here. `place` says where its text stands."""

    x: float | None
    y: float | None
    mark: Mark | None = None
    text: str = ""
    place: str = "middle center"
    letters: Letters = Letters(14)

    @property
    def is_gap(self) -> bool:
        """Tell whether nothing stands here."""
        return self.x is None or self.y is None


@dataclass(frozen=True)
class Points:
    """Points, joined by a line or not; `fill` paints down to `below` (the other edge of a band) or inside the outline."""

    name: str
    points: tuple[Point, ...]
    line: Line | None = None
    shape: str = "linear"
    fill: Colour = CLEAR
    below: tuple[Point, ...] = ()


Series = Bars | Points


@dataclass(frozen=True)
class Axis:
    """One axis: which numbers lie between its ends (`low` > `high`: reversed), where it lies, what is written along it."""

    name: str
    kind: Kind
    low: float
    high: float
    start: float  # pixels at `low` …
    end: float  # … and at `high`
    ticks: tuple[tuple[float, str], ...] = ()
    labelled: bool = False
    inside: bool = False
    grid: Line | None = None
    line: Line | None = None
    zero: Line | None = None
    title: str = ""
    letters: Letters = Letters(14)
    side: str = ""
    categories: tuple[str, ...] = ()

    def pixel(self, value: float) -> float:
        """Return where a number lies."""
        value, low, high = (self._even(each) for each in (value, self.low, self.high))
        return self.start + (value - low) * (self.end - self.start) / (high - low or NOWHERE)

    def number(self, pixel: float) -> float:
        """Return which number lies at a pixel."""
        low, high = self._even(self.low), self._even(self.high)
        place = low + (pixel - self.start) * (high - low) / (self.end - self.start or NOWHERE)
        return 10.0**place if self.kind == "log" else place

    def _even(self, value: float) -> float:
        """Return a number as it counts along the axis: on a logarithmic one ten times as many are as far as a tenth."""
        return math.log10(value) if self.kind == "log" else value


@dataclass(frozen=True)
class Panel:
    """One pair of axes with what is drawn on it."""

    x: Axis
    y: Axis
    series: tuple[Series, ...] = ()

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom in pixels."""
        left, right = sorted((self.x.start, self.x.end))
        top, bottom = sorted((self.y.start, self.y.end))
        return left, top, right, bottom


@dataclass(frozen=True)
class Text:
    """A text of the drawing; x and y are the point it is anchored to."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Literal["left", "center", "right"]
    vertical: Literal["top", "middle", "bottom"]
    letters: Letters
    align: str = "center"
    background: Colour = CLEAR
    panel: int | None = None  # of the axes it is placed on

    @property
    def words(self) -> str:
        """Return the text in one line."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class Shape:
    """A line or rectangle of the drawing, behind or before the series."""

    kind: Literal["line", "rect"]
    x0: float
    y0: float
    x1: float
    y1: float
    line: Line | None
    fill: Colour = CLEAR
    behind: bool = False
    panel: int | None = None
    level: float | None = None  # of a horizontal line on an axis: its number as given


@dataclass(frozen=True)
class Scene:
    """A whole drawing without title, subtitle and footnotes: these have places of their own in every report."""

    width: float
    height: float
    panels: tuple[Panel, ...]
    texts: tuple[Text, ...] = ()
    shapes: tuple[Shape, ...] = ()
    subtitle: str = ""
    window: tuple[float, float] | None = (
        None  # top and bottom of the part that is meant, of a drawing cut into sheets
    )

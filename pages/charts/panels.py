"""Labelled bars in panels: each panel one Jobcenter at one time, its date in the panel's title; names above the bars.

Nothing lies in a left margin, so that a phone shows the same chart as a desk.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pages.charts.chart import MUTED, escape_lines, is_soft
from pages.charts.drawing import Drawing
from pages.charts.theme import BAND, CLEAR, PEER
from warehouse.catalog import Jobcenter

Style = Literal["solid", "soft", "hollow", "target", "forecast", "previous", "part", "rest", "reference"]
NAME_WIDTH = 42  # characters of one line above a bar, on a phone
_TITLE, _LINE, _SUBTITLE, _BAR, _AFTER, _GAP = 24, 19, 18, 14, 12, 24  # pixels
_LETTERS = 6  # from the last line of a name down to its bar, so that descenders stay clear
_OF_KIND: dict[str, Style] = {
    "soll": "target",
    "plan": "target",
    "prognose": "forecast",
    "vorjahr": "previous",
}
ROOM = 1.45
"""The axis is this much longer than the longest bar: room for the figure at its end on a phone."""


@dataclass(frozen=True)
class Bar:
    """One bar: `name` above it, `text` at its end; a bar without a value is only told."""

    name: str
    value: float | None
    text: str
    style: Style = "solid"


@dataclass(frozen=True)
class Panel:
    """One group of bars of one Jobcenter that belong to the same time, or carry their own dates in their names."""

    title: str
    subtitle: str
    jobcenter: Jobcenter
    bars: Sequence[Bar] = field(default_factory=tuple)


def draw_panels(figure: Drawing, panels: Sequence[Panel], *, whole: float | None = None) -> int:
    """Draw panels below each other from zero on one common scale; return the height. `whole` marks the full length (100 %)."""
    y = 0
    for panel in panels:
        _text(figure, panel.title, y, size=15, weight=600)
        y += _TITLE
        for line in textwrap.wrap(panel.subtitle, NAME_WIDTH + 8):
            _text(figure, line, y, size=13, opacity=MUTED)
            y += _SUBTITLE
        for bar in panel.bars:
            for line in textwrap.wrap(bar.name, NAME_WIDTH):
                _text(figure, line, y + 4, size=14)
                y += _LINE
            y += 4 + _LETTERS
            _bar(figure, bar, panel.jobcenter, y + _BAR / 2, whole)
            y += _BAR + _AFTER
        y += _GAP
    height = max(y - _GAP, _TITLE)
    if whole and panels:
        height += _SUBTITLE
        figure.add_annotation(
            x=whole,
            y=height - 4,
            yanchor="bottom",
            text=f"{whole:.0f}\u00a0%",
            showarrow=False,
            font={"size": 12},
            opacity=MUTED,
        )
    longest = whole or max((bar.value or 0 for panel in panels for bar in panel.bars), default=0) or 1
    figure.update_yaxes(range=[height, 0], visible=False)
    figure.update_xaxes(range=[0, longest * ROOM], visible=False)
    figure.update_layout(barmode="overlay", hovermode="closest")
    return height


def _bar(figure: Drawing, bar: Bar, jobcenter: Jobcenter, y: float, whole: float | None) -> None:
    if whole:
        bottom = y + _BAR / 2 + 1
        figure.add_shape(
            type="line", x0=0, x1=whole, y0=bottom, y1=bottom, line={"width": 1, "color": BAND}, layer="below"
        )
        figure.add_shape(
            type="line",
            x0=whole,
            x1=whole,
            y0=bottom - _BAR,
            y1=bottom,
            line={"width": 1, "color": PEER},
            layer="below",
        )
    figure.add_bar(
        x=[bar.value or 0],
        y=[y],
        width=_BAR if bar.style != "reference" else _BAR / 2,
        orientation="h",
        text=[escape_lines([bar.text])[0]],
        textfont={"size": 13},
        constraintext="none",
        hovertext=[escape_lines([f"{bar.name}: {bar.text}"])[0]],
        hoverinfo="text",
        marker=fill(bar.style, jobcenter),
        name=bar.name,
    )


def style_of(row: Mapping[str, Any]) -> Style:
    """Return how a value (CURRENT columns) is filled: by its kind; an Ist by whether it is exact and certain."""
    measured: Style = "soft" if is_soft(str(row["precision"]), str(row["status"])) else "solid"
    return _OF_KIND.get(str(row["kind"]), measured)


def fill(style: Style, jobcenter: Jobcenter) -> dict[str, object]:
    """Return how a bar or column is filled: Ist solid, approximate or uncertain hollow with dots (so that it does not look
    like a Soll), parts of a provisional sum hollow, Soll and Plan outlined and pale, Prognose hatched, a printed
    previous year pale without outline, the first part of a sum a darker tint, what is left over grey and hatched, a
    reference region grey."""
    if style == "reference":
        return {"color": PEER, "line": {"width": 0}}
    colour = PEER if style == "rest" else jobcenter.colour
    line = {"color": colour, "width": 2}
    if style in ("forecast", "rest"):
        return {
            "color": CLEAR,
            "line": {**line, "width": 1.5},
            "pattern": {
                "shape": "/",
                "fgcolor": colour,
                "bgcolor": CLEAR,
                "size": 6,
                "solidity": 0.35,
            },
        }
    if style == "soft":
        dots = {"shape": ".", "fgcolor": colour, "bgcolor": CLEAR, "size": 6, "solidity": 0.3}
        return {"color": CLEAR, "line": line, "pattern": dots}
    if style == "previous":
        return {"color": pale(colour, 0.6), "line": {"width": 0}}
    fills = {"solid": colour, "target": pale(colour), "part": pale(colour, 0.4)}
    return {"color": fills.get(style, CLEAR), "line": line}


def readable(colour: str) -> str:
    """Return black or white, whichever stands out more on a colour (always at least 4.5:1)."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (light + 0.05) / 0.05 > 1.05 / (light + 0.05) else "#ffffff"


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def pale(colour: str, opacity: float = 0.18) -> str:
    """Return a colour as a tint that lets the background through (the same on light and dark)."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"


def _text(figure: Drawing, text: str, y: float, *, size: int, weight: int = 400, opacity: float = 1) -> None:
    figure.add_annotation(
        text=escape_lines([text])[0], x=0, xref="paper", xanchor="left", y=y, yanchor="top", showarrow=False,
        align="left", xshift=-1, font={"size": size, "weight": weight}, opacity=opacity,
    )  # fmt: skip

"""Lying bars as native bar charts: names as categories, figures as data labels, an inner bar on a second pair of axes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pages.reports.measure import width as text_width
from pages.reports.measure import wrap
from pages.reports.native import (
    SMALLEST,
    Block,
    Item,
    Label,
    Native,
    NativeAxis,
    NativeSeries,
    Overlay,
    above_plot,
    fit_heading,
)
from pages.reports.scene import Axis, Bar, Bars, Colour, Fill, Line, Shape, Text
from pages.reports.shares import Share, extent_of
from warehouse.formatting import NBSP

_NAMES = 0.46  # of the width, at most, for the names
_ROW, _LETTER, _THICK = 26.0, 17.0, 24.0  # points
_EDGE = 8.0
_NEAR = 4  # pixels
_INNER = 0.75  # a bar thinner than so much of the thickest of its row lies inside it
_GRID = Line(Colour("#dfe1ea"), 1)
_ZERO = Line(Colour("#898989"), 1)
_BEFORE_FIGURE = re.compile(r"(?<=\w) (?=[−+≈<>]?\d)|(?<=[▲▼]) (?=\w)")
_MOST = 9
"""Rows of one chart: more are continued in the next one."""


@dataclass
class Row:
    """One row: what its bars are called, and where it lay on screen."""

    bars: list[tuple[str, Bar]]
    top: float
    bottom: float
    name: str = ""
    heading: str = ""
    subheading: str = ""

    @property
    def middle(self) -> float:
        """Return the middle of its bars."""
        return (self.top + self.bottom) / 2


@dataclass
class Group:
    """Rows under one heading; becomes one chart."""

    axis: Axis
    rows: list[Row]
    heading: str
    subheading: str
    overlays: list[Overlay] = field(default_factory=list)
    grid: float | None = None
    every: list[Row] = field(default_factory=list)  # of the panel: all its charts share one scale

    def names(self, width: float) -> float:
        """Return the room for the names."""
        longest = max((text_width(row.name, SMALLEST) for row in self.every), default=0)
        return min(longest + _EDGE, width * _NAMES) if longest else _EDGE

    def need(self, width: float) -> float:
        """Return the height the rows need in a width."""
        lines = max((len(wrap(row.name, SMALLEST, self.names(width))) for row in self.rows), default=1)
        return len(self.rows) * max(_ROW, lines * _LETTER + 6) + self._above(width) + self._below()

    def _above(self, width: float) -> float:
        crowned = any(o.kind == "text" and o.places[0][1] < 0 for o in self.overlays)
        return above_plot(*fit_heading(self.heading, self.subheading, width), width) + (18 if crowned else 0)

    def _below(self) -> float:
        return 18.0 if any(o.kind == "text" and o.places[0][1] > 1 for o in self.overlays) else 2.0

    def build(self, width: float, height: float) -> Block:
        """Return the chart for a frame of a size in points."""
        insets = (self.names(width), self._above(width), 10.0, self._below())
        pitch = (height - insets[1] - insets[3]) / max(len(self.rows), 1)
        thick = min(_THICK, pitch * 0.7)
        series = tuple(_series(self.rows))
        heading, subheading = fit_heading(self.heading, self.subheading, width)
        value = NativeAxis(self.axis.low, self.axis.high, self.grid, grid=_GRID if self.grid else None)
        native = Native(
            "lying", series, value, NativeAxis(0, 1, line=_ZERO), tuple(row.name for row in self.rows),
            gap=_gap(pitch, thick), thin_gap=_gap(pitch, thick * 0.45),
            heading=heading, subheading=subheading, insets=insets,
        )  # fmt: skip
        return Block(native, tuple(self.overlays), self.need(width))


def _gap(pitch: float, thick: float) -> int:
    return max(0, min(500, round((pitch / thick - 1) * 100)))


def groups(share: Share) -> list[Group]:
    """Return the charts of a panel: a heading begins a new one, and many rows are continued in the next."""
    rows = _rows(share)
    left = share.panel.box[0]
    at_left = [
        t for t in share.texts if t.anchor == "left" and t.x <= left + _NEAR and not _on_bar(t, rows, share)
    ]
    _name(rows, at_left)
    found: list[Group] = []
    for row in rows:
        if row.heading or not found:
            found.append(Group(share.panel.x, [], row.heading, row.subheading, every=rows))
        elif len(found[-1].rows) == _MOST:
            before = found[-1]
            again = (
                before.heading
                if before.heading.endswith("(Fortsetzung)")
                else f"{before.heading} (Fortsetzung)"
            )
            found.append(
                Group(share.panel.x, [], again if before.heading else "", before.subheading, every=rows)
            )
        found[-1].rows.append(row)
    for text in share.texts:
        if text not in at_left:
            _place_text(found, share, text)
    _place_shapes(found, share, rows)
    return found


def _rows(share: Share) -> list[Row]:
    """Return the bars that lie on or beside each other as rows, top down."""
    panel, found = share.panel, list[Row]()
    told = [(series.name, bar) for series in panel.series if isinstance(series, Bars) for bar in series.bars]

    def span(bar: Bar) -> tuple[float, float]:
        low, high = sorted(panel.y.pixel(bar.position + side * bar.width / 2) for side in (-1, 1))
        return low, high

    for name, bar in sorted(told, key=lambda pair: span(pair[1])):
        top, bottom = span(bar)
        if found and top < found[-1].bottom + (bottom - top) / 2:  # rails above and below a bar belong to it
            found[-1].bars.append((name, bar))
            found[-1].bottom = max(found[-1].bottom, bottom)
        else:
            found.append(Row([(name, bar)], top, bottom))
    order = {id(bar): n for n, (_, bar) in enumerate(told)}
    for row in found:
        row.bars.sort(key=lambda pair: order[id(pair[1])])
    return found


def _on_bar(text: Text, rows: list[Row], share: Share) -> bool:
    return any(row.top <= text.y <= row.bottom for row in rows) and text.vertical == "middle"


def _name(rows: list[Row], texts: Sequence[Text]) -> None:
    """Give every row what stands above it: bold texts are headings, pale ones below them say more of these."""
    for text in sorted(texts, key=lambda text: text.y):
        middle = sum(extent_of(text)) / 2
        row = next((row for row in rows if row.middle > middle), rows[-1])
        if text.letters.weight >= 600:
            row.heading = f"{row.heading} {text.words}".strip()
        elif row.heading and text.letters.opacity < 1 and not row.name:
            row.subheading = f"{row.subheading} {text.words}".strip()
        else:
            row.name = f"{row.name} {_unbroken(text.words)}".strip()


def _unbroken(words: str) -> str:
    """Return a name that breaks at its dots alone: a word and its figure, a sign and its word stay in one line."""
    return _BEFORE_FIGURE.sub(NBSP, words)


def _layers(row: Row) -> list[tuple[str, bool, Bar]]:
    """Return the bars of a row with their name, and whether they lie inside the others.

    What on screen are several bars of one name and length – outline, hatching, rails that leave the middle free – is one
    bar here: the inner bar covers its middle.
    """
    merged: dict[tuple[str, float], list[Bar]] = {}
    for name, bar in row.bars:
        merged.setdefault((name, bar.end), []).append(bar)
    whole = max(_thickness(bars) for bars in merged.values())
    found = []
    for (name, _), bars in merged.items():
        inner = len(merged) > 1 and _thickness(bars) < whole * _INNER
        found.append((name, inner, bars[0] if len(bars) == 1 else replace(bars[0], fill=_together(bars))))
    return found


def _thickness(bars: list[Bar]) -> float:
    edges = [bar.position + side * bar.width / 2 for bar in bars for side in (-1, 1)]
    return max(edges) - min(edges)


def _together(bars: list[Bar]) -> Fill:
    """Return one fill for bars that lie on each other: the first colour, hatching and outline there is."""
    fills = [bar.fill for bar in bars]
    painted = next((fill for fill in fills if fill.pattern or not fill.colour.is_clear), fills[0])
    line = next((fill.line for fill in fills if fill.line), None)
    return replace(painted, line=line)


def _series(rows: list[Row]) -> list[NativeSeries]:
    """Return the bars as series: one where every row has one bar, else one per name and layer, the wide ones first."""
    layered = [_layers(row) for row in rows]
    single = all(len(bars) <= 1 for bars in layered)
    keys: list[tuple[bool, str, int]] = []
    placed: list[dict[tuple[bool, str, int], Bar]] = []
    for bars in layered:
        place: dict[tuple[bool, str, int], Bar] = {}
        for name, thin, bar in bars:
            number = 0
            while (thin, "Wert" if single else name or "Wert", number) in place:
                number += 1
            key = (thin, "Wert" if single else name or "Wert", number)
            place[key] = bar
            keys += [key] if key not in keys else []
        placed.append(place)
    keys.sort(key=lambda key: key[0])
    return [
        NativeSeries(
            name + (f" ({number + 1})" if number else ""),
            tuple(_item(place.get((thin, name, number))) for place in placed), "bar", thin=thin,
        )
        for thin, name, number in keys
    ]  # fmt: skip


def _item(bar: Bar | None) -> Item:
    if bar is None:
        return Item(None)
    label = Label(bar.text, "ctr" if bar.inside else "outEnd", bar.letters) if bar.text else None
    return Item(bar.value, label=label, fill=bar.fill)


def _group_at(groups: list[Group], y: float) -> Group:
    return next((group for group in groups if group.rows[-1].bottom >= y), groups[-1])


def _share(axis: Axis, pixel: float) -> float:
    return (pixel - axis.start) / (axis.end - axis.start)


def _row_share(group: Group, y: float) -> float:
    """Return where a height on screen lies among the evenly spaced rows; above or below all of them it is outside."""
    if y < group.rows[0].top:
        return -0.02
    if y > group.rows[-1].bottom:
        return 1.02
    index = min(range(len(group.rows)), key=lambda n: abs(group.rows[n].middle - y))
    return (index + 0.5) / len(group.rows)


def _place_text(groups: list[Group], share: Share, text: Text) -> None:
    """Put a text where it stood; one above or below all rows of a panel stands so for each of its charts."""
    top, bottom = extent_of(text)
    outside = bottom < groups[0].rows[0].top + 2 or top > groups[-1].rows[-1].bottom - 2
    for group in groups if outside else [_group_at(groups, text.y)]:
        at = -0.02 if bottom < groups[0].rows[0].top + 2 else _row_share(group, (top + bottom) / 2)
        vertical = "bottom" if at < 0 else "top" if at > 1 else "middle"
        place = (_share(share.panel.x, text.x), at)
        group.overlays.append(
            Overlay(
                "text", (place,), text=text.words, letters=text.letters, anchor=text.anchor, vertical=vertical
            )
        )


def _place_shapes(groups: list[Group], share: Share, rows: list[Row]) -> None:
    """Draw the lines of a panel: zero is the axis itself, one repeated in all rows a grid line, any other lies over the chart."""
    axis = share.panel.x
    zero = axis.pixel(0)
    upright: dict[float, list[Shape]] = {}
    for shape in share.shapes:
        if shape.kind == "line" and abs(shape.x0 - shape.x1) < 0.5:
            upright.setdefault(round(shape.x0, 1), []).append(shape)
        elif not (
            shape.kind == "line"
            and abs(shape.y0 - shape.y1) < 0.5
            and abs(min(shape.x0, shape.x1) - zero) < 1
        ):
            _draw(groups, share, shape)
    for pixel, shapes in upright.items():
        if abs(pixel - zero) < 1:
            continue
        is_grid = shapes[0].behind and shapes[0].line is not None and shapes[0].line.dash == "solid"
        if len(shapes) >= len(rows) > 1 or (len(rows) == 1 and is_grid):
            for group in groups:
                group.grid = axis.number(pixel)
        else:
            for shape in shapes:
                _draw(groups, share, shape)


def _draw(groups: list[Group], share: Share, shape: Shape) -> None:
    low, high = sorted((shape.y0, shape.y1))
    for group in groups:
        if low > group.rows[-1].bottom or high < group.rows[0].top:
            continue
        top = 0.0 if low < group.rows[0].middle else _row_share(group, low)
        bottom = 1.0 if high > group.rows[-1].middle else _row_share(group, high)
        x0, x1 = _share(share.panel.x, shape.x0), _share(share.panel.x, shape.x1)
        if shape.kind == "line":
            group.overlays.append(Overlay("line", ((x0, top), (x1, bottom)), shape.line))
        else:
            corners = ((x0, top), (x1, top), (x1, bottom), (x0, bottom))
            group.overlays.append(Overlay("area", corners, shape.line, shape.fill))

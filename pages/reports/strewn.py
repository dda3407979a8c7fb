"""Points, lines and bands as native XY charts; texts and lines of a drawing are series too, so that they move with it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pages.reports.chart_looks import NATIVE_SYMBOLS
from pages.reports.live import live_format
from pages.reports.measure import LINE
from pages.reports.measure import width as text_width
from pages.reports.native import (
    SMALLEST,
    Block,
    Item,
    Label,
    LabelPlace,
    Native,
    NativeAxis,
    NativeSeries,
    Overlay,
    above_plot,
    fit_heading,
)
from pages.reports.scene import Axis, Bar, Bars, Letters, Line, Panel, Points, Shape, Text
from pages.reports.shares import Share, extent_of, is_frame
from pages.reports.svg import outline, pieces

_GLYPHS = {
    "triangle-down": "▼", "triangle-left": "◀", "triangle-right": "▶", "pentagon": "⬟", "hexagon": "⬢", "octagon": "⯃",
    "star-diamond": "✦", "star-triangle-up": "▲", "hexagram": "✶", "hourglass": "⧗", "bowtie": "⧓", "line-ns": "|",
}  # fmt: skip
_AXIS, _EDGE = 24.0, 12.0
_PLACES: dict[str, LabelPlace] = {
    "top center": "t", "bottom center": "b", "middle left": "l", "middle right": "r", "middle center": "ctr",
}  # fmt: skip


def build(share: Share, width: float, height: float) -> Block:
    """Return a panel as XY chart for a frame of a size in points."""
    panel = share.panel
    above = [text for text in share.texts if extent_of(text)[1] <= panel.box[1] + 2]
    heading = " · ".join(t.words for t in sorted(above, key=lambda t: t.x) if t.letters.weight >= 600)
    subheading = " · ".join(t.words for t in sorted(above, key=lambda t: t.x) if t.letters.weight < 600)
    heading, subheading = fit_heading(heading, subheading, width)
    y_axis, y_ticks = _numbers(panel.y)
    x_axis, x_ticks = _numbers(panel.x)
    written = _tick_series(panel, panel.x, _sparse(panel.x, x_ticks, width)) + _tick_series(
        panel, panel.y, y_ticks
    )
    overlays = [_filling(panel, shape) for shape in share.shapes if _is_filled(shape)]
    lines = [shape for shape in share.shapes if not _is_filled(shape) and not is_frame(shape, panel)]
    frame = next((shape.line for shape in share.shapes if is_frame(shape, panel)), None)
    series = [entry for entry in written if entry.line] + [
        _shape(panel, shape) for shape in lines if shape.behind
    ]
    for entry in panel.series:
        if isinstance(entry, Bars):
            series += [thick for bar in entry.bars for thick in _bar(panel, entry, bar)]
            continue
        if not entry.fill.is_clear:
            places = [(panel.x.pixel(x), panel.y.pixel(y)) for x, y in outline(entry)]
            overlays.append(Overlay("area", tuple(_share(panel, x, y) for x, y in places), None, entry.fill))
        series += _points(panel, entry)
    series += [_shape(panel, shape) for shape in lines if not shape.behind]
    series += [entry for entry in written if not entry.line]
    room = (
        max((text_width(text, SMALLEST) for _, text in panel.y.ticks), default=0) + _EDGE
        if panel.y.labelled
        else _EDGE
    )
    top = above_plot(heading, subheading, width)
    bottom = (_AXIS if panel.x.labelled else 4) + (18 if panel.x.title else 0)
    if panel.x.title or panel.y.title:
        overlays += _axis_titles(panel, height - top - bottom)
        top += 18 if panel.y.title else 0
    scale = (height - top - bottom) / ((panel.box[3] - panel.box[1]) or 1)
    inside = [text for text in share.texts if text not in above]
    series += [_text(panel, text) for text in _in_one_line(inside, scale, width)]
    native = Native(
        "xy", tuple(series), x_axis, y_axis, heading=heading, subheading=subheading, frame=frame,
        insets=(room, top, _EDGE, bottom),
    )  # fmt: skip
    return Block(native, tuple(overlays))


def _share(panel: Panel, x: float, y: float) -> tuple[float, float]:
    left, top, right, bottom = panel.box
    return (x - left) / ((right - left) or 1), (y - top) / ((bottom - top) or 1)


def _axis_titles(panel: Panel, high: float) -> list[Overlay]:
    found = []
    muted = Letters(SMALLEST, opacity=0.8)
    if panel.x.title:
        below = 1 + (_AXIS - 2) / max(high, 1)
        found.append(
            Overlay(
                "text", ((0.5, below),), text=panel.x.title, letters=muted, anchor="center", vertical="top"
            )
        )
    if panel.y.title:
        found.append(Overlay("text", ((0.0, -0.01),), text=panel.y.title, letters=muted, vertical="bottom"))
    return found


def _is_filled(shape: Shape) -> bool:
    return shape.kind == "rect" and not shape.fill.is_clear


def _filling(panel: Panel, shape: Shape) -> Overlay:
    left, top, right, bottom = panel.box
    corners = ((shape.x0, shape.y0), (shape.x1, shape.y0), (shape.x1, shape.y1), (shape.x0, shape.y1))
    inside = [(min(max(x, left), right), min(max(y, top), bottom)) for x, y in corners]
    return Overlay("area", tuple(_share(panel, x, y) for x, y in inside), shape.line, shape.fill)


def _shape(panel: Panel, shape: Shape) -> NativeSeries:
    """Return a line, or the outline of a rectangle, as a series."""
    left, top, right, bottom = panel.box
    corners = [(shape.x0, shape.y0), (shape.x1, shape.y1)]
    if shape.kind == "rect":
        corners = [
            (shape.x0, shape.y0),
            (shape.x1, shape.y0),
            (shape.x1, shape.y1),
            (shape.x0, shape.y1),
            (shape.x0, shape.y0),
        ]
    inside = [(min(max(x, left), right), min(max(y, top), bottom)) for x, y in corners]
    items = tuple(Item(panel.y.number(y), panel.x.number(x)) for x, y in inside)
    return NativeSeries("Hilfslinie", items, line=shape.line, helper=True)


def _bar(panel: Panel, bars: Bars, bar: Bar) -> list[NativeSeries]:
    """Return a bar that does not stand on zero as a thick line, with its outline as a thin one."""
    across = panel.y if bars.horizontal else panel.x
    thick = abs(across.pixel(bar.position + bar.width / 2) - across.pixel(bar.position - bar.width / 2))
    ends = (bar.base, bar.end)
    places = [(end, bar.position) if bars.horizontal else (bar.position, end) for end in ends]
    found = []
    paint = bar.fill.pattern_colour if bar.fill.pattern else bar.fill.colour
    label = (
        Label(bar.text, "ctr" if bar.inside else "r" if bars.horizontal else "t", bar.letters)
        if bar.text
        else None
    )
    items = tuple(Item(y, x, label if n else None) for n, (x, y) in enumerate(places))
    found.append(NativeSeries(bars.name, items, line=None if paint.is_clear else Line(paint, thick)))
    if bar.fill.line and (bar.fill.pattern or bar.fill.colour.alpha < 1):
        half = bar.width / 2
        sides = [(bar.base, -half), (bar.end, -half), (bar.end, half), (bar.base, half), (bar.base, -half)]
        edge = [
            (end, bar.position + off) if bars.horizontal else (bar.position + off, end) for end, off in sides
        ]
        found.append(
            NativeSeries(
                f"{bars.name} Rand", tuple(Item(y, x) for x, y in edge), line=bar.fill.line, helper=True
            )
        )
    return found


def _points(panel: Panel, entry: Points) -> list[NativeSeries]:
    """Return points with their line; steps, and signs and places Office does not have, become series of their own."""
    items, apart = [], list[NativeSeries]()
    before: float | None = None
    for point in entry.points:
        if point.is_gap or point.x is None or point.y is None:
            items.append(Item(None, before))
            continue
        before = point.x
        native = point.mark is not None and point.mark.symbol in NATIVE_SYMBOLS
        label = None
        if point.text:
            label, shift = _label(point.text, point.place, point.letters)
            if shift or (point.mark and not native):
                off = (
                    panel.y.number(panel.y.pixel(point.y) + shift * point.letters.size) if shift else point.y
                )
                apart.append(NativeSeries(f"{entry.name} – Text", (Item(off, point.x, label),), helper=True))
                label = None
        if point.mark and not native:
            glyph = Label(
                _GLYPHS[point.mark.symbol],
                "ctr",
                Letters(point.mark.size + 4, 600, point.mark.outline.colour),
            )
            apart.append(
                NativeSeries(f"{entry.name} – Zeichen", (Item(point.y, point.x, glyph),), helper=True)
            )
        items.append(Item(point.y, point.x, label, mark=point.mark if native else None))
    line = entry.line
    if line and entry.shape == "hv":
        steps = [Item(y, x) for places in pieces(entry) for x, y in [*places, (places[-1][0], None)]]
        apart.insert(0, NativeSeries(f"{entry.name} – Stufen", tuple(steps), line=line, helper=True))
        line = None
    main = NativeSeries(entry.name or "Werte", tuple(items), line=line)
    if entry.below and entry.line is None:  # the other edge of a band stands in the workbook as well
        edge = tuple(Item(p.y, p.x) for p in entry.below)
        apart.append(NativeSeries(f"{entry.name} – andere Grenze", edge, helper=True))
    return [main, *apart]


def _label(text: str, place: str, letters: Letters) -> tuple[Label, float]:
    """Return a label and how far it stands below its point beyond what Office offers, in sizes of its letters."""
    if place in _PLACES:
        return Label(text, _PLACES[place], letters), 0.0
    vertical, across = place.split(" ")
    return Label(text, "l" if across == "left" else "r", letters), {"top": -0.8, "bottom": 0.8}.get(
        vertical, 0.0
    )


def _in_one_line(texts: list[Text], scale: float, width: float) -> list[Text]:
    """Return texts with those put into one line that stand below each other in the drawing and would overlap on the slide."""
    found: list[Text] = []
    for text in sorted(texts, key=lambda each: (each.anchor != "left", round(each.x), each.y)):
        last = found[-1] if found else None
        if (
            last is not None
            and text.anchor == last.anchor == "left"
            and abs(text.x - last.x) < 1
            and (text.y - last.y) * scale < SMALLEST * LINE
            and text_width(joined := f"{last.words} · {text.words}", SMALLEST) < width - 2 * _EDGE
        ):
            found[-1] = replace(last, lines=(joined,), y=text.y)
        else:
            found.append(text)
    return found


def _text(panel: Panel, text: Text) -> NativeSeries:
    """Return a text as the label of an invisible point."""
    top, bottom = extent_of(text)
    y = text.y if text.anchor == "center" and text.vertical != "middle" else (top + bottom) / 2
    place: LabelPlace = "r" if text.anchor == "left" else "l" if text.anchor == "right" else "ctr"
    if text.anchor == "center":
        place = {"top": "b", "bottom": "t"}.get(text.vertical, "ctr")  # type: ignore[assignment]
    left, ceiling, right, floor = panel.box
    x = min(max(text.x, left), right)
    y = min(max(y, ceiling), floor)
    label = Label("\n".join(text.lines), place, text.letters, text.background)
    return NativeSeries("Text", (Item(panel.y.number(y), panel.x.number(x), label),), helper=True)


def _numbers(axis: Axis) -> tuple[NativeAxis, tuple[tuple[float, str], ...]]:
    """Return an axis, and those of its labels that Office cannot write itself: dates, names, uneven steps."""
    native = NativeAxis(
        axis.low, axis.high, line=axis.line, dated=axis.kind == "date", logarithmic=axis.kind == "log"
    )
    steps = {round(after[0] - before[0], 9) for before, after in pairwise(axis.ticks)}
    step = next(iter(steps)) if len(steps) == 1 else None
    codes = {live_format(text, place) for place, text in axis.ticks}
    low = min(axis.low, axis.high)
    even = axis.kind == "linear" and step is not None and len(codes) == 1 and None not in codes
    if even and step is not None:
        even = all(abs(place / step - round(place / step)) < 1e-6 for place in (axis.ticks[0][0], low))
    if even and axis.labelled:
        code = next(iter(codes)) or "General"
        return NativeAxis(axis.low, axis.high, step, code, labelled=True, line=axis.line, grid=axis.grid), ()
    return native, axis.ticks if axis.labelled or axis.grid else ()


def _sparse(axis: Axis, ticks: tuple[tuple[float, str], ...], width: float) -> tuple[tuple[float, str], ...]:
    """Return every so many of the labels of a horizontal axis, as many as find room beside each other."""
    if len(ticks) < 2:
        return ticks
    whole = abs(axis.end - axis.start)
    places = sorted(abs(axis.pixel(place) - axis.start) / whole * width for place, _ in ticks)
    nearest = min(after - before for before, after in pairwise(places)) or 1.0
    widest = max(text_width(text, SMALLEST) for _, text in ticks) + 8
    return ticks[:: max(1, -int(-widest // nearest))]


def _tick_series(panel: Panel, axis: Axis, ticks: tuple[tuple[float, str], ...]) -> list[NativeSeries]:
    """Return the labels of an axis as labels of invisible points at its foot, and its grid as lines."""
    upright = axis is panel.y
    across = panel.x if upright else panel.y  # along which the other end lies: at the left, or at the bottom
    foot, far = (
        (across.low, across.high) if (across.start < across.end) == upright else (across.high, across.low)
    )
    foot += (
        far - foot
    ) * 1e-4  # LibreOffice leaves out labels of points that lie exactly at the end of an axis
    found = []
    letters = Letters(SMALLEST, opacity=0.8)
    if axis.labelled and ticks:
        items = [
            Item(place, foot, Label(text, "l", letters))
            if upright
            else Item(foot, place, Label(text, "b", letters))
            for place, text in ticks
        ]
        found.append(NativeSeries("Achse" if upright else "Zeitachse", tuple(items), helper=True))
    if axis.grid and ticks:
        lines = []
        for place, _ in ticks:
            ends = [(foot, place), (far, place)] if upright else [(place, foot), (place, far)]
            lines += [Item(y, x) for x, y in ends] + [Item(None, ends[-1][0])]
        found.insert(0, NativeSeries("Gitter", tuple(lines), line=axis.grid, helper=True))
    return found

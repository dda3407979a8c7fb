"""Standing bars as native column charts: side by side or stacked, with marks and totals as points above the same categories."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import ceil, floor

from pages.reports.measure import LINE
from pages.reports.measure import width as text_width
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
from pages.reports.scene import Axis, Bar, Bars, Colour, Letters, Line, Panel, Points, Shape, Text
from pages.reports.shares import Share, extent_of, is_frame

_AXIS, _EDGE = 24.0, 8.0
_AROUND, _TALL = (
    70.0,
    290.0,
)  # points of heading and axis around the columns; a field needs no more than a slide has
_NEAR = 6  # pixels
_GAP = 35
_ZERO = Line(Colour("#6e7597"), 1)


def fits(panel: Panel) -> bool:
    """Tell whether all points stand above the categories of the bars."""
    places = _categories(panel)
    if not places:
        return False
    points = [point for series in panel.series if isinstance(series, Points) for point in series.points]
    lines = any(
        series.line or not series.fill.is_clear for series in panel.series if isinstance(series, Points)
    )
    return not lines and all(p.x is None or _slot(places, p.x) is not None for p in points)


def least(panel: Panel) -> float:
    """Return the width at which the names of the categories and the figures above them stand side by side."""
    names = [text_width(text, SMALLEST) for _, text in panel.x.ticks]
    figures = [text_width(bar.text, SMALLEST) for _, bar in _bars(panel)]
    return (max([*names, *figures, 24.0]) + 6) * len(_categories(panel)) + 2 * _EDGE


def lowest(panel: Panel) -> float:
    """Return the height at which the figures in most columns find room in them; the few smallest may stand over."""
    whole = abs(panel.y.high - panel.y.low) or 1.0
    parts = [bar for _, bar in _bars(panel)]
    sizes = sorted(abs(bar.end - bar.base) / whole for bar in parts if bar.end != bar.base)
    if not any(bar.base for bar in parts) or not sizes:  # only stacked columns hold figures
        return 0.0
    return min(_TALL, _AROUND + SMALLEST * LINE / sizes[len(sizes) // 4])


def build(share: Share, width: float, height: float) -> Block:
    """Return a panel as column chart for a frame of a size in points."""
    panel, places = share.panel, _categories(share.panel)
    heading, subheading, texts = _heads(share)
    heading, subheading = fit_heading(heading, subheading, width)
    written = dict(panel.x.ticks)
    series, stacked, texts = _columns(panel, places, texts)
    frame = next((shape.line for shape in share.shapes if is_frame(shape, panel)), None)
    marks, texts, shapes = _marks(share, places, texts)
    shapes = [shape for shape in shapes if not is_frame(shape, panel)]
    series += marks
    labelled = panel.y.labelled and len(panel.y.ticks) > 1
    step = panel.y.ticks[1][0] - panel.y.ticks[0][0] if labelled else None
    low, high = _whole_steps(panel.y, step)
    value = NativeAxis(low, high, step, "#,##0.##", labelled, grid=panel.y.grid)
    room = (
        max((text_width(text, SMALLEST) for _, text in panel.y.ticks), default=0) + _EDGE
        if labelled
        else _EDGE
    )
    top = above_plot(heading, subheading, width)
    overlays = [_overlay_text(panel, places, text) for text in texts] + [
        _overlay_line(panel, places, s) for s in shapes
    ]
    native = Native(
        "standing", tuple(series), NativeAxis(0, 1, line=panel.x.line or _ZERO), value,
        tuple(_written(written, place) for place in places), stacked, _GAP,
        heading=heading, subheading=subheading, frame=frame, insets=(room, top, _EDGE, _AXIS),
    )  # fmt: skip
    return Block(native, tuple(_stretched(overlay, panel.y, (low, high)) for overlay in overlays))


def _whole_steps(axis: Axis, step: float | None) -> tuple[float, float]:
    """Return the ends of an axis; Office counts its labels from the lower one, so that it must be a whole step."""
    if not step:
        return axis.low, axis.high
    return floor(axis.low / step + 1e-9) * step, ceil(axis.high / step - 1e-9) * step


def _stretched(overlay: Overlay, axis: Axis, ends: tuple[float, float]) -> Overlay:
    """Return what lies over the chart for an axis with other ends; nothing of it beside the plot area."""
    low, high = ends

    def moved(place: tuple[float, float]) -> tuple[float, float]:
        number = axis.high - place[1] * (axis.high - axis.low)
        x = place[0] if overlay.kind == "text" else min(max(place[0], 0.0), 1.0)
        return x, (high - number) / ((high - low) or 1)

    return replace(overlay, places=tuple(moved(place) for place in overlay.places))


def _written(ticks: dict[float, str], place: float) -> str:
    return next((text for at, text in ticks.items() if abs(at - place) < 1e-6), "")


def _heads(share: Share) -> tuple[str, str, list[Text]]:
    """Return heading and line below it – bold and other texts at the very top left –, and the texts that are left."""
    left, top, _, _ = share.panel.box
    crown = [t for t in share.texts if extent_of(t)[0] <= top + 2 and t.anchor == "left" and t.x <= left + 4]
    above = [t for t in share.texts if extent_of(t)[1] <= top + 2 and t not in crown]
    bold = [t.words for t in crown if t.letters.weight >= 600]
    other = [t.words for t in (*crown, *above) if t.words not in bold]
    return " · ".join(bold), " · ".join(other), [t for t in share.texts if t not in crown and t not in above]


def _bars(panel: Panel) -> list[tuple[str, Bar]]:
    return [(series.name, bar) for series in panel.series if isinstance(series, Bars) for bar in series.bars]


def _categories(panel: Panel) -> list[float]:
    """Return where the categories stand: at the labels of the axis if every bar is near one, else at the bars themselves."""
    ticks = sorted(place for place, _ in panel.x.ticks)
    steps = {round(after - before, 6) for before, after in pairwise(ticks)}
    bars = [bar for _, bar in _bars(panel)]
    if ticks and len(steps) <= 1:
        step = next(iter(steps), 1.0)
        if all(min(abs(bar.position - place) for place in ticks) < step / 2 for bar in bars):
            more = int(max(0, (panel.x.high - ticks[-1]) / step - 0.5) + 0.6)
            return ticks + [ticks[-1] + step * (n + 1) for n in range(more)]
    return sorted({bar.position for bar in bars})


def _slot(places: list[float], x: float) -> int | None:
    """Return the category a place belongs to; None where it stands between two."""
    step = min((after - before for before, after in pairwise(places)), default=1.0)
    index = min(range(len(places)), key=lambda n: abs(places[n] - x))
    return index if abs(places[index] - x) < step / 2 else None


def _columns(
    panel: Panel, places: list[float], texts: list[Text]
) -> tuple[list[NativeSeries], bool, list[Text]]:
    """Return the bars as series, one per place in the category, and the texts that were not written in one of them."""
    slots: list[list[tuple[str, Bar]]] = [[] for _ in places]
    for name, bar in _bars(panel):
        slots[_slot(places, bar.position) or 0].append((name, bar))
    stacked = any(bar.base for slot in slots for _, bar in slot)
    for slot in slots:
        slot.sort(key=lambda pair: pair[1].base if stacked else pair[1].position)
    left, count = list(texts), max((len(slot) for slot in slots), default=0)
    series = []
    for number in range(count):
        items, names = [], []
        for slot in slots:
            if number >= len(slot):
                items.append(Item(None))
                continue
            name, bar = slot[number]
            names.append(name)
            label, used = _label(panel, bar, left, stacked)
            left = [text for text in left if text is not used]
            items.append(Item(bar.value, label=label, fill=bar.fill))
        same = set(names)
        name = next(iter(same)) if len(same) == 1 and next(iter(same)) else "Wert"
        series.append(NativeSeries(f"{name} ({number + 1})" if count > 1 else name, tuple(items), "bar"))
    return series, stacked, left


def _label(panel: Panel, bar: Bar, texts: list[Text], stacked: bool) -> tuple[Label | None, Text | None]:
    if bar.text:
        return Label(bar.text, "ctr" if bar.inside or stacked else "outEnd", bar.letters), None
    x = panel.x.pixel(bar.position)
    low, high = sorted((panel.y.pixel(bar.base), panel.y.pixel(bar.end)))
    for text in texts:
        if (
            text.vertical == "middle"
            and text.anchor == "center"
            and abs(text.x - x) < _NEAR
            and low - 1 <= text.y <= high + 1
        ):
            return Label(text.words, "ctr", text.letters), text
    return None, None


def _marks(
    share: Share, places: list[float], texts: list[Text]
) -> tuple[list[NativeSeries], list[Text], list[Shape]]:
    """Return points and printed totals as marks above the categories, with the texts beside them; what is left, stays."""
    panel, found, left, rest = share.panel, list[NativeSeries](), list(texts), list[Shape]()
    for series in panel.series:
        if isinstance(series, Points):
            items = [Item(None)] * len(places)
            for point in series.points:
                if point.x is not None and point.y is not None:
                    label = (
                        Label(point.text, "b" if point.place.startswith("bottom") else "t", point.letters)
                        if point.text
                        else None
                    )
                    items[_slot(places, point.x) or 0] = Item(point.y, label=label, mark=point.mark)
            found.append(NativeSeries(series.name or "Marke", tuple(items), "line"))
    totals = [Item(None)] * len(places)
    for shape in share.shapes:
        slot = _slot(places, panel.x.number((shape.x0 + shape.x1) / 2))
        level = (
            shape.kind == "line"
            and abs(shape.y0 - shape.y1) < 0.5
            and abs(shape.x1 - shape.x0) < abs(panel.box[2] - panel.box[0]) / 2
        )
        if not level or slot is None or totals[slot].y is not None or shape.line is None:
            rest.append(shape)
            continue
        text = next(
            (
                t
                for t in left
                if t.vertical == "bottom"
                and abs(t.x - (shape.x0 + shape.x1) / 2) < _NEAR
                and abs(t.y - shape.y0) < 10
            ),
            None,
        )
        left = [t for t in left if t is not text]
        label = Label(text.words, "t", text.letters) if text else None
        totals[slot] = Item(panel.y.number(shape.y0) if shape.level is None else shape.level, label=label)
        rest.append(shape)  # Office has no mark as wide as a column
    if any(item.y is not None for item in totals):
        found.append(NativeSeries("Gedruckte Summe", tuple(totals), "line"))
    return found, left, rest


def _across(panel: Panel, places: list[float], x: float) -> float:
    """Return where a horizontal place lies among evenly spaced categories, as a share of the plot area."""
    step = min((after - before for before, after in pairwise(places)), default=1.0)
    return ((panel.x.number(x) - places[0]) / step + 0.5) / len(places)


def _up(axis: Axis, y: float) -> float:
    top, bottom = sorted((axis.start, axis.end))
    return (y - top) / ((bottom - top) or 1)


def _overlay_text(panel: Panel, places: list[float], text: Text) -> Overlay:
    place = (_across(panel, places, text.x), _up(panel.y, text.y))
    letters = Letters(
        max(text.letters.size, SMALLEST), text.letters.weight, text.letters.colour, text.letters.opacity
    )
    return Overlay(
        "text", (place,), text=text.words, letters=letters, anchor=text.anchor, vertical=text.vertical
    )


def _overlay_line(panel: Panel, places: list[float], shape: Shape) -> Overlay:
    corners = [(shape.x0, shape.y0), (shape.x1, shape.y1)]
    if shape.kind == "rect":
        corners = [(shape.x0, shape.y0), (shape.x1, shape.y0), (shape.x1, shape.y1), (shape.x0, shape.y1)]
    found = tuple((_across(panel, places, x), _up(panel.y, y)) for x, y in corners)
    return Overlay("line" if shape.kind == "line" else "area", found, shape.line, shape.fill)

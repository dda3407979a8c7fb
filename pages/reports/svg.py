"""A drawing as SVG: vectors and real text, for paper."""

from __future__ import annotations

from html import escape
from itertools import groupby, pairwise
from math import cos, pi, sin

from pages.reports.measure import width as text_width
from pages.reports.scene import (
    Axis,
    Bars,
    Colour,
    Fill,
    Letters,
    Line,
    Mark,
    Panel,
    Points,
    Scene,
    Shape,
    Text,
)

INK, MUTED = Colour("#131525"), Colour("#51577a")
FAMILY = "Fira Sans, DejaVu Sans Mono"
_DASHES = {
    "solid": (),
    "dot": (1, 1.6),
    "dash": (3.5, 2),
    "longdash": (6, 2.5),
    "dashdot": (4, 2, 1, 2),
    "longdashdot": (7, 2, 1, 2),
}
_RISE = 0.36  # from the middle of letters down to their base line, in sizes
_LINE = 1.3
_LABELS = 22  # pixels below a horizontal axis for what is written along it
_EDGE = 3  # pixels around a text


def svg(scene: Scene) -> str:
    """Return a drawing as an SVG document; its size is that of the drawing and of what is written around it."""
    body = [*_shapes(scene, behind=True)]
    for panel in scene.panels:
        body += _grid(panel)
    for panel in scene.panels:
        for series in panel.series:
            body += _bars(panel, series) if isinstance(series, Bars) else _points(panel, series)
    body += _shapes(scene, behind=False)
    for axis, panel in _axes(scene):
        body += _labels(axis, panel, scene)
    body += [_text(text) for text in scene.texts]
    left, top, right, bottom = extent(scene)
    size = f'width="{right - left:.1f}" height="{bottom - top:.1f}"'
    frame = f"{left:.1f} {top:.1f} {right - left:.1f} {bottom - top:.1f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{frame}">{"".join(body)}</svg>'


def extent(scene: Scene) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of everything that is drawn, texts included."""
    ceiling, floor = scene.window or (0.0, scene.height)
    boxes = [(0.0, ceiling, scene.width, floor)]
    for text in scene.texts:
        wide = max(text_width(row, text.letters.size, text.letters.weight) for row in text.lines)
        high = len(text.lines) * text.letters.size * _LINE
        x = text.x - {"left": 0.0, "center": wide / 2, "right": wide}[text.anchor]
        y = text.y - {"top": 0.0, "middle": high / 2, "bottom": high}[text.vertical]
        boxes.append((x, y, x + wide, y + high))
    for panel in scene.panels:
        if panel.x.labelled and panel.x.ticks:
            boxes.append((0.0, panel.box[3], 0.0, panel.box[3] + _LABELS + (18 if panel.x.title else 0)))
        for series in panel.series:
            boxes += [
                _label_box(panel, x, y, text, place, letters)
                for x, y, text, place, letters in labels(panel, series)
            ]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts) - 1, min(tops) - 1, max(rights) + 1, max(bottoms) + 1


def labels(panel: Panel, series: Bars | Points) -> list[tuple[float, float, str, str, Letters]]:
    """Return what is written at bars and points: x, y in pixels, the text, where it stands, its letters."""
    found = []
    if isinstance(series, Points):
        for point in series.points:
            if point.text and point.x is not None and point.y is not None:
                away = (point.mark.size if point.mark else 0) / 2
                vertical, across = point.place.split(" ")
                x = panel.x.pixel(point.x) + {"left": -away - 3, "right": away + 3}.get(across, 0)
                y = panel.y.pixel(point.y) + ({"top": -away - 2, "bottom": away + 2}.get(vertical, 0))
                found.append((x, y, point.text, f"{vertical} {across}", point.letters))
        return found
    for bar in series.bars:
        if not bar.text:
            continue
        middle = (bar.base + bar.end) / 2
        sign = 1 if bar.end >= bar.base else -1
        if series.horizontal:
            x = panel.x.pixel(middle if bar.inside else bar.end) + (0 if bar.inside else 4 * sign)
            side = "center" if bar.inside else "right" if sign > 0 else "left"
            found.append((x, panel.y.pixel(bar.position), bar.text, f"middle {side}", bar.letters))
        else:
            y = panel.y.pixel(middle if bar.inside else bar.end) - (0 if bar.inside else 3 * sign)
            side = "middle" if bar.inside else "top" if sign > 0 else "bottom"
            found.append((panel.x.pixel(bar.position), y, bar.text, f"{side} center", bar.letters))
    return found


def _label_box(
    panel: Panel, x: float, y: float, text: str, place: str, letters: Letters
) -> tuple[float, float, float, float]:
    vertical, across = place.split(" ")
    wide, high = text_width(text, letters.size, letters.weight), letters.size * _LINE
    left = x - {"left": wide, "center": wide / 2, "right": 0}[across]
    top = y - {"top": high, "middle": high / 2, "bottom": 0}[vertical]
    return left, top, left + wide, top + high


def _axes(scene: Scene) -> list[tuple[Axis, Panel]]:
    """Return every axis once, a horizontal one with the lowest of its panels, a vertical one with its first."""
    found: dict[str, tuple[Axis, Panel]] = {}
    for panel in scene.panels:
        found.setdefault(panel.y.name, (panel.y, panel))
        before = found.get(panel.x.name)
        if before is None or before[1].box[3] < panel.box[3]:
            found[panel.x.name] = (panel.x, panel)
    return list(found.values())


def _paint(colour: Colour) -> str:
    return (
        "none"
        if colour.is_clear
        else colour.hex + (f'" fill-opacity="{colour.alpha:.3g}' if colour.alpha < 1 else "")
    )


def _stroke(line: Line | None) -> str:
    if line is None:
        return ' stroke="none"'
    opacity = f' stroke-opacity="{line.colour.alpha:.3g}"' if line.colour.alpha < 1 else ""
    parts = " ".join(f"{part * max(line.width, 1):.1f}" for part in _DASHES.get(line.dash, ()))
    return f' stroke="{line.colour.hex}" stroke-width="{line.width:.3g}"{opacity}' + (
        f' stroke-dasharray="{parts}"' if parts else ""
    )


def _shapes(scene: Scene, *, behind: bool) -> list[str]:
    return [_shape(shape) for shape in scene.shapes if shape.behind == behind]


def _shape(shape: Shape) -> str:
    if shape.kind == "line":
        return f'<path d="M{shape.x0:.1f} {shape.y0:.1f}L{shape.x1:.1f} {shape.y1:.1f}" fill="none"{_stroke(shape.line)}/>'
    return _rect(shape.x0, shape.y0, shape.x1, shape.y1, f'fill="{_paint(shape.fill)}"{_stroke(shape.line)}')


def _rect(x0: float, y0: float, x1: float, y1: float, look: str) -> str:
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" {look}/>'
    )


def _grid(panel: Panel) -> list[str]:
    left, top, right, bottom = panel.box
    found = []
    for axis, upright in ((panel.y, False), (panel.x, True)):
        places = [(axis.pixel(place), axis.grid) for place, _ in axis.ticks] if axis.grid else []
        if axis.zero and min(axis.low, axis.high) <= 0 <= max(axis.low, axis.high):
            places.append((axis.pixel(0), axis.zero))
        for at, line in places:
            path = f"M{at:.1f} {top:.1f}V{bottom:.1f}" if upright else f"M{left:.1f} {at:.1f}H{right:.1f}"
            found.append(f'<path d="{path}" fill="none"{_stroke(line)}/>')
    if panel.x.line:
        found.append(f'<path d="M{left:.1f} {bottom:.1f}H{right:.1f}" fill="none"{_stroke(panel.x.line)}/>')
    if panel.y.line:
        found.append(f'<path d="M{left:.1f} {top:.1f}V{bottom:.1f}" fill="none"{_stroke(panel.y.line)}/>')
    return found


def _labels(axis: Axis, panel: Panel, scene: Scene) -> list[str]:
    left, top, right, bottom = panel.box
    found, shade = [], Letters(axis.letters.size, 400, axis.letters.colour or MUTED)
    for place, name in axis.ticks if axis.labelled else ():
        if axis.name.startswith("x"):
            found.append(_write(axis.pixel(place), bottom + _LABELS / 2 + 1, name, "middle center", shade))
        elif axis.inside:
            found.append(_write(left + 2, axis.pixel(place) - 1, name, "top right", shade))
        elif axis.side == "right":
            found.append(_write(right + 6, axis.pixel(place), name, "middle right", shade))
        else:
            found.append(_write(left - 6, axis.pixel(place), name, "middle left", shade))
    if axis.title and axis.name.startswith("x"):
        found.append(_write((left + right) / 2, bottom + _LABELS + 8, axis.title, "middle center", shade))
    elif axis.title:
        found.append(_write(0, top - 8, axis.title, "middle right", shade))
    return found


def _bars(panel: Panel, series: Bars) -> list[str]:
    found = []
    for bar in series.bars:
        half = bar.width / 2
        across, along = (panel.y, panel.x) if series.horizontal else (panel.x, panel.y)
        a, b = across.pixel(bar.position - half), across.pixel(bar.position + half)
        c, d = along.pixel(bar.base), along.pixel(bar.end)
        box = (c, a, d, b) if series.horizontal else (a, c, b, d)
        found += _filled(box, bar.fill)
    return found + [_write(*label) for label in labels(panel, series)]


def _filled(box: tuple[float, float, float, float], fill: Fill) -> list[str]:
    """Return a filled rectangle; its outline lies inside, hatching and dots are drawn as lines and circles of their own."""
    inset = fill.line.width / 2 if fill.line else 0
    left, right, top, bottom = (
        min(box[0], box[2]),
        max(box[0], box[2]),
        min(box[1], box[3]),
        max(box[1], box[3]),
    )
    inset = min(inset, (right - left) / 2, (bottom - top) / 2)
    left, top, right, bottom = left + inset, top + inset, right - inset, bottom - inset
    found = [_rect(left, top, right, bottom, f'fill="{_paint(fill.colour)}"{_stroke(fill.line)}')]
    ink = fill.pattern_colour
    if fill.pattern == ".":
        across = [left + 3 + 6 * step for step in range(int(max(0, right - left) / 6))]
        down = [top + 3 + 6 * step for step in range(max(1, int((bottom - top) / 6)))]
        found += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.1" fill="{_paint(ink)}"/>' for x in across for y in down
        ]
    elif fill.pattern:
        pen, high = Line(ink, 1.4), bottom - top
        at = left - high
        while at < right:
            x0, y0, x1, y1 = at, bottom, at + high, top
            if x0 < left:
                x0, y0 = left, bottom - (left - at)
            if x1 > right:
                x1, y1 = right, bottom - (right - at)
            found.append(f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" fill="none"{_stroke(pen)}/>')
            at += 7
    return found


def pieces(series: Points) -> list[list[tuple[float, float]]]:
    """Return the unbroken parts of a line, as x and y; steps (`hv`) get the corner between two points."""
    found = []
    for is_gap, group in groupby(series.points, key=lambda point: point.is_gap):
        if is_gap:
            continue
        places = [
            (float(point.x), float(point.y)) for point in group if point.x is not None and point.y is not None
        ]
        if series.shape == "hv":
            corners = [[place, (after[0], place[1])] for place, after in pairwise(places)]
            places = [corner for pair in corners for corner in pair] + places[-1:]
        found.append(places)
    return found


def outline(series: Points) -> list[tuple[float, float]]:
    """Return the edge of what a series fills."""
    there = [(p.x, p.y) for p in series.points if p.x is not None and p.y is not None]
    back = [(p.x, p.y) for p in series.below if p.x is not None and p.y is not None]
    return there + back[::-1]


def _points(panel: Panel, series: Points) -> list[str]:
    def path(places: list[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{panel.x.pixel(x):.1f} {panel.y.pixel(y):.1f}" for x, y in places)

    found = []
    if not series.fill.is_clear and (edge := outline(series)):
        found.append(f'<path d="{path(edge)}Z" fill="{_paint(series.fill)}" stroke="none"/>')
    for places in pieces(series) if series.line else []:
        found.append(f'<path d="{path(places)}" fill="none" stroke-linejoin="round"{_stroke(series.line)}/>')
    for point in series.points:
        if point.mark and point.x is not None and point.y is not None:
            found.append(mark(panel.x.pixel(point.x), panel.y.pixel(point.y), point.mark))
    return found + [_write(*label) for label in labels(panel, series)]


def mark(x: float, y: float, sign: Mark) -> str:
    """Return a sign at a place; hollow ones let what lies behind shine through."""
    radius = sign.size / 2
    look = f'fill="{_paint(sign.colour) if not sign.hollow else "none"}"' + _stroke(
        sign.outline if sign.outline.width else None
    )
    if sign.symbol == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}/>'
    if sign.symbol in ("line-ew", "line-ns"):
        ends = (
            f"M{x - radius:.1f} {y:.1f}h{sign.size:.1f}"
            if sign.symbol == "line-ew"
            else f"M{x:.1f} {y - radius:.1f}v{sign.size:.1f}"
        )
        return f'<path d="{ends}" fill="none"{_stroke(sign.outline)}/>'
    corners = " ".join(f"{x + a * radius:.1f},{y + b * radius:.1f}" for a, b in CORNERS[sign.symbol])
    return f'<polygon points="{corners}" {look}/>'


def _regular(count: int, turn: float, radius: float = 1.0) -> list[tuple[float, float]]:
    return [
        (radius * sin(turn + 2 * pi * n / count), -radius * cos(turn + 2 * pi * n / count))
        for n in range(count)
    ]


_ARM = 0.4
CORNERS: dict[str, list[tuple[float, float]]] = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "diamond": _regular(4, 0, 1.3),
    "triangle-up": _regular(3, 0, 1.25),
    "triangle-down": _regular(3, pi, 1.25),
    "triangle-left": _regular(3, -pi / 2, 1.25),
    "triangle-right": _regular(3, pi / 2, 1.25),
    "pentagon": _regular(5, 0, 1.1),
    "hexagon": _regular(6, 0, 1.1),
    "star": [corner for pair in zip(_regular(5, 0, 1.4), _regular(5, pi / 5, 0.55), strict=True) for corner in pair],
    "cross": [
        (-_ARM, -1), (_ARM, -1), (_ARM, -_ARM), (1, -_ARM), (1, _ARM), (_ARM, _ARM),
        (_ARM, 1), (-_ARM, 1), (-_ARM, _ARM), (-1, _ARM), (-1, -_ARM), (-_ARM, -_ARM),
    ],
}  # fmt: skip
CORNERS["star-diamond"] = [
    corner for pair in zip(_regular(4, 0, 1.4), _regular(4, pi / 4, 0.6), strict=True) for corner in pair
]
CORNERS["star-triangle-up"] = [
    corner for pair in zip(_regular(3, 0, 1.4), _regular(3, pi / 3, 0.5), strict=True) for corner in pair
]
CORNERS["hexagram"] = [
    corner for pair in zip(_regular(6, 0, 1.3), _regular(6, pi / 6, 0.75), strict=True) for corner in pair
]
CORNERS["hourglass"] = [(-1, -1), (1, -1), (-1, 1), (1, 1)]
CORNERS["bowtie"] = [(-1, -1), (1, 1), (1, -1), (-1, 1)]
CORNERS["octagon"] = _regular(8, pi / 8, 1.05)
CORNERS["x"] = [((a - b) * 0.71, (a + b) * 0.71) for a, b in CORNERS["cross"]]


def _text(text: Text) -> str:
    step = text.letters.size * _LINE
    high = len(text.lines) * step
    top = text.y - {"top": 0.0, "middle": high / 2, "bottom": high}[text.vertical]
    wide = max(text_width(row, text.letters.size, text.letters.weight) for row in text.lines)
    left = text.x - {"left": 0.0, "center": wide / 2, "right": wide}[text.anchor]
    side = text.align if len(text.lines) > 1 else text.anchor
    x = {"left": left, "center": left + wide / 2, "right": left + wide}[side]
    place = "middle " + {"left": "right", "center": "center", "right": "left"}[side]
    behind = (
        ""
        if text.background.is_clear
        else _rect(left - _EDGE, top, left + wide + _EDGE, top + high, f'fill="{_paint(text.background)}"')
    )
    return behind + "".join(
        _write(x, top + (n + 0.5) * step, row, place, text.letters) for n, row in enumerate(text.lines)
    )


def _write(x: float, y: float, text: str, place: str, letters: Letters) -> str:
    vertical, across = place.split(" ")
    middle = y + {"top": -letters.size * 0.6, "bottom": letters.size * 0.6}.get(vertical, 0)
    anchor = {"left": "end", "center": "middle", "right": "start"}[across]
    weight = ' font-weight="600"' if letters.weight >= 600 else ""
    opacity = f' fill-opacity="{letters.opacity:.2g}"' if letters.opacity < 1 else ""
    shade = (letters.colour or INK).hex
    return (
        f'<text x="{x:.1f}" y="{middle + letters.size * _RISE:.1f}" font-family="{FAMILY}" '
        f'font-size="{letters.size:.3g}"{weight} '
        f'text-anchor="{anchor}" fill="{shade}"{opacity}>{escape(text)}</text>'
    )

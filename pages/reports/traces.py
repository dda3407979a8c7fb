"""The traces of a figure as bars and points; what is not known here is refused, so that no mark is lost in silence."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pages.charts.theme import TEXT_SIZE
from pages.reports.known import KNOWN
from pages.reports.paint import ExportError, colour, letters, line, lines_of
from pages.reports.scene import (
    CLEAR,
    SYMBOLS,
    Axis,
    Bar,
    Bars,
    Colour,
    Fill,
    Letters,
    Line,
    Mark,
    Point,
    Points,
)
from pages.reports.values import items, number, spread

Settings = dict[str, Any]
_TEXT = Letters(TEXT_SIZE)
_GREY = Colour("#898989")
INVISIBLE = KNOWN["trace_ignored"]
_SCATTER = KNOWN["scatter"]
_BAR = KNOWN["bar"]
_MARKER = KNOWN["marker"]
_LINE = KNOWN["line"]


def known(trace: Settings) -> None:
    """Refuse a trace that says something reports do not draw."""
    names = {"scatter": _SCATTER, "bar": _BAR}.get(str(trace.get("type", "scatter")))
    if names is None:
        raise ExportError(f"Die Spur »{trace.get('type')}« kann kein Bericht zeichnen.")
    told = {key for key, value in trace.items() if value is not None}
    unknown = told - names - INVISIBLE
    unknown |= {f"marker.{key}" for key in set(trace.get("marker") or {}) - _MARKER}
    unknown |= {f"line.{key}" for key in set(trace.get("line") or {}) - _LINE}
    if unknown:
        raise ExportError(
            f"In »{trace.get('name') or 'Spur'}« ist nicht zu zeichnen: {', '.join(sorted(unknown))}."
        )


def points(trace: Settings, x: Axis, y: Axis) -> list[Points]:
    """Return a scatter trace: its points, and its error bars as lines of their own."""
    mode = str(trace.get("mode") or "lines+markers")
    opacity = 1.0 if trace.get("opacity") is None else float(trace["opacity"])
    places = _places(trace, x, y)
    marks = _marks(trace, len(places), opacity) if "markers" in mode else [None] * len(places)
    texts = spread(trace.get("text"), len(places)) if "text" in mode else [""] * len(places)
    beside = spread(trace.get("textposition"), len(places), "middle center")
    font = letters(trace.get("textfont") or {}, _TEXT, opacity=opacity)
    found = tuple(
        Point(left, up, mark, " ".join(lines_of(text)), place, font)
        for (left, up), mark, text, place in zip(places, marks, texts, beside, strict=True)
    )
    told = trace.get("line") or {}
    base = colour(_one(told.get("color") or (trace.get("marker") or {}).get("color")), otherwise=_GREY)
    drawn = (
        line({**told, "color": told.get("color") or base.hex}, base, opacity=opacity)
        if "lines" in mode
        else None
    )
    shape = str(told.get("shape") or "linear")
    if shape not in ("linear", "hv"):
        raise ExportError(f"Linienform »{shape}« ist nicht bekannt.")
    fill = str(trace.get("fill") or "none")
    if fill not in ("none", "tonexty", "toself", "tozeroy"):
        raise ExportError(f"Füllung »{fill}« ist nicht bekannt.")
    tint = (
        CLEAR if fill == "none" else colour(trace.get("fillcolor"), otherwise=base.faded(0.5)).faded(opacity)
    )
    name = str(trace.get("name") or "")
    below = tuple(Point(point.x, 0.0) for point in found) if fill == "tozeroy" else ()
    series = Points(name, found, drawn, shape, tint, below)
    return [*_errors(trace, series, base, x, y), series]


def _one(told: Any) -> str | None:
    return next((entry for entry in items(told) if isinstance(entry, str)), None)


def _places(trace: Settings, x: Axis, y: Axis) -> list[tuple[float | None, float | None]]:
    across, up = items(trace.get("x")), items(trace.get("y"))
    across, up = across or list(range(len(up))), up or list(range(len(across)))
    return [
        (number(left, x.kind, x.categories), number(high, y.kind, y.categories))
        for left, high in zip(across, up, strict=True)
    ]


def _marks(trace: Settings, count: int, opacity: float) -> list[Mark | None]:
    told = trace.get("marker") or {}
    edge = told.get("line") or {}
    entries = zip(
        spread(told.get("color"), count), spread(told.get("symbol"), count, "circle"), spread(told.get("size"), count, 7),
        spread(told.get("opacity"), count, 1), spread(edge.get("color"), count), spread(edge.get("width"), count, 0),
        strict=True,
    )  # fmt: skip
    return [_mark(opacity, *entry) for entry in entries]


def _mark(
    opacity: float, paint: str | None, symbol: str, size: float, cover: float, edge: str | None, thick: float
) -> Mark:
    hollow = symbol.endswith("-open") or symbol.startswith("line-")
    base = symbol.removesuffix("-open")
    if base not in SYMBOLS:
        raise ExportError(f"Das Zeichen »{symbol}« kann kein Bericht zeichnen.")
    own = colour(paint, otherwise=colour(edge, otherwise=_GREY))
    rim = own if symbol.endswith("-open") else colour(edge, otherwise=own)
    outline = Line(rim.faded(cover * opacity), float(thick or (1.5 if hollow else 0)))
    return Mark(base, float(size), own.faded(cover * opacity), outline, hollow or own.is_clear)


def _errors(trace: Settings, series: Points, base: Colour, x: Axis, y: Axis) -> list[Points]:
    found = []
    for letter in ("x", "y"):
        told = trace.get(f"error_{letter}") or {}
        if not told or told.get("visible") is False:
            continue
        if told.get("type") not in (None, "data"):
            raise ExportError("Fehlerbalken sind nur mit eigenen Daten bekannt.")
        count = len(series.points)
        more = spread(told.get("array"), count, 0)
        less = (
            more
            if told.get("symmetric", "arrayminus" not in told)
            else spread(told.get("arrayminus"), count, 0)
        )
        ends: list[Point] = []
        for point, up, down in zip(series.points, more, less, strict=True):
            if point.x is None or point.y is None:
                continue
            if letter == "x":
                ends += [
                    Point(point.x - (down or 0), point.y),
                    Point(point.x + (up or 0), point.y),
                    Point(None, None),
                ]
            else:
                ends += [
                    Point(point.x, point.y - (down or 0)),
                    Point(point.x, point.y + (up or 0)),
                    Point(None, None),
                ]
        bar = Line(colour(told.get("color"), otherwise=base), float(told.get("thickness") or 2))
        found.append(Points(f"{series.name} Spanne".strip(), tuple(ends), bar))
    return found


def bars(
    trace: Settings, x: Axis, y: Axis, below: dict[tuple[float, bool], float], mode: str, gap: float
) -> Bars:
    """Return a bar trace; `below` remembers what is stacked already (barmode stack and relative)."""
    horizontal = trace.get("orientation") == "h"
    across = y if horizontal else x
    lengths, stands = (trace.get("x"), trace.get("y")) if horizontal else (trace.get("y"), trace.get("x"))
    values = [number(value, "linear", ()) for value in items(lengths)]
    count = len(values)
    positions = [number(place, across.kind, across.categories) for place in items(stands) or range(count)]
    bases, widths = spread(trace.get("base"), count), spread(trace.get("width"), count)
    offsets, texts = spread(trace.get("offset"), count), spread(trace.get("text"), count)
    spots = spread(trace.get("textposition"), count, "outside")
    fills = _fills(trace, count)
    opacity = 1.0 if trace.get("opacity") is None else float(trace["opacity"])
    step = _step([place for place in positions if place is not None])
    if trace.get("textangle") not in (None, 0, "auto"):
        raise ExportError("Gedrehte Beschriftungen von Balken sind nicht bekannt.")
    found = []
    for index, (place, value) in enumerate(zip(positions, values, strict=True)):
        if place is None or value is None:
            continue
        inside = spots[index] in ("inside", "auto")
        font = trace.get(f"{'in' if inside else 'out'}sidetextfont") or {}
        base = float(bases[index] or 0)
        if mode in ("stack", "relative") and bases[index] is None:
            base = below.get((place, value < 0), 0.0)
            below[place, value < 0] = base + value
        thick = float(widths[index] or step * (1 - gap))
        place = place if offsets[index] is None else place + float(offsets[index]) + thick / 2
        found.append(
            Bar(
                place, base, base + value, thick, fills[index],
                text=" ".join(lines_of(str(texts[index] or ""))) if spots[index] != "none" else "", inside=inside, value=value,
                letters=letters({**(trace.get("textfont") or {}), **font}, _TEXT, opacity=opacity),
            )
        )  # fmt: skip
    return Bars(str(trace.get("name") or ""), horizontal, tuple(found))


def _step(places: list[float]) -> float:
    ordered = sorted(set(places))
    return min((after - before for before, after in pairwise(ordered)), default=1.0)


def _fills(trace: Settings, count: int) -> list[Fill]:
    told = trace.get("marker") or {}
    opacity = (1.0 if trace.get("opacity") is None else float(trace["opacity"])) * float(
        told.get("opacity") or 1
    )
    edge, pattern = told.get("line") or {}, told.get("pattern") or {}
    paints, rims = spread(told.get("color"), count), spread(edge.get("color"), count)
    thick, shapes = spread(edge.get("width"), count, 0), spread(pattern.get("shape"), count, "")
    ink = spread(pattern.get("fgcolor"), count)
    found = []
    for index in range(count):
        base = colour(paints[index], otherwise=_GREY)
        outline = line({"color": rims[index], "width": thick[index] or 0}, base, opacity=opacity)
        shape = shapes[index] or ""
        if shape not in ("", "/", ".", "\\", "x", "-", "|"):
            raise ExportError(f"Schraffur »{shape}« ist nicht bekannt.")
        found.append(
            Fill(base.faded(opacity), outline, shape, colour(ink[index], otherwise=base).faded(opacity))
        )
    return found

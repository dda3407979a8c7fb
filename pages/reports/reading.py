"""Reads the figure of any chart into a drawing free of Plotly, which every report can draw with its own means."""

from __future__ import annotations

from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from pages.charts.theme import TEXT_SIZE, template_name
from pages.reports import traces
from pages.reports.axes import resolve
from pages.reports.known import KNOWN
from pages.reports.measure import width as text_width
from pages.reports.paint import ExportError, colour, letters, line, lines_of
from pages.reports.scene import CLEAR, Axis, Colour, Letters, Panel, Points, Scene, Series, Shape, Text
from pages.reports.values import items, number

Settings = dict[str, Any]
OWN_PLACE = frozenset({"title", "subtitle", "notes"})
"""Names of the texts that every report sets in a place of its own."""

_LAYOUT = KNOWN["layout"]
_ANNOTATION = KNOWN["annotation"]
_SHAPE = KNOWN["shape"]


def read(figure: go.Figure, *, width: float) -> Scene:
    """Return the drawing of a figure at a width in pixels, without title, subtitle and footnotes.

    Raises ExportError for anything that could be lost: other traces, symbols, references or settings.
    """
    told = figure.to_plotly_json()
    layout = told["layout"]
    data = [
        _with_defaults(trace) for trace in told["data"] if trace.get("visible") not in (False, "legendonly")
    ]
    axes = {key for key in layout if key.startswith(("xaxis", "yaxis"))}
    if unknown := {key for key in layout if layout[key] not in (None, {}, [])} - _LAYOUT - axes:
        raise ExportError(f"Die Zeichnung sagt, was kein Bericht zeichnet: {', '.join(sorted(unknown))}.")
    if layout.get("showlegend"):
        raise ExportError(
            "Eine Legende (showlegend) zeichnet kein Bericht: Namen stehen bei uns an den Linien."
        )
    for trace in data:
        traces.known(trace)
    margin = layout.get("margin") or {}
    height = float(layout.get("height") or 450) - float(margin.get("t", 80)) - float(margin.get("b", 80))
    panels = _panels(layout, data, width, height)
    places = _Places(panels, width, height)
    notes = [entry for entry in items(layout.get("annotations")) if entry.get("visible") is not False]
    arrows, texts = [], []
    for entry in notes:
        if entry.get("name") not in OWN_PLACE:
            text, arrow = _text(entry, places)
            texts.append(text)
            arrows += [arrow] if arrow else []
    shapes = [
        _shape(entry, places) for entry in items(layout.get("shapes")) if entry.get("visible") is not False
    ]
    subtitle = next(
        (" ".join(lines_of(entry["text"])) for entry in notes if entry.get("name") == "subtitle"), ""
    )
    return Scene(
        width,
        height,
        tuple(panels),
        tuple(text for text in texts if text),
        (*shapes, *arrows),
        subtitle,
    )


@cache
def light_template() -> Settings:
    """Return the template of the screen in light surroundings, which all reports are printed with."""
    template: Settings = pio.templates[template_name("light")].to_plotly_json()
    return template


def _merged(base: Settings, own: Settings) -> Settings:
    result = dict(base)
    for key, value in own.items():
        before = result.get(key)
        result[key] = (
            _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
        )
    return result


def _with_defaults(trace: Settings) -> Settings:
    defaults = light_template()["data"].get(trace.get("type", "scatter"), [{}])[0]
    return _merged(defaults, trace)


def _key(axis: str) -> str:
    return f"{axis[0]}axis{axis[1:]}"


def _pairs(layout: Settings, data: list[Settings]) -> list[tuple[str, str]]:
    """Return every pair of axes something is drawn or written on, in the order of the layout."""
    used = [(trace.get("xaxis") or "x", trace.get("yaxis") or "y") for trace in data]
    for entry in (*items(layout.get("annotations")), *items(layout.get("shapes"))):
        across, up = (
            str(entry.get(ref) or default).split(" ")[0] for ref, default in (("xref", "x"), ("yref", "y"))
        )
        if across != "paper" and up != "paper":
            used.append((across, up))
    return list(dict.fromkeys(used)) or [("x", "y")]


def _panels(layout: Settings, data: list[Settings], width: float, height: float) -> list[Panel]:
    pairs = _pairs(layout, data)
    base = light_template()["layout"]
    told = {
        axis: _merged(base[_key(axis[0])], layout.get(_key(axis)) or {})
        for axis in {a for pair in pairs for a in pair}
    }
    bars_along = {
        trace.get("xaxis" if trace.get("orientation") == "h" else "yaxis")
        or ("x" if trace.get("orientation") == "h" else "y")
        for trace in data
        if trace.get("type") == "bar"
    }

    def axis(name: str, extent: tuple[float, float]) -> Axis:
        own = [trace for trace in data if (trace.get(f"{name[0]}axis") or name[0]) == name]
        stands = [value for trace in own for value in items(trace.get(name[0]))]
        stands += (
            [base for trace in own if trace.get("type") == "bar" for base in items(trace.get("base"))]
            if name in bars_along
            else []
        )
        if told[name].get("overlaying"):
            raise ExportError("Zwei Achsen übereinander (overlaying) zeichnet kein Bericht.")
        return resolve(name, told[name], stands, extent=extent, from_zero=name in bars_along)

    ups = {up: axis(up, (height, 0)) for up in dict.fromkeys(up for _, up in pairs)}
    left = max((_room(entry) for entry in ups.values() if entry.side != "right"), default=0)
    right = max((_room(entry) for entry in ups.values() if entry.side == "right"), default=0)
    acrosses = {name: axis(name, (left, width - right)) for name in dict.fromkeys(name for name, _ in pairs)}
    found = []
    for across, up in pairs:
        own = [t for t in data if ((t.get("xaxis") or "x"), (t.get("yaxis") or "y")) == (across, up)]
        found.append(Panel(acrosses[across], ups[up], _series(layout, own, acrosses[across], ups[up])))
    return found


def _room(axis: Axis) -> float:
    """Return the pixels that the labels of a vertical axis need beside the drawing."""
    if not axis.labelled or axis.inside or not axis.ticks:
        return 0
    return max(text_width(text, axis.letters.size) for _, text in axis.ticks) + 10


def _series(layout: Settings, data: list[Settings], x: Axis, y: Axis) -> tuple[Series, ...]:
    mode = str(layout.get("barmode") or "group")
    gap = float(0.2 if layout.get("bargap") is None else layout["bargap"])
    grouped = [trace for trace in data if trace.get("type") == "bar"] if mode == "group" else []
    if len(grouped) > 1 and any(
        trace.get("width") is None and trace.get("offset") is None for trace in grouped
    ):
        raise ExportError("Gruppierte Balken brauchen eigene Breiten oder Versätze.")
    below: dict[tuple[float, bool], float] = {}
    found: list[Series] = []
    for trace in data:
        if trace.get("type") == "bar":
            found.append(traces.bars(trace, x, y, below, mode, gap))
            continue
        for entry in traces.points(trace, x, y):
            if str(trace.get("fill")) == "tonexty" and not entry.fill.is_clear:
                before = next((s for s in reversed(found) if isinstance(s, Points)), None)
                if before is None:
                    raise ExportError("Ein Band braucht eine Linie, bis zu der es reicht.")
                entry = Points(entry.name, entry.points, entry.line, entry.shape, entry.fill, before.points)
            found.append(entry)
    return tuple(found)


class _Places:
    """Where things stand that are placed by reference: on an axis, in the domain of one, or on the paper."""

    def __init__(self, panels: list[Panel], width: float, height: float) -> None:
        self._axes = {axis.name: axis for panel in panels for axis in (panel.x, panel.y)}
        self._panels, self._left = panels, min((panel.box[0] for panel in panels), default=0)
        self._right, self._height = max((panel.box[2] for panel in panels), default=width), height

    def pixel(self, value: Any, ref: str, *, across: bool) -> float:
        if ref == "paper":
            if across:
                return self._left + float(value) * (self._right - self._left)
            return self._height * (1 - float(value))
        name, _, domain = ref.partition(" ")
        if name not in self._axes:
            raise ExportError(f"Die Achse »{name}« gibt es nicht.")
        axis = self._axes[name]
        if domain:
            return axis.start + float(value) * (axis.end - axis.start)
        if axis.kind == "log":
            raise ExportError("Texte und Linien auf einer logarithmischen Achse zeichnet kein Bericht.")
        place = number(value, axis.kind, axis.categories)
        if place is None:
            raise ExportError("Eine Beschriftung hat keinen Ort.")
        return axis.pixel(place)

    def panel(self, across: str, up: str) -> int | None:
        names = [(panel.x.name, panel.y.name) for panel in self._panels]
        pair = (across.split(" ")[0], up.split(" ")[0])
        if pair in names:
            return names.index(pair)
        return next(
            (index for index, name in enumerate(names) if pair[0] == name[0] or pair[1] == name[1]), None
        )


def _text(entry: Settings, places: _Places) -> tuple[Text | None, Shape | None]:
    if unknown := {key for key, value in entry.items() if value is not None} - _ANNOTATION:
        raise ExportError(
            f"Beschriftung »{entry.get('text')}«: {', '.join(sorted(unknown))} kann kein Bericht zeichnen."
        )
    refs = str(entry.get("xref") or "x"), str(entry.get("yref") or "y")
    x = places.pixel(entry.get("x", 0), refs[0], across=True) + float(entry.get("xshift") or 0)
    y = places.pixel(entry.get("y", 0), refs[1], across=False) - float(entry.get("yshift") or 0)
    opacity = 1.0 if entry.get("opacity") is None else float(entry["opacity"])
    font = letters(entry.get("font") or {}, Letters(TEXT_SIZE), opacity=opacity)
    arrow = None
    if entry.get("showarrow"):
        if entry.get("axref", "pixel") != "pixel" or entry.get("ayref", "pixel") != "pixel":
            raise ExportError("Pfeile sind nur in Pixeln bekannt.")
        shade = colour(entry.get("arrowcolor"), otherwise=font.colour or Colour("#51577a")).faded(opacity)
        tail = (x + float(entry.get("ax") or 0), y + float(entry.get("ay") or 0))
        pen = line({"width": entry.get("arrowwidth") or 1}, shade)
        arrow = Shape("line", x, y, *tail, pen, panel=places.panel(*refs))
        x, y = tail
    rows = lines_of(entry.get("text"))
    if not rows:
        return None, arrow
    anchor, vertical = (
        _anchor(entry, "xanchor", refs[0], ("left", "center", "right")),
        _anchor(entry, "yanchor", refs[1], ("bottom", "middle", "top")),
    )
    text = Text(
        rows, x, y, anchor, vertical, font, str(entry.get("align") or "center"),  # type: ignore[arg-type]
        colour(entry.get("bgcolor"), otherwise=CLEAR), places.panel(*refs),
    )  # fmt: skip
    return text, arrow


def _anchor(entry: Settings, name: str, ref: str, thirds: tuple[str, str, str]) -> str:
    """Return how a text is anchored; on paper and in domains Plotly decides by the third it lies in."""
    told = str(entry.get(name) or "auto")
    if told != "auto":
        return told
    if not (ref == "paper" or ref.endswith("domain")) or entry.get("showarrow"):
        return thirds[1]
    place = float(entry.get(name[0]) or 0)
    return thirds[0] if place < 1 / 3 else thirds[2] if place > 2 / 3 else thirds[1]


def _shape(entry: Settings, places: _Places) -> Shape:
    kind: Any = entry.get("type") or "rect"
    if kind not in ("line", "rect") or ({key for key, value in entry.items() if value is not None} - _SHAPE):
        raise ExportError(f"Die Form »{kind}« mit {', '.join(sorted(entry))} kann kein Bericht zeichnen.")
    refs = str(entry.get("xref") or "x"), str(entry.get("yref") or "y")
    x0, x1 = (places.pixel(entry.get(end, 0), refs[0], across=True) for end in ("x0", "x1"))
    y0, y1 = (places.pixel(entry.get(end, 0), refs[1], across=False) for end in ("y0", "y1"))
    opacity = 1.0 if entry.get("opacity") is None else float(entry["opacity"])
    pen = line(entry.get("line") or {}, Colour("#6e7597"), opacity=opacity)
    paint = colour(entry.get("fillcolor"), otherwise=CLEAR).faded(opacity)
    behind = entry.get("layer") in ("below", "between")
    flat = refs[1].startswith("y") and " " not in refs[1] and entry.get("y0") == entry.get("y1")
    level = number(entry["y0"], "linear", ()) if flat and isinstance(entry["y0"], (int, float)) else None
    return Shape(kind, x0, y0, x1, y1, pen, paint, behind, places.panel(*refs), level)

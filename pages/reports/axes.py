"""The axes of a figure, resolved as Plotly would: kind, range, place, and what is written along them."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from pages.charts.theme import TEXT_SIZE
from pages.reports.known import KNOWN
from pages.reports.paint import ExportError, letters, line
from pages.reports.scene import Axis, Colour, Kind, Letters
from pages.reports.values import day, days, items, kind_of, number
from warehouse.formatting import format_number

_MONTHS = ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]
_STRAY = Colour("#6e7597")
_FEW = 6
IGNORED = KNOWN["axis_ignored"]
USED = KNOWN["axis"]


def resolve(
    name: str, told: dict[str, Any], data: list[Any], *, extent: tuple[float, float], from_zero: bool
) -> Axis:
    """Return one axis. `extent`: the pixels between which all axes of its direction share their domains; `data`: what
    stands on it; `from_zero`: bars grow along it."""
    if unknown := {key for key, value in told.items() if value is not None} - USED - IGNORED:
        raise ExportError(f"Achse {name}: {', '.join(sorted(unknown))} kann kein Bericht zeichnen.")
    kind = kind_of(told.get("type"), data)
    if kind == "log":
        _check_logarithmic(name, told, data, from_zero=from_zero)
    categories = _categories(told, data) if kind == "category" else ()
    low, high = _range(told, data, kind, categories, from_zero)
    first, last = told.get("domain") or (0, 1)
    start, end = (extent[0] + part * (extent[1] - extent[0]) for part in (first, last))
    visible = told.get("visible", True)
    title = told.get("title") or {}
    place = str(told.get("ticklabelposition") or "outside")
    ticks = _ticks(told, kind, low, high, categories)
    shown = visible and bool(told.get("showticklabels", True))
    grid = {"color": told.get("gridcolor"), "width": 1, "dash": told.get("griddash")}
    edge = {"color": told.get("linecolor"), "width": told.get("linewidth") or 1}
    return Axis(
        name, kind, low, high, start, end, ticks, labelled=shown, inside=place.startswith("inside"),
        grid=line(grid, _STRAY) if visible and told.get("showgrid") else None,
        line=line(edge, _STRAY) if visible and told.get("showline") else None,
        zero=line({"color": told.get("zerolinecolor"), "width": 1}, _STRAY) if visible and told.get("zeroline") else None,
        title=str(title.get("text") or "") if visible else "",
        letters=letters(told.get("tickfont") or {}, Letters(TEXT_SIZE)),
        side=str(told.get("side") or ""), categories=tuple(categories),
    )  # fmt: skip


def _categories(told: dict[str, Any], data: list[Any]) -> list[str]:
    order = told.get("categoryorder")
    if order not in (None, "trace", "array"):
        raise ExportError(f"Reihenfolge »{order}« der Namen einer Achse ist nicht bekannt.")
    named = [str(value) for value in (*items(told.get("categoryarray")), *data) if isinstance(value, str)]
    return list(dict.fromkeys(named))


def _range(
    told: dict[str, Any], data: list[Any], kind: Kind, categories: list[str] | tuple[()], from_zero: bool
) -> tuple[float, float]:
    given = told.get("range")
    if given:
        low, high = (number(value, kind, categories) for value in given)
        if low is not None and high is not None:
            return low, high
    known = [place for value in data if (place := number(value, kind, categories)) is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    if kind == "log":
        room = (high / low) ** 0.05 if high > low else 2.0
        return low / room, high * room
    if kind == "category":
        low, high = -0.5, len(categories) - 0.5
    else:
        low, high = (min(low, 0.0), max(high, 0.0)) if from_zero else (low, high)
        room = (high - low) * 0.05 or abs(high) * 0.05 or 1.0
        low, high = (low - room if low < 0 or not from_zero else low), high + room
    return (high, low) if told.get("autorange") == "reversed" else (low, high)


def _check_logarithmic(name: str, told: dict[str, Any], data: list[Any], *, from_zero: bool) -> None:
    known = [value for value in data if value is not None]
    is_bounded = bool(known) and min(known) > 0 and not from_zero
    if not is_bounded or told.get("range") or told.get("tickvals") is None:
        raise ExportError(f"Achse {name}: logarithmisch nur mit eigenen Teilstrichen und Werten über null.")


def _ticks(
    told: dict[str, Any], kind: Kind, low: float, high: float, categories: list[str] | tuple[()]
) -> tuple[tuple[float, str], ...]:
    least, most = sorted((low, high))
    if told.get("tickvals") is not None:
        places = [number(value, kind, categories) for value in items(told["tickvals"])]
        texts = items(told.get("ticktext")) or [_written(told, kind, place or 0.0, 0) for place in places]
        found = [(place, str(text)) for place, text in zip(places, texts, strict=True) if place is not None]
    elif kind == "category":
        found = [(float(place), name) for place, name in enumerate(categories)]
    elif kind == "date":
        found = [(days(value), _written(told, kind, days(value), 0)) for value in _dates(told, least, most)]
    else:
        step = (
            float(told["dtick"])
            if told.get("dtick")
            else _nice((most - least) / int(told.get("nticks") or _FEW))
        )
        decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step < 1 else 0 if step == int(step) else 1
        origin = float(told.get("tick0") or 0)
        first = math.ceil((least - origin) / step - 1e-9)
        count = int((most - origin) / step + 1e-9) - first + 1
        values = [origin + (first + index) * step for index in range(max(count, 0))]
        found = [(value, _written(told, kind, value, decimals)) for value in values]
    return tuple((place, text) for place, text in found if least - 1e-9 <= place <= most + 1e-9)


def _written(told: dict[str, Any], kind: Kind, place: float, decimals: int) -> str:
    before, after = told.get("tickprefix") or "", told.get("ticksuffix") or ""
    pattern = told.get("tickformat") or ""
    if kind == "date":
        on = day(place)
        known = {
            "%Y": f"{on:%Y}",
            "%b": _MONTHS[on.month - 1],
            "%m": f"{on:%m}",
            "%d": f"{on:%d}",
            "%y": f"{on:%y}",
        }
        text = pattern or ("%b %Y" if (on.month, on.day) != (1, 1) else "%Y")
        for sign, meaning in known.items():
            text = text.replace(sign, meaning)
        if "%" in text:
            raise ExportError(f"Datumsformat »{pattern}« einer Achse ist nicht bekannt.")
        return text
    plain = pattern.strip(",~ ").rstrip("f%")
    if pattern and not (pattern.endswith(("f", "%", "d")) or pattern in (",", "")):
        raise ExportError(f"Zahlenformat »{pattern}« einer Achse ist nicht bekannt.")
    digits = int(plain.strip("+.,") or 0) if "." in pattern else decimals
    scale, sign = (100, "\u00a0%") if pattern.endswith("%") else (1, "")
    return f"{before}{format_number(place * scale, digits, signed=pattern.startswith('+'))}{sign}{after}"


def _dates(told: dict[str, Any], least: float, most: float) -> list[date]:
    """Return the first of every so many months between two days."""
    step = str(told.get("dtick") or "")
    span = (most - least) / 30.4
    months = (
        int(step[1:])
        if step.startswith("M")
        else next((m for m in (1, 3, 6, 12, 24, 60) if span / m <= _FEW), 120)
    )
    first, last = day(least), day(most)
    count = first.year * 12 + first.month - 1
    count += -count % months
    found = []
    while (count // 12, count % 12 + 1) <= (last.year, last.month):
        found.append(date(count // 12, count % 12 + 1, 1))
        count += months
    return found


def _nice(step: float) -> float:
    """Return the next of 1, 2, 5, 10 … that is not below a step."""
    power = 10 ** math.floor(math.log10(step)) if step > 0 else 1.0
    return next(
        (factor * power for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9)), 10 * power
    )

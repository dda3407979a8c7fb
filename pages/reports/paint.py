"""Colours and the small markup of Plotly, read strictly."""

from __future__ import annotations

import html
import re
from typing import Any

from pages.reports.scene import CLEAR, Colour, Letters, Line


class ExportError(ValueError):
    """A figure contains something that reports cannot draw; better no chart than one that lacks a mark."""


_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)")
_NAMED = {"white": "#ffffff", "black": "#000000"}
_TAG = re.compile(r"</?(?:b|i|em|strong|span|sub|sup)(?:\s[^>]*)?>")


def colour(text: str | None, *, otherwise: Colour = CLEAR) -> Colour:
    """Return a colour from `#rrggbb`, `rgb(…)` or `rgba(…)`."""
    if text is None:
        return otherwise
    if text in _NAMED:
        return Colour(_NAMED[text])
    if _HEX.fullmatch(text):
        return Colour(text.lower())
    if found := _RGB.fullmatch(text):
        red, green, blue, alpha = found.groups()
        return Colour(f"#{int(red):02x}{int(green):02x}{int(blue):02x}", float(alpha or 1))
    raise ExportError(f"Farbe »{text}« ist nicht in einer lesbaren Schreibweise.")


def line(settings: dict[str, Any], fallback: Colour, *, opacity: float = 1, width: float = 2) -> Line | None:
    """Return a line; None if it has no width or nothing is painted."""
    told = settings.get("width")
    thick = width if told is None else float(told)
    shade = colour(settings.get("color"), otherwise=fallback).faded(opacity)
    return Line(shade, thick, settings.get("dash") or "solid") if thick > 0 and not shade.is_clear else None


def letters(settings: dict[str, Any], base: Letters, *, opacity: float = 1) -> Letters:
    """Return how a text is set, from a `font` of Plotly over that of its surroundings."""
    told, weight = settings.get("color"), settings.get("weight") or base.weight
    return Letters(
        float(settings.get("size") or base.size),
        {"normal": 400, "bold": 600}.get(str(weight)) or int(weight),
        colour(told) if told else base.colour,
        base.opacity * opacity,
    )


def lines_of(text: str | None) -> tuple[str, ...]:
    """Return the lines of a text without markup."""
    rows = re.split(r"<br\s*/?>", text or "")
    bare = [_TAG.sub("", row) for row in rows]
    if any(re.search(r"<[a-z/]", row) for row in bare):
        raise ExportError(f"Auszeichnung in »{text}« ist nicht bekannt.")
    plain = tuple(html.unescape(row) for row in bare)
    return plain if any(plain) else ()

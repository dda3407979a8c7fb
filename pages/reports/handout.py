"""The Mappe as a tagged PDF on A4 (PDF/UA-1): charts as vectors, tables over several pages, definitions in the annex."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pages.reports.measure import FONTS, width, wrap
from pages.reports.printed import Printed, printed
from pages.reports.scene import Scene
from pages.reports.sheets import sheets
from pages.reports.svg import extent, svg
from pages.reports.view import Deck, Progress, View, silent

PAPER = 640
"""Pixels of a drawing across the page; letters of 12 pixels become 9 points."""

_TALLEST = 850
_PAGE = 885
"""Pixels of a page, in which the last part of a drawing stands with its footnotes."""
_WIDE, POINTS = 476.0, 0.744  # points across a page, and of a pixel
_HEAD, _SMALLEST = 80.0, 0.55  # pixels of a title; a drawing is not made smaller than so much of its size
_BETWEEN, _FULL = 20.0, 950.0  # pixels between two drawings, and of a page to its very end
_UPRIGHT = 640  # a table that needs more points at 8 point stands across
_TEMPLATE = Path(__file__).with_suffix(".typ")
_LONGEST = 90


def pdf(deck: Deck, progress: Progress = silent) -> bytes:
    """Return the Mappe as PDF/UA-1; `progress` is told after every view. Raises ExportError for a chart it cannot draw."""
    import typst  # 80 MB that the first page of the app does not wait for

    views = []
    for number, view in enumerate(deck.drawable(), 1):
        views.append(_view(view))
        progress(number, len(deck.views) + 1, view.title)
    sources = dict.fromkeys(view.notes["Quelle"] for view in deck.views if view.notes.get("Quelle"))
    told = {
        "title": deck.title,
        "author": deck.author,
        "contact": deck.contact,
        "dated": deck.dated,
        "confidential": deck.is_confidential,
        "views": views,
        "definitions": [
            _headed(line)
            for line in dict.fromkeys(line for view in deck.views for line in view.definition.splitlines())
        ],
        "contradictions": list(deck.contradictions),
        "sources": list(dict.fromkeys(part for names in sources for part in names.split("; "))),
        "signs": [list(pair) for pair in deck.signs.items()],
    }
    made = typst.compile(
        str(_TEMPLATE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"deck": json.dumps(told, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    progress(len(deck.views) + 1, len(deck.views) + 1, "PDF")
    return bytes(made)


def _view(view: View) -> dict[str, Any]:
    shown = printed(view.table) if view.table.width else None
    return {
        "title": view.title,
        "subtitle": view.subtitle,
        "comment": view.beside,
        "remarks": [list(pair) for pair in view.remarks.items()],
        "paragraph": view.paragraph,
        "charts": _charts(view),
        "notes": [list(pair) for pair in view.footnotes],
        "link": view.link,
        "shortlink": view.link if len(view.link) <= _LONGEST else view.link[: _LONGEST - 1] + "…",
        "table": None if shown is None else _table(shown),
        "reading": view.reading,
    }


def _charts(view: View) -> list[dict[str, Any]]:
    scene = view.scene(PAPER)
    if scene is None:
        return []
    room = _PAGE - _below(view)
    parts = _parts(scene, room)
    told = []
    for number, part in enumerate(parts, 1):
        _, top, _, bottom = extent(part)
        alt = (
            view.alt
            if number == 1
            else f"{view.title}, Teil {number} von {len(parts)}; in Worten beim ersten Teil."
        )
        tallest = room if number == len(parts) else _TALLEST
        # What is still taller than a page is made smaller, never cut.
        told.append(
            {
                "svg": svg(part),
                "alone": number == len(parts) > 1 and _is_full(parts, room),
                "alt": alt,
                "width": max(_SMALLEST, min(1.0, tallest / (bottom - top))),
            }
        )
    return told


def _parts(scene: Scene, room: float) -> list[Scene]:
    """Return a drawing in parts for pages, the last one with room for its footnotes below, so that none stands alone."""
    for tallest in (_TALLEST, 0.75 * _TALLEST, 0.6 * _TALLEST, 0.5 * _TALLEST):
        parts = sheets(scene, tallest)
        _, top, _, bottom = extent(parts[-1])
        if bottom - top <= room:
            return parts
    return sheets(scene, _TALLEST)


def _is_full(parts: list[Scene], room: float) -> bool:
    """Tell whether the last part would stand below the one before it on a page that has no room for the footnotes then."""
    used = 0.0
    for number, part in enumerate(parts, 1):
        _, top, _, bottom = extent(part)
        height = bottom - top + _BETWEEN
        before, used = used, used + height if used + height <= _FULL else height
        if number == len(parts):
            return before > 0 and used > height and used > room
    return False


def _below(view: View) -> float:
    """Return the pixels that title and footnotes of a view need, roughly."""
    notes = [f"{name}: {text}" for name, text in (*view.footnotes, *view.remarks.items())] + [view.beside]
    lines = sum(len(wrap(text, 8.5, _WIDE)) for text in notes if text) + 1
    return _HEAD + lines * 8.5 * 1.5 / POINTS


def _table(shown: Printed) -> dict[str, Any]:
    widths = [_need(shown, index) for index in range(len(shown.columns))]
    return {
        "wide": sum(widths) > _UPRIGHT,
        "columns": shown.columns,
        "rows": shown.rows,
        "figures": shown.figures,
        "common": shown.common,
        "widths": widths,
    }


def _need(shown: Printed, index: int) -> float:
    """Return how much of the width a column needs: by its longest word, and by how much it holds on average."""
    cells = [shown.columns[index], *(row[index] for row in shown.rows)]
    longest = max((width(word, 8) for cell in cells for word in cell.split()), default=10)
    usual = sum(width(cell, 8) for cell in cells) / len(cells)
    return round(max(longest, min(usual, 150)) + 6, 1)


def _headed(line: str) -> list[str]:
    """Return a definition as name and text; a text without name has none."""
    name, colon, text = line.partition(": ")
    return [name, text] if colon else ["", line]

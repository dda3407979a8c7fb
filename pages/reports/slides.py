"""The Mappe as PowerPoint: native charts that can be edited, one message per slide, everything dated and sourced."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.reports import canvas
from pages.reports.arrange import Placed, arrange
from pages.reports.canvas import Box, Page
from pages.reports.measure import LINE, fitting, pages, shortened, width, wrap
from pages.reports.native import SMALLEST, in_words
from pages.reports.plan import plans
from pages.reports.printed import KEPT, matrix, printed
from pages.reports.template import LAYOUTS, layout_of, opened
from pages.reports.view import Deck, Progress, View, silent

DRAWN = 640
"""Pixels at which a drawing is read before its parts are placed; the width of the other reports, so that it is read once."""

TITLES = (28.0, 26.0, 24.0, 22.0, 20.0)
BODIES = (16.0, 15.0, 14.0)
FOOTERS = (12.0, 11.0, 10.0)
"""Sizes that are tried, the largest first; the footer is small print and may be below 14 points."""

INTERN = "INTERN"
IN_NOTES = "Weitere Hinweise: siehe Notizen dieser Folie."
_TABLE_SLIDES, _AFTER = 3, 6.0
_CELL = 20.0  # points of a cell beside its text, with some room for other letters than ours
_LAST_OUT = (
    "Fundstelle",
    "Quelle",
    "Datenstand",
    "Status",
    "Genauigkeit",
    "Widerspruch",
    "Zeitbezug",
    "Einheit",
)
"""Columns that a slide leaves to hand-out and workbook first, when not all find room."""


@dataclass(frozen=True)
class Footer:
    """What stands at the foot of a slide, how large, and whether all of it found room."""

    lines: tuple[str, ...]
    size: float
    complete: bool


def powerpoint(deck: Deck, progress: Progress = silent, *, template: bytes | None = None) -> bytes:
    """Return the Mappe as .pptx, in the design of an office's `template` if there is one.

    Raises ExportError if the template lacks a placeholder, or a chart cannot be drawn.
    """
    presentation = opened(template)
    made = _Deck(presentation)
    _title(made, deck)
    _contents(made, deck)
    views = deck.drawable()
    for number, view in enumerate(views, 1):
        if view.chart is not None:
            _charts(made, view)
        else:
            _table(made, view)
        progress(number, len(deck.views), view.title)
    _annex(made, deck)
    presentation.core_properties.title, presentation.core_properties.author = deck.title, deck.author
    presentation.core_properties.language = "de-DE"
    memory = io.BytesIO()
    presentation.save(memory)
    return memory.getvalue()


class _Deck:
    """The presentation that is being made, with the places of its layouts."""

    def __init__(self, made: Any) -> None:
        self.made = made
        self._layouts = {name: layout_of(made, name) for name in LAYOUTS}
        self._boxes = {name: canvas.boxes(layout) for name, layout in self._layouts.items()}

    def page_box(self, layout: str, name: str) -> Box:
        return self._boxes[layout][name]

    def page(self, layout: str, *, numbered: bool = True) -> Page:
        slide = self.made.slides.add_slide(self._layouts[layout])
        if numbered:
            canvas.number(slide)
        return Page(slide, self._boxes[layout])


def _fit(
    page: Page, name: str, paragraphs: Sequence[str], sizes: tuple[float, ...], *, weight: int = 400
) -> None:
    """Write into a placeholder at the largest size that fits; what does not fit at the smallest is cut with a mark."""
    if not any(paragraphs):
        page.remove(name)
        return
    _, _, wide, high = page.boxes[name]
    size = fitting("\n".join(paragraphs), sizes, wide, high, weight)
    if size is None:  # the notes have all of it
        size = sizes[-1]
        paragraphs = [shortened(" ".join(paragraphs), size, wide, high, weight)]
    canvas.fill(page.place(name), [("", text) for text in paragraphs], size)


def _title(made: _Deck, deck: Deck) -> None:
    page = made.page("Titel", numbered=False)
    _fit(page, "Titel", [deck.title], (40.0, 36.0, 32.0, 28.0, 24.0), weight=600)
    _fit(page, "Anlass", [deck.dated], (22.0, 20.0, 18.0, 16.0, 14.0))
    told = [deck.author, deck.contact]
    if deck.is_confidential:
        told.append("INTERN – enthält Zahlen aus einem als intern gekennzeichneten Dokument.")
    _fit(page, "Angaben", [line for line in told if line], BODIES)


def _contents(made: _Deck, deck: Deck) -> None:
    _texts(made, "Inhalt", [("", f"{number}  {view.title}") for number, view in enumerate(deck.views, 1)])


def _texts(made: _Deck, title: str, paragraphs: list[tuple[str, str]]) -> None:
    """Write paragraphs on as many slides as they need, at a size that can be read from afar."""
    _, _, wide, high = made.page_box("Text", "Text")
    slides: list[list[tuple[str, str]]] = []
    used = high
    for head, text in paragraphs:
        for number, part in enumerate(pages(head + text, BODIES[0], wide, high)):
            need = len(wrap(part, BODIES[0], wide, 600 if head else 400)) * BODIES[0] * LINE + _AFTER
            if used + need > high:
                slides.append([])
                used = 0.0
            slides[-1].append((head, part[len(head) :]) if number == 0 else ("", part))
            used += need
    for number, own in enumerate(slides):
        page = made.page("Text")
        _fit(page, "Titel", [f"{title} (Fortsetzung)" if number else title], TITLES, weight=600)
        canvas.fill(page.place("Text"), own, BODIES[0], after=_AFTER)


def footer(view: View, room: tuple[float, float], *, above: str = "") -> Footer:
    """Return the footnotes of a view in a room: as large as they fit; what does not fit is left to the notes, and said."""
    told = [above] if above else []
    told += [f"{name}: {text}" for name, text in view.footnotes]
    for size in FOOTERS:
        if sum(len(wrap(text, size, room[0])) for text in told) * size * LINE <= room[1]:
            return Footer(tuple(told), size, True)
    size, most = FOOTERS[-1], int(room[1] / (FOOTERS[-1] * LINE)) - 1
    kept: list[str] = []
    for text in told:
        if sum(len(wrap(line, size, room[0])) for line in (*kept, text)) <= most:
            kept.append(text)
    return Footer((*kept, IN_NOTES), size, False)


def _message(made: _Deck, view: View, part: str) -> tuple[Any, Box]:
    """Begin a slide of a view and return it with the room for its chart."""
    page = made.page("Diagramm")
    _fit(page, "Botschaft", [view.title + part], TITLES, weight=600)
    left, top, wide, high = page.boxes["Diagramm"]
    more = (len(wrap(view.subtitle, SMALLEST, page.boxes["Unterzeile"][2])) - 1) * SMALLEST * LINE
    below = page.boxes["Unterzeile"]
    if more:
        page.move("Unterzeile", (below[0], below[1], below[2], below[3] + more))
    _fit(page, "Unterzeile", [view.subtitle], (SMALLEST,))
    top, high = top + more, high - more
    if view.beside:
        beside = page.boxes["Kommentar"]
        page.move("Kommentar", (beside[0], top, beside[2], min(beside[3], high)))
        wide = max(wide / 2, beside[0] - left - 16)
        _fit(page, "Kommentar", [view.beside], BODIES)
    else:
        page.remove("Kommentar")
    page.remove("Diagramm")
    shown = footer(view, page.boxes["Fußzeile"][2:], above=INTERN if view.is_confidential else "")
    if shown.lines:
        canvas.fill(page.place("Fußzeile"), [_marked(line) for line in shown.lines], shown.size)
    else:
        page.remove("Fußzeile")
    page.remove("Ansicht")
    if view.link:
        canvas.qr(page.slide, view.link, page.boxes["Ansicht"])
    page.slide.notes_slide.notes_text_frame.text = spoken(view)
    return page.slide, (left, top, wide, high)


def _marked(line: str) -> tuple[str, str]:
    """Return a line of the footer with what is bold in it."""
    return (line, "") if line == INTERN else ("", line)


def spoken(view: View) -> str:
    """Return the speaker notes of a view: the message in plain language, definition, reading example, comments, footnotes."""
    told = [
        view.title,
        f"In einfacher Sprache: {view.paragraph}" if view.paragraph else "",
        view.beside,
        f"Definition: {view.definition}" if view.definition else "",
        f"Lesebeispiel: {view.reading}" if view.reading else "",
        view.alt,
        *(f"‼ {text}" for text in view.contradictions),
        *(f"{about}: {text}" for about, text in view.remarks.items()),
        *(f"{name}: {text}" for name, text in view.footnotes),
        f"Diese Ansicht: {view.link}" if view.link else "",
    ]
    return "\n".join(line for line in told if line)


def _charts(made: _Deck, view: View) -> None:
    scene = view.scene(DRAWN)
    if scene is None:
        return
    own = plans(scene)
    slide, box = _message(made, view, "")
    parts = arrange(own, box)
    for number, part in enumerate(parts, 1):
        if number > 1:
            slide, _ = _message(made, view, f" ({number} von {len(parts)})")
        for placed in part:
            _chart(slide, view, placed, whole=len(parts) == 1 and len(part) == 1)


def _chart(slide: Any, view: View, placed: Placed, *, whole: bool) -> None:
    block = placed.plan.build(placed.width, placed.height)
    heading = block.native.heading or block.native.subheading
    alt = view.alt if whole else f"{view.title}. {in_words(block.native)}."
    box = (placed.left, placed.top, placed.width, placed.height)
    canvas.chart(slide, block, box, alt=alt, name=f"Diagramm: {heading or view.title}")


def _table(made: _Deck, view: View) -> None:
    shown = matrix(view.table) or printed(view.table)
    slide, box = _message(made, view, "")
    chosen = list(range(len(shown.columns)))

    def needs(columns: list[int]) -> list[float]:
        return [
            min(
                260.0,
                max(
                    [
                        width(cell, SMALLEST, 600)
                        for cell in (shown.columns[c], *(row[c] for row in shown.rows))
                    ]
                ),
            )
            + _CELL
            for c in columns
        ]

    for name in (*_LAST_OUT, *(column for column in reversed(shown.columns) if column not in KEPT)):
        if sum(needs(chosen)) <= box[2] or len(chosen) == 1 or len(shown.columns) == len(shown.matrix):
            break
        chosen = [c for c in chosen if shown.columns[c] != name]
    widths = needs(chosen)
    scale = min(box[2] / sum(widths), 1.6)
    widths = [part * scale for part in widths]
    head = _high([shown.columns[c] for c in chosen], widths, weight=600)
    slides = _rows(shown.rows, chosen, widths, box[3] - head)
    for number, rows in enumerate(slides[:_TABLE_SLIDES]):
        if number:
            slide, _ = _message(made, view, f" ({number + 1} von {min(len(slides), _TABLE_SLIDES)})")
        canvas.table(
            slide, [shown.columns[c] for c in chosen], rows, [shown.figures[c] for c in chosen], widths,
            (box[0], box[1], sum(widths), 20), alt=view.alt,
        )  # fmt: skip
    left = sum(len(rows) for rows in slides[_TABLE_SLIDES:])
    missing = len(shown.columns) - len(chosen)
    if left or missing:
        what = " und ".join(
            filter(
                None,
                (f"{left} weitere Zeilen" if left else "", f"{missing} weitere Spalten" if missing else ""),
            )
        )
        slide.notes_slide.notes_text_frame.text = (
            f"{what} stehen im Handout (PDF) und in der Excel-Datei.\n{spoken(view)}"
        )


def _high(cells: Sequence[str], widths: Sequence[float], *, weight: int = 400) -> float:
    """Return the height a row of a table needs, in points."""
    told = zip(cells, widths, strict=True)
    lines = max(len(wrap(cell, SMALLEST, wide - _CELL, weight)) for cell, wide in told)
    return lines * SMALLEST * LINE + 6


def _rows(
    rows: Sequence[Sequence[str]], chosen: list[int], widths: list[float], high: float
) -> list[list[list[str]]]:
    """Return the rows slide by slide, by the height their cells need."""
    slides: list[list[list[str]]] = [[]]
    used = 0.0
    for row in rows:
        cells = [row[c] for c in chosen]
        need = _high(cells, widths)
        if slides[-1] and used + need > high:
            slides.append([])
            used = 0.0
        slides[-1].append(cells)
        used += need
    return slides


def _annex(made: _Deck, deck: Deck) -> None:
    _texts(made, "Anhang: Definitionen", [_headed(line) for line in deck.definitions])
    _texts(made, "Anhang: Widersprüche in den Dokumenten", [_headed(text) for text in deck.contradictions])
    _texts(made, "Anhang: Zeichen", [("", f"{sign}  {meaning}") for sign, meaning in deck.signs.items()])


def _headed(line: str) -> tuple[str, str]:
    """Return a paragraph with its bold beginning: what stands before the first colon."""
    head, colon, text = line.partition(": ")
    return (f"{head}: ", text) if colon else ("", line)

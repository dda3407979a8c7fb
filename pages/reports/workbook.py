"""The Mappe as a workbook: first what every view is and where it comes from, then a sheet per view with real numbers."""

from __future__ import annotations

import io
import re

import polars as pl
import xlsxwriter

from pages.charts.chart import NOTE_ORDER
from pages.reports.view import Deck, Progress, View, silent
from warehouse.downloads import OPTIONS, neutral

FIRST = "Mappe"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31  # characters of the name of a sheet
_ABOUT = (
    "Blatt",
    "Titel",
    "Jobcenter",
    "Kommentar",
    "In einfacher Sprache",
    "Kommentare zur Reihe",
    "Definition",
    "Lesebeispiel",
    *NOTE_ORDER,
    "Stand",
    "Vertraulich",
    "Link",
)


def excel(deck: Deck, progress: Progress = silent) -> bytes:
    """Return the Mappe as .xlsx: sheet "Mappe" with definition, source, date and signs per view, then one sheet per view."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as book:
        book.set_properties({"title": deck.title, "author": deck.author, "comments": deck.dated})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        first = book.add_worksheet(FIRST)
        names = sheet_names([view.title for view in deck.views])
        row = _head(first, deck, book.add_format({"bold": True, "font_size": 14}))
        for column, title in enumerate(_ABOUT):
            first.write_string(row, column, title, bold)
            first.set_column(column, column, 14 if title in ("Stand", "Vertraulich", "Datenstand") else 32)
        for number, (name, view) in enumerate(zip(names, deck.views, strict=True), 1):
            first.write_url(row + number, 0, f"internal:'{name}'!A1", string=name)
            for column, text in enumerate(_about(view), 1):
                first.write_string(row + number, column, neutral(text), wrapped)
            _sheet(book, name, view)
            progress(number, len(deck.views), view.title)
        _signs(first, deck, row + len(deck.views) + 2, bold)
        first.freeze_panes(row + 1, 1)
    return memory.getvalue()


def _head(first: xlsxwriter.worksheet.Worksheet, deck: Deck, large: xlsxwriter.format.Format) -> int:
    """Write what the Mappe is; return the row below."""
    first.write_string(0, 0, neutral(deck.title), large)
    told = [line for line in (deck.dated, deck.author, deck.contact) if line]
    if deck.is_confidential:
        told.append("INTERN: enthält Zahlen aus einem als intern gekennzeichneten Dokument.")
    for row, line in enumerate(told, 1):
        first.write_string(row, 0, neutral(line))
    return len(told) + 2


def _about(view: View) -> list[str]:
    known = {
        "Titel": view.title, "Jobcenter": "; ".join(view.jobcenters), "Kommentar": view.beside,
        "In einfacher Sprache": view.paragraph, "Definition": view.definition,
        "Kommentare zur Reihe": "\n".join(f"{about}: {text}" for about, text in view.remarks.items()),
        "Lesebeispiel": view.reading, **dict(view.footnotes), "Vertraulich": "INTERN" if view.is_confidential else "",
        "Link": view.link,
    }  # fmt: skip
    if view.contradictions:
        known["Besonderheiten"] = " ".join(
            filter(None, (known.get("Besonderheiten", ""), *view.contradictions))
        )
    return [known.get(name, "") for name in _ABOUT[1:]]


def _sheet(book: xlsxwriter.Workbook, name: str, view: View) -> None:
    sheet = book.add_worksheet(name)
    if not view.table.width:
        sheet.write_string(0, 0, neutral(view.title))
        return
    view.table.with_columns(pl.col(pl.String).map_elements(neutral, return_dtype=pl.String)).write_excel(
        book, sheet, header_format={"bold": True}, autofit=True, freeze_panes=(1, 0), dtype_formats={pl.Float64: "#,##0.0##"},
    )  # fmt: skip


def _signs(
    first: xlsxwriter.worksheet.Worksheet, deck: Deck, row: int, bold: xlsxwriter.format.Format
) -> None:
    if deck.signs:
        first.write_string(row, 0, "Zeichen", bold)
        first.write_string(row, 1, "Bedeutung", bold)
        for number, (sign, meaning) in enumerate(deck.signs.items(), 1):
            first.write_string(row + number, 0, neutral(sign))
            first.write_string(row + number, 1, neutral(meaning))


def sheet_names(titles: list[str]) -> list[str]:
    """Return a name for each sheet that Excel takes: numbered, short, without its forbidden characters."""
    plain = [_FORBIDDEN.sub(" ", title) for title in titles]
    return [f"{n} {title}"[:_LONGEST].strip().strip("'") for n, title in enumerate(plain, 1)]

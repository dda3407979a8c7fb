"""Tables as files for German offices: CSV (`;`, decimal comma, UTF-8 with BOM) and XLSX with real numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite

import polars as pl
import xlsxwriter

OPTIONS = {
    "in_memory": True,
    "default_date_format": "dd.mm.yyyy",
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(text: str | None) -> str:
    """Return a text cell that no spreadsheet takes for a formula; numbers never go through here (`-3,9` stays
    one)."""
    text = text or ""
    return "'" + text if text.startswith(_FORMULA_STARTS) and len(text) > 1 else text


def plain(text: str) -> str:
    """Return what a text cell was before `neutral`: our own apostrophe goes, every other one stays."""
    return text[1:] if text.startswith("'") and neutral(text[1:]) == text else text


def _german(cell: object) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return format(Decimal(format(cell, ".15g")), "f").replace(".", ",") if isfinite(cell) else ""
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return "" if cell is None else neutral(cell) if isinstance(cell, str) else str(cell)


def rows_csv(rows: Iterable[Sequence[str]], *, figures: Collection[int] = ()) -> bytes:
    """Return rows of text as CSV; cells are safe to open in a spreadsheet and are read back unchanged.

    `figures`: the columns of numbers, in which `-5` is no formula.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell if at in figures else neutral(cell) for at, cell in enumerate(row)])
    return ("\ufeff" + text.getvalue()).encode()


def table_csv(frame: pl.DataFrame, notes: Mapping[str, str]) -> bytes:
    """Return a table as CSV with its notes (source, data date, …) below an empty line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows([_german(cell) for cell in row] for row in frame.iter_rows())
    writer.writerow([])
    writer.writerows([name, neutral(note)] for name, note in notes.items())
    return ("\ufeff" + text.getvalue()).encode()


def table_xlsx(frame: pl.DataFrame, notes: Mapping[str, str], title: str) -> bytes:
    """Return a table as a workbook: sheet "Daten" with real numbers and dates, sheet "Hinweise" with title
    and notes."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as workbook:
        bold, wrapped = (
            workbook.add_format({"bold": True}),
            workbook.add_format({"text_wrap": True, "valign": "top"}),
        )
        sheet = workbook.add_worksheet("Daten")
        frame.write_excel(
            workbook,
            sheet,
            header_format={"bold": True},
            autofit=True,
            freeze_panes=(1, 0),
            dtype_formats={pl.Float64: "#,##0.0##"},
        )
        about = workbook.add_worksheet("Hinweise")
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 100, wrapped)
        about.write_string(0, 0, "Titel", bold)
        about.write_string(0, 1, title, wrapped)
        for row, (name, note) in enumerate(notes.items(), 1):
            about.write_string(row, 0, name, bold)
            about.write_string(row, 1, note, wrapped)
    return memory.getvalue()

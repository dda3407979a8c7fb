"""Builds deliveries for the tests: a few rows of Langformat as CSV or XLSX, and what has been published since."""

import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

from etl.extract import Extract
from warehouse.questions import ask
from warehouse.snapshots import current_snapshot

HEADER = ("jobcenter", "kennzahl", "zeitraum", "wert")


def delivery(
    *rows: str, header: Sequence[str] = HEADER, name: str = "lieferung.csv", encoding: str = "utf-8"
) -> Extract:
    """Return a CSV delivery; every row is one string with `;` between the cells."""
    return Extract("".join(f"{row}\r\n" for row in (";".join(header), *rows)).encode(encoding), name)


def workbook(
    *rows: Sequence[object],
    header: Sequence[str] = HEADER,
    formats: dict[int, str] | None = None,
    name: str = "l.xlsx",
) -> Extract:
    """Return an XLSX delivery with typed cells; `formats` gives columns a number format."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("Daten")
        sheet.write_row(0, 0, header)
        shown = {column: book.add_format({"num_format": code}) for column, code in (formats or {}).items()}
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, *([shown[column]] if column in shown else []))
    return Extract(memory.getvalue(), name)


def published(folder: Path, question: str = "current_observations", **parameters: object) -> pl.DataFrame:
    """Return the answer to a question from the published snapshot."""
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    return ask(snapshot, question, **parameters)


def values(folder: Path) -> dict[tuple[str, str], float | None]:
    """Return the current values by (indicator, first day of the period)."""
    rows = published(folder).select("indicator", "period_start", "value").iter_rows()
    return {(indicator, start.isoformat()): value for indicator, start, value in rows}

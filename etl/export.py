"""Writes what the warehouse knows as Langformat; loading it again gives the same observations."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl
import xlsxwriter

from etl.formats import load_formats
from etl.numbers import number_text
from warehouse.catalog import Catalog
from warehouse.downloads import neutral
from warehouse.periods import period_code
from warehouse.questions import ask


def langformat_columns() -> tuple[str, ...]:
    """Return the names of the columns of the Langformat, in their documented order."""
    (format_,) = (entry for entry in load_formats() if entry.id == "langformat")
    return tuple(column.name for column in format_.columns)


def export(snapshot: Path, catalog: Catalog, *, as_of: int | None = None) -> pl.DataFrame:
    """Return all current observations as Langformat text columns, in a fixed order; `as_of`: those after an earlier act."""
    found = ask(snapshot, "current_observations", as_of=as_of)
    rows = [_row(observation, catalog) for observation in found.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=dict.fromkeys(langformat_columns(), pl.String), orient="row")


def _row(seen: dict[str, object], catalog: Catalog) -> tuple[object, ...]:
    value, status = seen["value"], catalog.statuses[str(seen["status"])]
    text = status.sign if value is None else number_text(float(str(value)))
    period = period_code(seen["period_start"], seen["period_end"])  # type: ignore[arg-type]
    unit = catalog.unit(str(seen["indicator"])).id
    return (
        *(
            seen["jobcenter"],
            seen["indicator"],
            seen["breakdown"],
            period,
            seen["time_concept"],
            seen["kind"],
            text,
            unit,
        ),
        *(
            seen["precision"],
            "" if value is None else status.id,
            str(seen["data_date"]),
            seen["source"],
            seen["place"],
        ),
        *(seen["line"], seen["note"]),
    )


def langformat_csv(frame: pl.DataFrame) -> bytes:
    """Return Langformat as CSV: `;`, UTF-8 with BOM, text cells safe to open in a spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(frame.columns)
    for row in frame.iter_rows(named=True):
        writer.writerow([cell if name == "wert" else neutral(cell) for name, cell in row.items()])
    return ("\ufeff" + text.getvalue()).encode()


def langformat_xlsx(frame: pl.DataFrame) -> bytes:
    """Return Langformat as a workbook with one sheet; every cell is text, so that `2019-06` stays a month."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Langformat")
        bold, text = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(frame.columns) - 1, 18, text)
        for index, name in enumerate(frame.columns):
            sheet.write_string(0, index, name, bold)
        for number, row in enumerate(frame.iter_rows(), 1):
            for index, cell in enumerate(row):
                sheet.write_string(number, index, cell or "", text)
    return memory.getvalue()


def template(format_id: str = "langformat") -> pl.DataFrame:
    """Return the template of a flat format: the header and one example row."""
    (format_,) = (entry for entry in load_formats() if entry.id == format_id)
    return pl.DataFrame({column.name: [column.example] for column in format_.columns})

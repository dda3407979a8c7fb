"""Reads XLS workbooks (Excel 5 to 2003) with the number format of every cell.

xlrd and not calamine: calamine tells the value of an XLS cell but not its format, and without that 0.234 and
23,4 % look alike, and error cells become empty.
"""

from __future__ import annotations

import io

import xlrd
from xlrd.sheet import Cell, Sheet

from etl.archive import NO_WORKBOOK, WITH_MACROS
from etl.cells import FORMULA_WITHOUT_RESULT, UNKNOWN_ERROR, cell_text, trimmed
from etl.numbers import number_text
from etl.sandbox import RefusedError, SheetCells
from etl.shown import kind_of

OLE = b"\xd0\xcf\x11\xe0"
_PASSWORD = "sie ist mit einem Kennwort geschützt; speichern Sie sie ohne Kennwort"
_PARTS = {"EncryptedPackage": _PASSWORD, "_VBA_PROJECT_CUR": WITH_MACROS}
"""Names of parts of the container that forbid reading it, and why."""


def xls_sheets(content: bytes) -> list[SheetCells]:
    """Return the sheets of an XLS workbook; hidden ones without rows (RefusedError where it cannot be read)."""
    for part, reason in _PARTS.items():
        if part.encode("utf-16-le") in content:
            raise RefusedError(reason)
    try:
        book = xlrd.open_workbook(
            file_contents=content, logfile=io.StringIO(), formatting_info=True, ragged_rows=True
        )
        return [
            {"name": sheet.name, "hidden": sheet.visibility != 0, "rows": _rows(book, sheet)}
            for sheet in book.sheets()
        ]
    except xlrd.XLRDError as error:
        raise RefusedError(_why(str(error))) from error
    except Exception as error:  # a parser written in Python meets damage as any kind of error
        raise RefusedError(f"die Arbeitsmappe ist beschädigt ({type(error).__name__})") from error


def _why(message: str) -> str:
    if "encrypted" in message:
        return _PASSWORD
    if "Can't find workbook" in message:
        return NO_WORKBOOK
    return "die Arbeitsmappe ist beschädigt"


def _rows(book: xlrd.Book, sheet: Sheet) -> list[list[str]]:
    if sheet.visibility != 0:
        return []
    kinds = [kind_of(book.format_map[style.format_key].format_str) for style in book.xf_list]
    return trimmed(
        [[_text(cell, kinds, book.datemode) for cell in sheet.row(number)] for number in range(sheet.nrows)]
    )


def _text(cell: Cell, kinds: list[str], datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return cell_text(cell.value, kinds[cell.xf_index])
    if cell.ctype == xlrd.XL_CELL_TEXT:  # nothing but a formula has an empty text
        return cell_text(cell.value, FORMULA_WITHOUT_RESULT)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, kinds[cell.xf_index], datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, UNKNOWN_ERROR))
    return ""


def _date(value: float, shown: str, datemode: int) -> str:
    try:
        return cell_text(xlrd.xldate.xldate_as_datetime(value, datemode), shown)
    except OverflowError:  # formatted as a date, but none
        return number_text(value)

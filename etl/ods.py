"""Reads ODS workbooks (OpenDocument, LibreOffice) row by row, with cell types, number formats and true row
numbers.

The file counts repeated cells and rows (`number-rows-repeated="1048000"`) and may count to a million: blank
ones cost nothing here, filled ones only as often as a person would repeat them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, iterparse

from etl.cells import FORMULA_WITHOUT_RESULT, UNKNOWN_ERROR, cell_text
from etl.odsstyles import TABLE, OdsStyles, attribute, named
from etl.sandbox import RefusedError, SheetCells

MOST_COLUMNS, MOST_ROWS, MOST_REPEATS = 16_384, 1_048_576, 10_000
_CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ERROR = re.compile(r"(?:#|Err:|Fehler:).*", re.DOTALL)
_NOT_SHOWN = {"annotation", "note", "ruby-text"}
_LONGEST_BLANK = 1_000


def ods_sheets(archive: zipfile.ZipFile) -> list[SheetCells]:
    """Return the sheets of an ODS workbook; hidden ones without rows (RefusedError where it repeats too
    much)."""
    styles = OdsStyles()
    if "styles.xml" in archive.namelist():
        with archive.open("styles.xml") as part:
            styles.add_from(element for _, element in iterparse(part))
    with archive.open("content.xml") as content:
        return list(_sheets(iterparse(content, ("start", "end")), styles))


def _sheets(events: Iterator[tuple[str, Element]], styles: OdsStyles) -> Iterator[SheetCells]:
    """Follow the document; only tables directly in the spreadsheet are sheets, not those in tracked changes
    or in links to other files."""
    path: list[str] = []
    sheet: _Sheet | None = None
    for event, element in events:
        name = named(element)
        if event == "start":
            path.append(name)
            if name == "table":
                if path[2:-1] == ["spreadsheet"]:
                    sheet = _Sheet(element, styles)
                elif path[-2] == "table-cell" and sheet:
                    raise RefusedError("die Arbeitsmappe enthält Tabellen in Zellen")
            continue
        path.pop()
        if name in ("styles", "automatic-styles"):
            styles.add_from(element.iter())
        if sheet is None or path[3:4] not in ([], ["table"]):
            continue
        if name == "table-column":
            sheet.add_columns(element)
        elif name == "table-row":
            sheet.add_rows(element)
            element.clear()
        elif name == "table" and len(path) == 3:
            yield {"name": sheet.name, "hidden": sheet.hidden, "rows": sheet.rows}
            sheet = None
            element.clear()


class _Sheet:
    """Collects the rows of one sheet; blank cells and rows count only when something follows them."""

    def __init__(self, table: Element, styles: OdsStyles) -> None:
        self.styles = styles
        self.name = attribute(table, "name")
        self.hidden = attribute(table, "style-name") in styles.hidden
        self.rows: list[list[str]] = []
        self.blank_rows = 0
        self.columns: list[tuple[int, str]] = []  # (how many, style of cells that name none)

    def add_columns(self, element: Element) -> None:
        self.columns.append(
            (_repeated(element, "number-columns-repeated"), attribute(element, "default-cell-style-name"))
        )

    def add_rows(self, element: Element) -> None:
        repeated = _repeated(element, "number-rows-repeated")
        row = [] if self.hidden else self._row(element)
        if not row:
            self.blank_rows += repeated
            return
        if repeated > MOST_REPEATS or len(self.rows) + self.blank_rows + repeated > MOST_ROWS:
            raise RefusedError(
                f"im Blatt »{self.name[:60]}« wiederholt sich eine Zeile {repeated} mal oder es hat mehr als {MOST_ROWS} Zeilen"
            )
        self.rows += [[] for _ in range(self.blank_rows)]
        self.rows += [list(row) for _ in range(repeated)]
        self.blank_rows = 0

    def _row(self, element: Element) -> list[str]:
        row: list[str] = []
        blank, default = 0, attribute(element, "default-cell-style-name")
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            repeated = _repeated(cell, "number-columns-repeated")
            if not cell.attrib and not len(cell):
                blank += repeated
                continue
            style = attribute(cell, "style-name") or default or self._column_style(len(row) + blank)
            text = _text(cell, self.styles.kinds.get(style, ""))
            if not text:
                blank += repeated
            elif len(row) + blank + repeated > MOST_COLUMNS:
                raise RefusedError(
                    f"im Blatt »{self.name[:60]}« hat eine Zeile mehr als {MOST_COLUMNS} Zellen"
                )
            else:
                row += [""] * blank + [text] * repeated
                blank = 0
        return row

    def _column_style(self, index: int) -> str:
        for count, style in self.columns:
            if index < count:
                return style
            index -= count
        return ""


def _repeated(element: Element, name: str) -> int:
    times = int(attribute(element, name) or 1)
    if times < 1:
        raise ValueError(name)
    return times


def _text(cell: Element, kind: str) -> str:
    """Return a cell as it is shown; an error or a formula without result is never an empty cell."""
    type_, shown = attribute(cell, "value-type"), _paragraphs(cell)
    is_error = "error" in (value for name, value in cell.attrib.items() if name.endswith("}value-type"))
    if is_error or (type_ in ("float", "percentage", "currency") and _ERROR.fullmatch(shown)):
        return shown or UNKNOWN_ERROR
    instead = shown or (FORMULA_WITHOUT_RESULT if attribute(cell, "formula") else "")
    if type_ in ("float", "percentage", "currency"):
        value = attribute(cell, "value")
        if not value:
            return instead
        if not _NUMBER.fullmatch(value):
            raise ValueError(value)
        return cell_text(float(value), "percent" if type_ == "percentage" else kind)
    if type_ == "date" and attribute(cell, "date-value"):
        return cell_text(datetime.fromisoformat(attribute(cell, "date-value")), kind)
    if type_ == "boolean" and attribute(cell, "boolean-value"):
        return cell_text(attribute(cell, "boolean-value") == "true")
    return cell_text(attribute(cell, "string-value") or instead)


def _paragraphs(cell: Element) -> str:
    return "\n".join("".join(_pieces(part)) for part in cell if named(part) == "p").strip()


def _pieces(part: Element) -> Iterator[str]:
    yield _BLANKS.sub(" ", part.text or "")
    for child in part:
        name = named(child)
        if name == "s":
            yield " " * min(int(attribute(child, "c") or 1), _LONGEST_BLANK)
        elif name in ("tab", "line-break"):
            yield " "
        elif name not in _NOT_SHOWN:
            yield from _pieces(child)
        yield _BLANKS.sub(" ", child.tail or "")

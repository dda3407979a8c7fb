"""Reads ODS workbooks (OpenDocument, LibreOffice) row by row, with cell types, number formats and true row
numbers.

The file counts repeated cells and rows (`number-rows-repeated="1048000"`) and may count to a million: blank
ones cost nothing here, filled ones only as often as a person would repeat them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, iterparse

from etl.odscells import ods_text
from etl.odsstyles import TABLE, OdsStyles, attribute, named
from etl.sandbox import RefusedError, SheetCells

MOST_COLUMNS, MOST_ROWS, MOST_REPEATS = 16_384, 1_048_576, 10_000
_TABLE = TABLE + "table"
_CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}


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
    row: Element | None = None
    for event, element in events:
        if sheet is not None and event == "start" and element.tag == _TABLE:
            raise RefusedError("die Arbeitsmappe enthält Tabellen in Tabellen")
        if row is not None and element is not row:  # the cells are read when their row is complete
            continue
        name = named(element)
        if event == "start":
            path.append(name)
            if name == "table" and path[2:-1] == ["spreadsheet"]:
                sheet = _Sheet(element, styles)
            elif name == "table-row" and sheet is not None:
                row = element
            continue
        path.pop()
        if name in ("styles", "automatic-styles"):
            styles.add_from(element.iter())
        if sheet is None:
            continue
        if name == "table-column":
            sheet.add_columns(element)
        elif name == "table-row":
            sheet.add_rows(element)
            element.clear()
            row = None
        elif name == "table":
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
            text = ods_text(cell, self.styles.kinds.get(style, ""))
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

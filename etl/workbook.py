"""The child process that reads one workbook (XLSX, XLS, ODS): bytes in, sheets of text cells out.
`etl.sandbox` starts it.

Cells become what a spreadsheet shows, in German notation: the number 12.5 is `12,5` (so a typed 34.301 and a
text "34.301" stay two different things), 0.234 in a cell formatted as percent is `23,4 %`, a date shown as
month is `2019-06`, a formula error is its text. Nothing is lost that the reader itself would turn into an
empty cell. The kind of workbook is told by its content, never by its name.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from etl.archive import kind_of_workbook
from etl.cells import cell_text, trimmed
from etl.ods import ods_sheets
from etl.sandbox import Limits, RefusedError, SheetCells, confine
from etl.shown import Shown, shown_cells
from etl.xls import OLE, xls_sheets

_DAMAGED = (
    *(CalamineError, zipfile.BadZipFile, ElementTree.ParseError, OSError, EOFError),
    *(ValueError, KeyError, NotImplementedError, RecursionError),
)


def main(limits: Limits) -> None:
    """Read the workbook on standard input and write its sheets, or why not, as JSON on standard output."""
    confine(limits)
    try:
        answer: dict[str, object] = {"sheets": _sheets(sys.stdin.buffer.read(), limits)}
    except RefusedError as reason:
        answer = {"refused": str(reason)}
    except _DAMAGED as error:
        answer = {"refused": f"die Arbeitsmappe ist beschädigt ({type(error).__name__})"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _sheets(content: bytes, limits: Limits) -> list[SheetCells]:
    if content.startswith(OLE):
        return xls_sheets(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if kind_of_workbook(archive, limits) == "ods":
            return ods_sheets(archive)
        shown = shown_cells(archive)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [
        {
            "name": sheet.name,
            "hidden": sheet.visible != SheetVisibleEnum.Visible,
            **(
                _rows(workbook, sheet.name, shown.get(sheet.name, {}))
                if sheet.visible == SheetVisibleEnum.Visible
                else {"rows": []}
            ),
        }
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _rows(workbook: CalamineWorkbook, name: str, shown: Shown) -> SheetCells:
    """Return the rows of a sheet, and how far their labels are indented where one of them is."""
    cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = trimmed(
        [
            [cell_text(cell, shown.get((number, index), "")) for index, cell in enumerate(row)]
            for number, row in enumerate(cells)
        ]
    )
    labels = [row[0] if row and isinstance(row[0], str) else "" for row in cells[: len(rows)]]
    indents = [len(label) - len(label.lstrip()) if label.strip() else 0 for label in labels]
    return {"rows": rows, "indents": indents} if any(indents) else {"rows": rows}


if __name__ == "__main__":
    main(Limits(*map(int, sys.argv[1:])))

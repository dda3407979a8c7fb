"""The child process that reads one XLSX workbook: bytes in, sheets of text cells out. `etl.sandbox` starts
it.

Cells become what a spreadsheet shows, in German notation: the number 12.5 is `12,5` (so a typed 34.301 and a
text "34.301" stay two different things), 0.234 in a cell formatted as percent is `23,4 %`, a date shown as
month is `2019-06`, a formula error is its text. Nothing is lost that the reader itself would turn into an
empty cell.
"""

from __future__ import annotations

import io
import json
import stat
import sys
import zipfile
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from etl.numbers import number_text, scaled
from etl.sandbox import Limits, RefusedError, confine
from etl.shown import Shown, shown_cells

_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}


def main(limits: Limits) -> None:
    """Read the workbook on standard input and write its sheets, or why not, as JSON on standard output."""
    confine(limits)
    try:
        answer: dict[str, object] = {"sheets": _sheets(sys.stdin.buffer.read(), limits)}
    except RefusedError as reason:
        answer = {"refused": str(reason)}
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, KeyError) as error:
        answer = {"refused": f"die Arbeitsmappe ist beschädigt ({type(error).__name__})"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _sheets(content: bytes, limits: Limits) -> list[dict[str, object]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _inspect(archive, limits)
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


def _inspect(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Look at every entry before a parser does: number, names, size unpacked, checksums, document types."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if (
        len(entries) > limits.entries
        or sum(entry.file_size for entry in entries) > limits.unpacked_megabytes * 1e6
    ):
        raise RefusedError(
            f"die Arbeitsmappe ist entpackt zu groß (höchstens {limits.unpacked_megabytes} MB und {limits.entries} Teile)"
        )
    if not _NEEDED.issubset(names) or len(set(names)) < len(names):
        raise RefusedError("sie ist keine Excel-Arbeitsmappe (XLSX)")
    for entry in entries:
        if ".." in entry.filename.split("/") or entry.filename.startswith("/") or _is_link(entry):
            raise RefusedError("die Arbeitsmappe enthält unzulässige Teile")
        if entry.flag_bits & 1:
            raise RefusedError("die Arbeitsmappe ist verschlüsselt; speichern Sie sie ohne Kennwort")
        if entry.filename.endswith("vbaProject.bin"):
            raise RefusedError("die Arbeitsmappe enthält Makros; speichern Sie sie als XLSX ohne Makros")
        part = archive.read(entry)  # checks size and checksum
        if entry.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in part or b"\0" in part):
            raise RefusedError("die Arbeitsmappe enthält unzulässige Teile")


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _rows(workbook: CalamineWorkbook, name: str, shown: Shown) -> dict[str, object]:
    """Return the rows of a sheet, and how far their labels are indented where one of them is."""
    rows, indents = [], []
    for number, cells in enumerate(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)):
        row = [cell_text(cell, shown.get((number, index), "")) for index, cell in enumerate(cells)]
        while row and not row[-1]:
            row.pop()
        rows.append(row)
        label = cells[0] if cells and isinstance(cells[0], str) else ""
        indents.append(len(label) - len(label.lstrip()) if label.strip() else 0)
    while rows and not rows[-1]:
        rows.pop()
    return {"rows": rows, "indents": indents} if any(indents) else {"rows": rows}


def cell_text(cell: object, shown: str = "") -> str:
    """Return a typed cell as a spreadsheet shows it, in German notation; dates as ISO, truth values as
    WAHR/FALSCH."""
    if isinstance(cell, bool):
        return "WAHR" if cell else "FALSCH"
    if isinstance(cell, int | float):
        return (
            number_text(scaled(float(cell), 100.0)) + " %" if shown == "percent" else number_text(float(cell))
        )
    if isinstance(cell, date):
        day = cell.isoformat()[:10]
        midnight = not isinstance(cell, datetime) or cell.time() == time.min
        return {"month": day[:7], "year": day[:4]}.get(shown, day if midnight else cell.isoformat(sep=" "))  # type: ignore[call-arg]
    text = str(cell).strip()
    return text or (shown if shown not in ("percent", "month", "year") else "")


if __name__ == "__main__":
    main(Limits(*map(int, sys.argv[1:])))

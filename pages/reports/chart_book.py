"""The workbook behind a native chart, and how the chart refers to its cells."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from html import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from pages.reports.native import Item, Native
from warehouse.downloads import neutral

SHEET = "Daten"
SERIAL = 25569
"""Office counts days from 30 December 1899."""


def even(native: Native) -> Native:
    """Give all series of points the same number of rows: LibreOffice shows none of them otherwise."""
    if native.kind != "xy":
        return native
    most = max((len(series.items) for series in native.series), default=0)
    even = []
    for series in native.series:
        last = series.items[-1].x if series.items else None
        more = (Item(None, last),) * (most - len(series.items))
        even.append(replace(series, items=(*series.items, *more)))
    return replace(native, series=tuple(even))


def _columns(native: Native) -> list[tuple[str, list[object]]]:
    """Return the columns of the workbook: names first, then for every series its values and what is written at them."""
    columns: list[tuple[str, list[object]]] = [("", list(native.categories))] if native.categories else []
    for series in native.series:
        if series.kind == "xy":
            dated = SERIAL if native.x.dated else 0
            columns.append(
                (f"{series.name} (x)", [None if i.x is None else i.x + dated for i in series.items])
            )
        columns.append((series.name, [item.y for item in series.items]))
        columns.append(
            (
                f"{series.name} – Beschriftung",
                [item.label.text if item.label else None for item in series.items],
            )
        )
    return columns


def workbook(native: Native) -> bytes:
    """Return the workbook of a chart: names, numbers, and what is written at them."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(SHEET)
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for column, (name, cells) in enumerate(_columns(native)):
            sheet.write_string(0, column, neutral(name))
            for row, cell in enumerate(cells, 1):
                if isinstance(cell, str):
                    sheet.write_string(row, column, neutral(cell))
                elif isinstance(cell, (int, float)):
                    sheet.write_number(
                        row, column, cell, day if name.endswith("(x)") and native.x.dated else None
                    )
    return memory.getvalue()


def reference(column: int, rows: int) -> str:
    """Return the cells of a column as a chart refers to them."""
    name = xl_col_to_name(column, col_abs=True)
    return f"{SHEET}!{name}$2:{name}${rows + 1}"


def numbers(column: int, values: Iterable[float | None]) -> str:
    """Return numbers with the cells they stand in; a gap is an empty cell."""
    told = list(values)
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{value!r}</c:v></c:pt>' for n, value in enumerate(told) if value is not None
    )
    return (
        f"<c:numRef><c:f>{reference(column, len(told))}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(told)}"/>{points}</c:numCache></c:numRef>'
    )


def series_name(column: int, name: str) -> str:
    """Return the name of a series with the cell it stands in."""
    place = f"{SHEET}!{xl_col_to_name(column, col_abs=True)}$1"
    return (
        f'<c:tx><c:strRef><c:f>{place}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
    )

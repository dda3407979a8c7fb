"""Finds the table in a sheet of a statistic: where its rows begin and end, what stands above each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.areas import Areas
from etl.layout import Layout, headings
from etl.read import Sheet
from warehouse.spelling import fold

_DEEPEST = 12
"""So many rows above the first area are looked at for headings."""
_TITLE_ROWS = 80
_NAME = r"[A-Za-zäöüÄÖÜ]{3}"
_KEY_COLUMNS = 4
"""Keys and names stand in one of the first columns."""


@dataclass(frozen=True)
class Table:
    """A table of a sheet. `columns`: (index, heading, heading of its period); `rows`: numbers of the sheet's rows."""

    sheet: Sheet
    title: str
    key: int
    name: int
    columns: tuple[tuple[int, str, str], ...]
    rows: tuple[int, ...]

    def cell(self, row: int, column: int) -> str:
        """Return a cell; rows end with their last filled one."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else ""


def find_table(sheet: Sheet, layout: Layout, areas: Areas) -> Table | None:
    """Return the table of a sheet, None where it is ignored, has not the title of the layout, or no area in it."""
    if sheet.hidden or is_ignored(sheet, layout):
        return None
    if not re.search(layout.title, _text(sheet.rows[: _first_keys(sheet, areas)])):
        return None
    key, name = _key_columns(sheet, areas)
    first = next((at for at in range(len(sheet.rows)) if _is_area(sheet, at, key, name, areas)), None)
    if first is None:
        return None
    width = max(map(len, sheet.rows[first : first + 50]))
    columns = [at for at in range(width) if at > max(key, name)]
    above = _headings_above(sheet, first, columns)
    title = _text(sheet.rows[: above[0] if above else first])
    last = _last(sheet, first, layout)
    filled = [at for at in columns if any(_cell(sheet, row, at) for row in range(first, last))]
    named = tuple((at, *_heading(sheet, above, at, layout)) for at in filled)
    rows = tuple(
        at
        for at in range(first, last)
        if any(_cell(sheet, at, column) for column in filled) and at not in above
    )
    return Table(sheet, title, key, name, named, rows)


def is_ignored(sheet: Sheet, layout: Layout) -> bool:
    """Tell whether a sheet is declared to hold nothing to load."""
    return bool(layout.ignored and re.search(layout.ignored, fold(sheet.name)))


def _first_keys(sheet: Sheet, areas: Areas) -> int:
    """Return how many rows stand above the first one with an official key beside a name, or with Deutschland in it."""
    for at, row in enumerate(sheet.rows[:_TITLE_ROWS]):
        named = any(fold(cell) == "deutschland" for cell in row[:_KEY_COLUMNS])
        if named or any(_beside_a_name(sheet, at, column, areas) for column in range(_KEY_COLUMNS)):
            return max(at, 1)
    return len(sheet.rows[:_TITLE_ROWS])


def _beside_a_name(sheet: Sheet, at: int, column: int, areas: Areas) -> bool:
    """Tell whether a cell is an official key: a number like any other, but with a name beside it."""
    beside = (_cell(sheet, at, each) for each in (column - 1, column + 1) if each >= 0)
    return areas.is_key(_cell(sheet, at, column)) and any(re.search(_NAME, cell) for cell in beside)


def _key_columns(sheet: Sheet, areas: Areas) -> tuple[int, int]:
    """Return the column with the most official keys, and the one beside it with the most names."""
    every = range(len(sheet.rows))
    key = max(
        range(_KEY_COLUMNS),
        key=lambda column: (sum(_beside_a_name(sheet, at, column, areas) for at in every), -column),
    )
    beside = [column for column in (key - 1, key + 1) if column >= 0]
    return key, max(
        beside, key=lambda column: sum(bool(re.search(_NAME, _cell(sheet, at, column))) for at in every)
    )


def _is_area(sheet: Sheet, at: int, key: int, name: int, areas: Areas) -> bool:
    filled = sum(bool(cell) for cell in sheet.rows[at][max(key, name) + 1 :])
    return filled > 0 and areas.knows(_cell(sheet, at, key), _cell(sheet, at, name))


def _headings_above(sheet: Sheet, first: int, columns: Sequence[int]) -> list[int]:
    """Return the rows with headings above the first area, from the first with several cells on; not those that count columns."""
    fewest = min(2, len(columns))
    found: list[int] = []
    for at in range(max(0, first - _DEEPEST), first):
        cells = [_cell(sheet, at, column) for column in columns]
        filled = [cell for cell in cells if cell]
        if len(filled) >= (1 if found else fewest) and not all(
            re.fullmatch(r"\d{1,2}", cell) for cell in filled
        ):
            found.append(at)
    return found


def _heading(sheet: Sheet, above: Sequence[int], column: int, layout: Layout) -> tuple[str, str]:
    """Return the heading of a column from top to bottom, and the part of it that is a period."""
    told: list[str] = []
    period = ""
    for depth, at in enumerate(above):
        cell = _cell(sheet, at, column)
        is_last = depth == len(above) - 1
        if (
            not cell
            and layout.merged
            and not is_last
            and any(_cell(sheet, below, column) for below in above[depth + 1 :])
        ):
            cell = _reaching_over(sheet, above[: depth + 1], column)
        if layout.period_heading and re.search(layout.period_heading, fold(cell)):
            period = cell
        elif cell and headings(cell) not in told[-1:]:
            told.append(headings(cell))
    return " | ".join(told), period


def _reaching_over(sheet: Sheet, rows: Sequence[int], column: int) -> str:
    """Return the heading of the last row that reaches over a column from its left, "" where a higher one begins between."""
    *higher, own = rows
    for at in range(column, 0, -1):
        if any(_cell(sheet, row, at) for row in higher):
            return ""
        if cell := _cell(sheet, own, at - 1):
            return cell
    return ""


def _last(sheet: Sheet, first: int, layout: Layout) -> int:
    """Return the row at which the notes below the table begin."""
    for at in range(first, len(sheet.rows)):
        start = fold(_cell(sheet, at, 0))
        if layout.ends and start and re.search(layout.ends, start):
            return at
    return len(sheet.rows)


def _cell(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else ""


def _text(rows: Sequence[Sequence[str]]) -> str:
    return fold(" ".join(cell for row in rows for cell in row if cell))

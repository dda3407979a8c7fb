"""Finds the sheets of an outline in a workbook: where the values begin, what stands above and beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.numbers import SIGNS, parse_number
from etl.outline import SEPARATOR, Line, Outline, Page, label_of
from etl.read import Sheet
from warehouse.spelling import fold

_TITLE_ROWS = 8
_DEEPEST = 40
"""Values begin in one of the first rows."""


@dataclass(frozen=True)
class Found:
    """A sheet that is a declared page. `first`: its first row with values; `headings`: of every column to the right."""

    sheet: Sheet
    page: Page
    first: int
    headings: dict[int, str]

    @property
    def columns(self) -> tuple[int | None, ...]:
        """Return where the columns of the page stand; None for one that is missing."""
        return tuple(
            next((at for at, heading in self.headings.items() if re.search(pattern, heading)), None)
            for pattern in self.page.columns
        )

    def cell(self, row: int, column: int) -> str:
        """Return a cell; rows end with their last filled one."""
        return _cell(self.sheet, row, column)


@dataclass(frozen=True)
class Labelled:
    """A row with values: its place, its path of labels, and what it is declared to be (None: nothing)."""

    row: int
    path: str
    line: Line | None
    repeated: bool


def find_pages(sheets: Sequence[Sheet], outline: Outline) -> tuple[Found, ...]:
    """Return the sheets that are declared pages, by their names or titles, and have one of their columns."""
    found = (_found(sheet, outline) for sheet in sheets if not sheet.hidden and sheet.rows)
    return tuple(each for each in found if each and any(at is not None for at in each.columns))


def is_ignored(sheet: Sheet, outline: Outline) -> bool:
    """Tell whether a sheet is declared to hold nothing to load, or shows only pictures."""
    return bool(outline.ignored and re.search(outline.ignored, fold(sheet.name))) or not any(
        map(any, sheet.rows)
    )


def _found(sheet: Sheet, outline: Outline) -> Found | None:
    if is_ignored(sheet, outline):
        return None
    titles = (fold(next(filter(None, row), "")) for row in sheet.rows[:_TITLE_ROWS])
    page = next(filter(None, (_page(title, outline) for title in (fold(sheet.name), *titles))), None)
    first = next((at for at in range(len(sheet.rows[:_DEEPEST])) if _has_values(sheet, at)), None)
    return Found(sheet, page, first, _headings(sheet, first)) if page and first is not None else None


def _page(title: str, outline: Outline) -> Page | None:
    return next((page for page in outline.pages if re.search(page.sheet, title)), None)


def _has_values(sheet: Sheet, at: int) -> bool:
    label, *cells = sheet.rows[at] or [""]
    is_label = re.search("[A-Za-zäöü]{2}", label) is not None
    return is_label and any(cell in SIGNS or parse_number(cell) is not None for cell in cells)


def _headings(sheet: Sheet, first: int) -> dict[int, str]:
    """Return the headings of the columns from top to bottom; one reaches over the empty cells to its right."""
    above = [
        at
        for at in range(first)
        if (filled := [cell for cell in sheet.rows[at][1:] if cell])
        and not all(re.fullmatch(r"\d{1,2}", cell) for cell in filled)
    ]
    width = max(len(row) for row in sheet.rows[first : first + _DEEPEST])
    return {column: _heading(sheet, above, column) for column in range(1, width)}


def _heading(sheet: Sheet, above: Sequence[int], column: int) -> str:
    told = []
    for depth, at in enumerate(above):
        cell = _cell(sheet, at, column)
        if not cell and any(_cell(sheet, below, column) for below in above[depth + 1 :]):
            cell = next((left for left in reversed(sheet.rows[at][1:column]) if left), "")
        told.append(label_of(cell))
    return " | ".join(filter(None, told))


def labelled(found: Found, outline: Outline) -> Iterator[Labelled]:
    """Return the rows with values, each with the path of labels it stands under.

    A row without values is a heading. A row belongs to the last one above it that is less deep by its label; where the
    sheet indents its labels, one that stands no deeper than the row above is beside it and not below.
    """
    above: list[tuple[int, int, str]] = []  # level, blanks before the label, label
    seen: Counter[str] = Counter()
    for at in range(len(found.sheet.rows)):
        text = found.cell(at, 0)
        label = label_of(text)
        if outline.ends and label and at >= found.first and re.search(outline.ends, fold(text)):
            return
        is_value = any(found.cell(at, column) for column in found.headings)
        if not label or (at < found.first and is_value):
            continue
        level, indent = outline.level(label) if is_value else 0, found.sheet.indent(at)
        above = [
            entry
            for entry in above
            if entry[0] < level and not (entry[0] > 1 and found.sheet.indents and entry[1] >= indent)
        ]
        above.append((level, indent, label))
        if is_value:
            path = SEPARATOR.join(entry[2] for entry in above)
            seen[path] += 1
            yield Labelled(at, path, *_declared(found.page, path, seen[path]))


def _declared(page: Page, path: str, position: int) -> tuple[Line | None, bool]:
    lines = [line for line in page.rows if re.search(line.row, path)]
    line = next((line for line in lines if line.at in (0, position)), None)
    return line, bool(line is None and lines)


def _cell(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else ""

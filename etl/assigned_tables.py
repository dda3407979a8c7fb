"""Finds the tables of a saved format in a file: the sheets and rows in which its headings stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.assigned import Assigned
from etl.formats import Format
from etl.heads import Head, heads
from etl.read import Sheet
from warehouse.spelling import fold

SEARCHED_ROWS = 60
"""Header rows stand in one of the first rows of a sheet."""


@dataclass(frozen=True)
class AssignedTable:
    """A sheet in which the headings of a format stand: its header row (index) and the columns below it."""

    sheet: Sheet
    top: int
    heads: tuple[Head, ...]

    @property
    def names(self) -> frozenset[str]:
        """Return the headings that stand there."""
        return frozenset(head.name for head in self.heads)


@dataclass(frozen=True)
class AssignedFile:
    """A delivered file of a saved format. `rivals`: the names of formats that fit it just as well."""

    format: Format
    assigned: Assigned
    sheets: Sequence[Sheet]
    tables: tuple[AssignedTable, ...]
    rivals: tuple[str, ...] = ()


def find_assigned(sheets: Sequence[Sheet], formats: Sequence[Format]) -> AssignedFile | None:
    """Return the saved format whose headings stand in the file, by content and not by name.

    Of several that fit, one that also knows the text above the table counts before one that does not, then the one that
    knows the most columns and misses the fewest.
    """
    found = []
    for format_ in formats:
        if format_.assigned is None:
            continue
        tables = tuple(each for sheet in sheets if (each := _table(sheet, format_.assigned)))
        if tables:
            names = max((table.names & format_.assigned.names for table in tables), key=len)
            rank = (bool(format_.assigned.title), len(names) - len(format_.assigned.names - names))
            found.append((rank, AssignedFile(format_, format_.assigned, sheets, tables)))
    if not found:
        return None
    best = max(rank for rank, _ in found)
    first, *others = [each for rank, each in found if rank == best]
    return replace(first, rivals=tuple(each.format.name for each in (first, *others)) if others else ())


def _table(sheet: Sheet, assigned: Assigned) -> AssignedTable | None:
    if sheet.hidden:
        return None
    best: AssignedTable | None = None
    most = 0
    for top in range(min(SEARCHED_ROWS, len(sheet.rows) - assigned.headers + 1)):
        if not any(sheet.rows[top]):
            continue
        columns = heads(sheet.rows, top, assigned.headers)
        table = AssignedTable(sheet, top, tuple(columns))
        known = len(table.names & assigned.names)
        if known > most and fits(assigned, table.names):
            best, most = table, known
    if best and assigned.title and fold(assigned.title) not in _above(sheet, best.top):
        return None
    return best


def fits(assigned: Assigned, names: frozenset[str]) -> bool:
    """Tell whether headings are those of a format: all that say something of a row, and half of those with values."""
    values = {each.name for each in assigned.values}
    wanted = {each.name for each in assigned.columns if each.read_as != "anmerkung"}
    return wanted <= names and len(values & names) * 2 >= max(len(values), 1)


def _above(sheet: Sheet, top: int) -> str:
    return fold(" ".join([sheet.name, *(cell for row in sheet.rows[:top] for cell in row if cell)]))

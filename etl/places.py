"""Names the cell of a delivery in which a value stands, where periods stand across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.across import PeriodColumn
from etl.problem import Problem


def place_of(column: PeriodColumn, sheet: str) -> tuple[str, str]:
    """Return what stands before and after the number of a row to name a cell of this column."""
    if not sheet:
        return "Zeile ", f", Spalte »{column.name}« der Lieferung"
    return f"Blatt {sheet}, Zelle {letters(column.index)}", ""


def letters(index: int) -> str:
    """Return the letters of a column of a spreadsheet, counted from 0."""
    before, last = divmod(index, 26)
    return (letters(before - 1) if before else "") + chr(65 + last)


def name_columns(problems: Iterable[Problem], across: Sequence[PeriodColumn], value: str) -> list[Problem]:
    """Return problems of the column `value` with the headings it stands for in a table with periods across."""
    if not across:
        return list(problems)
    names = across[0].name if len(across) == 1 else f"{across[0].name} bis {across[-1].name}"
    return [replace(found, column=names) if found.column == value else found for found in problems]

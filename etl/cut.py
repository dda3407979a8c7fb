"""Cuts a table out of a sheet: the cells of every row in the columns of its format, one row per value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from etl.across import Headings, PeriodColumn, read_headings
from etl.formats import Format
from etl.problem import Problem, problem
from etl.read import Sheet
from warehouse.downloads import plain
from warehouse.spelling import fold

LONGEST_CELL = 1_000


@dataclass(frozen=True)
class Raw:
    """The data rows of a recognised sheet: one text column per column of the format, and `row` as a
    spreadsheet shows it.

    `rows` counts all rows with data, those with a wrong number of fields included. Where periods stand across
    (`across`), each of their cells is such a row.
    """

    format: Format
    sheet: str
    frame: pl.DataFrame
    rows: int
    across: tuple[PeriodColumn, ...] = ()


def cut_table(sheet: Sheet, format_: Format, header: int) -> tuple[Raw, list[Problem]]:
    """Return the rows below a header row, sorted into the columns of the format, and what is wrong with
    them."""
    names = [fold(cell) for cell in sheet.rows[header]]
    while names and not names[-1]:
        names.pop()
    cutter = _Cutter(sheet, format_, names)
    if format_.stands_across(set(names)):
        known = zip(sheet.rows[header], names, strict=False)
        cutter.headings = read_headings(["" if name in cutter.columns else cell for cell, name in known])
    problems = list(cutter.column_problems(header))
    for number, row in enumerate(sheet.rows[header + 1 :], header + 2):
        if any(row):
            problems += cutter.cut(number, row)
    problems += cutter.blank_problems()
    if not cutter.rows:
        problems.append(problem("empty_file", sheet=sheet.name))
    schema = {"row": pl.Int64, **dict.fromkeys(cutter.columns, pl.String)}
    frame = pl.DataFrame({"row": cutter.numbers, **cutter.columns}, schema=schema)
    return Raw(format_, sheet.name, frame, cutter.rows, cutter.headings.columns), problems


class _Cutter:
    """Sorts the cells of one row after the other into the columns of the format."""

    def __init__(self, sheet: Sheet, format_: Format, names: list[str]) -> None:
        self.sheet, self.names, self.rows = sheet, names, 0
        self.numbers: list[int] = []
        self.columns: dict[str, list[str]] = {column.name: [] for column in format_.columns}
        self.positions = {name: names.index(name) for name in self.columns if name in names}
        self.untouched = {column.name for column in format_.columns if column.meaning == "number"}
        self.across, self.headings = format_.across, Headings()
        self.blank: list[tuple[int, str]] = []

    def column_problems(self, header: int) -> Iterator[Problem]:
        sheet, row = self.sheet, header + 1
        for name, count in Counter(name for name in self.names if name in self.columns).items():
            if count > 1:
                yield problem("duplicate_column", sheet=sheet.name, row=row, column=name)
        yield from self._period_problems(row)
        periods = {column.index for column in self.headings.columns} | set(self.headings.unclear)
        for index, name in enumerate(self.names):
            if index in periods:
                continue
            named = sheet.rows[header][index] or f"Nr. {index + 1}"
            if (name and name not in self.columns) or (not name and self._holds_data(index, header)):
                expected = ", ".join(self.columns)
                yield problem("unknown_column", sheet=sheet.name, row=row, column=named, expected=expected)

    def _period_problems(self, row: int) -> Iterator[Problem]:
        if told := ", ".join(self.headings.unclear.values()):
            yield problem("unclear_period_column", sheet=self.sheet.name, row=row, found=told)
        for one, other in self.headings.repeated:
            found = f"»{one.name}« und »{other.name}«"
            label = one.period.label
            yield problem(
                "repeated_period_column", sheet=self.sheet.name, row=row, found=found, expected=label
            )

    def blank_problems(self) -> Iterator[Problem]:
        """Say how many cells below period headings are empty, and where the first one stands."""
        if self.blank:
            (row, name), count = self.blank[0], len(self.blank)
            yield problem("empty_period_cells", sheet=self.sheet.name, row=row, column=name, found=str(count))

    def _holds_data(self, index: int, header: int) -> bool:
        return any(len(row) > index and row[index] for row in self.sheet.rows[header + 1 :])

    def cut(self, number: int, row: list[str]) -> list[Problem]:
        self.rows += len(self.headings.columns) or 1
        width = len(self.names)
        if self.sheet.name:  # rows of a workbook end with their last filled cell
            row = row + [""] * (width - len(row))
        if len(row) < width or any(row[width:]):
            found = len(row) if len(row) < width else max(index for index, cell in enumerate(row, 1) if cell)
            return [
                problem("ragged_row", sheet=self.sheet.name, row=number, found=found, expected=str(width))
            ]
        cells = {
            name: row[at] if name in self.untouched else plain(row[at]) for name, at in self.positions.items()
        }
        if long := [name for name, cell in cells.items() if len(cell) > LONGEST_CELL]:
            return [self._long(number, name, len(cells[name])) for name in long]
        if not self.headings:
            self._append(number, cells)
        for heading, period, cell in self.headings.spread(row):
            if cell:
                self._append(number, {**cells, **dict(zip(self.across, (period, cell), strict=True))})
            else:
                self.blank.append((number, heading.name))
        return []

    def _append(self, number: int, cells: dict[str, str]) -> None:
        self.numbers.append(number)
        for name, column in self.columns.items():
            column.append(cells.get(name, ""))

    def _long(self, row: int, column: str, length: int) -> Problem:
        allowed = f"{LONGEST_CELL} Zeichen"
        return problem(
            "long_cell", sheet=self.sheet.name, row=row, column=column, found=length, expected=allowed
        )

"""Reads the tables of a saved format as rows of the Langformat, each with its own cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import polars as pl

from etl.areas import Area
from etl.assigned import ASKED, Assigned, Word
from etl.assigned_areas import area_of, knowing
from etl.assigned_tables import AssignedFile, AssignedTable
from etl.formats import load_formats
from etl.heads import Head
from etl.lexicon import Lexicon
from etl.places import letters
from etl.problem import Problem, problem
from etl.tidy import Tidied, tidy_cut
from etl.titles import Titles
from warehouse.catalog import Catalog
from warehouse.downloads import plain
from warehouse.spelling import fold


def read_assigned(
    found: AssignedFile, extract: str, catalog: Catalog, received: date
) -> tuple[Tidied, list[Problem]]:
    """Return the observations of all tables of a file, and what is wrong with them.

    `extract`: the id of the file, for what was told of it; `received` dates values of a file that states no date.
    """
    known = knowing(catalog, found.assigned.words)
    read = [_Cutter(found, table, extract, known).read(known, received) for table in found.tables]
    problems = [entry for _, each in read for entry in each] + list(_unread(found))
    if found.rivals:
        problems.append(problem("several_formats", found=", ".join(found.rivals)))
    whole = Tidied(
        "observations",
        pl.concat([tidied.frame for tidied, _ in read]),
        sum(tidied.skipped for tidied, _ in read),
        frozenset().union(*(tidied.undated for tidied, _ in read)),
    )
    whole = replace(whole, areas=_beyond(found.assigned.words, whole.frame))
    return whole, list(dict.fromkeys(problems))


def _beyond(words: Iterable[Word], frame: pl.DataFrame) -> tuple[Area, ...]:
    """Return the areas beyond the catalog that rows are about."""
    there = set(frame["jobcenter"].unique().to_list())
    areas = {area.id: area for word in words if (area := area_of(word)) and area.id in there}
    return tuple(areas.values())


def _unread(found: AssignedFile) -> Iterator[Problem]:
    read = {table.sheet.name for table in found.tables}
    for sheet in found.sheets:
        if sheet.hidden:
            yield problem("hidden_sheet", found=sheet.name)
        elif sheet.name not in read and any(map(any, sheet.rows)):
            yield problem("unread_sheet", found=sheet.name)


def last_row(table: AssignedTable, assigned: Assigned) -> int:
    """Return the number of the last row that belongs to a table: the one before the row that ends it, or the last of all."""
    rows = table.sheet.rows
    for at in range(table.top + assigned.headers + assigned.below, len(rows)):
        start = next((fold(cell) for cell in rows[at] if cell), "")
        if assigned.ends and start and re.search(assigned.ends, start):
            return at
    return len(rows)


class _Cutter:
    """Sorts the cells of one table into rows of the Langformat: one row for each cell with a value."""

    def __init__(self, found: AssignedFile, table: AssignedTable, extract: str, catalog: Catalog) -> None:
        self.format, self.assigned, self.table, self.sheet = found.format, found.assigned, table, table.sheet
        (self.langformat,) = (entry for entry in load_formats() if entry.id == "langformat")
        self.problems: list[Problem] = []
        self.rows: list[dict[str, str]] = []
        self.cells: list[tuple[int, Head]] = []  # where each of `rows` stands
        self.left_out: Counter[str] = Counter()
        self.blank: list[tuple[int, Head]] = []
        by_name = {head.name: head for head in reversed(table.heads)}
        self.dimensions = [
            (each, by_name[each.name]) for each in self.assigned.columns if each.name in by_name
        ]
        declared = {each.name: each for each in self.assigned.values}
        self.values = [(declared[head.name], head) for head in table.heads if head.name in declared]
        self.first = table.top + self.assigned.headers + self.assigned.below
        self.last = last_row(table, self.assigned)
        self.lexicon = Lexicon(catalog)
        titles = Titles(self.sheet, table.top, self.last, self.lexicon)
        told = self.assigned.told(extract)
        once = {name: getattr(told, name) for name in ASKED if getattr(told, name)}
        self.once = {**self.format.given, **once, **titles.read(self.assigned.titles)}
        if other := titles.other_jobcenter(self.format.given.get("jobcenter", "")):
            titles.problems.append(problem("other_jobcenter", sheet=self.sheet.name, found=other))
        self.problems += titles.problems

    def read(self, catalog: Catalog, received: date) -> tuple[Tidied, list[Problem]]:
        self._check_columns()
        above: dict[str, str] = {}
        for at in range(self.first, self.last):
            self._cut(at, above)
        self._count()
        names = [column.name for column in self.langformat.columns]
        columns = {name: [row.get(name, "") for row in self.rows] for name in names}
        schema = {"row": pl.Int64, **dict.fromkeys(names, pl.String)}
        frame = pl.DataFrame({"row": range(len(self.rows)), **columns}, schema=schema)
        tidied, problems = tidy_cut(frame, self.langformat, self.sheet.name, catalog, received)
        numbers = pl.Series("number", [at + 1 for at, _ in self.cells], dtype=pl.Int64)
        placed = tidied.frame.with_columns(pl.col("row").map_elements(numbers.__getitem__, pl.Int64))
        undated = frozenset(self.cells[row][0] + 1 for row in tidied.undated)
        return replace(tidied, rows=placed, undated=undated), [*self.problems, *map(self._placed, problems)]

    def _cut(self, at: int, above: dict[str, str]) -> None:
        row = self.sheet.rows[at]
        said: dict[str, str] = {}
        for dimension, head in self.dimensions:
            cell = plain(row[head.index]) if head.index < len(row) else ""
            if dimension.filled:
                cell = above[dimension.name] = cell or above.get(dimension.name, "")
            said[dimension.read_as] = cell
        filled = [(value, head) for value, head in self.values if head.index < len(row) and row[head.index]]
        if not filled:
            return
        for column in [name for name in said if (name, fold(said[name])) in self.assigned.meanings]:
            word = self.assigned.meanings[column, fold(said[column])]
            if not word.means:
                self.left_out[f"mit »{word.text}«"] += 1
                return
            said[column] = word.means
            said["merkmal"] = "+".join(part for part in (said.get("merkmal", ""), word.merkmal) if part)
        if self._is_elsewhere(said.get("jobcenter", "")):
            self.left_out["anderer Gebiete"] += 1
            return
        self.blank += [(at, head) for _, head in self.values if head.index >= len(row) or not row[head.index]]
        _join_year_and_month(said)
        for value, head in filled:
            self._append(at, head, said, {**vars(value), "wert": row[head.index], "zeitraum": head.period})

    def _is_elsewhere(self, area: str) -> bool:
        return self.assigned.known_only and bool(area) and self.lexicon.area(area) is None

    def _append(self, at: int, head: Head, said: dict[str, str], own: dict[str, str]) -> None:
        names = [column.name for column in self.langformat.columns]
        row = {name: own.get(name) or said.get(name) or self.once.get(name, "") for name in names}
        parts = [each.get("merkmal", "") for each in (own, said, self.once)]
        row["merkmal"] = "+".join(part for part in parts if part)
        row["fundstelle"] = (
            f"Blatt {self.sheet.name}, Zelle {letters(head.index)}{at + 1}"
            if self.sheet.name
            else f"Zeile {at + 1}, Spalte »{head.label}« der Lieferung"
        )
        self.rows.append(row)
        self.cells.append((at, head))

    # --- what is wrong

    def _check_columns(self) -> None:
        row = self.table.top + self.assigned.headers
        known = {*self.assigned.names, *self.assigned.ignored}
        there = {head.name for head in self.table.heads}
        unknown = {head.name: head.shown or head.label for head in self.table.heads if head.name not in known}
        expected = ", ".join(sorted(name for name in self.assigned.names if name))
        for name in unknown.values():
            self._note("unknown_column", row, name, expected=expected)
        for value in self.assigned.values:
            if value.name not in there:
                self._note("missing_values", row, value.name)
        unclear = [head.told for _, head in self.values if head.told and not head.period]
        if unclear:
            self._note("unclear_period_column", row, found=", ".join(unclear))
        is_told = self.assigned.says("zeitraum") or self.once.get("zeitraum")
        if not is_told and any(not head.told for _, head in self.values):
            self._note("untold", found="der Zeitraum")

    def _count(self) -> None:
        if self.blank:
            at, head = self.blank[0]
            self._note("empty_cells", at + 1, head.label, found=str(len(self.blank)))
        if self.left_out:
            told = ", ".join(f"Zeilen {which} ({times})" for which, times in self.left_out.items())
            self._note("left_out", found=told)
        if not self.rows:
            self._note("empty_file")

    def _note(
        self, code: str, row: int | None = None, column: str = "", *, found: str = "", expected: str = ""
    ) -> None:
        sheet = self.sheet.name
        self.problems.append(
            problem(code, sheet=sheet, row=row, column=column, found=found, expected=expected)
        )

    def _placed(self, found: Problem) -> Problem:
        """Return a problem with the row and the heading of the file instead of those of the Langformat."""
        if found.row is None:
            return found
        at, head = self.cells[found.row]
        own = next((column.name for column, _ in self.dimensions if column.read_as == found.column), "")
        return replace(
            found, row=at + 1, column=head.label if found.column == "wert" else own or found.column
        )


def _join_year_and_month(said: dict[str, str]) -> None:
    year, month = said.pop("jahr", ""), said.pop("monat", "")
    if year:
        said["zeitraum"] = f"{month}/{year}" if month.isdecimal() else f"{month} {year}".strip()

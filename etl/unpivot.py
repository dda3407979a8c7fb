"""Turns the tables of a statistic into observations: every cell with its area, quantity, part, period and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.areas import Areas
from etl.dating import Dating
from etl.formats import Format
from etl.layout import Layout, Measure, headings
from etl.lexicon import Lexicon
from etl.numbers import NUMBER_EXAMPLES, SIGNS, parse_number, scaled
from etl.problem import Problem, problem
from etl.read import Sheet
from etl.tables import Table, find_table, is_ignored
from etl.tidy import Tidied
from warehouse.catalog import Catalog
from warehouse.schema import KEY, OBSERVATION
from warehouse.spelling import fold


@dataclass(frozen=True)
class Statistic:
    """A delivered file of a declared statistic: its format and the tables found in it."""

    format: Format
    layout: Layout
    sheets: Sequence[Sheet]
    tables: tuple[Table, ...]
    areas: Areas


def find_statistic(sheets: Sequence[Sheet], formats: Sequence[Format], catalog: Catalog) -> Statistic | None:
    """Return the statistic whose title stands above a table of the file, by content and not by name."""
    lexicon = Lexicon(catalog)
    for format_ in formats:
        if format_.layout is None:
            continue
        areas = Areas(catalog, lexicon, format_.layout.keys, under_land=format_.layout.under_land)
        tables = tuple(table for sheet in sheets if (table := find_table(sheet, format_.layout, areas)))
        if tables:
            return Statistic(format_, format_.layout, sheets, tables, areas)
    return None


def unpivot(found: Statistic, catalog: Catalog, received: date) -> tuple[Tidied, list[Problem]]:
    """Return the observations of all tables, and what could not be understood.

    `received` dates the values of a file that states no date.
    """
    reader = _Reader(found, catalog, received)
    rows = [row for table in found.tables for row in reader.table(table)]
    read = pl.DataFrame(rows, schema=OBSERVATION, orient="row")
    frame = read.unique(
        [*KEY, "value", "status"], keep="first", maintain_order=True
    )  # a Land stands twice: above and in place
    undated = frozenset(frame["row"].unique().to_list()) if reader.dating.data_date is None else frozenset()
    problems = [
        *_unread(found),
        *reader.dating.months_that_differ(),
        *reader.rows_left_out(),
        *reader.problems,
    ]
    valued = set(frame["jobcenter"])
    areas = tuple(area for area in found.areas.found.values() if area.id in valued)
    return Tidied("observations", frame, reader.cells - len(rows), undated, areas=areas), problems


def _unread(found: Statistic) -> Iterator[Problem]:
    read = {table.sheet.name for table in found.tables}
    for sheet in found.sheets:
        if sheet.hidden:
            yield problem("hidden_sheet", found=sheet.name)
        elif sheet.name not in read and sheet.rows and not is_ignored(sheet, found.layout):
            yield problem("unread_sheet", found=sheet.name)


class _Reader:
    """Reads one table after the other and notes every problem with its place."""

    def __init__(self, found: Statistic, catalog: Catalog, received: date) -> None:
        self.layout, self.areas, self.catalog, self.received = found.layout, found.areas, catalog, received
        self.signs = Lexicon(catalog).signs
        self.problems: list[Problem] = []
        self.dating = Dating(found.layout, found.sheets, received, self._note)
        self.unknown: set[tuple[str, str]] = set()
        self.left_out: Counter[str] = Counter()
        self.cells = 0

    def table(self, table: Table) -> Iterator[tuple[object, ...]]:
        layout, name = self.layout, table.sheet.name
        period = self.dating.of_table(table)
        columns = [
            (
                at,
                heading,
                measure,
                self._breakdown(table, heading, measure),
                self.dating.of_column(table, heading, dated) or period,
            )
            for at, heading, dated in table.columns
            if (measure := self._measure(table, heading)) and measure.indicator
        ]
        for row in table.rows:
            area = self._area(table, row)
            if not area or self._is_left_out(table, row, [at for at, *_ in columns]):
                continue
            note = layout.note if area in self.areas.jobcenters else ""
            own = self.dating.of_row(table, row)
            for at, heading, measure, breakdown, dated in columns:
                when = own or dated
                text = table.cell(row, at)
                if not text or when is None:
                    continue
                self.cells += 1
                place = (
                    f"Blatt {name}, Zelle {_letters(at)}{row + 1}"
                    if name
                    else f"Zeile {row + 1}, Spalte »{_letters(at)}«"
                )
                read = self._value(text, measure, name, row, heading)
                if read is not None:
                    value, status = read
                    yield (
                        area, measure.indicator, breakdown, when.start, when.end, layout.time_concept, "ist", value, status,
                        "exakt", layout.source, self.dating.data_date or self.received, place, "", note, row + 1,
                    )  # fmt: skip

    def rows_left_out(self) -> Iterator[Problem]:
        """Count in one note what is left out by declaration."""
        if self.left_out:
            told = "; ".join(
                f"{number} {'Zeile' if number == 1 else 'Zeilen'} {why}"
                for why, number in self.left_out.items()
            )
            yield problem("left_out", found=told)

    # --- columns

    def _measure(self, table: Table, heading: str) -> Measure | None:
        measure = self.layout.measure_of(heading)
        if measure is None and (table.sheet.name, heading) not in self.unknown:
            self.unknown.add((table.sheet.name, heading))
            self._note(table.sheet.name, None, heading or "ohne Überschrift", "unknown_heading")
        return measure

    def _breakdown(self, table: Table, heading: str, measure: Measure) -> str:
        parts = {
            *self.layout.parts_in(headings(table.title)),
            *self.layout.parts_in(heading),
            measure.breakdown,
        }
        return "+".join(sorted(part for part in parts if part))

    # --- rows and cells

    def _area(self, table: Table, row: int) -> str | None:
        key, name = table.cell(row, table.key).strip(), table.cell(row, table.name)
        found = self.areas.find(key, name)
        if found is None and (key or name):
            self._note(table.sheet.name, row, "", "unknown_area", f"{key} {name}".strip())
        if found and (other := self.areas.contradicted(found, name)):
            names = self.catalog.area_name
            self._note(
                table.sheet.name,
                row,
                "",
                "key_and_name",
                f"{key} {name}",
                f"{names(found)} oder {names(other)}",
            )
            return None
        if found == "":
            self.left_out["zu Gebieten anderer Ebenen"] += 1
        return found

    def _is_left_out(self, table: Table, row: int, columns: Sequence[int]) -> bool:
        level = fold(table.cell(row, max(table.key, table.name) + 1))
        if self.layout.rows and not re.search(self.layout.rows, level):
            self.left_out["zu Gebieten anderer Ebenen"] += 1
            return True
        cells = [table.cell(row, at) for at in columns] if self.layout.dissolved else ()
        if cells and all(SIGNS.get(cell) == "-" for cell in cells):
            self.left_out["zu aufgelösten Gebieten (nur »-«)"] += 1
            return True
        return False

    def _value(
        self, text: str, measure: Measure, sheet: str, row: int, heading: str
    ) -> tuple[float | None, str] | None:
        if text in SIGNS:
            return None, self.signs[SIGNS[text]]
        value = parse_number(text)
        if value is None:
            self._note(sheet, row, heading, "bad_number", text, NUMBER_EXAMPLES)
            return None
        own = self.catalog.unit(measure.indicator)
        if measure.unit:
            value = scaled(value, self.catalog.units[measure.unit].factor, own.factor)
        is_count = not own.decimals and not own.suffix.endswith("%")
        return value, self.layout.fractions if is_count and value != int(value) else "endgueltig"

    def _note(
        self, sheet: str, row: int | None, column: str, code: str, found: object = "", expected: str = ""
    ) -> None:
        at = None if row is None else row + 1
        self.problems.append(
            problem(code, sheet=sheet, row=at, column=column, found=found, expected=expected)
        )


def _letters(column: int) -> str:
    """Return the letters of a spreadsheet's column: 0 → A, 26 → AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text

"""Turns the sheets of a workbook about one Jobcenter into observations: every cell with its month and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from xlsxwriter.utility import xl_rowcol_to_cell

from etl.formats import Format
from etl.lexicon import Lexicon
from etl.numbers import NUMBER_EXAMPLES, SIGNS, parse_number
from etl.outline import Outline
from etl.outlined import Found, Labelled, find_pages, is_ignored, labelled
from etl.problem import Problem, problem
from etl.read import Sheet
from etl.subject import jobcenter_of
from etl.tidy import Tidied
from warehouse.catalog import Catalog
from warehouse.periods import Period, parse_period
from warehouse.schema import OBSERVATION
from warehouse.spelling import fold

_TITLE_ROWS = 40
"""The date of a file stands in the first or last rows of its sheets."""
_Row = tuple[object, ...]


@dataclass(frozen=True)
class Workbook:
    """A delivered workbook about one area: its format and the declared sheets found in it."""

    format: Format
    outline: Outline
    sheets: Sequence[Sheet]
    pages: tuple[Found, ...]


def find_workbook(sheets: Sequence[Sheet], formats: Sequence[Format]) -> Workbook | None:
    """Return the workbook whose sheets a format declares, by their names and headings, not by the file's name."""
    for format_ in formats:
        if format_.outline and (pages := find_pages(sheets, format_.outline)):
            return Workbook(format_, format_.outline, sheets, pages)
    return None


def read_workbook(found: Workbook, catalog: Catalog, received: date) -> tuple[Tidied, list[Problem]]:
    """Return the observations of all declared sheets, and what could not be understood.

    `received` dates the values of a file that states no date. Without a known Jobcenter nothing is loaded.
    """
    reader = _Reader(found, catalog, received)
    area = jobcenter_of([page.sheet for page in found.pages], found.sheets, catalog)
    if isinstance(area, Problem):
        reader.problems.append(area)
    rows = [row for page in found.pages for row in reader.page(page, area)] if isinstance(area, str) else []
    frame = pl.DataFrame(rows, schema=OBSERVATION, orient="row")
    undated = frozenset(frame["row"].unique().to_list()) if reader.data_date is None else frozenset()
    return Tidied("observations", frame, reader.refused, undated), [*_unread(found), *reader.problems]


def _unread(found: Workbook) -> Iterator[Problem]:
    read = {page.sheet.name for page in found.pages}
    for sheet in found.sheets:
        if sheet.hidden:
            yield problem("hidden_sheet", found=sheet.name)
        elif sheet.name not in read and not is_ignored(sheet, found.outline):
            yield problem("unread_sheet", found=sheet.name)


class _Reader:
    """Reads one sheet after the other and notes every problem with its place."""

    def __init__(self, found: Workbook, catalog: Catalog, received: date) -> None:
        self.outline, self.sheets, self.pages = found.outline, found.sheets, found.pages
        self.catalog, self.received = catalog, received
        self.lexicon = Lexicon(catalog)
        self.problems: list[Problem] = []
        self.refused = 0
        dated = self._anywhere(self.outline.data_date) if self.outline.data_date else None
        created = parse_period(dated) if dated else None
        self.data_date = created.end if created else None

    def page(self, page: Found, area: str) -> Iterator[_Row]:
        """Return the observations of one sheet."""
        columns, period = page.columns, self._period(page)
        for pattern, at in zip(page.page.columns, columns, strict=True):
            if at is None:
                self._note(page, None, "", "missing_heading", pattern.strip("^$"))
        for heading in page.headings.values():
            known = (*page.page.columns, self.outline.besides or r"\A\Z")
            if heading and not any(re.search(pattern, heading) for pattern in known):
                self._note(page, None, heading, "unknown_heading")
        if period is None and not any(map(self._month, page.headings.values())):
            self._note(page, None, "", "no_period")
            return
        for row in labelled(page, self.outline):
            if row.line is None:
                self._note(page, row.row, "", "repeated_row" if row.repeated else "unknown_row", row.path)
                continue
            for at, part, addresses in zip(columns, page.page.parts, row.line.values, strict=False):
                when = at is not None and (self._month(page.headings[at]) or period)
                if at is not None and when and addresses and page.cell(row.row, at):
                    yield from self._cell(page, row, at, addresses.split(), part, area, when)

    def _cell(
        self, page: Found, row: Labelled, at: int, series: list[str], part: str, area: str, when: Period
    ) -> Iterator[_Row]:
        text = page.cell(row.row, at)
        place = f"Blatt {page.sheet.name}, Zelle {xl_rowcol_to_cell(row.row, at)}"
        for address in series:
            indicator, _, own = address.partition("/")
            breakdown = "+".join(sorted(filter(None, (*own.split("+"), part))))
            read = self._value(text, indicator)
            if read is None:
                self.refused += 1
                self._note(page, row.row, page.headings[at], "bad_number", text, NUMBER_EXAMPLES)
                return
            yield (
                area, indicator, breakdown, when.start, when.end, self.outline.time_concept, "ist", *read,
                "exakt", self.outline.source, self.data_date or self.received, place, "", "", row.row + 1,
            )  # fmt: skip

    def _value(self, text: str, indicator: str) -> tuple[float | None, str] | None:
        if text in SIGNS:
            return None, self.lexicon.signs[SIGNS[text]]
        value, unit = parse_number(text.removesuffix(" %")), self.catalog.unit(indicator)
        if value is None:
            return None
        is_count = not unit.decimals and not unit.suffix.endswith("%")
        return value, self.outline.fractions if is_count and value != int(value) else "endgueltig"

    def _period(self, page: Found) -> Period | None:
        for row in page.sheet.rows[: page.first]:
            for cell in filter(None, row):
                if period := self._month(fold(cell)):
                    return period
        return None

    def _month(self, text: str) -> Period | None:
        if self.outline.no_period and re.search(self.outline.no_period, text):
            return None
        found = re.search(self.outline.period, text)
        return parse_period(found[1]) if found else None

    def _anywhere(self, pattern: str) -> str | None:
        for sheet in self.sheets:
            for row in (*sheet.rows[:_TITLE_ROWS], *sheet.rows[-_TITLE_ROWS:]):
                if found := re.search(pattern, fold(" ".join(filter(None, row)))):
                    return found[1]
        return None

    def _note(
        self, page: Found, row: int | None, column: str, code: str, found: str = "", expected: str = ""
    ) -> None:
        at = None if row is None else row + 1
        self.problems.append(
            problem(code, sheet=page.sheet.name, row=at, column=column, found=found, expected=expected)
        )

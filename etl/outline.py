"""How a workbook about one area looks whose rows are the quantities, declared as `[outline]` of a format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from warehouse.spelling import fold

SEPARATOR = " > "
"""Stands between the labels of a path: `arbeitslose > bestand`."""


@dataclass(frozen=True)
class Line:
    """A row: what its path matches, and the series (`indicator`, `indicator/breakdown`) its cells become.

    `values`: one text per column of the sheet (or one for all of them), several series separated by blanks, "" for a
    column that is not loaded; without values the row is known and not loaded. `at`: which of several rows with this
    path is meant, 0 any of them.
    """

    row: str
    values: tuple[str, ...] = ()
    at: int = 1


@dataclass(frozen=True)
class Page:
    """A sheet: what its name (or a title in it) matches, its columns with values by their headings, its rows.

    Of several columns whose headings match the leftmost counts: changes and shares stand to the right of the value.
    `parts`: breakdowns that the columns add to those of their rows.
    """

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """The sheets of a workbook about one Jobcenter.

    All patterns are regular expressions, searched in folded text. `period`: its first group is the month, in a cell
    above the table or in the heading of a column; cells that match `no_period` are left out. `ignored`: sheets that hold
    nothing to load. `besides`: headings of columns that are known and not loaded. `levels`: labels that belong to the
    row above them, each pattern one level deeper. `fractions`: the status of counts that are no whole numbers. `ends`:
    the first cell that belongs to the notes below a table.
    """

    source: str
    time_concept: str
    period: str
    pages: tuple[Page, ...]
    no_period: str = ""
    data_date: str = ""
    ignored: str = ""
    besides: str = ""
    levels: tuple[str, ...] = ()
    fractions: str = "endgueltig"
    ends: str = ""

    def level(self, label: str) -> int:
        """Return how deep a row with values stands below its heading: 1, or deeper by the pattern its label matches."""
        return next((at for at, pattern in enumerate(self.levels, 2) if re.search(pattern, label)), 1)

    def series(self) -> Iterator[str]:
        """Return every series the outline loads, as catalog addresses."""
        for page in self.pages:
            for line in page.rows:
                for text in line.values:
                    yield from text.split()


def outline_of(block: dict[str, Any]) -> Outline:
    """Build an outline from the `[outline]` of a format (TypeError or re.error where the declaration is wrong).

    Its `rows` are those of every page that declares none.
    """
    shared = block.pop("rows", [])
    pages = tuple(_page({"rows": shared, **entry}) for entry in block.pop("pages"))
    made = Outline(pages=pages, levels=tuple(block.pop("levels", ())), **block)
    patterns = [made.period, made.no_period, made.data_date, made.ignored, made.besides, made.ends]
    for page in pages:
        patterns += [page.sheet, *page.columns, *(line.row for line in page.rows)]
    for pattern in (*patterns, *made.levels):
        re.compile(pattern)
    return made


def _page(entry: dict[str, Any]) -> Page:
    columns, parts = tuple(entry.pop("columns")), tuple(entry.pop("parts", ()))
    lines = tuple(_line(line, len(columns)) for line in entry.pop("rows"))
    return Page(columns=columns, rows=lines, parts=parts or ("",) * len(columns), **entry)


def _line(entry: dict[str, Any], columns: int) -> Line:
    values = tuple(entry.get("values", ()))
    every = values * columns if len(values) == 1 else values
    return Line(entry["row"], every, entry.get("at", 1 if values else 0))


def label_of(text: str) -> str:
    """Return a label as patterns see it: words broken over lines joined, marks of footnotes behind it gone."""
    label = fold(re.sub(r"(?<=\w)-\n(?=[a-zäöü])", "", text))
    while (found := re.search(r"\s*(\d{1,2}\)|\*\)?)$", label)) and label.count(")") != label.count("("):
        label = label[: found.start()]
    return label.rstrip(" *:")

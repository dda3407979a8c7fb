"""How the tables of a statistic look, declared beside the flat formats: which sheets, which keys, what a heading means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from warehouse.spelling import fold


@dataclass(frozen=True)
class Measure:
    """A column of a table: what its heading matches, and what its values are.

    `heading` is searched in the heading as `headings` gives it; the first measure that matches counts. Without
    indicator the column is known and not loaded. `unit`: the unit of the file where it is not that of the indicator.
    """

    heading: str
    indicator: str = ""
    breakdown: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Part:
    """A word in a title or heading that says which part of the whole is counted (`männlich` → maenner)."""

    pattern: str
    breakdown: str


@dataclass(frozen=True)
class Layout:
    """The tables of one statistic.

    All patterns are regular expressions, searched in folded text (lower case, single blanks). `title` stands above
    every table; sheets without it whose name matches `ignored` hold nothing to load. `keys`: number of digits of an
    official key → what it names ("jobcenter", "kreis", "land", "" for what is left out). `period`: its first group is
    the period of a whole table; else `period_column` says that it stands in the first column, `period_heading` that it
    stands in the headings. `data_date`: its first group is the date of the data, anywhere in the file.
    `merged`: a heading reaches over the empty cells to its right. `fractions`: the status of counts that are no whole
    numbers. `ends`: the first cell that belongs to the notes below a table. `rows`: what the cell after key and name
    says in rows that are loaded, where one key may name areas of several levels. `dissolved`: rows of nothing but `-`
    are areas that do not exist in that period. `under_land`: Jobcenter stand below
    the row of their Land. `note`: what is said of every value of a Jobcenter in the catalog.
    """

    title: str
    keys: Mapping[str, str]
    source: str
    time_concept: str
    measures: tuple[Measure, ...]
    parts: tuple[Part, ...] = ()
    ignored: str = ""
    period: str = ""
    period_column: bool = False
    period_heading: str = ""
    data_date: str = ""
    merged: bool = False
    fractions: str = "endgueltig"
    ends: str = ""
    rows: str = ""
    dissolved: bool = False
    under_land: bool = False
    note: str = ""

    def measure_of(self, heading: str) -> Measure | None:
        """Return what a column is by its heading."""
        return next((entry for entry in self.measures if re.search(entry.heading, heading)), None)

    def parts_in(self, text: str) -> tuple[str, ...]:
        """Return the breakdowns a title or heading speaks of."""
        return tuple(part.breakdown for part in self.parts if re.search(part.pattern, text))

    @cached_property
    def digits(self) -> tuple[int, ...]:
        """Return the lengths of official keys, shortest first."""
        return tuple(sorted(map(int, self.keys)))


def layout_of(block: dict[str, Any]) -> Layout:
    """Build a layout from the `[table]` of a format (TypeError or re.error where the declaration is wrong)."""
    measures = tuple(Measure(**entry) for entry in block.pop("measures"))
    parts = tuple(Part(**entry) for entry in block.pop("parts", ()))
    made = Layout(measures=measures, parts=parts, **block)
    patterns = [
        made.title,
        made.ignored,
        made.period,
        made.period_heading,
        made.data_date,
        made.ends,
        made.rows,
    ]
    for pattern in (*patterns, *(each.heading for each in measures), *(each.pattern for each in parts)):
        re.compile(pattern)
    return made


def headings(text: str) -> str:
    """Return a heading as patterns see it: words broken over lines joined, marks of footnotes and numbers of columns gone."""
    joined = re.sub(r"(?<=\w)-\n(?=[a-zäöü])", "", text)
    return re.sub(r"(?<=\D)\s*\b\d\)|\*\)?$|\(sp\..*?\)", "", fold(joined)).strip()

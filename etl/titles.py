"""What stands once in a sheet and holds for its whole table: above it, in the sheet's name, or below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from etl.assigned import Title
from etl.lexicon import Lexicon
from etl.problem import Problem, problem
from etl.read import Sheet
from warehouse.periods import parse_period
from warehouse.spelling import fold

_CALLED = re.compile(r"^(?:jobcenter|jc)[ :]+")


class Titles:
    """The texts around a table; `problems` names what was not found or stands there twice."""

    def __init__(self, sheet: Sheet, top: int, end: int, lexicon: Lexicon) -> None:
        self.sheet, self.lexicon = sheet, lexicon
        self.above = [sheet.name, *texts(sheet.rows[:top])]
        self.below = list(texts(sheet.rows[end:]))
        self.problems: list[Problem] = []

    def read(self, titles: Iterable[Title]) -> dict[str, str]:
        """Return what the declared titles say, as the Langformat writes it."""
        found = {title.column: self._said(title) for title in titles}
        return {column: text for column, text in found.items() if text}

    def _said(self, title: Title) -> str:
        places = self.above if title.column != "datenstand" else [*self.above, *self.below]
        matches = (re.search(title.pattern, fold(text)) for text in places)
        said = {match[1].strip() for match in matches if match}
        meant = {key: text for text in sorted(said) if (key := self._meaning(title.column, text))}
        if len(meant) == 1:
            return next(iter(meant.values()))
        code = "several_in_title" if meant else "missing_in_title"
        self.problems.append(
            problem(code, sheet=self.sheet.name, column=title.column, found=", ".join(meant.values()))
        )
        return ""

    def _meaning(self, column: str, text: str) -> object:
        return area_in(text, self.lexicon) if column == "jobcenter" else parse_period(text)

    def other_jobcenter(self, given: str) -> str:
        """Return what is written above the table where it is another Jobcenter than the one given for every file."""
        own = self.lexicon.area(given) if given else None
        areas = {text: area_in(text, self.lexicon) for text in self.above}
        known = {text: id_ for text, id_ in areas.items() if id_ in self.lexicon.catalog.jobcenters}
        if own is None or own in known.values():
            return ""
        return next(iter(known), "")


def texts(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield what stands in rows: every cell, and every row with several cells as one line."""
    for row in rows:
        filled = [cell for cell in row if cell]
        yield from filled
        if len(filled) > 1:
            yield " ".join(filled)


def area_in(text: str, lexicon: Lexicon) -> str | None:
    """Return the area a text names, with or without `Jobcenter` before it."""
    return lexicon.area(text) or lexicon.area(_CALLED.sub("", fold(text)))

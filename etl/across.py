"""Months across: columns `1910`, `Okt 19`, `2019-10` … instead of the columns for period and value.

A date in a heading means its month, whatever its day. Four digits are read as year and month (`1910` is October
2019) where all such headings of the file make months in order and no other reading makes them as well;
otherwise the file is refused with both readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from warehouse.periods import Period, parse_period, period_code, period_label

_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_DIGITS_AND_WORD = re.compile(r"([0-9]{2})([0-9]{2}) ?\|? ?([A-Za-zÄä]+)\.?")
_WORD_AND_YEAR = re.compile(r"([A-Za-zÄä]+\.?) ?[-/|] ?([0-9]{4}|[0-9]{2})")
_TIME = re.compile(r"(?<=[0-9]) [0-9]{2}:[0-9]{2}:[0-9]{2}$")
_DOUBTFUL = re.compile(r"[0-9]{3,6}|[0-9]{1,2}[/.-][0-9]{2}")
YEAR_MONTH, MONTH_YEAR, YEAR = "Jahr und Monat", "Monat und Jahr", "Jahr"
Readings = dict[str, Period]


@dataclass(frozen=True)
class PeriodColumn:
    """A column whose heading is a period: its index counted from 0, its heading as delivered."""

    index: int
    name: str
    period: Period

    @property
    def period_text(self) -> str:
        """Return the period as the Langformat writes it."""
        return period_code(self.period.start, self.period.end)


@dataclass(frozen=True)
class Headings:
    """The period columns of a header row, and by index the headings that are not certain with what they may
    mean."""

    columns: tuple[PeriodColumn, ...] = ()
    unclear: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns or self.unclear)

    @property
    def repeated(self) -> Iterator[tuple[PeriodColumn, PeriodColumn]]:
        """Return pairs of columns for the same period."""
        first: dict[Period, PeriodColumn] = {}
        for column in self.columns:
            if first.setdefault(column.period, column) is not column:
                yield first[column.period], column

    def spread(self, row: Sequence[str]) -> Iterator[tuple[PeriodColumn, str, str]]:
        """Return for each period column its period as the Langformat writes it, and the cell of this row."""
        for column in self.columns:
            cell = row[column.index] if column.index < len(row) else ""
            yield column, column.period_text, cell


def is_period(heading: str) -> bool:
    """Tell whether a heading is a period, or looks so much like one that one has to ask."""
    text = " ".join(heading.split())
    worded = _DIGITS_AND_WORD.fullmatch(text)
    names_month = worded is not None and parse_period(f"{worded[3]} 2000") is not None
    return names_month or bool(_DOUBTFUL.fullmatch(text) or _readings(text))


def read_headings(row: Sequence[str]) -> Headings:
    """Understand the period headings of a header row; all other cells are left out."""
    headings = {at: " ".join(cell.split()) for at, cell in enumerate(row) if is_period(cell)}
    read = {at: _readings(text) for at, text in headings.items()}
    scheme = _scheme(list(read.values()))
    columns: list[PeriodColumn] = []
    unclear: dict[int, str] = {}
    for at, text in headings.items():
        period = next(iter(read[at].values())) if "" in read[at] else read[at].get(scheme)
        if period:
            columns.append(PeriodColumn(at, text, period))
        else:
            unclear[at] = f"»{text}« ({_meanings(read[at])})"
    return Headings(tuple(columns), unclear)


def _readings(heading: str) -> Readings:
    """Return what a heading may mean; under "" what is clear."""
    text = _TIME.sub("", " ".join(heading.split()))
    if _FOUR_DIGITS.fullmatch(text):
        first, last = text[:2], text[2:]
        found = {
            YEAR_MONTH: parse_period(f"20{first}-{last}"),
            MONTH_YEAR: parse_period(f"20{last}-{first}"),
            YEAR: parse_period(text),
        }
        return {name: period for name, period in found.items() if period}
    if digits := _DIGITS_AND_WORD.fullmatch(text):
        months = {parse_period(f"20{digits[1]}-{digits[2]}"), parse_period(f"20{digits[2]}-{digits[1]}")}
        said = {parse_period(f"{digits[3]} {digits[at]}") for at in (1, 2)}
        agreed = months & said - {None}
        month = agreed.pop() if len(agreed) == 1 else None
        return {"": month} if month else {}
    if worded := _WORD_AND_YEAR.fullmatch(text):
        text = f"{worded[1]} {worded[2]}"
    period = parse_period(text)
    return {"": _month_of(period)} if period else {}


def _month_of(period: Period) -> Period:
    if period.start != period.end:
        return period
    return parse_period(f"{period.start:%Y-%m}") or period


def _scheme(read: list[Readings]) -> str:
    """Return how the headings of four digits are to be read, "" where that is not certain."""
    doubtful = [each for each in read if each and "" not in each]
    fitting = [name for name in (YEAR_MONTH, MONTH_YEAR, YEAR) if all(name in each for each in doubtful)]
    if fitting == [YEAR]:
        return YEAR
    if YEAR in fitting or YEAR_MONTH not in fitting:
        return ""

    def series(scheme: str) -> list[int]:
        periods = [each[""] if "" in each else each[scheme] for each in read if each]
        months = [each.start.year * 12 + each.start.month for each in periods if not _is_long(each)]
        return [later - earlier for earlier, later in pairwise(months)]

    steps = series(YEAR_MONTH)
    if fitting == [YEAR_MONTH]:
        in_order = all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
        return YEAR_MONTH if in_order else ""
    is_better = set(steps) == {1} or set(series(MONTH_YEAR)) != {1}
    return YEAR_MONTH if steps and all(step > 0 for step in steps) and is_better else ""


def _is_long(period: Period) -> bool:
    return (period.end - period.start).days > 31


def _meanings(readings: Readings) -> str:
    labels = [period_label(period.start, period.end) for period in readings.values()]
    return " oder ".join(dict.fromkeys(labels)) or "kein sicher erkennbarer Zeitraum"

"""Periods: reading the ways people write them, and printing them the one way we write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

MONTHS = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
_MONTH_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "januar jan jän",
            "februar feb",
            "märz mär mrz maerz",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "dezember dez",
        ),
        1,
    )
    for word in words.split()
}
EARLIEST, LATEST = 1990, 2060
_SPAN = re.compile(r"\s*(?:/|–|—| bis |(?<=^[0-9]{4})-(?=[0-9]{4}$))\s*")
PERIOD_EXAMPLES = "2019-06, 06/2019, Juni 2019, 2019, 2019-12-31 oder 2015/2018"


@dataclass(frozen=True, order=True)
class Period:
    """A span of days, both ends included: a day, a month, a year or anything longer."""

    start: date
    end: date

    @property
    def label(self) -> str:
        """Return the German text: `Jun 2019`, `2019`, `31.12.2019`, `2015–2018`, `Aug 2020–Jul 2021`."""
        return period_label(self.start, self.end)


@lru_cache(maxsize=5_000)
def parse_period(text: str) -> Period | None:
    """Read a period as people write it (`PERIOD_EXAMPLES`); None where it is not one."""
    text = " ".join(text.split())
    if found := _match(r"BM (\d{1,2})/(\d{2})", text):  # alone, 03/04 may as well be a day or two years
        return _month(_century(found[2]), int(found[1]))
    text = re.sub(r"^(?:BM|Stand) ", "", text)
    single = _parse_single(text)
    if single:
        return single
    ends = [_parse_single(part) for part in _SPAN.split(text)]
    if len(ends) == 2 and ends[0] and ends[1] and ends[0].start <= ends[1].start and _alike(ends[0], ends[1]):
        return Period(ends[0].start, ends[1].end)
    return None


def _alike(one: Period, other: Period) -> bool:
    """Tell whether both are days, both months or both years: `2019/2019-06` is a slip."""
    return (one.start == one.end, _is_year(one.start, one.end)) == (
        other.start == other.end,
        _is_year(other.start, other.end),
    )


def _parse_single(text: str) -> Period | None:
    if found := _match(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00:00)?", text):
        return _day(*map(int, found.groups()))
    if found := _match(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        day, month, year = map(int, found.groups())
        return _day(year, month, day)
    if found := _match(r"(\d{4})-(\d{1,2})", text) or _match(r"(\d{4})(\d{2})", text):
        return _month(int(found[1]), int(found[2]))
    if found := _match(r"(\d{1,2})/(\d{4})", text) or _match(r"(\d{1,2})\.(\d{4})", text):
        return _month(_century(found[2]), int(found[1]))
    if found := _match(r"([A-Za-zäÄ]+)\.? ?(\d{4}|\d{2})", text):
        month_number = _MONTH_WORDS.get(found[1].lower())
        return _month(_century(found[2]), month_number) if month_number else None
    if _match(r"\d{4}", text) and EARLIEST <= int(text) <= LATEST:
        return Period(date(int(text), 1, 1), date(int(text), 12, 31))
    return None


def _match(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.ASCII)  # foreign digits are digits to Python, not to us


def _century(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(year: int, month: int) -> Period | None:
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12):
        return None
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _day(year: int, month: int, day: int) -> Period | None:
    whole = _month(year, month)
    if whole is None or not 1 <= day <= whole.end.day:
        return None
    return Period(date(year, month, day), date(year, month, day))


def _is_month(start: date, end: date) -> bool:
    return start.day == 1 and end == date(
        start.year, start.month, calendar.monthrange(start.year, start.month)[1]
    )


def _is_year(start: date, end: date) -> bool:
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


@lru_cache(maxsize=4096)
def period_label(start: date, end: date) -> str:
    """Return a period in German, as short as it is exact."""
    if start == end:
        return start.strftime("%d.%m.%Y")
    if _is_month(start, end):
        return f"{MONTHS[start.month - 1]} {start.year}"
    if _is_year(start, end):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.day == 1 and _is_month(date(end.year, end.month, 1), end):
        return f"{MONTHS[start.month - 1]} {start.year}–{MONTHS[end.month - 1]} {end.year}"
    return f"{start:%d.%m.%Y}–{end:%d.%m.%Y}"


def period_ranges(periods: Iterable[tuple[date, date]]) -> str:
    """Return periods in German, those of one length that follow each other as one: `Jan 2018–Mär 2019, Mai 2019`."""
    told: list[list[tuple[date, date]]] = []
    for start, end in sorted(set(periods)):
        before = told[-1][-1] if told else None
        follows = before is not None and before[1] + timedelta(days=1) == start
        if before and follows and length_in_months(*before) == length_in_months(start, end) and start != end:
            told[-1].append((start, end))
        else:
            told.append([(start, end)])
    ends = ((period_label(*run[0]), period_label(*run[-1])) for run in told)
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in ends)


def months() -> pl.Expr:
    """Return the length of a period (`period_start`, `period_end`) in months; 0 is a single day."""
    start, after = pl.col("period_start"), pl.col("period_end").dt.offset_by("1d")
    length = (after.dt.year() - start.dt.year()) * 12 + after.dt.month() - start.dt.month()
    return pl.when(start == pl.col("period_end")).then(0).otherwise(length).cast(pl.Int64)


def length_in_months(start: date, end: date) -> int:
    """Return the length of a period in months, a day counting as its month."""
    after = end + timedelta(days=1)
    return max((after.year - start.year) * 12 + after.month - start.month, 1)


def period_code(start: date, end: date) -> str:
    """Return a period as the Langformat writes it; `parse_period` reads it back unchanged."""
    if start == end:
        return start.isoformat()
    if _is_month(start, end):
        return f"{start:%Y-%m}"
    if _is_year(start, end):
        return str(start.year) if start.year == end.year else f"{start.year}/{end.year}"
    if start.day == 1 and _is_month(date(end.year, end.month, 1), end):
        return f"{start:%Y-%m}/{end:%Y-%m}"
    return f"{start.isoformat()}/{end.isoformat()}"

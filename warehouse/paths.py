"""The path through the year to a Soll: what the season lets expect, what is reported, what is still needed per month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from warehouse.catalog import Catalog
from warehouse.catalog.model import YearOfMonths
from warehouse.periods import months
from warehouse.schema import Row

MONTHS_OF_YEAR = 12
MOST_YEARS = 3
"""So many complete years before that of the Soll show the season."""
FLOWS = ("jahr", "planjahr", "jfw")
"""Time concepts under which a Soll for a sum or a rate since January is agreed."""

PATH = pl.Schema(
    {
        "month": pl.Int64,  # 1 to 12
        "actual": pl.Float64,  # of the month; of a rate its numerator; null where it is not reported
        "running": pl.Float64,  # sum, mean or rate from January on; null from the first missing month on
        "path": pl.Float64,  # what `running` is on the way to the Soll
        "expected": pl.Float64,  # share of the month in the Soll; null for a rate
        "needed": pl.Float64,  # in each month that is left, with its season; of a rate the numerator; null before
    }
)
"""The months of the year of a Soll."""


@dataclass(frozen=True)
class TargetPath:
    """A Soll with its months (PATH rows). `reported`: how many months from January on without a gap.

    `gap`: the first missing month before a reported one, 0 where there is none. `years`: whose season is used, newest
    first; none means a straight line. `needed`: mean of each month that is left, null where none is left or a rate has
    no denominator yet. `outcome`: favourable, unfavourable, met, or higher, lower, equal where the indicator has no
    direction; null before the first month.
    """

    rule: YearOfMonths
    year: int
    target: float
    months: pl.DataFrame
    reported: int
    gap: int
    years: tuple[int, ...]
    needed: float | None
    outcome: str | None

    @property
    def is_closed(self) -> bool:
        """Tell whether all months are reported."""
        return self.reported == MONTHS_OF_YEAR


@dataclass(frozen=True)
class _Year:
    """The monthly inputs of a year; `below` is the denominator of a rate, already `lag` months back."""

    rule: YearOfMonths
    values: tuple[float | None, ...]
    below: tuple[float | None, ...]

    @property
    def reported(self) -> int:
        missing = [n for n in range(MONTHS_OF_YEAR) if self.values[n] is None or self.below[n] is None]
        return missing[0] if missing else MONTHS_OF_YEAR

    def running(self, month: int) -> float:
        """Return the value of the year from January up to a month; all months up to it must be reported."""
        total = self.total(month)
        if self.rule.months == "sum":
            return total
        if self.rule.months == "mean":
            return total / month
        return total / self.mean_below(month) * 100

    def total(self, month: int) -> float:
        return sum(value for value in self.values[:month] if value is not None)

    def mean_below(self, month: int) -> float:
        return sum(value for value in self.below[:month] if value is not None) / month


def why_no_path(catalog: Catalog, target: Row, rows: pl.DataFrame) -> str:
    """Return why a target (TARGET columns) has no path: not_a_year, no_rule, other_series, no_months; "" where it has one.

    `rows`: CURRENT columns with the monthly Ist of the indicator or its declared inputs.
    """
    start, end = target["period_start"], target["period_end"]
    if not is_year(start, end):
        return "not_a_year"
    rule = catalog.year_of(target["indicator"])
    if rule is None:
        return "no_rule"
    if target["time_concept"] not in _agreed_on(catalog, rule):
        return "other_series"
    year = _year(rule, target, rows, start.year)
    return "" if year.reported or _complete(rule, target, rows, start.year) else "no_months"


def target_path(catalog: Catalog, target: Row, rows: pl.DataFrame) -> TargetPath:
    """Return the path to a target (TARGET columns) for which `why_no_path` finds no hindrance.

    Expected is the Soll times the mean share that the value from January up to each month had in the value of the whole
    year, over the one to three complete years before; without such a year the path is straight.
    """
    rule, number = catalog.year_of(target["indicator"]), target["period_start"].year
    if rule is None:
        raise ValueError(target["indicator"])
    year, aim = _year(rule, target, rows, number), float(target["target"])
    before = _complete(rule, target, rows, number)
    path = [aim * share for share in _shares(rule, list(before.values()))]
    season, reported = _season(list(before.values())), year.reported
    running = [year.running(month) if month <= reported else None for month in range(1, MONTHS_OF_YEAR + 1)]
    rest = _rest(year, aim, reported)
    frame = pl.DataFrame(
        {
            "month": list(range(1, MONTHS_OF_YEAR + 1)),
            "actual": list(year.values),
            "running": running,
            "path": path,
            "expected": _monthly(rule, path),
            "needed": _needed(rest, season, reported),
        },
        schema=PATH,
    )
    last = running[reported - 1] if reported else None
    return TargetPath(
        rule=rule,
        year=number,
        target=aim,
        months=frame,
        reported=reported,
        gap=_gap(year, reported),
        years=tuple(before),
        needed=None if rest is None or reported == MONTHS_OF_YEAR else rest / (MONTHS_OF_YEAR - reported),
        outcome=None
        if last is None
        else judged(catalog, target["indicator"], last - path[reported - 1], rule.tolerance),
    )


def is_year(start: date, end: date) -> bool:
    """Tell whether a period is one calendar year."""
    return (start.month, start.day, end.month, end.day, start.year) == (1, 1, 12, 31, end.year)


def judged(catalog: Catalog, indicator: str, deviation: float, tolerance: float = 0.0) -> str:
    """Return what a deviation from a target means: favourable, unfavourable, met; or higher, lower, equal without direction."""
    direction = catalog.indicator(indicator).direction
    if abs(deviation) <= tolerance + 1e-9 * max(1.0, abs(deviation)):
        return "equal" if direction == "neutral" else "met"
    if direction == "neutral":
        return "higher" if deviation > 0 else "lower"
    return "favourable" if (deviation > 0) == (direction == "higher") else "unfavourable"


def inputs_of_year(catalog: Catalog, indicator: str) -> tuple[str, ...]:
    """Return the indicators whose months make up a year of this one; none where nothing says so."""
    rule = catalog.year_of(indicator)
    if rule is None:
        return ()
    return tuple(dict.fromkeys(filter(None, (rule.numerator or indicator, rule.denominator))))


def with_months(catalog: Catalog, found: pl.DataFrame, series: pl.DataFrame) -> pl.DataFrame:
    """Return the Soll (TARGET rows) of whole years for which monthly Ist of the series they were agreed for are known.

    `series`: answer of `known_indicators`.
    """
    solls = found.filter((pl.col("kind") == "soll") & pl.col("target").is_not_null())
    needed = {each for id_ in solls["indicator"].unique() for each in inputs_of_year(catalog, id_)}
    measured = series.filter((pl.col("kind") == "ist") & pl.col("indicator").is_in(list(needed)))
    reported = set(measured.select("jobcenter", "indicator", "breakdown").iter_rows())

    def has_months(row: Row) -> bool:
        rule, inputs = catalog.year_of(row["indicator"]), inputs_of_year(catalog, row["indicator"])
        return (
            rule is not None
            and is_year(row["period_start"], row["period_end"])
            and row["time_concept"] in _agreed_on(catalog, rule)
            and all((row["jobcenter"], each, row["breakdown"]) in reported for each in inputs)
        )

    return solls.filter([has_months(row) for row in solls.iter_rows(named=True)])


def _agreed_on(catalog: Catalog, rule: YearOfMonths) -> tuple[str, ...]:
    if rule.months != "mean":
        return FLOWS
    named = catalog.indicator(rule.id).targets_on
    return ("jdw", *named) if "jdw" in named else ("jdw",)


def _year(rule: YearOfMonths, target: Row, rows: pl.DataFrame, year: int) -> _Year:
    values = _monthly_values(rule.numerator or rule.id, target, rows)
    numbers = range(year * 12, year * 12 + MONTHS_OF_YEAR)
    of_year = tuple(values.get(number) for number in numbers)
    if rule.months != "ratio":
        return _Year(rule, of_year, (1.0,) * MONTHS_OF_YEAR)
    below = _monthly_values(rule.denominator, target, rows)
    return _Year(rule, of_year, tuple(below.get(number - rule.lag) or None for number in numbers))


def _monthly_values(indicator: str, target: Row, rows: pl.DataFrame) -> dict[int, float]:
    """Return the exact, uncontradicted monthly Ist by month number: suppressed and missing ones are none, never zero."""
    of_series = rows.filter(
        jobcenter=target["jobcenter"], indicator=indicator, breakdown=target["breakdown"], kind="ist"
    )  # few of many: what follows looks at these alone
    usable = of_series.lazy().filter(
        pl.col("time_concept") == "stichtag",
        pl.col("precision") == "exakt",
        ~pl.col("contradicted"),
        pl.col("value").is_not_null(),
        months() == 1,
    )
    number = pl.col("period_start").dt.year().cast(pl.Int64) * 12 + pl.col("period_start").dt.month() - 1
    return dict(usable.select(number, "value").unique(maintain_order=True).collect().iter_rows())


def _complete(rule: YearOfMonths, target: Row, rows: pl.DataFrame, year: int) -> dict[int, _Year]:
    """Return the complete years among the three before, newest first."""
    each = {
        before: _year(rule, target, rows, before) for before in range(year - 1, year - 1 - MOST_YEARS, -1)
    }
    return {
        before: found
        for before, found in each.items()
        if found.reported == MONTHS_OF_YEAR and found.running(MONTHS_OF_YEAR)
    }


def _shares(rule: YearOfMonths, before: Sequence[_Year]) -> list[float]:
    numbers = range(1, MONTHS_OF_YEAR + 1)
    if not before:
        return [1.0 if rule.months == "mean" else month / MONTHS_OF_YEAR for month in numbers]
    each = [[year.running(month) / year.running(MONTHS_OF_YEAR) for month in numbers] for year in before]
    return [sum(column) / len(before) for column in zip(*each, strict=True)]


def _season(before: Sequence[_Year]) -> list[float]:
    """Return the mean share of each month in the total of the year; equal shares where no year shows them."""
    if not before:
        return [1 / MONTHS_OF_YEAR] * MONTHS_OF_YEAR
    each = [[(value or 0.0) / year.total(MONTHS_OF_YEAR) for value in year.values] for year in before]
    return [sum(column) / len(before) for column in zip(*each, strict=True)]


def _monthly(rule: YearOfMonths, path: Sequence[float]) -> list[float | None]:
    if rule.months == "ratio":
        return [None] * MONTHS_OF_YEAR
    totals = [value * (number if rule.months == "mean" else 1) for number, value in enumerate(path, 1)]
    return [now - before for before, now in zip([0.0, *totals], totals, strict=False)]


def _rest(year: _Year, aim: float, reported: int) -> float | None:
    """Return the sum of the months that are left (of a rate its numerator, at the mean denominator so far)."""
    if year.rule.months == "sum":
        return aim - year.total(reported)
    if year.rule.months == "mean":
        return aim * MONTHS_OF_YEAR - year.total(reported)
    return aim / 100 * year.mean_below(reported) - year.total(reported) if reported else None


def _needed(rest: float | None, season: Sequence[float], reported: int) -> list[float | None]:
    left = sum(season[reported:])
    return [
        rest * share / left if rest is not None and left and number >= reported else None
        for number, share in enumerate(season)
    ]


def _gap(year: _Year, reported: int) -> int:
    later = (
        any(value is not None for value in year.values[reported + 1 :])
        if reported < MONTHS_OF_YEAR
        else False
    )
    return reported + 1 if later else 0

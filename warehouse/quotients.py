"""What rates are made of: numerator and denominator of every area, the ratio of sums of a group, distances in persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from warehouse.catalog import Catalog, Event, Formula
from warehouse.formulas import both_sides, in_percent
from warehouse.windows import monthly

SIDES = pl.Schema({"area": pl.String, "month": pl.Int64, "numerator": pl.Float64, "denominator": pl.Float64})
"""Both sides of one area; several months where a value is the mean of monthly rates. A missing side leaves out both."""


@dataclass(frozen=True)
class Sides:
    """Numerators and denominators of areas (`rows`: SIDES columns; only areas that have all of them).

    `counted`: indicator of the numerator; `chance`: "binomial", "poisson", or "" where chance is not modelled; `averaged`:
    the value is a mean of monthly rates; `formula`: the official one, None for a declared quotient; `sources`: ids of where
    the inputs come from.
    """

    rows: pl.DataFrame
    counted: str = ""
    chance: str = ""
    text: str = ""
    formula: Formula | None = None
    sources: tuple[str, ...] = ()

    @property
    def averaged(self) -> bool:
        """Tell whether the value is a mean of monthly rates, which has no single numerator."""
        return self.formula is not None and self.formula.average_of > 1

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas of which both sides are known."""
        return tuple(self.rows["area"].unique().sort().to_list())

    def of(self, area: str) -> tuple[float, float] | None:
        """Return numerator and denominator of an area; None where they are not known or there are several."""
        return None if self.averaged else self._by_area.get(area)

    @cached_property
    def _by_area(self) -> dict[str, tuple[float, float]]:
        return {area: (above, below) for area, _, above, below in self.rows.iter_rows()}


def sides_of(
    catalog: Catalog, indicator: str, rows: pl.DataFrame, start: date, breaks: Iterable[Event] | None = None
) -> Sides:
    """Return both sides of the values of an indicator for the period that begins at `start`.

    `rows`: of a declared quotient the values of its two sides at that period; of a formula its monthly inputs;
    nothing is made of months with one of the `breaks` between them (without them those of the catalog).
    """
    if quotient := catalog.quotients.get(indicator):
        both = _printed(rows, quotient.numerator, quotient.denominator)
        return Sides(both, quotient.numerator, quotient.chance, quotient.text)
    formula = catalog.indicator(indicator).formula
    if formula is None or rows.is_empty():
        return Sides(pl.DataFrame(schema=SIDES))
    month = start.year * 12 + start.month - 1
    wanted = pl.col("month").is_between(month - formula.average_of + 1, month)
    inputs = monthly(catalog, rows, catalog.events.values() if breaks is None else breaks)
    both = both_sides(formula, inputs).filter(wanted, pl.col("kind") == "ist")
    complete = both.filter(pl.len().over("jobcenter") == formula.average_of)
    named = complete.select(
        pl.col("jobcenter").alias("area"),
        pl.col("month").cast(pl.Int64),
        numerator="value",
        denominator="value_below",
    ).sort("area", "month")
    sources = tuple(rows["source"].unique().sort().to_list())
    counted, chance = formula.numerator.indicator, _chance(formula)
    return Sides(named, counted, chance, formula.text, formula, sources)


def _chance(formula: Formula) -> str:
    """Return how the numerator varies: events over people, or a part of the people; changes of stocks are not modelled."""
    if formula.result != "ratio" or formula.average_of > 1:
        return ""
    above, below = formula.numerator, formula.denominator
    is_part = (above.months, above.aggregate, above.lag) == (below.months, below.aggregate, below.lag)
    return "binomial" if is_part else "poisson"


def _printed(rows: pl.DataFrame, numerator: str, denominator: str) -> pl.DataFrame:
    key = ["jobcenter", "breakdown", "source"]
    certain = rows.filter(pl.col("value").is_not_null(), pl.col("precision") == "exakt")
    once = certain.filter(pl.col("value").n_unique().over(*key, "indicator") == 1).unique(
        [*key, "indicator"], keep="first", maintain_order=True
    )
    above = once.filter(pl.col("indicator") == numerator).select(*key, numerator="value")
    below = once.filter(pl.col("indicator") == denominator, pl.col("value") > 0).select(
        *key, denominator="value"
    )
    both = above.join(below, on=key, maintain_order="left").unique(
        "jobcenter", keep="first", maintain_order=True
    )
    month = pl.lit(0, dtype=pl.Int64)
    return both.select(
        pl.col("jobcenter").alias("area"), month.alias("month"), "numerator", "denominator"
    ).sort("area")


def ratio_of_sums(sides: Sides, members: Sequence[str]) -> tuple[float | None, int]:
    """Return the value of a group, sum of numerators ÷ sum of denominators, and of how many members both are known.

    The formula of the indicator is applied to the sums unchanged; numerator and denominator of a member drop together.
    """
    rows = sides.rows.filter(pl.col("area").is_in(list(members)))
    if rows.is_empty():
        return None, 0
    totals = rows.group_by("month").agg(pl.col("numerator", "denominator").sum()).sort("month")
    above, below = pl.col("numerator"), pl.col("denominator")
    percent = in_percent(sides.formula, above, below) if sides.formula else above / below * 100
    return float(totals.select(percent.mean()).item()), rows["area"].n_unique()


def in_persons(sides: Sides, area: str, points: float) -> float | None:
    """Return how many of what the numerator counts make up a distance in points for an area; None where not known."""
    own = sides.of(area)
    return None if own is None else points * own[1] / 100

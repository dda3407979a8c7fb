"""For which periods areas can be compared: the newest common one, who is behind, and courses for bands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

import polars as pl

from warehouse.areas import FIRST_DAY, JOBCENTER, KREIS, LAST_DAY, OWN, Ask
from warehouse.catalog import Catalog, Event, Formula, Operand
from warehouse.formulas import computed, concept_of
from warehouse.peer_values import PERIOD, At, formula_inputs, settled_course
from warehouse.periods import length_in_months, months
from warehouse.schema import CURRENT

REPORTED = pl.Schema(
    {
        "time_concept": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "level": pl.String,  # jobcenter, kreis, own
        "areas": pl.Int64,  # that reported, signs included
        "figures": pl.Int64,  # of them with a number
    }
)
"""How many areas of one level reported a quantity for one period."""


@dataclass(frozen=True)
class Offer:
    """The periods of a quantity at one level, newest first. `periods`: time_concept, period_start, period_end, areas,
    figures; `common`: whether nearly all areas reported; `level`: jobcenter or kreis."""

    level: str
    periods: pl.DataFrame

    @cached_property
    def bounds(self) -> dict[tuple[str, date, date], bool]:
        """Return time concept and bounds of the periods, newest first, those that many areas share before those of few;
        for each whether it is common."""
        return {(*bounds,): common for *bounds, common in self.periods.select(*PERIOD, "common").iter_rows()}

    def ats(self, indicator: str, breakdown: str = "") -> list[At]:
        """Return the periods of a quantity in the order of `bounds`."""
        return [At(indicator, breakdown, *bounds) for bounds in self.bounds]


def offered(catalog: Catalog, ask: Ask, indicator: str, breakdown: str = "") -> Offer:
    """Return for which periods a quantity is there, printed or computed, and whether for Jobcenter or for Kreise."""
    reported = pl.concat(
        [_printed(catalog, ask, indicator, breakdown), _computable(catalog, ask, indicator, breakdown)]
    )
    reach = {
        level: reported.filter(pl.col("level") == level)["figures"].max() or 0 for level in (JOBCENTER, KREIS)
    }
    level = KREIS if reach[KREIS] > reach[JOBCENTER] else JOBCENTER  # type: ignore[operator]
    once = reported.group_by(*PERIOD, "level").agg(pl.col("areas", "figures").max())
    both = once.filter(pl.col("level").is_in([level, OWN]), pl.col("time_concept") != "dokumentstand")
    total = both.group_by(PERIOD).agg(pl.col("areas", "figures").sum()).with_columns(length=months())
    most = pl.col("figures").max().over("time_concept", "length")  # dissolved areas stand there with a sign
    share = catalog.statistics["common"].value
    counted = total.with_columns(common=pl.col("areas") >= most * share, most=most)
    ordered = counted.sort(
        "most", "period_end", "period_start", "time_concept", descending=[True, True, True, False]
    )
    return Offer(level, ordered.select(*PERIOD, "areas", "figures", "common"))


def _printed(catalog: Catalog, ask: Ask, indicator: str, breakdown: str) -> pl.DataFrame:
    own = tuple(catalog.jobcenters)
    found = ask("reported_periods", indicators=(indicator,), breakdowns=(breakdown,), jobcenters=own)
    return found.select(REPORTED.names()).cast(dict(REPORTED))  # type: ignore[arg-type]


def _computable(catalog: Catalog, ask: Ask, indicator: str, breakdown: str) -> pl.DataFrame:
    """Return the months for which a formula finds all its months, and for how many areas at most."""
    formula = catalog.indicator(indicator).formula
    if formula is None or breakdown:
        return pl.DataFrame(schema=REPORTED)
    sides = (formula.numerator, formula.denominator)
    needed = [_months_needed(catalog, ask, side, formula) for side in sides]
    least = needed[0].join(needed[1], on=["month", "level"], suffix="_below")
    first = pl.date(pl.col("month") // 12, pl.col("month") % 12 + 1, 1)
    return least.select(
        pl.lit(concept_of(catalog.indicator(indicator))).alias("time_concept"),
        first.alias("period_start"),
        first.dt.month_end().alias("period_end"),
        "level",
        pl.min_horizontal("areas", "areas_below").alias("areas"),
        pl.min_horizontal("figures", "figures_below").alias("figures"),
    ).cast(dict(REPORTED))  # type: ignore[arg-type]


def _months_needed(catalog: Catalog, ask: Ask, side: Operand, formula: Formula) -> pl.DataFrame:
    known = _printed(catalog, ask, side.indicator, side.breakdown)
    monthly = known.filter(months() == 1, pl.col("time_concept") == "stichtag")
    month = pl.col("period_start").dt.year().cast(pl.Int32) * 12 + pl.col("period_start").dt.month() - 1
    length = side.months + formula.average_of - 1
    own = monthly.select("level", "areas", "figures", month=month + side.lag)
    spread = pl.concat([own.with_columns(pl.col("month") + ahead) for ahead in range(length)])
    whole = spread.group_by("month", "level").agg(pl.len(), pl.col("areas", "figures").min())
    return whole.filter(pl.col("len") == length).drop("len")


def course(
    catalog: Catalog, ask: Ask, indicator: str, breakdown: str, areas: Sequence[str], *, first: date = FIRST_DAY,
    last: date = LAST_DAY, time_concept: str | None = None, breaks: Iterable[Event] | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Return the values of areas over time, one per area and period: PEER columns and `time_concept`.

    Printed and computed values as in `peer_values`; for peer bands group by period_start and take `quantiles`.
    """
    asked = tuple(areas)
    printed = ask(
        "series_of_areas",
        indicators=(indicator,),
        breakdowns=(breakdown,),
        areas=asked,
        first=first,
        last=last,
    )
    inputs = formula_inputs(catalog, ask, indicator, breakdown, asked, max(first, date(1991, 1, 1)), last)
    own = computed(catalog, inputs, (indicator,), breaks) if inputs.height else pl.DataFrame(schema=CURRENT)
    within = (pl.col("period_start") >= first) & (pl.col("period_end") <= last)
    rows = pl.concat([printed, own.filter(within).select(printed.columns)], how="vertical_relaxed")
    if time_concept:
        rows = rows.filter(pl.col("time_concept") == time_concept)
    return settled_course(rows).sort("area", "period_end", "period_start", "time_concept")


def last_common(offer: Offer, own: pl.DataFrame) -> tuple[str, date, date] | None:
    """Return time concept and bounds of the newest period that nearly all areas and the own one reported.

    `own`: the course of the own area. Where there is none with a value of its own, the newest one it has; None without any.
    """
    have = {(*bounds,) for *bounds, shown in own.select(*PERIOD, "shown").iter_rows() if shown is not None}
    shared = [bounds for bounds in offer.bounds if bounds in have]
    common = (bounds for bounds in shared if offer.bounds[bounds])
    return next(chain(common, shared, offer.bounds), None)


def newer(courses: pl.DataFrame, at: At, areas: Iterable[str]) -> dict[str, tuple[date, date]]:
    """Return for which of some areas a value newer than a period is there, of the same time concept and length."""
    length = length_in_months(at.start, at.end)
    later = courses.filter(
        pl.col("area").is_in(list(areas)),
        pl.col("shown").is_not_null(),
        pl.col("time_concept") == at.time_concept,
        pl.max_horizontal(months(), 1) == length,
        pl.col("period_end") > at.end,
    )
    last = later.sort("period_end").group_by("area", maintain_order=True).last()
    return {
        area: (start, end)
        for area, start, end in last.select("area", "period_start", "period_end").iter_rows()
    }


def newest_each(courses: pl.DataFrame, at: At) -> pl.DataFrame:
    """Return of every area its newest value by the end of its course, of the same time concept and length (PEER columns).

    These may be of several periods: such a set is shown with its dates and never ranked.
    """
    same = courses.filter(
        pl.col("time_concept") == at.time_concept,
        pl.max_horizontal(months(), 1) == length_in_months(at.start, at.end),
        pl.col("shown").is_not_null(),
    )
    return (
        same.sort("period_end").group_by("area", maintain_order=True).last().drop("time_concept").sort("area")
    )

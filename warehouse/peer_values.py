"""The values of many areas for one quantity and one period, each with its state, its numerator and its denominator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from warehouse.areas import Ask
from warehouse.catalog import Catalog, Event, Formula
from warehouse.formulas import computed, inputs_of
from warehouse.quotients import Sides, sides_of
from warehouse.schema import CURRENT

VALUE, MISSING, APPROXIMATE, CONTRADICTED, ABSENT = (
    "value",
    "missing",
    "approximate",
    "contradicted",
    "absent",
)
PEER = pl.Schema(
    {
        "area": pl.String,
        "value": pl.Float64,  # in the unit of the indicator; null unless `state` is "value": only these count
        "shown": pl.Float64,  # what is printed, also where it is approximate; null where there is no number
        "state": pl.String,  # value, missing (a sign stands there), approximate, contradicted, absent (not delivered)
        "status": pl.String,
        "precision": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "source": pl.String,
        "data_date": pl.Date,
        "confidential": pl.Boolean,
        "place": pl.String,  # where the value stands in its delivery; "" in courses, which do not ask for it
    }
)
"""One area. Missing, suppressed, approximate and contradicting values are no values: they count nowhere."""
PERIOD = ["time_concept", "period_start", "period_end"]


Period = tuple[str, date, date]
"""Time concept, first and last day."""


@dataclass(frozen=True)
class At:
    """A quantity at a period: indicator, breakdown, time concept, first and last day."""

    indicator: str
    breakdown: str
    time_concept: str
    start: date
    end: date


@dataclass(frozen=True)
class Peers:
    """The values of areas at a period. `rows`: PEER columns, one per area asked for, by id; `sides`: what their quotients
    are made of."""

    at: At
    rows: pl.DataFrame
    sides: Sides


def peer_values(
    catalog: Catalog, ask: Ask, at: At, areas: Sequence[str], breaks: Iterable[Event] | None = None
) -> Peers:
    """Ask for the values of areas at a period; what no source prints is computed where its formula can be applied and none of
    the `breaks` lies between its months (without them those of the catalog)."""
    known = tuple(catalog.events.values() if breaks is None else breaks)
    quotient = catalog.quotients.get(at.indicator)
    wanted = (at.indicator, *((quotient.numerator, quotient.denominator) if quotient else ()))
    asked, period = tuple(areas), (at.time_concept, at.start, at.end)
    printed = printed_values(ask, tuple(dict.fromkeys(wanted)), (at.breakdown,), asked, period)
    inputs = formula_inputs(catalog, ask, at.indicator, at.breakdown, asked, at.start, at.end)
    own = computed(catalog, inputs, (at.indicator,), known) if inputs.height else pl.DataFrame(schema=CURRENT)
    is_at = (pl.col("period_start") == at.start) & (pl.col("period_end") == at.end)
    own = own.filter(is_at, pl.col("time_concept") == at.time_concept)
    direct = printed.filter(pl.col("indicator") == at.indicator)
    rows = pl.concat([direct, own.select(direct.columns)], how="vertical_relaxed")
    sides = sides_of(catalog, at.indicator, printed if quotient else inputs, at.start, known)
    return Peers(at, settled(rows, asked), sides)


def printed_values(
    ask: Ask, indicators: Sequence[str], breakdowns: Sequence[str], areas: Sequence[str], period: Period
) -> pl.DataFrame:
    """Ask for the current values (kind Ist) of some quantities of areas at a period, as they were delivered; in one fixed order
    by quantity, area, source, and where they were delivered."""
    concept, start, end = period
    found = ask(
        "values_of_areas", indicators=tuple(indicators), breakdowns=tuple(breakdowns), areas=tuple(areas),
        start=start, end=end, time_concept=concept,
    )  # fmt: skip
    return found.sort("indicator", "breakdown", "jobcenter", "source", "load_no", "row")


def formula_inputs(
    catalog: Catalog,
    ask: Ask,
    indicator: str,
    breakdown: str,
    areas: tuple[str, ...],
    first: date,
    last: date,
) -> pl.DataFrame:
    """Ask for the monthly inputs of a formula that values from `first` to `last` rest on; nothing where there is none."""
    formula = catalog.indicator(indicator).formula
    if formula is None or breakdown:
        return pl.DataFrame(schema=CURRENT)
    parts = tuple(sorted({formula.numerator.breakdown, formula.denominator.breakdown}))
    return ask(
        "series_of_areas", indicators=inputs_of(catalog, (indicator,)), breakdowns=parts, areas=areas,
        first=_before(first, _reach(formula)), last=last,
    )  # fmt: skip


def _reach(formula: Formula) -> int:
    """Return how many months before its own a value of a formula looks back."""
    sides = (formula.numerator, formula.denominator)
    return max(side.lag + side.months - 1 for side in sides) + formula.average_of - 1


def _before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def settled(rows: pl.DataFrame, areas: Sequence[str]) -> pl.DataFrame:
    """Return one PEER row per area: of several sources the one that has most of the areas speaks.

    `rows`: CURRENT columns of one quantity and period. Different values of one area in that source contradict each other.
    """
    every = pl.DataFrame({"area": sorted(set(areas))}, schema={"area": pl.String})
    told = settled_course(rows).drop("time_concept")
    return every.join(told, on="area", how="left", maintain_order="left").with_columns(
        pl.col("state").fill_null(ABSENT), pl.col("confidential").fill_null(value=False)
    )


def settled_course(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per area and period that has any (PEER columns and `time_concept`), each period settled by itself.

    `rows`: CURRENT columns of one quantity.
    """
    if "place" not in rows.columns:
        rows = rows.with_columns(place=pl.lit(""))
    one_value = ["jobcenter", *PERIOD]
    reach = rows.group_by(*PERIOD, "source").agg(pl.col("jobcenter").n_unique().alias("reach"))
    ranked = rows.join(reach, on=[*PERIOD, "source"], maintain_order="left").sort(
        "jobcenter", "reach", "source", descending=[False, True, False], maintain_order=True
    )
    first = ranked.filter(pl.col("source") == pl.col("source").first().over(one_value))
    same = pl.struct("value", "status").n_unique().over(one_value) == 1
    state = (
        pl.when(~same)
        .then(pl.lit(CONTRADICTED))
        .when(pl.col("value").is_null())
        .then(pl.lit(MISSING))
        .when(pl.col("precision") != "exakt")
        .then(pl.lit(APPROXIMATE))
        .otherwise(pl.lit(VALUE))
    )
    one = first.with_columns(state=state).unique(one_value, keep="first", maintain_order=True)
    told = one.rename({"jobcenter": "area", "value": "shown"}).with_columns(
        value=pl.when(pl.col("state") == VALUE).then("shown")
    )
    return told.select(*PEER.names(), "time_concept")

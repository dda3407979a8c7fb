"""JDW, gJDW, JFW and 12-month sums from monthly values, as declared in derivations.toml; always own calculations."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from warehouse.catalog import Catalog, Derivation, Event, Indicator
from warehouse.formulas import applied
from warehouse.schema import CURRENT
from warehouse.windows import YEAR, as_current, monthly, naming_inputs, of_months, used_months, windowed

_BY = ["jobcenter", "kind", "breakdown"]


def derivations_of(catalog: Catalog, indicator: str) -> tuple[Derivation, ...]:
    """Return the time concepts that follow from monthly values of an indicator: it declares the months and the concept.

    Rates are never added up or averaged: they follow by their own formula where its windows can run from January.
    """
    entry = catalog.indicator(indicator)
    possible = (rule for rule in catalog.derivations.values() if rule.id in entry.time_concepts)
    if not catalog.unit(indicator).is_rate:
        return tuple(possible) if "stichtag" in entry.time_concepts and not entry.base_id else ()
    long = entry.formula and min(entry.formula.numerator.months, entry.formula.denominator.months) > 1
    return tuple(rule for rule in possible if long and _length(rule) == YEAR)


def inputs_of_derived(catalog: Catalog, indicator: str) -> tuple[str, ...]:
    """Return the indicators whose monthly values are needed: itself, or the two sides of its formula."""
    formula = catalog.indicator(indicator).formula
    if not catalog.unit(indicator).is_rate or not formula:
        return (indicator,)
    return tuple(sorted({formula.numerator.indicator, formula.denominator.indicator}))


def derived(
    catalog: Catalog, rows: pl.DataFrame, indicator: str, breaks: Iterable[Event] | None = None
) -> pl.DataFrame:
    """Return all declared derivations of one indicator from the monthly values among `rows` (CURRENT columns).

    At each month the value of the window that ends there; of a whole calendar year that runs from January also the year
    itself. A window with a missing month or a break inside has none: missing is not zero. `note` says how many months were
    used (»Januar bis Mai, 5 Monate«), `place` the rule and the sources of the months.
    """
    inputs = monthly(catalog, rows, catalog.events.values() if breaks is None else breaks)
    entry = catalog.indicator(indicator)
    frames = [_derived(catalog, entry, rule, inputs) for rule in derivations_of(catalog, indicator)]
    every = pl.concat([pl.DataFrame(schema=CURRENT), *frames])
    return naming_inputs(catalog, every, rows, inputs_of_derived(catalog, indicator))


def _derived(catalog: Catalog, entry: Indicator, rule: Derivation, inputs: pl.DataFrame) -> pl.DataFrame:
    length = _length(rule)
    if catalog.unit(entry.id).is_rate and entry.formula:
        text = f"{entry.formula.text}; statt 12 Monaten von Januar bis zum Berichtsmonat"
        return applied(entry, entry.formula, inputs, running=rule.id, text=text)
    own = inputs.filter(pl.col("indicator") == entry.id)
    found = as_current(
        windowed(own, length, rule.aggregate, _BY),
        **of_months(),
        time_concept=pl.lit(rule.id),
        place=pl.lit(f"Formel: {rule.rule}"),
        note=used_months(length),
    )
    return pl.concat([found, _whole_years(found)]) if length == YEAR else found


def _whole_years(values: pl.DataFrame) -> pl.DataFrame:
    """Return the values of December again, as those of the year."""
    december = values.filter(pl.col("period_end").dt.month() == 12)
    return december.with_columns(pl.col("period_start").dt.truncate("1y"))


def _length(rule: Derivation) -> int:
    return YEAR if rule.window == "year" else int(rule.window)

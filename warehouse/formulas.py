"""Official formulas applied to monthly inputs: rates and changes that a source does not print itself."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from warehouse.catalog import Catalog, Event, Formula, Indicator, Operand
from warehouse.last_days import per_last_day
from warehouse.schema import CURRENT
from warehouse.windows import YEAR, as_current, monthly, naming_inputs, of_months, used_months, windowed

_POINT = ["jobcenter", "kind", "month"]
_BY = ["jobcenter", "kind"]


def inputs_of(catalog: Catalog, indicators: tuple[str, ...]) -> tuple[str, ...]:
    """Return the indicators from which those with a formula among `indicators` are computed."""
    formulas = [entry.formula for id_ in indicators if (entry := catalog.indicator(id_)).formula]
    used = {side.indicator for each in formulas if each for side in (each.numerator, each.denominator)}
    return tuple(sorted(used))


def parts_of(catalog: Catalog, indicators: tuple[str, ...]) -> tuple[str, ...]:
    """Return the breakdowns of the inputs from which those with a formula among `indicators` are computed."""
    formulas = [entry.formula for id_ in indicators if (entry := catalog.indicator(id_)).formula]
    used = {side.breakdown for each in formulas if each for side in (each.numerator, each.denominator)}
    return tuple(sorted(used))


def computed(
    catalog: Catalog,
    rows: pl.DataFrame,
    indicators: tuple[str, ...],
    breaks: Iterable[Event] | None = None,
) -> pl.DataFrame:
    """Return the values of `indicators` that follow by their formula from monthly values among `rows` (CURRENT columns).

    A month is computed only where every month that the formula names has a value and no break lies between them; a
    missing one is never zero. `place` says the formula and the sources of its inputs, `note` the number of months,
    `data_date` is the newest of the inputs, `source` is `OWN_CALCULATION`. Contradicting, approximate or computed values are
    no inputs. Without `breaks` those of the catalog count.
    """
    inputs = monthly(catalog, rows, catalog.events.values() if breaks is None else breaks)
    frames = []
    for entry in map(catalog.indicator, indicators):
        if formula := entry.formula:
            by_day = formula.denominator.last_day_within
            values = per_last_day(entry, formula, rows) if by_day else applied(entry, formula, inputs)
            frames.append(naming_inputs(catalog, values, rows, inputs_of(catalog, (entry.id,))))
    return pl.concat([pl.DataFrame(schema=CURRENT), *frames])


def applied(
    entry: Indicator, formula: Formula, inputs: pl.DataFrame, *, running: str = "", text: str = ""
) -> pl.DataFrame:
    """Return the values of one formula from monthly inputs (columns of `windows.monthly`) as CURRENT columns.

    `running`: the time concept of the values whose windows of twelve months run from January instead, `text` its rule.
    """
    both = (
        both_sides(formula, inputs, running=bool(running))
        .with_columns(
            value=in_percent(formula, pl.col("value"), pl.col("value_below")),
            data_date=pl.max_horizontal("data_date", "data_date_below"),
            segment=pl.col("segment") + pl.col("segment_below"),
        )
        .with_columns(
            pl.any_horizontal(name, f"{name}_below").alias(name) for name in ("projected", "confidential")
        )
    )
    mean = windowed(both, formula.average_of, "mean", _BY) if formula.average_of > 1 else both
    window = YEAR if running else _months_used(formula)
    return as_current(
        mean,
        **of_months(),
        indicator=pl.lit(entry.id),
        breakdown=pl.lit(""),
        time_concept=pl.lit(running or concept_of(entry)),
        place=pl.lit(f"Formel: {text or formula.text}"),
        note=used_months(window),
    )


def concept_of(entry: Indicator) -> str:
    """Return the time concept of the values of an indicator's formula: that of the official ones, the first it declares."""
    return next(iter(entry.time_concepts), "stichtag")


def both_sides(formula: Formula, inputs: pl.DataFrame, *, running: bool = False) -> pl.DataFrame:
    """Return numerator (`value`) and denominator (`value_below`) of a formula by area, kind and month, where both are known
    and, for a change, no break lies between them.

    `inputs`: answer of `windows.monthly`; `running`: windows run from January instead of over twelve months.
    """
    above, below = (_side(side, inputs, running=running) for side in (formula.numerator, formula.denominator))
    same = pl.col("segment") == pl.col("segment_below") if formula.result == "change" else pl.lit(value=True)
    return above.join(below, on=_POINT, suffix="_below").filter(pl.col("value_below") != 0, same)


def in_percent(formula: Formula, above: pl.Expr, below: pl.Expr) -> pl.Expr:
    """Return what a formula makes of its two sides: a share or a change, in percent."""
    quotient = above / below * 100
    return quotient - 100 if formula.result == "change" else quotient


def _side(operand: Operand, inputs: pl.DataFrame, *, running: bool) -> pl.DataFrame:
    own = inputs.filter(
        (pl.col("indicator") == operand.indicator) & (pl.col("breakdown") == operand.breakdown)
    ).select(*_POINT, "value", "data_date", "confidential", "projected", "segment")
    shifted = own.with_columns(pl.col("month") + operand.lag)
    if operand.months == 1:
        return shifted
    return windowed(shifted, YEAR if running else operand.months, operand.aggregate, _BY).drop("used")


def _months_used(formula: Formula) -> int:
    """Return from how many months a value is: the longest window; of a change to another month the two."""
    longest = max(formula.numerator.months, formula.denominator.months, formula.average_of)
    return 2 if longest == 1 and formula.denominator.lag != formula.numerator.lag else longest

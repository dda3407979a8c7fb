"""Official formulas applied to monthly inputs: rates and changes that a source does not print itself."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import OWN_CALCULATION, Catalog, Formula, Indicator, Operand
from warehouse.periods import months
from warehouse.schema import CURRENT

_POINT = ["jobcenter", "kind", "month"]


def inputs_of(catalog: Catalog, indicators: tuple[str, ...]) -> tuple[str, ...]:
    """Return the indicators from which those with a formula among `indicators` are computed."""
    formulas = [entry.formula for id_ in indicators if (entry := catalog.indicator(id_)).formula]
    used = {side.indicator for each in formulas if each for side in (each.numerator, each.denominator)}
    return tuple(sorted(used))


def computed(catalog: Catalog, rows: pl.DataFrame, indicators: tuple[str, ...]) -> pl.DataFrame:
    """Return the values of `indicators` that follow by their formula from monthly values among `rows` (CURRENT columns).

    A month is computed only where every month that the formula names has a value; a missing one is never zero. `place` says
    the formula, `data_date` is the newest of the inputs, `source` is
    `OWN_CALCULATION`. Contradicting, approximate or computed values
    are no inputs.
    """
    monthly = monthly_inputs(rows)
    frames = [
        _apply(catalog.indicator(id_), formula, monthly)
        for id_ in indicators
        if (formula := catalog.indicator(id_).formula)
    ]
    return pl.concat([pl.DataFrame(schema=CURRENT), *frames])


def monthly_inputs(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the monthly values among `rows` that formulas may use, with `month` (counted from year 0), each once."""
    certain = ~pl.col("contradicted") & (pl.col("precision") == "exakt") & pl.col("value").is_not_null()
    monthly = rows.filter(certain, months() == 1, pl.col("time_concept") == "stichtag")
    counted = pl.col("period_start").dt.year().cast(pl.Int32) * 12 + pl.col("period_start").dt.month() - 1
    return monthly.with_columns(month=counted).unique(
        [*_POINT, "indicator", "breakdown"], keep="first", maintain_order=True
    )


def both_sides(formula: Formula, monthly: pl.DataFrame) -> pl.DataFrame:
    """Return numerator (`value`) and denominator (`value_below`) of a formula by area, kind and month, where both are known.

    `monthly`: answer of `monthly_inputs`.
    """
    above, below = _side(formula.numerator, monthly), _side(formula.denominator, monthly)
    return above.join(below, on=_POINT, suffix="_below").filter(pl.col("value_below") != 0)


def in_percent(formula: Formula, above: pl.Expr, below: pl.Expr) -> pl.Expr:
    """Return what a formula makes of its two sides: a share or a change, in percent."""
    quotient = above / below * 100
    return quotient - 100 if formula.result == "change" else quotient


def _apply(entry: Indicator, formula: Formula, monthly: pl.DataFrame) -> pl.DataFrame:
    both = (
        both_sides(formula, monthly)
        .with_columns(
            in_percent(formula, pl.col("value"), pl.col("value_below")).alias("value"),
            pl.max_horizontal("data_date", "data_date_below").alias("data_date"),
        )
        .with_columns(
            pl.any_horizontal(name, f"{name}_below").alias(name) for name in ("projected", "confidential")
        )
    )
    mean = _over(both, formula.average_of, "mean") if formula.average_of > 1 else both
    first = pl.date(pl.col("month") // 12, pl.col("month") % 12 + 1, 1)
    return mean.select(
        "jobcenter",
        pl.lit(entry.id).alias("indicator"),
        pl.lit("").alias("breakdown"),
        first.alias("period_start"),
        first.dt.month_end().alias("period_end"),
        pl.lit("stichtag").alias("time_concept"),
        "kind",
        "value",
        pl.when("projected").then(pl.lit("hochgerechnet")).otherwise(pl.lit("endgueltig")).alias("status"),
        pl.lit("exakt").alias("precision"),
        pl.lit(OWN_CALCULATION).alias("source"),
        "data_date",
        pl.lit(f"Formel: {formula.text}").alias("place"),
        *(pl.lit("").alias(name) for name in ("line", "note")),
        pl.lit(0, dtype=pl.Int64).alias("row"),
        pl.lit("").alias("extract"),
        pl.lit(0, dtype=pl.Int64).alias("load_no"),
        pl.lit(value=False).alias("contradicted"),
        "confidential",
    ).sort("jobcenter", "period_start")


def _side(operand: Operand, monthly: pl.DataFrame) -> pl.DataFrame:
    own = monthly.filter(
        (pl.col("indicator") == operand.indicator) & (pl.col("breakdown") == operand.breakdown)
    ).select(*_POINT, "value", "data_date", "confidential", projected=pl.col("status") != "endgueltig")
    shifted = own.with_columns(pl.col("month") + operand.lag)
    return _over(shifted, operand.months, operand.aggregate) if operand.months > 1 else shifted


def _over(values: pl.DataFrame, length: int, aggregate: str) -> pl.DataFrame:
    """Return sum or mean of each run of `length` months, at its last month; runs with a gap have none."""
    spread = pl.concat([values.with_columns(pl.col("month") + ahead) for ahead in range(length)])
    total = pl.col("value").sum() if aggregate == "sum" else pl.col("value").mean()
    return (
        spread.group_by(_POINT)
        .agg(
            total.alias("value"),
            pl.len().alias("months"),
            pl.col("data_date").max(),
            pl.col("confidential").any(),
            pl.col("projected").any(),
        )
        .filter(pl.col("months") == length)
        .drop("months")
    )

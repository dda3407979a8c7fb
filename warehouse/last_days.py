"""Values per hundred of a stock that is known for single days only, such as the population of each 31 December."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Formula, Indicator, Operand
from warehouse.periods import months
from warehouse.windows import as_current

_AREA = ["jobcenter", "kind"]
_PERIOD = ["period_start", "period_end"]


def per_last_day(entry: Indicator, formula: Formula, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the numerator of days and months among `rows` (CURRENT columns) in percent of the last known day's denominator.

    That day lies not after the end of the period and at most `last_day_within` months before it; `place` names it. Missing,
    contradicting and approximate values are no inputs; the result is projected or internal where one of the two is.
    """
    certain = ~pl.col("contradicted") & (pl.col("precision") == "exakt") & pl.col("value").is_not_null()
    above = _side(formula.numerator, rows.filter(certain, months() <= 1))
    below = _side(formula.denominator, rows.filter(certain, months() == 0, pl.col("value") != 0))
    joined = above.join_asof(
        below.rename({"period_end": "day"}).drop("period_start"),
        left_on="period_end",
        right_on="day",
        by=_AREA,
        strategy="backward",
        suffix="_below",
        check_sortedness=False,  # both sides are sorted by time; polars cannot check that within groups
    )
    end, day = pl.col("period_end"), pl.col("day")
    age = (end.dt.year() - day.dt.year()) * 12 + end.dt.month() - day.dt.month()
    before, _, after = formula.text.partition("{day}")
    values = joined.filter(age <= formula.denominator.last_day_within).select(
        *_AREA,
        *_PERIOD,
        pl.max_horizontal("data_date", "data_date_below").alias("data_date"),
        pl.any_horizontal("confidential", "confidential_below").alias("confidential"),
        indicator=pl.lit(entry.id),
        time_concept=pl.lit("stichtag"),
        value=pl.col("value") / pl.col("value_below") * 100,
        projected=~pl.all_horizontal("is_final", "is_final_below"),
        place=pl.format("Formel: {}{}{}", pl.lit(before), day.dt.strftime("%d.%m.%Y"), pl.lit(after)),
    )
    return as_current(values)


def _side(operand: Operand, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the values of one side in order of time; the first printed of several."""
    own = rows.filter(
        pl.col("indicator") == operand.indicator,
        pl.col("breakdown") == operand.breakdown,
        pl.col("time_concept") == "stichtag",
        pl.lit(not operand.source) | (pl.col("source") == operand.source),
    ).unique([*_AREA, *_PERIOD], keep="first", maintain_order=True)
    final = pl.col("status") == "endgueltig"
    return own.select(*_AREA, *_PERIOD, "value", "data_date", "confidential", is_final=final).sort(
        "period_end"
    )

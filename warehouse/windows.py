"""Monthly values and what runs over several of them: a window with a missing month, or across a break, has no value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from warehouse.catalog import OWN_CALCULATION, Catalog, Event
from warehouse.events import segment
from warehouse.periods import MONTHS, months
from warehouse.schema import CURRENT

YEAR = 0
"""The length of a window from January to its month."""

_CARRIED = ["data_date", "confidential", "projected"]


def monthly(catalog: Catalog, rows: pl.DataFrame, breaks: Iterable[Event]) -> pl.DataFrame:
    """Return the monthly values among `rows` (CURRENT columns) that one may compute with, one per series and month.

    Contradicting, approximate and computed values are none. Columns: jobcenter, kind, indicator, breakdown, month
    (year × 12 + month − 1), value, data_date, confidential, projected, segment (number of breaks passed).
    """
    certain = ~pl.col("contradicted") & (pl.col("precision") == "exakt") & pl.col("value").is_not_null()
    own = rows.filter(
        certain, months() == 1, pl.col("time_concept") == "stichtag", pl.col("source") != OWN_CALCULATION
    )
    return own.select(
        "jobcenter",
        "kind",
        "indicator",
        "breakdown",
        (pl.col("period_start").dt.year() * 12 + pl.col("period_start").dt.month() - 1).alias("month"),
        "value",
        "data_date",
        "confidential",
        (pl.col("status") != "endgueltig").alias("projected"),
        segment(catalog, own, breaks).alias("segment"),
    ).unique(["jobcenter", "kind", "indicator", "breakdown", "month"], keep="first", maintain_order=True)


def windowed(values: pl.DataFrame, length: int, aggregate: str, by: Sequence[str]) -> pl.DataFrame:
    """Return the sum or mean of each window of `length` months, at its last month, with the number of months `used`.

    `values`: `by`, month, value, what `monthly` carries; one row per `by` and month. `length` YEAR runs from January. A
    window with a gap or a break inside has no row. The result is as new, as internal and as projected as its months.
    """
    ordered = values.sort(*by, "month")
    found = _since_january(ordered, by) if length == YEAR else _last(ordered, length, by)
    total = pl.col("value") / pl.col("used") if aggregate == "mean" else pl.col("value")
    return found.filter("whole").with_columns(total.alias("value")).drop("whole")


def _last(ordered: pl.DataFrame, length: int, by: Sequence[str]) -> pl.DataFrame:
    """Add up each row with the `length` − 1 rows before it; `whole` where these are the months before, without a break.

    Added one by one and not as a running total: what a large neighbour leaves behind of its rounding is not in a sum.
    """
    first = length - 1
    place = pl.struct(by).rle_id().cast(pl.Int64) * 100_000 + pl.col("month")
    whole = (place - place.shift(first) == first) & (pl.col("segment") == pl.col("segment").shift(first))
    back = range(length)
    return ordered.with_columns(
        whole=whole.fill_null(False),
        used=pl.lit(length, dtype=pl.Int64),
        value=pl.sum_horizontal(pl.col("value").shift(number) for number in back),
        data_date=pl.max_horizontal(pl.col("data_date").shift(number) for number in back),
        confidential=pl.any_horizontal(pl.col("confidential").shift(number) for number in back),
        projected=pl.any_horizontal(pl.col("projected").shift(number) for number in back),
    )


def _since_january(ordered: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Add up each row with those before it in its calendar year; `whole` where all months since January are there."""
    dated = ordered.with_columns(year=pl.col("month") // 12, used=(pl.col("month") % 12 + 1).cast(pl.Int64))
    year = [*by, "year"]
    so_far = pl.int_range(1, pl.len() + 1).over(year)
    whole = (so_far == pl.col("used")) & (pl.col("segment") == pl.col("segment").first().over(year))
    return dated.with_columns(
        whole=whole,
        value=pl.col("value").cum_sum().over(year),
        data_date=pl.col("data_date").cum_max().over(year),
        confidential=pl.col("confidential").cast(pl.UInt8).cum_max().over(year).cast(pl.Boolean),
        projected=pl.col("projected").cast(pl.UInt8).cum_max().over(year).cast(pl.Boolean),
    ).drop("year")


def as_current(
    values: pl.DataFrame, *, indicator: pl.Expr, breakdown: pl.Expr, time_concept: str, place: str
) -> pl.DataFrame:
    """Return computed monthly values (jobcenter, kind, month, value, used, …) as CURRENT columns, marked as own calculation.

    `place` says the rule, `note` how many months were used.
    """
    first = pl.date(pl.col("month") // 12, pl.col("month") % 12 + 1, 1)
    return (
        values.select(
            "jobcenter",
            indicator.alias("indicator"),
            breakdown.alias("breakdown"),
            first.alias("period_start"),
            first.dt.month_end().alias("period_end"),
            pl.lit(time_concept).alias("time_concept"),
            "kind",
            "value",
            pl.when("projected")
            .then(pl.lit("hochgerechnet"))
            .otherwise(pl.lit("endgueltig"))
            .alias("status"),
            pl.lit("exakt").alias("precision"),
            pl.lit(OWN_CALCULATION).alias("source"),
            "data_date",
            pl.lit(f"Formel: {place}").alias("place"),
            pl.lit("").alias("line"),
            pl.col("used_note").alias("note"),
            pl.lit(0, dtype=pl.Int64).alias("row"),
            pl.lit("").alias("extract"),
            pl.lit(0, dtype=pl.Int64).alias("load_no"),
            pl.lit(value=False).alias("contradicted"),
            "confidential",
        )
        .select(CURRENT.names())
        .sort("jobcenter", "indicator", "breakdown", "kind", "period_start")
    )


_LONG = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def used_months(window: int) -> pl.Expr:
    """Return in words how many months a value was computed from: `12 Monate`, `Januar bis Mai, 5 Monate`."""
    if window != YEAR:
        return pl.lit(f"{window} Monate" if window != 1 else "1 Monat")
    said = ["nur Januar, 1 Monat", *(f"Januar bis {_LONG[n]}, {n + 1} Monate" for n in range(1, len(MONTHS)))]
    return (pl.col("month") % 12).cast(pl.Int64).replace_strict(dict(enumerate(said)), return_dtype=pl.String)

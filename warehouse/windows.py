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
INPUTS = "; Werte aus: "
"""What stands between the rule of a computed value and the sources of its inputs."""

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


def as_current(values: pl.DataFrame, **columns: pl.Expr) -> pl.DataFrame:
    """Return computed values as CURRENT columns, marked as own calculation; what `values` lack and `columns` do not add stays
    empty: no row of a file, no load, no contradiction.

    `values`: jobcenter, kind, value, data_date, confidential, projected; `columns`: the rest, of them `place` says the rule.
    """
    status = pl.when("projected").then(pl.lit("hochgerechnet")).otherwise(pl.lit("endgueltig"))
    own = values.with_columns(
        status=status, precision=pl.lit("exakt"), source=pl.lit(OWN_CALCULATION), **columns
    )
    known = own.select(name for name in CURRENT.names() if name in own.columns)
    whole = pl.concat([pl.DataFrame(schema=CURRENT), known], how="diagonal_relaxed").cast(dict(CURRENT))  # type: ignore[arg-type]
    return whole.with_columns(
        pl.col(pl.String).fill_null(""),
        pl.col(pl.Int64).fill_null(0),
        pl.col("contradicted").fill_null(value=False),
    ).sort("jobcenter", "indicator", "breakdown", "kind", "period_start", "period_end")


def naming_inputs(
    catalog: Catalog, values: pl.DataFrame, rows: pl.DataFrame, indicators: Sequence[str]
) -> pl.DataFrame:
    """Return computed values (CURRENT columns) whose `place` also names what they rest on: after `INPUTS` the sources of the
    `indicators` among `rows` (CURRENT columns) for the same Jobcenter, each with its newest data date."""
    used = rows.filter(pl.col("indicator").is_in(list(indicators)), pl.col("source") != OWN_CALCULATION)
    dated = used.group_by("jobcenter", "source").agg(pl.col("data_date").max()).sort("source")
    names = {id_: catalog.source_name(id_) for id_ in dated["source"].unique()}
    told = pl.format(
        "{} (Stand {})",
        pl.col("source").replace_strict(names, return_dtype=pl.String),
        pl.col("data_date").dt.strftime("%d.%m.%Y"),
    )
    inputs = dated.group_by("jobcenter").agg(told.unique(maintain_order=True).str.join("; ").alias("inputs"))
    joined = values.join(inputs, on="jobcenter", how="left", maintain_order="left")
    return joined.with_columns(place=pl.concat_str("place", pl.lit(INPUTS), "inputs")).drop("inputs")


def of_months() -> dict[str, pl.Expr]:
    """Return the bounds of the periods of monthly values: month (year × 12 + month − 1) → period_start, period_end."""
    first = pl.date(pl.col("month") // 12, pl.col("month") % 12 + 1, 1)
    return {"period_start": first, "period_end": first.dt.month_end()}


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

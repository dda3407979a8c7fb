"""One number for several columns: rows that agree in all of them have the same, and it sorts as they do."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

_MOST = 2**62


def packed(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Return for each row the number of its combination of dates and categories, in the order of their texts.

    Comparing, grouping and sorting a million such numbers takes a tenth of the time of seven columns.
    """
    number, size = pl.repeat(0, frame.height, dtype=pl.Int64, eager=True), 1
    for name in columns:
        ranks, distinct = _ranked(frame[name])
        if size * distinct >= _MOST:
            number, size = _ranked(number)
        number, size = number * distinct + ranks, size * distinct
    return number


def _ranked(column: pl.Series) -> tuple[pl.Series, int]:
    """Return the place of each value among the distinct ones, and how many there are."""
    values = column.to_physical().cast(pl.Int64)
    present = pl.DataFrame({"value": column.unique().drop_nulls()})
    is_text = isinstance(column.dtype, pl.Categorical)
    present = present.sort(pl.col("value").cast(pl.String) if is_text else "value")
    present = present.select(pl.col("value").to_physical().cast(pl.Int64))
    if present.height < 2:
        return values.fill_null(1).clip(0, 0) + values.is_null().cast(pl.Int64), 2
    lowest, highest = int(present["value"].min()), int(present["value"].max())  # type: ignore[arg-type]
    ranks = pl.int_range(1, present.height + 1, eager=True, dtype=pl.Int64)
    if highest - lowest > 50_000_000:  # numbers that are far apart: packed ones
        pairs = pl.DataFrame({"value": values}).join(
            present.with_columns(rank=ranks), on="value", how="left", maintain_order="left"
        )
        return pairs["rank"].fill_null(0), present.height + 1
    lookup = pl.repeat(0, highest - lowest + 1, dtype=pl.Int64, eager=True).scatter(
        present["value"] - lowest, ranks
    )
    return lookup.gather(values - lowest).fill_null(0), present.height + 1


def repeated(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Tell for each row whether another one agrees with it in these columns."""
    numbers = packed(frame, columns)
    if numbers.n_unique() == frame.height:
        return pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True)
    return numbers.is_duplicated()

"""Rows of a very large delivery in a quarter of their memory: each block keeps its distinct words and days once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import polars as pl

from etl.keys import numbered

LARGE = 2_000_000
"""A delivery of more rows is held in little memory, and checked and compared part by part."""
_NARROW = ((1 << 8, pl.UInt8), (1 << 16, pl.UInt16))


class Held:
    """Rows of observations, asked for by indicator; they come back as they were added."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._empty = frame.clear()
        self._blocks: list[dict[str, _Column]] = []
        self.height = 0
        self.add(frame)

    def add(self, frame: pl.DataFrame) -> None:
        """Keep further rows."""
        if not frame.is_empty():
            self.height += frame.height
            self._blocks.append({column.name: _narrow(column) for column in frame})

    def counts(self) -> dict[str, int]:
        """Return how many rows each indicator has."""
        found: Counter[str] = Counter()
        for block in self._blocks:
            names = block["indicator"].all().value_counts(name="rows")
            found.update(dict(names.cast({"indicator": pl.String}).iter_rows()))
        return dict(found)

    def of(self, indicators: Collection[str]) -> pl.DataFrame:
        """Return the rows of some indicators, in the order of the delivery."""
        wanted = pl.Series(list(indicators), dtype=pl.String).implode()
        found = [self._empty]
        for block in self._blocks:
            is_wanted = block["indicator"].all().to_frame().select(pl.col("indicator").is_in(wanted))
            rows = is_wanted.to_series().arg_true()
            if len(rows):
                found.append(self._like(column.all().gather(rows) for column in block.values()))
        return pl.concat(found)

    def whole(self) -> pl.DataFrame:
        """Return all rows, in the order of the delivery, in as much memory as they take."""
        blocks = (self._like(column.all() for column in block.values()) for block in self._blocks)
        return pl.concat([self._empty, *blocks])

    def _like(self, columns: Iterable[pl.Series]) -> pl.DataFrame:
        return pl.DataFrame(list(columns)).cast({"row": pl.Int64})

    def distinct(self, columns: Collection[str]) -> pl.DataFrame:
        """Return the distinct combinations of some columns."""
        found = [pl.DataFrame([block[name].all() for name in columns]).unique() for block in self._blocks]
        return pl.concat([self._empty.select(columns), *found]).unique()


@dataclass(frozen=True)
class _Column:
    """A column of a block: all its values, or the distinct ones and for each row the number of its own."""

    values: pl.Series
    numbers: pl.Series | None = None
    height: int = 0

    def all(self) -> pl.Series:
        """Return the values of all rows."""
        if self.height:
            return self.values.new_from_index(0, self.height)
        return self.values if self.numbers is None else self.values.gather(self.numbers.cast(pl.UInt32))


def _narrow(column: pl.Series) -> _Column:
    """Return a column as it takes the least memory; a slice of it would keep the whole."""
    if _is_alike(column):
        return _Column(pl.Series(column.name, [column[0]], dtype=column.dtype), height=len(column))
    if column.dtype in (pl.Float64, pl.Int64, pl.String):
        return _Column(column.shrink_dtype() if column.dtype == pl.Int64 else column)
    numbers, distinct = numbered(column.to_frame(), [column.name])
    for most, kind in _NARROW:
        if distinct.height <= most:
            return _Column(distinct[column.name], numbers.cast(kind))
    return _Column(column)


def _is_alike(column: pl.Series) -> bool:
    first = column.head(1).new_from_index(0, len(column))
    return bool(
        pl.DataFrame({"a": column, "b": first}).select(pl.col("a").eq_missing(pl.col("b")).all()).item()
    )

"""Texts that stand in many rows of a delivery: each distinct one is understood once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl


def categories() -> pl.Categorical:
    """Return a type of column that keeps each distinct text once, by number."""
    return pl.Categorical(pl.Categories.random())


def coded(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with its texts as categories: comparing, joining and grouping them is comparing numbers.

    Places stay texts: nearly every row has its own.
    """
    texts = [name for name, kind in frame.schema.items() if kind == pl.String and name != "place"]
    return frame.cast(dict.fromkeys(texts, pl.Categorical()))


class ByText:
    """A rule for texts, applied once to each distinct text of the columns of one type it is given.

    `rule`: text column → column of the same height.
    """

    def __init__(self, rule: Callable[[pl.Series], pl.Series]) -> None:
        self.rule = rule
        self.results: pl.Series | None = None
        self.is_known = pl.Series([], dtype=pl.Boolean)

    @classmethod
    def each(cls, rule: Callable[[str], object], kind: pl.DataType | type[pl.DataType]) -> ByText:
        """Return the rule that asks a function about one text at a time."""
        return cls(lambda texts: pl.Series([rule(text) for text in texts], dtype=kind))

    def of(self, column: pl.Series) -> pl.Series:
        """Return what the rule makes of every row of a column of categories."""
        numbers = column.to_physical()
        if numbers.null_count() == len(column):
            return self.rule(pl.Series([], dtype=pl.String)).clear(len(column))
        lowest, highest = int(str(numbers.min())), int(str(numbers.max()))
        if lowest == highest and not numbers.null_count() and len(column) > 1:  # one text in all rows
            return self.of(column.head(1)).new_from_index(0, len(column))
        if highest >= len(self.is_known) or not self.is_known.gather(numbers).all():
            self._learn(column, highest + 1)
        assert self.results is not None
        return self.results.gather(numbers)

    def _learn(self, column: pl.Series, height: int) -> None:
        distinct = _distinct(column.drop_nulls(), height)
        more = max(height - len(self.is_known), 0)
        unknown = pl.Series([False]).new_from_index(0, more)
        self.is_known = pl.concat([self.is_known, unknown])
        news = distinct.filter(~self.is_known.gather(distinct.to_physical()))
        learned, numbers = self.rule(news.cast(pl.String)), news.to_physical()
        before = learned.clear() if self.results is None else self.results
        self.results = pl.concat([before, learned.clear(more)]).scatter(numbers, learned)
        self.is_known = self.is_known.scatter(numbers, [True] * len(news))


def _distinct(column: pl.Series, height: int) -> pl.Series:
    """Return each text of a column of categories once; their numbers are below `height`."""
    row = np.full(height, -1, np.int64)
    row[column.to_physical().to_numpy()] = np.arange(len(column))
    return column.gather(row[row >= 0])

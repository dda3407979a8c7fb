"""Texts that stand in many rows of a delivery: each distinct one is understood once."""

from __future__ import annotations

from collections.abc import Callable

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
        highest = int(str(numbers.max() or 0))
        if highest >= len(self.is_known) or not self.is_known.gather(numbers).all():
            self._learn(column, highest + 1)
        assert self.results is not None
        return self.results.gather(numbers)

    def _learn(self, column: pl.Series, height: int) -> None:
        distinct = column.unique().drop_nulls()
        news = pl.DataFrame(
            {"number": distinct.to_physical().cast(pl.UInt32), "text": distinct.cast(pl.String)}
        )
        known = pl.DataFrame({"number": pl.int_range(len(self.is_known), dtype=pl.UInt32, eager=True)})
        known = known.filter(self.is_known) if known.height else known
        news = news.join(known, on="number", how="anti", maintain_order="left")
        learned = self.rule(news["text"])
        height = max(height, len(self.is_known))
        old = pl.DataFrame({"number": known["number"]}).with_columns(
            result=learned.clear() if self.results is None else self.results.gather(known["number"])
        )
        both = pl.concat([old, pl.DataFrame({"number": news["number"], "result": learned})])
        every = pl.DataFrame({"number": pl.int_range(height, dtype=pl.UInt32, eager=True)})
        joined = every.join(both.with_columns(known=True), on="number", how="left", maintain_order="left")
        self.results = joined["result"]
        self.is_known = joined["known"].fill_null(False)

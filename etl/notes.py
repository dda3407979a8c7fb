"""Collects problems of single rows: of very many alike the first are told, the others are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from etl.problem import Problem, problem
from warehouse.formatting import format_plain
from warehouse.schema import Row

MOST_TOLD = 2_000
"""A file of the wrong kind has a million problems; nobody reads them, and each costs memory."""


@dataclass
class Notes:
    """Problems of the rows of one delivery, in the order of its rows and of the rules that found them."""

    rules: dict[tuple[str, ...], list[Problem]] = field(default_factory=dict)
    places: dict[tuple[str, ...], list[tuple[int, int]]] = field(default_factory=dict)
    untold: dict[tuple[str, ...], int] = field(default_factory=dict)

    def each(
        self, rule: tuple[str, ...], order: int, rows: pl.DataFrame, tell: Callable[[Row], Problem]
    ) -> None:
        """Note a problem for each row (`row`, and what `tell` needs); `order`: when the rule looks at a row."""
        told, places = self.rules.setdefault(rule, []), self.places.setdefault(rule, [])
        news = rows.head(MOST_TOLD - len(told))
        for row in news.iter_rows(named=True):
            told.append(tell(row))
            places.append((row["row"], order))
        self.untold[rule] = self.untold.get(rule, 0) + rows.height - news.height

    def told(self) -> list[Problem]:
        """Return the problems, each once, and for every rule how many rows more it found."""
        every = [
            (place, found)
            for rule, problems in self.rules.items()
            for place, found in zip(self.places[rule], problems, strict=True)
        ]
        in_order = [found for _, found in sorted(every, key=lambda pair: pair[0])]
        further = [
            problem(
                "further",
                sheet=self.rules[rule][0].sheet,
                found=_rows(count),
                expected=_like(self.rules[rule][0]),
            )
            for rule, count in self.untold.items()
            if count
        ]
        return [*dict.fromkeys(in_order), *further]


def _rows(count: int) -> str:
    return f"{format_plain(count)} weitere Zeilen"


def _like(first: Problem) -> str:
    return f"wie in Zeile {first.row}" + (f", Spalte »{first.column}«" if first.column else "")

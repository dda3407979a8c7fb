"""The states of the warehouse: after every act of the load log, what was known then. Which there are, and how one is named."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from warehouse.schema import Row

SEEDED_BY = "Grundbestand"
"""Who brings in the documents that come with the product; what it does at one start is one state, not many."""
_ONE_START = timedelta(minutes=1)


@dataclass(frozen=True)
class State:
    """What was known after the last of `acts` (rows with LOAD columns, at least one, in order)."""

    acts: tuple[Row, ...]

    @property
    def no(self) -> int:
        """Return the number of the act after which this was the state: its name in links and on the command line."""
        return int(self.acts[-1]["load_no"])

    @property
    def at(self) -> datetime:
        """Return the moment (UTC) from which it was the state."""
        moment: datetime = self.acts[-1]["acted_at"]
        return moment


def states(loads: pl.DataFrame, asked: int | None = None) -> list[State]:
    """Return the states after the acts of `loads` (LOAD columns), the newest first.

    The acts of one start of the product are one state; the one after `asked` stands by itself where it lies among them.
    """
    grouped: list[list[Row]] = []
    for act in loads.sort("load_no").iter_rows(named=True):
        if grouped and grouped[-1][-1]["load_no"] != asked and _of_one_start(grouped[-1][-1], act):
            grouped[-1].append(act)
        else:
            grouped.append([act])
    return [State(tuple(acts)) for acts in reversed(grouped)]


def _of_one_start(before: Row, after: Row) -> bool:
    seeded = before["who"] == after["who"] == SEEDED_BY
    return seeded and bool(after["acted_at"] - before["acted_at"] <= _ONE_START)


def act_of(loads: pl.DataFrame, asked: str) -> int | None:
    """Return the number of the last act that had happened by then; None where no state is meant.

    `asked`: the number of an act, or a day as `2026-11-21` or `21.11.2026` (its end, UTC). An act that published nothing
    leaves the state before it.
    """
    happened = _happened(loads, asked.strip())
    return None if happened is None else max(loads.filter(happened)["load_no"].to_list(), default=None)


def _happened(loads: pl.DataFrame, asked: str) -> pl.Expr | None:
    """Return the condition of the acts that had happened by the number or the day asked for."""
    if re.fullmatch(r"[0-9]{1,9}", asked):
        is_known = bool((loads["load_no"] >= int(asked)).any())
        return pl.col("load_no") <= int(asked) if is_known else None
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        with suppress(ValueError):
            return pl.col("acted_at").dt.date() <= datetime.strptime(asked, pattern).date()
    return None

"""Asks the published database, as it is or as it was after an earlier act: one SQL file per question, named parameters,
answers as polars frames."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import polars as pl

from warehouse.snapshots import open_beside, open_snapshot

SQL_FOLDER = Path(__file__).parent / "sql"
KEPT_STATES = 3
"""How many older states stay derived in memory; the next one takes the place of the one not asked for longest."""


@cache
def statement(name: str) -> str:
    """Return the SQL of `sql/<name>.sql`."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def ask(snapshot: Path, name: str, *, as_of: int | None = None, **parameters: Any) -> pl.DataFrame:
    """Answer the question `name` from a snapshot; parameters are bound by name, never pasted into the SQL.

    `as_of`: number of the act after which the question is asked; what came later is not known then. Without it the
    newest state answers.
    """
    opened = open_snapshot(snapshot) if as_of is None else _open_state(snapshot, as_of)
    answer: pl.DataFrame = opened.cursor().sql(statement(name), params=parameters or None).pl()
    return answer


_deriving = Lock()


def _open_state(snapshot: Path, as_of: int) -> duckdb.DuckDBPyConnection:
    """Return the state after an act: derived once, by the statements that derive the newest one."""
    with _deriving:
        return _derived(snapshot, as_of)


@lru_cache(maxsize=KEPT_STATES)
def _derived(snapshot: Path, as_of: int) -> duckdb.DuckDBPyConnection:
    connection = open_beside(snapshot)
    connection.execute(statement("borrow_tables"))
    connection.execute(statement("loads_until"), {"as_of": as_of})
    connection.execute(statement("create_views"))
    for name in ("all_candidates", "derive_current", "create_current", "derive_series", "derive_newest"):
        connection.execute(statement(name))
    return connection

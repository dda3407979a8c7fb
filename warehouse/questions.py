"""Asks the published database, as it is or as it was after an earlier act: one SQL file per question, named parameters,
answers as polars frames."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import polars as pl

from warehouse.snapshots import lock_down, open_beside, open_snapshot

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
    opened = open_snapshot(snapshot) if as_of is None else _open_state(snapshot, as_of, name)
    answer: pl.DataFrame = opened.cursor().sql(statement(name), params=parameters or None).pl()
    return answer


SUMMARIES = {
    "series": "derive_series",
    "newest_observations": "derive_newest",
    "revised_keys": "derive_revised",
    "periods_of_areas": "derive_periods",
    "figures_by_source": "derive_sources",
}
"""Small tables derived from current values, so that no page reads all of them to know what there is, and how."""
_deriving = Lock()
_NEAR = ("judge_contested", "derive_current", "borrow_current")
_FAR = ("all_candidates", "judge_contested", "derive_current", "create_current", "create_superseded")


def _open_state(snapshot: Path, as_of: int, question: str = "") -> duckdb.DuckDBPyConnection:
    """Return the state after an act: derived once, by the statements that derive the newest one; of the small tables only
    those that a question asks."""
    with _deriving:
        connection, present = _derived(snapshot, as_of)
        for table, name in SUMMARIES.items():
            if (
                table not in present
                and question
                and re.search(rf"\b(from|join) {table}\b", statement(question))
            ):
                connection.execute(statement(name))
                present.add(table)
        return connection


@lru_cache(maxsize=KEPT_STATES)
def _derived(snapshot: Path, as_of: int) -> tuple[duckdb.DuckDBPyConnection, set[str]]:
    """Return the database of a state, and the set of the small tables that are in it so far."""
    connection = open_beside(snapshot)
    connection.execute(statement("borrow_tables"))
    connection.execute(statement("loads_until"), {"as_of": as_of})
    connection.execute(statement("create_views"))
    connection.execute(statement("borrow_changed"))
    ((is_near,),) = connection.execute(statement("is_near")).fetchall()
    if is_near:
        ((first, last),) = connection.execute(statement("changed_span")).fetchall()
        for name in ("near_candidates", "replaced_keys"):
            connection.execute(statement(name), {"first": first, "last": last})
    for name in _NEAR if is_near else _FAR:
        connection.execute(statement(name))
    lock_down(connection)
    return connection, set()

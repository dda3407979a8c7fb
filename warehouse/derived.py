"""Derives what pages ask from the rows that count: current values, the newest of them, and which series there are."""

from __future__ import annotations

import duckdb

from warehouse.questions import SUMMARIES, statement

LARGEST_PORTION = 5_000_000
"""So many rows are judged at once; more would not fit into the memory of a small machine."""


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Derive every table that questions read from all rows ever loaded; sorted as a whole."""
    connection.execute(statement("set_aside_observations"))
    filled: set[str] = set()
    for portion in _portions(connection):
        connection.execute("truncate portion")
        connection.execute("insert into portion select unnest($portion::varchar[])", {"portion": portion})
        _judge(connection, "portion_candidates")
        filled |= {name for name in ("current", "superseded") if _write(connection, name, name in filled)}
    connection.execute("drop view derived_current")
    connection.execute("drop view derived_superseded")
    connection.execute("drop view candidates")  # a table takes its place where only some keys are judged
    connection.execute(statement("drop_set_aside"))
    summarise(connection)


def derive_changed(connection: duckdb.DuckDBPyConnection) -> None:
    """Derive the values of the keys in the table `changed_keys` anew, and what rests on them."""
    _judge(connection, "changed_candidates")
    connection.execute(statement("insert_current"))
    connection.execute(statement("insert_superseded"))
    summarise(connection)


def summarise(connection: duckdb.DuckDBPyConnection) -> None:
    """Derive the small tables: which series, periods and sources there are, what is newest and what was revised."""
    for name in ("derive_ever_loaded", *SUMMARIES.values()):
        connection.execute(statement(name))


def _judge(connection: duckdb.DuckDBPyConnection, candidates: str) -> None:
    for name in (candidates, "judge_contested", "derive_current"):
        connection.execute(statement(name))


def _write(connection: duckdb.DuckDBPyConnection, name: str, is_filled: bool) -> bool:
    """Write what was derived of one portion and tell whether the table has rows; its first rows make it. (Rows inserted into a
    table that was made anew and empty in the same transaction were lost to DuckDB 2.0.)"""
    connection.execute(statement(f"insert_{name}" if is_filled else f"create_{name}"))
    return is_filled or bool(connection.execute(f"select 1 from {name}_rows limit 1").fetchall())


def _portions(connection: duckdb.DuckDBPyConnection) -> list[list[str]]:
    """Return the indicators in portions of a bounded number of rows, in the order of the published table; at least one."""
    counted = connection.execute(
        "select indicator, count(*) from loaded_before group by indicator order by indicator"
    ).fetchall()
    portions: list[list[str]] = [[]]
    rows = 0
    for indicator, count in counted:
        if portions[-1] and rows + count > LARGEST_PORTION:
            portions.append([])
            rows = 0
        portions[-1].append(indicator)
        rows += count
    return portions

"""Derives what pages ask from the rows that count: current values, the newest of them, and which series there are."""

from __future__ import annotations

import duckdb

from warehouse.questions import statement

LARGEST_PORTION = 5_000_000
"""So many rows are judged at once; more would not fit into the memory of a small machine."""


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Derive every table that questions read from all rows of the loads that count; sorted as a whole."""
    portions = _portions(connection)
    if len(portions) < 2:
        _judge(connection, "all_candidates", "create_current")
    else:
        _judge_portions(connection, portions)
    connection.execute("drop view derived_observations")
    connection.execute("drop view candidates")  # a table takes its place where only some keys are derived
    summarise(connection)


def derive_changed(connection: duckdb.DuckDBPyConnection) -> None:
    """Derive the current values of the keys in the table `changed_keys` anew, and what rests on them."""
    _judge(connection, "changed_candidates", "insert_current")
    summarise(connection)


def summarise(connection: duckdb.DuckDBPyConnection) -> None:
    """Derive the small tables from the current values: which series there are and were, and what is newest."""
    for name in ("derive_ever_loaded", "derive_series", "derive_newest"):
        connection.execute(statement(name))


def _judge_portions(connection: duckdb.DuckDBPyConnection, portions: list[list[str]]) -> None:
    """Judge portion by portion; the first makes the table. (Rows inserted into a table that was made anew and empty in the
    same transaction were lost to DuckDB 2.0.)"""
    connection.execute("create temp table portion (indicator varchar)")
    for number, portion in enumerate(portions):
        connection.execute("truncate portion")
        connection.execute("insert into portion select unnest($portion::varchar[])", {"portion": portion})
        _judge(connection, "portion_candidates", "insert_current" if number else "create_current")
    connection.execute("drop table portion")


def _judge(connection: duckdb.DuckDBPyConnection, candidates: str, written: str) -> None:
    for name in (candidates, "derive_current", written):
        connection.execute(statement(name))


def _portions(connection: duckdb.DuckDBPyConnection) -> list[list[str]]:
    """Return the indicators in portions of a bounded number of rows, in the order of the published table."""
    counted = connection.execute(
        "select indicator, count(*) from loaded_observations group by indicator order by indicator"
    ).fetchall()
    portions: list[list[str]] = []
    rows = LARGEST_PORTION
    for indicator, count in counted:
        if rows + count > LARGEST_PORTION:
            portions.append([])
            rows = 0
        portions[-1].append(indicator)
        rows += count
    return portions

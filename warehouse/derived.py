"""Derives what pages ask from the rows that count: current values, the newest of them, and which series there are."""

from __future__ import annotations

import duckdb

from warehouse.questions import statement

LARGEST_PORTION = 5_000_000
"""So many rows are judged at once; more would not fit into the memory of a small machine."""
_HEAD = "create or replace table current_observations as"


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Derive every table that questions read from the rows of the loads that count."""
    portions = _portions(connection)
    whole = statement("derive_current")
    if len(portions) < 2:
        connection.execute(whole)
    else:
        _derive_portions(connection, portions, whole)
    connection.execute(statement("derive_series"))
    connection.execute(statement("derive_newest"))


def _derive_portions(connection: duckdb.DuckDBPyConnection, portions: list[list[str]], whole: str) -> None:
    before, _, query = whole.partition(_HEAD)
    connection.execute("create temp table portion (indicator varchar)")
    connection.execute(statement("portion"))
    for portion in portions:
        connection.execute("truncate portion")
        connection.execute("insert into portion select unnest($portion::varchar[])", {"portion": portion})
        first = portion is portions[0]
        connection.execute(whole if first else f"{before}insert into current_observations{query}")
    connection.execute("drop view temp.observations")
    connection.execute("drop table portion")


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

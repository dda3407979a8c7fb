"""What is derived from many rows in portions is what would be derived at once."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse import derived
from warehouse.questions import statement
from warehouse.snapshots import current_snapshot

TABLES = ("current_observations", "series", "newest_observations")


@pytest.fixture
def connection(synthetic: Path, tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """Return a database with ten times the rows of the small synthetic warehouse: more than one block of a table."""
    snapshot = current_snapshot(synthetic)
    assert snapshot
    opened = duckdb.connect(shutil.copy(snapshot, tmp_path / "copy.duckdb"))
    opened.execute(
        "insert into superseded_rows by name "
        "select * exclude (breakdown, part), part || breakdown as breakdown from loaded_rows "
        "cross join (select unnest(['1', '2', '3', '4', '5', '6', '7', '8', '9']) as part) as copies"
    )
    return opened


def test_portions_derive_what_the_whole_does(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived.derive(connection)
    whole = [connection.sql(f"from {name}").pl() for name in TABLES]
    assert whole[0].height > 700_000
    monkeypatch.setattr(derived, "LARGEST_PORTION", 300_000)
    connection.execute("begin")
    derived.derive(connection)
    connection.execute("commit")
    assert [
        connection.sql(f"from {name}").pl().equals(one) for name, one in zip(TABLES, whole, strict=True)
    ] == [True] * 3


@pytest.fixture
def few() -> duckdb.DuckDBPyConnection:
    """Return an empty warehouse in memory; `_add` fills it."""
    opened = duckdb.connect()
    opened.execute(statement("create_tables"))
    opened.execute(statement("create_views"))
    return opened


def _add(connection: duckdb.DuckDBPyConnection, *spans: str, jobcenter: str = "halle") -> None:
    """Add one current value of a Jobcenter for each span `first day/last day`; values count from 1."""
    for number, span in enumerate(spans, 1):
        first, last = span.split("/")
        connection.execute(
            "insert into current_rows by name select ? as jobcenter, 'elb' as indicator, '' as breakdown, "
            "?::date as period_start, ?::date as period_end, 'stichtag' as time_concept, 'ist' as kind, ? as value, "
            "'endgueltig' as status, 'exakt' as precision, 'q' as source, 1 as load_no, false as contradicted, "
            "false as confidential",
            [jobcenter, first, last, number],
        )


JAN, FEB, MAR = "2018-01-01/2018-01-31", "2018-02-01/2018-02-28", "2018-03-01/2018-03-31"
NOV, DEC = "2018-11-01/2018-11-30", "2018-12-01/2018-12-31"
YEAR, DAY = "2018-01-01/2018-12-31", "2018-06-15/2018-06-15"


def test_periods_of_a_series_are_its_distinct_first_days(few: duckdb.DuckDBPyConnection) -> None:
    _add(few, JAN, FEB, FEB, YEAR, DAY, "2018-06-15/2018-06-20", "2018-06-16/2018-06-16")
    few.execute(statement("derive_series"))
    asked = "select periods, figures, first_start, last_end, last_start from series"
    assert few.sql(asked).fetchall() == [(4, 7, date(2018, 1, 1), date(2018, 12, 31), date(2018, 1, 1))]


@pytest.mark.parametrize("spans", [(YEAR, DEC), (DEC, YEAR), (DEC, YEAR, NOV)])
def test_of_periods_that_end_together_the_shortest_is_the_last(
    few: duckdb.DuckDBPyConnection, spans: tuple[str, ...]
) -> None:
    _add(few, *spans)
    few.execute(statement("derive_series"))
    found = few.sql("select last_start, last_end from series").fetchall()
    assert found == [(date(2018, 12, 1), date(2018, 12, 31))]


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ((JAN, FEB), [1.0, 2.0]),  # two months are no monthly series
        ((JAN, FEB, FEB), [1.0, 2.0, 3.0]),
        ((JAN, FEB, MAR), [3.0]),
        ((JAN, FEB, MAR, MAR), [3.0, 4.0]),
        ((JAN, YEAR, FEB, DAY, MAR), [2.0, 4.0, 5.0]),
        (("2018-01-02/2018-01-31", JAN, FEB), [1.0, 2.0, 3.0]),
    ],
)
def test_of_three_months_and_more_the_newest_is_kept_and_all_that_are_no_months(
    few: duckdb.DuckDBPyConnection, spans: tuple[str, ...], kept: list[float]
) -> None:
    _add(few, *spans)
    _add(few, JAN, jobcenter="harburg")
    few.execute(statement("derive_newest"))
    asked = "select value from newest_observations where jobcenter = 'halle' order by value"
    assert [value for (value,) in few.sql(asked).fetchall()] == kept

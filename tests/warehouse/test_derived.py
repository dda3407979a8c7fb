"""What is derived from many rows in portions is what would be derived at once."""

import shutil
from pathlib import Path

import duckdb
import pytest

from warehouse import derived
from warehouse.snapshots import current_snapshot

TABLES = ("current_observations", "series", "newest_observations")


@pytest.fixture
def connection(synthetic: Path, tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """Return a database with ten times the rows of the small synthetic warehouse: more than one block of a table."""
    snapshot = current_snapshot(synthetic)
    assert snapshot
    opened = duckdb.connect(shutil.copy(snapshot, tmp_path / "copy.duckdb"))
    opened.execute(
        "insert into superseded_observations by name "
        "select * exclude (breakdown, part), part || breakdown as breakdown from loaded_observations "
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

"""Table twins leave the app as downloads: what is INTERN must say so there too."""

from pathlib import Path

import polars as pl

from pages.charts.share_tables import share_table
from pages.charts.tables import value_table
from warehouse.catalog import CONFIDENTIAL, load_catalog
from warehouse.downloads import table_csv
from warehouse.questions import ask
from warehouse.snapshots import current_snapshot
from warehouse.structure import shares

CATALOG = load_catalog()


def test_downloads_of_values_and_shares_keep_intern(warehouse: Path) -> None:
    snapshot = current_snapshot(warehouse)
    assert snapshot is not None
    rows = ask(snapshot, "current_observations")
    found = shares(CATALOG, rows)

    for confidential in (True, False):
        values = rows.filter(pl.col("confidential") == confidential)
        parts = found.filter(pl.col("confidential") == confidential)
        assert values.height
        assert parts.height
        for table in (value_table(CATALOG, values), share_table(CATALOG, parts)):
            assert table["Quelle"].str.contains(CONFIDENTIAL, literal=True).all() == confidential
            assert (CONFIDENTIAL in table_csv(table, {}).decode("utf-8-sig")) == confidential

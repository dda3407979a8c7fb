"""Table twins leave the app as downloads: what is INTERN must say so there too."""

from datetime import date
from pathlib import Path

import polars as pl

from pages.charts.chart import dated_sources
from pages.charts.ratio_table import ratio_table
from pages.charts.share_tables import share_table
from pages.charts.tables import value_table
from tests.warehouse.test_calculations import BEFORE, households, spent
from tests.warehouse.test_calculations import frame as values_of
from warehouse.calculations import ratios
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


def test_what_is_no_value_is_dated_by_its_delivery_else_by_its_source() -> None:
    sources = [("halle-amip-2020", None), ("Umfrage", date(2020, 5, 1)), ("Umfrage", date(2020, 4, 1))]
    notes = dated_sources(CATALOG, sources)
    assert notes["Datenstand"] == "Halle (Saale) 22.01.2020, Umfrage 01.05.2020"
    assert notes["Quelle"].endswith("2020–2025; Umfrage")


def test_amounts_per_head_stand_in_the_order_of_the_jobcenter_and_of_time() -> None:
    before = {"period_start": BEFORE[0], "period_end": BEFORE[1]}
    rows = values_of(
        *({**each, "jobcenter": "me-aktiv"} for each in (spent(), households())),
        *({**each, "jobcenter": "nordsachsen"} for each in (spent(), households())),
        *({**each, "jobcenter": "nordsachsen", **before} for each in (spent(), households())),
    )
    table = ratio_table(CATALOG, CATALOG.ratios["kdu-je-bg"], ratios(CATALOG, rows), rows)
    assert table.select("Jobcenter", "Zeitraum").rows() == [
        ("Nordsachsen", "2017"),
        ("Nordsachsen", "2018"),
        ("ME-aktiv", "2018"),
    ]

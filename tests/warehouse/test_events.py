"""Events: which concern a series, and a catalog that is told what is wrong with one."""

import re
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.warehouse.test_comparison import CATALOG, frame
from tests.warehouse.test_formulas import monthly
from warehouse.catalog import CATALOG_FOLDER, CatalogError, load_catalog
from warehouse.events import concerns, events_of, segment, within


def named(*indicators: str, areas: tuple[str, ...] = ("halle",)) -> list[str]:
    return [event.id for event in events_of(CATALOG, CATALOG.events.values(), indicators, areas)]


def test_events_are_those_of_the_indicator_its_topic_and_the_area_by_date() -> None:
    assert named("k2e3") == [
        "start-48a",
        "vergleichstypen-2014",
        "revision-2016",
        "k2e3-2019",
        "sozialschutz-2020",
        "buergergeld-2023",
    ]
    assert "sanktionen-2019" in named("sanktionsquote")
    assert named("einwohner") == []
    assert named("einwohner", areas=("jc-03208",)) == ["rostock-2019"]
    assert "k3e2-2024" not in named("k3")
    assert concerns(CATALOG, CATALOG.events["k3e2-2024"], "k3e2.vj-prozent")  # its printed change


def test_only_what_falls_into_the_time_shown_is_drawn() -> None:
    events = CATALOG.events.values()
    assert [e.id for e in within(events, date(2023, 9, 1), date(2023, 12, 31))] == ["k3e2-2024"]
    assert [e.id for e in within(events, date(2023, 10, 1), date(2023, 12, 31))] == []


def test_a_break_begins_a_new_segment_in_its_area_only() -> None:
    rows = frame(*monthly("elb", (2018, 12), 1.0, 2.0))
    rostock = rows.with_columns(jobcenter=pl.lit("jc-03208"))
    every = CATALOG.events.values()
    assert rows.select(segment(CATALOG, rows, every).alias("s"))["s"].to_list() == [0, 0]
    assert rostock.select(segment(CATALOG, rostock, every).alias("s"))["s"].to_list() == [0, 1]


def test_every_event_has_a_source_and_only_breaks_of_definition_or_area_break() -> None:
    for event in CATALOG.events.values():
        assert len(event.text) > 30
        assert re.search(r"\d", event.source) or "Metadaten" in event.source
        assert not event.breaks or event.kind in ("bruch", "gebiet")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('kind = "unklar"', "»kind« verweist auf »unklar«"),
        ("end = 2010-01-01", "»end« liegt vor »start«"),
        ('areas = ["jc-1"]', "»areas« verweist auf »jc-1«"),
        ('topics = ["wetter"]', "»topics« verweist auf »wetter«"),
    ],
)
def test_a_faulty_event_is_named_with_its_place(tmp_path: Path, wrong: str, said: str) -> None:
    shutil.copytree(CATALOG_FOLDER, tmp_path / "catalog")
    usual = {
        "kind": 'kind = "recht"',
        "start": "start = 2019-01-01",
        "text": 'text = "x"',
        "source": 'source = "y"',
    }
    usual |= {"name": 'name = "Probe"', wrong.split(" ")[0]: wrong}
    with (tmp_path / "catalog/events.toml").open("a", encoding="utf-8") as file:
        file.write("\n[probe]\n" + "\n".join(usual.values()) + "\n")
    with pytest.raises(CatalogError, match=r"events\.toml, Eintrag \[probe\]") as found:
        load_catalog(tmp_path / "catalog")
    assert said in str(found.value)

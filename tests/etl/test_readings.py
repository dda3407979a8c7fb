"""A file is read once: what was read of it is set aside until it is decided on, and counts only while nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl import readings, tidy
from etl.draft import Draft, draft, understand
from etl.extract import Extract
from etl.load import load_extract
from etl.readings import Readings
from etl.saved import Saved
from etl.tidy import Tidied
from tests.etl.assigned_files import REPORT, monthly
from tests.etl.deliveries import delivery, values
from tests.etl.statistics import statistic
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
DAY, NEXT_DAY = date(2026, 11, 28), date(2026, 11, 29)
JUNE = delivery("halle;ELB;2019-06;1", "halle;ELB;2019-06;2", "Entenhausen;ELB;2019-06;3", name="juni.csv")
JULY = delivery("halle;ELB;2019-07;5", name="juli.csv")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are read from now on."""
    names: list[str] = []

    def counted(extract: Extract, *rest: object) -> Draft:
        names.append(extract.file_name)
        return understand(extract, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(readings, "understand", counted)
    return names


def said(made: Draft) -> tuple[object, ...]:
    """Return all that a draft says."""
    tidied = made.tidied or Tidied("observations", pl.DataFrame(), 0)
    rest = replace(made, tidied=None)
    about = (tidied.target, tidied.skipped, set(tidied.undated), tidied.areas, tidied.across, tidied.sheet)
    return (rest, *about, tidied.frame.schema, tidied.frame.rows())


FILES = {
    "csv with errors": JUNE,
    "statistic": statistic(),
    "format of a person": monthly(),
}


@pytest.mark.parametrize("large", [False, True], ids=["", "held in little memory"])
@pytest.mark.parametrize("name", FILES)
def test_what_was_set_aside_says_all_that_was_read(
    monkeypatch: pytest.MonkeyPatch, read: list[str], name: str, large: bool
) -> None:
    if large:
        monkeypatch.setattr(tidy, "LARGE", 1)
    saved, kept = Saved((REPORT,)), Readings()
    for _ in range(2):
        made = kept.understand(FILES[name], CATALOG, DAY, saved)
        assert made.extract.content == FILES[name].content
        assert said(made) == said(understand(FILES[name], CATALOG, DAY, saved))
    assert read == [FILES[name].file_name]


def test_a_file_is_read_once_from_the_check_to_the_load(tmp_path: Path, read: list[str]) -> None:
    kept = Readings()
    first = draft(tmp_path, JULY, CATALOG, DAY, kept.understand)
    assert load_extract(tmp_path, JULY, today=DAY, read=kept.understand).counts == first.counts
    assert values(tmp_path) == {("elb", "2019-07-01"): 5.0}
    assert read == ["juli.csv"]


def test_it_is_compared_with_what_has_been_loaded_since(tmp_path: Path, read: list[str]) -> None:
    kept = Readings()
    first = draft(tmp_path, JULY, CATALOG, DAY, kept.understand)
    load_extract(tmp_path, delivery("halle;ELB;2019-07;4"), today=DAY)
    report = load_extract(tmp_path, JULY, today=DAY, read=kept.understand)
    assert (first.counts["new"], first.counts["revised"]) == (1, 0)
    assert (report.outcome, report.counts["new"], report.counts["revised"]) == ("loaded", 0, 1)
    assert read == ["juli.csv"]


def test_it_is_read_again_where_what_it_rests_on_has_changed(read: list[str]) -> None:
    kept, saved = Readings(), Saved((REPORT,))
    renamed = Extract(JULY.content, "anders.csv")
    for conditions in (
        (JULY, CATALOG, DAY, Saved()),
        (JULY, CATALOG, NEXT_DAY, Saved()),
        (JULY, CATALOG, NEXT_DAY, saved),
        (JULY, replace(CATALOG), NEXT_DAY, saved),
        (renamed, CATALOG, NEXT_DAY, saved),
    ):
        before = len(read)
        kept.understand(*conditions)
        kept.understand(*conditions)
        assert len(read) == before + 1
    assert read == ["juli.csv"] * 4 + ["anders.csv"]
    kept.forget(renamed)
    kept.understand(renamed, CATALOG, NEXT_DAY, saved)
    assert len(read) == 6


@pytest.mark.parametrize("bound", [{"most_files": 1}, {"most_bytes": 1}])
def test_the_oldest_gives_way_where_too_much_is_set_aside(read: list[str], bound: dict[str, int]) -> None:
    kept = Readings(**bound)
    for file in (JUNE, JULY, JUNE):
        kept.understand(file, CATALOG, DAY)
    assert read == ["juni.csv", "juli.csv", "juni.csv"]


def test_without_space_it_is_read_again(monkeypatch: pytest.MonkeyPatch, read: list[str]) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(readings.pickle, "dump", full)
    kept = Readings()
    assert [said(kept.understand(JULY, CATALOG, DAY))[1] for _ in range(2)] == ["observations"] * 2
    assert read == ["juli.csv"] * 2

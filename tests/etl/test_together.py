"""Several files published together are what they would be one after the other: figures, log, messages, earlier states."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import log
from etl import published as published_
from etl.draft import Draft, understand
from etl.export import export, langformat_csv
from etl.extract import Extract
from etl.load import load_extract, load_together, rebuild, repair, retract
from etl.problem import Problem
from etl.seed import FOLDERS
from etl.verdict import Offer, Report
from tests.etl.deliveries import delivery, published, values, workbook
from tests.etl.test_faults import fails_at
from tests.etl.test_states import check_each_row_lies_once
from warehouse.catalog import load_catalog
from warehouse.questions import ask
from warehouse.snapshots import current_snapshot

CATALOG = load_catalog()
DAY = date(2026, 11, 28)
DATED = ("jobcenter", "kennzahl", "zeitraum", "wert", "datenstand", "quelle")
_WHEN = re.compile(r"am [0-9.]{10} um [0-9:]{5} Uhr")


def told(reports: Sequence[Report]) -> list[object]:
    """Return all that reports say, but for the times in it."""
    return [
        (each.file, each.outcome, each.extract, each.counts, _timeless(each.problems)) for each in reports
    ]


def _timeless(problems: Sequence[Problem]) -> list[Problem]:
    return [
        replace(each, text=_WHEN.sub("am …", each.text), value=_WHEN.sub("am …", each.value))
        for each in problems
    ]


def state(folder: Path) -> list[object]:
    """Return what a warehouse knows: its log but for the times, the figures after every act, and which contradict each other."""
    acts = [replace(entry, at="") for entry in log.read_log(folder)]
    snapshot = current_snapshot(folder)
    if snapshot is None:
        return [acts]
    loads = ask(snapshot, "loads")["load_no"].to_list()
    exports = [langformat_csv(export(snapshot, CATALOG, as_of=act)) for act in (None, *loads)]
    names = ("jobcenter", "period_start", "value", "source", "load_no", "contradicted")
    marks = sorted(map(str, ask(snapshot, "current_observations").select(names).rows()))
    return [acts, loads, exports, marks]


# --- the same as one after the other

ROW = st.builds(
    "{};ELB;2019-0{};{};{};{}".format,
    st.sampled_from(("halle", "harburg")),
    st.integers(1, 3),
    st.sampled_from(("100", "101", "900", "*")),
    st.sampled_from(("2019-09-30", "2019-12-31")),
    st.sampled_from(("Amt A", "Amt B")),
)
FILE = st.builds(
    lambda rows, name: delivery(*rows, header=DATED, name=name),
    st.lists(ROW, min_size=1, max_size=4, unique=True),
    st.sampled_from(("a.csv", "b.csv")),
)
BAD = delivery("Entenhausen;ELB;2019-06;1", name="schlecht.csv")
OFFERED = st.lists(
    st.builds(Offer, FILE | st.just(BAD), st.sampled_from(("", "geprüft")), st.sampled_from((None, ()))),
    min_size=2,
    max_size=5,
)


@pytest.mark.parametrize("national", [False, True], ids=["derived as a whole", "derived load by load"])
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(FILE, max_size=2), offered=OFFERED, again=st.integers(0, 9))
def test_together_is_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch, national: bool, before: list[Extract], offered: list[Offer], again: int
) -> None:
    monkeypatch.setattr(published_, "SHORTEST", 0 if national else 300_000)
    offered = [*offered, replace(offered[again % len(offered)], reason="noch einmal")]
    with tempfile.TemporaryDirectory() as name:
        one, all_, start = Path(name, "one"), Path(name, "all"), Path(name, "start")
        start.mkdir()
        for extract in before:
            load_extract(start, extract, who="Test", accept_warnings="Test", today=DAY)
        shutil.copytree(start, one)
        shutil.copytree(start, all_)
        apart = [load_together(one, [each], who="Test", today=DAY)[0] for each in offered]
        together = load_together(all_, iter(offered), who="Test", today=DAY)

        assert told(together) == told(apart)
        assert state(all_) == state(one)
        assert repair(all_) is False, "log and snapshot agree"
        if loads := log.active(log.read_log(all_)):
            check_each_row_lies_once(all_)
            retract(one, loads[0].extract, who="Test")
            retract(all_, loads[0].extract, who="Test")
            assert state(all_) == state(one)
            rebuild(all_)
            assert state(all_) == state(one)


def test_every_kind_of_row_together_is_one_after_the_other(warehouse: Path, tmp_path: Path) -> None:
    documents = [Extract.from_file(path) for folder in FOLDERS for path in sorted(folder.glob("*.csv"))]
    together = load_together(tmp_path, [Offer(each, "geprüft") for each in documents], who="Test")
    assert {each.outcome for each in together} == {log.LOADED}
    assert state(tmp_path)[1:] == state(warehouse)[1:]
    for name in ("known_fields", "known_contradictions", "known_events", "known_memberships", "areas"):
        rows = published(tmp_path, name)
        left = [column for column in ("who", "acted_at") if column in rows.columns]
        assert rows.drop(left).equals(published(warehouse, name).drop(left))


# --- one publication, and an act for each

JUNE, JULY, AGAIN = (
    delivery(f"halle;ELB;2019-0{month};{value}", name=name)
    for month, value, name in ((6, 1, "juni.csv"), (7, 2, "juli.csv"), (6, 3, "korrektur.csv"))
)
AFTER = {("elb", "2019-06-01"): 3.0, ("elb", "2019-07-01"): 2.0}
THREE = [Offer(each) for each in (JUNE, JULY, AGAIN)]


def snapshots(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "snapshots").iterdir())


def test_one_publication_with_an_act_for_each_file(tmp_path: Path) -> None:
    reports = load_together(tmp_path, [Offer(BAD), *THREE, Offer(JULY)], who="Test")
    assert [each.outcome for each in reports] == ["rejected", "loaded", "loaded", "loaded", "unchanged"]
    assert [(each.no, each.file_name, each.act) for each in log.read_log(tmp_path)] == [
        (1, "schlecht.csv", "rejected"),
        (2, "juni.csv", "loaded"),
        (3, "juli.csv", "loaded"),
        (4, "korrektur.csv", "loaded"),
        (5, "juli.csv", "unchanged"),
    ]
    assert snapshots(tmp_path) == ["warehouse-000001.duckdb"]
    assert values(tmp_path) == AFTER
    retract(tmp_path, AGAIN.id)
    assert values(tmp_path) == {**AFTER, ("elb", "2019-06-01"): 1.0}


def test_where_nothing_is_loaded_nothing_is_published(tmp_path: Path) -> None:
    assert load_together(tmp_path, []) == []
    assert not log.log_path(tmp_path).exists()
    load_together(tmp_path, THREE)
    load_together(tmp_path, [Offer(JUNE), Offer(BAD)])
    assert [each.act for each in log.read_log(tmp_path)] == ["loaded"] * 3 + ["unchanged", "rejected"]
    assert snapshots(tmp_path) == ["warehouse-000001.duckdb"]


def test_a_file_that_breaks_the_reader_does_not_stop_the_others(tmp_path: Path) -> None:
    def read(extract: Extract, *rest: object) -> Draft:
        if extract is JULY:
            raise RuntimeError("boom")
        return understand(extract, *rest)  # type: ignore[arg-type]

    reports = load_together(tmp_path, THREE, read=read)
    assert [each.outcome for each in reports] == ["loaded", "rejected", "loaded"]
    assert "Datei juli.csv: Beim Lesen kam es zu einem unerwarteten Fehler" in reports[1].problems[0].message
    assert values(tmp_path) == {("elb", "2019-06-01"): 3.0}


# --- whatever happens in the middle


@pytest.mark.parametrize(
    ("function", "number", "is_first"),
    [
        ("etl.batch.keep", 2, True),
        ("etl.batch.drafted", 3, False),
        ("etl.log.os.fsync", 7, False),
        ("os.replace", 4, False),
        ("os.replace", 5, True),
    ],
)
def test_what_fails_in_the_middle_loads_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int, is_first: bool
) -> None:
    start = delivery("halle;ELB;2019-01;9")
    if not is_first:
        load_extract(tmp_path, start)
    before = values(tmp_path) if not is_first else {}
    with monkeypatch.context() as patch:
        patch.setattr(function, fails_at(number, _real(function)))
        with pytest.raises(OSError, match="space"):
            load_together(tmp_path, THREE)
    assert (values(tmp_path) if current_snapshot(tmp_path) else {}) == before
    assert [each.file_name for each in log.read_log(tmp_path)] == [start.file_name] * (not is_first)
    assert repair(tmp_path) is False
    assert {each.outcome for each in load_together(tmp_path, THREE)} == {"loaded"}
    assert values(tmp_path) == {**before, **AFTER}
    assert not list(tmp_path.rglob("*.new"))


def _real(name: str) -> object:
    import importlib
    import os

    module, _, function = name.rpartition(".")
    return getattr(os if module.endswith("os") else importlib.import_module(module), function)


def test_breaking_off_between_two_files_leaves_nothing(tmp_path: Path) -> None:
    def offers() -> object:
        yield THREE[0]
        raise KeyboardInterrupt

    load_extract(tmp_path, JULY)
    before = log.log_path(tmp_path).read_bytes(), snapshots(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        load_together(tmp_path, offers())  # type: ignore[arg-type]
    assert (log.log_path(tmp_path).read_bytes(), snapshots(tmp_path)) == before


def test_a_crash_while_the_log_is_written_leaves_the_first_of_its_lines(tmp_path: Path) -> None:
    one, all_ = tmp_path / "one", tmp_path / "all"
    load_extract(one, delivery("halle;ELB;2019-01;9"))
    shutil.copytree(one, all_)
    pointer, known = (all_ / "current").read_bytes(), log.log_path(all_).read_bytes()
    load_together(all_, THREE)
    expected = [values(one)]
    for offer in THREE:
        load_together(one, [offer])
        expected.append(values(one))
    written = log.log_path(all_).read_bytes()
    ends = [match.end() for match in re.finditer(b"\n", written) if match.end() >= len(known)]
    for lines, end in enumerate(ends):
        for cut in (end, min(end + 30, len(written))):  # between two lines, and within the next
            folder = tmp_path / f"cut-{cut}"
            shutil.copytree(all_, folder, dirs_exist_ok=True)
            (folder / "current").write_bytes(pointer)  # it moves only when the whole log is on disk
            log.log_path(folder).write_bytes(written[:cut])
            assert values(folder) == expected[0], "until then the figures before are served"
            repair(folder)
            assert values(folder) == expected[lines]
            assert len(log.read_log(folder)) == 1 + lines


def test_delivered_again_a_file_in_the_middle_heals_what_was_lost(tmp_path: Path) -> None:
    book = workbook(["halle", "ELB", "2019-06", 1], name="mappe.xlsx")
    load_extract(tmp_path, book)
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    snapshot.unlink()
    shutil.rmtree(tmp_path / "extracts")
    assert [each.outcome for each in load_together(tmp_path, [Offer(JULY), Offer(book)])] == [
        "loaded",
        "unchanged",
    ]
    assert values(tmp_path) == {("elb", "2019-06-01"): 1.0, ("elb", "2019-07-01"): 2.0}


def test_a_file_is_let_go_of_before_its_rows_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of ten million rows has half a gigabyte."""
    given: list[weakref.ref[Extract]] = []
    held: list[Extract | None] = []

    def offers() -> Iterator[Offer]:
        for number in (1, 2):
            offer = [Offer(delivery(f"halle;ELB;2019-0{number};1"))]
            given.append(weakref.ref(offer[0].extract))
            yield offer.pop()

    write = published_._add_rows

    def written(*about: Any, **more: Any) -> None:
        held.append(given[-1]())
        write(*about, **more)

    monkeypatch.setattr(published_, "_add_rows", written)
    assert [each.outcome for each in load_together(tmp_path, offers(), today=DAY)] == ["loaded"] * 2
    assert held == [None, None]
    assert {entry.extract for entry in log.read_log(tmp_path)} == {
        path.name for path in (tmp_path / "extracts").glob("*/*")
    }

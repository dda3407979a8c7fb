"""After every act the state before it stays askable, exactly as it was."""

import os
import random
import shutil
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from etl import log
from etl import published as published_
from etl.export import export, langformat_csv
from etl.extract import Extract, kept_path
from etl.load import load_extract, rebuild, repair, retract
from tests.etl.deliveries import delivery, published
from tests.etl.test_faults import fails_at
from warehouse import questions
from warehouse.catalog import load_catalog
from warehouse.questions import ask, opened
from warehouse.schema import KEY
from warehouse.snapshots import current_snapshot
from warehouse.vintages import with_acts

CATALOG = load_catalog()
DATED = ("jobcenter", "kennzahl", "zeitraum", "wert", "datenstand", "quelle")


def exported(folder: Path, as_of: int | None = None) -> bytes:
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    return langformat_csv(export(snapshot, CATALOG, as_of=as_of))


def asked(folder: Path, question: str, as_of: int | None = None, **parameters: object) -> pl.DataFrame:
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    return ask(snapshot, question, as_of=as_of, **parameters)


def evidence(folder: Path, as_of: int | None = None, **series: object) -> pl.DataFrame:
    return with_acts(asked(folder, "evidence", as_of, **series), asked(folder, "loads", as_of))


def load(folder: Path, extract: Extract) -> str:
    return load_extract(folder, extract, who="Test", accept_warnings="Test").outcome


def revised(value: str, day: str, *, name: str = "l.csv", source: str = "Amt A") -> Extract:
    return delivery(f"halle;ELB;2019-06;{value};{day};{source}", header=DATED, name=name)


def any_delivery(rng: random.Random) -> Extract:
    rows = {
        f"{rng.choice(['halle', 'harburg'])};ELB;2019-{rng.randint(1, 3):02d};{rng.choice(['1', '2', '*', '3'])};"
        f"{rng.choice(['2019-09-30', '2019-12-31'])};{rng.choice(['Amt A', 'Amt B'])}"
        for _ in range(rng.randint(1, 6))
    }
    return delivery(*sorted(rows), header=DATED, name=f"{rng.random()}.csv")


@pytest.mark.parametrize("number", range(4))
def test_the_export_of_every_state_is_the_export_right_after_its_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    if number % 2:  # derive load by load, as at national size
        monkeypatch.setattr(published_, "SHORTEST", 0)
        monkeypatch.setattr(published_, "MOST_LOADS", 4)
    rng = random.Random(number)
    right_after: dict[int, bytes] = {}
    delivered: list[Extract] = []
    for _ in range(11):
        active = log.active(log.read_log(tmp_path))
        if active and rng.random() < 0.35:
            assert retract(tmp_path, rng.choice(active).extract, who="Test") is None
        else:
            again = delivered and rng.random() < 0.3
            delivered.append(rng.choice(delivered) if again else any_delivery(rng))
            load(tmp_path, delivered[-1])
        if current_snapshot(tmp_path) is not None:
            last = log.read_log(tmp_path)[-1]
            if last.act in (log.LOADED, log.RETRACTED):
                right_after[last.no] = exported(tmp_path)

    assert len(right_after) > 5
    assert {log.LOADED, log.RETRACTED} <= {entry.act for entry in log.read_log(tmp_path)}
    assert {no: exported(tmp_path, no) for no in right_after} == right_after
    assert exported(tmp_path) == right_after[max(right_after)]

    check_each_row_lies_once(tmp_path)

    rebuild(tmp_path)

    assert {no: exported(tmp_path, no) for no in right_after} == right_after
    assert exported(tmp_path) == right_after[max(right_after)]
    check_each_row_lies_once(tmp_path)
    check_current(tmp_path)


def check_each_row_lies_once(folder: Path) -> None:
    """Every row ever loaded is either current or superseded, and no row is both."""
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    lying = opened(snapshot).cursor()
    rows = lying.execute("select load_no, row, count(*) from loaded_observations group by all order by all")
    delivered = {entry.no: entry.rows for entry in log.read_log(folder) if entry.act == log.LOADED}
    found = [(no, count) for no, _, count in rows.fetchall()]
    assert {count for _, count in found} == {1}
    assert {no: [each for each, _ in found].count(no) for no in delivered} == delivered


def check_current(folder: Path) -> None:
    """Compare what is current with the rule in plain words, value by value, in every state."""
    for act in asked(folder, "loads")["load_no"]:
        counts = set(asked(folder, "load_numbers", act)["load_no"])
        everything = pl.concat(
            evidence(folder, act, **series)
            for series in asked(folder, "series_ever_loaded", act, areas=["halle", "harburg"])
            .rename({"jobcenter": "area"})
            .iter_rows(named=True)
        )
        expected = []
        for _, values in everything.filter(pl.col("load_no").is_in(list(counts))).group_by(KEY):
            of_day = values.filter(pl.col("data_date") == pl.col("data_date").max())
            expected += of_day.filter(pl.col("load_no") == pl.col("load_no").max().over("source")).rows(
                named=True
            )
        names = [*KEY, "source", "load_no", "row", "value", "status"]
        current = asked(folder, "current_observations", act).select(names)
        assert sorted(map(str, current.rows())) == sorted(
            str(tuple(row[n] for n in names)) for row in expected
        )
        assert everything["current"].sum() == current.height
    series = {"area": "halle", "indicator": "elb", "breakdown": ""}
    newest = int(asked(folder, "loads")["load_no"].max())  # type: ignore[arg-type]
    assert_frame_equal(
        evidence(folder, **series), evidence(folder, newest, **series), check_column_order=False
    )


def test_what_was_loaded_and_taken_back_stays_in_the_states_between(tmp_path: Path) -> None:
    load(tmp_path, revised("100", "2019-09-30"))
    wrong = revised("910", "2019-12-31", name="falsch.csv")
    load(tmp_path, wrong)
    retract(tmp_path, wrong.id, who="Leitung", reason="Zahlendreher")
    load(tmp_path, revised("110", "2019-12-31"))

    values = [asked(tmp_path, "current_observations", act)["value"].to_list() for act in (1, 2, 3, 4)]

    assert values == [[100.0], [910.0], [100.0], [110.0]]
    assert published(tmp_path)["value"].to_list() == [110.0]
    assert [asked(tmp_path, "loads", act).height for act in (1, 2, 3, 4)] == [1, 2, 3, 4]


def test_loaded_again_after_it_was_taken_back_counts_once(tmp_path: Path) -> None:
    extract = revised("100", "2019-09-30")
    load(tmp_path, extract)
    retract(tmp_path, extract.id)
    assert load(tmp_path, extract) == "loaded"

    heights = [asked(tmp_path, "current_observations", act).height for act in (1, 2, 3)]
    assert heights == [1, 0, 1]
    found = evidence(tmp_path, area="halle", indicator="elb", breakdown="")
    assert found.select("load_no", "retracted", "current").rows() == [(3, False, True), (1, True, False)]


def test_contradictions_are_judged_in_every_state_anew(tmp_path: Path) -> None:
    load(tmp_path, revised("100", "2019-09-30"))
    load(tmp_path, revised("120", "2019-09-30", source="Amt B"))
    load(tmp_path, revised("120", "2019-09-30", name="b.csv"))

    marks = [asked(tmp_path, "current_observations", act)["contradicted"].to_list() for act in (1, 2, 3)]
    assert marks == [[False], [True, True], [False, False]]


def test_fields_and_recorded_contradictions_follow_the_state(warehouse: Path) -> None:
    heights = [
        [asked(warehouse, name, act).height for name in ("known_fields", "known_contradictions")]
        for act in (1, 2, 3)
    ]
    assert heights[0] == [0, 0]
    assert heights[1][0] > 0
    assert heights[1][1] == 0
    assert heights[2][0] == heights[1][0]
    assert heights[2][1] > 0


def test_a_lost_file_of_a_load_that_was_taken_back_does_not_block_and_is_told(tmp_path: Path) -> None:
    load(tmp_path, revised("100", "2019-09-30"))
    wrong = revised("910", "2019-12-31", name="falsch.csv")
    load(tmp_path, wrong)
    retract(tmp_path, wrong.id)
    before = exported(tmp_path)
    kept_path(tmp_path, wrong.id).unlink()

    assert asked(tmp_path, "incomplete_loads", 2).height == 0, "the snapshot still has its rows"
    assert rebuild(tmp_path) == 1
    assert exported(tmp_path) == before
    assert asked(tmp_path, "current_observations", 2)["value"].to_list() == [100.0]
    assert asked(tmp_path, "incomplete_loads", 2).rows() == [(2, "falsch.csv")]
    assert asked(tmp_path, "incomplete_loads").height == 0
    assert asked(tmp_path, "incomplete_loads", 1).height == 0


def test_a_file_that_counts_may_be_lost_and_taken_back_while_the_snapshot_is_sound(tmp_path: Path) -> None:
    wrong = revised("910", "2019-12-31")
    load(tmp_path, wrong)
    kept_path(tmp_path, wrong.id).unlink()
    assert retract(tmp_path, wrong.id) is None
    assert published(tmp_path).height == 0
    assert asked(tmp_path, "current_observations", 1)["value"].to_list() == [910.0]


@pytest.mark.parametrize("lost", [True, False])
def test_taking_back_heals_a_damaged_snapshot(tmp_path: Path, lost: bool) -> None:
    load(tmp_path, revised("100", "2019-09-30"))
    wrong = revised("910", "2019-12-31", name="falsch.csv")
    load(tmp_path, wrong)
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    snapshot.write_bytes(b"")
    if lost:
        kept_path(tmp_path, wrong.id).unlink()

    assert retract(tmp_path, wrong.id) is None

    assert published(tmp_path)["value"].to_list() == [100.0]
    assert asked(tmp_path, "current_observations", 2)["value"].to_list() == [100.0 if lost else 910.0]
    assert repair(tmp_path) is False


@pytest.mark.parametrize("number", range(1, 6))
def test_a_full_disk_at_any_step_of_taking_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    load(tmp_path, revised("100", "2019-09-30"))
    wrong = revised("910", "2019-12-31")
    load(tmp_path, wrong)
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", fails_at(number, os.fsync))
        try:
            retract(tmp_path, wrong.id)
            back = True
        except OSError:
            back = False

    assert back is (number >= 4), "snapshot, log, pointer; the folder of the pointer may wait"
    assert published(tmp_path)["value"].to_list() == [100.0 if back else 910.0]
    assert len(log.read_log(tmp_path)) == 2 + back
    assert repair(tmp_path) is False
    assert (retract(tmp_path, wrong.id) is None) is not back
    assert published(tmp_path)["value"].to_list() == [100.0]
    assert asked(tmp_path, "current_observations", 2)["value"].to_list() == [910.0]


def test_a_snapshot_of_an_earlier_version_is_built_anew(tmp_path: Path) -> None:
    load(tmp_path, revised("100", "2019-09-30"))
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    older = snapshot.with_name("warehouse-000002.duckdb")
    with duckdb.connect(str(older)) as connection:
        connection.execute("attach ? as base (read_only)", [str(snapshot)])
        for name in ("loads", "observations", "fields", "contradictions", "confidential_sources"):
            connection.execute(f"create table {name} as from base.{name}")
        connection.execute("create table current_observations as from base.current_observations")
    (tmp_path / "current").write_text(older.name)

    assert published(tmp_path)["value"].to_list() == [100.0], "it can be read until then"
    assert load(tmp_path, revised("110", "2019-12-31")) == "loaded"
    assert asked(tmp_path, "current_observations", 1)["value"].to_list() == [100.0]
    assert published(tmp_path)["value"].to_list() == [110.0]


def test_a_snapshot_that_kept_places_as_words_answers_until_it_is_built_anew(tmp_path: Path) -> None:
    load(tmp_path, revised("100", "2019-09-30"))
    load(tmp_path, revised("110", "2019-12-31"))
    before = [asked(tmp_path, "current_observations", act) for act in (1, 2)]
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    older = shutil.copy(snapshot, snapshot.with_name("warehouse-000009.duckdb"))
    with duckdb.connect(older) as connection:
        for name in ("current", "superseded"):
            connection.execute(f"create table words as from {name}_observations")
            connection.execute(f"drop view {name}_observations")
            connection.execute(f"alter table words rename to {name}_observations")
        connection.execute("drop table current_rows")
        connection.execute("drop table superseded_rows")
    (tmp_path / "current").write_text(older.name)

    assert [
        asked(tmp_path, "current_observations", act).equals(seen)
        for act, seen in zip((1, 2), before, strict=True)
    ] == [True] * 2
    assert published(tmp_path).equals(before[1])
    assert repair(tmp_path) is True
    assert published(tmp_path).equals(before[1])
    assert repair(tmp_path) is False


def test_an_older_state_is_read_only_and_locked_down(tmp_path: Path) -> None:
    load(tmp_path, revised("100", "2019-09-30"))
    assert asked(tmp_path, "current_observations", 1).height == 1
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    connection = opened(snapshot).connection
    for statement in (
        "delete from published.loads",
        "set threads = 8",
        "select * from read_csv('/etc/passwd')",
        f"copy observations to '{tmp_path}/aus.csv'",
        f"attach '{tmp_path}/fremd.duckdb'",
    ):
        with pytest.raises(duckdb.Error):
            connection.execute(statement)


@pytest.mark.parametrize("act", [None, 1])
def test_a_question_that_needs_more_memory_than_all_share_gets_more_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: int | None
) -> None:
    load(tmp_path, revised("100", "2019-09-30"))
    load(tmp_path, revised("110", "2019-12-31"))
    expected = asked(tmp_path, "current_observations", act)
    rebuild(tmp_path)  # another file, opened anew

    monkeypatch.setattr(questions, "_SHARED", "2MB")
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    with pytest.raises(duckdb.OutOfMemoryException):
        opened(snapshot).ask("current_observations", act, {})
    assert_frame_equal(ask(snapshot, "current_observations", as_of=act), expected)
    assert_frame_equal(ask(snapshot, "current_observations", as_of=act), expected)


def test_evidence_names_who_took_a_value_back_and_why(tmp_path: Path) -> None:
    wrong = revised("910", "2019-12-31")
    load(tmp_path, wrong)
    retract(tmp_path, wrong.id, who="Leitung", reason="Zahlendreher")

    (row,) = evidence(tmp_path, area="halle", indicator="elb", breakdown="").rows(named=True)

    told = {name: row[name] for name in ("who", "retracted_by", "retraction_reason", "retracted", "current")}
    assert told == {
        "who": "Test",
        "retracted_by": "Leitung",
        "retraction_reason": "Zahlendreher",
        "retracted": True,
        "current": False,
    }
    assert row["data_date"] == date(2019, 12, 31)
    assert row["retracted_at"] is not None

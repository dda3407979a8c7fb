"""Whatever breaks in the middle of a load: the old figures stay readable, and the next load works."""

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from etl import log
from etl.extract import DamagedWarehouseError
from etl.load import load_extract, loading, rebuild, repair, retract_all
from etl.seed import SeedError, seed
from tests.etl.deliveries import delivery, published, values
from warehouse.questions import ask, opened
from warehouse.snapshots import KEPT_SNAPSHOTS, current_snapshot

OLD, NEW = delivery("halle;ELB;2019-06;1", name="alt.csv"), delivery("halle;ELB;2019-06;2", name="neu.csv")
BEFORE, AFTER = {("elb", "2019-06-01"): 1.0}, {("elb", "2019-06-01"): 2.0}
ROOT = Path(__file__).parent.parent.parent


def load(folder: Path, extract: object = NEW) -> str:
    return load_extract(folder, extract, who="Test").outcome  # type: ignore[arg-type]


def fails_at(number: int, real: Callable[..., object]) -> Callable[..., object]:
    """Return a function that fails with a full disk when it is called for the `number`-th time."""
    calls = iter(range(1, 1000))

    def function(*arguments: object, **options: object) -> object:
        if next(calls) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments, **options)

    return function


STEPS = [("os.fsync", number) for number in range(1, 8)] + [("os.replace", 1), ("os.replace", 2)]
STEPS += [("shutil.copyfile", 1), ("duckdb.connect", 1), ("etl.batch.keep", 1), ("etl.load.publish", 1)]
STEPS += [("etl.log.os.fsync", 1), ("warehouse.snapshots.write_durably", 1), ("etl.published.statement", 2)]


@pytest.mark.parametrize(("function", "number"), STEPS)
def test_a_full_disk_at_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int
) -> None:
    load(tmp_path, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(function, fails_at(number, _real(function)))
        try:
            load(tmp_path)
            loaded = True
        except OSError:
            loaded = False

    assert values(tmp_path) == (AFTER if loaded else BEFORE)
    assert [entry.act for entry in log.read_log(tmp_path)] == ["loaded", "loaded"][: 1 + loaded]
    assert repair(tmp_path) is False, "log and snapshot agree even now"
    assert load(tmp_path) == ("unchanged" if loaded else "loaded")
    assert values(tmp_path) == AFTER
    assert not list(tmp_path.rglob("*.new"))


def _real(name: str) -> Callable[..., object]:
    module, _, function = name.rpartition(".")
    found: object = sys.modules[module.removesuffix(".os")] if not module.endswith(".os") else os
    real: Callable[..., object] = getattr(found, function)
    return real


def test_steps_cover_every_write_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync
    load(tmp_path, OLD)
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), real(handle)))
    load(tmp_path)
    assert len(synced) == 6, "extract, its folder, snapshot, log, pointer, its folder"


# --- a crash between the log and the figures (kills at any moment: test_killed.py)


def test_a_load_logged_but_not_shown_is_shown_by_the_next_start(tmp_path: Path) -> None:
    load(tmp_path, OLD)
    pointer = (tmp_path / "current").read_text()
    load(tmp_path)
    (tmp_path / "current").write_text(pointer)  # as if the power had gone before the pointer was on disk

    assert values(tmp_path) == BEFORE
    assert repair(tmp_path) is True
    assert values(tmp_path) == AFTER


# --- readers and loaders at the same time


def test_readers_see_no_error_and_no_mixture_while_snapshots_are_published(tmp_path: Path) -> None:
    load(tmp_path, delivery(*(f"halle;ELB;{year};0" for year in range(2000, 2020))))
    seen: list[set[float]] = []
    errors: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                snapshot = current_snapshot(tmp_path)
                assert snapshot is not None
                seen.append(set(ask(snapshot, "current_observations")["value"]))
            except BaseException as error:
                errors.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 9):
        load(tmp_path, delivery(*(f"halle;ELB;{year};{number}" for year in range(2000, 2020))))
    done.set()
    for reader in readers:
        reader.join()

    assert not errors
    assert all(len(values_of_one_look) == 1 for values_of_one_look in seen)
    assert {8.0} in [*seen, set(published(tmp_path)["value"])]


def test_many_threads_may_open_the_same_snapshot_at_once(tmp_path: Path) -> None:
    load(tmp_path, OLD)
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    start, answers = threading.Barrier(12), []

    def read() -> None:
        start.wait()
        answers.append(ask(snapshot, "current_observations").height)

    threads = [threading.Thread(target=read) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 12


def test_two_loaders_at_once_are_serialised(tmp_path: Path) -> None:
    files = []
    for number in range(4):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(
            delivery(
                *(f"halle;{('ELB', 'LZB', 'LZA', 'BG')[number]};{year};1" for year in range(2000, 2010))
            ).content
        )
        files.append(str(path))
    environment = {**os.environ, "JOBCENTER_WAREHOUSE": str(tmp_path / "w")}
    command = [sys.executable, "-m", "etl", "load"]
    loaders = [
        subprocess.Popen([*command, *half], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        for half in (files[:2], files[2:])
    ]
    assert [loader.wait() for loader in loaders] == [0, 0]

    entries = log.read_log(tmp_path / "w")
    assert [entry.no for entry in entries] == [1, 2, 3, 4]
    assert published(tmp_path / "w").height == 40


def test_the_second_loader_waits_until_the_first_is_done(tmp_path: Path) -> None:
    begun = time.monotonic()
    with loading(tmp_path):
        second = threading.Thread(target=load, args=(tmp_path,))
        second.start()
        time.sleep(0.3)
        assert current_snapshot(tmp_path) is None
    second.join()
    assert values(tmp_path) == AFTER
    assert time.monotonic() - begun >= 0.3


# --- damage found at the start


@pytest.mark.parametrize("damage", ["deleted", "emptied", "cut", "scribbled"])
def test_a_damaged_snapshot_is_rebuilt_from_the_extracts(tmp_path: Path, damage: str) -> None:
    load(tmp_path, OLD)
    load(tmp_path, NEW)
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    content = snapshot.read_bytes()
    scribbled = content[:12288] + bytes(b ^ 0xFF for b in content[12288:])
    if damage == "deleted":
        snapshot.unlink()
    else:
        snapshot.write_bytes(
            {"emptied": b"", "cut": content[: len(content) // 2], "scribbled": scribbled}[damage]
        )

    assert repair(tmp_path) is True
    assert values(tmp_path) == AFTER
    assert repair(tmp_path) is False


def test_a_lost_pointer_is_found_again(tmp_path: Path) -> None:
    load(tmp_path, OLD)
    (tmp_path / "current").unlink()
    assert repair(tmp_path) is True
    assert values(tmp_path) == BEFORE


def test_a_lost_log_never_empties_the_figures(tmp_path: Path) -> None:
    load(tmp_path, OLD)
    (tmp_path / "log.jsonl").unlink()

    with pytest.raises(DamagedWarehouseError, match=r"Protokoll .* fehlt oder ist leer"):
        repair(tmp_path)
    with pytest.raises(DamagedWarehouseError, match="Protokoll"):
        load(tmp_path)
    with pytest.raises(SeedError, match="Protokoll"):
        seed(tmp_path)
    assert values(tmp_path) == BEFORE


@pytest.mark.parametrize("pointer", [True, False])
@pytest.mark.parametrize("log_is", ["missing", "empty"])
@pytest.mark.parametrize("rest", ["both", "extracts", "snapshots"])
def test_no_command_empties_a_warehouse_without_log(
    tmp_path: Path, pointer: bool, log_is: str, rest: str
) -> None:
    load(tmp_path, OLD)
    entries = log.read_log(tmp_path)
    log.log_path(tmp_path).unlink() if log_is == "missing" else log.log_path(tmp_path).write_bytes(b"")
    if not pointer:
        (tmp_path / "current").unlink()
    if rest != "both":
        shutil.rmtree(tmp_path / ("snapshots" if rest == "extracts" else "extracts"))
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".lock")

    for act in (rebuild, repair, load, lambda folder: retract_all(folder, entries)):
        with pytest.raises(DamagedWarehouseError, match=r"Protokoll .* fehlt oder ist leer"):
            act(tmp_path)
    with pytest.raises(SeedError, match="Protokoll"):
        seed(tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".lock") == before


def test_a_first_load_that_was_killed_does_not_block_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.snapshots.write_durably", fails_at(1, lambda: None))
        with pytest.raises(OSError, match="space"):
            load(tmp_path, OLD)
    assert list((tmp_path / "extracts").rglob("*")), "kept, yet never logged"

    assert load(tmp_path) == "loaded"
    assert not (tmp_path / "first-load").exists()


def test_a_log_shorter_than_the_figures_never_takes_them_back(tmp_path: Path) -> None:
    load(tmp_path, OLD)
    load(tmp_path, NEW)
    path = log.log_path(tmp_path)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])

    for act in (rebuild, repair, load, lambda folder: retract_all(folder, log.read_log(folder))):
        with pytest.raises(
            DamagedWarehouseError, match="Das Protokoll ist kürzer als der veröffentlichte Stand"
        ):
            act(tmp_path)
    assert values(tmp_path) == AFTER


def test_a_whole_last_line_without_newline_counts(tmp_path: Path) -> None:
    load(tmp_path, OLD)
    path = log.log_path(tmp_path)
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))

    assert [entry.no for entry in log.read_log(tmp_path)] == [1]
    assert load(tmp_path) == "loaded"
    assert [entry.no for entry in log.read_log(tmp_path)] == [1, 2]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"no": 1', '"no": null'),
        ('"no": 1', '"no": true'),
        ('"act": "loaded"', '"act": "geladen"'),
        ('"rows": 1', '"rows": "1"'),
        ('"at": "2', '"at": "gestern 2'),
        ('"received": "2', '"received": "x2'),
        ('"counts": {', '"counts": [], "x": {'),
        ('"new": 1', '"new": "1"'),
    ],
)
def test_a_log_line_of_wrong_types_is_damage(tmp_path: Path, was: str, now: str) -> None:
    load(tmp_path, OLD)
    path = log.log_path(tmp_path)
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, now, 1))
    with pytest.raises(DamagedWarehouseError, match="Zeile 1 des Protokolls"):
        load(tmp_path)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"../../etc/passwd", b"warehouse-1.duckdb/x"])
def test_garbage_in_the_pointer_is_repaired(tmp_path: Path, content: bytes) -> None:
    load(tmp_path, OLD)
    (tmp_path / "current").write_bytes(content)

    assert current_snapshot(tmp_path) is None
    assert repair(tmp_path) is True
    assert values(tmp_path) == BEFORE


def test_older_snapshots_stay_where_the_pointer_is_missing_or_the_load_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path, OLD)
    load(tmp_path, NEW)
    before = set((tmp_path / "snapshots").iterdir())
    (tmp_path / "current").unlink()
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.snapshots.write_durably", fails_at(1, lambda: None))
        with pytest.raises(OSError, match="space"):
            rebuild(tmp_path)
    assert set((tmp_path / "snapshots").iterdir()) == before
    rebuild(tmp_path)
    assert before < set((tmp_path / "snapshots").iterdir())


def test_a_last_line_cut_by_a_crash_was_never_acknowledged(tmp_path: Path) -> None:
    load(tmp_path, OLD)
    path = tmp_path / "log.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])

    assert [entry.no for entry in log.read_log(tmp_path)] == [1]
    assert load(tmp_path) == "loaded"
    assert [entry.no for entry in log.read_log(tmp_path)] == [1, 2]
    assert path.read_bytes().startswith(whole)


def test_a_damaged_line_in_the_middle_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    load(tmp_path, OLD)
    load(tmp_path, NEW)
    path = tmp_path / "log.jsonl"
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first[:30] + b"\n" + second)

    with pytest.raises(DamagedWarehouseError, match=r"Zeile 1 des Protokolls .* ist beschädigt"):
        load(tmp_path, OLD)
    assert values(tmp_path) == AFTER


# --- snapshots as files


def test_only_the_last_snapshots_are_kept_and_leftovers_of_a_killed_load_go(tmp_path: Path) -> None:
    for number in range(KEPT_SNAPSHOTS + 3):
        load(tmp_path, delivery(f"halle;ELB;2019-06;{number + 10}"))
    leftover = tmp_path / "snapshots" / "warehouse-000099.duckdb"
    shutil.copyfile(tmp_path / "snapshots" / "warehouse-000008.duckdb", leftover)
    (tmp_path / "snapshots" / "fremd.txt").write_text("bleibt")
    load(tmp_path, NEW)

    names = sorted(path.name for path in (tmp_path / "snapshots").iterdir())
    assert names == ["fremd.txt", *(f"warehouse-{number:06d}.duckdb" for number in (5, 6, 7, 8, 100))]


def test_a_snapshot_is_read_only_and_locked_down(tmp_path: Path) -> None:
    load(tmp_path, OLD)
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    reading = opened(snapshot)
    for statement in (
        "delete from observations",
        "set threads = 8",
        "select * from read_csv('/etc/passwd')",
        f"copy observations to '{tmp_path}/aus.csv'",
        f"attach '{tmp_path}/fremd.duckdb'",
        "install httpfs",
    ):
        with pytest.raises(duckdb.Error):
            reading.cursor().execute(statement)

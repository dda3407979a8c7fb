"""kill -9 at any moment: the last published figures are served, nothing acknowledged is lost, the next load works."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import polars as pl
import pytest

from etl import log
from etl.doctor import examine
from etl.load import repair
from tests.etl.deliveries import published
from tests.etl.killed import KINDS, TOGETHER, next_acts, shown_by
from warehouse.questions import ask
from warehouse.snapshots import current_snapshot

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Nur Linux zählt in /proc, wie lange ein Prozess gerechnet hat."
)
ROOT = Path(__file__).parents[2]
KILLS, FIRST_LOADS = 48, 8
"""Kills of one warehouse that goes on and on, and kills of a first load: more than 50 together."""
SEED = int(os.environ.get("KILL_SEED", time.time_ns() % 1_000_000))
Loader = Callable[[Path], int]


@pytest.fixture(scope="module")
def start() -> Iterator[Loader]:
    """Return a function that starts a loader and returns its process number."""
    command = [sys.executable, "-m", "tests.etl.killed"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as nursery:

        def start_(folder: Path) -> int:
            assert nursery.stdin is not None
            assert nursery.stdout is not None
            nursery.stdin.write(f"{folder}\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline())

        yield start_
        assert nursery.stdin is not None
        nursery.stdin.close()


def timed(act: Callable[[], object]) -> float:
    """Return the seconds an act computes for."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def acknowledged(folder: Path) -> int:
    path = folder.with_suffix(".acknowledged")
    return path.stat().st_size if path.exists() else 0


def acts_of(folder: Path) -> list[log.Entry]:
    return [entry for entry in log.read_log(folder) if entry.act in (log.LOADED, log.RETRACTED)]


def seen_in(rows: pl.DataFrame) -> dict[str, float]:
    """Return the value of each kind of file; a kind that is there in part, or with two values, is a mixture."""
    seen = {}
    for kind, (indicator, breakdown, _) in KINDS.items():
        own = rows.filter((pl.col("indicator") == indicator) & (pl.col("breakdown") == breakdown))
        assert own.height in (0, 2 if kind == "genesis" else 24), f"half a load of {kind}"
        assert own["value"].n_unique() == min(own.height, 1), f"a mixture of {kind}"
        if own.height:
            seen[kind] = own["value"][0]
    return seen


def look(folder: Path) -> dict[str, float]:
    return seen_in(published(folder)) if current_snapshot(folder) else {}


def spent(process: int) -> float:
    """Return the seconds a process has computed for: those of the clock mean little on a busy machine."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def kill_after(loader: int, seconds: float, more: float) -> None:
    """Kill a loader when it has computed for some seconds, and a moment later; wait until nothing it started is left."""
    deadline = time.monotonic() + 60
    while spent(loader) < seconds and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(more)
    os.kill(loader, signal.SIGKILL)
    while time.monotonic() < deadline + 60:
        try:
            os.killpg(loader, 0)
        except ProcessLookupError:
            return
        time.sleep(0.005)
    raise AssertionError("a process that the loader started outlived it")


def check_after_a_kill(folder: Path) -> None:
    """Check a warehouse whose loader was killed: as a reader finds it, as the next start does, and by loading again."""
    done, acts = acknowledged(folder), acts_of(folder)
    assert done <= len(acts) <= done + TOGETHER, (
        "an acknowledged act is lost, or one more than begun is there"
    )
    assert look(folder) in (shown_by(acts), shown_by(acts[:done])), "what is published is a state of the log"
    repair(folder)
    assert look(folder) == shown_by(acts_of(folder)) == shown_by(acts), "log and figures agree again"


def begun(folder: Path) -> set[Path]:
    """Return the files of a warehouse that are not published: what loaders that were killed had begun."""
    current = current_snapshot(folder) or folder
    newer = {path for path in (folder / "snapshots").glob("*.duckdb*") if path.name > current.name}
    return {*newer, *folder.rglob("*.new")}


def test_kills_at_random_moments_of_loads_and_retractions(tmp_path: Path, start: Loader) -> None:
    folder, chance = tmp_path / "warehouse", random.Random(SEED)
    print("KILL_SEED =", SEED)  # shown where the test fails: the same moments again
    took = [timed(lambda: next_acts(folder)) for _ in range(6)]  # every kind of file, and a retraction
    done = threading.Event()
    looks: list[dict[str, float]] = []
    failed: list[BaseException] = []

    def read_on() -> None:
        while not done.is_set():
            try:
                snapshot = current_snapshot(folder)
                assert snapshot is not None
                state = seen_in(ask(snapshot, "current_observations"))
                if not looks or looks[-1] != state:
                    looks.append(state)
            except BaseException as error:
                failed.append(error)
                return
            time.sleep(0.02)

    reader = threading.Thread(target=read_on)
    reader.start()
    torn = 0
    try:
        for _ in range(KILLS):
            folder.with_suffix(".acknowledged").write_bytes(b"." * len(acts_of(folder)))
            left = begun(folder)
            kill_after(start(folder), chance.uniform(0, 2 * median(took)), chance.uniform(0, 0.02))
            torn += not begun(folder) <= left
            check_after_a_kill(folder)
    finally:
        done.set()
        reader.join()
    assert not failed, failed[0]
    print(torn, "kills came while something was being written")
    assert torn, "not one did"
    states = [shown_by(acts_of(folder)[:number]) for number in range(6, len(acts_of(folder)) + 1)]
    places = iter(range(len(states)))
    for state in looks:  # each look is a state of the log, and none is older than the look before
        assert any(states[place] == state for place in places), "a reader saw what never was, or went back"
    next_acts(folder)
    assert look(folder) == shown_by(acts_of(folder))
    assert all(finding.sound for finding in examine(folder))


@pytest.mark.parametrize("number", range(FIRST_LOADS))
def test_kills_of_a_first_load(tmp_path: Path, start: Loader, number: int) -> None:
    folder = tmp_path / "warehouse"
    folder.mkdir()
    chance = random.Random(f"{SEED} {number}")
    kill_after(start(folder), chance.uniform(0, 0.3), chance.uniform(0, 0.02))
    check_after_a_kill(folder)
    next_acts(folder)
    assert look(folder) == shown_by(acts_of(folder))

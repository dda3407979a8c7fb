"""The national warehouse of invented figures, measured: python -m benchmarks national [SIZE …] (1m, 10m, 57m).

For every size the questions the pages ask, beside raw DuckDB on the same file, pandas and SQLite, each engine in a process of
its own; then what a page costs the server. Two sizes give the growth. Goals are those of the product (issue 4, point 7).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.engines import ENGINES, QUESTIONS, subject
from etl.synthetic.build import build
from warehouse.questions import ask
from warehouse.snapshots import current_snapshot

_BESIDE, _ROUNDS = ("product", "raw"), 5
"""A question of a few milliseconds takes a quarter more in one process than in the next: both are asked in several, in turn."""
WITHIN_RAW, FASTER_THAN_PANDAS, GROWTH = 1.3, 10.0, 2.0
LARGE = 50_000_000
"""From so many values on questions have goals."""
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Sized:
    """What one size gave: the answers of every engine, megabytes of the snapshot, values in it."""

    size: str
    engines: dict[str, Any]
    megabytes: float
    values: int

    def warm(self, engine: str, question: str) -> float | None:
        """Return the median warm milliseconds of a question; None where the engine is not asked it."""
        found = self.engines.get(engine, {"questions": {}})["questions"].get(question)
        return found["warm"] if found else None


def warehouse(size: str) -> Path:
    """Return the folder of a size, built where it is not there yet; kept, so that it is built once."""
    folder = (
        Path(os.environ.get("JOBCENTER_BENCHMARK") or Path(tempfile.gettempdir()) / "jobcenter-benchmark")
        / size
    )
    if current_snapshot(folder) is None:
        began = time.perf_counter()
        print(f"Bestand {size} wird angelegt …", flush=True)
        build(folder, size)
        print(f"  {time.perf_counter() - began:.0f} s", flush=True)
    return folder


def ask_engine(engine: str, snapshot: Path) -> dict[str, Any]:
    """Measure one engine in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.engines", engine, str(snapshot)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{engine}: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    return answer


def measure_size(size: str, engines: Iterable[str]) -> Sized:
    """Ask all engines about one size; SystemExit where they give different numbers."""
    snapshot = current_snapshot(warehouse(size))
    if snapshot is None:
        raise SystemExit(f"Der Bestand {size} fehlt.")
    subject(snapshot)
    rounds = [{engine: ask_engine(engine, snapshot) for engine in _BESIDE} for _ in range(_ROUNDS - 1)]
    found = {engine: ask_engine(engine, snapshot) for engine in engines}
    for engine, question in product(_BESIDE, QUESTIONS):
        asked = [each[engine]["questions"][question]["warm"] for each in (*rounds, found)]
        found[engine]["questions"][question]["warm"] = statistics.median(asked)
    for question in QUESTIONS:
        numbers = [
            each["questions"][question]["number"] for each in found.values() if question in each["questions"]
        ]
        if any(abs(number - numbers[0]) > 1e-6 * max(1.0, abs(numbers[0])) for number in numbers):
            raise SystemExit(f"{QUESTIONS[question]}: verschiedene Ergebnisse {numbers}")
    values = ask(snapshot, "figures_by_source")["figures"].sum()
    return Sized(size, found, snapshot.stat().st_size / 1e6, int(values))


def show(sized: Sized) -> list[bool]:
    """Print the table of one size; return which goals are met."""
    print(
        f"\n{sized.size}: {sized.values:,} geltende Werte, Datei {sized.megabytes:.0f} MB".replace(",", ".")
    )
    print(f"{'Millisekunden, warm (Median)':<46}" + "".join(f"{name:>10}" for name in ENGINES) + "   ÷ raw")
    met = []
    for question, words in QUESTIONS.items():
        times = [sized.warm(engine, question) for engine in ENGINES]
        told = "".join(f"{'–' if each is None else f'{each:.1f}':>10}" for each in times)
        own, bare, in_pandas = times[0] or 0.0, times[1] or 1.0, times[2]
        slow = in_pandas is not None and in_pandas < FASTER_THAN_PANDAS * own
        good = own <= WITHIN_RAW * bare and not slow
        is_asked = sized.values >= LARGE  # of smaller ones only how they grow
        met += [good] if is_asked else []
        print(f"{words:<46}{told}{own / bare:>8.2f}  {('ja' if good else 'NEIN') if is_asked else ''}")
    memory = "".join(
        f"{sized.engines[name]['memory'] if name in sized.engines else 0:>10.0f}" for name in ENGINES
    )
    print(f"{'Speicher, höchster (MB)':<46}{memory}", flush=True)
    return met


def show_growth(small: Sized, large: Sized) -> list[bool]:
    """Print how much longer each question takes at the larger size; return which goals are met."""
    print(f"\nWachstum von {small.size} auf {large.size} (Ziel höchstens {GROWTH:.0f}-fach)")
    met = []
    for question, words in QUESTIONS.items():
        ratio = (large.warm("product", question) or 0.0) / (small.warm("product", question) or 1.0)
        met.append(ratio <= GROWTH)
        print(f"{words:<46}{ratio:>8.2f}  {'ja' if met[-1] else 'NEIN'}")
    return met


def national(words: list[str]) -> int:
    """Measure the sizes named (1m where none is); return 1 where a goal is missed.

    `--without pandas,sqlite` leaves engines out, `--pages` measures the rerun of every page on the largest size,
    `--users` ten readers at once and `--clicks` a click in the browser.
    """
    options = {word for word in words if word.startswith("--")}
    left_out = next(
        (word.partition("=")[2].split(",") for word in options if word.startswith("--without=")), []
    )
    sizes = [word for word in words if not word.startswith("--")] or ["1m"]
    engines = [name for name in ENGINES if name not in left_out]
    found, met = [], []
    if not options & {"--only-pages", "--only-users", "--only-clicks"}:
        found = [measure_size(size, engines) for size in sizes]
        met = [good for sized in found for good in show(sized)]
        if len(found) > 1:
            met += show_growth(found[0], found[-1])
    os.environ["JOBCENTER_WAREHOUSE"] = str(warehouse(sizes[-1]))
    if options & {"--pages", "--only-pages"}:
        from benchmarks.pages import page_reruns

        met += page_reruns(sizes[-1])
    if options & {"--users", "--only-users"}:
        from benchmarks.users import users

        met += users(sizes[-1])
    if options & {"--clicks", "--only-clicks"}:
        from benchmarks.clicks import clicks

        met += clicks(sizes[-1], warehouse(sizes[-1]))
    return 0 if all(met) else 1

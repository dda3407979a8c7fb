"""What an analyst waits for: large Langformat files and national workbooks, checked, drafted and published.

Langformat files are compared with DuckDB's own `COPY` of the same file in the same run, by processor seconds: seconds of the
clock differ between machines, and with what else runs on one. `COPY` fills a table in a database file, as publishing does; the
table in memory, which nobody could open tomorrow, is told beside it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.delivered import langformat, rows_of_month
from benchmarks.loaded import processor_seconds
from etl.seed import seed

ROOT = Path(__file__).parent.parent
WORKBOOKS = ROOT.parent / "shared" / "extracts" / "ba_sanktionen"
MILLION, TEN_MILLION = 1_000_000, 10_000_000
SHARE, WORKBOOKS_SECONDS, PEAK, MONTH_SECONDS = 0.4, 60.0, 1_500.0, 5.0
_WITHOUT_LIMITS = {"JOBCENTER_MOST_ROWS": "100000000", "JOBCENTER_MOST_MEGABYTES": "10000"}
Cost = dict[str, Any]


def loading(*, is_large: bool = False) -> Iterator[bool]:
    """Yield for each measurement whether its goals are met: files of a million rows, and the real workbooks where they are.

    `is_large`: also a file of ten million rows, and one month more in that warehouse.
    """
    print(f"{'Laden':<44}{'s':>8}{'CPU-s':>8}{'MB':>7}   Ziel erreicht", flush=True)
    yield from _million(is_lean=True)
    yield from _million(is_lean=False)
    if workbooks := sorted(WORKBOOKS.glob("*.xlsx")):
        yield _real_workbooks(workbooks)
    if is_large:
        yield from _ten_million()


def _million(*, is_lean: bool) -> Iterator[bool]:
    name = "schlank" if is_lean else "wie exportiert"
    with tempfile.TemporaryDirectory() as folder:
        file = _file(Path(folder), -(-MILLION // rows_of_month()), is_lean=is_lean)
        copied, (cost,) = _copied(file), _loaded(Path(folder), [file])
    yield _told(f"Langformat, {cost['rows']:,} Zeilen, {name}".replace(",", ".", 1), [cost], copied=copied)


def _ten_million() -> Iterator[bool]:
    with tempfile.TemporaryDirectory() as folder:
        months = -(-TEN_MILLION // rows_of_month())
        file = _file(Path(folder), months)
        copied, (cost,) = _copied(file), _loaded(Path(folder), [file])
        yield _told("Langformat, 10 Mio. Zeilen, schlank", [cost], copied=copied)
        (month,) = _loaded(Path(folder), [_file(Path(folder), 1, first=months)])
        yield _told("Ein Monat zu 10 Mio. Angaben", [month], seconds=MONTH_SECONDS)


def _real_workbooks(files: Sequence[Path]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        costs = _loaded(Path(folder), files)
    each = [cost["seconds"] for cost in costs]
    grown = costs[-1]["peak"] - costs[0]["peak"]
    print(
        f"  je Mappe {statistics.median(each):.1f} s im Median, höchstens {max(each):.1f} s; "
        f"Speicher nach der ersten {costs[0]['peak']:.0f} MB, danach {grown:+.0f} MB"
    )
    return _told(f"{len(files)} Arbeitsmappen der Statistik", costs, seconds=WORKBOOKS_SECONDS)


def _told(
    name: str, costs: Sequence[Cost], *, copied: tuple[float, float] = (0.0, 0.0), seconds: float = 0.0
) -> bool:
    """Print what files cost together, and tell whether the goals are met: of memory, and of speed or seconds."""
    on_disk, in_memory = copied
    clock, processor = (sum(cost[what] for cost in costs) for what in ("seconds", "processor"))
    peak = max(cost["peak"] for cost in costs)
    is_small, is_fast = peak <= PEAK, clock <= seconds if seconds else on_disk / processor >= SHARE
    goal = (
        f"{seconds:.0f} s"
        if seconds
        else f"{on_disk / processor:.1%} von COPY in eine Datei ({on_disk:.2f} s), Ziel {SHARE:.0%}; "
        f"{in_memory / processor:.1%} von COPY in den Speicher ({in_memory:.2f} s)"
    )
    words = ("NEIN", "ja")
    print(
        f"{name:<44}{clock:>8.1f}{processor:>8.1f}{peak:>7.0f}   "
        f"Zeit {words[is_fast]} ({goal}), Speicher {words[is_small]} (Ziel {PEAK:.0f} MB)",
        flush=True,
    )
    return bool(is_fast and is_small)


def _file(folder: Path, months: int, *, first: int = 0, is_lean: bool = True) -> Path:
    file = folder / f"lieferung-{first}-{months}.csv"
    file.write_bytes(langformat(months, first=first, is_lean=is_lean))
    return file


def _copied(file: Path) -> tuple[float, float]:
    """Return the processor seconds in which DuckDB copies the file into a table, on disk and in memory: medians of three."""
    return _median_copied(file, is_kept=True), _median_copied(file, is_kept=False)


def _median_copied(file: Path, *, is_kept: bool) -> float:
    names = file.open(encoding="utf-8").readline().strip().split(";")
    database = file.with_suffix(".duckdb") if is_kept else ":memory:"
    took = []
    for _ in range(3):
        began = processor_seconds()
        with duckdb.connect(database) as connection:
            connection.execute(f"create table t ({', '.join(f'{name} varchar' for name in names)})")
            connection.execute(f"copy t from '{file}' (header, delimiter ';')")
            if is_kept:
                connection.execute("checkpoint")
        took.append(processor_seconds() - began)
        Path(database).unlink(missing_ok=True)
    return statistics.median(took)


def _loaded(folder: Path, files: Sequence[Path]) -> list[Cost]:
    """Load files into the warehouse in a folder, which begins with what the product ships, in a process of its own."""
    warehouse = folder / "warehouse"
    if not warehouse.exists():
        seed(warehouse)
    command = [sys.executable, "-m", "benchmarks.loaded", str(warehouse), *map(str, files)]
    environment = os.environ | _WITHOUT_LIMITS
    ran = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines()]


if __name__ == "__main__":
    raise SystemExit(0 if all(list(loading(is_large="10m" in sys.argv))) else 1)

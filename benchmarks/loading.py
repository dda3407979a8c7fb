"""What an analyst waits for: a national workbook and a large Langformat file, checked, drafted and published.

The Langformat file is compared with DuckDB's own `COPY` of the same file, in one run, because seconds differ between machines.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from etl.extract import Extract
from etl.load import load_extract
from etl.seed import seed
from tests.etl.statistics import Cell, sheet, statistic

Row = Callable[[str, list[float], float, float], bool]
JOBCENTERS, MONTHS, ROWS = 400, 6, 100_000
WORKBOOK, SHARE = 2_500.0, 0.4  # milliseconds for one of 24 workbooks in a minute; share of the speed of COPY
GROUPS = (
    ("", "ELB"),
    ("männlichen ", "männliche ELB"),
    ("weiblichen ", "weibliche ELB"),
    ("ausländischen ", "ausländische ELB"),
)


def loading(row: Row) -> Iterator[bool]:
    """Yield for each measurement whether its goal is met."""
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder))
        times = [_seconds(Path(folder), _workbook(month)) * 1000 for month in range(1, MONTHS + 1)]
        yield row("Arbeitsmappe, 400 Jobcenter", times, WORKBOOK, WORKBOOK)
    with tempfile.TemporaryDirectory() as folder:
        yield _against_copy(Path(folder))


def _seconds(folder: Path, extract: Extract) -> float:
    began = time.perf_counter()
    report = load_extract(folder, extract, who="Messung", accept_warnings="Messung")
    if report.outcome != "loaded":
        raise SystemExit(
            f"{extract.file_name}: {report.outcome} {[found.message for found in report.problems[:3]]}"
        )
    return time.perf_counter() - began


def _workbook(month: int) -> Extract:
    names = ("Januar", "Februar", "März", "April", "Mai", "Juni")
    rng = random.Random(month)
    sheets = {}
    for number, (words, group) in enumerate(GROUPS, 1):
        rows = [_area(rng, f"JC Nummer {area}", f"{50_000 + area}") for area in range(JOBCENTERS)]
        title = f"3.{number} Sanktionen gegenüber {words}erwerbsfähigen Leistungsberechtigten (ELB)"
        said = f"Berichtsmonat {names[month - 1]} 2021"
        sheets[f"3.{number}"] = sheet(title, group=group, month=said, rows=rows)
    return statistic(f"mappe-{month}.xlsx", f"09.{month + 4:02d}.2021", **sheets)


def _area(rng: random.Random, name: str, key: str) -> list[Cell]:
    stock, jobless = rng.randint(5_000, 20_000), rng.randint(1_000, 4_000)
    return [name, key, 90.0, 80.0, 30.0, 200.0, float(stock), 100.0, 2.5, float(jobless), 40.0, 3.5]


def _against_copy(folder: Path) -> bool:
    rng = random.Random(1)
    areas = ("halle", "harburg", "magdeburg", "nordsachsen", "me-aktiv")
    periods = [f"{1991 + month // 12}-{month % 12 + 1:02d}" for month in range(420)]
    cells = [
        f"{area};{indicator};{part};{period};{rng.randint(1_000, 9_999)}"
        for indicator in ("elb", "bg", "nef", "lzb", "lza", "arbeitslose")
        for part in ("", "frauen", "maenner", "unter-25", "ab-50", "ab-55", "auslaender", "lza")
        for area in areas
        for period in periods
    ][:ROWS]
    content = "\n".join(("jobcenter;kennzahl;merkmal;zeitraum;wert", *cells)).encode()
    file = folder / "gross.csv"
    file.write_bytes(content)
    copies = []
    for _ in range(3):
        began = time.perf_counter()
        with duckdb.connect() as connection:
            connection.execute("create table t (j varchar, k varchar, m varchar, z varchar, w double)")
            connection.execute(f"copy t from '{file}' (header, delimiter ';')")
        copies.append(time.perf_counter() - began)
    seconds = _seconds(folder / "warehouse", Extract(content, file.name))
    share = statistics.median(copies) / seconds
    met = share >= SHARE
    print(
        f"{'Langformat, 100.000 Zeilen':<34}{seconds * 1000:>9.0f}{'':>9}   {'ja' if met else 'NEIN'}  "
        f"({len(cells) / seconds:,.0f} Zeilen/s, {share:.1%} von COPY, Ziel {SHARE:.0%})",
        flush=True,
    )
    return met

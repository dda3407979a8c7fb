"""The six questions the pages ask, answered four ways over one file; each engine in a process of its own.

`product`: the product's own questions and polars functions · `raw`: one statement for DuckDB on the sorted table ·
`pandas`: the same table in memory · `sqlite`: the same table with the right index. All give the same numbers, which is checked.
"""

from __future__ import annotations

import gc
import json
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.catalog import load_catalog
from warehouse.peer_values import printed_values
from warehouse.quantiles import quantiles
from warehouse.questions import ask, opened
from warehouse.vintages import with_acts

RUNS = 15
QUESTIONS = {
    "latest": "Neueste Werte, 5 × 20 Kennzahlen",
    "bands": "Zeitreihe von 5 mit Band des Vergleichstyps",
    "ranks": "Ränge von 404 × 20 in ihrem Typ, ein Monat",
    "rolling": "12-Monats-Mittel und Vorjahr, 5 × 20",
    "group": "Verteilung in einem Vergleichstyp, ein Monat",
    "vintage": "Neueste Fassung einer Reihe im Protokoll",
}
SQL = Path(__file__).parent / "sql"
Answer = Callable[[], float]
"""Answers a question and returns a number that must be the same for every engine."""


@dataclass(frozen=True)
class Subject:
    """What is asked about; the same in every size, so that only the file grows."""

    snapshot: Path
    five: tuple[str, ...]
    indicators: tuple[str, ...]
    first: str
    members: tuple[str, ...]
    types: tuple[tuple[str, str], ...]
    month: date

    @property
    def everyone(self) -> tuple[str, ...]:
        """Return all Jobcenter."""
        return tuple(id_ for id_, _ in self.types)

    @property
    def parameters(self) -> dict[str, Any]:
        """Return what the statements in `sql` are asked with."""
        return {
            "five": list(self.five),
            "indicators": list(self.indicators),
            "first": self.first,
            "members": list(self.members),
            "ids": [id_ for id_, _ in self.types],
            "types": [type_ for _, type_ in self.types],
            "month": self.month,
        }


def subject(snapshot: Path) -> Subject:
    """Return what to ask a synthetic warehouse about: twenty indicators with two years, its largest Vergleichstyp."""
    types = ask(snapshot, "known_memberships").select("jobcenter", "type").sort("jobcenter")
    largest = types["type"].value_counts(sort=True)["type"][0]
    five = tuple(load_catalog().jobcenters)
    series = ask(snapshot, "known_indicators", areas=[five[0]]).filter(
        pl.col("breakdown") == "", pl.col("kind") == "ist", pl.col("periods") >= 24
    )
    monthly = series.filter(pl.col("last_start").dt.month_end() == pl.col("last_end"))
    longest = monthly.sort("periods", "indicator", descending=[True, False])["indicator"].to_list()
    members = tuple(types.filter(pl.col("type") == largest)["jobcenter"])
    return Subject(
        snapshot, five, tuple(sorted(longest[:20])), longest[0], members, tuple(types.iter_rows()),
        monthly["last_end"].max(),  # type: ignore[arg-type]
    )  # fmt: skip


def product(of: Subject) -> dict[str, Answer]:
    """Return the questions as the pages ask them."""
    two_years = date(of.month.year - 2, of.month.month, 1)
    whole = {"breakdowns": [""]}

    def latest() -> float:
        rows = ask(of.snapshot, "newest_of_areas", areas=of.five, indicators=of.indicators)
        return _total(rows.filter(pl.col("breakdown") == "", pl.col("time_concept") == "stichtag")["value"])

    def bands() -> float:
        areas = tuple(dict.fromkeys((*of.five, *of.members)))
        rows = ask(of.snapshot, "peer_courses", indicator=of.first, breakdown="", areas=areas)
        inside = rows.filter(pl.col("time_concept") == "stichtag", pl.col("jobcenter").is_in(of.members))
        return _total(quantiles(inside, ["period_start"], least=5)["median"])

    def at(areas: tuple[str, ...], indicators: tuple[str, ...]) -> pl.DataFrame:
        period = ("stichtag", of.month.replace(day=1), of.month)
        return printed_values(partial(ask, of.snapshot), indicators, ("",), areas, period)

    def ranks() -> float:
        types = pl.DataFrame(of.types, schema=["jobcenter", "type"], orient="row")
        rows = at(of.everyone, of.indicators).join(types, on="jobcenter")
        return _total(rows.select(pl.col("value").rank("min").over("indicator", "type")).to_series())

    def rolling() -> float:
        asked = {"indicators": of.indicators, "areas": of.five, "first": two_years, "last": of.month, **whole}
        rows = ask(of.snapshot, "series_of_areas", **asked).filter(pl.col("time_concept") == "stichtag")
        rows = rows.sort("indicator", "jobcenter", "period_start")
        by = ["indicator", "jobcenter"]
        found = rows.select(
            mean=pl.col("value").rolling_mean(12).over(by),
            change=(pl.col("value") / pl.col("value").shift(12) - 1).over(by),
        )
        return _total(found["mean"]) + _total(found["change"])

    def group() -> float:
        found = quantiles(at(of.members, (of.first,)), ["period_start"], least=5)
        return float(found.select(pl.sum_horizontal("p25", "median", "p75")).item())

    loads = ask(of.snapshot, "loads")  # every page has it at hand: it says how new its figures are

    def vintage() -> float:
        rows = ask(of.snapshot, "evidence", area=of.five[0], indicator=of.first, breakdown="")
        rows = with_acts(rows, loads)
        return _total(rows.filter("current", pl.col("time_concept") == "stichtag")["value"])

    return {
        "latest": latest, "bands": bands, "ranks": ranks, "rolling": rolling, "group": group, "vintage": vintage
    }  # fmt: skip


def raw(of: Subject) -> dict[str, Answer]:
    """Return the questions as single statements for DuckDB over the sorted table, whose numbers are then summed up."""
    snapshot = opened(of.snapshot)

    def answer(name: str) -> Answer:
        text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
        asked = {key: value for key, value in of.parameters.items() if f"${key}" in text}
        return lambda: _total(snapshot.cursor().sql(text, params=asked).pl()["answer"])

    return {name: answer(name) for name in QUESTIONS}


def in_pandas(of: Subject) -> dict[str, Answer]:
    """Return the questions over one data frame in memory, ids as categories."""
    import pandas as pd

    table = (
        opened(of.snapshot)
        .cursor()
        .sql(
            "select jobcenter::varchar as jobcenter, indicator, breakdown, period_end, value from current_observations "
            "where kind = 'ist' and time_concept = 'stichtag'"
        )
    )
    parts = []
    reader = table.to_arrow_reader(2_000_000)
    for batch in reader:
        parts.append(
            batch.to_pandas(categories=["jobcenter", "indicator", "breakdown"], date_as_object=False)
        )
    for name in ("jobcenter", "indicator", "breakdown"):
        known = pd.api.types.union_categoricals([part[name] for part in parts]).categories
        for part in parts:
            part[name] = part[name].cat.set_categories(known)
    frame = pd.concat(parts, ignore_index=True)
    parts.clear()
    types = dict(of.types)
    month = pd.Timestamp(of.month)

    def whole(areas: tuple[str, ...], indicators: tuple[str, ...]) -> pd.DataFrame:
        return frame[
            frame["indicator"].isin(indicators) & (frame["breakdown"] == "") & frame["jobcenter"].isin(areas)
        ]

    def latest() -> float:
        own = whole(of.five, of.indicators)
        last = own.sort_values("period_end").groupby(["jobcenter", "indicator"], observed=True).tail(1)
        return float(last["value"].sum())

    def bands() -> float:
        return float(whole(of.members, (of.first,)).groupby("period_end")["value"].median().sum())

    def ranks() -> float:
        own = frame[
            (frame["period_end"] == month) & frame["indicator"].isin(of.indicators) & (frame["breakdown"] == "")
            & frame["jobcenter"].isin(of.everyone)
        ]  # fmt: skip
        by = [own["indicator"].astype(str), own["jobcenter"].astype(str).map(types)]
        return float(own.groupby(by)["value"].rank(method="min").sum())

    def rolling() -> float:
        own = whole(of.five, of.indicators)
        own = own[own["period_end"] >= pd.Timestamp(date(of.month.year - 2, of.month.month, 1))]
        grouped = own.sort_values("period_end").groupby(["indicator", "jobcenter"], observed=True)["value"]
        mean = grouped.rolling(12).mean()
        return float(mean.sum() + (own["value"] / grouped.shift(12) - 1).sum())

    def group() -> float:
        own = whole(of.members, (of.first,))
        return float(own[own["period_end"] == month]["value"].quantile([0.25, 0.5, 0.75]).sum())

    return {"latest": latest, "bands": bands, "ranks": ranks, "rolling": rolling, "group": group}


def in_sqlite(of: Subject) -> dict[str, Answer]:
    """Return the questions over SQLite with an index by indicator, breakdown, Jobcenter and month; median and quartiles in
    Python, which SQLite lacks."""
    file = of.snapshot.parent.parent / "benchmark.sqlite"
    if not file.exists():
        _fill_sqlite(of, file)
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    types, month = dict(of.types), of.month.isoformat()

    def marks(values: tuple[str, ...]) -> str:
        return ", ".join("?" * len(values))

    def values(
        areas: tuple[str, ...], indicators: tuple[str, ...], first: str, last: str
    ) -> list[tuple[Any, ...]]:
        return connection.execute(
            f"select indicator, jobcenter, period_end, value from t where indicator in ({marks(indicators)}) and "
            f"breakdown = '' and jobcenter in ({marks(areas)}) and period_end between ? and ? "
            "order by indicator, jobcenter, period_end",
            (*indicators, *areas, first, last),
        ).fetchall()

    def latest() -> float:
        rows = connection.execute(
            f"select value, max(period_end) from t where indicator in ({marks(of.indicators)}) and breakdown = '' "
            f"and jobcenter in ({marks(of.five)}) group by indicator, jobcenter",
            (*of.indicators, *of.five),
        )
        return sum(value or 0.0 for value, _ in rows)

    def bands() -> float:
        by_month: dict[str, list[float]] = {}
        for _, _, end, value in values(of.members, (of.first,), "2005", "2099"):
            if value is not None:
                by_month.setdefault(end, []).append(value)
        return sum(statistics.median(each) for each in by_month.values())

    def ranks() -> float:
        by_group: dict[tuple[str, str], list[float]] = {}
        for indicator, jobcenter, _, value in values(of.everyone, of.indicators, month, month):
            if value is not None:
                by_group.setdefault((indicator, types[jobcenter]), []).append(value)
        total = 0
        for group in by_group.values():
            ordered = sorted(group)
            first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
            total += sum(first[value] for value in group)
        return float(total)

    def rolling() -> float:
        first = date(of.month.year - 2, of.month.month, 1).isoformat()
        rows = connection.execute(
            f"select avg(value) over run, count(value) over run, value / lag(value, 12) over one - 1 from t "
            f"where indicator in ({marks(of.indicators)}) and breakdown = '' and jobcenter in ({marks(of.five)}) "
            "and period_end >= ? window one as (partition by indicator, jobcenter order by period_end), "
            "run as (partition by indicator, jobcenter order by period_end rows between 11 preceding and current row)",
            (*of.indicators, *of.five, first),
        )
        return sum((mean if count == 12 else 0.0) + (change or 0.0) for mean, count, change in rows)

    def group() -> float:
        told = [row[3] for row in values(of.members, (of.first,), month, month) if row[3] is not None]
        return sum(statistics.quantiles(told, n=4, method="inclusive"))

    return {"latest": latest, "bands": bands, "ranks": ranks, "rolling": rolling, "group": group}


def _fill_sqlite(of: Subject, file: Path) -> None:
    partial = file.with_suffix(".new")
    partial.unlink(missing_ok=True)
    rows = (
        opened(of.snapshot)
        .cursor()
        .execute(
            "select indicator, breakdown, jobcenter, period_end::varchar, value from current_observations "
            "where kind = 'ist' and time_concept = 'stichtag'"
        )
    )
    with sqlite3.connect(partial) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        connection.execute(
            "create table t (indicator text, breakdown text, jobcenter text, period_end text, value real)"
        )
        while batch := rows.fetchmany(100_000):
            connection.executemany("insert into t values (?, ?, ?, ?, ?)", batch)
        connection.execute("create index i on t (indicator, breakdown, jobcenter, period_end, value)")
    connection.close()
    partial.rename(file)


def _total(values: pl.Series) -> float:
    return float(values.sum() or 0.0)


ENGINES: dict[str, Callable[[Subject], dict[str, Answer]]] = {
    "product": product, "raw": raw, "pandas": in_pandas, "sqlite": in_sqlite
}  # fmt: skip


def measured(engine: str, snapshot: Path) -> dict[str, Any]:
    """Return of every question the first, the median warm and the mean processor milliseconds and its number, and the peak
    memory in MB."""
    answers = ENGINES[engine](subject(snapshot))
    gc.collect()
    gc.freeze()
    found: dict[str, Any] = {"questions": {}}
    for name, answer in answers.items():
        times, cpu = [], time.process_time()
        for _ in range(RUNS + 1):
            began = time.perf_counter()
            number = answer()
            times.append((time.perf_counter() - began) * 1000)
        cpu = (time.process_time() - cpu) * 1000 / (RUNS + 1)
        warm = statistics.median(times[1:])
        found["questions"][name] = {"cold": times[0], "warm": warm, "cpu": cpu, "number": number}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], Path(sys.argv[2]))))

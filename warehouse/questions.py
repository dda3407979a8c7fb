"""Asks the published database, as it is or as it was after an earlier act: one SQL file per question, named parameters,
answers as polars frames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

import duckdb
import polars as pl

from warehouse.snapshots import open_beside

SQL_FOLDER = Path(__file__).parent / "sql"
_AT_ONCE = BoundedSemaphore(2)
"""So many questions are answered at once, as many as there are threads for: more of them would only share out the memory."""
_SHARED, _ALONE = "48MB", "128MB"
"""Memory that the questions of a snapshot share, blocks of the file kept for the next one included (DuckDB fills what it may
have); and what one that needs more gets alone. At national size the largest needs 48 MB, nearly all less than 24."""


@cache
def statement(name: str) -> str:
    """Return the SQL of `sql/<name>.sql`."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


_PARSED: dict[str, duckdb.Statement] = {}
"""The statements of all questions asked so far, parsed once: parsing takes about a millisecond of each."""


@cache
def _of_state(name: str) -> str:
    """Return the name of the statement that asks an older state: one of its own where such a state keeps its rows elsewhere."""
    return f"{name}_then" if (SQL_FOLDER / f"{name}_then.sql").exists() else name


def ask(snapshot: Path, name: str, *, as_of: int | None = None, **parameters: Any) -> pl.DataFrame:
    """Answer the question `name` from a snapshot; parameters are bound by name, never pasted into the SQL.

    `as_of`: number of the act after which the question is asked; what came later is not known then. Without it the
    newest state answers.
    """
    try:
        return opened(snapshot).ask(name, as_of, parameters)
    except duckdb.OutOfMemoryException:
        with apart(snapshot) as alone:
            return alone.ask(name, as_of, parameters)


SUMMARIES = {
    "series": "derive_series",
    "newest_observations": "derive_newest",
    "revised_keys": "derive_revised",
    "periods_of_areas": "derive_periods",
    "figures_by_source": "derive_sources",
}
"""Small tables derived from current values, so that no page reads all of them to know what there is, and how."""
_OF_PERIODS = {"revised_keys": "keep_revised", "periods_of_areas": "keep_periods"}
"""The small tables each of whose rows belongs to one period, and what keeps those of unchanged periods."""
_AS_VIEWS = {"series", "figures_by_source"}
"""Those that are asked of all areas, but only for few of their columns: the others need not be derived then."""
_OBSERVATIONS = ("current_observations", "superseded_observations", *SUMMARIES)
_EVER = date(1, 1, 1), date(9999, 12, 31)


class Opened:
    """One snapshot, opened read-only as `published`, beside tables in memory for its older states.

    Of these what a question asks for is judged anew, by the statements that derive the newest state, in the periods in which the
    two differ; nothing else is, and nothing judged is kept.
    """

    def __init__(self, snapshot: Path, memory: str) -> None:
        self.connection = open_beside(snapshot, memory)
        self._run("lock_down")
        self._has_older = False
        self._noted: set[int] = set()
        self._act: int | None = None
        self._judged: tuple[Any, ...] | None = None
        self._asking = Lock()
        self._cursors: list[duckdb.DuckDBPyConnection] = []

    def ask(self, name: str, act: int | None, parameters: Mapping[str, Any]) -> pl.DataFrame:
        """Answer a question as of an act, of the newest state for None."""
        if act is not None:
            return self.ask_then(act, _of_state(name), parameters)
        with self.asking() as cursor:
            if name not in _PARSED:
                (_PARSED[name],) = cursor.extract_statements(statement(name))
            answer: pl.DataFrame = cursor.sql(_PARSED[name], params=dict(parameters) or None).pl()
        return answer

    def close(self) -> None:
        """Let go of the snapshot, and of the memory taken for it."""
        for cursor in (*self._cursors, self.connection):
            cursor.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return what asks the newest state."""
        cursor = self.connection.cursor()
        cursor.execute("use published")
        return cursor

    @contextmanager
    def asking(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend what asks the newest state, to as many as may ask at once; making one takes as long as a small question."""
        with _AT_ONCE:
            try:
                cursor = self._cursors.pop()
            except IndexError:
                cursor = self.cursor()
            try:
                yield cursor
            finally:
                self._cursors.append(cursor)

    def ask_then(self, act: int, name: str, parameters: Mapping[str, Any]) -> pl.DataFrame:
        """Answer a question as of an act; one at a time, for they share their tables."""
        read = {table for table in _OBSERVATIONS if _reads(name, table)}
        with self._asking, _AT_ONCE:
            self._make_tables()
            self._turn_to(act)
            if read:
                self._judge(act, parameters)
                self._derive(read, of_areas="areas" in parameters)
            answer: pl.DataFrame = self.connection.sql(statement(name), params=dict(parameters) or None).pl()
        return answer

    def _make_tables(self) -> None:
        """Make what older states are derived in; a snapshot of an earlier version, which has other tables, answers without."""
        if not self._has_older:
            self._run("borrow_tables")
            self._run("loads_until", as_of=0)
            self._run("create_views")
            self._has_older = True

    def _turn_to(self, act: int) -> None:
        """Know the acts that had happened by then, and for which periods this makes a difference."""
        if act == self._act:
            return
        self._act = self._judged = None
        self._run("loads_until", as_of=act)
        self._run("other_loads")
        if act not in self._noted:
            self._run("note_changed_periods", as_of=act)
            self._noted.add(act)
        self._run("take_changed_periods", as_of=act)
        self._act = act

    def _judge(self, act: int, parameters: Mapping[str, Any]) -> None:
        """Judge what a question asks for, as its parameters say; what was judged for the question before may do."""
        named = {name: _named(parameters, name) for name in ("area", "indicator", "breakdown")}
        first, last = _bounds(parameters)
        if self._judged == (act, named, first, last):
            return
        self._judged = None
        for name, ids in named.items():
            self._run(f"asked_{name}s", named=ids)
        self._run("slice_candidates", first=first, last=last)
        for statement_ in ("judge_contested", "derive_current"):
            self._run(statement_)
        self._judged = act, named, first, last

    def _derive(self, read: set[str], *, of_areas: bool) -> None:
        """Derive the small tables that are read."""
        self._run("judged_observations")
        for table in sorted(read & _OF_PERIODS.keys()):
            self._run(SUMMARIES[table])
            self._run(_OF_PERIODS[table])
        rest = sorted(read & SUMMARIES.keys() - _OF_PERIODS.keys())
        self._run("older_of_areas" if rest and of_areas else "older_observations")
        for table in rest:
            made = statement(SUMMARIES[table])
            as_view = made.replace("create or replace table", "create or replace view")
            self.connection.execute(as_view if table in _AS_VIEWS else made)

    def _run(self, name: str, **parameters: Any) -> None:
        self.connection.execute(statement(name), parameters or None)


def _reads(question: str, table: str) -> bool:
    return bool(re.search(rf"\b(from|join) {table}\b", statement(question)))


def _named(parameters: Mapping[str, Any], name: str) -> list[str] | None:
    """Return which areas, indicators or breakdowns a question names, as one or as several; None where it names none."""
    return [parameters[name]] if name in parameters else sorted({*parameters.get(f"{name}s", ())}) or None


def _bounds(parameters: Mapping[str, Any]) -> tuple[date, date]:
    """Return the days within which all periods lie that a question asks for."""
    for first, last in (("start", "end"), ("first", "last")):
        if first in parameters and last in parameters:
            return parameters[first], parameters[last]
    return _EVER


_opening = Lock()


def opened(snapshot: Path) -> Opened:
    """Open a snapshot; the two asked last stay open, for pages work with one until after the next is published."""
    with _opening:
        return _opened(snapshot)


@lru_cache(maxsize=2)
def _opened(snapshot: Path) -> Opened:
    return Opened(snapshot, _SHARED)


_alone = Lock()


@contextmanager
def apart(snapshot: Path) -> Iterator[Opened]:
    """Open a snapshot once more, for a question that needs more memory than all others share or reads what no other will.

    Only one at a time may have so much; all of it is given back.
    """
    with _alone:
        found = Opened(snapshot, _ALONE)
        try:
            yield found
        finally:
            found.close()

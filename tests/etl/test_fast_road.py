"""The fast road of large deliveries says exactly what the slow rules say: numbers, tables, keys, parts, derivation."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl import encoding, keys, parts, published, text_table, tidy
from etl.changes import summed
from etl.check import check_against
from etl.checks import jumps
from etl.distinct import ByText, categories
from etl.draft import draft
from etl.export import export
from etl.extract import Extract
from etl.held import Held
from etl.keys import Keys, Places, packed, repeated
from etl.limits import Limits, limits
from etl.load import load_extract, rebuild, retract
from etl.notes import MOST_TOLD
from etl.numbers import parse_number, parse_numbers
from etl.observed import CODED
from etl.text_table import TextTable, UnreadableError
from tests.etl.deliveries import delivery
from warehouse.catalog import load_catalog
from warehouse.snapshots import current_snapshot

CATALOG = load_catalog()
DAY = date(2026, 11, 28)
DIGITS = st.text(st.sampled_from("0123456789.,-−–+  xX*…%eE'"), max_size=24)


@settings(deadline=None)
@given(st.lists(DIGITS | st.text(max_size=8), max_size=30))
@example(
    [
        "1.234,5",
        "-0",
        "0,0",
        "−3,9",
        "1 234",
        "123456789012345",
        "1234567890123456",
        "1,5,6",
        "01",
        "1.23",
        " 7 ",
    ]
)
def test_numbers_of_a_column_are_the_numbers_of_its_texts(texts: list[str]) -> None:
    read = parse_numbers(pl.Series(texts, dtype=pl.String)).to_list()
    assert [repr(number) for number in read] == [repr(parse_number(text)) for text in texts]


CELLS = st.text(st.sampled_from('ab ;"\n\r\t\u00a0é'), max_size=5)


def strictly(text: str) -> list[list[str]] | None:
    """Return what Python's strict csv makes of a text, None where it refuses it."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
        return [_filled([cell.strip() for cell in row]) for row in rows]
    except csv.Error:
        return None


def _filled(row: list[str]) -> list[str]:
    """Return a row, empty where nothing stands in it: how many empty fields a blank row has is never asked."""
    return row if any(row) else []


def in_blocks(text: str, coded: int | None = None) -> list[list[str]] | None:
    """Return what blocks of columns make of a text, one of them perhaps as categories."""
    kinds = {} if coded is None else {str(coded): categories()}
    try:
        rows = []
        for block in TextTable(text.encode(), ";").blocks(kinds):
            assert block["row"].to_list() == list(range(len(rows) + 1, len(rows) + 1 + block.height))
            cells = block.drop("row")
            rows += [_filled([cell.strip() for cell in row if cell is not None]) for row in cells.iter_rows()]
        return rows
    except UnreadableError:
        return None


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@settings(deadline=None)
@given(
    st.lists(st.lists(CELLS | CELLS.map(quoted), min_size=1, max_size=4), max_size=8),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.booleans(),
    st.integers(1, 40),
)
def test_blocks_are_what_strict_csv_reads(rows: list[list[str]], end: str, ends: bool, size: int) -> None:
    text = end.join(";".join(row) for row in rows) + (end if ends else "")
    before, text_table.BLOCK = text_table.BLOCK, size
    try:
        assert in_blocks(text) == strictly(text)
        assert in_blocks(text, coded=1) == strictly(text)
    finally:
        text_table.BLOCK = before


@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(("a", "b b", "")), min_size=3, max_size=3), min_size=1),
    st.integers(1, 60),
)
def test_even_tables_are_what_strict_csv_reads(rows: list[list[str]], size: int) -> None:
    text = "".join(";".join(map(quoted, row)) + "\r\n" for row in rows) + "".join(
        ";".join(row) + "\n" for row in rows
    )
    before, text_table.BLOCK = text_table.BLOCK, size
    try:
        assert in_blocks(text) == strictly(text)
        assert in_blocks(text, coded=1) == strictly(text)
    finally:
        text_table.BLOCK = before


HOSTILE = {
    "jobcenter": ("halle", " halle", "Halle (Saale)", "'halle", '"halle"', "Entenhausen", "", "harburg"),
    "kennzahl": ("ELB", "elb", "K2", "laufende-leistungen", "", "x\u00a0y", "große Zahl"),
    "zeitraum": ("2019-06", "Juni 2019", "2019", "30.06.2019", "2019-13", "", "1;2", "2019-06"),
    "wert": (
        "7",
        "1.234,5",
        "1,234.5",
        "1.5",
        "-",
        ".",
        "x",
        "*",
        "…",
        "– 3,9",
        "12,5 %",
        "",
        " ",
        "1e5",
        '"8"',
        "9" * 20,
    ),
    "einheit": ("", "Euro", "Tsd. Euro", "Personen", "%"),
}
LINES = st.lists(
    st.tuples(*map(st.sampled_from, HOSTILE.values())).map(";".join)
    | st.sampled_from(("", ";;;;", " ; ;;;", "halle;ELB;2019-06;7", "halle;ELB;2019-06;7;;")),
    max_size=12,
)


@settings(deadline=None, max_examples=20)
@given(
    LINES,
    st.sampled_from(("\n", "\r\n")),
    st.sampled_from(("utf-8", "utf-8-sig", "cp1252")),
    st.integers(1, 200),
)
@example(
    ["halle;ELB;2019-06;7", "halle;ELB;2019-06;7;"], "\n", "utf-8", 1
)  # a block of nothing but short rows
@example(
    ["halle;ELB;2019-06;7", "halle;ELB;2019-06;7;;"], "\n", "utf-8", 200
)  # as many fields as two whole rows
@example(["", "", "halle;ELB;2019-06;7;"], "\n", "utf-8", 1)  # a block of nothing but blank rows
def test_a_file_says_the_same_however_it_is_cut(lines: list[str], end: str, encoding: str, size: int) -> None:
    text = end.join([";".join(HOSTILE), *lines]).replace("…", "." if encoding == "cp1252" else "…")
    extract = Extract(text.encode(encoding), "x.csv")

    def said() -> tuple[object, ...]:
        made = draft(Path("nirgends"), extract, CATALOG, DAY)
        rows = None if made.tidied is None else (made.tidied.frame.rows(), made.tidied.skipped, made.counts)
        return rows, [found.message for found in made.problems]

    at_once = said()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_table, "BLOCK", size)
        assert said() == at_once
        patch.setattr(text_table, "_cut", lambda *_: None)
        assert said() == at_once


@given(
    st.binary(max_size=40) | st.text(st.sampled_from("a\t\r\n\x00\x1f\x7f"), max_size=9).map(str.encode),
    st.integers(1, 9),
)
def test_controls_are_found_wherever_they_stand(content: bytes, size: int) -> None:
    before, encoding._LOOK = encoding._LOOK, size
    try:
        assert encoding._has_controls(content) == any(
            (sign < 32 and sign not in b"\t\r\n") or sign == 0x7F for sign in content
        )
    finally:
        encoding._LOOK = before


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=3), max_size=5), max_size=5))
def test_each_text_is_understood_once_and_never_forgotten(columns: list[list[str]]) -> None:
    asked: list[str] = []
    kind = categories()
    kept = pl.Series([""], dtype=kind)
    rule = ByText.each(lambda text: asked.append(text) or text.upper(), pl.String)
    for column in columns:
        assert rule.of(pl.Series(column, dtype=kind)).to_list() == [text.upper() for text in column]
    assert len(asked) == len(set(asked))
    assert kept.len() == 1


KEYS = st.tuples(
    st.sampled_from(("a", "B", "ä", "")), st.dates(date(2000, 1, 1), date(2000, 1, 9)), st.integers(0, 9)
)


@settings(deadline=None)
@given(st.lists(KEYS, max_size=20))
def test_packed_numbers_agree_and_sort_as_their_columns(rows: list[tuple[str, date, int]]) -> None:
    frame = pl.DataFrame(rows, schema={"a": pl.Categorical(), "b": pl.Date, "c": pl.Int64}, orient="row")
    numbers = packed(frame, ["a", "b", "c"]).to_list()
    assert [rows[at] for at in sorted(range(len(rows)), key=numbers.__getitem__)] == sorted(rows)
    assert repeated(frame, ["a", "b"]).to_list() == [
        [(a, b) for a, b, _ in rows].count((a, b)) > 1 for a, b, _ in rows
    ]


FRAMES = st.lists(
    st.tuples(
        st.sampled_from(("a", "B", "ä", "", None)),
        st.dates(date(2000, 1, 1), date(2000, 1, 4)) | st.none(),
        st.dates(date(2000, 1, 1), date(2000, 1, 4)),
        st.integers(-3, 3) | st.integers(10**12, 10**12 + 2),
    ),
    max_size=20,
)


@settings(deadline=None)
@given(FRAMES, st.sampled_from((0, 4_000_000)))
def test_rows_are_numbered_alike_by_table_and_by_sorting(
    rows: list[tuple[str | None, date | None, date, int]], far: int
) -> None:
    names = ["name", "period_start", "period_end", "number"]
    frame = pl.DataFrame(rows, schema=dict(zip(names, KINDS, strict=True)), orient="row")
    before, keys._FAR, keys._SPARSE = (keys._FAR, keys._SPARSE), far, 0
    try:
        every = Keys(frame)
        numbers, size = every.numbers(names)
        numbered, combinations = every.numbered(names)
        is_unique = every.is_unique(names)
        places = Places(numbers, size)
    finally:
        keys._FAR, keys._SPARSE = before
    assert [rows[at] for at in numbers.argsort(kind="stable")] == sorted(rows, key=_nothing_first)
    assert all(0 <= number < size for number in numbers)
    assert combinations[numbered].rows() == frame.rows()
    assert (rows == [] and combinations.is_empty()) or len(set(rows)) == combinations.height
    assert is_unique == (len(set(rows)) == len(rows))
    assert every.repeated(names).to_list() == [rows.count(row) > 1 for row in rows]
    assert [rows[at] for at in places.of(numbers)] == rows
    assert all(rows.index(row) == at for row, at in zip(rows, places.of(numbers), strict=True))
    others = [number for number in range(min(size, 50)) if number not in numbers]
    if rows:
        assert set(places.of(np.array(others, np.int64))) <= {-1}


KINDS = (pl.Categorical(), pl.Date(), pl.Date(), pl.Int64())


def _nothing_first(row: tuple[object, ...]) -> tuple[tuple[bool, object], ...]:
    return tuple((value is not None, "" if value is None else value) for value in row)


COUNTS = st.lists(
    st.tuples(
        st.sampled_from(("halle", "harburg", "bochum", "zwickau")), st.integers(1, 6), st.integers(0, 5_000)
    ),
    max_size=40,
    unique_by=lambda row: row[:2],
)


@settings(deadline=None, max_examples=15)
@example([("halle", 1, 0), ("halle", 2, 5_000), ("bochum", 1, 0), ("bochum", 2, 90)], 1)
@given(COUNTS, st.sampled_from((1, 40, 1_000)))
def test_jumps_are_only_where_some_moved_unlike_the_others(
    counts: list[tuple[str, int, int]], base: int
) -> None:
    rows = [f"{area};ELB;2019-{month:02d};{base * 1_000 + number}" for area, month, number in counts]
    tidied = draft(Path("nirgends"), delivery(*rows), CATALOG, DAY).tidied
    assert tidied is not None

    def found() -> list[str]:
        return [each.message for each in check_against(None, tidied, CATALOG)]

    told = found()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jumps._Movements, "_lively", lambda _, number, before, peers: before == before)
        assert found() == told


def test_held_rows_come_back_as_they_were_added() -> None:
    blocks = [
        draft(Path("nirgends"), delivery(*rows, header=HEADER), CATALOG, DAY).tidied.frame.cast(CODED)  # type: ignore[union-attr]
        for rows in LOADS[:4]
    ]
    held = Held(blocks[0])
    for block in blocks[1:]:
        held.add(block)
    every = pl.concat(blocks)
    assert held.whole().equals(every)
    assert (held.height, held.counts()) == (10, {"elb": 9, "bg": 1})
    assert held.of(["bg"]).equals(every.filter(pl.col("indicator") == "bg"))
    assert held.of([]).equals(every.clear())
    assert set(held.distinct(["source"])["source"]) == {"A", "B"}


def test_a_percentage_of_a_count_is_no_number_beside_one_of_a_rate() -> None:
    made = draft(Path("nirgends"), delivery("halle;ELB;2019-06;12 %", "halle;K2;2019-06;12 %"), CATALOG, DAY)
    assert [found.row for found in made.problems if found.code == "bad_number"] == [2]
    assert made.tidied is not None
    assert made.tidied.frame["value"].to_list() == [12.0]


# --- the derivation of what a load touches

HEADER = ("jobcenter", "kennzahl", "zeitraum", "wert", "datenstand", "quelle")
LOADS = (
    (
        "halle;ELB;2019-06;100;2020-01-01;A",
        "halle;ELB;2019-07;110;2020-01-01;A",
        "harburg;ELB;2019-06;200;2020-01-01;A",
    ),
    ("halle;ELB;2019-06;101;2020-02-01;A", "halle;ELB;2019-08;120;2020-02-01;A"),  # revises one, adds one
    (
        "halle;ELB;2019-06;999;2020-02-01;B",
        "harburg;ELB;2019-06;200;2020-02-01;B",
    ),  # another source contradicts
    (
        "harburg;ELB;2019-07;1;2020-01-01;A",
        "harburg;ELB;2019-07;2;2020-01-01;A",
        "halle;BG;2019-06;7;2020-01-01;A",
    ),
    ("halle;ELB;2019-07;108;2019-12-01;A",),  # older than what is known
)


def told(folder: Path, act: int | None = None) -> list[tuple[object, ...]]:
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    return export(snapshot, CATALOG, as_of=act).rows()


@pytest.mark.parametrize("most", [2, 100])
def test_what_is_derived_load_by_load_is_what_a_rebuild_derives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(published, "SHORTEST", 0)
    monkeypatch.setattr(published, "MOST_LOADS", most)
    extracts = [delivery(*rows, header=HEADER) for rows in LOADS]
    for extract in extracts:
        assert load_extract(tmp_path, extract, accept_warnings="Test", today=DAY).outcome == "loaded"
    retract(tmp_path, extracts[1].id, reason="Test")
    states = [told(tmp_path), *(told(tmp_path, act) for act in range(1, 7))]
    assert states[0] == states[6]
    marks = _marks(tmp_path)
    rebuild(tmp_path)
    assert [told(tmp_path), *(told(tmp_path, act) for act in range(1, 7))] == states
    assert _marks(tmp_path) == marks
    assert any(mark for *_, mark in marks)


def _marks(folder: Path) -> list[tuple[object, ...]]:
    from warehouse.questions import ask

    snapshot = current_snapshot(folder)
    assert snapshot is not None
    columns = ["jobcenter", "indicator", "period_start", "value", "source", "load_no", "contradicted"]
    return ask(snapshot, "current_observations").select(columns).rows()


# --- large deliveries


def test_a_large_delivery_is_told_part_by_part_what_a_small_one_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = ("jobcenter", "kennzahl", "merkmal", "zeitraum", "wert")
    load_extract(
        tmp_path,
        delivery("halle;ELB;;2019-06;1000", "halle;BG;;2019-06;50", header=header),
        accept_warnings="Test",
        today=DAY,
    )
    extract = delivery(
        *("halle;ELB;;2019-06;1000", "halle;ELB;frauen;2019-06;600", "halle;ELB;maenner;2019-06;100"),
        *(
            "halle;ELB;;2019-06;1000",
            "halle;BG;;2019-06;51",
            "halle;BG;;2019-07;5100000",
            "Entenhausen;LZB;;2019-07;1,5.6",
        ),
        header=header,
    )
    whole = draft(tmp_path, extract, CATALOG, DAY)
    monkeypatch.setattr(tidy, "LARGE", 1)
    monkeypatch.setattr(parts, "PART", 1)
    apart = draft(tmp_path, extract, CATALOG, DAY)
    assert apart.counts == whole.counts
    assert sorted(found.message for found in apart.problems) == sorted(
        found.message for found in whole.problems
    )
    assert apart.listed.equals(whole.listed)
    assert summed(apart.sums).equals(whole.sums)


def test_of_very_many_problems_the_first_are_told_and_the_others_counted() -> None:
    rows = [f"halle;ELB;2019-06;{number}.5" for number in range(MOST_TOLD + 5)]
    problems = draft(Path("nirgends"), delivery(*rows), CATALOG, DAY).problems
    assert [found.row for found in problems if found.code == "bad_number"] == list(range(2, MOST_TOLD + 2))
    (further,) = (found for found in problems if found.code == "further")
    assert further.text.startswith(
        "Außerdem 5 weitere Zeilen mit demselben Befund: wie in Zeile 2, Spalte »wert«."
    )


def test_limits_are_set_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits() == Limits(megabytes=100, rows=2_000_000, columns=300, signs=1_000)
    monkeypatch.setenv("JOBCENTER_MOST_ROWS", "2")
    monkeypatch.setenv("JOBCENTER_MOST_MEGABYTES", "viele")
    assert limits() == Limits(rows=2)
    extract = Extract(b"jobcenter;kennzahl;zeitraum;wert\n" + b"halle;elb;2019-06;1\n" * 2, "x.csv")
    (found,) = draft(Path("nirgends"), extract, CATALOG, DAY).problems
    assert (found.code, found.expected) == ("too_large", "300 Spalten und 2 Zeilen")

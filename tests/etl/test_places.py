"""Where a value stands is kept as a number where it is a row of the delivery; questions say the same words."""

from __future__ import annotations

from functools import cache

import duckdb
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from etl.places import SAID, stored
from warehouse.questions import statement

ROWS = st.builds("{}{}{}".format, st.sampled_from(["Zeile ", "Zeile  ", "zeile ", ""]), st.sampled_from(
    ["7", "07", "0", "+7", "-7", " 7", "7 ", "7,5", "1e3", "", "99999999999999999999", "12345", "7ä", "\u0667"]
), st.sampled_from([" der Lieferung", " der Lieferung ", " der lieferung", ""]))  # fmt: skip
PLACES = st.one_of(ROWS, st.integers(1, 10**12).map("Zeile {} der Lieferung".format), st.text(max_size=30))
WORDS = st.sampled_from(["", "", "3.1", "siehe Zeile 4"])


@given(st.lists(st.tuples(PLACES.filter(bool), WORDS, WORDS), min_size=1))
def test_questions_say_what_was_delivered(rows: list[tuple[str, str, str]]) -> None:
    delivered = pl.DataFrame(rows, schema=dict.fromkeys(SAID, pl.String), orient="row").with_row_index(
        "row", 2
    )

    assert _asked(stored(delivered)) == rows


@given(st.lists(WORDS, min_size=1))
def test_where_no_place_is_stated_it_is_the_row(notes: list[str]) -> None:
    delivered = pl.DataFrame({"place": "", "line": "", "note": notes}).with_row_index("row", 2)

    assert _asked(stored(delivered)) == [
        (f"Zeile {row} der Lieferung", "", note) for row, note in enumerate(notes, 2)
    ]


def test_a_row_of_the_delivery_is_kept_as_a_number_alone() -> None:
    kept = stored(
        pl.DataFrame({"place": ["Zeile 236 der Lieferung", "Tabelle 3"], "line": "", "note": "", "row": 2})
    )

    assert kept.select("place_row", "stated").rows() == [(236, None), (None, ["Tabelle 3"])]


@cache
def _warehouse() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(statement("create_tables"))
    return connection


def _asked(rows: pl.DataFrame) -> list[tuple[str, str, str]]:
    connection = _warehouse()
    connection.register("rows", rows.with_columns(no=pl.int_range(pl.len())).to_arrow())
    connection.execute("delete from current_rows")
    connection.execute("insert into current_rows by name select place_row, stated, no as load_no from rows")
    return connection.execute(
        "select place, line, note from current_observations order by load_no"
    ).fetchall()

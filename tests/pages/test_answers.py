"""What is kept in memory stays small: the answer not asked for longest goes first."""

from datetime import date, datetime

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pages.components.answers import Answers, footprint, own_copy

ROWS = pl.DataFrame({"value": range(1_000)})


def test_an_answer_is_found_once_and_then_kept() -> None:
    found: list[str] = []
    answers = Answers()

    def answer() -> pl.DataFrame:
        found.append("asked")
        return ROWS

    assert answers.get(("snapshot", "question"), answer) is answers.get(("snapshot", "question"), answer)
    assert answers.get(("snapshot", "another"), answer) is ROWS
    assert found == ["asked", "asked"]


def test_the_answer_not_asked_for_longest_goes_first_where_memory_is_full() -> None:
    asked: list[str] = []
    answers = Answers(most_bytes=2 * footprint(ROWS))

    def of(name: str) -> pl.DataFrame:
        def answer() -> pl.DataFrame:
            asked.append(name)
            return ROWS

        return answers.get(name, answer)

    for name in ("a", "b", "a", "c", "a", "b"):  # c takes the place of b, not of a
        of(name)
    assert asked == ["a", "b", "c", "b"]


def test_an_answer_larger_than_all_memory_is_given_and_not_kept() -> None:
    answers = Answers(most_bytes=10)
    assert answers.get("a", lambda: ROWS) is ROWS
    assert answers.get("a", lambda: ROWS.head(1)).height == 1


def test_a_frame_takes_the_letters_of_its_texts_and_sixteen_bytes_for_each() -> None:
    texts = pl.DataFrame({"text": ["a text of twenty-five char"] * 1_000})
    assert footprint(texts) >= 1_000 * (16 + 26)
    assert footprint(texts.clear()) > 0


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.text()),
            st.one_of(st.none(), st.dates()),
            st.one_of(st.none(), st.floats()),
            st.one_of(st.none(), st.booleans()),
            st.one_of(st.none(), st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1))),
            st.lists(st.one_of(st.none(), st.text()), max_size=3),
        ),
        max_size=6,
    )
)
def test_a_copy_says_exactly_the_same(
    rows: list[tuple[str | None, date | None, float | None, bool | None, datetime | None, list[str | None]]],
) -> None:
    schema = {
        "text": pl.String,
        "day": pl.Date,
        "number": pl.Float64,
        "yes": pl.Boolean,
        "time": pl.Datetime,
        "texts": pl.List(pl.String),
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    assert_frame_equal(own_copy(frame), frame)

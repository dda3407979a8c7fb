"""Which states there are, and how one is named."""

from datetime import datetime, timedelta

import polars as pl
import pytest

from warehouse.schema import LOAD
from warehouse.states import SEEDED_BY, act_of, states

START = datetime(2026, 11, 21, 8, 0)


def acts(*given: tuple[int, str, str, timedelta]) -> pl.DataFrame:
    """Return the load log of acts given as number, act, who, time after the first."""
    rows = [(no, act, f"e{no}", f"{no}.csv", "x", who, START + after, 1, "") for no, act, who, after in given]
    return pl.DataFrame(rows, schema=LOAD, orient="row").sort("load_no", descending=True)


SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
LOG = acts(
    (1, "loaded", SEEDED_BY, 0 * SECOND),
    (2, "loaded", SEEDED_BY, 1 * SECOND),
    (3, "loaded", SEEDED_BY, 2 * SECOND),
    (5, "loaded", "Test", 3 * SECOND),
    (6, "retracted", "Test", 3 * SECOND),
    (7, "retracted", SEEDED_BY, DAY),
    (8, "loaded", SEEDED_BY, DAY + SECOND),
    (9, "loaded", SEEDED_BY, 3 * DAY),
)


def test_one_start_of_the_product_is_one_state_and_every_act_of_a_person_another() -> None:
    found = states(LOG)
    assert [[act["load_no"] for act in state.acts] for state in found] == [[9], [7, 8], [6], [5], [1, 2, 3]]
    assert [state.no for state in found] == [9, 8, 6, 5, 3]
    assert found[-1].at == START + 2 * SECOND


def test_the_state_asked_for_stands_by_itself() -> None:
    assert [state.no for state in states(LOG, 2)] == [9, 8, 6, 5, 3, 2]
    assert [state.no for state in states(LOG, 5)] == [9, 8, 6, 5, 3]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("3", 3),
        ("4", 3),
        (" 9 ", 9),
        ("10", None),
        ("0", None),
        ("-1", None),
        ("", None),
        ("drei", None),
        ("2026-11-20", None),
        ("2026-11-21", 6),
        ("21.11.2026", 6),
        ("2026-11-22", 8),
        ("2026-11-23", 8),
        ("2030-01-01", 9),
        ("2026-13-01", None),
        ("9" * 30, None),
    ],
)
def test_a_state_is_named_by_the_number_of_an_act_or_by_a_day(asked: str, expected: int | None) -> None:
    assert act_of(LOG, asked) == expected

"""What each vintage of a value revised."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from warehouse.schema import LOAD, OBSERVATION
from warehouse.vintages import with_acts, with_revisions

Vintage = tuple[float | None, date, int]
SEPTEMBER, DECEMBER, MARCH = date(2019, 9, 30), date(2019, 12, 31), date(2020, 3, 31)


def evidence(
    *vintages: Vintage, back: tuple[int, ...] = (), about: tuple[int, ...] = (), month: int = 6
) -> pl.DataFrame:
    """Return rows of evidence given as value, data date, load; loads in `back` were taken back, in `about` are inexact."""
    rows = [
        {
            **dict.fromkeys(OBSERVATION.names()),
            **{"jobcenter": "halle", "indicator": "elb", "breakdown": "", "time_concept": "stichtag"},
            **{"kind": "ist", "period_start": date(2019, month, 1), "period_end": date(2019, month, 30)},
            **{"value": value, "status": "anonymisiert" if value is None else "endgueltig"},
            **{"precision": "ungefaehr" if load in about else "exakt", "data_date": day, "load_no": load},
            "retracted": load in back,
        }
        for value, day, load in vintages
    ]
    schema = {**OBSERVATION, "load_no": pl.Int64(), "retracted": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema)


def revised(rows: pl.DataFrame) -> list[tuple[object, ...]]:
    """Return per row: its value, the one before with its date, the difference."""
    names = ("value", "before_value", "before_data_date", "difference")
    return with_revisions(rows).select(names).rows()


def test_a_load_is_taken_back_by_the_first_retraction_after_it_and_not_by_an_earlier_one() -> None:
    acts = [("loaded", "x"), ("retracted", "x"), ("loaded", "x"), ("loaded", "y"), ("retracted", "x")]
    log = pl.DataFrame(
        [{"load_no": no, "act": act, "extract": extract, "who": f"{no}"} for no, (act, extract) in enumerate(acts, 1)],
        schema=LOAD,
    ).reverse()  # fmt: skip
    found = with_acts(evidence((1.0, MARCH, 1), (2.0, MARCH, 3), (3.0, MARCH, 4)).drop("retracted"), log)
    assert found.select("load_no", "who", "retracted", "retracted_by").rows() == [
        (4, "4", False, None), (3, "3", True, "5"), (1, "1", True, "2"),
    ]  # fmt: skip


@given(seed=st.integers(0, 1000))
def test_evidence_has_one_order_whatever_it_came_in(seed: int) -> None:
    rows = pl.concat(
        [
            evidence((1.0, MARCH, 1), (2.0, MARCH, 2), (3.0, SEPTEMBER, 9)), evidence((4.0, MARCH, 1), month=9),
            evidence((5.0, DECEMBER, 3)).with_columns(kind=pl.lit("plan")),
        ]
    ).drop("retracted")  # fmt: skip
    log = pl.DataFrame(schema=LOAD)
    found = with_acts(rows.sample(fraction=1.0, shuffle=True, seed=seed), log)
    assert found["value"].to_list() == [4.0, 2.0, 1.0, 3.0, 5.0]


def test_each_vintage_is_compared_with_the_one_before_and_rows_stay_in_order() -> None:
    rows = evidence((105.0, MARCH, 2), (110.0, DECEMBER, 3), (100.0, SEPTEMBER, 1))
    assert revised(rows) == [
        (105.0, 110.0, DECEMBER, -5.0),
        (110.0, 100.0, SEPTEMBER, 10.0),
        (100.0, None, None, None),
    ]
    assert with_revisions(rows)["vintages"].to_list() == [3, 3, 3]


def test_a_vintage_taken_back_is_no_predecessor_yet_has_one() -> None:
    rows = evidence((105.0, MARCH, 3), (910.0, DECEMBER, 2), (100.0, SEPTEMBER, 1), back=(2,))
    assert revised(rows) == [
        (105.0, 100.0, SEPTEMBER, 5.0),
        (910.0, 100.0, SEPTEMBER, 810.0),
        (100.0, None, None, None),
    ]


def test_a_later_load_of_the_same_date_revises_the_earlier_one() -> None:
    assert revised(evidence((2.0, SEPTEMBER, 7), (1.0, SEPTEMBER, 4)))[0] == (2.0, 1.0, SEPTEMBER, 1.0)


def test_a_sign_is_a_predecessor_without_difference() -> None:
    rows = evidence((5.0, MARCH, 3), (None, DECEMBER, 2), (4.0, SEPTEMBER, 1))
    found = with_revisions(rows).select("before_value", "before_status", "before_data_date", "difference")
    assert found.rows() == [
        (None, "anonymisiert", DECEMBER, None),
        (4.0, "endgueltig", SEPTEMBER, None),
        (None, None, None, None),
    ]


def test_inexact_values_have_no_difference() -> None:
    rows = evidence((5.0, MARCH, 3), (4.0, DECEMBER, 2), (3.0, SEPTEMBER, 1), about=(2,))
    assert [row[3] for row in revised(rows)] == [None, None, None]
    assert [row[1] for row in revised(rows)] == [4.0, 3.0, None]


def test_several_values_of_one_vintage_are_no_revision_of_each_other() -> None:
    rows = evidence((6.0, MARCH, 2), (4.0, SEPTEMBER, 1), (5.0, SEPTEMBER, 1))
    assert [row[1:] for row in revised(rows)] == [(None, None, None)] * 3
    same = evidence((6.0, MARCH, 2), (4.0, SEPTEMBER, 1), (4.0, SEPTEMBER, 1))
    assert revised(same)[0] == (6.0, 4.0, SEPTEMBER, 2.0)


def test_another_period_is_another_value() -> None:
    rows = pl.concat([evidence((2.0, MARCH, 2)), evidence((1.0, SEPTEMBER, 1), month=9)])
    assert [row[1:] for row in revised(rows)] == [(None, None, None)] * 2
    assert with_revisions(rows)["vintages"].to_list() == [1, 1]


def test_nothing_loaded_gives_nothing() -> None:
    assert with_revisions(evidence()).height == 0

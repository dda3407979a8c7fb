"""What is known now and was not known then: every difference once, nothing else."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from warehouse.schema import CURRENT
from warehouse.since import GONE, NEW, REVISED, news, revised, since


def rows(*values: tuple[str, int, float | None], **said: Any) -> pl.DataFrame:
    """Return current values (indicator, month of 2019, value) of one Jobcenter."""
    return pl.DataFrame(
        [
            {
                "jobcenter": "halle", "indicator": indicator, "breakdown": "", "period_start": date(2019, month, 1),
                "period_end": date(2019, month, 28), "time_concept": "stichtag", "kind": "ist", "value": value,
                "status": "endgueltig" if value is not None else "anonymisiert", "precision": "exakt", "source": "ba",
                "data_date": date(2020, 1, 1), "place": "", "line": "", "note": "", "row": 1, "extract": "", "load_no": 1,
                "contradicted": False, "confidential": False, **said,
            }
            for indicator, month, value in values
        ],
        schema=CURRENT,
    )  # fmt: skip


def test_every_difference_is_told_once_and_what_stays_is_not() -> None:
    then = rows(("elb", 1, 100.0), ("elb", 2, 200.0), ("elb", 3, 300.0))
    now = rows(("elb", 1, 100.0), ("elb", 2, 210.0), ("elb", 4, 400.0))
    found = since(then, now)
    assert found.select("period_start", "what", "old_value", "value", "difference").rows() == [
        (date(2019, 2, 1), REVISED, 200.0, 210.0, 10.0),
        (date(2019, 3, 1), GONE, None, 300.0, None),
        (date(2019, 4, 1), NEW, None, 400.0, None),
    ]


def test_a_newer_date_alone_changes_nothing() -> None:
    then = rows(("elb", 1, 100.0))
    assert since(then, rows(("elb", 1, 100.0), data_date=date(2021, 1, 1), load_no=9)).is_empty()


def test_a_sign_that_takes_the_place_of_a_value_is_a_change_without_a_difference() -> None:
    found = since(rows(("elb", 1, 3.0), ("elb", 2, 100.0)), rows(("elb", 1, None), ("elb", 2, 150.0)))
    assert found["what"].to_list() == [REVISED, REVISED]
    assert found["difference"].to_list() == [None, 50.0]
    assert found["old_status"].to_list() == ["endgueltig", "endgueltig"]
    assert found["status"].to_list() == ["anonymisiert", "endgueltig"]
    assert revised(found)["period_start"].to_list() == [date(2019, 1, 1), date(2019, 2, 1)]  # the sign first


def test_approximate_values_have_no_difference() -> None:
    assert (
        since(rows(("elb", 1, 100.0), precision="ungefaehr"), rows(("elb", 1, 150.0)))["difference"][0]
        is None
    )


def test_a_second_value_of_the_same_key_is_a_change() -> None:
    both = pl.concat([rows(("elb", 1, 100.0)), rows(("elb", 1, 120.0), row=2)])
    assert since(rows(("elb", 1, 100.0)), both)["what"].to_list() == [REVISED]


def test_new_values_are_told_by_series_with_their_newest() -> None:
    now = rows(("elb", 1, 10.0), ("elb", 2, 20.0), ("elb", 3, 30.0), ("bg", 5, 7.0))
    found = news(since(now.clear(), now))
    assert found.select("indicator", "periods", "first_start", "period_start", "value").rows() == [
        ("elb", 3, date(2019, 1, 1), date(2019, 3, 1), 30.0),
        ("bg", 1, date(2019, 5, 1), date(2019, 5, 1), 7.0),
    ]


def test_the_largest_change_in_relation_comes_first() -> None:
    then = rows(("elb", 1, 1000.0), ("elb", 2, 10.0), ("elb", 3, 100.0))
    now = rows(("elb", 1, 1100.0), ("elb", 2, 20.0), ("elb", 3, 150.0))
    assert revised(since(then, now))["period_start"].dt.month().to_list() == [2, 3, 1]


_SOME = st.lists(
    st.tuples(st.sampled_from(["elb", "bg"]), st.integers(1, 12), st.integers(0, 3)),
    unique_by=lambda row: row[:2],
)


@given(_SOME, _SOME)
def test_what_is_new_one_way_is_gone_the_other(
    one: list[tuple[str, int, int]], other: list[tuple[str, int, int]]
) -> None:
    then, now = (rows(*((name, month, float(value)) for name, month, value in each)) for each in (one, other))
    there, back = since(then, now), since(now, then)
    count = {what: int((there["what"] == what).sum()) for what in (NEW, REVISED, GONE)}
    assert [int((back["what"] == what).sum()) for what in (GONE, REVISED, NEW)] == list(count.values())
    assert count[NEW] == len({row[:2] for row in other} - {row[:2] for row in one})
    assert since(now, now).is_empty()

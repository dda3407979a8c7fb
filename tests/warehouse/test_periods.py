"""Periods: the ways people write them, and the one way we write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.periods import Period, parse_period, period_code, period_label, period_ranges

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("text", "code", "label"),
    [
        ("2019-06", "2019-06", "Jun 2019"),
        ("06/2019", "2019-06", "Jun 2019"),
        ("6/2019", "2019-06", "Jun 2019"),
        ("06.2019", "2019-06", "Jun 2019"),
        ("Juni 2019", "2019-06", "Jun 2019"),
        ("märz 2019", "2019-03", "Mär 2019"),
        ("Jän. 2019", "2019-01", "Jan 2019"),
        ("Nov 19", "2019-11", "Nov 2019"),
        ("BM 06/19", "2019-06", "Jun 2019"),
        ("Stand 09/2018", "2018-09", "Sep 2018"),
        ("202606", "2026-06", "Jun 2026"),
        ("2019", "2019", "2019"),
        ("2019-12-31", "2019-12-31", "31.12.2019"),
        ("31.03.2018", "2018-03-31", "31.03.2018"),
        ("29.02.2020", "2020-02-29", "29.02.2020"),
        ("2015/2018", "2015/2018", "2015–2018"),
        ("2015–2018", "2015/2018", "2015–2018"),
        ("2015-2018", "2015/2018", "2015–2018"),
        ("2015 bis 2018", "2015/2018", "2015–2018"),
        ("2020-08/2021-07", "2020-08/2021-07", "Aug 2020–Jul 2021"),
        ("Aug 2020 – Jul 2021", "2020-08/2021-07", "Aug 2020–Jul 2021"),
        ("2014-07/2014-09", "2014-07/2014-09", "Jul 2014–Sep 2014"),
        ("15.06.2019/30.06.2019", "2019-06-15/2019-06-30", "15.06.2019–30.06.2019"),
    ],
)
def test_what_people_write(text: str, code: str, label: str) -> None:
    period = parse_period(text)

    assert period is not None
    assert (period_code(period.start, period.end), period.label) == (code, label)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "/",
            "2019-13",
            "2019-00",
            "13/2019",
            "31.02.2019",
            "29.02.2019",
            "2019/2015",
            "2019-06/2019-05",
        ),
        *(
            "letztes Jahr",
            "Juno 2019",
            "JDW 2018",
            "01.06",
            "01.06.",
            "06.19",
            "2015/18",
            "03/04",
            "Stand 03/04",
            "2019/2019-06",
            "2019-06-30/2019-07",
            "BM 13/19",
            "20190",
            "1989",
            "2061",
        ),
        *("2019,5", "2019.5", "٢٠١٩", "2019-6-1", "2015/2016/2017", "Q1 2019", "0", "-1"),
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert parse_period(text) is None


@given(DAYS, DAYS)
def test_every_code_is_read_back(one: date, other: date) -> None:
    start, end = sorted((one, other))

    assert parse_period(period_code(start, end)) == Period(start, end)


@given(st.integers(1990, 2060), st.integers(1, 12), st.integers(0, 40))
def test_every_code_of_whole_months_is_read_back(year: int, month: int, more: int) -> None:
    start = date(year, month, 1)
    first_after = date(min(year + (month + more) // 12, 2061), (month + more) % 12 + 1, 1)
    end = min(first_after - timedelta(days=1), date(2060, 12, 31))

    assert parse_period(period_code(start, end)) == Period(start, end)
    assert period_label(start, end)


@given(DAYS, DAYS)
def test_labels_of_different_periods_differ(one: date, other: date) -> None:
    assert (period_label(one, one) == period_label(other, other)) == (one == other)
    start, end = sorted((one, other))
    assert (period_label(start, end) == period_label(one, one)) == (one == other)


def test_months_that_follow_each_other_are_told_as_ranges() -> None:
    months = [(2018, month) for month in range(1, 13)] + [(2019, 1), (2019, 2), (2019, 3), (2019, 5)]
    bounds = [
        (found.start, found.end) for year, month in months if (found := parse_period(f"{year}-{month:02}"))
    ]
    assert period_ranges(reversed(bounds)) == "Jan 2018–Mär 2019, Mai 2019"
    assert (
        period_ranges([(date(year, 1, 1), date(year, 12, 31)) for year in (2015, 2016, 2018)])
        == "2015–2016, 2018"
    )
    assert period_ranges([(date(2018, 12, 31),) * 2, (date(2019, 1, 1),) * 2]) == "31.12.2018, 01.01.2019"
    assert period_ranges([]) == ""


@given(st.sets(st.integers(2005 * 12, 2026 * 12), min_size=1, max_size=40))
def test_ranges_hold_every_month_and_no_other(numbers: set[int]) -> None:
    bounds = [parse_period(f"{number // 12}-{number % 12 + 1:02}") for number in numbers]
    told = period_ranges((found.start, found.end) for found in bounds if found)
    read = set()
    for part in told.split(", "):
        ends = [parse_period(end) for end in part.split("–")]
        first, last = (
            found.start.year * 12 + found.start.month - 1 for found in (ends[0], ends[-1]) if found
        )
        read |= set(range(first, last + 1))
    assert read == numbers

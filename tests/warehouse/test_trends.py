"""Series: what one line may join, what a change refers to, and what is never put into one line."""

from dataclasses import replace
from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.test_comparison import CATALOG, frame, value
from tests.warehouse.test_formulas import monthly
from warehouse.catalog import Event
from warehouse.schema import CURRENT
from warehouse.spans import spans, without_series
from warehouse.trends import TREND, drawable, trends


def year(number: int) -> tuple[date, date]:
    """Return first and last day of a year."""
    return date(number, 1, 1), date(number, 12, 31)


def month(number: int, which: int) -> tuple[date, date]:
    """Return first and last day of a month up to November."""
    return date(number, which, 1), date(number, which + 1, 1) - date.resolution


def count(number: int, persons: float | None, **more: object) -> dict[str, object]:
    """Return a yearly number of Langzeitleistungsbeziehende in Nordsachsen."""
    return value("nordsachsen", "lzb", *year(number), time_concept="jahr", value=persons, **more)


def test_counts_change_in_their_unit_and_in_percent_rates_in_prozentpunkten_only() -> None:
    rates = [
        value("nordsachsen", "iq", *year(n), time_concept="jahr", value=v)
        for n, v in ((2015, 24.0), (2016, 21.0))
    ]
    found = trends(CATALOG, frame(count(2015, 200.0), count(2016, 150.0), *rates))
    assert found.schema == TREND
    changes = {
        row["indicator"]: (row["change"], row["change_percent"])
        for row in found.iter_rows(named=True)
        if row["change"]
    }
    assert changes == {"lzb": (-50.0, -25.0), "iq": (-3.0, None)}


def test_a_gap_is_no_line_and_the_change_names_what_it_refers_to() -> None:
    found = trends(CATALOG, frame(count(2015, 100.0), count(2018, 90.0), count(2019, 80.0)))
    assert found["adjoining"].to_list() == [False, False, True]
    assert found["before_start"].to_list() == [None, date(2015, 1, 1), date(2018, 1, 1)]
    assert found["change"].to_list() == [None, -10.0, -10.0]


def test_a_missing_value_is_a_gap_and_counts_as_no_point() -> None:
    missing = count(2016, None, status="folgt")
    found = trends(CATALOG, frame(count(2015, 100.0), missing, count(2017, 90.0)))
    assert found["adjoining"].to_list() == [False, False, False]
    assert found["change"].to_list() == [None, None, -10.0]
    assert trends(CATALOG, frame(count(2015, 100.0), missing)).is_empty()


def test_months_and_years_and_time_concepts_are_different_lines() -> None:
    rows = frame(
        value("harburg", "alleinerziehende", *month(2020, 7), time_concept="jdw", value=1039.0),
        value("harburg", "alleinerziehende", *month(2021, 7), time_concept="jdw", value=989.0),
        value("harburg", "alleinerziehende", *year(2021), time_concept="jdw", value=989.0),
        value("harburg", "alleinerziehende", *month(2021, 8), time_concept="stichtag", value=990.0),
    )
    found = trends(CATALOG, rows)
    assert found.select("months", "time_concept", "value").rows() == [(1, "jdw", 1039.0), (1, "jdw", 989.0)]


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ((date(2019, 12, 31), date(2019, 12, 31)), 0),
        ((date(2019, 12, 1), date(2019, 12, 31)), 1),
        ((date(2019, 10, 1), date(2019, 12, 31)), 3),
        ((date(2019, 1, 1), date(2019, 12, 31)), 12),
        ((date(2018, 7, 1), date(2019, 6, 30)), 12),
    ],
)
def test_the_length_of_a_period_is_counted_in_months(period: tuple[date, date], months: int) -> None:
    earlier = tuple(day.replace(year=day.year - 1) for day in period)
    found = trends(CATALOG, frame(value("halle", "elb", *earlier), value("halle", "elb", *period)))
    assert found["months"].unique().to_list() == [months]


def test_single_days_a_year_apart_belong_together_two_years_apart_do_not() -> None:
    days = [value("halle", "elb", *(2 * (date(n, 12, 31),))) for n in (2015, 2016, 2018)]
    assert trends(CATALOG, frame(*days))["adjoining"].to_list() == [False, True, False]


def test_both_contradicting_values_are_kept_and_nothing_is_computed_from_them() -> None:
    rows = frame(
        count(2014, 20.0, row=1),
        count(2015, 22.0, row=2, contradicted=True),
        count(2015, 21.0, row=3, contradicted=True),
        count(2015, 22.0, row=4, contradicted=True),
    )
    assert trends(CATALOG, rows)["value"].to_list() == [20.0, 22.0]
    found = trends(CATALOG, rows, every_value=True)
    assert found.select("value", "alternative").rows() == [(20.0, False), (22.0, False), (21.0, True)]
    assert found["change"].null_count() == 3


def test_approximate_values_give_no_change() -> None:
    found = trends(
        CATALOG, frame(count(2015, 100.0), count(2016, 90.0, precision="ungefaehr"), count(2017, 80.0))
    )
    assert found["change"].null_count() == 3
    assert found["adjoining"].to_list() == [False, True, True]


def test_printed_changes_and_undated_values_are_no_series() -> None:
    changes = [value("halle", "elb.vj-prozent", *year(n), time_concept="jahr") for n in (2015, 2016)]
    undated = [value("halle", "elb", *year(n), time_concept="dokumentstand") for n in (2015, 2016)]
    assert trends(CATALOG, frame(*changes, *undated)).is_empty()
    assert trends(CATALOG, pl.DataFrame(schema=CURRENT)).schema == TREND


def test_a_previous_year_without_ist_is_drawn_one_that_differs_disputes_the_ist() -> None:
    before = [count(n, v, kind="vorjahr") for n, v in ((2014, 20.0), (2015, 19.0), (2016, 18.0))]
    found = drawable(trends(CATALOG, frame(count(2015, 19.5), count(2016, 18.0), *before)))
    assert found.select("kind", "value", "disputed").rows() == [
        ("ist", 19.5, True),
        ("ist", 18.0, False),
        ("vorjahr", 20.0, False),
    ]


def test_a_span_runs_from_the_first_to_the_last_value() -> None:
    rows = frame(
        count(2015, 11167.0), count(2016, 10042.0), count(2018, 8314.0), count(2019, None, status="folgt")
    )
    found = spans(CATALOG, trends(CATALOG, rows, every_value=True)).row(0, named=True)
    assert (found["first"], found["last"], found["points"], found["gaps"]) == (11167.0, 8314.0, 3, True)
    assert found["last_end"] == date(2018, 12, 31)
    assert found["change"] == -2853.0
    assert found["change_percent"] == pytest.approx(-25.5, abs=0.05)


def test_who_has_no_series_is_named_with_what_there_is() -> None:
    rows = frame(count(2015, 100.0), count(2016, 90.0), value("halle", "lzb", *month(2019, 7)))
    found = without_series(rows, trends(CATALOG, rows), ["halle", "harburg", "nordsachsen"])
    assert found.select("jobcenter", "figures", "period_end").rows() == [
        ("halle", 1, date(2019, 7, 31)),
        ("harburg", 0, None),
    ]


def months_of(first: int, *values: float | None, **more: object) -> list[dict[str, object]]:
    """Return monthly numbers of Langzeitleistungsbeziehende in Halle from January of a year on."""
    return monthly("lzb", (first, 1), *values, **more)


def test_a_month_also_changes_against_the_same_month_of_the_year_before() -> None:
    found = trends(CATALOG, frame(*months_of(2018, *[200.0] * 12, 150.0)))
    last = found.row(-1, named=True)
    assert (last["change"], last["year_change"], last["year_change_percent"]) == (-50.0, -50.0, -25.0)
    assert found["year_change"].null_count() == 12
    rate = monthly("sanktionsquote", (2018, 1), 4.0, *[1.0] * 11, 3.0)
    last = trends(CATALOG, frame(*rate)).row(-1, named=True)
    assert (last["year_change"], last["year_change_percent"]) == (-1.0, None)  # points, never percent


def test_no_line_and_no_change_leads_across_a_break() -> None:
    bad = Event("b", "Bruch", "bruch", date(2018, 3, 15), "Text", "Quelle", topics=("bestand",), breaks=True)
    rows = frame(*months_of(2018, *map(float, range(1, 15))))
    found = trends(CATALOG, rows, breaks=[bad])
    assert found["adjoining"].to_list()[:4] == [False, True, False, True]
    assert found["change"].to_list()[:4] == [None, 1.0, None, 1.0]
    assert found["year_change"].null_count() == 14  # January and February 2019 lie behind the break
    span = spans(CATALOG, found).row(0, named=True)
    assert (span["change"], span["gaps"]) == (None, True)
    assert trends(CATALOG, rows, breaks=[replace(bad, areas=("harburg",))])["change"].null_count() == 1
    assert trends(CATALOG, rows, breaks=[replace(bad, breaks=False)])["change"].null_count() == 1


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-1000, 1000)), min_size=2, max_size=30), st.randoms())
def test_the_order_of_rows_is_irrelevant(values: list[int | None], shuffled: Random) -> None:
    rows = months_of(2017, *[None if each is None else float(each) for each in values])
    expected = trends(CATALOG, frame(*rows))
    shuffled.shuffle(rows)
    assert trends(CATALOG, frame(*rows)).equals(expected)


def test_a_running_year_begins_anew_in_january_and_is_held_against_the_same_month() -> None:
    rows = [
        {**row, "time_concept": "jfw"}
        for row in monthly("integrationen", (2018, 11), 110.0, 120.0, 9.0, 20.0)
    ]
    later = [{**row, "time_concept": "jfw"} for row in monthly("integrationen", (2019, 12), 130.0)]
    found = trends(CATALOG, frame(*rows, *later))
    assert found["adjoining"].to_list() == [False, True, False, True, False]
    assert found["change"].to_list() == [None, 10.0, None, 11.0, 110.0]
    assert found["year_change"].to_list() == [None, None, None, None, 10.0]
    span = spans(CATALOG, found).row(0, named=True)
    assert (span["first"], span["last"], span["change"]) == (120.0, 130.0, 10.0)

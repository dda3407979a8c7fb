"""Fields: found by any word, counted once, deadlines in order of time."""

from datetime import date

import polars as pl

from warehouse.fields import CalendarSummary, calendar_summary, counts, deadlines, matching, named_by_all
from warehouse.schema import FIELD


def fields(*rows: dict[str, object]) -> pl.DataFrame:
    """Return FIELD rows; what a row does not say is empty."""
    whole = [
        {name: "" for name, kind in FIELD.items() if kind == pl.String} | {"row": number} | row
        for number, row in enumerate(rows)
    ]
    return pl.DataFrame(whole, schema=FIELD)


def test_every_word_must_occur_somewhere_and_case_does_not_matter() -> None:
    rows = fields(
        {"title": "Haus der Jugend", "note": "ab 2014"},
        {"title": "Jugendberufsagentur"},
        {"title": "Halle-Pass"},
    )
    assert matching(rows, "jugend")["title"].to_list() == ["Haus der Jugend", "Jugendberufsagentur"]
    assert matching(rows, "JUGEND 2014")["title"].to_list() == ["Haus der Jugend"]
    assert matching(rows, "").height == 3
    assert matching(rows, "(").height == 0


def test_counts_are_per_category_jobcenter_and_kind() -> None:
    one = {"category": "gesundheit", "jobcenter": "halle", "kind": "instrument"}
    rows = fields(one, one, {**one, "jobcenter": "harburg"}, {**one, "category": "finanzen"})
    assert sorted(counts(rows)["named"].to_list()) == [1, 1, 2]
    assert named_by_all(rows, 2) == ["gesundheit"]


def test_deadlines_come_in_order_of_time_and_the_undated_last() -> None:
    rows = fields(
        {"kind": "frist", "title": "jährlich"},
        {"kind": "frist", "title": "Laufzeit", "start": "2020", "end": "2025"},
        {"kind": "frist", "title": "Meldung", "end": "2015-01-15"},
        {"kind": "frist", "title": "ab 2019", "start": "2019-08"},
        {"kind": "gremium", "title": "Beirat"},
    )
    found = deadlines(rows)
    assert found["title"].to_list() == ["Meldung", "ab 2019", "Laufzeit", "jährlich"]
    assert found["kind_of_time"].to_list() == ["date", "date", "span", "undated"]
    assert found.row(2, named=True)["first"] == date(2020, 1, 1)
    assert found.row(2, named=True)["last"] == date(2025, 12, 31)


def test_the_calendar_is_summed_up_against_a_day() -> None:
    dates = pl.DataFrame({"last": [date(2015, 12, 31), date(2025, 12, 31), None]})
    assert calendar_summary(dates, date(2022, 1, 1)) == CalendarSummary(3, 2, 1, date(2025, 12, 31))
    assert calendar_summary(dates.tail(1), date(2022, 1, 1)) == CalendarSummary(1, 0, 0, None)

"""Fields: found by any word, counted once, deadlines in order of time."""

from datetime import date

import polars as pl

from warehouse.fields import (
    OCCASION,
    CalendarSummary,
    calendar_summary,
    counts,
    deadlines,
    matching,
    named_by_all,
    rated,
    upcoming,
)
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


RHYTHMS = {"monatlich": 1, "vierteljaehrlich": 3, "jaehrlich": 12}


def due(**row: object) -> list[tuple[str, str]]:
    """Return first and last day of what is due from 10 March 2026 on."""
    found = upcoming(fields({"kind": "frist", "title": "T", **row}), date(2026, 3, 10), RHYTHMS)
    assert found.schema == OCCASION
    return [
        (first.isoformat(), last.isoformat()) for first, last in found.select("first", "last").iter_rows()
    ]


def test_what_comes_back_is_due_for_a_year_from_today_on() -> None:
    assert due(start="2020-01-15", rhythm="vierteljaehrlich") == [
        (day, day) for day in ("2026-04-15", "2026-07-15", "2026-10-15", "2027-01-15")
    ]
    assert due(start="2025-01-31", rhythm="monatlich")[:2] == [("2026-03-31",) * 2, ("2026-04-30",) * 2]
    assert due(start="2024-02", rhythm="jaehrlich") == [("2027-02-01", "2027-02-28")]
    assert due(start="2024-03", rhythm="jaehrlich")[0] == ("2026-03-01", "2026-03-31"), (
        "the month is not over"
    )


def test_what_is_over_or_without_date_is_not_due() -> None:
    assert due(end="2026-03-09") == []
    assert due(end="2026-03-10") == [("2026-03-10", "2026-03-10")]
    assert due(end="2026-12-01", state="abgeschlossen") == []
    assert due(rhythm="monatlich") == []
    assert due(start="2025", end="2027", rhythm="monatlich") == [("2025-01-01", "2027-12-31")]


def test_only_what_has_both_levels_is_rated() -> None:
    rows = fields(
        {"kind": "risiko", "likelihood": "hoch", "impact": "gering"},
        {"kind": "chance", "likelihood": "hoch"},
        {"kind": "projekt", "likelihood": "hoch", "impact": "hoch"},
    )
    assert rated(rows)["row"].to_list() == [0]

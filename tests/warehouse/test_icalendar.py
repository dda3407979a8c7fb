"""Dates as iCalendar: whole days with the day after as their end, signs escaped, lines folded."""

from datetime import UTC, date, datetime

import polars as pl

from tests.warehouse.test_comparison import CATALOG
from warehouse.fields import OCCASION
from warehouse.icalendar import ics

AT = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)


def occasions(**row: object) -> pl.DataFrame:
    whole = {name: "" for name, kind in OCCASION.items() if kind == pl.String}
    days = {"first": date(2026, 5, 20), "last": date(2026, 5, 20)}
    return pl.DataFrame(
        [{**whole, "jobcenter": "halle", "entry": "e1", "title": "Beirat", **days, **row}], schema=OCCASION
    )


def test_a_day_ends_where_the_next_begins_and_keeps_its_name() -> None:
    text = ics(CATALOG, occasions(), at=AT).decode()

    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTSTART;VALUE=DATE:20260520\r\nDTEND;VALUE=DATE:20260521\r\n" in text
    assert "UID:e1-20260520@jobcenter-vergleich\r\nDTSTAMP:20260401T080000Z\r\n" in text
    assert "SUMMARY:Halle (Saale): Beirat\r\n" in text


def test_no_text_can_break_out_of_its_line_and_long_lines_are_folded() -> None:
    nasty = "A, B; C\\D\r\nEND:VEVENT " + "ü" * 100
    text = ics(CATALOG, occasions(title=nasty), at=AT).decode()

    assert text.count("\r\nEND:VEVENT\r\n") == 1
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "A\\, B\\; C\\\\D\\nEND:VEVENT" in text.replace("\r\n ", "")


def test_without_dates_there_is_an_empty_calendar() -> None:
    assert ics(CATALOG, OCCASION.to_frame(), at=AT).decode().split("\r\n")[-2] == "END:VCALENDAR"

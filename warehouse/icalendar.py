"""Dates as a file that calendars read (RFC 5545): whole days, one event per date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import polars as pl

from warehouse.catalog import Catalog
from warehouse.schema import Row

_LONGEST_LINE = 75
"""Octets of a line; longer ones are folded."""


def ics(catalog: Catalog, rows: pl.DataFrame, *, at: datetime) -> bytes:
    """Return dates (OCCASION columns) as iCalendar; the same date of the same entry keeps its UID, so that loading the file
    again changes the event instead of doubling it. `at`: when the file is made (UTC).
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Jobcenter-Vergleich//Kalender//DE"]
    for row in rows.iter_rows(named=True):
        lines += _event(catalog, row, at)
    folded = [part for line in (*lines, "END:VCALENDAR") for part in _folded(line)]
    return "".join(f"{line}\r\n" for line in folded).encode()


def _event(catalog: Catalog, row: Row, at: datetime) -> list[str]:
    about = (
        row["responsible"] and f"Zuständig: {row['responsible']}",
        row["note"],
        catalog.source_name(row["source"]),
    )
    summary = f"{catalog.area_name(row['jobcenter'])}: {row['title']}"
    return [
        "BEGIN:VEVENT",
        f"UID:{row['entry']}-{row['first']:%Y%m%d}@jobcenter-vergleich",
        f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{row['first']:%Y%m%d}",
        f"DTEND;VALUE=DATE:{row['last'] + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text('; '.join(filter(None, about)))}",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    for sign, written in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(sign, written)
    return text


def _folded(line: str) -> Iterator[str]:
    """Cut a line into parts of at most 75 octets, never within a sign; all but the first begin with a blank."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > _LONGEST_LINE:
            yield part
            part = " "
        part += sign
    yield part

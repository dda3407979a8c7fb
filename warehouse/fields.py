"""What the documents steer with beside figures: counted, searched and put in order of time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from warehouse.periods import parse_period
from warehouse.spelling import fold

STEERING = ("handlungsfeld", "instrument", "projekt")
OUTLOOK = ("chance", "risiko")

DEADLINE = pl.Schema(
    {
        "jobcenter": pl.String,
        "title": pl.String,
        "first": pl.Date,  # null: the document names no date
        "last": pl.Date,
        "kind_of_time": pl.String,  # span (a term of at least a year), date, or undated
        "start": pl.String,
        "end": pl.String,
        "source": pl.String,
        "place": pl.String,
        "line": pl.String,
        "note": pl.String,
    }
)
"""A deadline, term or recurring duty with its dates."""


OCCASION = pl.Schema(
    [
        *DEADLINE.items(),
        ("entry", pl.String),
        ("kind", pl.String),
        ("rhythm", pl.String),
        ("responsible", pl.String),
        ("state", pl.String),
    ]
)
"""One date of a deadline or body, also of one that comes back."""

AHEAD = 12
"""So many months ahead the dates of what comes back are listed."""
_OVER = ("abgeschlossen", "ohne-ergebnis")


@dataclass(frozen=True)
class CalendarSummary:
    """Deadlines in figures: all of them, those with a date, those over before some day, and the last day named."""

    deadlines: int
    dated: int
    past: int
    last: date | None


def matching(
    fields: pl.DataFrame, words: str, *, names: tuple[str, ...] = ("title", "target_group", "place", "note")
) -> pl.DataFrame:
    """Return the rows in which every word occurs, in any of the text columns `names`; case does not matter."""
    text = pl.concat_str([pl.col(name).fill_null("") for name in names], separator=" ").map_elements(
        fold, return_dtype=pl.String
    )
    for word in fold(words).split():
        fields = fields.filter(text.str.contains(word, literal=True))
    return fields


def counts(fields: pl.DataFrame) -> pl.DataFrame:
    """Return how many fields of each kind the documents name. Columns: category, jobcenter, kind, named."""
    return fields.group_by("category", "jobcenter", "kind", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("named")
    )


def named_by_all(fields: pl.DataFrame, jobcenters: int) -> list[str]:
    """Return the categories in which every Jobcenter names something."""
    reached = fields.group_by("category", maintain_order=True).agg(pl.col("jobcenter").n_unique())
    return reached.filter(pl.col("jobcenter") == jobcenters)["category"].to_list()


def deadlines(fields: pl.DataFrame) -> pl.DataFrame:
    """Return DEADLINE for the deadlines among the fields: dated ones in order of time, then the undated.

    A row with a start and no end begins there; one with an end and no start is due by then.
    """
    rows = [_deadline(row) for row in fields.filter(pl.col("kind") == "frist").iter_rows(named=True)]
    return pl.DataFrame(rows, schema=DEADLINE).sort("last", "first", nulls_last=True, maintain_order=True)


def upcoming(fields: pl.DataFrame, today: date, rhythms: Mapping[str, int]) -> pl.DataFrame:
    """Return OCCASION for what is due from `today` on (FIELD columns), the next first.

    `rhythms`: id of a rhythm → months between two dates; what comes back is listed for the next AHEAD months. A span that
    has begun and not ended is due; what is said to be over is not.
    """
    rows = []
    for row in fields.filter(~pl.col("state").is_in(_OVER)).iter_rows(named=True):
        dated = {
            **_deadline(row),
            **{name: row[name] for name in ("entry", "kind", "rhythm", "responsible", "state")},
        }
        for first, last in _occasions(dated["first"], dated["last"], rhythms.get(row["rhythm"], 0), today):
            rows.append({**dated, "first": first, "last": last})
    found = pl.DataFrame(rows, schema=OCCASION)
    return found.sort("first", "last", "jobcenter", "title", maintain_order=True)


def rated(fields: pl.DataFrame) -> pl.DataFrame:
    """Return the chances and risks whose likelihood and impact somebody has stated."""
    return fields.filter(
        pl.col("kind").is_in(OUTLOOK) & (pl.col("likelihood") != "") & (pl.col("impact") != "")
    )


def _occasions(first: Any, last: Any, step: int, today: date) -> Iterator[tuple[date, date]]:
    if first is None or last is None:
        return
    if not step:
        if last >= today:
            yield first, last
        return
    until, number = _later(today, AHEAD), 0
    if last - first > timedelta(
        days=31 * step
    ):  # a span within which something comes back: its dates are not known
        if last >= today:
            yield first, last
        return
    while (begin := _later(first, number)) <= until:
        end = _later(last, number, end_of_month=_is_last_of_month(last) and first != last)
        if end >= today:
            yield begin, end
        number += step


def _later(day: date, months: int, *, end_of_month: bool = False) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, last if end_of_month else min(day.day, last))


def _is_last_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def calendar_summary(rows: pl.DataFrame, as_of: date) -> CalendarSummary:
    """Return how many deadlines (DEADLINE columns) have a date and how many of these were over before `as_of`."""
    days = [day for day in rows["last"].to_list() if day is not None]
    return CalendarSummary(rows.height, len(days), sum(day < as_of for day in days), max(days, default=None))


def _deadline(row: dict[str, str]) -> dict[str, object]:
    start, end = parse_period(row["start"] or ""), parse_period(row["end"] or "")
    first = start.start if start else end.start if end else None
    last = end.end if end else start.end if start else None
    kept = {
        name: row[name] for name in ("jobcenter", "title", "start", "end", "source", "place", "line", "note")
    }
    return {
        **kept,
        "first": first,
        "last": last,
        "kind_of_time": _kind_of_time(first, last, bool(start and end)),
    }


def _kind_of_time(first: date | None, last: date | None, both_named: bool) -> str:
    if first is None or last is None:
        return "undated"
    return "span" if both_named and last - first >= timedelta(days=364) else "date"

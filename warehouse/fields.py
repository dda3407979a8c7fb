"""What the documents steer with beside figures: counted, searched and put in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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

"""Comments on a series: what counts, what was said before, and how both read outside the app."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from warehouse.catalog import Catalog
from warehouse.periods import Period, parse_period, period_label
from warehouse.schema import Row

COMMENT = "Kommentar "
"""How the name of a note begins that is a comment."""


def comments_on(
    rows: pl.DataFrame, jobcenters: Collection[str], indicator: str, breakdown: str
) -> pl.DataFrame:
    """Return the comments on one quantity of some Jobcenter (answer of `known_comments`), newest period first.

    Column `vintage`: 1 is what its author says now of the period; higher ones are what the same author said before.
    """
    of_series = (pl.col("indicator") == indicator) & (pl.col("breakdown") == breakdown)
    own = rows.filter(of_series & pl.col("jobcenter").is_in(list(jobcenters)))
    return own.sort("period_end", "period_start", "written_at", descending=True, maintain_order=True)


def comment_notes(catalog: Catalog, rows: pl.DataFrame) -> dict[str, str]:
    """Return the comments that count (answer of `comments_on`) as notes of a download or report: where, who, when → text."""
    notes: dict[str, str] = {}
    for row in rows.filter(pl.col("vintage") == 1).iter_rows(named=True):
        about = (
            f"{catalog.area_name(row['jobcenter'])}, {period_label(row['period_start'], row['period_end'])}"
        )
        name = f"{COMMENT}{about} ({said_by(row)})"
        notes[name] = f"{notes[name]}\n{row['text']}" if name in notes else row["text"]
    return notes


def comments_beside(catalog: Catalog, rows: pl.DataFrame, table: pl.DataFrame) -> dict[str, str]:
    """Return the comments that count (answer of `known_comments`) on what a table for people shows, as `comment_notes`.

    A comment belongs to a row of its Jobcenter, Kennzahl and Merkmal whose Zeitraum holds that of the comment.
    """
    if rows.is_empty() or "Jobcenter" not in table.columns:
        return {}
    whole = catalog.breakdown_name("")
    shown = set()
    for row in table.iter_rows(named=True):
        about = (
            row["Jobcenter"],
            row.get("Kennzahl") or row.get("Grundgesamtheit"),
            row.get("Merkmal") or whole,
        )
        shown.add((*map(str, about), parse_period(str(row.get("Zeitraum") or ""))))
    belongs = [_belongs(catalog, row, shown) for row in rows.iter_rows(named=True)]
    newest = rows.filter(pl.Series(belongs, dtype=pl.Boolean))
    return comment_notes(
        catalog, newest.sort("period_end", "written_at", descending=True, maintain_order=True)
    )


def _belongs(catalog: Catalog, row: Row, shown: Collection[tuple[object, ...]]) -> bool:
    own = (
        catalog.area_name(row["jobcenter"]),
        catalog.indicator(row["indicator"]).name,
        catalog.breakdown_name(row["breakdown"]),
    )
    start, end = row["period_start"], row["period_end"]
    return any(
        isinstance(period, Period) and period.start <= start and end <= period.end
        for *about, period in shown
        if tuple(about) == own
    )


def said_by(row: Row) -> str:
    """Return who wrote a comment and when: `M. Muster, 20.04.2026, 14:30 Uhr (UTC)`; midnight is a day without time."""
    written = row["written_at"]
    at = f", {written:%H:%M} Uhr (UTC)" if (written.hour, written.minute) != (0, 0) else ""
    return f"{row['author']}, {written:%d.%m.%Y}{at}"

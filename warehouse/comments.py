"""Comments on a series: what counts, what was said before, and how both read outside the app."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from warehouse.catalog import Catalog
from warehouse.periods import period_label
from warehouse.schema import Row


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
        name = f"Kommentar {about} ({said_by(row)})"
        notes[name] = f"{notes[name]}\n{row['text']}" if name in notes else row["text"]
    return notes


def said_by(row: Row) -> str:
    """Return who wrote a comment and when: `M. Muster, 20.04.2026, 14:30 Uhr (UTC)`; midnight is a day without time."""
    written = row["written_at"]
    at = f", {written:%H:%M} Uhr (UTC)" if (written.hour, written.minute) != (0, 0) else ""
    return f"{row['author']}, {written:%d.%m.%Y}{at}"

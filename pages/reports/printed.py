"""A table as it fits on paper: what is the same in every row is said once."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pages.charts.tables import for_people

_ALWAYS = ("Jobcenter", "Zeitraum", "Angabe")
"""Columns that stay columns, even where all rows agree."""


@dataclass(frozen=True)
class Printed:
    """Columns and rows as text, which columns hold figures, and what all rows have in common (column → text)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]
    common: tuple[tuple[str, str], ...]


def printed(frame: pl.DataFrame) -> Printed:
    """Return a table for paper: German text, columns that say nothing left out, common ones told once."""
    shown = for_people(frame).with_columns(pl.all().cast(pl.String).fill_null(""))
    common, columns = [], []
    for name in shown.columns:
        values = shown[name].unique()
        if name not in _ALWAYS and shown.height > 1 and values.len() == 1:
            common += [(name, str(values[0]))] if values[0] else []
        elif name in _ALWAYS or (values != "").any():
            columns.append(name)
    numeric = {name for name, kind in frame.schema.items() if kind.is_numeric()} | {"Angabe", "Ist"}
    return Printed(
        tuple(columns),
        tuple(tuple(str(cell) for cell in row) for row in shown.select(columns).iter_rows()),
        tuple(name in numeric for name in columns),
        tuple(common),
    )

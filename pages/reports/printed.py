"""A table as it fits on paper: what is the same in every row is said once."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pages.charts.tables import for_people
from warehouse.formatting import NBSP

_ALWAYS = ("Jobcenter", "Zeitraum", "Angabe")
"""Columns that stay columns, even where all rows agree."""
KEPT = ("Jobcenter", "Kennzahl", "Merkmal", "Zeitraum", "Angabe", "Soll", "Ist", "Abweichung")
"""Columns without which a slide says nothing; rather their text is broken over more lines."""
_RAW = "-Wert"
_SIDE_BY_SIDE = 6
"""So many Jobcenter find room side by side on a slide."""


@dataclass(frozen=True)
class Printed:
    """Columns and rows as text, which columns hold figures, and what all rows have in common (column → text)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]
    common: tuple[tuple[str, str], ...]
    matrix: tuple[str, ...] = ()  # all columns, where these are Jobcenter side by side


def printed(frame: pl.DataFrame) -> Printed:
    """Return a table for paper: German text, columns that say nothing left out, common ones told once.

    The raw number of a figure (`Soll-Wert` beside `Soll`) is for spreadsheets: on paper it would be the same twice, unrounded.
    """
    raw = [f"{name}{_RAW}" for name in frame.columns]
    shown = for_people(frame).drop(raw, strict=False).with_columns(pl.all().cast(pl.String).fill_null(""))
    common, columns = [], []
    for name in shown.columns:
        values = shown[name].unique()
        if name not in _ALWAYS and shown.height > 1 and values.len() == 1:
            common += [(name, str(values[0]))] if values[0] else []
        elif name in _ALWAYS or (values != "").any():
            columns.append(name)
    numeric = {name for name, kind in frame.schema.items() if kind.is_numeric()} | {"Angabe", "Ist"}
    numeric |= {name for name in frame.columns if f"{name}{_RAW}" in frame.columns}
    return Printed(
        tuple(columns),
        tuple(tuple(str(cell) for cell in row) for row in shown.select(columns).iter_rows()),
        tuple(name in numeric for name in columns),
        tuple(common),
    )


def matrix(frame: pl.DataFrame) -> Printed | None:
    """Return a table of several Jobcenter with a row per Kennzahl and these side by side; None where it has no such form.

    A cell holds the figure, and its Zeitraum where not all of the row are of the same.
    """
    names = {"Jobcenter", "Kennzahl", "Zeitraum", "Angabe"}
    if not names <= set(frame.columns) or "Vergleichsgruppe" in frame.columns:
        return None
    areas = list(dict.fromkeys(frame["Jobcenter"]))
    if not 2 <= len(areas) <= _SIDE_BY_SIDE:
        return None
    cells: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for row in frame.iter_rows(named=True):
        kind = "" if row.get("Art", "Ist") == "Ist" else f" ({row['Art']})"
        part = "" if row.get("Merkmal", "Insgesamt") == "Insgesamt" else f" – {row['Merkmal']}"
        own = cells.setdefault(f"{row['Kennzahl']}{part}{kind}", {})
        own.setdefault(row["Jobcenter"], []).append((str(row["Angabe"]), str(row["Zeitraum"])))
    if len(cells) < 2:
        return None
    rows = tuple(_side_by_side(name, [own.get(area, []) for area in areas]) for name, own in cells.items())
    columns = ("Kennzahl", *areas)
    return Printed(columns, rows, (False, *(True for _ in areas)), (), columns)


def _side_by_side(name: str, told: list[list[tuple[str, str]]]) -> tuple[str, ...]:
    """Return a row: the time stands with the name where it is the same for all, else with each figure."""
    times = {time for each in told for _, time in each}
    same = len(times) == 1
    cells = [
        "; ".join(figure if same else f"{figure} ({_unbroken(time)})" for figure, time in each) or "k. A."
        for each in told
    ]
    return (f"{name}, {_unbroken(next(iter(times)))}" if same else name, *cells)


def _unbroken(text: str) -> str:
    return text.replace(" ", NBSP)

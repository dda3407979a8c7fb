"""Time series as table rows: their newest value with its course, and each value with its change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.charts.verdicts import PLAIN_CONCEPTS
from pages.components.courses import Series
from pages.components.html import EMPTY, NOTHING, Html, muted, sparkline, stacked, text
from pages.components.show import figure_cell
from pages.components.warehouse import catalog
from warehouse.catalog import OWN_CALCULATION
from warehouse.formatting import NOISE, format_difference, format_percent, format_row, format_value, unrounded
from warehouse.periods import period_label
from warehouse.trends import LINE


def overview_cells(every: Series) -> dict[tuple[str, str, str], Html]:
    """Return (Jobcenter, indicator, breakdown) → the cell of its series: newest value, course, time they span."""
    newest = {tuple(row[name] for name in LINE): row for row in every.newest.iter_rows(named=True)}
    parts: dict[tuple[str, str, str], list[Html]] = {}
    for span in every.lines.iter_rows(named=True):
        line = tuple(span[name] for name in LINE)
        part = _overview_part(newest[line], every.courses[line], span)
        parts.setdefault((span["jobcenter"], span["indicator"], span["breakdown"]), []).append(part)
    return {key: stacked(*cells) for key, cells in parts.items()}


def _overview_part(newest: Mapping[str, Any], values: Sequence[float], span: Mapping[str, Any]) -> Html:
    known = catalog()
    colour, hint = known.jobcenters[span["jobcenter"]].colour, f"Verlauf über {span['points']} Zeitpunkte"
    course = sparkline(values, colour, hint) if values and not span["gaps"] else EMPTY
    kind = "" if span["kind"] == "ist" else f"{known.kinds[span['kind']].short} · "
    extent = muted(kind + period_label(span["first_start"], span["last_end"]))
    concept = known.time_concepts[span["time_concept"]]
    remarks = [
        *([] if concept.id in PLAIN_CONCEPTS else [concept.short]),
        *(["mit Lücke"] if span["gaps"] else []),
    ]
    note = stacked(extent, muted(", ".join(remarks)) if remarks else EMPTY)
    return figure_cell(newest, extra=course, note=note)


def change_row(row: Mapping[str, Any], *, rate: bool, by_year: bool = False) -> list[Html]:
    """Return a point of a series (TREND columns) with its change; of a rate in Prozentpunkten only; `by_year` adds the
    change to the same month of the year before below it."""
    used = row["note"] if row["source"] == OWN_CALCULATION else ""  # from how many months
    period = stacked(
        text(period_label(row["period_start"], row["period_end"])), muted(used) if used else EMPTY
    )
    change, percent = NOTHING, row["change_percent"]
    if row["change"] is not None:
        since = "" if row["adjoining"] else f"seit {period_label(row['before_start'], row['before_end'])}"
        told = format_difference(catalog(), row["indicator"], row["change"])
        note = _unrounded(row, row["change"], told)
        difference = text(
            f"{told} ({format_percent(percent, signed=True)})" if by_year and percent is not None else told
        )
        change = stacked(difference, *(muted(said) for said in (since, note) if said))
    if by_year and row["year_change"] is not None:
        change = stacked(change, muted(_year_change(row)))
    relative = NOTHING if percent is None else text(format_percent(percent, signed=True))
    return [period, figure_cell(row), change, *(() if rate or by_year else (relative,))]


def _unrounded(row: Mapping[str, Any], change: float, told: str) -> str:
    """Return the note on a change as it is printed (`told`), where it is not that of the two printed values."""
    before = round(row["value"] - change, NOISE)
    return unrounded(format_value(catalog(), row["indicator"], before), format_row(catalog(), row), told)


def _year_change(row: Mapping[str, Any]) -> str:
    difference = format_difference(catalog(), row["indicator"], row["year_change"])
    percent = row["year_change_percent"]
    relative = "" if percent is None else f" ({format_percent(percent, signed=True)})"
    note = _unrounded(row, row["year_change"], difference)
    return f"zum Vorjahr {difference}{relative}{f', {note}' if note else ''}"

"""Rows of the evidence: every vintage of a value with its place, its load, what it revised, and whether it was taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import polars as pl

from pages.charts.tables import value_table
from pages.components import html, show
from pages.components.warehouse import catalog
from warehouse.formatting import format_difference, format_row, format_value, unrounded
from warehouse.periods import period_label

CURRENT, REVISED, RETRACTED = "gilt", "überholt", "zurückgenommen"
_HINTS = {
    CURRENT: "Dieser Wert gilt: der neueste Datenstand, der nicht zurückgenommen ist.",
    REVISED: "Ein neuerer Datenstand oder eine spätere Lieferung gilt.",
    RETRACTED: "Die Lieferung wurde zurückgenommen; der Wert zählt nicht mehr.",
}

EVIDENCE_HEAD = ("Zeitraum", "Wert", "Status", "Fundstelle", "Quelle", "Lieferung")


def standing(row: Mapping[str, Any]) -> str:
    """Return whether a value is current, revised or taken back."""
    return RETRACTED if row["retracted"] else CURRENT if row["current"] else REVISED


def revision(row: Mapping[str, Any]) -> str:
    """Return what a vintage changed: `+111 gegenüber 22.389 (Datenstand 30.06.2019)`; "" for the first one."""
    if row["before_data_date"] is None:
        return ""
    before = {name: row[f"before_{name}"] for name in ("value", "status", "precision")}
    dated = f"Datenstand {row['before_data_date']:%d.%m.%Y}"
    if all(row[name] == before[name] for name in before):
        return f"unverändert gegenüber {dated}"
    known, indicator = catalog(), row["indicator"]
    was = format_value(
        known, indicator, before["value"], precision=before["precision"], status=before["status"]
    )
    if row["difference"] is None:
        return f"vorher {was} ({dated})"
    told = format_difference(known, indicator, row["difference"])
    note = unrounded(was, format_row(known, row), told)
    return f"{told} gegenüber {was} ({dated}{f'; {note}' if note else ''})"


def evidence_row(row: Mapping[str, Any]) -> list[html.Html]:
    """Return one vintage (answer of `evidence` with revisions) as a row of the table; EVIDENCE_HEAD names its cells."""
    known = catalog()
    source = known.sources.get(str(row["source"]))
    where = html.muted(f"Textzeile {row['line']}" if row["line"] else "")
    return [
        html.stacked(
            html.text(period_label(row["period_start"], row["period_end"])),
            html.muted(known.time_concepts[str(row["time_concept"])].name),
        ),
        _value_cell(row),
        html.stacked(
            html.text(known.statuses[str(row["status"])].name),
            html.muted(known.precisions[str(row["precision"])].name),
        ),
        html.stacked(html.text(row["place"]), where, html.muted(row["note"])),
        html.stacked(
            html.text(source.title if source else row["source"]),
            html.muted(f"Datenstand {row['data_date']:%d.%m.%Y}"),
        ),
        _load_cell(row),
    ]


def _value_cell(row: Mapping[str, Any]) -> html.Html:
    known = catalog()
    value = html.text(format_row(known, row))
    word = standing(row)
    is_one_of_several = row["vintages"] > 1 or word != CURRENT
    return html.stacked(
        html.struck(value) if row["retracted"] else value,
        html.muted(known.kinds[str(row["kind"])].name),
        html.badge(word, _HINTS[word]) if is_one_of_several else html.EMPTY,
        html.muted(revision(row)),
        show.intern_of(str(row["source"])),
    )


def _load_cell(row: Mapping[str, Any]) -> html.Html:
    in_file = f"Zeile {row['row']} · " if row["row"] else ""  # what is computed stands in no row
    return html.stacked(
        html.text(row["file_name"]),
        html.muted(f"{in_file}Kennung {str(row['extract'])[:12]}"),
        html.muted(_act("geladen", row["acted_at"], row["who"], row["reason"])),
        html.muted(
            _act(RETRACTED, row["retracted_at"], row["retracted_by"], row["retraction_reason"])
            if row["retracted"]
            else ""
        ),
    )


def _act(what: str, when: datetime, who: str, reason: str) -> str:
    return f"{what} {when:%d.%m.%Y, %H:%M} Uhr (UTC) von {who}{f': {reason}' if reason else ''}"


def evidence_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Return all vintages as a table for people and spreadsheets, in the order of `rows`."""
    each = list(rows.iter_rows(named=True))
    return value_table(catalog(), rows).with_columns(
        pl.Series("Geltung", [standing(row) for row in each], dtype=pl.String),
        pl.Series("Revision", [revision(row) for row in each], dtype=pl.String),
        rows["line"].alias("Textzeile"),
        rows["note"].alias("Anmerkung"),
        rows["file_name"].alias("Datei"),
        rows["row"].alias("Zeile der Datei"),
        rows["extract"].alias("Kennung der Lieferung"),
        rows["acted_at"].dt.date().alias("geladen am"),
        rows["who"].alias("geladen von"),
        rows["reason"].alias("Begründung"),
        rows["retracted_at"].dt.date().alias("zurückgenommen am"),
        rows["retracted_by"].fill_null("").alias("zurückgenommen von"),
        rows["retraction_reason"].fill_null("").alias("Grund der Rücknahme"),
    )

"""What a delivery of measures, chances and dates would change, as a table: each entry with what is said now and then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from etl.changes import NEW
from etl.entries import OLD
from pages.charts.reference_tables import stated_cells, time_label
from pages.components import html
from pages.components.warehouse import catalog
from warehouse.formatting import format_number

_SHOWN = 20


def entry_table(changes: pl.DataFrame, number_of: int) -> html.Html:
    """Return the entries that would be new or stated anew (ENTRY_CHANGE columns); the long rest folded; `number_of`: all."""
    if changes.is_empty():
        return html.EMPTY
    first, more = changes.head(_SHOWN), changes.slice(_SHOWN)
    parts = [
        _table(first, "Was sich ändert; zuerst, was schon bekannt ist. Frühere Fassungen bleiben im Verlauf.")
    ]
    if more.height:
        left = number_of - changes.height
        unlisted = f", {format_number(left)} davon hier nicht aufgeführt" if left > 0 else ""
        named = f"{format_number(number_of - _SHOWN)} weitere Einträge{unlisted}"
        parts.append(html.folded(named, _table(more, named)))
    return html.stacked(*parts)


def _table(rows: pl.DataFrame, caption: str) -> html.Html:
    body = [_entry(row) for row in rows.iter_rows(named=True)]
    return html.table(("Eintrag", "Jobcenter", "Was", "Bisher", "Künftig"), body, caption=caption)


def _entry(row: Mapping[str, Any]) -> list[html.Html]:
    known = catalog()
    is_new = row["what"] == NEW
    old = {} if is_new else _said({name: row[f"{OLD}{name}"] for name in row if f"{OLD}{name}" in row})
    new = _said(row)
    told = [name for name in new if old.get(name, "") != new[name]]
    kind = html.muted(known.field_kinds[row["kind"]].name)
    return [
        html.stacked(html.text(row["title"]), kind),
        html.text(known.area_name(row["jobcenter"])),
        html.text(row["what"]),
        html.NOTHING if is_new else _listed(old, told),
        _listed(new, told),
    ]


def _listed(said: Mapping[str, str], names: list[str]) -> html.Html:
    lines = [html.text(f"{name}: {said[name] or '–'}") for name in names]
    return html.stacked(*lines) if lines else html.muted("nur Angaben zur Quelle")


def _said(row: Mapping[str, Any]) -> dict[str, str]:
    """Return what is stated of an entry (FIELD columns), in words."""
    known = catalog()
    dated = row["data_date"]
    return {
        "Bezeichnung": row["title"],
        "Thema": known.field_categories[row["category"]].name,
        "Zielgruppe": row["target_group"] or "",
        "Zeit": time_label(row),
        **stated_cells(known, row),
        "Anmerkung": row["note"] or "",
        "Stand": f"{dated:%d.%m.%Y}" if dated else "",
    }

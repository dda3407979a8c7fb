"""Table twins of the pages that show no figures: fields, deadlines, the state of the data, the catalog, contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from pages.charts.tables import in_fixed_order
from warehouse.catalog import Catalog, Indicator
from warehouse.fields import OUTLOOK
from warehouse.formatting import format_difference, format_plain
from warehouse.periods import parse_period, period_label

STATES = {
    "filled": ("●", "vorhanden"),
    "approximate": ("≈", "nur ungefähr"),
    "contradictory": ("‼", "widersprüchlich"),
    "missing": ("–", "fehlt"),
}
"""State of a cell of the data situation → sign and word; the two always go together."""

UNRATED = "nicht bewertet"

LOAD_ACTS = {"loaded": "geladen", "retracted": "zurückgenommen", "rejected": "abgelehnt"}
"""Act of the load log → its German word."""


def time_label(row: Mapping[str, Any]) -> str:
    """Return the time of a row with `start` and `end`: `ab 2020`, `bis Jun 2015`, `2019–2024`; a deadline's day alone."""
    start, end = parse_period(row["start"] or ""), parse_period(row["end"] or "")
    if start and end:
        return period_label(start.start, end.end)
    if start:
        return f"ab {start.label}"
    if end:
        is_due_that_day = end.start == end.end and row.get("kind", "frist") == "frist"
        return end.label if is_due_that_day else f"bis {end.label}"
    return ""


def field_table(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return fields, instruments, chances … (FIELD columns) as a table for people."""
    return pl.DataFrame(
        [
            {
                "Jobcenter": catalog.area_name(row["jobcenter"]),
                "Art": catalog.field_kinds[row["kind"]].name,
                "Thema": catalog.field_categories[row["category"]].name,
                "Bezeichnung": row["title"],
                "Zielgruppe": row["target_group"],
                "Zeit": time_label(row),
                **stated_cells(catalog, row),
                "Anmerkung": row["note"],
                "Fundstelle": row["place"],
                "Textzeile": row["line"],
                "Quelle": catalog.source_name(row["source"]),
                "Stand der Angabe": row["data_date"],
                "geladen von": row["who"],
            }
            for row in in_fixed_order(catalog, rows).iter_rows(named=True)
        ],
        schema_overrides={"Stand der Angabe": pl.Date},
    )


def stated_cells(catalog: Catalog, row: Mapping[str, Any]) -> dict[str, str]:
    """Return what somebody states of an entry (FIELD columns), in words; "" and »nicht bewertet« where nobody does."""
    levels = {id_: term.name for id_, term in catalog.field_levels.items()}
    is_outlook = row["kind"] in OUTLOOK
    return {
        "Umsetzung": catalog.field_states[row["state"]].name if row["state"] else "",
        "Zuständig": row["responsible"],
        "Geplante Wirkung": intended_text(catalog, row),
        "Berichtete Wirkung": row["effect"],
        "Eintritt": levels.get(row["likelihood"], UNRATED) if is_outlook else "",
        "Auswirkung": levels.get(row["impact"], UNRATED) if is_outlook else "",
        "Turnus": catalog.field_rhythms[row["rhythm"]].name if row["rhythm"] else "",
    }


def intended_text(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return what an entry shall move: `Integrationen: +25`; "" where nothing is stated."""
    if not row["indicator"]:
        return "" if row["intended"] is None else format_plain(row["intended"])
    name = catalog.indicator(row["indicator"]).name
    if row["intended"] is None:
        return name
    return f"{name}: {format_difference(catalog, row['indicator'], row['intended'])}"


def deadline_table(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return deadlines (DEADLINE columns) as a table for people, in order of time."""
    return pl.DataFrame(
        [
            {
                "Jobcenter": catalog.area_name(row["jobcenter"]),
                "Bezeichnung": row["title"],
                "Zeit": time_label(row),
                "Beginn": row["first"],
                "Ende": row["last"],
                "Anmerkung": row["note"],
                "Fundstelle": row["place"],
                "Textzeile": row["line"],
                "Quelle": catalog.source_name(row["source"]),
            }
            for row in rows.iter_rows(named=True)
        ],
        schema_overrides={"Beginn": pl.Date, "Ende": pl.Date},
    )


def occasion_table(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return dates that are due (OCCASION columns) as a table for people, the next first."""
    return pl.DataFrame(
        [
            {
                "Beginn": row["first"],
                "Ende": row["last"],
                "Jobcenter": catalog.area_name(row["jobcenter"]),
                "Art": catalog.field_kinds[row["kind"]].name,
                "Bezeichnung": row["title"],
                "Turnus": catalog.field_rhythms[row["rhythm"]].name if row["rhythm"] else "",
                "Zuständig": row["responsible"],
                "Anmerkung": row["note"],
                "Quelle": catalog.source_name(row["source"]),
                "Fundstelle": row["place"],
            }
            for row in rows.iter_rows(named=True)
        ],
        schema_overrides={"Beginn": pl.Date, "Ende": pl.Date},
    )


def situation_table(catalog: Catalog, cells: pl.DataFrame) -> pl.DataFrame:
    """Return the state of the data (SITUATION columns) as a table for people."""
    return pl.DataFrame(
        [
            {
                "Thema": catalog.topics[row["topic"]].name,
                "Kennzahl": catalog.indicator(row["indicator"]).name,
                "Merkmal": catalog.breakdown_name(row["breakdown"]),
                "Jobcenter": catalog.area_name(row["jobcenter"]),
                "Stand": STATES[row["state"]][1],
                "Angaben": row["figures"],
                "Zeiträume": row["periods"],
                "Jüngster Zeitraum": period_label(row["last_start"], row["last_end"])
                if row["last_end"]
                else "",
                "Lieferung für die Lücke": catalog.deliveries[row["delivery"]].name
                if row["state"] == "missing"
                else "",
            }
            for row in cells.iter_rows(named=True)
        ]
    )


def indicator_table(
    catalog: Catalog, entries: Iterable[Indicator], figures: Mapping[str, Mapping[str, int]]
) -> pl.DataFrame:
    """Return declared indicators as a table for people; one column per Jobcenter says how many values there are."""
    return pl.DataFrame(
        [
            {
                "Kurzzeichen": entry.code,
                "Kennung": entry.id,
                "Name": entry.name,
                "Thema": catalog.topics[entry.topic].name,
                "Definition": entry.definition,
                "Formel": entry.formula.text if entry.formula else "",
                "Einheit": entry.unit,
                "Richtung": catalog.direction_name(entry.id),
                "Zeitbezug": ", ".join(catalog.time_concepts[id_].short for id_ in entry.time_concepts),
                "Quelle": entry.source,
                "Zu beachten": " ".join(entry.caveats),
                **{
                    area.short_name: figures.get(entry.id, {}).get(area.id, 0)
                    for area in catalog.jobcenters.values()
                },
            }
            for entry in entries
        ]
    )


def contradiction_table(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return recorded contradictions (CONTRADICTION columns) as a table for people."""
    return pl.DataFrame(
        [
            {
                "Jobcenter": catalog.area_name(row["jobcenter"]),
                "Art": catalog.contradiction_kinds[row["kind"]].name,
                "Angaben": row["figures"],
                "Erklärung": row["explanation"],
                "Zeitraum": row["period"].replace("|", "; "),
                "Fundstelle": row["place"].replace("|", "; "),
                "Textzeile": row["line"].replace("|", ", "),
                "Quelle": catalog.source_name(row["source"]),
            }
            for row in rows.iter_rows(named=True)
        ]
    )


def load_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the load log (LOAD columns) as a table for people."""
    german = {
        "load_no": "Nummer",
        "file_name": "Datei",
        "format": "Format",
        "act": "Vorgang",
        "rows": "Zeilen",
        "who": "Wer",
        "acted_at": "Wann (UTC)",
        "reason": "Begründung",
        "extract": "Kennung",
    }
    words = rows.with_columns(pl.col("act").replace(LOAD_ACTS))
    return words.select(pl.col(name).alias(word) for name, word in german.items())

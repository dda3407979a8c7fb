"""The words of shares: their base, their time, their figure – and the table twin that says all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from warehouse.catalog import Catalog
from warehouse.formatting import NBSP, format_percent
from warehouse.periods import period_label


def base_name(catalog: Catalog, base: str) -> str:
    """Return the whole in words; of a share whose whole is no indicator the name of the share."""
    return catalog.indicator(base).name


def when(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return the time of a value as panel titles print it: "Jun 2019", "2014 (JDW)", "2021, ohne Datum"."""
    period = period_label(row["period_start"], row["period_end"])
    concept = str(row["time_concept"])
    if concept in ("stichtag", "jahr", "spanne"):
        return period
    if concept == "dokumentstand":
        return f"Stand des Dokuments ({period})"
    return f"{period} ({catalog.time_concepts[concept].short})"


def share_text(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return a share as people read it, with ‼ where it is contradicted and ? where its assignment is uncertain."""
    if row["value"] is None:
        return catalog.statuses[str(row["status"])].sign
    mark = catalog.precisions[str(row["precision"])].mark
    signs = ("‼" if row["contradicted"] else "") + ("?" if row["status"] == "unsicher" else "")
    return NBSP.join(part for part in (mark, format_percent(row["value"]), signs) if part)


def share_table(catalog: Catalog, found: pl.DataFrame) -> pl.DataFrame:
    """Return the table twin: part, time, base and evidence of every share (SHARE columns)."""
    return pl.DataFrame(
        [
            {
                "Jobcenter": catalog.area_name(row["jobcenter"]),
                "Merkmal": catalog.breakdown_name(row["breakdown"]),
                "Zeitraum": period_label(row["period_start"], row["period_end"]),
                "Zeitbezug": catalog.time_concepts[row["time_concept"]].short,
                "Art": catalog.kinds[row["kind"]].name,
                "Angabe": share_text(catalog, row),
                "Wert": row["value"],
                "Einheit": "%",
                "Anzahl": row["count"],
                "Grundgesamtheit": base_name(catalog, row["base"]),
                "Grundgesamtheit (Zahl)": row["whole"],
                "Herkunft": "eigene Berechnung" if row["own"] else "gedruckt",
                "Status": catalog.statuses[row["status"]].name,
                "Datenstand": row["data_date"],
                "Quelle": catalog.source_name(row["source"]),
                "Fundstelle": row["place"],
                "Anmerkung": row["note"],
            }
            for row in found.iter_rows(named=True)
        ],
        schema_overrides={
            "Wert": pl.Float64,
            "Anzahl": pl.Float64,
            "Grundgesamtheit (Zahl)": pl.Float64,
            "Datenstand": pl.Date,
        },
    )

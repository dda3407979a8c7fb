"""What is measured, what is only aimed at and what is missing, as a table for people and spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from warehouse.catalog import Catalog
from warehouse.measured import AIMED, MEASURED, NONE

MEASURED_WORDS = {MEASURED: "Ist", AIMED: "nur Ziel", NONE: "–"}
"""What a cell says; the year of the newest value follows where there is one."""


def measured_table(catalog: Catalog, state: pl.DataFrame, jobcenters: Sequence[str]) -> pl.DataFrame:
    """Return one row per judged indicator (MEASUREMENT columns) with a column per Jobcenter, and what would fill the gap."""
    table = []
    for (indicator,), own in state.group_by("indicator", maintain_order=True):
        entry = catalog.indicator(str(indicator))
        cells = {
            row["jobcenter"]: _cell(row["state"], row["last_end"].year if row["last_end"] else None)
            for row in own.iter_rows(named=True)
        }
        wanted = (
            ""
            if set(own["state"]) == {MEASURED}
            else f"Langformat, Kennzahl {entry.code or entry.id}, Art Ist"
        )
        table.append(
            {
                "Kennzahl": entry.name,
                **{catalog.area_name(id_): cells[id_] for id_ in jobcenters},
                "Die Lücke füllt": wanted,
            }
        )
    return pl.DataFrame(table)


def _cell(state: str, year: int | None) -> str:
    return f"{MEASURED_WORDS[state]} ({year})" if year else MEASURED_WORDS[state]

"""Targets in words and as a table: what was aimed at, what came, how far apart they are and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.tables import in_fixed_order, value_table
from pages.charts.theme import FAVOURABLE, UNFAVOURABLE
from warehouse.catalog import Catalog
from warehouse.formatting import format_difference, format_percent, format_value
from warehouse.periods import period_label

DEVIATION_NOTE = (
    "Abweichung = Ist − Ziel in der Einheit der Kennzahl (bei Anteilen und Quoten Prozentpunkte); "
    "nachgerechnet = Abweichung in Prozent des Ziels."
)
PLAIN_CONCEPTS = ("jahr", "planjahr", "stichtag")
"""Time concepts that period and kind of a value already say."""

_BETTER_THAN = {"soll": "das Soll", "prognose": "die Prognose", "plan": "der Plan", "vorjahr": "das Vorjahr"}


def as_values(found: pl.DataFrame) -> pl.DataFrame:
    """Return the targets themselves (TARGET columns) as values with the columns that tables and notes of values need."""
    names = ("status", "precision", "place", "contradicted")
    return found.with_columns(
        pl.col("target").alias("value"), *(pl.col(f"target_{name}").alias(name) for name in names)
    )


def direction(catalog: Catalog, indicator: str) -> str:
    """Return in words which way is favourable, and whether that is only our reading."""
    entry = catalog.indicator(indicator)
    return catalog.directions[entry.direction].name + (
        " (eigene Lesart)" if is_own_reading(catalog, indicator) else ""
    )


def is_own_reading(catalog: Catalog, indicator: str) -> bool:
    """Tell whether the direction of an indicator is our reading: no law or agreement says it."""
    entry = catalog.indicator(indicator)
    return entry.direction != "neutral" and not entry.direction_source


def verdict(row: Mapping[str, Any]) -> str:
    """Return what a deviation (TARGET columns) means, with its sign; a dash where there is no Ist."""
    if row["actual"] is None:
        return "–"
    judged = {"favourable": FAVOURABLE, "unfavourable": UNFAVOURABLE}.get(row["outcome"])
    if judged:
        return f"{judged.sign} {judged.word}"
    return "erreicht" if row["outcome"] == "met" else "ohne Wertung"


def target_text(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return a target with its kind: `Soll 24,0 %`, `Soll 21,4 % ‼ (vorläufig)`."""
    value = format_value(
        catalog,
        row["indicator"],
        row["target"],
        precision=row["target_precision"],
        status=row["target_status"],
    )
    kind = catalog.kinds[row["kind"]].name.split(" (")[0]
    mark = " ‼" if row["target_contradicted"] else ""
    known = catalog.statuses[row["target_status"]]
    status = f" ({known.name})" if known.id in ("vorlaeufig", "geschaetzt") or not known.has_value else ""
    return f"{kind} {value}{mark}{status}"


def actual_text(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return the Ist of a target, or that there is none."""
    if row["actual"] is None:
        return "kein Ist"
    value = format_value(catalog, row["indicator"], row["actual"], precision=row["actual_precision"])
    return f"Ist {value}{' ‼' if row['actual_contradicted'] else ''}"


def told(catalog: Catalog, found: pl.DataFrame) -> list[str]:
    """Return one sentence per Jobcenter and kind of target: how many Ist (TARGET columns) were more favourable."""
    sentences = []
    with_actual = in_fixed_order(catalog, found.filter(pl.col("actual").is_not_null()))
    for (area, kind), own in with_actual.group_by("jobcenter", "kind", maintain_order=True):
        judged, better = own["outcome"].count(), (own["outcome"] == "favourable").sum()
        than = _BETTER_THAN[str(kind)]
        if not judged:
            times = f"{own.height} Ist neben {catalog.kinds[str(kind)].name}, ohne Wertung"
        elif judged == 1:
            words = {"favourable": f"günstiger als {than}", "unfavourable": f"ungünstiger als {than}"}
            times = words.get(own["outcome"].drop_nulls()[0], "erreicht")
        else:
            times = f"{better} von {judged} Werten günstiger als {than}"
        period = period_label(own["period_start"].min(), own["period_end"].max())  # type: ignore[arg-type]
        sentences.append(f"{catalog.area_name(str(area))} {period}: {times}")
    return sentences


def target_table(catalog: Catalog, found: pl.DataFrame) -> pl.DataFrame:
    """Return targets (TARGET columns) as a table for people and spreadsheets, with their Ist and deviations."""
    found = in_fixed_order(catalog, found)
    more = []
    for row in found.iter_rows(named=True):
        deviation, own, printed = row["deviation"], row["deviation_percent"], row["printed_percent"]
        more.append(
            {
                "Ist": "" if row["actual"] is None else actual_text(catalog, row).removeprefix("Ist "),
                "Ist-Wert": row["actual"],
                "Abweichung": ""
                if deviation is None
                else format_difference(catalog, row["indicator"], deviation),
                "nachgerechnet": "" if own is None else format_percent(own, signed=True),
                "gedruckt": "" if printed is None else format_percent(printed, signed=True),
                "Bewertung": verdict(row),
                "Richtung": direction(catalog, row["indicator"]),
                "Anmerkung": row["target_note"],
            }
        )
    added = pl.DataFrame(more, schema_overrides={"Ist-Wert": pl.Float64})
    return value_table(catalog, as_values(found)).rename({"Angabe": "Ziel", "Wert": "Zielwert"}).hstack(added)

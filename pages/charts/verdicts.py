"""Targets in words and as a table: what was aimed at, what came, how far apart they are and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.amounts import drawn_value
from pages.charts.changes import DIGITS, change_unit
from pages.charts.tables import in_fixed_order, value_table
from pages.charts.theme import FAVOURABLE, UNFAVOURABLE
from warehouse.catalog import Catalog
from warehouse.formatting import format_value
from warehouse.periods import period_label
from warehouse.targets import AIMS, JUDGED, tally

DEVIATION_NOTE = (
    "Abweichung = Ist − Soll (Prognose, Plan, Vorjahr) in der Einheit der Kennzahl, bei Anteilen und Quoten in "
    "Prozentpunkten; nachgerechnet = Abweichung in Prozent davon."
)
PLAIN_CONCEPTS = ("jahr", "planjahr", "stichtag")
"""Time concepts that period and kind of a value already say."""

_BETTER_THAN = {"soll": "das Soll", "prognose": "die Prognose", "plan": "der Plan", "vorjahr": "das Vorjahr"}
_WITHOUT_SIGN = {
    "met": "● erreicht",
    "higher": "höher, ohne Wertung",
    "lower": "niedriger, ohne Wertung",
    "equal": "gleich, ohne Wertung",
}
_FROM = {"soll": "vom Soll", "prognose": "von der Prognose", "plan": "vom Plan", "vorjahr": "vom Vorjahr"}
_SEVERAL = {"soll": "Soll", "prognose": "Prognosen", "plan": "Pläne", "vorjahr": "Vorjahr"}


def as_values(found: pl.DataFrame) -> pl.DataFrame:
    """Return the targets themselves (TARGET columns) as values with the columns that tables and notes of values need."""
    names = ("status", "precision", "place", "contradicted")
    return found.with_columns(
        pl.col("target").alias("value"), *(pl.col(f"target_{name}").alias(name) for name in names)
    )


def kind_names(catalog: Catalog, found: pl.DataFrame) -> list[str]:
    """Return the kinds of targets that occur (column kind), Soll first."""
    return [catalog.kinds[kind].short for kind in AIMS if kind in found["kind"].to_list()]


def distance(found: pl.DataFrame) -> str:
    """Return what a chart of deviations shows, by the kinds of its targets: "Abstand des Ist vom Soll"."""
    return f"Abstand des Ist {' und '.join(_FROM[kind] for kind in tally(found)['kind'])}"


def tallied(found: pl.DataFrame) -> str:
    """Return per kind how many Ist were more favourable: "Soll: 6 von 8 Werten günstiger; Vorjahr: 4 von 4"."""
    parts: list[str] = []
    for row in tally(found).iter_rows(named=True):
        words = "" if any("günstiger" in part for part in parts) else " Werten günstiger"
        counts = f"{row['favourable']} von {row['judged']}{words}"
        parts.append(f"{_SEVERAL[row['kind']]}: {counts if row['judged'] else 'ohne Wertung'}")
    return "; ".join(parts)


def verdict(row: Mapping[str, Any]) -> str:
    """Return what a deviation (TARGET columns) means, with its sign; a dash where there is no Ist."""
    if row["actual"] is None:
        return "–"
    judged = {"favourable": FAVOURABLE, "unfavourable": UNFAVOURABLE}.get(row["outcome"])
    if judged:
        return f"{judged.sign} {judged.word}"
    return _WITHOUT_SIGN.get(row["outcome"], "ohne Wertung")


def target_text(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return a target with its kind: `Soll 24,0 %`, `Soll 21,4 % ‼ (vorläufig)`."""
    value = drawn_value(
        catalog,
        row["indicator"],
        row["target"],
        precision=row["target_precision"],
        status=row["target_status"],
    )
    kind = catalog.kinds[row["kind"]].short
    mark = " ‼" if row["target_contradicted"] else ""
    known = catalog.statuses[row["target_status"]]
    status = f" ({known.name})" if known.id in ("vorlaeufig", "geschaetzt") or not known.has_value else ""
    return f"{kind} {value}{mark}{status}"


def actual_text(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return the Ist of a target, or that there is none."""
    if row["actual"] is None:
        return "kein Ist"
    value = drawn_value(catalog, row["indicator"], row["actual"], precision=row["actual_precision"])
    return f"Ist {value}{' ‼' if row['actual_contradicted'] else ''}"


def target_sentences(catalog: Catalog, found: pl.DataFrame) -> list[str]:
    """Return one sentence per Jobcenter and kind of target: how many Ist (TARGET columns) were more favourable."""
    sentences = []
    with_actual = in_fixed_order(catalog, found.filter(pl.col("actual").is_not_null()))
    for (area, kind), own in with_actual.group_by("jobcenter", "kind", maintain_order=True):
        outcomes = [outcome for outcome in own["outcome"] if outcome in JUDGED]
        judged, better = len(outcomes), outcomes.count("favourable")
        than = _BETTER_THAN[str(kind)]
        if not judged:
            times = f"{own.height} Ist neben {catalog.kinds[str(kind)].name}, ohne Wertung"
        elif judged == 1:
            words = {"favourable": f"günstiger als {than}", "unfavourable": f"ungünstiger als {than}"}
            times = words.get(outcomes[0], "erreicht")
        else:
            times = f"{better} von {judged} Werten günstiger als {than}"
        period = period_label(own["period_start"].min(), own["period_end"].max())  # type: ignore[arg-type]
        sentences.append(f"{catalog.area_name(str(area))} {period}: {times}")
    return sentences


def reached_words(catalog: Catalog, found: pl.DataFrame) -> str:
    """Return what `target_sentences` say in one line: of more than two Jobcenter and one kind of target only how many."""
    said = target_sentences(catalog, found)
    own = found.filter(pl.col("actual").is_not_null())
    if len(said) <= 2 or own["kind"].n_unique() != 1:
        return "; ".join(said)
    outcomes = [outcome for outcome in own["outcome"] if outcome in JUDGED]
    period = period_label(own["period_start"].min(), own["period_end"].max())  # type: ignore[arg-type]
    times = f"{outcomes.count('favourable')} von {len(outcomes)} Werten günstiger als {_BETTER_THAN[str(own['kind'][0])]}"
    return f"{own['jobcenter'].n_unique()} Jobcenter {period}: {times}"


def target_table(catalog: Catalog, found: pl.DataFrame) -> pl.DataFrame:
    """Return targets (TARGET columns) as a table for people and spreadsheets, with their Ist and deviations as numbers.

    The columns of the target are named by its kind: `Soll`, `Soll-Wert`.
    """
    found = in_fixed_order(catalog, found)
    numbers = ("Ist-Wert", "Abweichung", "nachgerechnet in %", "gedruckt in %")
    added = pl.DataFrame(
        [_compared(catalog, row) for row in found.iter_rows(named=True)],
        schema_overrides=dict.fromkeys(numbers, pl.Float64),
    )
    aim = "/".join(kind_names(catalog, found))
    return value_table(catalog, as_values(found)).rename({"Angabe": aim, "Wert": f"{aim}-Wert"}).hstack(added)


def _compared(catalog: Catalog, row: Mapping[str, Any]) -> dict[str, object]:
    deviation, actual = row["deviation"], row["actual"]
    said = format_value(catalog, row["indicator"], actual, precision=row["actual_precision"] or "exakt")
    mark = " ‼" if row["actual_contradicted"] else ""
    return {
        "Ist": "" if actual is None else f"{said}{mark}",
        "Ist-Wert": actual,
        "Abweichung": _rounded(deviation),
        "Einheit der Abweichung": "" if deviation is None else change_unit(catalog, row["indicator"]),
        "nachgerechnet in %": _rounded(row["deviation_percent"]),
        "gedruckt in %": row["printed_percent"],
        "Bewertung": verdict(row),
        "Richtung": catalog.direction_name(row["indicator"]),
        "Anmerkung": row["target_note"],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)

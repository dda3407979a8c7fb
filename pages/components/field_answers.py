"""The answer of the Handlungsfelder page in one sentence, built from the rows that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from pages.components.warehouse import catalog
from warehouse.fields import calendar_summary, deadlines, named_by_all


def naming(chosen: Sequence[str], category: str, words: str, *, entered: bool = False) -> str:
    """Return who names something about what: `Das Dokument von ME-aktiv nennt zum Thema »Finanzen«`.

    `entered`: among the entries are some that people entered or loaded later.
    """
    known = catalog()
    area = known.area_name(chosen[0])
    one = f"Dokument und spätere Einträge von {area} nennen" if entered else f"Das Dokument von {area} nennt"
    every = "Die fünf Dokumente und spätere Einträge nennen" if entered else "Die fünf Dokumente nennen"
    theme = f" zum Thema »{known.field_categories[category].name}«" if category else ""
    return (one if len(chosen) == 1 else every) + theme + (f" zu »{words}«" if words else "")


def steering_answer(rows: pl.DataFrame, who: str, *, whole: bool) -> str:
    """Say how many fields, instruments and projects are shown (FIELD columns); `whole`: nothing is filtered."""
    known = catalog()
    numbers = [
        (term.name, rows.filter(pl.col("kind") == id_).height) for id_, term in known.field_kinds.items()
    ]
    told = ", ".join(f"{name}: {number}" for name, number in numbers if number)
    shared = len(named_by_all(rows, len(known.jobcenters)))
    everywhere = (
        f"; in {shared} von {len(known.field_categories)} Themen nennt jedes Jobcenter etwas" if whole else ""
    )
    return f"{who} {_counted(rows.height, 'einen Eintrag', 'Einträge')} ({told}){everywhere}."


def outlook_answer(rows: pl.DataFrame, who: str, *, one_theme: bool) -> str:
    """Say how many chances and risks are shown (FIELD columns), and which theme has most unless only one is chosen."""
    chances = rows.filter(pl.col("kind") == "chance").height
    most = catalog().field_categories[rows["category"].mode().sort()[0]].name
    several = not one_theme and rows["category"].n_unique() > 1
    return (
        f"{who} {_both(_counted(chances, 'eine Chance', 'Chancen'), _counted(rows.height - chances, 'ein Risiko', 'Risiken'))}"
        f"{f', die meisten zum Thema »{most}«' if several else ''}."
    )


def calendar_answer(rows: pl.DataFrame, who: str, as_of: date) -> str:
    """Say how many bodies and deadlines are shown (FIELD columns), and whether the dated ones are over on `as_of`."""
    found = calendar_summary(deadlines(rows), as_of)
    bodies = _counted(rows.height - found.deadlines, "ein Gremium oder Netzwerk", "Gremien und Netzwerke")
    said = f"{who} {_both(bodies, _counted(found.deadlines, 'eine Frist', 'Fristen'))}"
    if found.last is None:
        return f"{said}{', ohne Datum' if found.deadlines else ''}."
    measure = f"dem jüngsten Datenstand {dated(as_of)}"
    if found.past == found.dated:
        return f"{said}. Datiert: {found.dated}; alle lagen schon vor {measure}."
    return (
        f"{said}. Datiert: {found.dated}, davon vor {measure} abgelaufen: {found.past}; "
        f"kein Datum reicht über den {found.last:%d.%m.%Y} hinaus."
    )


def dated(day: date) -> str:
    """Return a data date, marked where it is only assumed because the document is undated."""
    assumed = any(source.date_assumed and source.data_date == day for source in catalog().sources.values())
    return f"{day:%d.%m.%Y}{' (angesetzt)' if assumed else ''}"


def _counted(number: int, one: str, several: str) -> str:
    return one if number == 1 else f"{number} {several}" if number else ""


def _both(*parts: str) -> str:
    """Join what there is: a choice may have left one part out, so that "none" would say too much."""
    return " und ".join(part for part in parts if part)

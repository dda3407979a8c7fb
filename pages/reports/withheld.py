"""Takes single values out of a Mappe: »nicht gezeigt« with a sign and a note wherever they stood, never as zero."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

import polars as pl

from pages.reports.cells import NOT_SHOWN, Quantity, Row, number, quantities
from pages.reports.guard import RECOMPUTABLE, Secret, secrets
from pages.reports.relations import Areas
from pages.reports.view import View
from warehouse.catalog import CONFIDENTIAL, Catalog
from warehouse.formatting import format_number

SIGN = f"† {NOT_SHOWN}"
MEANING = f"{NOT_SHOWN}: in dieser Mappe zum Schutz der Angaben herausgenommen"
_ABOUT = (
    "Jobcenter",
    "Vergleichsgruppe",
    "Kennzahl",
    "Merkmal",
    "Zeitraum",
    "Zeitbezug",
    "Art",
    "Grundgesamtheit",
)
"""Columns that say what a row is about; they stay, and together they name it."""
_STAYS = {*_ABOUT, "Einheit"}
_FIGURES = ("Angabe", "Soll", "Ist", "Soll/Prognose")
_NUMBER = re.compile(r"\d[\d.,]*")
_BASES = {"Grundgesamtheit (Zahl)", "Nenner", "günstiger als (%)", "Soll-Wert", "Soll/Prognose-Wert"}
"""Columns of numbers that tell nothing of the value of their row."""
_MOST = 100
"""So many values are proposed to be taken out at most; a Mappe that needs more should not be shown."""


def label(row: Row) -> str:
    """Return by what a row of a table is known: everything it is about."""
    return " · ".join(str(row[name]) for name in _ABOUT if row.get(name))


def hide(views: Collection[View], labels: Collection[str], catalog: Catalog) -> list[View]:
    """Return the views without the values of some rows (by label), wherever the same value stands, in words, too."""
    kept = list(views)
    if not labels:
        return kept
    taken = _taken(kept, set(labels), catalog)
    return [_without(view, taken[at]) if taken[at] else view for at, view in enumerate(kept)]


def proposal(views: Collection[View], catalog: Catalog, areas: Areas | None = None) -> tuple[str, ...]:
    """Return the labels of the rows to take out so that nothing confidential is shown or follows; parts before wholes.

    What no row can be blamed for is left; the view then stays out as a whole.
    """
    labels: dict[str, None] = {}
    kept = list(views)
    while len(labels) < _MOST:
        shown = hide(kept, labels, catalog)
        found = [secret for secret in secrets(shown, catalog, areas) if secret.rows]
        more = list(_next(found, shown))
        if not more or all(each in labels for each in more):
            break
        labels |= dict.fromkeys(more)
    return tuple(labels)


def _next(found: list[Secret], views: list[View]) -> Iterator[str]:
    """Yield what to take out next: all rows that are secrets themselves, else the smallest value another one follows from."""
    own = [secret for secret in found if secret.rule != RECOMPUTABLE]
    for secret in own:
        for at in sorted(secret.rows):
            yield label(views[secret.view - 1].table.row(at, named=True))
    if own or not found:
        return
    together = [secret for secret in found if secret.about == found[0].about]
    rows = [
        views[secret.view - 1].table.row(at, named=True) for secret in together for at in sorted(secret.rows)
    ]
    shown = [row for row in rows if row.get("Status") != NOT_SHOWN]
    if shown:
        yield label(min(shown, key=_weight))


def _weight(row: Row) -> tuple[bool, float]:
    value = number(row.get("Wert"))
    return str(row.get("Merkmal") or "Insgesamt") == "Insgesamt", abs(value if value is not None else 1e12)


def _taken(views: list[View], labels: set[str], catalog: Catalog) -> list[set[int]]:
    """Return by view which rows hold a value that is taken out: the rows named, and all others that show the same."""
    parts = {entry.name: id_ for id_, entry in catalog.breakdowns.items()}
    rows = [list(view.table.iter_rows(named=True)) for view in views]
    named = [row for own in rows for row in own if label(row) in labels]
    same = {quantity for row in named for quantity in _about(row, catalog, parts)}
    values = {(row.get("Jobcenter"), value) for row in named for value in _floats(row)}

    def is_taken(row: Row) -> bool:
        return (
            label(row) in labels
            or any(quantity in same for quantity in _about(row, catalog, parts))
            or any((row.get("Jobcenter"), value) in values for value in _floats(row))
        )

    return [{at for at, row in enumerate(own) if is_taken(row)} for own in rows]


def _about(row: Row, catalog: Catalog, parts: dict[str, str]) -> Iterator[Quantity]:
    """Return the quantities a row is about; the base of a share and the denominator of a rate are none of them."""
    if not ("Grundgesamtheit" in row and str(row.get("Merkmal") or "Insgesamt") == "Insgesamt"):
        for quantity, value in quantities(row, catalog, parts):
            if value != number(row.get("Grundgesamtheit (Zahl)")) and value != number(row.get("Nenner")):
                yield quantity


def _floats(row: Row) -> Iterator[float]:
    """Return the unrounded values of a row that others may repeat under another heading."""
    for name, value in row.items():
        if isinstance(value, float) and value and name not in _BASES:
            yield value


def _without(view: View, rows: set[int]) -> View:
    """Return a view without the values of some rows: as a table, with what they are in no text either."""
    blank = [at in rows for at in range(view.table.height)]
    scrub = _scrubber([view.table.row(at, named=True) for at in sorted(rows)])
    title = scrub(view.title)
    return replace(
        view,
        title=title,
        table=_blanked(view.table, pl.Series(blank, dtype=pl.Boolean)),
        notes=_noted(view, rows, scrub),
        chart=None,
        message="",
        paragraph="",
        reading="",
        contradictions=(),
        comment=scrub(view.comment),
        remarks={about: scrub(text) for about, text in view.remarks.items()},
    )


def _blanked(table: pl.DataFrame, blank: pl.Series) -> pl.DataFrame:
    """Return a table in which some rows say nothing but what they are about and that they are not shown."""
    figures = next((name for name in _FIGURES if name in table.columns), "Angabe")
    signs = {figures: SIGN, "Status": NOT_SHOWN}
    missing = [pl.lit("").alias(name) for name in signs if name not in table.columns]
    told = table.with_columns(missing)
    return told.with_columns(
        pl.when(blank)
        .then(pl.lit(signs.get(name, "") if kind == pl.String else None, dtype=kind))
        .otherwise(pl.col(name))
        .alias(name)
        for name, kind in told.schema.items()
        if name not in _STAYS
    )


def _noted(view: View, rows: set[int], scrub: Callable[[str], str]) -> Mapping[str, str]:
    """Return the footnotes with what the sign means; a confidential source none of whose figures is left is not named."""
    notes = {
        name: text if name in ("Datenstand", "Berichtszeitraum") else scrub(text)
        for name, text in view.notes.items()
    }
    if "Quelle" in view.table.columns:
        left = {str(source) for at, source in enumerate(view.table["Quelle"]) if at not in rows}
        named = notes.get("Quelle", "").split("; ")
        notes["Quelle"] = "; ".join(
            source for source in named if CONFIDENTIAL not in source or any(source in each for each in left)
        )
    number_ = f"{len(rows)} Werte sind" if len(rows) > 1 else "1 Wert ist"
    drawn = " Deshalb steht hier die Tabelle statt des Diagramms." if view.chart is not None else ""
    special = f"{number_} nicht gezeigt.{drawn}"
    return {
        **notes,
        "Besonderheiten": " ".join(filter(None, (special, notes.get("Besonderheiten", "")))),
        "Zeichen": "; ".join(filter(None, (f"† {MEANING}", notes.get("Zeichen", "")))),
    }


def _scrubber(rows: list[Row]) -> Callable[[str], str]:
    """Return what replaces every figure of some rows in a text by the sign."""
    told: set[str] = set()
    for row in rows:
        for name, value in row.items():
            if name in _STAYS or isinstance(value, bool):
                continue
            if isinstance(value, int | float):
                told |= {format_number(abs(value), decimals) for decimals in (0, 1, 2)}
            elif name in _FIGURES:
                told |= set(_NUMBER.findall(str(value)))
    if not told:
        return lambda text: text
    figures = "|".join(re.escape(each) for each in sorted(told, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\d.,])[+−-]?(?:{figures})(?![\d]|[.,]\d)")
    return lambda text: pattern.sub("†", text)

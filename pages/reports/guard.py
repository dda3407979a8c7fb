"""Finds what must not leave the house unseen: internal sources, counts below three, suppressed ones that follow from others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pages.reports.cells import Cell, Quantity, Row, cells, counts, number
from pages.reports.follow import Found, following
from pages.reports.relations import Areas, relations
from pages.reports.view import View
from warehouse.catalog import CONFIDENTIAL, Catalog

SMALLEST = 3
"""Counts below it may point to a person; they are shown to nobody unasked."""
_COUNTED = ("Zähler", "Anzahl", "Ist-Wert")
"""Columns of tables of rates, shares and targets that hold a count."""
INTERN, SMALL, RECOMPUTABLE = "intern", "klein", "rechenbar"
REMEDY = "Nicht gezeigt wird die ganze Ansicht, bis jemand nur die betroffenen Werte herausnimmt oder sie mit Grund freigibt."


@dataclass(frozen=True)
class Secret:
    """Something confidential in a view (its number from 1): by which rule, what, and in which rows of its table."""

    view: int
    rule: str
    message: str
    rows: frozenset[int] = field(default=frozenset(), compare=False)
    about: str = field(
        default="", compare=False
    )  # what a release is for, wherever the view stands in the Mappe


def secrets(
    views: tuple[View, ...] | list[View], catalog: Catalog, areas: Areas | None = None
) -> list[Secret]:
    """Return everything confidential in views that are shown together, by view; `areas`: which areas make up larger ones."""
    found = [*_internal(views), *_small(views, catalog), *_recomputable(views, catalog, areas or {})]
    return sorted(dict.fromkeys(found), key=lambda secret: (secret.view, secret.rule, secret.message))


def _internal(views: tuple[View, ...] | list[View]) -> Iterator[Secret]:
    for number_, view in enumerate(views, 1):
        if view.is_confidential:
            of = view.table["Quelle"].to_list() if "Quelle" in view.table.columns else []
            rows = frozenset(at for at, source in enumerate(of) if CONFIDENTIAL in str(source))
            told = "Zahlen aus einem als INTERN gekennzeichneten Dokument."
            yield Secret(number_, INTERN, told, rows, told)


def _small(views: tuple[View, ...] | list[View], catalog: Catalog) -> Iterator[Secret]:
    for number_, view in enumerate(views, 1):
        for at, row in enumerate(view.table.iter_rows(named=True)):
            if any(0 < count < SMALLEST for count in _counts_of(row, catalog)):
                told = f"Eine Anzahl unter {SMALLEST}: {named(row)}."
                yield Secret(number_, SMALL, told, frozenset({at}), told)


def _counts_of(row: Row, catalog: Catalog) -> Iterator[float]:
    """Return the counts a row shows or gives away: its value, what a rate is made of, a share times its base."""
    value, base = number(row.get("Wert")), number(row.get("Grundgesamtheit (Zahl)"))
    if value is not None and counts(catalog, row.get("Einheit")):
        yield value
    for name in _COUNTED:
        count = number(row.get(name))
        if count is not None and (name != "Ist-Wert" or counts(catalog, row.get("Einheit"))):
            yield count
    if value is not None and base is not None and row.get("Einheit") == "%":
        yield round(value * base / 100, 6)


def named(row: Row) -> str:
    """Return what a row of a table is about."""
    names = [str(row.get(name) or "") for name in ("Jobcenter", "Kennzahl", "Merkmal", "Zeitraum")]
    return ", ".join(name for name in names if name)


def _recomputable(views: tuple[View, ...] | list[View], catalog: Catalog, areas: Areas) -> Iterator[Secret]:
    known = cells(views, catalog)
    values = {
        quantity: cell.value if cell.exact or cell.value is None else None for quantity, cell in known.items()
    }
    blurred = {quantity for quantity, cell in known.items() if not cell.exact and cell.value is not None}
    told = [
        each
        for each in relations(values, views, catalog, areas)
        if not any(q in blurred for q, _ in each.terms)
    ]
    for found in following(told, values):
        if _is_secret(found, known):
            yield from _told(found, known, catalog)


def _is_secret(found: Found, known: Mapping[Quantity, Cell]) -> bool:
    cell = known.get(found.quantity)
    return bool(cell and cell.withheld) or (found.quantity.is_count and 0 < round(found.value, 6) < SMALLEST)


def _told(found: Found, known: Mapping[Quantity, Cell], catalog: Catalog) -> Iterator[Secret]:
    of, own = found.quantity, known.get(found.quantity)
    parts = sorted(catalog.breakdowns[part].name for part in of.parts)
    places = {place for each in found.used if each in known for place in known[each].places}
    views = sorted({view for view, _ in places} | ({view for view, _ in own.places} if own else set()))
    together = f" (aus den Ansichten {', '.join(map(str, views))} zusammen)" if len(views) > 1 else ""
    about = ", ".join((of.area, of.name, *parts, of.time[0]))
    told = f"Ein geheim gehaltener oder sehr kleiner Wert lässt sich errechnen: {about}"
    for view in views:
        rows = frozenset(row for number_, row in places if number_ == view)
        yield Secret(view, RECOMPUTABLE, f"{told}{together}.", rows, told)

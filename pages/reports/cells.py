"""What views show together, as quantities: one value of one area at one time, however many tables and columns show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pages.reports.view import View
from warehouse.catalog import Catalog

NOT_SHOWN = "nicht gezeigt"
"""The status of a value that was taken out of a Mappe."""
PERCENT, SHARE = ", in %", ", Anteil in %"
"""What stands behind the name of a rate, and of a base whose parts are told as shares."""
Row = dict[str, Any]
Place = tuple[int, int]
"""A view (its number from 1) and the row of its table."""


@dataclass(frozen=True)
class Quantity:
    """What one value is of: an area, a Kennzahl by name, the parts of its whole, and the time with its kind."""

    area: str
    name: str
    parts: frozenset[str]
    time: tuple[str, str, str]
    is_count: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Cell:
    """What is shown of a quantity: its value, whether it is kept back, whether it is exact, and where it stands."""

    value: float | None
    withheld: bool
    exact: bool
    places: frozenset[Place]


def cells(views: tuple[View, ...] | list[View], catalog: Catalog) -> dict[Quantity, Cell]:
    """Return every quantity that views show, each once: a value that one of them shows is shown."""
    found: dict[Quantity, list[Cell]] = defaultdict(list)
    parts = {entry.name: id_ for id_, entry in catalog.breakdowns.items()}
    for number, view in enumerate(views, 1):
        for at, row in enumerate(view.table.iter_rows(named=True)):
            for quantity, value in quantities(row, catalog, parts):
                withheld = value is None and is_withheld(row, catalog)
                exact = row.get("Genauigkeit", "exakt") in ("exakt", "")
                found[quantity].append(Cell(value, withheld, exact, frozenset({(number, at)})))
    return {quantity: _together(known) for quantity, known in found.items()}


def _together(known: list[Cell]) -> Cell:
    told = [cell for cell in known if cell.value is not None] or known
    places = frozenset(place for cell in known for place in cell.places)
    return Cell(
        told[0].value, any(c.withheld for c in told), all(c.exact for c in told) and bool(told), places
    )


def is_withheld(row: Row, catalog: Catalog) -> bool:
    """Tell whether a statistic or somebody of this house keeps a value back."""
    return row.get("Status") in (catalog.statuses["anonymisiert"].name, NOT_SHOWN)


def counts(catalog: Catalog, unit: object) -> bool:
    """Tell whether a unit counts people, households or cases."""
    return str(unit) in catalog.units and catalog.units[str(unit)].is_count


def quantities(
    row: Row, catalog: Catalog, parts: dict[str, str] | None = None
) -> Iterator[tuple[Quantity, float | None]]:
    """Return the quantities a row of a table shows with their values; a share shows its part, its base and itself."""
    parts = parts or {entry.name: id_ for id_, entry in catalog.breakdowns.items()}
    if not row.get("Jobcenter") or "Zeitraum" not in row:
        return
    names = [name for name in str(row.get("Merkmal") or "Insgesamt").split(", ") if name != "Insgesamt"]
    if any(name not in parts for name in names):
        return
    own = frozenset(parts[name] for name in names)
    for name, is_whole, value, kind in _told(row, catalog):
        time = (str(row["Zeitraum"]), str(row.get("Zeitbezug") or ""), kind)
        is_count = not name.endswith("%") and (
            counts(catalog, row.get("Einheit")) or "Grundgesamtheit" in row
        )
        yield Quantity(str(row["Jobcenter"]), name, frozenset() if is_whole else own, time, is_count), value


def _told(row: Row, catalog: Catalog) -> Iterator[tuple[str, bool, float | None, str]]:
    """Return name, whether it is the whole, value and kind of everything a row counts."""
    kind = str(row.get("Art") or "Ist")
    if base := row.get("Grundgesamtheit"):
        yield str(base), False, number(row.get("Anzahl")), kind
        yield f"{base}{SHARE}", False, number(row.get("Wert")), kind
        if (whole := number(row.get("Grundgesamtheit (Zahl)"))) is not None:
            yield str(base), True, whole, kind
    elif name := row.get("Kennzahl"):
        if "Ist-Wert" in row:
            yield str(name), False, number(row["Ist-Wert"]), "Ist"
        elif counts(catalog, row.get("Einheit")):
            yield str(name), False, number(row.get("Wert")), kind
        else:
            yield f"{name}{PERCENT}", False, number(row.get("Wert")), kind
            yield from _behind(str(name), row, catalog, kind)


def _behind(
    name: str, row: Row, catalog: Catalog, kind: str
) -> Iterator[tuple[str, bool, float | None, str]]:
    """Return numerator and denominator that stand beside a printed rate, under their own names."""
    for id_, quotient in catalog.quotients.items():
        if catalog.indicator(id_).name == name:
            for column, operand in (("Zähler", quotient.numerator), ("Nenner", quotient.denominator)):
                if column in row:
                    yield catalog.indicator(operand).name, False, number(row[column]), kind


def number(value: object) -> float | None:
    """Return what a cell holds as a number; None where it holds none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

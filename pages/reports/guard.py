"""Finds what must not leave the house unseen: internal sources, counts below three, suppressed ones that follow from others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pages.reports.view import View
from warehouse.catalog import Catalog

SMALLEST = 3
"""Counts below it may point to a person; they are shown to nobody unasked."""
_COUNTED = ("Zähler", "Anzahl")
"""Columns of tables of rates and shares that hold the count behind them."""
INTERN, SMALL, RECOMPUTABLE = "intern", "klein", "rechenbar"
REMEDY = "Die Ansicht bleibt aus der Ausgabe, bis jemand sie mit Grund freigibt."


@dataclass(frozen=True)
class Secret:
    """Something confidential in a view (its number from 1): by which rule, what, and in which views together."""

    view: int
    rule: str
    message: str


@dataclass(frozen=True)
class _Cell:
    view: int
    value: float | None
    suppressed: bool
    exact: bool


Group = tuple[str, ...]
Parts = frozenset[str]


def secrets(views: tuple[View, ...] | list[View], catalog: Catalog) -> list[Secret]:
    """Return everything confidential in views that are shown together, by view."""
    found = [*_internal(views), *_small(views, catalog)]
    cells = _cells(views, catalog)
    for group, known in cells.items():
        for whole, parts in _sums(known, catalog):
            found += _following(group, known, whole, parts)
    return sorted(dict.fromkeys(found), key=lambda secret: (secret.view, secret.rule, secret.message))


def _internal(views: tuple[View, ...] | list[View]) -> Iterator[Secret]:
    for number, view in enumerate(views, 1):
        if view.is_confidential:
            yield Secret(number, INTERN, "Zahlen aus einem als INTERN gekennzeichneten Dokument.")


def _small(views: tuple[View, ...] | list[View], catalog: Catalog) -> Iterator[Secret]:
    for number, view in enumerate(views, 1):
        for row in view.table.iter_rows(named=True):
            if any(0 < count < SMALLEST for count in _counts_of(row, catalog)):
                yield Secret(number, SMALL, f"Eine Anzahl unter {SMALLEST}: {_named(row)}.")


def _counts_of(row: dict[str, object], catalog: Catalog) -> Iterator[float]:
    """Return the counts a row shows or gives away: its value, what a rate is made of, a share times its base."""
    value, base = row.get("Wert"), row.get("Grundgesamtheit (Zahl)")
    if isinstance(value, int | float) and _counts(catalog, row.get("Einheit")):
        yield value
    for name in _COUNTED:
        count = row.get(name)
        if isinstance(count, int | float):
            yield count
    if isinstance(value, int | float) and isinstance(base, int | float) and row.get("Einheit") == "%":
        yield round(value * base / 100, 6)


def _counts(catalog: Catalog, unit: object) -> bool:
    return str(unit) in catalog.units and catalog.units[str(unit)].is_count


def _named(row: dict[str, object]) -> str:
    names = [str(row.get(name) or "") for name in ("Jobcenter", "Kennzahl", "Merkmal", "Zeitraum")]
    return ", ".join(name for name in names if name)


def _cells(views: tuple[View, ...] | list[View], catalog: Catalog) -> dict[Group, dict[Parts, _Cell]]:
    """Return what is shown of one quantity of one area at one time: parts of the whole → cell, over all views."""
    ids = {entry.name: id_ for id_, entry in catalog.breakdowns.items()}
    found: dict[Group, dict[Parts, _Cell]] = defaultdict(dict)
    for number, view in enumerate(views, 1):
        for row in view.table.iter_rows(named=True):
            for quantity, part, value in _shown(row, catalog):
                names = [] if part == "Insgesamt" else part.split(", ")
                if any(name not in ids for name in names):
                    continue
                rest = (str(row.get(name, "")) for name in ("Zeitraum", "Zeitbezug", "Art"))
                cells = found[(str(row["Jobcenter"]), quantity, *rest)]
                parts = frozenset(ids[name] for name in names)
                if parts not in cells or cells[parts].value is None:
                    exact = row.get("Genauigkeit", "exakt") in ("exakt", "")
                    cells[parts] = _Cell(number, value, _is_suppressed(row, catalog) and value is None, exact)
    return found


def _shown(row: dict[str, object], catalog: Catalog) -> Iterator[tuple[str, str, float | None]]:
    """Return the counts of a row as quantity, part and value; a share shows its part and its base."""
    if not {"Jobcenter", "Merkmal", "Zeitraum", "Status"} <= row.keys():
        return
    part, base = str(row["Merkmal"]), row.get("Grundgesamtheit (Zahl)")
    if "Kennzahl" in row and _counts(catalog, row.get("Einheit")):
        yield str(row["Kennzahl"]), part, _number(row.get("Wert"))
    elif "Anzahl" in row and "Grundgesamtheit" in row:
        yield str(row["Grundgesamtheit"]), part, _number(row["Anzahl"])
        if isinstance(base, int | float):
            yield str(row["Grundgesamtheit"]), "Insgesamt", float(base)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _is_suppressed(row: dict[str, object], catalog: Catalog) -> bool:
    return row["Status"] == catalog.statuses["anonymisiert"].name


def _sums(known: dict[Parts, _Cell], catalog: Catalog) -> set[tuple[Parts, tuple[Parts, ...]]]:
    """Return which wholes are shown, or could be, with the parts they divide into without rest."""
    found = set()
    for partition in catalog.partitions.values():
        if partition.of != "breakdowns" or partition.unstated:
            continue
        own, whole = frozenset(partition.parts), frozenset({partition.whole} - {""})
        for shown in known:
            if len(inside := shown & own) == 1:
                rest = shown - inside
                found.add((rest | whole, tuple(rest | {part} for part in partition.parts)))
    return found


def _following(
    group: Group, known: dict[Parts, _Cell], whole: Parts, parts: tuple[Parts, ...]
) -> Iterator[Secret]:
    """Find the one figure among a whole and its parts that follows from all others."""
    members = (whole, *parts)
    open_ = [each for each in members if each not in known or known[each].value is None]
    given = [known[each] for each in members if each not in open_]
    if len(open_) != 1 or not all(cell.exact for cell in given):
        return
    (each,) = open_
    total = known[whole].value if whole not in open_ else 0.0
    rest = sum(float(known[part].value or 0) for part in parts if part != each)
    follows = rest if each == whole else float(total or 0) - rest
    cell = known.get(each)
    if not (cell and cell.suppressed) and not (each != whole and 0 < follows < SMALLEST):
        return
    views = sorted({shown.view for shown in given} | ({cell.view} if cell else set()))
    told = f"Ein geheim gehaltener oder sehr kleiner Wert lässt sich errechnen: {group[0]}, {group[1]}, {group[2]}"
    together = f" (aus den Ansichten {', '.join(map(str, views))} zusammen)" if len(views) > 1 else ""
    for view in views:
        yield Secret(view, RECOMPUTABLE, f"{told}{together}.")

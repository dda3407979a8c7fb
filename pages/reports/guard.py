"""Finds what must not leave the house unseen: internal sources, counts below three, suppressed ones that follow from others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pages.reports.view import View
from warehouse.catalog import Catalog

SMALLEST = 3
"""Counts below it may point to a person (the Statistik der Bundesagentur für Arbeit suppresses 1 and 2)."""
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
        if not {"Wert", "Einheit"} <= set(view.table.columns):
            continue
        for row in view.table.iter_rows(named=True):
            value = row["Wert"]
            if isinstance(value, int | float) and 0 < value < SMALLEST and _counts(catalog, row["Einheit"]):
                yield Secret(number, SMALL, f"Eine Anzahl unter {SMALLEST}: {_named(row)}.")


def _counts(catalog: Catalog, unit: object) -> bool:
    return str(unit) in catalog.units and catalog.units[str(unit)].is_count


def _named(row: dict[str, object]) -> str:
    names = [str(row.get(name) or "") for name in ("Jobcenter", "Kennzahl", "Merkmal", "Zeitraum")]
    return ", ".join(name for name in names if name)


def _cells(views: tuple[View, ...] | list[View], catalog: Catalog) -> dict[Group, dict[Parts, _Cell]]:
    """Return what is shown of one quantity of one area at one time: parts of the whole → cell, over all views."""
    ids = {entry.name: id_ for id_, entry in catalog.breakdowns.items()}
    hidden = {entry.name for entry in catalog.statuses.values() if entry.id == "anonymisiert"}
    found: dict[Group, dict[Parts, _Cell]] = defaultdict(dict)
    for number, view in enumerate(views, 1):
        if not {"Jobcenter", "Kennzahl", "Merkmal", "Zeitraum", "Wert", "Einheit", "Status"} <= set(
            view.table.columns
        ):
            continue
        for row in view.table.iter_rows(named=True):
            names = [] if row["Merkmal"] == "Insgesamt" else str(row["Merkmal"]).split(", ")
            if not _counts(catalog, row["Einheit"]) or any(name not in ids for name in names):
                continue
            group = tuple(
                str(row.get(name, "")) for name in ("Jobcenter", "Kennzahl", "Zeitraum", "Zeitbezug", "Art")
            )
            exact = row.get("Genauigkeit", "exakt") in ("exakt", "")
            cell = _Cell(number, row["Wert"], row["Status"] in hidden, exact)
            parts = frozenset(ids[name] for name in names)
            if parts not in found[group] or found[group][parts].value is None:
                found[group][parts] = cell
    return found


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

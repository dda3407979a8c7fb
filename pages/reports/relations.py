"""Which quantities follow from which: parts of a whole, areas of a larger one, rates and what they are made of, changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pages.reports.cells import PERCENT, SHARE, Quantity, counts, number, quantities
from pages.reports.view import View
from warehouse.catalog import Catalog

Areas = Mapping[str, tuple[str, ...]]
"""Name of a larger area or group → names of all the areas that make it up."""
Known = Mapping[Quantity, float | None]
"""What is shown, with its value; None: kept back."""
_Parts = Iterator[tuple[tuple[Quantity, ...], tuple[Quantity, ...], float]]


@dataclass(frozen=True)
class Relation:
    """Quantities with their factors that add up to a constant; `by`: the rates that the factors come from."""

    terms: tuple[tuple[Quantity, float], ...]
    total: float = 0.0
    by: tuple[Quantity, ...] = ()


def relations(
    known: Known, views: Iterable[View], catalog: Catalog, areas: Areas | None = None
) -> Iterator[Relation]:
    """Return every declared relation among quantities of which at least one is shown."""
    seen: set[frozenset[Quantity]] = set()
    larger = _larger(catalog, areas or {})
    for quantity in known:
        for whole, parts, total in (*_of_breakdowns(quantity, catalog), *_of_areas(quantity, larger)):
            if (members := frozenset((*whole, *parts))) not in seen:
                seen.add(members)
                terms = (*((each, 1.0) for each in whole), *((each, -1.0) for each in parts))
                yield Relation(terms, total)
    yield from _of_rates(known, catalog)
    yield from _of_changes(views, catalog)


def _of_breakdowns(shown: Quantity, catalog: Catalog) -> _Parts:
    """Yield the whole and all parts of which one is shown; the shares of all parts of everything are a hundred percent."""
    is_share = shown.name.endswith(SHARE)
    if not (shown.is_count or is_share):
        return
    for partition in catalog.partitions.values():
        own = frozenset(partition.parts)
        if partition.of != "breakdowns" or partition.unstated or len(shown.parts & own) != 1:
            continue
        rest = shown.parts - own
        parts = tuple(replace(shown, parts=rest | {part}) for part in partition.parts)
        if is_share and not rest and not partition.whole:
            yield (), parts, -100.0
        else:
            yield (replace(shown, parts=rest | ({partition.whole} - {""})),), parts, 0.0


def _of_areas(shown: Quantity, larger: Mapping[str, list[tuple[str, tuple[str, ...]]]]) -> _Parts:
    """Yield the larger area and all areas that make it up; only counts add up."""
    if shown.is_count:
        for whole, parts in larger.get(shown.area, ()):
            yield (replace(shown, area=whole),), tuple(replace(shown, area=part) for part in parts), 0.0


def _larger(catalog: Catalog, areas: Areas) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return for every area the larger ones it is a part of, each with all its parts, by name."""
    regions = catalog.regions
    told: list[tuple[str, tuple[str, ...]]] = list(areas.items())
    for partition in catalog.partitions.values():
        if partition.of == "regions":
            ids = partition.parts or tuple(
                id_ for id_, entry in regions.items() if entry.kind == partition.kind
            )
            told.append((regions[partition.whole].name, tuple(regions[id_].name for id_ in ids)))
    for id_, region in regions.items():
        if parts := tuple(entry.name for entry in regions.values() if entry.part == id_):
            told.append((region.name, parts))
    found = defaultdict(list)
    for whole, parts in told:
        for part in parts:
            found[part].append((whole, parts))
    return found


def _of_rates(known: Known, catalog: Catalog) -> Iterator[Relation]:
    """Yield for every rate or share shown: numerator − rate ÷ 100 × denominator = 0."""
    made_of = {
        f"{catalog.indicator(id_).name}{PERCENT}": (
            catalog.indicator(q.numerator).name,
            catalog.indicator(q.denominator).name,
        )
        for id_, q in catalog.quotients.items()
    }
    for rate, value in known.items():
        if value is None:
            continue
        if rate.name.endswith(SHARE):
            base = replace(rate, name=rate.name.removesuffix(SHARE), is_count=True)
            above, below = base, replace(base, parts=frozenset())
        elif rate.name in made_of:
            above, below = (replace(rate, name=name, is_count=True) for name in made_of[rate.name])
        else:
            continue
        if above != below:
            yield Relation(((above, 1.0), (below, -value / 100)), by=(rate,))


def _of_changes(views: Iterable[View], catalog: Catalog) -> Iterator[Relation]:
    """Yield for every change told beside a count: now − then = change."""
    names = {"Verglichen mit", "Veränderung", "Einheit"}
    for view in views:
        if not names <= set(view.table.columns):
            continue
        for row in view.table.iter_rows(named=True):
            change, then = number(row["Veränderung"]), str(row["Verglichen mit"] or "")
            if change is None or not then or not counts(catalog, row["Einheit"]):
                continue
            for now, _ in quantities(row, catalog):
                yield Relation(((now, 1.0), (replace(now, time=(then, *now.time[1:])), -1.0)), change)

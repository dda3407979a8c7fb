"""Where an area stands under all comparators at once, so that nobody depends on the one that looks best."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from warehouse.catalog import Catalog
from warehouse.comparators import Known, comparators, group_of
from warehouse.peer_values import Peers
from warehouse.standing import Standing, stand

STRIP = pl.Schema(
    {
        "comparator": pl.String,
        "name": pl.String,
        "size": pl.Int64,
        "n": pl.Int64,
        "rank": pl.Int64,
        "percentile": pl.Float64,
        "lower_share": pl.Float64,  # percent of the others with a lower value, equal ones counting half
        "place": pl.String,  # low, below, median, above, high; null where nothing is said
        "median": pl.Float64,
        "why_not": pl.String,
    }
)
"""The position under one comparator."""


def standings(
    catalog: Catalog, known: Known, peers: Peers, area: str, *, level: str, only: Iterable[str] | None = None
) -> list[Standing]:
    """Return how an area stands under every comparator (or `only` some), in their order; own groups last.

    `peers`: the values of all areas of the level.
    """
    ids = comparators(catalog, known.saved).values() if only is None else only
    groups = (group_of(catalog, known, id_, area, peers.at.end, level=level) for id_ in ids)
    return [stand(catalog, peers, group, area) for group in groups]


def strip(found: Iterable[Standing]) -> pl.DataFrame:
    """Return the positions as a STRIP frame; groups with the same members as one before are left out."""
    rows: list[tuple[object, ...]] = []
    seen: set[tuple[str, ...]] = set()
    for each in found:
        members = each.group.members
        if members and members in seen:
            continue
        seen.add(members)
        others = each.n - 1
        equal = others - (each.lower or 0) - (each.higher or 0)
        share = None if each.lower is None or others < 1 else (each.lower + equal / 2) * 100 / others
        rows.append(
            (each.group.comparator, each.group.name, each.size, each.n, each.rank, each.percentile, share, each.place,
             each.spread.median if each.spread else None, each.why_not)
        )  # fmt: skip
    return pl.DataFrame(rows, schema=STRIP, orient="row")

"""What pages that hold one area against a group share: areas, quantities, periods, values and groups, asked once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from pages.components.warehouse import (
    as_of,
    catalog,
    every_event,
    kept,
    question,
    question_once,
    snapshot,
)
from warehouse.areas import every_area, existing, ids, names_of, of_level
from warehouse.catalog import load_catalog
from warehouse.common_periods import Offer, course, last_common, newer, newest_each, offered
from warehouse.comparators import Group, Known, group_of
from warehouse.corridor import Corridor, corridor
from warehouse.events import broken_between
from warehouse.formulas import inputs_of
from warehouse.likeness import structure
from warehouse.movement import Movement, movement, year_before
from warehouse.own_groups import GroupsError, OwnGroup, read_groups
from warehouse.peer_values import ABSENT, At, Peers, peer_values
from warehouse.snapshots import warehouse_folder
from warehouse.standing import Standing, beside, stand

_KEPT = 60
"""So many sets of values of all areas stay in memory; each is a few hundred rows. What is asked dozens of times a page is kept
by `lru_cache`: Streamlit's cache takes a millisecond to find what was asked for."""


def areas() -> pl.DataFrame:
    """Return every Jobcenter and Kreis (EVERY_AREA)."""
    return _areas(str(snapshot()), as_of())


@lru_cache(maxsize=8)
def _areas(path: str, act: int | None) -> pl.DataFrame:
    return every_area(load_catalog(), question("areas"))


def names() -> dict[str, str]:
    """Return the name of every area."""
    return names_of(areas())


def quantities() -> dict[tuple[str, str], int]:
    """Return what can be held against a group, in the order of the catalog: (indicator, breakdown) → how many areas have it.

    Quantities with a formula are there where one of its inputs is.
    """
    known = catalog()
    found = {
        (indicator, breakdown): number
        for indicator, breakdown, number in question(
            "quantities_of_areas", jobcenters=tuple(known.jobcenters)
        ).iter_rows()
    }
    printed = {id_: number for (id_, breakdown), number in found.items() if not breakdown}
    for id_, entry in known.indicators.items():
        if entry.formula and (
            least := min((printed.get(each, 0) for each in inputs_of(known, (id_,))), default=0)
        ):
            found[(id_, "")] = max(least, found.get((id_, ""), 0))
    place = {id_: number for number, id_ in enumerate(known.indicators)}
    declared = (key for key in found if key[0] in place)
    return {key: found[key] for key in sorted(declared, key=lambda key: (place[key[0]], key[1]))}


def quantities_of_page(page: str) -> list[tuple[str, str]]:
    """Return the quantities declared for a page (pages.toml) that at least two areas have."""
    declared = (member.partition("/")[::2] for member in catalog().pages[page].indicators)
    there = quantities()
    return [(id_, part) for id_, part in declared if there.get((id_, part), 0) > 1]


def offer(indicator: str, breakdown: str) -> Offer:
    """Return the periods of a quantity, and whether it is there for Jobcenter or for Kreise."""
    return _offer(str(snapshot()), as_of(), indicator, breakdown)


@lru_cache(maxsize=_KEPT)
def _offer(path: str, act: int | None, indicator: str, breakdown: str) -> Offer:
    return offered(load_catalog(), question, indicator, breakdown)


def peers(at: At, level: str) -> Peers:
    """Return the values of all areas of a level for a quantity and period."""
    return _peers(str(snapshot()), as_of(), at, level)


@lru_cache(maxsize=_KEPT)
def _peers(path: str, act: int | None, at: At, level: str) -> Peers:
    return peer_values(load_catalog(), question, at, ids(of_level(areas(), level)), every_event())


def courses(indicator: str, breakdown: str, of: tuple[str, ...]) -> pl.DataFrame:
    """Return the values of some areas over time (PEER columns and time_concept)."""
    asked = (indicator, breakdown, of)
    return kept(
        "courses", *asked, answer=lambda: course(load_catalog(), question_once, *asked, breaks=every_event())
    )


def known_at(at: At, level: str) -> Known:
    """Return what groups of a period are made from, own groups included; a damaged file of these has none (`saved_groups`)."""
    return replace(_known(str(snapshot()), as_of(), at.start, at.end, level), saved=saved_groups()[0])


@lru_cache(maxsize=_KEPT)
def _known(path: str, act: int | None, start: date, end: date, level: str) -> Known:
    there = existing(areas(), question("spans_of_areas"), start, end)
    return Known(there, question("known_memberships"), structure(load_catalog(), question, there, end, level))


def saved_groups() -> tuple[tuple[OwnGroup, ...], str]:
    """Return the own groups, and in German why there are none where their file is damaged."""
    try:
        return read_groups(Path(warehouse_folder())), ""
    except GroupsError as error:
        return (), str(error)


@dataclass(frozen=True)
class View:
    """One quantity at one period for one area and one comparator."""

    area: str
    level: str
    at: At
    peers: Peers
    known: Known
    group: Group
    standing: Standing


def view(area: str, at: At, comparator: str, level: str) -> View:
    """Return how an area stands under a comparator at a period."""
    known = known_at(at, level)
    standing = _standing(str(snapshot()), as_of(), area, at, comparator, level, known.saved)
    return View(area, level, at, peers(at, level), known, standing.group, standing)


def standing_of(shown: View, comparator: str, area: str) -> Standing:
    """Return how an area stands in its own group under a comparator, at the period of a view."""
    return _standing(str(snapshot()), as_of(), area, shown.at, comparator, shown.level, shown.known.saved)


@lru_cache(maxsize=500)
def _standing(
    path: str, act: int | None, area: str, at: At, comparator: str, level: str, saved: tuple[OwnGroup, ...]
) -> Standing:
    group = group_of(load_catalog(), known_at(at, level), comparator, area, at.end, level=level)
    return stand(load_catalog(), peers(at, level), group, area)


def newest_of(shown: View) -> Standing:
    """Return every member of a group with its newest value, of whatever period; nothing in it is ranked."""
    found = newest_each(courses(shown.at.indicator, shown.at.breakdown, shown.group.members), shown.at)
    every = pl.DataFrame({"area": list(shown.group.members)}, schema={"area": pl.String})
    rows = every.join(found, on="area", how="left", maintain_order="left").with_columns(
        pl.col("state").fill_null(ABSENT), pl.col("confidential").fill_null(value=False)
    )
    return beside(catalog(), replace(shown.peers, rows=rows), shown.group, shown.area)


def corridor_of(shown: View, comparator: str) -> Corridor:
    """Return the Rangkorridor of a view."""
    return _corridor(
        str(snapshot()), as_of(), shown.area, shown.at, comparator, shown.level, shown.known.saved
    )


@lru_cache(maxsize=500)
def _corridor(
    path: str, act: int | None, area: str, at: At, comparator: str, level: str, saved: tuple[OwnGroup, ...]
) -> Corridor:
    return corridor(load_catalog(), _standing(path, act, area, at, comparator, level, saved))


def common_at(offered: Offer, indicator: str, breakdown: str, area: str) -> At | None:
    """Return the newest period that nearly all areas share and the chosen one has; None where there is no value at all."""
    found = last_common(offered, courses(indicator, breakdown, (area,)))
    return At(indicator, breakdown, *found) if found else None


def moved(now: Standing, level: str) -> Movement:
    """Return how the members of a group moved since the same period of the year before, never across a break."""
    at = year_before(now.at)
    before = stand(load_catalog(), peers(at, level), now.group, now.area)
    ends, indicator = (at.end, now.at.end), now.at.indicator
    broken = broken_between(load_catalog(), every_event(), indicator, now.group.members, ends)
    return movement(before, now, broken)


def leaders(at: At, area: str) -> dict[str, tuple[date, date]]:
    """Return which of the chosen area and those of the catalog have a newer value than the one shown."""
    of = tuple(dict.fromkeys((area, *catalog().jobcenters)))
    return newer(courses(at.indicator, at.breakdown, of), at, of)

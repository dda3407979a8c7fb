"""Who moved in the group between two states of the warehouse: by each judged quantity the place shown then and shown now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from warehouse.areas import Ask, every_area, ids, of_level
from warehouse.catalog import Catalog
from warehouse.common_periods import course, last_common, offered
from warehouse.comparators import Known, group_of
from warehouse.events import all_events, broken_between
from warehouse.likeness import structure
from warehouse.own_groups import OwnGroup
from warehouse.peer_values import At, peer_values
from warehouse.read_ahead import reading_ahead
from warehouse.standing import NEUTRAL, Standing, stand


@dataclass(frozen=True)
class Shift:
    """The place of one area by one quantity, as it would have been shown then and is shown now."""

    then: Standing
    now: Standing

    @property
    def rank_then(self) -> int | None:
        """Return the rank shown then."""
        return self.then.rank

    @property
    def rank(self) -> int | None:
        """Return the rank shown now."""
        return self.now.rank


def shown_places(
    catalog: Catalog,
    ask: Ask,
    saved: tuple[OwnGroup, ...],
    area: str,
    comparator: str,
    quantities: Sequence[tuple[str, str]],
) -> dict[tuple[str, str], Standing]:
    """Return the places of an area that a state shows first: each at its newest common period; those without one are left out."""
    ask = reading_ahead(catalog, ask, quantities)
    breaks, areas = all_events(catalog, ask), every_area(catalog, ask("areas"))

    @cache
    def known(on: date, level: str) -> Known:
        return Known(areas, ask("known_memberships"), structure(catalog, ask, areas, on, level), saved)

    found = {}
    for quantity in quantities:
        offer = offered(catalog, ask, *quantity)
        common = last_common(offer, course(catalog, ask, *quantity, (area,), breaks=breaks))
        if common:
            at, of = At(quantity[0], quantity[1], *common), ids(of_level(areas, offer.level))
            group = group_of(catalog, known(at.end, offer.level), comparator, area, at.end, level=offer.level)
            found[quantity] = stand(catalog, peer_values(catalog, ask, at, of, breaks), group, area)
    return found


def shifts(
    catalog: Catalog,
    states: tuple[Ask, Ask],
    saved: tuple[OwnGroup, ...],
    area: str,
    comparator: str,
    quantities: Sequence[tuple[str, str]],
) -> list[Shift]:
    """Return the places of an area in two states (`states`: what answers questions then and now), in the order asked for.

    Only judged quantities that were ranked then and are ranked now; the period may be another one: that is what moved. Across
    a break of the area's series nothing is compared.
    """
    judged = [each for each in quantities if catalog.indicator(each[0]).direction != NEUTRAL]
    then, now = (shown_places(catalog, ask, saved, area, comparator, judged) for ask in states)
    events, found = all_events(catalog, states[1]), []
    for quantity in (each for each in judged if each in then and each in now):
        pair = Shift(then[quantity], now[quantity])
        ends = (pair.then.at.end, pair.now.at.end)
        is_broken = area in broken_between(catalog, events, quantity[0], (area,), ends)
        if pair.then.percentile is not None and pair.now.percentile is not None and not is_broken:
            found.append(pair)
    return found

"""Who moved in the group between two states of the warehouse: by each judged quantity the place shown then and shown now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.areas import Ask, every_area, ids, of_level
from warehouse.catalog import Catalog
from warehouse.common_periods import course, last_common, offered
from warehouse.comparators import Known, group_of
from warehouse.events import all_events, broken_between
from warehouse.likeness import structure
from warehouse.own_groups import OwnGroup
from warehouse.peer_values import At, peer_values
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


def shown_place(
    catalog: Catalog,
    ask: Ask,
    saved: tuple[OwnGroup, ...],
    area: str,
    comparator: str,
    quantity: tuple[str, str],
) -> Standing | None:
    """Return the place of an area that a state shows first: at its newest common period; None where there is none."""
    offer = offered(catalog, ask, *quantity)
    breaks = all_events(catalog, ask)
    found = last_common(offer, course(catalog, ask, *quantity, (area,), breaks=breaks))
    if found is None:
        return None
    at, areas = At(quantity[0], quantity[1], *found), every_area(catalog, ask("areas"))
    members = structure(catalog, ask, areas, at.end, offer.level)
    known = Known(areas, ask("known_memberships"), members, saved)
    group = group_of(catalog, known, comparator, area, at.end, level=offer.level)
    values = peer_values(catalog, ask, at, ids(of_level(areas, offer.level)), breaks)
    return stand(catalog, values, group, area)


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
    found = []
    for quantity in quantities:
        if catalog.indicator(quantity[0]).direction == NEUTRAL:
            continue
        then, now = (shown_place(catalog, ask, saved, area, comparator, quantity) for ask in states)
        if then is None or now is None or then.percentile is None or now.percentile is None:
            continue
        ends = (then.at.end, now.at.end)
        if area not in broken_between(catalog, all_events(catalog, states[1]), quantity[0], (area,), ends):
            found.append(Shift(then, now))
    return found

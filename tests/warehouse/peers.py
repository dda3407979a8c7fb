"""Builds values, groups and a small country for the tests of standings: no database, every number checkable in the head."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from warehouse.areas import every_area
from warehouse.catalog import Catalog, load_catalog
from warehouse.comparators import Group
from warehouse.peer_values import ABSENT, PEER, VALUE, At, Peers
from warehouse.quotients import SIDES, Sides
from warehouse.schema import AREA, CURRENT, MEMBERSHIP
from warehouse.standing import Standing, stand

CATALOG: Catalog = load_catalog()
JUNE = At("k2", "", "stichtag", date(2019, 6, 1), date(2019, 6, 30))
AT = {"higher": "k2", "lower": "k1e2", "neutral": "sanktionsquote"}


def letters(number: int) -> list[str]:
    """Return ids of areas that sort in their order: a000, a001, …"""
    return [f"a{each:03}" for each in range(number)]


def peers(
    values: Sequence[float | None], *, direction: str = "higher", sides: Sides | None = None, **said: Any
) -> Peers:
    """Return the values of areas a000, a001, …; None is missing."""
    at = At(AT[direction], "", JUNE.time_concept, JUNE.start, JUNE.end)
    rows = [
        {
            "area": area,
            "value": value,
            "shown": value,
            "state": VALUE if value is not None else ABSENT,
            "status": "endgueltig",
            "precision": "exakt",
            "period_start": JUNE.start,
            "period_end": JUNE.end,
            "source": "ba",
            "data_date": JUNE.end,
            "confidential": False,
            **said,
        }
        for area, value in zip(letters(len(values)), values, strict=True)
    ]
    return Peers(at, pl.DataFrame(rows, schema=PEER), sides or Sides(pl.DataFrame(schema=SIDES)))


def group(members: Sequence[str], **said: Any) -> Group:
    """Return a group of these members."""
    return Group("test", "Testgruppe", tuple(sorted(members)), JUNE.end, **said)


def standing(
    values: Sequence[float | None], own: int = 0, *, direction: str = "higher", sides: Sides | None = None
) -> Standing:
    """Return how the area number `own` stands among all."""
    names = letters(len(values))
    return stand(CATALOG, peers(values, direction=direction, sides=sides), group(names), names[own])


def counts(pairs: Mapping[str, tuple[float, float]], chance: str = "binomial", **said: Any) -> Sides:
    """Return numerators and denominators by area."""
    rows = [(area, 0, above, below) for area, (above, below) in pairs.items()]
    return Sides(pl.DataFrame(rows, schema=SIDES, orient="row"), "elb-mit-sanktion", chance, **said)


def country(number: int = 12, *, land: str = "sn") -> pl.DataFrame:
    """Return the areas of the catalog, `number` Jobcenter of one Land, and two Kreise (EVERY_AREA)."""
    rows = [(f"jc-{each:05}", f"JC {each}", "jobcenter", f"{each:05}", land) for each in range(number)]
    rows += [("kr-14001", "Kreis A", "kreis", "14001", "sn"), ("kr-05001", "Kreis B", "kreis", "05001", "nw")]
    return every_area(CATALOG, pl.DataFrame(rows, schema=AREA, orient="row"))


def assigned(*rows: tuple[str, str, str], form: str = "") -> pl.DataFrame:
    """Return memberships: (jobcenter, type, valid_from); the edition is the year."""
    made = [
        {
            "jobcenter": jobcenter,
            "type": type_,
            "edition": since[:4],
            "valid_from": date.fromisoformat(since),
            "form": form,
            "source": f"Liste {since[:4]}",
            "place": "",
            "line": "",
            "note": "",
            "row": 1,
        }
        for jobcenter, type_, since in rows
    ]
    return pl.DataFrame(made, schema=MEMBERSHIP)


def current(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """Return rows with CURRENT columns; what is not said is an exact final Ist of June 2019."""
    usual = {
        "indicator": "sanktionsquote",
        "breakdown": "",
        "period_start": JUNE.start,
        "period_end": JUNE.end,
        "time_concept": "stichtag",
        "kind": "ist",
        "value": None,
        "status": "endgueltig",
        "precision": "exakt",
        "source": "ba",
        "data_date": JUNE.end,
        "place": "",
        "line": "",
        "note": "",
        "row": 1,
        "extract": "",
        "load_no": 1,
        "contradicted": False,
        "confidential": False,
    }
    return pl.DataFrame([{**usual, **row} for row in rows], schema=CURRENT)

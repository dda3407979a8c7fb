"""Which Jobcenter, Kreis or region a row of a statistic speaks of, by its official key or its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.lexicon import Lexicon
from warehouse.catalog import Catalog
from warehouse.spelling import fold

_PREFIX = {"jobcenter": "jc", "kreis": "kr"}
KINDS = {prefix: kind for kind, prefix in _PREFIX.items()}
"""Begin of an id beyond the catalog → what it numbers."""


@dataclass(frozen=True)
class Area:
    """A Jobcenter or Kreis that is not in the catalog: `jc-02706`, with the name its statistic gives it.

    `land`: the region it lies in; "" where the statistic does not tell.
    """

    id: str
    name: str
    kind: str
    key: str
    land: str = ""


class Areas:
    """Understands official keys of the declared lengths; those of the catalog's Jobcenter lead to them.

    `found` collects the areas that the catalog does not have. The number of a Kreis begins with that of its Land; that of a
    Jobcenter does not: `under_land` says that its row stands below the one of its Land.
    """

    def __init__(
        self, catalog: Catalog, lexicon: Lexicon, keys: Mapping[str, str], *, under_land: bool = False
    ) -> None:
        self.under_land, self.land = under_land, ""
        self.lexicon, self.keys = lexicon, {int(digits): kind for digits, kind in keys.items()}
        self.found: dict[str, Area] = {}
        regions = {region.key: id_ for id_, region in catalog.regions.items() if region.key}
        own = {
            "jobcenter": {entry.traegernummer: id_ for id_, entry in catalog.jobcenters.items()},
            "kreis": {entry.ags: id_ for id_, entry in catalog.jobcenters.items()},
            "land": regions,
        }
        self.jobcenters = frozenset(catalog.jobcenters)
        self.regions = catalog.regions
        self.known = {(kind, key): id_ for kind, ids in own.items() for key, id_ in ids.items()}

    def is_key(self, text: str) -> bool:
        """Tell whether a cell may be an official key; its leading zero may be lost."""
        return text == "DG" or (text.isdecimal() and bool(self._read(text)))

    def knows(self, key: str, name: str) -> bool:
        """Tell whether a row is about an area: it has a key, or a name of the catalog."""
        return self.is_key(key) or self.lexicon.area(_plain(name)) is not None

    def find(self, key: str, name: str) -> str | None:
        """Return the id of an area; "" for one that is left out by declaration, None for an unknown one."""
        found = self._find(key, name)
        if found in self.regions:
            self.land = found if self.regions[found].kind == "land" else ""
        return found

    def _find(self, key: str, name: str) -> str | None:
        if key == "DG":
            return self.known[("land", key)]
        if not key:
            return self.lexicon.area(_plain(name))
        for kind, whole in self._read(key) if self.is_key(key) else ():
            if not kind or kind in _PREFIX:
                return self.known.get((kind, whole)) or (kind and self._new(kind, whole, name))
            if id_ := self.known.get((kind, whole)):
                return id_
        return None

    def contradicted(self, found: str, name: str) -> str | None:
        """Return the area that the name means where it is another one than the key says."""
        named = self.lexicon.area(_plain(name))
        return named if named and named != found and not found.startswith(tuple(_PREFIX.values())) else None

    def _new(self, kind: str, key: str, name: str) -> str:
        of_key = self.known.get(("land", key[:2]), "") if kind == "kreis" else ""
        land = of_key or (self.land if self.under_land else "")
        area = Area(f"{_PREFIX[kind]}-{key}", _plain(name), kind, key, land)
        self.found[area.id] = area
        return area.id

    def _read(self, text: str) -> list[tuple[str, str]]:
        """Return what a number may name: (kind, key) as it stands, then with a leading zero (32 is no Land, but 032)."""
        lengths = (len(text), len(text) + 1)
        return [(self.keys[digits], text.zfill(digits)) for digits in lengths if digits in self.keys]


def _plain(name: str) -> str:
    """Return a name without marks of footnotes: `JC Halle (Saale) 1)`, `Hamburg*`."""
    text = re.sub(r"(?<=\D)\s*\d\)$|\s*\*+\)?$", "", name.strip())
    return fold(text) and text

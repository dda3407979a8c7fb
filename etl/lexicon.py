"""What the words in a delivery mean: every declared spelling of the catalog, and what somebody may have
meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from warehouse.catalog import Breakdown, Catalog, Jobcenter, Precision, Region, Status, Term, Unit
from warehouse.spelling import fold, lookup, nearest


class Lexicon:
    """Folded spelling → id for areas, indicators, breakdowns, sources and the words of the vocabulary."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        areas: tuple[Jobcenter | Region, ...] = (*catalog.jobcenters.values(), *catalog.regions.values())
        self.areas = lookup((area.id, area.spellings) for area in areas)
        self._keys = {key.lstrip("0"): id_ for key, id_ in self.areas.items() if key.isdigit()}
        indicators = map(catalog.indicator, sorted(catalog.indicator_ids))
        self.indicators = lookup(
            (each.id, (each.id, each.code, each.name, *each.aliases)) for each in indicators
        )
        self.breakdowns = _spellings(catalog.breakdowns.values())
        self.breakdowns.update({"": "", "insgesamt": "", "gesamt": ""})
        self.sources = lookup((entry.id, (entry.id, entry.title)) for entry in catalog.sources.values())
        self.words = {
            "zeitbezug": _spellings(catalog.time_concepts.values()),
            "art": _spellings(catalog.kinds.values()),
            "genauigkeit": _spellings(catalog.precisions.values()),
            "status": _spellings(catalog.statuses.values()),
            "einheit": _spellings(catalog.units.values()),
            "field_kind": _spellings(catalog.field_kinds.values()),
            "kategorie": _spellings(catalog.field_categories.values()),
            "field_state": _spellings(catalog.field_states.values()),
            "field_level": _spellings(catalog.field_levels.values()),
            "field_rhythm": _spellings(catalog.field_rhythms.values()),
            "contradiction_kind": _spellings(catalog.contradiction_kinds.values()),
            "event_kind": _spellings(catalog.event_kinds.values()),
            "bruch": {"ja": "ja", "nein": "nein"},
            "traegerform": _spellings(catalog.forms.values()),
        }
        self.types = lookup(
            (each, (each, f"Typ {each}", f"Vergleichstyp {each}")) for each in catalog.vergleichstypen
        )
        self.signs = {entry.sign: entry.id for entry in catalog.statuses.values() if entry.sign}

    def area(self, text: str) -> str | None:
        """Return the id of a Jobcenter or region; official numbers are known with and without leading
        zeros."""
        return self.areas.get(fold(text)) or (self._keys.get(text.lstrip("0")) if text.isdigit() else None)

    def breakdown(self, text: str) -> str | None:
        """Return the id of a breakdown, parts joined by `+` in a fixed order; "" is the whole."""
        parts = [self.breakdowns.get(fold(part)) for part in text.split("+")]
        return None if None in parts else "+".join(sorted(part for part in parts if part))

    def meant_area(self, text: str) -> str:
        """Return a sentence with the areas most like `text`."""
        return _meant(text, self.areas, self.catalog.area_name)

    def meant_indicator(self, text: str) -> str:
        """Return a sentence with the indicators most like `text`."""
        return _meant(text, self.indicators, lambda id_: self.catalog.indicator(id_).label)

    def meant_breakdown(self, text: str) -> str:
        """Return a sentence with the breakdowns most like `text`."""
        return _meant(text, self.breakdowns, self.catalog.breakdown_name)

    def meant_type(self, text: str) -> str:
        """Return a sentence with the Vergleichstypen most like `text`."""
        return _meant(text, self.types, str)


def _spellings(entries: Iterable[Term | Status | Precision | Unit | Breakdown]) -> dict[str, str]:
    return lookup((entry.id, (entry.id, entry.name, *entry.aliases)) for entry in entries)


def _meant(text: str, known: Mapping[str, str], name_of: Callable[[str], str]) -> str:
    ids = dict.fromkeys(known[spelling] for spelling in nearest(text, known))
    names = " oder ".join(f"»{name_of(id_)}«" for id_ in ids)
    return f"Meinten Sie {names}?" if names else "Ähnliches ist nicht bekannt."

"""Jobcenter and Kreise beyond the catalog that a saved format has a word for: `jc-02706`, as statistics number them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from etl.areas import KINDS, Area
from etl.assigned import Word
from warehouse.catalog import Catalog, Region

_ID = re.compile(r"(jc|kr)-(\d{5})")


def area_of(word: Word) -> Area | None:
    """Return the area a word means where it is one that only deliveries know, by its official number; None for all others."""
    number = _ID.fullmatch(word.means) if word.column == "jobcenter" else None
    return Area(word.means, word.name, KINDS[number[1]], number[2]) if number else None


def knowing(catalog: Catalog, words: Iterable[Word]) -> Catalog:
    """Return the catalog that also knows the areas of these words, to read a table with."""
    areas = filter(None, map(area_of, words))
    named = {each.id: Region(each.id, each.name or each.id, each.kind) for each in areas}
    return replace(catalog, regions={**named, **catalog.regions}) if named else catalog

"""Jobcenter and Kreise beyond the catalog beside its own: the same catalog that knows a few more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from warehouse.catalog import Catalog, Jobcenter

_MARKERS = ("circle", "square", "diamond", "triangle-up", "cross")
GUESTS = len(_MARKERS)
"""So many areas beyond the catalog can be told apart beside its own."""
_COLOUR = "#737373"
"""A grey: identity colours belong to the Jobcenter of the catalog; contrast over 4:1 on light, 3.8:1 on dark."""


def with_guests(catalog: Catalog, names: Mapping[str, str], guests: Sequence[str]) -> Catalog:
    """Return the catalog with some more areas (ids, `names` by id) behind its own Jobcenter, each grey with a mark of its
    own. Everything that shows Jobcenter shows them as well."""
    added = {
        id_: Jobcenter(
            id=id_, name=names[id_], short_name=names[id_], land="", traegernummer="", ags="", form="",
            colour=_COLOUR, marker=marker, dash="solid",
        )
        for id_, marker in zip(guests, _MARKERS, strict=False)
        if id_ not in catalog.jobcenters
    }  # fmt: skip
    return replace(catalog, jobcenters={**catalog.jobcenters, **added}) if added else catalog

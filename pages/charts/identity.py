"""How an area is drawn: the five by their own colour and marker, every other one by the one neutral highlight."""

from __future__ import annotations

from pages.charts.theme import HIGHLIGHT
from warehouse.catalog import Catalog, Jobcenter


def identity(catalog: Catalog, area: str, name: str) -> Jobcenter:
    """Return colour, marker and line of an area; one that the catalog does not have gets the neutral highlight."""
    known = catalog.jobcenters.get(area)
    return known or Jobcenter(
        area, name, name, land="", traegernummer="", ags="", form="", colour=HIGHLIGHT, marker="star-diamond", dash="solid"
    )  # fmt: skip

"""Values as titles, sentences and labels in charts write them: thousands of euros become millions, tables keep T€."""

from __future__ import annotations

from pages.charts.years import chart_unit, short_number
from warehouse.catalog import Catalog
from warehouse.formatting import NBSP, format_difference, format_number, format_value

_FINE = 3
"""Decimals of a difference that the usual ones would round to nothing."""


def drawn_scale(catalog: Catalog, indicator: str) -> float:
    """Return by what a value is divided to be drawn in `chart_unit`."""
    unit = catalog.unit(indicator)
    return catalog.units[unit.shown_as].factor / unit.factor if unit.shown_as else 1.0


def drawn_value(
    catalog: Catalog,
    indicator: str,
    value: float | None,
    *,
    precision: str = "exakt",
    status: str = "endgueltig",
) -> str:
    """Return a value with its unit: `35,6 Mio. €` for 35.601 T€, everything else as in tables."""
    if value is None or not catalog.unit(indicator).shown_as:
        return format_value(catalog, indicator, value, precision=precision, status=status)
    number = short_number(catalog, indicator, value, precision=precision)
    return f"{number}{NBSP}{_unbroken(chart_unit(catalog, indicator))}"


def drawn_difference(catalog: Catalog, indicator: str, difference: float) -> str:
    """Return a difference with sign and unit: `−3,1 Mio. €`; with more digits where these would be zero."""
    unit = catalog.unit(indicator)
    if not unit.shown_as:
        return format_difference(catalog, indicator, difference)
    scaled = difference / drawn_scale(catalog, indicator)
    vanishes = difference and not round(scaled, unit.shown_decimals)
    number = format_number(scaled, _FINE if vanishes else unit.shown_decimals, signed=True)
    return f"{number}{NBSP}{_unbroken(chart_unit(catalog, indicator))}"


def _unbroken(unit: str) -> str:
    """Return a unit that no line break parts: titles are wrapped."""
    return unit.replace(" ", NBSP)

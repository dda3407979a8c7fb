"""The one formatter of figures, used by charts, tables and downloads: German, rounded only here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from math import isfinite
from typing import Any

from warehouse.catalog import Catalog
from warehouse.periods import period_label

MINUS = "\u2212"
NBSP = "\u00a0"
NOISE = 9
"""Decimals beyond which a digit comes from adding floats, not from a source."""
UNROUNDED = "aus ungerundeten Werten"
_NUMBER = re.compile(rf"[{MINUS}+]?[0-9][0-9.]*(?:,[0-9]+)?")
MOST_DECIMALS = 2
"""A document prints no more; further digits come from a calculation."""


def format_number(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """Return a number in German: `22.389`, `36,7`, `−4,4`; `signed` writes the plus of a change. Rounds half
    up."""
    if not isfinite(value):
        return {"inf": "∞", "-inf": MINUS + "∞"}.get(repr(float(value)), "–")
    with localcontext(prec=400):  # enough for every digit of any float
        rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        text = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    if rounded < 0:
        return MINUS + text
    return "+" + text if signed and rounded > 0 else text


def format_plain(value: float) -> str:
    """Return a number of any column in German with as many decimals as it has, four at most: `1.125`, `−2,0833`."""
    text = format_number(value, 4)
    return text.rstrip("0").rstrip(",")


def format_value(
    catalog: Catalog,
    indicator: str,
    value: float | None,
    *,
    precision: str = "exakt",
    status: str = "endgueltig",
    unit: bool = True,
    signed: bool | None = None,
) -> str:
    """Return a value as people read it: mark, number, unit (`≈ 36,7 %`, `−4,4 Prozentpunkte`, `1 : 75`).

    A missing value is returned as the sign of its status (`x`, `*`, …), never as a number. Changes carry
    their sign.
    """
    if value is None:
        return catalog.statuses[status].sign or "–"
    entry = catalog.indicator(indicator)
    its_unit = catalog.units[entry.unit]
    is_change = bool(entry.base_id) if signed is None else signed
    decimals = its_unit.decimals if entry.decimals is None else entry.decimals
    number = format_number(value, _decimals(value, precision, entry.unit, decimals), signed=is_change)
    mark = catalog.precisions[precision].mark
    parts = [mark, its_unit.prefix + number if unit else number, its_unit.suffix if unit else ""]
    return NBSP.join(part for part in parts if part)


def _decimals(value: float, precision: str, unit: str, usual: int) -> int:
    """Return how many decimals a value has: of a limit as many as are printed, of "about 500" none."""
    if precision == "exakt":
        return usual
    if unit != "%" and value == int(value):
        return 0
    printed = -int(Decimal(repr(value)).normalize().as_tuple().exponent)
    return max(usual, printed) if precision in ("ueber", "unter") and printed <= MOST_DECIMALS else usual


def format_difference(catalog: Catalog, indicator: str, difference: float) -> str:
    """Return the difference of two values of an indicator with its sign; percentages differ in
    Prozentpunkten."""
    entry = catalog.indicator(indicator)
    unit = catalog.units[catalog.unit(indicator).differs_in or entry.unit]
    number = format_number(
        difference, unit.decimals if entry.decimals is None else entry.decimals, signed=True
    )
    return NBSP.join(part for part in (number, unit.suffix) if part)


def unrounded(before: str, after: str, difference: str) -> str:
    """Return "aus ungerundeten Werten" where a difference as printed is not that of its two ends as printed, else "".

    The one place that decides it: all three are looked at as people read them, so no figure on screen contradicts another.
    """
    first, last, told = (_printed(text) for text in (before, after, difference))
    if first is None or last is None or told is None:
        return ""
    return "" if abs(last - first) == abs(told) else UNROUNDED


def told_difference(before: str, after: str, difference: str) -> str:
    """Return a difference for a sentence that names its two ends as well, with the note that it may need."""
    note = unrounded(before, after, difference)
    return f"{difference} ({note})" if note else difference


def _printed(text: str) -> Decimal | None:
    """Return the last number of a printed figure (`1 : 75` is 75); None where a sign stands for it."""
    found = _NUMBER.findall(text)
    return (
        Decimal(found[-1].replace(".", "").replace(",", ".").replace(MINUS, "-").lstrip("+"))
        if found
        else None
    )


def format_percent(value: float, *, decimals: int = 1, signed: bool = False) -> str:
    """Return a percentage: `36,7 %`, `−4,4 %`."""
    return f"{format_number(value, decimals, signed=signed)}{NBSP}%"


def format_row(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return the value of a row (CURRENT columns) as people read it, with mark and unit."""
    return format_value(
        catalog, row["indicator"], row["value"], precision=row["precision"], status=row["status"]
    )


def format_dated(catalog: Catalog, row: Mapping[str, Any], *, concept: bool = False) -> str:
    """Return the value of a row with its period in brackets: `22.374 (Jul 2019)`; `concept` adds the time concept.

    ‼ stands behind the value where its source contradicts itself; what is not final says what it is.
    """
    period = period_label(row["period_start"], row["period_end"])
    named = f", {catalog.time_concepts[row['time_concept']].short}" if concept else ""
    mark = " ‼" if row.get("contradicted") else ""
    status = catalog.statuses[row["status"]]
    soft = f", {status.name}" if status.is_soft else ""
    return f"{format_row(catalog, row)}{mark} ({period}{named}{soft})"

"""Typed cells of any workbook as text in German notation, as a spreadsheet shows them."""

from __future__ import annotations

from datetime import date, datetime, time

from etl.numbers import number_text, scaled

FORMULA_WITHOUT_RESULT = "Formel ohne Ergebnis"
UNKNOWN_ERROR = "#FEHLER"
KINDS = ("percent", "month", "year")
"""What a number format may make of a value beyond its digits."""


def cell_text(cell: object, shown: str = "") -> str:
    """Return a typed cell as a spreadsheet shows it, in German notation; dates as ISO, truth values as
    WAHR/FALSCH.

    `shown`: one of KINDS, or the text shown where the bare value is empty.
    """
    if isinstance(cell, bool):
        return "WAHR" if cell else "FALSCH"
    if isinstance(cell, int | float):
        return (
            number_text(scaled(float(cell), 100.0)) + " %" if shown == "percent" else number_text(float(cell))
        )
    if isinstance(cell, date):
        day = cell.isoformat()[:10]
        midnight = not isinstance(cell, datetime) or cell.time() == time.min
        return {"month": day[:7], "year": day[:4]}.get(shown, day if midnight else cell.isoformat(sep=" "))  # type: ignore[call-arg]
    text = str(cell).strip()
    return text or (shown if shown not in KINDS else "")


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Return rows that end with their last filled cell, up to the last filled row."""
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows

"""German words that agree: numbers as words, one and several, months and lists in a sentence."""

from __future__ import annotations

from warehouse.formatting import NBSP, format_number
from warehouse.periods import Period

MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
_WORDS = ("", "", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_ONE = {
    "nominative": {"m": "ein", "f": "eine", "n": "ein"},
    "dative": {"m": "einem", "f": "einer", "n": "einem"},
    "accusative": {"m": "einen", "f": "eine", "n": "ein"},
}


def number_word(number: int, gender: str, case: str = "nominative") -> str:
    """Return a whole number as people write it in a text: `kein`, `eine`, `zwölf`, `13`."""
    if number in (0, 1):
        return ("k" if number == 0 else "") + _ONE[case][gender]
    return _WORDS[number] if number < len(_WORDS) else format_number(number)


def counted(number: int, one: str, several: str, gender: str, case: str = "nominative") -> str:
    """Return a number with its noun: `kein Wert`, `eine Kennzahl`, `zwei Jobcenter`."""
    return f"{number_word(number, gender, case)} {one if number in (0, 1) else several}"


def verb(number: int, one: str, several: str) -> str:
    """Return the verb that agrees with a number of things; none and one take the singular."""
    return one if number in (0, 1) else several


def in_period(period: Period) -> str:
    """Return a period as a sentence begins with it: `Im Dezember 2019`, `Im Jahr 2019`, else as it is."""
    start, end = period.start, period.end
    if (start.year, start.month) == (end.year, end.month) and start != end:
        return f"Im {MONTHS[start.month - 1]} {start.year}"
    whole = (start.month, start.day, end.month, end.day, start.year) == (1, 1, 12, 31, end.year)
    return f"Im Jahr {start.year}" if whole else f"Am {period.label}" if start == end else period.label


def month_of(period: Period) -> str:
    """Return a period within a sentence: `Dezember 2019`, `2019`, else as it is."""
    told = in_period(period)
    return told.removeprefix("Im Jahr ").removeprefix("Im ").removeprefix("Am ")


def enumerated(parts: list[str]) -> str:
    """Return a list as a sentence has it: `a, b und c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} und {parts[-1]}"


def points(difference: float, unit: str) -> str:
    """Return the size of a difference: of rates in Prozentpunkten, else in the unit of the values."""
    if unit in ("%", "Prozentpunkte"):
        size = format_number(abs(difference), 1)
        return f"{size}{NBSP}{'Prozentpunkt' if size == '1,0' else 'Prozentpunkte'}"
    decimals = 0 if float(difference).is_integer() or abs(difference) >= 100 else 1
    return f"{format_number(abs(difference), decimals)} {unit}".strip()

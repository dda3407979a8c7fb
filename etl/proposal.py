"""Proposes how an unknown table may be read: where its headings and rows stand, what each column may be. A person confirms it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from etl.across import read_headings
from etl.assigned import DIMENSIONS
from etl.formats import Format
from etl.heads import Head, heads
from etl.lexicon import Lexicon
from etl.numbers import SIGNS, parse_number
from etl.read import Sheet
from warehouse.periods import parse_period
from warehouse.spelling import fold, nearest

VALUE, UNREAD = "wert", ""
_SEARCHED, _SAMPLED, _MOST_HEADERS = 80, 200, 6
_MOST = 0.5
_FEW_AREAS = 3
_SLIP = 0.85
_FILLERS = re.compile(r"\b(?:davon|darunter|dar\.|dav\.)|[,():]", re.IGNORECASE)
_CALLED = {
    "jobcenter": "jobcenter jc träger grundsicherungsstelle dienststelle region regionen gebiet kreis",
    "zeitraum": "zeitraum berichtsmonat zeit stichtag periode",
    "jahr": "jahr berichtsjahr",
    "monat": "monat",
    "kennzahl": "kennzahl merkmalsname indikator größe position bezeichnung",
    "merkmal": "merkmal personengruppe gruppe geschlecht alter altersgruppe ausprägung",
    "einheit": "einheit",
    "status": "status",
    "art": "art",
    "zeitbezug": "zeitbezug",
    "datenstand": "datenstand stand",
    "genauigkeit": "genauigkeit",
    "anmerkung": "anmerkung bemerkung hinweis kommentar",
}


@dataclass(frozen=True)
class Extent:
    """Where a table stands, in row numbers as a spreadsheet shows them: headings and data, first and last row."""

    first_header: int
    last_header: int
    first_row: int
    last_row: int


@dataclass(frozen=True)
class Guess:
    """What a column may be: a column of the Langformat, `wert` with its Kennzahl and Merkmal, or "" for not read."""

    read_as: str = UNREAD
    kennzahl: str = ""
    merkmal: str = ""


def propose_sheet(sheets: Sequence[Sheet]) -> int:
    """Return the index of the sheet with the most numbers in it."""
    counts = [sum(map(_numbers, sheet.rows[:_SAMPLED])) for sheet in sheets]
    return max(range(len(counts)), key=lambda at: (counts[at], -at), default=0)


def propose_extent(sheet: Sheet) -> Extent:
    """Return where the table of a sheet may stand: rows with numbers, the headings right above them."""
    rows = sheet.rows
    first = next((at for at in range(len(rows)) if _is_data(rows, at)), min(1, len(rows) - 1))
    last = max((at for at in range(first, len(rows)) if _numbers(rows[at])), default=first)
    header = first - 1
    while header > 0 and (not _filled(rows[header]) or _counts_columns(rows[header])):
        header -= 1
    top = max(header, 0)
    while top > 0 and header - top + 1 < _MOST_HEADERS and _is_heading(rows[top - 1]):
        top -= 1
    return Extent(top + 1, max(header, 0) + 1, first + 1, last + 1)


def _is_data(rows: Sequence[Sequence[str]], at: int) -> bool:
    row = rows[at]
    if not _numbers(row) or _counts_columns(row) or at == 0:
        return False
    periods = read_headings(row)
    return not (len(periods.columns) > 1 and len(periods.columns) == _numbers_and_periods(row))


def _numbers_and_periods(row: Sequence[str]) -> int:
    return sum(bool(cell) and (_is_number(cell) or parse_period(cell) is not None) for cell in row)


def _is_heading(row: Sequence[str]) -> bool:
    """Tell whether a row above the headings belongs to them: several cells, or one that is not at the left."""
    filled = [at for at, cell in enumerate(row) if cell]
    return bool(filled) and (len(filled) > 1 or filled[0] > 0)


def _counts_columns(row: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns."""
    numbers = [int(cell) for cell in row if cell.isdecimal() and len(cell) < 4]
    begins = bool(numbers) and numbers[0] in (0, 1, 2)
    return (
        begins
        and len(numbers) > 1
        and numbers
        == list(range(numbers[0], numbers[0] + len(numbers)))
        == sorted(int(cell) if cell.isdecimal() else -1 for cell in row if cell)
    )


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _numbers(row: Sequence[str]) -> int:
    return sum(_is_number(cell) for cell in row)


def _is_number(cell: str) -> bool:
    return bool(cell) and (cell in SIGNS or parse_number(cell.removesuffix("%").rstrip()) is not None)


def learned(formats: Sequence[Format]) -> dict[str, Guess]:
    """Return what people have said of headings in the formats they saved, those of the last format first."""
    known: dict[str, Guess] = {}
    for assigned in (each.assigned for each in formats if each.assigned):
        known |= {each.name: Guess(each.read_as) for each in assigned.columns}
        known |= {
            each.name: Guess(VALUE, each.kennzahl, each.merkmal) for each in assigned.values if each.name
        }
    return known


def propose_columns(
    sheet: Sheet, extent: Extent, lexicon: Lexicon, known: Mapping[str, Guess] | None = None
) -> dict[str, Guess]:
    """Return for each heading of a table what its column may be; of several for one meaning the clearest.

    `known`: what was said of headings before; it counts more than what words and cells look like.
    """
    known = known or {}
    columns = heads(sheet.rows, extent.first_header - 1, extent.last_header - extent.first_header + 1)
    body = sheet.rows[extent.first_row - 1 : extent.last_row][:_SAMPLED]
    guessed: dict[str, Guess] = {}
    taken: dict[str, tuple[float, str]] = {}
    for head in columns:
        if head.name in guessed:
            continue
        cells = [row[head.index] for row in body if head.index < len(row) and row[head.index]]
        guess, sure = (known[head.name], 4.0) if head.name in known else _guess(head, cells, lexicon)
        guessed[head.name] = guess
        if guess.read_as in DIMENSIONS:
            before = taken.get(guess.read_as, (0.0, ""))
            loser = before[1] if sure > before[0] else head.name
            if before[0]:
                guessed[loser] = Guess()
            taken[guess.read_as] = max((sure, head.name), before, key=lambda each: each[0])
    if "monat" in taken and "jahr" not in taken:
        guessed[taken["monat"][1]] = Guess("zeitraum" if "zeitraum" not in taken else UNREAD)
    if "jahr" in taken and "monat" not in taken:
        guessed[taken["jahr"][1]] = Guess("zeitraum" if "zeitraum" not in taken else UNREAD)
    return guessed


def _guess(head: Head, cells: Sequence[str], lexicon: Lexicon) -> tuple[Guess, float]:
    if head.told:
        return Guess(VALUE, *quantity(head.name, lexicon)), 1.0
    called = next((name for name, words in _CALLED.items() if fold(head.name) in words.split()), "")
    tests: dict[str, Callable[[str], bool]] = {
        "jobcenter": lambda cell: lexicon.area(cell) is not None and not cell.isdecimal(),
        "kennzahl": lambda cell: fold(cell) in lexicon.indicators,
        "merkmal": lambda cell: bool(lexicon.breakdown(cell)),
        "einheit": lambda cell: fold(cell) in lexicon.words["einheit"],
        "status": lambda cell: fold(cell) in lexicon.words["status"],
        "zeitraum": lambda cell: parse_period(cell) is not None and not cell.isdecimal(),
    }
    shares = {name: sum(map(test, cells)) / len(cells) for name, test in tests.items()} if cells else {}
    if shares and sum(map(tests["jobcenter"], cells)) >= _FEW_AREAS:
        shares["jobcenter"] = max(
            shares["jobcenter"], _MOST
        )  # a national table: most of its areas are not in the catalog
    best = max(shares, key=lambda name: shares[name], default="")
    if called and not (best and shares[best] > _MOST and called in ("merkmal", "kennzahl")):
        return Guess(called), 2.0 + shares.get(called, 0.0)
    if best and shares[best] >= _MOST:
        return Guess(best), 1.0 + shares[best]
    if cells and sum(map(_is_number, cells)) / len(cells) >= _MOST:
        kennzahl, merkmal = quantity(head.name, lexicon)
        return Guess(VALUE if kennzahl else UNREAD, kennzahl, merkmal), 1.0
    return Guess(), 0.0


def quantity(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return the ids of Kennzahl and Merkmal that a heading or label may speak of, "" where nothing is like it."""
    kennzahl, parts = "", []
    for part in text.split("|"):
        own = "" if kennzahl else lexicon.indicators.get(fold(part), "")
        found, breakdown = (own, "") if own else _of_words(part.strip(), lexicon)
        kennzahl = kennzahl or found
        parts += [breakdown] if breakdown else []
    if not kennzahl and not parts and "|" not in text:
        kennzahl = alike(text, lexicon.indicators)
    return kennzahl, "+".join(sorted(set(parts)))


def alike(text: str, spellings: Mapping[str, str]) -> str:
    """Return the id of a spelling that differs from a text by hardly more than a slip, "" where none does.

    A proposal that is merely similar would be overlooked and load values under a wrong name.
    """
    like = nearest(text, spellings, 1)
    is_slip = bool(like) and SequenceMatcher(None, like[0], fold(text)).ratio() >= _SLIP
    return spellings[like[0]] if is_slip else ""


def _of_words(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return Kennzahl and Merkmal of one part of a heading: the longest beginning that is one, and what the rest says."""
    words = _FILLERS.sub(" ", text).split()
    if breakdown := lexicon.breakdown(" ".join(words)):
        return "", breakdown
    for number in range(len(words), 0, -1):
        for quantity_, rest in ((words[:number], words[number:]), (words[-number:], words[:-number])):
            found = lexicon.indicators.get(fold(" ".join(quantity_)))
            breakdown = lexicon.breakdown(" ".join(rest))
            if found and breakdown is not None:
                return found, breakdown
    return "", ""

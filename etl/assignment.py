"""Turns what a person has chosen about an unknown table into a format, and tries it on the file before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from etl.assigned import (
    ASKED,
    DIMENSIONS,
    Assigned,
    Dimension,
    Made,
    Title,
    ToldFile,
    Value,
    Word,
    ends_before,
    stands_in,
)
from etl.assigned_reader import read_assigned
from etl.assigned_rules import broken_rules, understood
from etl.assigned_tables import find_assigned
from etl.assigned_toml import format_toml
from etl.check import check
from etl.formats import Format
from etl.heads import Head, heads
from etl.lexicon import Lexicon
from etl.problem import Problem
from etl.proposal import VALUE, Extent, Guess
from etl.read import Sheet
from etl.saved import id_of
from etl.title_texts import TitleText
from warehouse.catalog import Catalog
from warehouse.downloads import plain
from warehouse.schema import OBSERVATION
from warehouse.spelling import fold

TRIED_ROWS = 2_000
"""So many rows of each sheet are read at every change; the check after saving reads all."""
_TRANSLATED = ("jobcenter", "kennzahl", "merkmal")
"""Columns whose words can be given a meaning."""


@dataclass(frozen=True)
class Chosen:
    """What a person has said of a table.

    `columns`: heading → what it is; `once`: what holds for every file; `titles`: what stands above the table, by column
    of the Langformat; `told`: what is typed for this file alone; `words`: what the file calls something.
    """

    name: str
    extent: Extent
    columns: Mapping[str, Guess]
    repeated: frozenset[str] = frozenset()
    once: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, TitleText] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    title: str = ""
    known_only: bool = False


@dataclass(frozen=True)
class Trial:
    """What a format makes of the file: its rows (OBSERVATION columns), the sheets they are from, and what is wrong.

    `open`: what is still to be said before there can be a format; then there are no rows.
    """

    format: Format
    open: tuple[str, ...] = ()
    rows: pl.DataFrame = field(default_factory=OBSERVATION.to_frame, compare=False)
    sheets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # of areas beyond the catalog, by id
    is_cut: bool = False  # only the first TRIED_ROWS of each sheet were read


@dataclass(frozen=True)
class Unknown:
    """What the file calls something and nobody has said the meaning of; `rows` as a spreadsheet numbers them."""

    column: str
    text: str
    rows: tuple[int, ...]


def table_heads(sheet: Sheet, extent: Extent) -> list[Head]:
    """Return the columns of a table that stands there."""
    return heads(sheet.rows, extent.first_header - 1, extent.last_header - extent.first_header + 1)


def misplaced(sheet: Sheet, extent: Extent) -> str:
    """Return what cannot be with the chosen rows, "" where they are possible."""
    if extent.first_header > extent.last_header:
        return "Die erste Kopfzeile liegt unter der letzten. Vertauschen Sie die beiden."
    if extent.first_row <= extent.last_header:
        return "Die erste Datenzeile muss unter den Kopfzeilen liegen. Wählen Sie eine größere Zahl."
    if extent.last_row < extent.first_row or extent.last_row > len(sheet.rows):
        return f"Die letzte Datenzeile muss zwischen {extent.first_row} und {len(sheet.rows)} liegen."
    return "" if table_heads(sheet, extent) else "In den Kopfzeilen steht nichts. Wählen Sie andere Zeilen."


def declared(sheet: Sheet, chosen: Chosen, made: Made, extract: str) -> Format:
    """Return the format that says what was chosen; whether it can be used, its rules tell."""
    extent = chosen.extent
    after = (row for row in sheet.rows[extent.last_row :] if any(row))
    footer = next((next(cell for cell in row if cell) for row in after), "")
    columns = {name: guess for name, guess in chosen.columns.items() if guess.read_as in DIMENSIONS}
    values = {name: guess for name, guess in chosen.columns.items() if guess.read_as == VALUE}
    told = {name: text for name, text in chosen.told.items() if text}
    assigned = Assigned(
        columns=tuple(
            Dimension(name, each.read_as, name in chosen.repeated) for name, each in columns.items()
        ),
        values=tuple(Value(name, each.kennzahl, each.merkmal) for name, each in values.items()),
        headers=extent.last_header - extent.first_header + 1,
        below=extent.first_row - extent.last_header - 1,
        title=chosen.title,
        ends=ends_before(footer),
        known_only=chosen.known_only,
        ignored=tuple(name for name in chosen.columns if name not in columns and name not in values),
        asked=tuple(name for name in ASKED if name in chosen.told),
        titles=tuple(
            Title(column, stands_in(each.text, each.found, alike=column != "jobcenter"))
            for column, each in chosen.titles.items()
        ),
        words=chosen.words,
        files=(ToldFile(extract, made.file, **told),) if told else (),
        made=made,
    )
    once = {name: text for name, text in chosen.once.items() if text}
    named = chosen.name.strip() or "Neues Format"
    once.setdefault("quelle", named)
    return Format(id_of(named), named, "observations", given=once, assigned=assigned)


def with_source(format_: Format) -> Format:
    """Return a format with the TOML that declares it."""
    return replace(format_, source=format_toml(format_).encode())


def try_out(
    format_: Format, sheets: Sequence[Sheet], extract: str, catalog: Catalog, received: date
) -> Trial:
    """Read a file by a format that is not saved; nothing is written."""
    assert format_.assigned is not None
    if broken := tuple(broken_rules(format_, format_.assigned, Lexicon(catalog))):
        return Trial(format_, broken)
    tried = [replace(sheet, rows=sheet.rows[:TRIED_ROWS]) for sheet in sheets]
    found = find_assigned(tried, [format_])
    if found is None:
        return Trial(
            format_,
            ("In diesen Kopfzeilen findet das Format seine Spalten nicht wieder. Prüfen Sie Schritt 1.",),
        )
    tidied, problems = read_assigned(found, extract, catalog, received)
    beyond = {area.id: area.name for area in tidied.areas}
    checked, judged = check(tidied, catalog, names=beyond)
    names = tuple(table.sheet.name for table in found.tables)
    is_cut = any(len(sheet.rows) > TRIED_ROWS for sheet in sheets)
    return Trial(format_, (), checked.frame, names, (*problems, *judged), beyond, is_cut)


def rival(format_: Format, sheets: Sequence[Sheet], others: Sequence[Format]) -> str:
    """Return the name of a saved format that would claim the very file a new one was made for, "" where none does."""
    found = find_assigned(sheets, [*others, format_])
    if found is None or (found.format is format_ and not found.rivals):
        return ""
    return next((name for name in found.rivals if name != format_.name), found.format.name)


def unknown_words(sheet: Sheet, chosen: Chosen, lexicon: Lexicon) -> list[Unknown]:
    """Return each text of a column for Jobcenter, Kennzahl or Merkmal that is not understood, with all its rows."""
    by_name = {head.name: head for head in reversed(table_heads(sheet, chosen.extent))}
    values = [head.index for head in table_heads(sheet, chosen.extent) if _is_value(chosen, head.name)]
    asked = [
        (guess.read_as, by_name[name].index)
        for name, guess in chosen.columns.items()
        if guess.read_as in _TRANSLATED and name in by_name
    ]
    seen: dict[tuple[str, str], tuple[str, list[int]]] = {}
    first = chosen.extent.first_row
    for number, row in enumerate(sheet.rows[first - 1 : chosen.extent.last_row], first):
        if not any(at < len(row) and row[at] for at in values):
            continue
        for column, at in asked:
            if text := plain(row[at]) if at < len(row) else "":
                seen.setdefault((column, fold(text)), (text, []))[1].append(number)
    return [
        Unknown(column, text, tuple(numbers))
        for (column, _), (text, numbers) in seen.items()
        if not understood(column, text, lexicon)
    ]


def without_meaning(unknown: Sequence[Unknown], words: Sequence[Word]) -> list[Unknown]:
    """Return what is still not understood when these words are."""
    known = {(word.column, fold(word.text)) for word in words}
    return [each for each in unknown if (each.column, fold(each.text)) not in known]


def gaps(sheet: Sheet, chosen: Chosen) -> list[str]:
    """Return the columns that say something of their rows and have empty cells beside values: names given once for several."""
    all_heads = table_heads(sheet, chosen.extent)
    values = [head.index for head in all_heads if _is_value(chosen, head.name)]
    rows = sheet.rows[chosen.extent.first_row - 1 : chosen.extent.last_row]
    with_values = [row for row in rows if any(at < len(row) and row[at] for at in values)]
    found = []
    for head in all_heads:
        if chosen.columns.get(head.name, Guess()).read_as not in (
            "jobcenter",
            "kennzahl",
            "zeitraum",
            "jahr",
            "monat",
        ):
            continue
        filled = [head.index < len(row) and bool(row[head.index]) for row in with_values]
        if any(filled) and not all(filled):
            found.append(head.name)
    return found


def _is_value(chosen: Chosen, name: str) -> bool:
    return name in chosen.columns and chosen.columns[name].read_as == VALUE

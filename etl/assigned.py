"""How a table that a person has assigned looks, declared in the TOML of a saved format: header rows, and what each column is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from warehouse.spelling import fold

DIMENSIONS = {
    "jobcenter": "Jobcenter",
    "zeitraum": "Zeitraum",
    "jahr": "Jahr (mit Monat daneben)",
    "monat": "Monat (mit Jahr daneben)",
    "kennzahl": "Kennzahl",
    "merkmal": "Merkmal",
    "einheit": "Einheit",
    "status": "Status",
    "art": "Art (Ist, Soll …)",
    "zeitbezug": "Zeitbezug",
    "genauigkeit": "Genauigkeit",
    "datenstand": "Datenstand",
    "anmerkung": "Anmerkung",
}
"""What a column can say of the values in its row: columns of the Langformat, and year and month apart."""
SAID_ONCE = (
    "jobcenter",
    "kennzahl",
    "merkmal",
    "art",
    "zeitbezug",
    "einheit",
    "status",
    "quelle",
    "genauigkeit",
)
"""What can hold for every file of a format. A period never can: the next file has another one."""
ASKED = ("zeitraum", "datenstand")
"""What can be told for one single file."""


@dataclass(frozen=True)
class Dimension:
    """A column that says something of the values in its row. `filled`: an empty cell repeats the one above."""

    name: str
    read_as: str
    filled: bool = False


@dataclass(frozen=True)
class Value:
    """A column of values, or several that differ only in the period in their heading; `name` is the heading without it."""

    name: str
    kennzahl: str = ""
    merkmal: str = ""
    einheit: str = ""
    art: str = ""


@dataclass(frozen=True)
class Word:
    """What the file calls something: `text` in the column read as `column` means `means`; without it its rows are left out.

    `name`: what a Jobcenter beyond the catalog is officially called.
    """

    column: str
    text: str
    means: str = ""
    merkmal: str = ""
    name: str = ""


@dataclass(frozen=True)
class Title:
    """What stands once above the table, in the name of the sheet or below: the first group of `pattern`, in folded text."""

    column: str
    pattern: str


@dataclass(frozen=True)
class ToldFile:
    """What a person has said of one delivered file (by its SHA-256) because the file itself does not."""

    extract: str
    name: str = ""
    zeitraum: str = ""
    datenstand: str = ""


@dataclass(frozen=True)
class Made:
    """Who made a format when (UTC), after which file."""

    by: str
    at: str
    file: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Assigned:
    """The table of a saved format.

    `headers`: rows of headings, the upper ones reaching over the empty cells to their right; `below`: rows between them
    and the first data row. `title`: must stand above the table (folded text); `ends`: a pattern for the first filled cell
    of the row that no longer belongs to it. `known_only`: rows of Jobcenter that are not in the catalog are left out.
    `asked`: what has to be told for every file.
    """

    columns: tuple[Dimension, ...]
    values: tuple[Value, ...]
    headers: int = 1
    below: int = 0
    title: str = ""
    ends: str = ""
    known_only: bool = False
    ignored: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    titles: tuple[Title, ...] = ()
    words: tuple[Word, ...] = ()
    files: tuple[ToldFile, ...] = ()
    made: Made = Made("", "")

    @property
    def names(self) -> frozenset[str]:
        """Return the headings that are read."""
        return frozenset([each.name for each in self.columns] + [each.name for each in self.values])

    @cached_property
    def meanings(self) -> Mapping[tuple[str, str], Word]:
        """Return the words by column and folded text."""
        return {(word.column, fold(word.text)): word for word in self.words}

    def told(self, extract: str) -> ToldFile:
        """Return what was said of a file; nothing of one that nobody has said anything of."""
        return next((each for each in self.files if each.extract == extract), ToldFile(extract))

    def says(self, column: str) -> bool:
        """Tell whether the file itself says this, in a column, a heading or a title."""
        names = {each.read_as for each in self.columns} | {each.column for each in self.titles}
        return column in names or (column == "zeitraum" and "jahr" in names)


def ends_before(text: str) -> str:
    """Return the pattern for a row that begins like this one: its first word, or what stands before a colon."""
    folded = fold(text)
    first = folded.split(":")[0] + ":" if ":" in folded[:40] else folded.split(" ")[0]
    return "^" + _escaped(first) if folded else ""


def stands_in(text: str, found: str, *, alike: bool = True) -> str:
    """Return the pattern that finds in the next file what is `found` in this text: everything around it stays the same.

    `alike`: it is written in the same way there (a word and four digits: another month), else it may be any text.
    """
    folded, part = fold(text), fold(found)
    before, _, after = folded.partition(part)
    return f"^{_escaped(before)}({_shape(part) if alike else '.+?'}){_escaped(after)}$"


def _shape(text: str) -> str:
    """Return a pattern for texts written like this one: `oktober 2019` → a word, a blank and four digits."""
    runs = re.findall(r"[^\W\d_]+|\d+|[\W_]", text)
    return "".join(
        (r"\d{4}" if len(run) == 4 else r"\d{1,2}")
        if run.isdecimal()
        else r"[^\W\d_]+"
        if run.isalpha()
        else _escaped(run)
        for run in runs
    )


def _escaped(text: str) -> str:
    """Return text for a pattern, escaped only where it must be: people read it."""
    return re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text)

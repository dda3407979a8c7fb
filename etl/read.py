"""Reads a delivered file into RAW sheets: every cell as text in German notation, with the row a spreadsheet
shows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from etl.encoding import UndecidedError, decode
from etl.extract import LARGEST_FILE, Extract
from etl.formats import flat_formats, match_format
from etl.sandbox import RefusedError, read_workbook

DELIMITERS = ";,\t|"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX and ODS (a zip archive) and XLS (an OLE container) begin."""
_SEPARATOR = re.compile(r"sep=(.)(?:\r\n|\r|\n|$)")


class UnreadableError(Exception):
    """The file cannot be read; the message is a German half-sentence saying why."""


class TooLargeError(Exception):
    """The file is larger than allowed; the message says how large it is."""


@dataclass(frozen=True)
class Sheet:
    """A table of text cells; `rows[0]` is row 1 of the spreadsheet, blank rows included.

    The one table of a text file is named "". Rows of a workbook end with their last filled cell. `indents`: how many
    blanks stood before the label in the first column of each row; empty where no label is indented.
    """

    name: str
    rows: list[list[str]]
    hidden: bool = False
    indents: Sequence[int] = ()

    def indent(self, row: int) -> int:
        """Return how far the label of a row is indented."""
        return self.indents[row] if row < len(self.indents) else 0


def read_sheets(extract: Extract) -> list[Sheet]:
    """Return the sheets of a workbook, or the one table of a text file; a file without content has none.

    Raises UnreadableError and TooLargeError. Nothing is guessed: text is decoded strictly, hidden sheets come
    without rows.
    """
    if len(extract.content) > LARGEST_FILE:
        raise TooLargeError(f"{len(extract.content) // 1_000_000} MB")
    if not extract.content.strip():
        return []
    try:
        if extract.content.startswith(_WORKBOOKS):
            return [Sheet(**sheet) for sheet in read_workbook(extract.content)]
        return [Sheet("", _table(decode(extract.content)))]
    except (RefusedError, UndecidedError) as reason:
        raise UnreadableError(str(reason)) from reason


def _table(text: str) -> list[list[str]]:
    rows: list[list[str]] = []
    named = _SEPARATOR.match(text)  # the line with which Excel names the delimiter
    if named:
        rows, text = [[]], text[named.end() :]
    try:
        for row in _cut(text, named[1] if named else _delimiter(text), strict=True):
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        raise UnreadableError(
            f"in Zeile {len(rows) + 1} wird ein Anführungszeichen nicht geschlossen oder steht mitten im Feld"
        ) from error
    return rows


def _cut(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _delimiter(text: str) -> str:
    """Return the delimiter that shows the columns of a format in one of the first lines; else the one that
    cuts most of them into the same number of fields, and into the most."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]

    def evenness(delimiter: str) -> int:
        counts = [line.count(delimiter) for line in lines]
        return max((count * counts.count(count) for count in set(counts)), default=0)

    def shows_columns(delimiter: str) -> bool:
        with suppress(csv.Error):
            rows = list(islice(filter(any, _cut(text[:20_000], delimiter, strict=False)), 20))
            return not match_format(rows, flat_formats()).missing if rows else False
        return False

    return max(DELIMITERS, key=lambda delimiter: (shows_columns(delimiter), evenness(delimiter)))

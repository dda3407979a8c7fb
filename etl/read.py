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

from etl.encoding import UndecidedError, as_utf8
from etl.extract import Extract
from etl.formats import flat_formats, match_format
from etl.limits import limits
from etl.sandbox import RefusedError, read_workbook
from etl.text_table import TextTable, UnreadableError

DELIMITERS = ";,\t|"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX and ODS (a zip archive) and XLS (an OLE container) begin."""
_SEPARATOR = re.compile(rb"sep=(.)(?:\r\n|\r|\n|$)")
_HEAD = 20_000
"""Signs of a text by which its delimiter is told."""


class TooLargeError(Exception):
    """The file is larger than allowed: how large it is, what is allowed, and in which sheet."""

    def __init__(self, found: str, expected: str, sheet: str = "") -> None:
        super().__init__(found)
        self.found, self.expected, self.sheet = found, expected, sheet


@dataclass(frozen=True)
class Sheet:
    """A table of text cells; `rows[0]` is row 1 of the spreadsheet, blank rows included.

    The one table of a text file is named "", its rows are a TextTable. Rows of a workbook end with their last filled
    cell. `indents`: how many blanks stood before the label in the first column of each row; empty where no label is
    indented.
    """

    name: str
    rows: Sequence[list[str]]
    hidden: bool = False
    indents: Sequence[int] = ()

    def indent(self, row: int) -> int:
        """Return how far the label of a row is indented."""
        return self.indents[row] if row < len(self.indents) else 0


def read_sheets(extract: Extract) -> list[Sheet]:
    """Return the sheets of a workbook, or the one table of a text file; a file without content has none.

    Raises UnreadableError and TooLargeError; a TextTable raises UnreadableError later, too, when its rows are asked
    for. Nothing is guessed: text is decoded strictly, hidden sheets come without rows.
    """
    if len(extract.content) > limits().file_bytes:
        raise TooLargeError(f"{len(extract.content) // 1_000_000} MB", f"{limits().megabytes} MB")
    if not extract.content[:_HEAD].strip() and not extract.content.strip():
        return []
    try:
        if extract.content.startswith(_WORKBOOKS):
            return [Sheet(**sheet) for sheet in read_workbook(extract.content)]
        return [Sheet("", _table(*as_utf8(extract.content)))]
    except (RefusedError, UndecidedError) as reason:
        raise UnreadableError(str(reason)) from reason


def _table(content: bytes, begins: int) -> TextTable:
    named = _SEPARATOR.match(content, begins)  # the line with which Excel names the delimiter
    if named:
        return TextTable(content, named[1].decode(), named.end(), above=1)
    head = content[begins : begins + 4 * _HEAD].decode("utf-8", "ignore")
    return TextTable(content, _delimiter(head[:_HEAD]), begins)


def _delimiter(text: str) -> str:
    """Return the delimiter that shows the columns of a format in one of the first lines; else the one that
    cuts most of them into the same number of fields, and into the most."""
    lines = [line for line in text.splitlines() if line.strip()][:20]

    def evenness(delimiter: str) -> int:
        counts = [line.count(delimiter) for line in lines]
        return max((count * counts.count(count) for count in set(counts)), default=0)

    def shows_columns(delimiter: str) -> bool:
        with suppress(csv.Error):
            rows = list(islice(filter(any, _rows(text, delimiter)), 20))
            return not match_format(rows, flat_formats()).missing if rows else False
        return False

    return max(DELIMITERS, key=lambda delimiter: (shows_columns(delimiter), evenness(delimiter)))


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

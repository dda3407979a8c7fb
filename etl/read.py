"""Reads a delivered file into RAW sheets: every cell as text in German notation, with the row a spreadsheet
shows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.extract import LARGEST_FILE, Extract
from etl.formats import flat_formats
from etl.sandbox import RefusedError, read_workbook
from warehouse.spelling import fold

DELIMITERS = ";,\t|"
_GERMAN_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2[\x80-\x82][\x80-\xbf]")
"""Letters and signs in UTF-8 that make no German text in Windows-1252 (Ã¼, Â§, â€“)."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\r\n") | frozenset(map(chr, range(0x7F, 0xA0)))


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
    if extract.content.startswith(_OLE):
        raise UnreadableError("sie ist mit einem Kennwort geschützt oder hat das alte Excel-Format (XLS)")
    if not extract.content.startswith(_ZIP):
        return [Sheet("", _table(_decode(extract.content)))]
    try:
        return [Sheet(**sheet) for sheet in read_workbook(extract.content)]
    except RefusedError as reason:
        raise UnreadableError(str(reason)) from reason


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _strictly(content, "utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if _GERMAN_UTF8.search(content):
                row = content.count(b"\n", 0, error.start) + 1
                raise UnreadableError(
                    f"in Zeile {row} steht ein Zeichen, das nicht UTF-8 ist wie der Rest (gemischte Zeichenkodierung)"
                ) from error
            text = _strictly(content, "cp1252")
    if not _CONTROLS.isdisjoint(text):
        raise UnreadableError("sie enthält Steuerzeichen und ist keine Textdatei")
    return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "ihre Zeichenkodierung ist weder UTF-8 noch UTF-16 noch Windows-1252"
        ) from error


def _table(text: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True):
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        raise UnreadableError(
            f"in Zeile {len(rows) + 1} wird ein Anführungszeichen nicht geschlossen oder steht mitten im Feld"
        ) from error
    return rows


def _delimiter(text: str) -> str:
    """Return the delimiter that shows the columns of a format in one of the first lines; else the one that
    cuts most of them into the same number of fields, and into the most."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]

    def evenness(delimiter: str) -> int:
        counts = [line.count(delimiter) for line in lines]
        return max((count * counts.count(count) for count in set(counts)), default=0)

    def shows_columns(delimiter: str) -> bool:
        names = [{fold(cell.strip().strip('"')) for cell in line.split(delimiter)} for line in lines]
        return any(names_of.issuperset(each.required) for names_of in names for each in flat_formats())

    return max(DELIMITERS, key=lambda delimiter: (shows_columns(delimiter), evenness(delimiter)))

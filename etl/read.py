"""Reads a delivered file into RAW sheets: every cell as text in German notation, with the row a spreadsheet
shows."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from etl.extract import Extract
from etl.sandbox import RefusedError, read_workbook

DELIMITERS = ";,\t|"
LARGEST_FILE = 100_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\r\n") | frozenset(map(chr, range(0x7F, 0xA0)))


class UnreadableError(Exception):
    """The file cannot be read; the message is a German half-sentence saying why."""


class TooLargeError(Exception):
    """The file is larger than allowed; the message says how large it is."""


@dataclass(frozen=True)
class Sheet:
    """A table of text cells; `rows[0]` is row 1 of the spreadsheet, blank rows included.

    The one table of a text file is named "". Rows of a workbook end with their last filled cell.
    """

    name: str
    rows: list[list[str]]
    hidden: bool = False


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
        except UnicodeDecodeError:
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
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        return [[cell.strip() for cell in row] for row in rows]
    except csv.Error as error:
        raise UnreadableError(
            "ein Anführungszeichen wird nicht geschlossen oder steht mitten im Feld"
        ) from error


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts most of the first lines into the same number of fields, and into the
    most."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]

    def evenness(delimiter: str) -> int:
        counts = [line.count(delimiter) for line in lines]
        return max((count * counts.count(count) for count in set(counts)), default=0)

    return max(DELIMITERS, key=evenness)

"""Writes small XLS workbooks (BIFF8 in an OLE container) for the tests; only what the reader looks at."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from etl.extract import Extract

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_DATE = 14  # the built-in format of a day
_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class Error:
    """An error cell; 7 is #DIV/0!, 42 is #N/A."""

    code: int


@dataclass(frozen=True)
class Formula:
    """A formula cell with its cached number; None is a result that is an empty text."""

    result: float | None = None


def xls(
    *rows: Sequence[object],
    header: Sequence[str] = ("jobcenter", "kennzahl", "zeitraum", "wert"),
    formats: dict[int, str] | None = None,
    name: str = "l.xls",
) -> Extract:
    """Return an XLS delivery with typed cells; `formats` gives columns a number format."""
    return Extract(container({"Workbook": stream({"Daten": [header, *rows]}, formats)}), name)


def stream(
    sheets: dict[str, Iterable[Sequence[object]]],
    formats: dict[int, str] | None = None,
    hidden: Sequence[str] = (),
    extra: bytes = b"",
) -> bytes:
    """Return the Workbook stream; `extra` are more records of its beginning."""
    codes = list((formats or {}).values())
    styles = {column: index + 1 for index, column in enumerate(formats or {})}
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6)) + extra
    start += record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _text8("Arial"))
    for index, code in enumerate(codes):
        start += record(0x041E, struct.pack("<H", 164 + index) + _text16(code))
    for number in (0, *range(164, 164 + len(codes)), _DATE):
        start += record(0x00E0, struct.pack("<HHHBBBBIIH", 0, number, 0, 0, 0, 0, 0, 0, 0, 0))
    bodies = [_sheet(rows, styles) for rows in sheets.values()]
    names = [struct.pack("<BB", title in hidden, 0) + _text8(title) for title in sheets]
    at = len(start) + sum(len(entry) + 8 for entry in names) + 4
    for entry, body in zip(names, bodies, strict=True):
        start += record(0x0085, struct.pack("<I", at) + entry)
        at += len(body)
    return start + record(0x000A) + b"".join(bodies)


def record(number: int, content: bytes = b"") -> bytes:
    """Return one BIFF record."""
    return struct.pack("<HH", number, len(content)) + content


def _sheet(rows: Iterable[Sequence[object]], styles: dict[int, int]) -> bytes:
    parts = [record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6))]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = styles.get(column, 0) if number else 0
            if isinstance(cell, datetime):
                style = style or len(styles) + 1
            parts.append(_cell(struct.pack("<HHH", number, column, style), cell))
    return b"".join([*parts, record(0x000A)])


def _cell(place: bytes, cell: object) -> bytes:
    if isinstance(cell, Error):
        return record(0x0205, place + struct.pack("<BB", cell.code, 1))
    if isinstance(cell, Formula):
        empty = struct.pack("<B5xH", 3, 0xFFFF)
        result = empty if cell.result is None else struct.pack("<d", cell.result)
        return record(0x0006, place + result + struct.pack("<HIH", 0, 0, 0))
    if isinstance(cell, bool):
        return record(0x0205, place + struct.pack("<BB", cell, 0))
    if isinstance(cell, datetime):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return _cell(place, (cell.date() - _ZERO).days + seconds / 86400)
    if isinstance(cell, int | float):
        return record(0x0203, place + struct.pack("<d", cell))
    return record(0x0204, place + _text16(str(cell))) if cell else b""


def _text8(text: str) -> bytes:
    return struct.pack("<BB", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")


def _text16(text: str) -> bytes:
    return struct.pack("<HB", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")


def container(streams: dict[str, bytes]) -> bytes:
    """Return an OLE container with these streams."""
    padded = [content.ljust(4096, b"\0") for content in streams.values()]
    sectors, chain, starts = b"", [], []
    for content in [*padded, bytes((len(streams) + 4) // 4 * 4 * 128)]:  # the last is the directory
        starts.append(len(chain))
        used = -(-len(content) // _SECTOR)
        chain += [*range(len(chain) + 1, len(chain) + used), _END]
        sectors += content.ljust(used * _SECTOR, b"\0")
    entries = [_entry("Root Entry", 5, 1, _END, 0)]
    for index, (title, content) in enumerate(zip(streams, padded, strict=True), 1):
        entries.append(
            _entry(title, 2, index + 1 if index < len(streams) else _FREE, starts[index - 1], len(content))
        )
    directory = b"".join(entries)
    sectors = sectors[: starts[-1] * _SECTOR] + directory.ljust(len(sectors) - starts[-1] * _SECTOR, b"\0")
    tables = -(-(len(chain) + 109) // (_SECTOR // 4 - 1))
    places = [len(chain) + index for index in range(tables)]
    chain += [_FAT] * tables
    fat = b"".join(struct.pack("<I", at) for at in chain).ljust(tables * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, starts[-1], 0, 4096, _END, 0, _END, 0)
    head += b"".join(struct.pack("<I", at) for at in places).ljust(436, b"\xff")
    return head + sectors + fat


def _entry(title: str, kind: int, following: int, start: int, size: int) -> bytes:
    name = title.encode("utf-16-le") + b"\0\0"
    child, sibling = (following, _FREE) if kind == 5 else (_FREE, following)
    links = struct.pack("<III", _FREE, sibling, child)
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )

"""What the cells of an XLSX workbook show beyond their bare value: percent, month, year, errors, formulas
without result."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from etl.cells import FORMULA_WITHOUT_RESULT, UNKNOWN_ERROR

Shown = dict[tuple[int, int], str]
"""(row, column), counted from 0 → "percent", "month", "year", or the text shown where the bare value is
empty."""

_BUILT_IN = {9: "percent", 10: "percent", 17: "month"}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ROW_OR_CELL = re.compile(
    rb"<(?:\w+:)?row(\s[^>]*?)?/?>|<(?:\w+:)?c(?:\s([^>]*?))?(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"\b([rst])\s*=\s*[\"']([^\"']*)[\"']")
_RESULT = re.compile(rb"<(?:\w+:)?v>(.+?)</(?:\w+:)?v>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def shown_cells(archive: zipfile.ZipFile) -> dict[str, Shown]:
    """Return for every sheet by name the cells that show more than their bare value."""
    styles = _styles(archive)
    return {name: dict(_special(archive.read(part), styles)) for name, part in _sheet_parts(archive)}


def kind_of(format_code: str) -> str:
    """Return what a number format makes of a value: "percent", "month", "year" or "" for anything else."""
    code = _NOT_SHOWN.sub("", format_code).split(";")[0].lower()
    if "%" in code:
        return "percent"
    if "y" not in code or set(code) & set("dhs"):
        return ""
    return "month" if "m" in code else "year"


def _styles(archive: zipfile.ZipFile) -> dict[bytes, str]:
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    own = {
        int(each.get("numFmtId", "0")): kind_of(each.get("formatCode", ""))
        for each in root.iterfind(".//{*}numFmt")
    }
    kinds = {**_BUILT_IN, **own}
    formats = [kinds.get(int(each.get("numFmtId", "0")), "") for each in root.iterfind("./{*}cellXfs/{*}xf")]
    return {str(index).encode(): kind for index, kind in enumerate(formats) if kind}


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iterfind(".//{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        target = targets.get(key, "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.namelist():
            yield sheet.get("name", ""), part


def _special(part: bytes, styles: dict[bytes, str]) -> Iterator[tuple[tuple[int, int], str]]:
    row, column = 0, 0  # of the last cell; one that names no place stands behind it
    for found in _ROW_OR_CELL.finditer(part):
        if found[2] is None and found[3] is None and b"row" in found[0][:12]:
            named = dict(_ATTRIBUTE.findall(found[1] or b"")).get(b"r", b"")
            row, column = int(named) if named.isdigit() else row + 1, 0
            continue
        known = dict(_ATTRIBUTE.findall(found[2] or b""))
        shown = _shown(known, found[3] or b"", styles)
        column += 1
        if place := _REFERENCE.fullmatch(known.get(b"r", b"").decode()):
            row, column = int(place[2]), _column(place[1])
        if shown:
            yield (row - 1, column - 1), shown


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def _shown(attributes: dict[bytes, bytes], content: bytes, styles: dict[bytes, str]) -> str:
    result = _RESULT.search(content)
    if attributes.get(b"t") == b"e":
        return result[1].decode() if result else UNKNOWN_ERROR
    if not result and attributes.get(b"t") != b"inlineStr" and _FORMULA.search(content):
        return FORMULA_WITHOUT_RESULT
    return styles.get(attributes.get(b"s", b"0"), "")

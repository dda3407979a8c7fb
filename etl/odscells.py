"""Turns the typed cells of an ODS workbook into the text a spreadsheet shows, in German notation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

from etl.cells import FORMULA_WITHOUT_RESULT, UNKNOWN_ERROR, cell_text
from etl.odsstyles import attribute, named

_BLANKS = re.compile(r"[ \t\r\n]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ERROR = re.compile(r"(?:#|Err:|Fehler:).*", re.DOTALL)
_NOT_SHOWN = {"annotation", "note", "ruby-text"}
_LIBREOFFICE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_LONGEST_BLANK = 1_000


def ods_text(cell: Element, kind: str) -> str:
    """Return a cell as it is shown; an error or a formula without result is never an empty cell.

    `kind`: what its style makes of a number or date (percent, month, year or "").
    """
    type_, shown = attribute(cell, "value-type"), _paragraphs(cell)
    is_error = cell.get(_LIBREOFFICE_TYPE) == "error"
    if is_error or (type_ in ("float", "percentage", "currency") and _ERROR.fullmatch(shown)):
        return shown or UNKNOWN_ERROR
    instead = shown or (FORMULA_WITHOUT_RESULT if attribute(cell, "formula") else "")
    if type_ in ("float", "percentage", "currency"):
        value = attribute(cell, "value")
        if not value:
            return instead
        if not _NUMBER.fullmatch(value):
            raise ValueError(value)
        return cell_text(float(value), "percent" if type_ == "percentage" else kind)
    if type_ == "date" and attribute(cell, "date-value"):
        return cell_text(datetime.fromisoformat(attribute(cell, "date-value")), kind)
    if type_ == "boolean" and attribute(cell, "boolean-value"):
        return cell_text(attribute(cell, "boolean-value") == "true")
    return cell_text(attribute(cell, "string-value") or instead)


def _paragraphs(cell: Element) -> str:
    if len(cell) == 1 and not len(cell[0]) and named(cell[0]) == "p":
        return _BLANKS.sub(" ", cell[0].text or "").strip()
    return "\n".join("".join(_pieces(part)) for part in cell if named(part) == "p").strip()


def _pieces(part: Element) -> Iterator[str]:
    yield _BLANKS.sub(" ", part.text or "")
    for child in part:
        name = named(child)
        if name == "s":
            yield " " * min(int(attribute(child, "c") or 1), _LONGEST_BLANK)
        elif name in ("tab", "line-break"):
            yield " "
        elif name not in _NOT_SHOWN:
            yield from _pieces(child)
        yield _BLANKS.sub(" ", child.tail or "")

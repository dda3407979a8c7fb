"""Writes small ODS workbooks for the tests, as LibreOffice does."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from xml.sax.saxutils import escape, quoteattr

from etl.extract import Extract

_NAMES = (
    "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("number", "datastyle"),
        )
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
_PARTS = {"m": "month", "y": "year", "d": "day"}
_MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"


class Xml(str):
    """A cell written as it is: `<table:table-cell …/>`."""


def ods(
    *rows: Sequence[object],
    header: Sequence[str] = ("jobcenter", "kennzahl", "zeitraum", "wert"),
    formats: dict[int, str] | None = None,
    name: str = "l.ods",
) -> Extract:
    """Return an ODS delivery with typed cells; `formats` gives columns a number format."""
    return Extract(archive(document(table("Daten", [header, *rows], formats), formats)), name)


def cell(type_: str = "", value: str = "", shown: str = "", **more: object) -> Xml:
    """Return a cell of a value type; `repeated`, `formula`, `string` and `error` as its attributes."""
    names = {"repeated": "table:number-columns-repeated", "formula": "table:formula"}
    names |= {"string": "office:string-value", "error": "calcext:value-type"}
    kind = {"date": "date-value", "boolean": "boolean-value"}.get(type_, "value")
    told = {"office:value-type": type_, f"office:{kind}": value} if type_ else {}
    told |= {names[name]: str(content) for name, content in more.items()}
    attributes = "".join(f" {name}={quoteattr(content)}" for name, content in told.items() if content)
    return Xml(f"<table:table-cell{attributes}>{shown and f'<text:p>{shown}</text:p>'}</table:table-cell>")


def row(*cells: str, times: object = 1) -> Xml:
    """Return a row that is repeated."""
    return Xml(f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>')


def table(
    title: str, rows: Iterable[Sequence[object]], formats: dict[int, str] | None = None, style: str = ""
) -> str:
    """Return one sheet; rows given as Xml are written as they are."""
    columns = "".join(
        f'<table:table-column table:default-cell-style-name="c{index}"/>' for index in range(30)
    )
    written = (
        each
        if isinstance(each, Xml)
        else row(*(_cell(content, at, formats or {}) for at, content in enumerate(each)))
        for each in rows
    )
    start = f'<table:table table:name={quoteattr(title)} table:style-name="{style}">'
    return f"{start}{columns}{''.join(written)}</table:table>"


def document(tables: str, formats: dict[int, str] | None = None) -> bytes:
    """Return content.xml; the style `hidden` hides a sheet, `c3` is the style of the fourth column."""
    styles = '<style:style style:name="hidden" style:family="table">'
    styles += '<style:table-properties table:display="false"/></style:style>'
    for index, code in (formats or {}).items():
        kind = "percentage" if "%" in code else "date"
        signs = dict.fromkeys(sign for sign in code if sign in _PARTS and kind == "date")
        parts = "".join(f"<number:{_PARTS[sign]}/>" for sign in signs)
        styles += f'<number:{kind}-style style:name="n{index}">{parts}</number:{kind}-style>'
        styles += f'<style:style style:name="c{index}" style:family="table-cell"'
        styles += f' style:data-style-name="n{index}"/>'
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    start = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{_NAMES}>'
    styled = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return f"{start}{styled}{body}</office:document-content>".encode()


def archive(content: bytes, more: dict[str, bytes] | None = None, mime: str = MIME) -> bytes:
    """Return the zip archive around content.xml."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", mime, zipfile.ZIP_STORED)
        for part, text in {
            "content.xml": content,
            "META-INF/manifest.xml": _MANIFEST,
            **(more or {}),
        }.items():
            parts.writestr(part, text)
    return memory.getvalue()


def _cell(content: object, column: int, formats: dict[int, str]) -> Xml:
    if isinstance(content, Xml):
        return content
    if isinstance(content, bool):
        return cell("boolean", str(content).lower())
    if isinstance(content, date):
        is_day = not isinstance(content, datetime) or content.time() == time.min
        return cell("date", content.isoformat()[:10] if is_day else content.isoformat())
    if isinstance(content, int | float):
        return cell("percentage" if "%" in formats.get(column, "") else "float", repr(content), "gezeigt")
    return cell("string", "", escape(str(content))) if content else cell()

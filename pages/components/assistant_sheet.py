"""Step 1 of the assistant: the sheet as delivered, with the rows of its headings and data marked."""

from __future__ import annotations

import streamlit as st

from etl.places import letters
from etl.proposal import Extent
from etl.read import Sheet
from pages.components import html
from pages.components.assistant_form import Form
from warehouse.formatting import format_number

_SHOWN_ROWS, _SHOWN_COLUMNS, _SHOWN_SIGNS = 30, 30, 40


def ask_extent(form: Form, sheet: Sheet, proposed: Extent, prefix: str) -> Extent:
    """Ask where headings and data stand; show the sheet with the answer marked in it."""
    st.markdown("#### 1. Wo steht die Tabelle?")
    rows = len(sheet.rows)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first_header = form.number(
            "Erste Kopfzeile", f"{prefix}-kopf1", proposed=proposed.first_header, most=rows
        )
        last_header = form.number(
            "Letzte Kopfzeile", f"{prefix}-kopf2", proposed=proposed.last_header, most=rows
        )
        first_row = form.number(
            "Erste Datenzeile", f"{prefix}-daten1", proposed=proposed.first_row, most=rows
        )
        last_row = form.number("Letzte Datenzeile", f"{prefix}-daten2", proposed=proposed.last_row, most=rows)
    extent = Extent(first_header, last_header, first_row, last_row)
    st.html(grid(sheet, extent).text)
    return extent


def grid(sheet: Sheet, extent: Extent) -> html.Html:
    """Return the first rows of a sheet as a spreadsheet shows them: numbers of rows, letters of columns, headings marked."""
    shown = list(range(min(_SHOWN_ROWS, len(sheet.rows))))
    end = [
        at for at in range(extent.last_row - 1, min(extent.last_row + 2, len(sheet.rows))) if at not in shown
    ]
    width = min(max(map(len, sheet.rows), default=0), _SHOWN_COLUMNS)
    columns = "".join(f'<th scope="col">{letters(at)}</th>' for at in range(width))
    body = "".join(_row(sheet, at, width, extent) for at in shown)
    if end:
        body += f'<tr class="jv-gap"><td colspan="{width + 1}">…</td></tr>' if end[0] > len(shown) else ""
        body += "".join(_row(sheet, at, width, extent) for at in end)
    wider = max(map(len, sheet.rows), default=0) > width
    caption = f"Blatt wie geliefert: {format_number(len(sheet.rows))} Zeilen" + (
        f", gezeigt sind die ersten {width} Spalten" if wider else ""
    )
    return html.Html(
        f'<div class="jv-scroll" tabindex="0" role="region" aria-label="Blatt wie geliefert"><table class="jv-sheet">'
        f'<caption>{html.text(caption).text}</caption><thead><tr><th scope="col">Zeile</th>{columns}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(sheet: Sheet, at: int, width: int, extent: Extent) -> str:
    number, row = at + 1, sheet.rows[at]
    is_head = extent.first_header <= number <= extent.last_header
    is_data = extent.first_row <= number <= extent.last_row
    kind, word = ("jv-head", "Kopf") if is_head else ("", "") if is_data else ("jv-outside", "")
    cells = "".join(
        f"<td>{html.text(_short(row[at]) if at < len(row) else '').text}</td>" for at in range(width)
    )
    mark = f' <span class="jv-badge">{word}</span>' if word else ""
    return f'<tr class="{kind}"><th scope="row">{number}{mark}</th>{cells}</tr>'


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_SIGNS else line[: _SHOWN_SIGNS - 1] + "…"

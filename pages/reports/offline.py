"""The Mappe as one HTML file that opens without server and network: interactive charts, filters, tables, ready for print."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from pages.charts.tables import for_people
from pages.charts.theme import CONFIG
from pages.reports.printed import KEPT, matrix, printed
from pages.reports.reading import OWN_PLACE, light_template
from pages.reports.sheets import sheets
from pages.reports.svg import svg
from pages.reports.view import Deck, Progress, View, silent

_HERE = Path(__file__).parent
_ASSETS = _HERE.parent / "assets"
_WALL, _WALL_HIGH = 760, 330
"""Pixels of a drawing on a wall: on 1280 × 720 letters of 12 of them are 14 points."""
_WHO_AND_WHEN = {"Jobcenter", "Merkmal", "Zeitraum"}
_WALL_ROWS, _WALL_TABLES = 6, 4
"""Rows of a table on a wall, and how many such tables of a view; all rows stand in the file."""
_TOP, _BOTTOM = 30, 44
"""Pixels above and below a drawing once title and footnotes stand outside it."""


def html(deck: Deck, progress: Progress = silent) -> bytes:
    """Return the Mappe as one HTML file; nothing in it is loaded from elsewhere, and only its own scripts may run."""
    sections: list[str] = []
    figures: list[dict[str, Any]] = []
    views = deck.drawable()
    for number, view in enumerate(views, 1):
        sections.append(_section(view, number, len(figures)))
        if view.chart is not None:
            figures.append(_figure(view))
        progress(number, len(views), view.title)
    told = {
        "figures": figures,
        "config": {**CONFIG, "responsive": True},
        "locale": json.loads((_ASSETS / "plotly-locale-de.json").read_text(encoding="utf-8")),
    }
    scripts = [_plotly(), (_HERE / "offline.js").read_text(encoding="utf-8")]
    page = [
        f'<!doctype html><html lang="de"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(deck.title)}</title><style>{_style()}</style></head>",
        f"<body>"
        f'<a class="skip" href="#inhalt">Zum Inhalt springen</a>{_head(deck, views)}<main id="inhalt">{"".join(sections)}</main>',
        _foot(deck),
        '<p id="zaehler" role="status" aria-label="Folie"></p>',
        f'<script type="application/json" id="told">{_data(told)}</script>',
        *(f"<script>{script}</script>" for script in scripts),
        "</body></html>",
    ]
    return "".join(page).encode()


@cache
def _plotly() -> str:
    """Return the Plotly of the app itself, so that a chart looks the same in both."""
    return (
        files("plotly")
        .joinpath("package_data/plotly.min.js")
        .read_text(encoding="utf-8")
        .replace("</script", "<\\/script")
    )


def _policy(scripts: list[str]) -> str:
    allowed = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _style() -> str:
    faces = []
    for name, weight in (("Regular", 400), ("SemiBold", 600)):
        font = base64.b64encode((_ASSETS / f"FiraSans-{name}.woff2").read_bytes()).decode()
        faces.append(
            f'@font-face{{font-family:"Fira Sans";font-weight:{weight};src:url(data:font/woff2;base64,{font}) format("woff2")}}'
        )
    return "".join(faces) + (_HERE / "offline.css").read_text(encoding="utf-8")


def _data(told: dict[str, Any]) -> str:
    """Return data as JSON in which nothing can end the script it stands in."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _figure(view: View) -> dict[str, Any]:
    """Return the figure without the texts that stand outside the drawing here, and without the room for them."""
    assert view.chart is not None
    told: dict[str, Any] = json.loads(view.chart.figure.to_json())
    layout = told["layout"]
    layout["template"] = light_template()  # the screen it was pinned on may have been dark
    margin = layout["margin"]
    layout["annotations"] = [
        text for text in layout.get("annotations", ()) if text.get("name") not in OWN_PLACE
    ]
    layout["height"] += _TOP + _BOTTOM - margin["t"] - margin["b"]
    layout["margin"] = {**margin, "t": _TOP, "b": _BOTTOM}
    return {"data": told["data"], "layout": layout}


def _names(view: View) -> list[str]:
    """Return the Jobcenter of a view: those it was pinned for, else those its table names."""
    if view.jobcenters or "Jobcenter" not in view.table.columns:
        return list(view.jobcenters)
    return [str(name) for name in view.table["Jobcenter"].unique(maintain_order=True) if name]


def _head(deck: Deck, views: tuple[View, ...]) -> str:
    names = list(dict.fromkeys(name for view in views for name in _names(view)))
    boxes = "".join(
        f'<label><input type="checkbox" value="{escape(name)}" checked> {escape(name)}</label>'
        for name in names
    )
    entries = "".join(
        f'<li><a href="#ansicht-{n}">{escape(view.title)}</a></li>' for n, view in enumerate(views, 1)
    )
    about = "".join(f"<p>{escape(line)}</p>" for line in (deck.dated, deck.author, deck.contact) if line)
    intern = '<p><span class="intern">INTERN</span> Enthält Zahlen aus einem als intern gekennzeichneten Dokument.</p>'
    choice = (
        f'<fieldset class="filter"><legend>Jobcenter zeigen</legend>{boxes}<span id="count" role="status" class="muted">'
        f"{len(views)} von {len(views)} Ansichten</span></fieldset>"
    )
    return (
        f"<header><h1>{escape(deck.title)}</h1>{about}{intern if deck.is_confidential else ''}"
        '<p><button type="button" id="praesentieren">Präsentieren</button></p>'
        f'<nav aria-label="Inhalt"><ol>{entries}</ol></nav>{choice if len(names) > 1 else _hidden_count()}'
        "<noscript><p>Ohne JavaScript sind die Diagramme feststehende Zeichnungen.</p></noscript></header>"
    )


def _hidden_count() -> str:
    return '<span id="count" hidden></span>'


def _section(view: View, number: int, figure: int) -> str:
    notes = "".join(f"<p>{escape(name)}: {escape(text)}</p>" for name, text in view.footnotes)
    link = (
        f'<p><a href="{escape(view.link)}">Diese Ansicht in der Anwendung</a></p>'
        if _is_web(view.link)
        else ""
    )
    about = "".join(
        f"<h3>{name}</h3><p>{escape(text)}</p>"
        for name, text in (
            ("In einfacher Sprache", view.paragraph),
            ("Definition", view.definition),
            ("Lesebeispiel", view.reading),
        )
        if text
    ) + "".join(f"<p>‼ {escape(text)}</p>" for text in view.contradictions)
    jobcenters = escape(json.dumps(_names(view), ensure_ascii=False))
    parts = [
        f'<section id="ansicht-{number}" aria-labelledby="titel-{number}" data-jobcenter="{jobcenters}">'
        f'<h2 id="titel-{number}">{escape(view.title)}</h2>',
        f'<p class="muted">{escape(view.subtitle)}</p>' if view.subtitle else "",
        '<p><span class="intern">INTERN</span></p>' if view.is_confidential else "",
        f'<p class="comment">{escape(view.beside)}</p>' if view.beside else "",
        _drawing(view, figure),
        _wall(view),
        f'<div class="notes">{notes}{link}</div>',
        _remarks(view),
        _table(view),
        f"<details><summary>Definition und Lesebeispiel</summary>{about}</details>" if about else "",
        "</section>",
    ]
    return "".join(parts)


def _remarks(view: View) -> str:
    """Return the comments on what is shown; who said it and when stands before it."""
    told = "".join(f"<dt>{escape(about)}</dt><dd>{escape(text)}</dd>" for about, text in view.remarks.items())
    return f'<dl class="remarks">{told}</dl>' if told else ""


def _is_web(link: str) -> bool:
    return link.startswith(("http://", "https://"))


def _drawing(view: View, figure: int) -> str:
    scene = view.scene(640)
    if scene is None:
        return ""
    drawn = f'<div class="drawing" data-figure="{figure}">{svg(scene)}</div>'
    return f'<figure aria-label="{escape(view.alt)}">{drawn}{_parts(view)}</figure>'


def _parts(view: View) -> str:
    """Return a drawing too tall for a wall in parts, each as large as the others; the presentation shows one after the other."""
    scene = view.scene(_WALL)
    parts = sheets(scene, _WALL_HIGH) if scene is not None and scene.height > _WALL_HIGH else []
    return "".join(f'<div class="part" hidden>{svg(part)}</div>' for part in parts) if len(parts) > 1 else ""


def _wall(view: View) -> str:
    """Return a table as the presentation shows it: the columns that say something, some rows at a time."""
    if view.chart is not None or not view.table.width:
        return ""
    shown = matrix(view.table) or printed(view.table)
    chosen = [n for n, name in enumerate(shown.columns) if shown.matrix or name in KEPT]
    if {shown.columns[n] for n in chosen} <= _WHO_AND_WHEN:  # a table of texts
        others = [n for n in range(len(shown.columns)) if n not in chosen]
        chosen = sorted([*chosen, *others[:2]])
    head = "".join(f"<th>{escape(shown.columns[n])}</th>" for n in chosen)
    count = -(-len(shown.rows) // _WALL_ROWS) or 1
    each = -(-len(shown.rows) // count)  # all parts alike, so that none holds a single row
    told = []
    for at in range(0, min(count, _WALL_TABLES) * each, each or 1):
        cells = [
            "".join(_cell(row[n], figure=shown.figures[n]) for n in chosen)
            for row in shown.rows[at : at + each]
        ]
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        told.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    if left := len(shown.rows) - each * _WALL_TABLES if count > _WALL_TABLES else 0:
        told[-1] += f'<p class="muted">{left} weitere Zeilen stehen in der Mappe.</p>'
    return "".join(f'<div class="part" hidden>{part}</div>' for part in told)


def _cell(text: str, *, figure: bool) -> str:
    kind = ' class="figure"' if figure else ""
    return f"<td{kind}>{escape(text)}</td>"


def _table(view: View) -> str:
    if not view.table.width:
        return ""
    raw, shown = view.table, for_people(view.table)
    shown = shown.with_columns(pl.all().cast(pl.String).fill_null(""))
    values = {
        name: raw["Wert" if name == "Angabe" and "Wert" in raw.columns else name].to_list()
        for name in shown.columns
    }
    numeric = {name for name, kind in raw.schema.items() if kind.is_numeric()} | {"Angabe"}
    kinds = ['class="figure"' if name in numeric else "" for name in shown.columns]
    head = "".join(
        f'<th scope="col" {kind}><button type="button">{escape(name)}</button></th>'
        for name, kind in zip(shown.columns, kinds, strict=True)
    )
    body = []
    for number, row in enumerate(shown.iter_rows()):
        area = (
            f' data-jobcenter="{escape(str(raw["Jobcenter"][number]))}"' if "Jobcenter" in raw.columns else ""
        )
        cells = "".join(
            f"<td {kind}{_sortable(values[name][number])}>{escape(str(cell))}</td>"
            for name, kind, cell in zip(shown.columns, kinds, row, strict=True)
        )
        body.append(f"<tr{area}>{cells}</tr>")
    opened = "" if view.chart is not None else " open"
    return (
        f'<details{opened}><summary>Als Tabelle ({shown.height})</summary><div class="scroll" tabindex="0" role="group" '
        f'aria-label="Tabelle: {escape(view.title)}"><table><thead><tr>{head}</tr>'
        f"</thead><tbody>{''.join(body)}</tbody></table></div></details>"
    )


def _sortable(value: object) -> str:
    """Return by what a cell is sorted: numbers and dates by themselves, texts as they are written."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f' data-value="{value!r}"'
    return f' data-value="{value:%Y%m%d}"' if isinstance(value, date) else ""


def _foot(deck: Deck) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(s)}</th><td>{escape(m)}</td></tr>' for s, m in deck.signs.items()
    )
    signs = f"<h2>Zeichen</h2><table><tbody>{rows}</tbody></table>" if rows else ""
    return f'<footer>{signs}<p class="muted">Jobcenter-Vergleich · {escape(deck.dated)}</p></footer>'

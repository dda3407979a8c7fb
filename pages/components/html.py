"""HTML that pages show: tables, badges and links. Everything that comes from data is escaped here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from pages.components.markdown import plain as plain
from pages.components.warehouse import state_address


@dataclass(frozen=True)
class Html:
    """A piece of HTML that is safe to show."""

    text: str

    def __add__(self, other: Html) -> Html:
        return Html(self.text + other.text)


def text(value: object) -> Html:
    """Return escaped text."""
    return Html(escape(str(value)))


def muted(value: object) -> Html:
    """Return secondary text: smaller, in the muted colour."""
    return Html(f'<span class="jv-muted">{escape(str(value))}</span>')


def strong(value: object) -> Html:
    """Return the few words that matter most."""
    return Html(f"<strong>{escape(str(value))}</strong>")


def folded(summary: str, content: Html, *, is_open: bool = False) -> Html:
    """Return content that opens on a click; the line that stays says how much it is."""
    state = " open" if is_open else ""
    return Html(
        f'<details class="jv-more"{state}><summary>{escape(summary)}</summary>{content.text}</details>'
    )


def struck(part: Html) -> Html:
    """Return a part struck through: it was taken back. A word beside it must say so, too.

    The minus of a number is left out of the line, which would run through it and make −1,1 look like 1,1.
    """
    signed = re.sub(r"−(?=\d)", '<span class="jv-sign">−</span>', part.text)
    return Html(f"<del>{signed}</del>")


EMPTY = Html("")
NOTHING = Html('<span class="jv-muted jv-nothing">–</span>')
"""The cell of a value that no source gives."""


def badge(word: str, hint: str) -> Html:
    """Return a small framed word with an explanation on hover."""
    return Html(f'<span class="jv-badge" title="{escape(hint)}">{escape(word)}</span>')


def stacked(*parts: Html) -> Html:
    """Return parts below each other."""
    lines = "".join(f"<div>{part.text}</div>" for part in parts if part.text)
    return Html(f"<div>{lines}</div>" if lines else "")


def noted(told: str, note: str) -> Html:
    """Return a text with a small note below it, where there is one."""
    return stacked(text(told), muted(note) if note else EMPTY)


def listed(*parts: Html) -> Html:
    """Return parts as a list without bullets, set apart from each other."""
    return Html(f'<ul class="jv-list">{"".join(f"<li>{part.text}</li>" for part in parts if part.text)}</ul>')


def beside(*parts: Html) -> Html:
    """Return parts beside each other."""
    return Html(" ".join(part.text for part in parts if part.text))


def marks(*badges: Html) -> Html:
    """Return badges below a value; where a column is narrow, they stand below each other."""
    return (
        Html(f'<span class="jv-marks">{beside(*badges).text}</span>')
        if any(b.text for b in badges)
        else EMPTY
    )


def link(label: Html, page: str, hint: str = "", **parameters: str | Sequence[str]) -> Html:
    """Return a link to a page of this app; it leads to the state of the data that is shown here."""
    title = f' title="{escape(hint)}"' if hint else ""
    address = urlencode({**parameters, **state_address()}, doseq=True)
    target = f"{page}?{address}" if address else page
    return Html(f'<a href="{escape(target)}" target="_self"{title}>{label.text}</a>')


def sparkline(values: Sequence[float], colour: str, hint: str, width: int = 64, height: int = 18) -> Html:
    """Return a small line without axes: the course of a series, drawn between its lowest and highest value."""
    low, high = min(values), max(values)
    steps = max(len(values) - 1, 1)
    points = " ".join(
        f"{2 + index * (width - 4) / steps:.1f},{height - 2 - (value - low) / ((high - low) or 1) * (height - 4):.1f}"
        for index, value in enumerate(values)
    )
    line = f'<polyline points="{points}" fill="none" stroke="{escape(colour)}" stroke-width="2"/>'
    return _drawing(line, "jv-spark", hint, width, height)


def _drawing(shapes: str, kind: str, hint: str, width: int, height: int) -> Html:
    """Return SVG shapes as a picture: Streamlit removes SVG elements from HTML, a picture in the address stays."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{shapes}</svg>'.replace(
        "#", "%23"
    )
    return Html(
        f"<img class='{kind}' width='{width}' height='{height}' alt='{escape(hint)}' src='data:image/svg+xml,{svg}'>"
    )


def bar(share: float) -> Html:
    """Return a small grey bar from zero in a lighter track: it repeats the number beside it for the eye."""
    return Html(
        f'<span class="jv-bar" aria-hidden="true"><span style="width:{100 * min(max(share, 0.0), 1.0):.0f}%"></span></span>'
    )


def position(share: float, hint: str) -> Html:
    """Return a track with the middle half shaded and a mark at a share of its length: where a value lies among others."""
    mark = f'<rect x="{share * 74:.1f}" y="1" width="6" height="16" fill="#6e7597"/>'
    track = '<rect x="20" y="4" width="40" height="10" fill="#b2b6cc"/><rect x="0" y="8" width="80" height="2" fill="#b2b6cc"/>'
    return _drawing(track + mark, "jv-spark", hint, 80, 18)


def key(colour: str) -> Html:
    """Return the small square that shows the colour of a Jobcenter beside its name."""
    return Html(f'<span class="jv-key" style="background:{escape(colour)}"></span>')


@dataclass(frozen=True)
class Section:
    """A heading row inside a table."""

    title: str


def table(
    head: Sequence[str | Html],
    rows: Iterable[Sequence[Html] | Section],
    *,
    caption: str,
    figures_from: int | None = None,
) -> Html:
    """Return a table whose first column names the row; columns from `figures_from` on are right-aligned figures.

    On a phone each row becomes a block: its name, then one line per cell with the name of its column (style.css); the
    roles keep it a table for screen readers there.
    """
    first = len(head) if figures_from is None else figures_from
    names = [name if isinstance(name, Html) else text(name) for name in head]
    columns = "".join(
        f'<th scope="col" role="columnheader"{_number(index, first)}>{name.text}</th>'
        for index, name in enumerate(names)
    )
    labels = [re.sub("<[^>]+>", "", name.text) for name in names]
    body = "".join(_row(row, labels, first) for row in rows)
    return Html(
        f'<div class="jv-scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="jv-table" role="table">'
        f'<caption>{escape(caption)}</caption><thead role="rowgroup"><tr role="row">{columns}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _number(index: int, figures_from: int) -> str:
    return ' class="jv-number"' if index >= figures_from else ""


def _row(row: Sequence[Html] | Section, labels: Sequence[str], figures_from: int) -> str:
    if isinstance(row, Section):
        heading = f'<th colspan="{len(labels)}" scope="colgroup" role="columnheader">{escape(row.title)}</th>'
        return f'<tr class="jv-section" role="row">{heading}</tr>'
    first, *others = row
    cells = "".join(
        f'<td role="cell" data-label="{label}"{_number(index, figures_from)}>{cell.text}</td>'
        for index, (cell, label) in enumerate(zip(others, labels[1:], strict=True), 1)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{first.text}</th>{cells}</tr>'

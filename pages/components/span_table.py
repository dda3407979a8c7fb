"""Where the series of a chart began and where they stand, a row each; what a sentence cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.amounts import drawn_difference, drawn_value
from pages.components import html
from pages.components.warehouse import catalog
from warehouse.formatting import format_percent, unrounded
from warehouse.periods import period_label


def span_table(spans: pl.DataFrame) -> html.Html:
    """Return series (SPAN columns) as a table: Jobcenter, first and last value with their periods, change."""
    body: list[list[html.Html] | html.Section] = [_row(span) for span in spans.iter_rows(named=True)]
    return html.table(
        ("Jobcenter", "Beginn", "zuletzt", "Veränderung"),
        body,
        figures_from=1,
        caption="Beginn und Ende jeder Reihe",
    )


def _row(span: Mapping[str, Any]) -> list[html.Html]:
    known = catalog()
    kind = "" if span["kind"] == "ist" else known.kinds[span["kind"]].name
    name = html.stacked(
        html.text(known.area_name(span["jobcenter"])), html.muted(kind) if kind else html.EMPTY
    )
    first, last = (drawn_value(known, span["indicator"], span[end]) for end in ("first", "last"))
    ends = [
        html.stacked(html.text(value), html.muted(period_label(span[f"{end}_start"], span[f"{end}_end"])))
        for end, value in (("first", first), ("last", last))
    ]
    return [name, *ends, _change(span, first, last)]


def _change(span: Mapping[str, Any], first: str, last: str) -> html.Html:
    if span["change"] is None:
        return html.NOTHING
    told = drawn_difference(catalog(), span["indicator"], span["change"])
    percent = span["change_percent"]
    note = unrounded(first, last, told)
    small = [format_percent(percent, signed=True)] if percent is not None else []
    return html.stacked(html.text(told), *(html.muted(text) for text in (*small, note) if text))

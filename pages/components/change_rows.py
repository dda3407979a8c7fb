"""The newest values of a course with their changes, a section per Jobcenter and kind, beside its chart."""

from __future__ import annotations

import polars as pl
import streamlit as st

from pages.charts.changes import CHANGES_NOTE
from pages.components import html, show
from pages.components.series_rows import change_row
from pages.components.warehouse import catalog

NEWEST = 13
"""A month and the twelve before it: more rows nobody reads beside a chart."""
_FEWEST = 3
_SIGNS = "– nicht berechnet (erster, ungefährer oder widersprüchlicher Wert, oder ein Bruch der Reihe liegt dazwischen)"


def change_rows(points: pl.DataFrame) -> None:
    """Show the values of a chart (TREND columns of one quantity) with their changes; of months also to the year before."""
    known, rate = catalog(), catalog().unit(points["indicator"][0]).is_rate
    body: list[list[html.Html] | html.Section] = []
    sections = points.partition_by("jobcenter", "kind", maintain_order=True)
    longest = max(section.height for section in sections)
    by_year = bool(points["months"][0] == 1 and longest > NEWEST)
    rows = NEWEST if longest <= NEWEST else max(_FEWEST, NEWEST // len(sections))
    for part in sections:
        area, kind = part.select("jobcenter", "kind").row(0)
        body.append(html.Section(f"{known.area_name(area)} · {known.kinds[kind].name}"))
        newest = part.tail(rows).iter_rows(named=True)
        body += [change_row(row, rate=rate, by_year=by_year) for row in newest]
    head = ["Zeitraum", "Wert", "Veränderung", *(() if rate or by_year else ("in Prozent",))]
    caption = "Werte und ihre Veränderung zum vorigen Zeitraum"
    caption += ", darunter zum selben Monat des Vorjahres" if by_year else ""
    if longest > rows:
        caption += f"; die neuesten {rows} Zeiträume, alle stehen unter »Als Tabelle«"
    st.html(html.table(head, body, caption=caption, figures_from=1).text)
    show.footnotes({"Eigene Berechnung": CHANGES_NOTE, "Zeichen": _SIGNS})

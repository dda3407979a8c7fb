"""All series at a glance: quantities as rows, Jobcenter as columns, each cell the newest value with its course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from pages.charts.changes import change_table
from pages.charts.chart import source_notes
from pages.components import html, show
from pages.components.courses import Series, every_series
from pages.components.series_rows import overview_cells
from pages.components.warehouse import as_of, catalog, snapshot, state_address
from warehouse.catalog import load_catalog

PARTS = " Teile, die eine Statistik für alle nennt (Frauen, unter 25 …), stehen in der Auswahl der Kennzahl."
_CAPTION = (
    "Neuester Wert jeder Reihe, darunter die Zeit vom ersten bis zu diesem Wert. Die Kennzahl führt zur Zeitreihe, der Wert "
    "zum Nachweis. – bedeutet: keine zwei Zeitpunkte."
)


def overview(every: Series, quantities: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
    """Show all series of the chosen Jobcenter as one table for each topic; the first is open."""
    known, points = catalog(), every.newest.filter(pl.col("jobcenter").is_in(chosen))
    cells = _cells(str(snapshot()), as_of(), tuple(state_address().items()), tuple(chosen))
    drawn = set(points.select("indicator", "breakdown").unique().iter_rows())
    of_topic = {
        topic.name: [key for key in quantities if key in drawn and known.indicator(key[0]).topic == topic.id]
        for topic in known.topics.values()
    }
    there = {name: own for name, own in of_topic.items() if own}
    caption = _CAPTION + (PARTS if every.without_parts else "")
    tables = [
        html.folded(f"{name} ({len(own)})", _topic_table(own, cells, chosen, caption), is_open=number == 0)
        for number, (name, own) in enumerate(there.items())
    ]
    show.table(
        html.stacked(*tables),
        change_table(known, points),
        title="Alle Zeitreihen",
        notes=source_notes(known, points),
        key="uebersicht",
    )


@st.cache_resource(max_entries=12, show_spinner=False)
def _cells(
    path: str, act: int | None, address: tuple[tuple[str, str], ...], areas: tuple[str, ...]
) -> dict[tuple[str, str, str], html.Html]:
    return overview_cells(every_series(areas))


def _topic_table(
    own: Sequence[tuple[str, str]],
    cells: Mapping[tuple[str, str, str], html.Html],
    chosen: Sequence[str],
    caption: str,
) -> html.Html:
    known = catalog()
    areas = [known.area_name(id_) for id_ in chosen]
    named = {} if tuple(chosen) == tuple(load_catalog().jobcenters) else {"jobcenter": areas}
    body: list[list[html.Html] | html.Section] = []
    for key in own:
        label = known.quantity_name(*key, coded=True)
        linked = html.link(html.text(label), "zeitreihen", "Zeitreihe zeigen", kennzahl=label, **named)
        body.append([linked, *(cells.get((id_, *key), html.NOTHING) for id_ in chosen)])
    return html.table(["Kennzahl", *areas], body, figures_from=1, caption=caption)


def overview_answer(every: Series, chosen: Sequence[str]) -> str:
    """Say in one sentence how many series there are, and who has none."""
    known = catalog()
    lines = every.lines.filter(pl.col("jobcenter").is_in(chosen))
    without = [known.area_name(id_) for id_ in chosen if id_ not in lines["jobcenter"].to_list()]
    none = f" Keine zwei Zeitpunkte zu einer Kennzahl: {', '.join(without)}." if without else ""
    return (
        f"Es gibt {lines.height} Zeitreihen zu {lines.select('indicator', 'breakdown').n_unique()} "
        f"Kennzahlen, die längste mit {lines['points'].max() or 0} Zeitpunkten.{none}"
    )

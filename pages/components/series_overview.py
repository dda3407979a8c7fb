"""All series at a glance: quantities as rows, Jobcenter as columns, each cell the newest value with its course."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.charts.changes import change_table
from pages.charts.chart import source_notes
from pages.components import html, show
from pages.components.courses import every_series, quantities
from pages.components.series_rows import overview_cells
from pages.components.warehouse import as_of, catalog, snapshot, state_address

PARTS = " Teile, die eine Statistik für alle nennt (Frauen, unter 25 …), stehen in der Auswahl der Kennzahl."


def overview(chosen: Sequence[str]) -> None:
    """Show all series of the chosen Jobcenter as a table."""
    known = catalog()
    body: list[list[html.Html] | html.Section] = []
    cells = _cells(str(snapshot()), as_of(), tuple(state_address().items()))
    points = every_series().newest.filter(pl.col("jobcenter").is_in(chosen))
    drawn = set(points.select("indicator", "breakdown").unique().iter_rows())
    for topic in known.topics.values():
        own = [key for key in quantities() if key in drawn and known.indicator(key[0]).topic == topic.id]
        body += [html.Section(topic.name)] if own else []
        for key in own:
            name = known.quantity_name(*key, coded=True)
            linked = html.link(html.text(name), "zeitreihen", "Zeitreihe zeigen", kennzahl=name)
            body.append([linked, *(cells.get((id_, *key), html.NOTHING) for id_ in chosen)])
    show.table(
        html.table(
            ["Kennzahl", *(known.area_name(id_) for id_ in chosen)],
            body,
            figures_from=1,
            caption="Neuester Wert jeder Reihe, darunter die Zeit vom ersten bis zu diesem Wert. Die Kennzahl führt zur "
            "Zeitreihe, der Wert zum Nachweis. – bedeutet: keine zwei Zeitpunkte."
            + (PARTS if every_series().without_parts else ""),
        ),
        change_table(known, points),
        title="Alle Zeitreihen",
        notes=source_notes(known, points),
        key="uebersicht",
    )


@st.cache_resource(max_entries=3, show_spinner=False)
def _cells(
    path: str, act: int | None, address: tuple[tuple[str, str], ...]
) -> dict[tuple[str, str, str], html.Html]:
    return overview_cells(every_series())


def overview_answer(chosen: Sequence[str]) -> str:
    """Say in one sentence how many series there are, and who has none."""
    known = catalog()
    lines = every_series().lines.filter(pl.col("jobcenter").is_in(chosen))
    without = [known.area_name(id_) for id_ in chosen if id_ not in lines["jobcenter"].to_list()]
    none = f" Keine zwei Zeitpunkte zu einer Kennzahl: {', '.join(without)}." if without else ""
    return (
        f"Es gibt {lines.height} Zeitreihen zu {lines.select('indicator', 'breakdown').n_unique()} "
        f"Kennzahlen, die längste mit {lines['points'].max() or 0} Zeitpunkten.{none}"
    )

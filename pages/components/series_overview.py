"""All series at a glance: quantities as rows, Jobcenter as columns, each cell the newest value with its course."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pages.charts.changes import change_table
from pages.charts.chart import source_notes
from pages.components import html, show
from pages.components.series_rows import overview_cells
from pages.components.warehouse import catalog
from warehouse.spans import spans


def overview(points: pl.DataFrame, quantities: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
    """Show all series (TREND columns) of some quantities (indicator, breakdown) as a table."""
    known = catalog()
    body: list[list[html.Html] | html.Section] = []
    cells = overview_cells(points)
    drawn = set(points.select("indicator", "breakdown").unique().iter_rows())
    for topic in known.topics.values():
        own = [key for key in quantities if key in drawn and known.indicator(key[0]).topic == topic.id]
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
            "Zeitreihe, der Wert zum Nachweis. – bedeutet: keine zwei Zeitpunkte.",
        ),
        change_table(known, points),
        title="Alle Zeitreihen",
        notes=source_notes(known, points),
        key="uebersicht",
    )


def overview_answer(points: pl.DataFrame, chosen: Sequence[str]) -> str:
    """Say in one sentence how many series there are, and who has none."""
    known = catalog()
    lines = spans(known, points)
    without = [known.area_name(id_) for id_ in chosen if id_ not in points["jobcenter"].to_list()]
    none = f" Keine zwei Zeitpunkte zu einer Kennzahl: {', '.join(without)}." if without else ""
    return (
        f"Es gibt {lines.height} Zeitreihen zu {points.select('indicator', 'breakdown').n_unique()} "
        f"Kennzahlen, die längste mit {lines['points'].max() or 0} Zeitpunkten.{none}"
    )

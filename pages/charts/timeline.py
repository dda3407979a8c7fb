"""Terms and deadlines on one time axis: one lane per Jobcenter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import polars as pl

from pages.charts.chart import LANE, Chart, finish, lanes
from pages.charts.drawing import Drawing
from pages.charts.reference_tables import deadline_table, when
from pages.charts.theme import MONTHS
from warehouse.catalog import Catalog, Jobcenter

TERM, DATES = 0.14, 0.34
"""How far terms and single dates stand below the name of their lane, in lanes."""
LABEL_SHIFT = 13  # pixels from the line to the years above it


def deadlines_over_time(catalog: Catalog, rows: pl.DataFrame, notes: Mapping[str, str]) -> Chart:
    """Draw terms as thick lines with their years and single deadlines as marks at the day they are due (DEADLINE columns).

    Undated rows are left out of the drawing; they stand in the table.
    """
    dated = rows.filter(pl.col("kind_of_time") != "undated")
    shown = [entry for id_, entry in catalog.jobcenters.items() if id_ in set(dated["jobcenter"])]
    figure = Drawing()
    places = lanes(figure, shown)
    for jobcenter in shown:
        own = dated.filter(pl.col("jobcenter") == jobcenter.id)
        for row in own.filter(pl.col("kind_of_time") == "span").iter_rows(named=True):
            _draw_term(figure, jobcenter, row, places[jobcenter.id] + TERM)
        _draw_dates(
            figure, jobcenter, own.filter(pl.col("kind_of_time") == "date"), places[jobcenter.id] + DATES
        )
    days = [day for name in ("first", "last") for day in dated[name].to_list()]
    years = [date(year, 1, 1) for year in range(min(days).year, max(days).year + 2)]
    figure.update_xaxes(
        **MONTHS, range=[years[0] - timedelta(days=60), years[-1]], tickvals=years[:: max(1, len(years) // 6)]
    )
    figure.update_xaxes(tickformat="%Y")
    figure.update_layout(hovermode="closest")
    terms, dates = (dated.filter(pl.col("kind_of_time") == kind).height for kind in ("span", "date"))
    title = f"Laufzeiten: {terms}, datierte Termine: {dates}"
    alt = "; ".join(
        f"{catalog.area_name(row['jobcenter'])}: {row['title']} {when(row)}"
        for row in dated.iter_rows(named=True)
    )
    return finish(
        figure,
        title=title,
        subtitle="Dicke Linie: Laufzeit · Zeichen: fällig oder ab diesem Tag",
        alt=alt,
        table=deadline_table(catalog, rows),
        notes={**notes, "Berichtszeitraum": f"{years[0].year}–{years[-1].year - 1}"},
        height=LANE * len(shown),
    )


def _draw_term(figure: go.Figure, jobcenter: Jobcenter, row: Mapping[str, Any], y: float) -> None:
    figure.add_scatter(
        x=[row["first"], row["last"]],
        y=[y, y],
        mode="lines+markers",
        line={"color": jobcenter.colour, "width": 6},
        marker={"symbol": "line-ns-open", "color": jobcenter.colour, "size": 14, "line": {"width": 2}},
        hovertext=f"{row['title']}: {when(row)}",
        hoverinfo="text",
        name=jobcenter.short_name,
    )
    figure.add_annotation(
        text=when(row), x=row["first"], y=y, xanchor="left", xshift=4, yshift=LABEL_SHIFT, showarrow=False
    )


def _draw_dates(figure: go.Figure, jobcenter: Jobcenter, rows: pl.DataFrame, y: float) -> None:
    if rows.is_empty():
        return
    due = [row["last"] if row["end"] else row["first"] for row in rows.iter_rows(named=True)]
    figure.add_scatter(
        x=due,
        y=[y] * rows.height,
        mode="markers",
        marker={"symbol": jobcenter.marker, "color": jobcenter.colour, "size": 9},
        hovertext=[f"{row['title']}: {when(row)}" for row in rows.iter_rows(named=True)],
        hoverinfo="text",
        name=jobcenter.short_name,
    )

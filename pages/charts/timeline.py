"""Terms on one time axis: one lane per Jobcenter. Single dates stand in the table: their names find no room on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from pages.charts.chart import LANE, Chart, finish, lanes, present
from pages.charts.drawing import Drawing
from pages.charts.reference_tables import deadline_table, time_label
from warehouse.catalog import Catalog, Jobcenter

TERM = 0.22
"""How far terms stand below the name of their lane, in lanes."""
LABEL_SHIFT = 15  # pixels from the line to the years above it


def terms_over_time(catalog: Catalog, rows: pl.DataFrame, as_of: date, notes: Mapping[str, str]) -> Chart:
    """Draw terms as thick lines with their years (the spans among DEADLINE rows; there must be one).

    `as_of`: the day against which the title says whether all are over.
    """
    terms = rows.filter(pl.col("kind_of_time") == "span")
    shown = present(catalog, terms)
    figure = Drawing()
    places = lanes(figure, shown)
    for jobcenter in shown:
        for row in terms.filter(pl.col("jobcenter") == jobcenter.id).iter_rows(named=True):
            _draw_term(figure, jobcenter, row, places[jobcenter.id] + TERM)
    first, last = min(terms["first"].to_list()), max(terms["last"].to_list())
    years = [date(year, 1, 1) for year in range(first.year, last.year + 2)]
    room = (years[-1] - years[0]) / 20  # so that the years at both ends keep their label
    figure.update_xaxes(
        type="date",
        tickformat="%Y",
        range=[years[0] - room, years[-1] + room],
        tickvals=years[:: max(1, len(years) // 6)],
    )
    figure.update_layout(hovermode="closest")
    title = _message(terms.height, last, as_of)
    named = (
        f"{catalog.area_name(row['jobcenter'])}: {row['title']} {time_label(row)}"
        for row in terms.iter_rows(named=True)
    )
    return finish(
        figure,
        title=title,
        subtitle="Linie: Laufzeit · einzelne Termine stehen in der Tabelle",
        alt=f"{title}. {'; '.join(named)}",
        table=deadline_table(catalog, terms),
        notes={**notes, "Berichtszeitraum": f"{years[0].year}–{last.year}"},
        height=LANE * len(shown),
    )


def _message(terms: int, last: date, as_of: date) -> str:
    end = f"{last:%d.%m.%Y}"
    if last < as_of:
        return f"Abgelaufen: Die {'letzte ' if terms > 1 else ''}Laufzeit endete am {end}"
    return f"Keine Laufzeit reicht über den {end} hinaus" if terms > 1 else f"Die Laufzeit endet am {end}"


def _draw_term(figure: Drawing, jobcenter: Jobcenter, row: Mapping[str, Any], y: float) -> None:
    figure.add_scatter(
        x=[row["first"], row["last"]],
        y=[y, y],
        mode="lines+markers",
        line={"color": jobcenter.colour, "width": 6},
        marker={"symbol": "line-ns-open", "color": jobcenter.colour, "size": 12, "line": {"width": 2}},
        hovertext=f"{row['title']}: {time_label(row)}",
        hoverinfo="text",
        name=jobcenter.short_name,
    )
    figure.add_annotation(
        text=time_label(row),
        x=row["first"],
        y=y,
        xanchor="left",
        xshift=4,
        yshift=LABEL_SHIFT,
        showarrow=False,
    )

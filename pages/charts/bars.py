"""Level A: the same definition and the same period – bars from zero, in the fixed order of the Jobcenter."""

from __future__ import annotations

from typing import Any

import polars as pl

from pages.charts.chart import (
    LANE,
    Chart,
    escape_lines,
    finish,
    from_zero,
    is_soft,
    lanes,
    present,
    source_notes,
    spoken,
)
from pages.charts.drawing import Drawing
from pages.charts.tables import in_fixed_order, value_table
from pages.charts.theme import CLEAR, PEER
from warehouse.catalog import Catalog
from warehouse.formatting import format_row
from warehouse.periods import period_label
from warehouse.schema import Row


def compared_bars(
    catalog: Catalog,
    rows: pl.DataFrame,
    *,
    title: str,
    subtitle: str,
    left_out: str = "",
    beside: pl.DataFrame | None = None,
) -> Chart:
    """Draw one bar per Jobcenter, the value at its end; approximate values are outlined instead of filled.

    `rows`: CURRENT columns of one indicator, breakdown, period and time concept. Of contradicting values both are
    drawn. `left_out` names values that may not stand beside them. `beside`: the value of one reference region for the same
    period (of rates: counts of a country would make the bars invisible), drawn as a line through all lanes.
    """
    rows = in_fixed_order(catalog, rows)
    figure = Drawing()
    shown = present(catalog, rows)
    lane = lanes(figure, shown)
    halo: dict[str, Any] = {} if beside is None else {"textfont": {"shadow": "auto"}}
    for row in rows.iter_rows(named=True):
        jobcenter = catalog.jobcenters[row["jobcenter"]]
        soft = is_soft(row["precision"], row["status"])
        figure.add_bar(
            x=[row["value"]],
            y=[lane[jobcenter.id]],
            width=0.4,
            orientation="h",
            text=[format_row(catalog, row)],
            hoverinfo="text",
            marker={
                "color": CLEAR if soft else jobcenter.colour,
                "line": {"color": jobcenter.colour, "width": 2},
            },
            name=jobcenter.short_name,
            **halo,
        )
    figure.update_layout(barmode="overlay", hovermode="closest")
    told = rows if beside is None else pl.concat([rows, beside])
    for row in () if beside is None else beside.iter_rows(named=True):
        _line(catalog, figure, row)
    figure.update_xaxes(visible=False, range=from_zero(told["value"].to_list(), room=0.25))
    first = rows.row(0, named=True)
    concept = catalog.time_concepts[first["time_concept"]]
    notes = source_notes(catalog, rows)
    notes["Berichtszeitraum"] = f"{period_label(first['period_start'], first['period_end'])} ({concept.name})"
    notes["Vergleichsgruppe"] = f"{len(shown)} von {len(catalog.jobcenters)} Jobcentern mit Wert"
    notes["Besonderheiten"] = " ".join(filter(None, (notes["Besonderheiten"], left_out)))
    return finish(
        figure, title=title, subtitle=subtitle, alt=spoken(catalog, title, told),
        table=value_table(catalog, told), notes=notes, height=LANE * len(shown),
    )  # fmt: skip


def _line(catalog: Catalog, figure: Drawing, region: Row) -> None:
    """Draw the value of a region as a line from top to bottom, named at its head; no figure is struck through by it."""
    x, name = region["value"], f"{catalog.area_name(region['jobcenter'])} {format_row(catalog, region)}"
    figure.add_shape(
        type="line",
        x0=x,
        x1=x,
        yref="paper",
        y0=0,
        y1=1,
        line={"width": 1.5, "color": PEER, "dash": "dash"},
        layer="between",
    )
    figure.add_annotation(
        x=x,
        yref="paper",
        y=1,
        yanchor="bottom",
        text=escape_lines([name])[0],
        showarrow=False,
        font={"size": 12},
    )

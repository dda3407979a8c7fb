"""Level B: the same definition at different dates – dated dots on a time axis. No bars, no ranks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from pages.charts.chart import LANE, Chart, finish, is_soft, lanes, marker, present, source_notes, spoken
from pages.charts.drawing import Drawing
from pages.charts.points import middle
from pages.charts.tables import in_fixed_order, value_table
from pages.charts.theme import BAND
from warehouse.catalog import Catalog
from warehouse.formatting import format_dated


def dated_dots(
    catalog: Catalog, rows: pl.DataFrame, *, title: str, subtitle: str, left_out: str = ""
) -> Chart:
    """Draw one lane per Jobcenter on a common time axis; the first and the last value are printed with their date.

    `rows`: CURRENT columns of one indicator and breakdown, several Jobcenter and periods; `left_out` names values that
    may not stand on this axis.
    """
    rows = in_fixed_order(catalog, rows)
    figure = Drawing()
    shown = present(catalog, rows)
    lane = lanes(figure, shown)
    for jobcenter in shown:
        soft = (pl.col("precision") != "exakt") | (pl.col("status") != "endgueltig")
        own = rows.filter(pl.col("jobcenter") == jobcenter.id).sort("period_end", soft)
        values = [format_dated(catalog, row) for row in own.iter_rows(named=True)]
        figure.add_scatter(
            x=[middle(row) for row in own.iter_rows(named=True)],
            y=_beside(lane[jobcenter.id], own["period_end"].to_list()),
            mode="markers+text",
            text=_ends(values),
            textposition=["top center", *["bottom center"] * (own.height - 1)]
            if own.height > 1
            else "bottom center",
            textfont={"size": 13},
            marker=marker(
                jobcenter, hollow=[is_soft(*soft) for soft in own.select("precision", "status").iter_rows()]
            ),
            hovertext=values,
            hoverinfo="text",
            name=jobcenter.short_name,
        )
        y = lane[jobcenter.id]
        figure.add_shape(
            type="line", xref="paper", x0=0, x1=1, y0=y, y1=y, line={"width": 1, "color": BAND}, layer="below"
        )
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(type="date", **_time_axis(rows))
    notes = source_notes(catalog, rows)
    group = f"{len(shown)} von {len(catalog.jobcenters)} Jobcentern mit Wert"
    notes["Vergleichsgruppe"] = f"{group}; verschiedene Zeitpunkte, daher ohne Rang"
    notes["Besonderheiten"] = " ".join(filter(None, (notes["Besonderheiten"], left_out)))
    return finish(
        figure, title=title, subtitle=subtitle, alt=spoken(catalog, title, rows),
        table=value_table(catalog, rows), notes=notes, height=LANE * len(shown) + 16,
    )  # fmt: skip


def _beside(lane: int, days: list[date]) -> list[float]:
    """Return the heights of the dots of a lane: of several values of one day none covers another."""
    return [lane + 0.2 * days[:index].count(day) for index, day in enumerate(days)]


def _ends(labels: list[str]) -> list[str]:
    """Label the first and the last dot of a lane; those between are told by hover and table."""
    return [label if index in (0, len(labels) - 1) else "" for index, label in enumerate(labels)]


def _time_axis(rows: pl.DataFrame) -> dict[str, Any]:
    """Return range and ticks of the time axis: room for half a label on both sides, about seven years printed."""
    days = [middle(row) for row in rows.iter_rows(named=True)]
    first, last = min(days), max(days)
    room = max((last - first) * 0.2, timedelta(days=180))
    years = last.year - first.year
    return {
        "range": [first - room, last + room],
        "dtick": f"M{12 * max(1, round(years / 6))}",
        "tickformat": "%Y",
    }

"""Courses as an index with a common start: the Jobcenter of the panel strong, the others thin and grey behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from pages.charts.bands import BANDS_TOLD, Behind, draw_bands, ending, extent
from pages.charts.chart import Chart, finish, marker, present, source_notes
from pages.charts.drawing import Drawing, axis_of
from pages.charts.event_marks import mark_events, shown_events, told_events
from pages.charts.multiples import frames, ranges, scale_remarks
from pages.charts.points import broken, middle, padded, time_axis
from pages.charts.tables import in_fixed_order, value_table
from pages.charts.theme import MEDIAN, PEER
from warehouse.catalog import Catalog, Jobcenter
from warehouse.formatting import format_number
from warehouse.periods import period_label
from warehouse.schema import Row

_BASE = "waagerechte Linie = 100"
_OTHERS = "graue Linien = die übrigen gewählten Jobcenter"


def index_panels(
    catalog: Catalog, points: pl.DataFrame, start: str, *, title: str, subtitle: str, own_scale: bool = False,
    behind: Behind | None = None,
) -> Chart:  # fmt: skip
    """Draw `index` (answer of `indexed`, one series per Jobcenter) in a panel each; `start` is the month that is 100.

    The bands behind are those of the index of the Vergleichsgruppe.
    """
    behind = behind or Behind()
    bands = behind.bands or {}
    points = in_fixed_order(catalog, points.filter(pl.col("index").is_not_null()))
    points = points.with_columns(drawn=pl.col("index"))
    shown, figure = present(catalog, points), Drawing()
    height = frames(figure, shown, own_scale=own_scale)
    lines = {each.id: points.filter(pl.col("jobcenter") == each.id).to_dicts() for each in shown}
    spans = [
        padded(points.filter(pl.col("jobcenter") == each.id), 100.0, *extent(bands.get(each.id)))
        for each in shown
    ]
    given = ranges(figure, spans, own_scale=own_scale)
    for number, jobcenter in enumerate(shown, 1):
        axis = axis_of("y", number)
        figure.add_shape(
            type="line", xref="paper", yref=axis, x0=0, x1=1, y0=100, y1=100, line={"color": MEDIAN, "width": 1},
            layer="below",
        )  # fmt: skip
        if jobcenter.id in bands:
            draw_bands(figure, number, bands[jobcenter.id])
        for other in shown:
            if other.id != jobcenter.id and not bands:
                _behind(figure, axis, lines[other.id])
        _line(figure, axis, jobcenter, lines[jobcenter.id], ending(bands.get(jobcenter.id)))
    events = shown_events(behind.events, list(lines))
    axis_of_time = time_axis(points)
    first, last = axis_of_time["range"]
    mark_events(figure, dict(enumerate((each.id for each in shown), 1)), events, first, last)
    figure.update_xaxes(anchor=axis_of("y", len(shown)), **axis_of_time)
    notes = source_notes(catalog, points)
    own = f"Index = Wert ÷ Wert im {start} × 100; über einen Bruch der Reihe wird nicht gerechnet."
    notes["Eigene Berechnung"] = " ".join(filter(None, (notes["Eigene Berechnung"], own)))
    special = [
        notes["Besonderheiten"],
        *scale_remarks(given, own_scale=own_scale),
        told_events(events),
    ]
    notes["Besonderheiten"] = " ".join(filter(None, special))
    notes["Vergleichsgruppe"] = behind.group
    notes["Zeichen"] = "; ".join(filter(None, (notes["Zeichen"], _BASE, BANDS_TOLD if bands else _OTHERS)))
    ends = "; ".join(f"{each.short_name}: {_said(lines[each.id][-1])}" for each in shown)
    return finish(
        figure, title=title, subtitle=subtitle, alt=f"{title}. {start} = 100; {ends}.", table=_table(catalog, points),
        notes=notes, height=height,
    )  # fmt: skip


def _behind(figure: Drawing, axis: str, rows: Sequence[Row]) -> None:
    x, y = broken(rows)
    line = {"color": PEER, "width": 1}
    figure.add_scatter(x=x, y=y, yaxis=axis, mode="lines", line=line, hoverinfo="skip", opacity=0.6)


def _line(
    figure: Drawing, axis: str, jobcenter: Jobcenter, rows: Sequence[Row], median: float | None
) -> None:
    """Draw the line of a panel with its last value, which stands on the side where neither `median` nor the line itself is."""
    x, y = broken(rows)
    line = {"color": jobcenter.colour, "width": 2, "dash": jobcenter.dash}
    figure.add_scatter(x=x, y=y, yaxis=axis, mode="lines", line=line, hoverinfo="skip", opacity=1)
    days: list[date] = [middle(row) for row in rows]
    last, before = rows[-1]["index"], rows[-2]["index"] if len(rows) > 1 else 0.0
    is_below = last < (before if median is None else median)
    texts = ["" for _ in rows]
    texts[-1] = format_number(last, 1)
    figure.add_scatter(
        x=days, y=[row["index"] for row in rows], yaxis=axis, mode="markers+text", name=jobcenter.short_name,
        marker=marker(jobcenter, size=5), text=texts, textposition="bottom center" if is_below else "top center",
        textfont={"size": 13}, hovertext=[_said(row) for row in rows], hoverinfo="text", cliponaxis=False,
    )  # fmt: skip


def _said(row: Row) -> str:
    return f"{period_label(row['period_start'], row['period_end'])}: {format_number(row['index'], 1)}"


def _table(catalog: Catalog, points: pl.DataFrame) -> pl.DataFrame:
    return value_table(catalog, points).with_columns(points["index"].round(4).alias("Index"))


def without_index(catalog: Catalog, points: pl.DataFrame) -> list[str]:
    """Return the names of the Jobcenter that have no value at the start, so no index."""
    have: set[Any] = set(points.filter(pl.col("index").is_not_null())["jobcenter"])
    return [each.short_name for each in present(catalog, points) if each.id not in have]

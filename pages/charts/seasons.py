"""Years on top of each other: months across, a line per year, the newest strong, older ones grey."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from pages.charts.changes import change_table
from pages.charts.chart import Chart, finish, marker, present, source_notes
from pages.charts.drawing import Drawing, axis_of
from pages.charts.labels import apart
from pages.charts.multiples import PANEL, frames, in_chart_unit, ranges, scale_remarks
from pages.charts.points import padded, spoken_point, spoken_points
from pages.charts.tables import in_fixed_order
from pages.charts.theme import MEDIAN, PEER
from warehouse.catalog import Catalog, Jobcenter
from warehouse.periods import MONTHS
from warehouse.schema import Row
from warehouse.trends import drawable

_LEFT, _RIGHT = -0.9, 14.0
"""Room for the numbers of the vertical axis, and for the year at the end of its line, in months."""
_SIGNS = "kräftige Linie = neuestes Jahr, graue Linien = frühere Jahre"


def season_panels(
    catalog: Catalog, points: pl.DataFrame, *, title: str, subtitle: str, own_scale: bool = False
) -> Chart:
    """Draw monthly Ist (TREND columns of one series per Jobcenter), each year as a line from January to December."""
    points = in_chart_unit(catalog, drawable(in_fixed_order(catalog, points)))
    shown, figure = present(catalog, points), Drawing()
    height = frames(figure, shown, own_scale=own_scale)
    parts = [points.filter(pl.col("jobcenter") == jobcenter.id) for jobcenter in shown]
    given = ranges(figure, [padded(part) for part in parts], own_scale=own_scale)
    for number, (jobcenter, part, span) in enumerate(zip(shown, parts, given, strict=True), 1):
        _years(catalog, figure, number, jobcenter, part, span)
    figure.update_xaxes(
        anchor=axis_of("y", len(shown)), range=[_LEFT, _RIGHT], tickvals=[1, 4, 7, 10], ticktext=[MONTHS[n] for n in (0, 3, 6, 9)]
    )  # fmt: skip
    notes = source_notes(catalog, points)
    notes["Besonderheiten"] = " ".join(
        filter(None, [notes["Besonderheiten"], *scale_remarks(given, own_scale=own_scale)])
    )
    notes["Zeichen"] = "; ".join(filter(None, (notes["Zeichen"], _SIGNS)))
    alt = f"{title}. {spoken_points(catalog, points)}."
    table = change_table(catalog, points)
    return finish(figure, title=title, subtitle=subtitle, alt=alt, table=table, notes=notes, height=height)


def _years(
    catalog: Catalog,
    figure: Drawing,
    number: int,
    jobcenter: Jobcenter,
    part: pl.DataFrame,
    span: Sequence[float],
) -> None:
    axis = axis_of("y", number)
    known = part.filter(pl.col("value").is_not_null() & ~pl.col("alternative"))
    years: dict[int, list[Row]] = {}
    for row in known.iter_rows(named=True):
        years.setdefault(row["period_start"].year, []).append(row)
    newest = max(years)
    for year, rows in years.items():
        _year(catalog, figure, axis, jobcenter, rows, age=newest - year)
    ends = [(rows[-1]["period_start"].month, rows[-1]["drawn"]) for rows in years.values()]
    least = (span[1] - span[0]) * 14 / PANEL  # a line of text
    inside = span[0] + least / 2, span[1] - least / 2  # Plotly leaves out what stands beyond the axis
    for year, (month, _), y in zip(years, ends, apart([end for _, end in ends], least, inside), strict=True):
        figure.add_annotation(
            text=str(year), x=month, y=y, xref="x", yref=axis, xanchor="left", xshift=8, showarrow=False,
            font={"size": 12, "weight": 600 if year == newest else 400}, opacity=1 if year == newest else 0.8,
        )  # fmt: skip


def _year(
    catalog: Catalog, figure: Drawing, axis: str, jobcenter: Jobcenter, rows: Sequence[Row], *, age: int
) -> None:
    x: list[int | None] = []
    y: list[float | None] = []
    texts: list[str | None] = []
    for row in rows:
        if x and not row["adjoining"]:
            x, y, texts = [*x, None], [*y, None], [*texts, None]
        x.append(row["period_start"].month)
        y.append(row["drawn"])
        texts.append(spoken_point(catalog, row))
    strong: dict[str, Any] = {
        "mode": "lines+markers",
        "line": {"color": jobcenter.colour, "width": 2.5, "dash": jobcenter.dash},
        "marker": marker(jobcenter, size=6),
    }
    grey = {
        "mode": "lines",
        "line": {"color": MEDIAN if age == 1 else PEER, "width": 1.75 if age == 1 else 1.25},
        "opacity": max(0.35, 1 - 0.15 * (age - 1)),
    }
    figure.add_scatter(
        x=x, y=y, yaxis=axis, hovertext=texts, hoverinfo="text", name=f"{jobcenter.short_name} {rows[0]['period_start'].year}",
        cliponaxis=False, **(strong if age == 0 else grey),
    )  # fmt: skip


def years_of(points: pl.DataFrame) -> tuple[date, date] | None:
    """Return the first and last month of points; None where they are all of one year, which lies on top of nothing."""
    days = points.filter(pl.col("value").is_not_null())["period_start"]
    first, last = days.min(), days.max()
    if not isinstance(first, date) or not isinstance(last, date) or first.year == last.year:
        return None
    return first, last

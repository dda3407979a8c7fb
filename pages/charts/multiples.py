"""Small multiples: one panel per Jobcenter below each other, identical axes unless every panel has a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from pages.charts.amounts import drawn_scale
from pages.charts.chart import escape_lines
from pages.charts.drawing import Drawing
from pages.charts.theme import BAND, PEER
from warehouse.catalog import Catalog, Jobcenter

PANEL, HEADER = 148, 36
"""Height of a panel and of the line above it with the name of the Jobcenter, in pixels."""
OWN_SCALE = "Skalen verschieden"
NOT_FROM_ZERO = "Die senkrechte Achse beginnt nicht bei 0."


def frames(figure: Drawing, jobcenters: Sequence[Jobcenter], *, own_scale: bool) -> int:
    """Put an empty panel with its name for each Jobcenter into a drawing; return the height. Panel n has the axis y<n>.

    With `own_scale` every panel is framed differently and says that it has a scale of its own.
    """
    height = len(jobcenters) * (PANEL + HEADER)
    for number, jobcenter in enumerate(jobcenters, 1):
        top = 1 - ((number - 1) * (PANEL + HEADER) + HEADER) / height
        _frame(figure, number, (max(0.0, top - PANEL / height), top), jobcenter, own_scale=own_scale)
    figure.update_layout(hovermode="closest")
    return height


def ranges(
    figure: Drawing, spans: Sequence[Sequence[float]], *, own_scale: bool, **axis: Any
) -> list[Sequence[float]]:
    """Give each panel its vertical range: its own, or the one that holds all; return what each panel got."""
    whole = [min(low for low, _ in spans), max(high for _, high in spans)]
    given = [span if own_scale else whole for span in spans]
    for number, span in enumerate(given, 1):
        figure.update_axis("y", number, range=list(span), **axis)
    return given


def scale_remarks(given: Sequence[Sequence[float]], *, own_scale: bool) -> list[str]:
    """Return what must be said of vertical axes: that they differ, that they do not begin at zero."""
    from_zero = all(low <= 0 <= high for low, high in given)
    return [f"{OWN_SCALE}." if own_scale else "", "" if from_zero else NOT_FROM_ZERO]


def in_chart_unit(catalog: Catalog, points: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Add `drawn`: the value in the unit that the subtitle of the chart names; with `columns` scale those instead."""
    scales = {id_: drawn_scale(catalog, id_) for id_ in points["indicator"].unique()}
    scale = pl.col("indicator").replace_strict(scales, return_dtype=pl.Float64)
    if columns:
        return points.with_columns(pl.col(name) / scale for name in columns)
    return points.with_columns(drawn=pl.col("value") / scale)


def _frame(
    figure: Drawing, number: int, domain: tuple[float, float], jobcenter: Jobcenter, *, own_scale: bool
) -> None:
    bottom, top = domain
    figure.update_axis(
        "y", number, domain=[bottom, top], anchor="x", nticks=4, ticklabelposition="inside top",
        tickfont={"size": 12}, gridcolor=BAND, automargin=False,
    )  # fmt: skip
    frame = {"color": PEER, "width": 2, "dash": "dash"} if own_scale else {"color": BAND, "width": 1}
    figure.add_shape(
        type="rect", xref="paper", yref="paper", x0=0, x1=1, y0=bottom, y1=top, line=frame, layer="below"
    )
    above: dict[str, Any] = {
        "xref": "paper",
        "yref": "paper",
        "y": top,
        "yanchor": "bottom",
        "showarrow": False,
    }
    name = escape_lines([jobcenter.short_name])[0]
    figure.add_annotation(text=name, x=0, xanchor="left", font={"size": 14, "weight": 600}, **above)
    if own_scale:
        figure.add_annotation(text=OWN_SCALE, x=1, xanchor="right", font={"size": 12}, **above)

"""One lane per target: a line of text above its bars, so that no margin is lost on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.charts.chart import escape_lines
from pages.charts.drawing import Drawing
from pages.charts.theme import PEER
from warehouse.catalog import Catalog

LANE, NAME = 62, 34
"""Height in pixels of a target with its line of text, and of the name of a Jobcenter above its targets."""

CENTRE = 36
"""How far below the top of its lane the middle of a bar lies, in pixels."""

ZERO = 17
"""Half the length of the mark at zero: it stays below the text of its lane."""


def lay_out(catalog: Catalog, figure: Drawing, rows: list[dict[str, Any]], texts: list[str]) -> int:
    """Give each row its lane and text and keep the middle of its bars as `row["y"]`; return the height in pixels.

    Vertical positions are pixels from the top; where several Jobcenter are shown, each is named above its lanes.
    """
    several, y, area = len({row["jobcenter"] for row in rows}) > 1, 0, ""
    for row, text in zip(rows, texts, strict=True):
        if several and row["jobcenter"] != area:
            _write(figure, catalog.area_name(row["jobcenter"]), y + 8, weight=600)
            y += NAME
        area = row["jobcenter"]
        _write(figure, text, y)
        row["y"] = y + CENTRE
        zero = {"x0": 0, "x1": 0, "y0": y + CENTRE - ZERO, "y1": y + CENTRE + ZERO}
        figure.add_shape(type="line", line={"width": 1, "color": PEER}, **zero)
        y += LANE
    figure.update_yaxes(visible=False, range=[y, 0])
    figure.update_layout(barmode="overlay", hovermode="closest")
    return y


def bar(
    figure: Drawing, row: Mapping[str, Any], value: float, width: float, marker: dict[str, Any], hover: str,
    *, shift: float = 0, opacity: float = 1, name: str = "",
) -> None:  # fmt: skip
    """Draw a bar from zero in the lane of a row: `width` pixels thick, `shift` pixels below the middle."""
    figure.add_bar(
        x=[value], y=[row["y"] + shift], width=width, orientation="h", marker=marker, opacity=opacity,
        hovertext=hover, hoverinfo="text", name=name,
    )  # fmt: skip


def _write(figure: Drawing, text: str, y: float, *, weight: int = 400) -> None:
    figure.add_annotation(
        text=escape_lines([text])[0], xref="paper", x=0, xanchor="left", y=y, yanchor="top",
        showarrow=False, font={"size": 14, "weight": weight},
    )  # fmt: skip

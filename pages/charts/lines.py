"""Time series as small multiples: one panel per Jobcenter on common axes; kinds of values differ as IBCS draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from pages.charts.amounts import drawn_scale
from pages.charts.changes import CHANGES_NOTE, change_table
from pages.charts.chart import Chart, escape_lines, finish, is_soft, marker, present, source_notes
from pages.charts.drawing import Drawing
from pages.charts.points import broken, is_printed, label, middle, padded, position, spoken_point, time_axis
from pages.charts.tables import in_fixed_order
from pages.charts.theme import BAND, PEER
from warehouse.catalog import Catalog, Jobcenter
from warehouse.trends import drawable

PANEL, HEADER = 148, 36
"""Height of a panel and of the line above it with the name of the Jobcenter, in pixels."""

_SIGNS = "graue Linie = Deutschland, gepunktet = Land des Jobcenters"
_MANY, _SMALL, _LARGE = 13, 5, 10
"""From so many points on marks are small."""
OWN_SCALE = "Skalen verschieden"
GAPS = "Zwischen unverbundenen Punkten fehlen Werte."
NOT_FROM_ZERO = "Die senkrechte Achse beginnt nicht bei 0."
DISPUTED = "‼ Der gedruckte Vorjahreswert weicht vom Ist desselben Zeitraums ab."


@dataclass(frozen=True)
class Style:
    """How values of one kind are drawn: as marks of the Jobcenter or as ticks, and joined by which line."""

    ticks: bool = False
    line: float = 2.0  # width; 0 leaves the points unjoined
    dash: str = ""  # "" is the dash of the Jobcenter
    opacity: float = 1.0


STYLES = {
    "ist": Style(),
    "vorjahr": Style(opacity=0.45),
    "soll": Style(ticks=True, line=0),
    "plan": Style(ticks=True, line=1, dash="solid"),
    "prognose": Style(ticks=True, line=1, dash="dot"),
}
"""Ist as line and marks, Vorjahr the same but lighter, what was only aimed at or expected as ticks."""


def series_panels(
    catalog: Catalog,
    points: pl.DataFrame,
    *,
    title: str,
    subtitle: str,
    own_scale: bool = False,
    beside: pl.DataFrame | None = None,
) -> Chart:
    """Draw one panel per Jobcenter, first and last value printed; lines break at gaps and contradictions.

    `points`: TREND columns (with every value) of one indicator, breakdown, time concept and length of period; `beside`: the
    same of reference regions, drawn as grey lines in the panels of those they stand beside (rates only: the counts of a
    Land would flatten every other line).
    With `own_scale` every panel has its own vertical axis, says so and is framed differently.
    """
    told = points if beside is None else pl.concat([points, beside])
    table = change_table(catalog, told)
    regions = None if beside is None else _in_chart_unit(catalog, drawable(beside))
    points = _in_chart_unit(catalog, drawable(in_fixed_order(catalog, points)))
    shown = present(catalog, points)
    figure, height, bottoms = Drawing(), len(shown) * (PANEL + HEADER), []
    for number, jobcenter in enumerate(shown, 1):
        own = points.filter(pl.col("jobcenter") == jobcenter.id)
        near = _standing_beside(catalog, regions, jobcenter)
        top = 1 - ((number - 1) * (PANEL + HEADER) + HEADER) / height
        _panel(figure, number, (max(0.0, top - PANEL / height), top), jobcenter, own_scale=own_scale)
        span = padded(
            pl.concat(
                [
                    own if own_scale else points,
                    *(near if own_scale else [regions] if regions is not None else []),
                ]
            )
        )
        for rank, region in enumerate(near):
            _reference(catalog, figure, number, region, rank)
        figure.update_axis("y", number, range=span)
        bottoms.append(span[0])
        for kind in STYLES:
            _series(catalog, figure, f"y{number}", jobcenter, own, kind)
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(anchor=f"y{len(shown)}", **time_axis(points))
    notes = source_notes(catalog, told)
    notes["Eigene Berechnung"] = " ".join(filter(None, (notes["Eigene Berechnung"], CHANGES_NOTE)))
    if regions is not None and regions.height:
        notes["Zeichen"] = "; ".join(filter(None, (notes["Zeichen"], _SIGNS)))
    special = [notes["Besonderheiten"], *_remarks(points, own_scale=own_scale, from_zero=not any(bottoms))]
    notes["Besonderheiten"] = " ".join(filter(None, special))
    alt = f"{title}. {'; '.join(spoken_point(catalog, row) for row in points.iter_rows(named=True))}."
    return finish(figure, title=title, subtitle=subtitle, alt=alt, table=table, notes=notes, height=height)


def _standing_beside(
    catalog: Catalog, regions: pl.DataFrame | None, jobcenter: Jobcenter
) -> list[pl.DataFrame]:
    """Return the series of the regions that a Jobcenter is held against, Deutschland first."""
    if regions is None:
        return []
    parts = regions.partition_by("jobcenter", maintain_order=True)
    near = [
        part for part in parts if catalog.stands_beside(part["jobcenter"][0], jobcenter.id, part["source"][0])
    ]
    return sorted(near, key=lambda part: list(catalog.regions).index(part["jobcenter"][0]))


def _reference(catalog: Catalog, figure: Drawing, number: int, region: pl.DataFrame, rank: int) -> None:
    """Draw the series of a region as a grey line behind: Deutschland solid, a Land dotted; named in hover and legend."""
    rows = [row for row in region.to_dicts() if not row["alternative"] and row["value"] is not None]
    x, y = broken(rows)
    figure.add_scatter(
        x=x,
        y=y,
        yaxis=f"y{number}",
        mode="lines",
        line={"color": PEER, "width": 1.5, "dash": "solid" if rank == 0 else "dot"},
        name=catalog.area_name(rows[0]["jobcenter"]),
        hovertext=[None if day is None else catalog.area_name(rows[0]["jobcenter"]) for day in x],
        hoverinfo="y+text",
    )


def _in_chart_unit(catalog: Catalog, points: pl.DataFrame) -> pl.DataFrame:
    """Add `drawn`: the value in the unit that the subtitle of the chart names."""
    scales = {id_: drawn_scale(catalog, id_) for id_ in points["indicator"].unique()}
    scale = pl.col("indicator").replace_strict(scales, return_dtype=pl.Float64)
    return points.with_columns(drawn=pl.col("value") / scale)


def _remarks(points: pl.DataFrame, *, own_scale: bool, from_zero: bool) -> list[str]:
    gaps = points.filter(pl.col("before_start").is_not_null() & ~pl.col("adjoining")).height > 0
    return [
        DISPUTED if points["disputed"].any() else "",
        f"{OWN_SCALE}." if own_scale else "",
        GAPS if gaps else "",
        "" if from_zero else NOT_FROM_ZERO,
    ]


def _panel(
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


def _series(
    catalog: Catalog, figure: Drawing, axis: str, jobcenter: Jobcenter, panel: pl.DataFrame, kind: str
) -> None:
    """Draw the values of one kind in a panel; the kind is written beside them unless all of them are Ist."""
    drawn = panel.filter((pl.col("kind") == kind) & pl.col("value").is_not_null())
    if drawn.is_empty():
        return
    style, rows = STYLES[kind], drawn.to_dicts()
    common: dict[str, Any] = {"yaxis": axis, "name": f"{jobcenter.short_name} {catalog.kinds[kind].name}"}
    if style.line:
        x, y = broken([row for row in rows if not row["alternative"]])
        line = {"color": jobcenter.colour, "width": style.line, "dash": style.dash or jobcenter.dash}
        figure.add_scatter(
            x=x, y=y, mode="lines", line=line, opacity=style.opacity, hoverinfo="skip", **common
        )
    tick = {"symbol": "line-ew", "size": 18, "line": {"width": 3, "color": jobcenter.colour}}
    hollow = [
        is_soft(row["precision"], row["status"]) or row["contradicted"] or row["disputed"] for row in rows
    ]
    named = set(panel["kind"]) != {"ist"}
    texts = [
        label(catalog, row, named=named, between="<br>") if is_printed(row, rows) else "" for row in rows
    ]
    figure.add_scatter(
        x=[middle(row) for row in rows],
        y=[row["drawn"] for row in rows],
        mode="markers+text",
        marker={
            **(
                tick
                if style.ticks
                else marker(jobcenter, hollow=hollow, size=_SMALL if len(rows) > _MANY else _LARGE)
            ),
            "opacity": style.opacity,
        },
        text=texts,
        textposition=[position(row, rows, panel) for row in rows],
        textfont={"size": 13, "shadow": "auto"},
        cliponaxis=False,
        hovertext=[spoken_point(catalog, row) for row in rows],
        hoverinfo="text",
        **common,
    )

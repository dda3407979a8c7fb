"""Time series as small multiples: one panel per Jobcenter on common axes; kinds of values differ as IBCS draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pages.charts.bands import BANDS_TOLD, Behind, draw_bands, extent
from pages.charts.changes import CHANGES_NOTE, change_table
from pages.charts.chart import Chart, finish, is_soft, marker, present, source_notes
from pages.charts.drawing import Drawing, axis_of
from pages.charts.event_marks import mark_events, told_events
from pages.charts.multiples import frames, in_chart_unit, ranges, scale_remarks
from pages.charts.points import (
    broken,
    by_period,
    is_printed,
    label,
    middle,
    padded,
    position,
    spoken_point,
    spoken_points,
    time_axis,
)
from pages.charts.tables import in_fixed_order
from pages.charts.theme import PEER
from warehouse.catalog import Catalog, Jobcenter
from warehouse.schema import Row
from warehouse.trends import drawable

_SIGNS = "graue Linie = Deutschland, gepunktet = Land des Jobcenters"
_MANY, _SMALL, _LARGE = 13, 5, 10
"""From so many points on marks are small."""
GAPS = "Zwischen unverbundenen Punkten fehlen Werte, liegt ein Bruch der Reihe oder beginnt ein aufgelaufenes Jahr neu."
DISPUTED = "‼ Der gedruckte Vorjahreswert weicht vom Ist desselben Zeitraums ab."
SOFT_TAIL = "gepunktetes Ende = vorläufig oder hochgerechnet"
_NOT_FINAL = ("vorlaeufig", "hochgerechnet")


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
    behind: Behind | None = None,
) -> Chart:
    """Draw one panel per Jobcenter, first and last value printed; lines break at gaps, contradictions and breaks.

    `points`: TREND columns (with every value) of one indicator, breakdown, time concept and length of period. Regions
    stand behind as grey lines in the panels of those they stand beside (rates only: the counts of a Land would flatten
    every other line). With `own_scale` every panel has its own vertical axis, says so and is framed differently.
    """
    behind = behind or Behind()
    told = points if behind.regions is None else pl.concat([points, behind.regions])
    regions = None if behind.regions is None else in_chart_unit(catalog, drawable(behind.regions))
    points = in_chart_unit(catalog, drawable(in_fixed_order(catalog, points)))
    shown = present(catalog, points)
    bands = {id_: _scaled(catalog, points, frame) for id_, frame in (behind.bands or {}).items()}
    figure = Drawing()
    height = frames(figure, shown, own_scale=own_scale)
    spans, axis = [], time_axis(points)
    for number, jobcenter in enumerate(shown, 1):
        own = points.filter(pl.col("jobcenter") == jobcenter.id)
        near = _standing_beside(catalog, regions, jobcenter)
        band = bands.get(jobcenter.id)
        spans.append(padded(pl.concat([own, *near]), *extent(band)))
        if band is not None:
            draw_bands(figure, number, band)
        for rank, region in enumerate(near):
            _reference(catalog, figure, number, region, rank)
        for kind in STYLES:
            _series(catalog, figure, axis_of("y", number), jobcenter, own, kind)
    given = ranges(figure, spans, own_scale=own_scale)
    first, last = axis["range"]
    mark_events(figure, dict(enumerate((each.id for each in shown), 1)), behind.events, first, last)
    figure.update_xaxes(anchor=axis_of("y", len(shown)), **axis)
    notes = _notes(catalog, told, points, behind, [*scale_remarks(given, own_scale=own_scale)])
    alt = f"{title}. {spoken_points(catalog, points)}."
    table = change_table(catalog, told)
    return finish(figure, title=title, subtitle=subtitle, alt=alt, table=table, notes=notes, height=height)


def _notes(
    catalog: Catalog, told: pl.DataFrame, points: pl.DataFrame, behind: Behind, scale: list[str]
) -> dict[str, str]:
    notes = source_notes(catalog, told)
    notes["Eigene Berechnung"] = " ".join(filter(None, (notes["Eigene Berechnung"], CHANGES_NOTE)))
    notes["Vergleichsgruppe"] = behind.group
    gaps = points.filter(pl.col("before_start").is_not_null() & ~pl.col("adjoining")).height > 0
    disputed = DISPUTED if points["disputed"].any() else ""
    special = [notes["Besonderheiten"], disputed, scale[0], GAPS if gaps else "", *scale[1:]]
    notes["Besonderheiten"] = " ".join(filter(None, (*special, told_events(behind.events))))
    signs = [
        notes["Zeichen"],
        _SIGNS if behind.regions is not None and behind.regions.height else "",
        BANDS_TOLD if behind.bands else "",
        SOFT_TAIL if any(_tail(own.to_dicts()) for own in points.partition_by("jobcenter", "kind")) else "",
    ]
    notes["Zeichen"] = "; ".join(filter(None, signs))
    return notes


def _scaled(catalog: Catalog, points: pl.DataFrame, band: pl.DataFrame) -> pl.DataFrame:
    edges = ("p10", "p25", "median", "p75", "p90")
    indicator = pl.lit(points["indicator"][0]).alias("indicator")
    seen = band.filter(
        pl.col("period_start") >= points["period_start"].min(),
        pl.col("period_end") <= points["period_end"].max(),
    )
    return in_chart_unit(catalog, seen.with_columns(indicator), *edges)


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
        yaxis=axis_of("y", number),
        mode="lines",
        line={"color": PEER, "width": 1.5, "dash": "solid" if rank == 0 else "dot"},
        name=catalog.area_name(rows[0]["jobcenter"]),
        hovertext=[None if day is None else catalog.area_name(rows[0]["jobcenter"]) for day in x],
        hoverinfo="y+text",
    )


def _series(
    catalog: Catalog, figure: Drawing, axis: str, jobcenter: Jobcenter, panel: pl.DataFrame, kind: str
) -> None:
    """Draw the values of one kind in a panel; the kind is written beside them unless all of them are Ist."""
    rows = panel.filter((pl.col("kind") == kind) & pl.col("value").is_not_null()).to_dicts()
    if not rows:
        return
    style = STYLES[kind]
    common: dict[str, Any] = {"yaxis": axis, "name": f"{jobcenter.short_name} {catalog.kinds[kind].name}"}
    if style.line:
        joined = [row for row in rows if not row["alternative"]]
        tail = _tail(joined)
        line = {"color": jobcenter.colour, "width": style.line, "dash": style.dash or jobcenter.dash}
        parts = [(joined[: len(joined) - tail], line)]
        if tail:  # from the last firm point on
            parts.append((joined[max(0, len(joined) - tail - 1) :], {**line, "width": 1.5, "dash": "dot"}))
        for part, drawn_as in parts:
            x, y = broken(part)
            figure.add_scatter(
                x=x, y=y, mode="lines", line=drawn_as, opacity=style.opacity, hoverinfo="skip", **common
            )
    printed = [is_printed(row, rows) for row in rows]
    for with_text in (False, True):
        part = [row for row, told in zip(rows, printed, strict=True) if told is with_text]
        if part:
            marks = _marks(catalog, jobcenter, panel, rows, part, with_text=with_text)
            figure.add_scatter(**marks, **common)


def _marks(
    catalog: Catalog,
    jobcenter: Jobcenter,
    panel: pl.DataFrame,
    rows: Sequence[Row],
    part: Sequence[Row],
    *,
    with_text: bool,
) -> dict[str, Any]:
    """Return the marks of `part` of the `rows` of one kind: those with their value beside them, or those without.

    The two are apart because Plotly makes room for a text at every point of a trace, also where none is printed.
    """
    style, everything, named = STYLES[rows[0]["kind"]], by_period(panel), set(panel["kind"]) != {"ist"}
    hollow = [
        is_soft(row["precision"], row["status"]) or row["contradicted"] or row["disputed"] for row in part
    ]
    size = _SMALL if len(rows) > _MANY else _LARGE
    tick = {"symbol": "line-ew", "size": 18, "line": {"width": 3, "color": jobcenter.colour}}
    drawn_as = tick if style.ticks else marker(jobcenter, hollow=hollow, size=size)
    marks: dict[str, Any] = {
        "x": [middle(row) for row in part],
        "y": [row["drawn"] for row in part],
        "mode": "markers",
        "marker": {**drawn_as, "opacity": style.opacity},
        "cliponaxis": False,
        "hovertext": [spoken_point(catalog, row) for row in part],
        "hoverinfo": "text",
    }
    if with_text:
        marks |= {
            "mode": "markers+text",
            "text": [label(catalog, row, named=named, between="<br>") for row in part],
            "textposition": [position(row, rows, everything) for row in part],
            "textfont": {"size": 13, "shadow": "auto"},
        }
    return marks


def _tail(rows: Sequence[Row]) -> int:
    """Return how many points at the end of a monthly series are not final yet."""
    if not rows or rows[-1]["months"] != 1 or rows[-1]["kind"] != "ist":
        return 0
    soft = 0
    while soft < len(rows) and rows[-1 - soft]["status"] in _NOT_FINAL:
        soft += 1
    return soft

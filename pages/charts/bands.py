"""What stands behind the line of a Jobcenter: how its Vergleichsgruppe is spread in each month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pages.charts.drawing import Drawing, axis_of
from pages.charts.points import middles
from pages.charts.theme import BAND, CLEAR, MEDIAN
from warehouse.catalog import Event

BANDS_TOLD = (
    "graue Flächen = mittlere Hälfte (25–75 %) und 10–90 % der Vergleichsgruppe, gestrichelt = ihr Median"
)
_EDGES = (("p10", "p90"), ("p25", "p75"))


@dataclass(frozen=True)
class Behind:
    """What stands behind the lines: `regions` (TREND columns) that the Jobcenter stand beside, `bands` of the
    Vergleichsgruppe by Jobcenter (see `bands.draw_bands`), `events` by date, `group` as footnotes name the comparison."""

    regions: pl.DataFrame | None = None
    bands: Mapping[str, pl.DataFrame] | None = None
    events: Sequence[Event] = ()
    group: str = ""


def draw_bands(figure: Drawing, number: int, bands: pl.DataFrame) -> None:
    """Draw the bands of a group into panel `number`: 10–90 % lighter, 25–75 %, the median dashed and named at its end.

    `bands`: period_start, period_end, p10, p25, median, p75, p90 (in the unit of the chart; null where too few have a
    value), n (areas with a value); one row per month, by time. Where a month is missing nothing is joined.
    """
    if bands.is_empty() or bands["median"].is_null().all():
        return
    axis: dict[str, Any] = {"yaxis": axis_of("y", number), "showlegend": False}
    for run in _runs(bands):
        x = middles(run)
        for low, high in _EDGES:
            edge = {"width": 0, "color": CLEAR}
            figure.add_scatter(x=x, y=run[low].to_list(), mode="lines", line=edge, hoverinfo="skip", **axis)
            figure.add_scatter(
                x=x, y=run[high].to_list(), mode="lines", line=edge, fill="tonexty", fillcolor=BAND,
                hoverinfo="skip", **axis,
            )  # fmt: skip
        figure.add_scatter(
            x=x,
            y=run["median"].to_list(),
            mode="lines",
            name="Median",
            line={"color": MEDIAN, "width": 1.5, "dash": "dash"},
            hovertext=[f"Median der Vergleichsgruppe (n = {n})" for n in run["n"].to_list()],
            hoverinfo="y+text",
            **axis,
        )
    last = bands.filter(pl.col("median").is_not_null()).row(-1, named=True)
    end: date = last["period_start"]
    figure.add_annotation(
        text="Median", x=end + (last["period_end"] - end) / 2, y=last["median"], xref="x", yref=axis["yaxis"],
        xanchor="left", xshift=4, showarrow=False, font={"size": 11}, opacity=0.8,
    )  # fmt: skip


def extent(band: pl.DataFrame | None) -> list[float]:
    """Return the lowest and highest edge of bands, nothing where there are none."""
    if band is None or band["median"].is_null().all():
        return []
    low, high = band.select(pl.col(_EDGES[0][0]).min(), pl.col(_EDGES[0][1]).max()).row(0)
    return [low, high]


def ending(band: pl.DataFrame | None) -> float | None:
    """Return the median that bands end with, and where its name stands; None where there is none."""
    known = [] if band is None else band["median"].drop_nulls().to_list()
    return float(known[-1]) if known else None


def _runs(bands: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the stretches of neighbouring months that have a median."""
    known = bands.filter(pl.col("median").is_not_null()).sort("period_start")
    new = (pl.col("period_end").shift(1).dt.offset_by("1d") != pl.col("period_start")).fill_null(True)
    return known.with_columns(run=new.cum_sum()).partition_by("run", maintain_order=True)

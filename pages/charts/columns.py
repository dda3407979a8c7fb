"""Columns per year, one lane per Jobcenter on one common scale: a course of years, and sums with their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from pages.charts.chart import escape_lines
from pages.charts.drawing import Drawing, axis_of
from pages.charts.panels import Style, fill, readable
from pages.charts.theme import MEDIAN, PEER
from warehouse.catalog import Jobcenter

LANE_HEIGHT, LANE_GAP = 150, 34  # pixels; the gap holds the years
_HEADROOM = 1.5  # above the highest column: room for its figure and the name of the lane
_FEWEST = 5  # years an axis has room for, so that two columns do not fill a desktop
_FEWEST_SIDE_BY_SIDE = (
    3  # the same where columns of one year stand beside each other and need room for their figures
)
_SLOT = 0.84  # of a year that its columns fill

SIGNS: dict[Style, str] = {
    "solid": "voll = Ist",
    "soft": "hohl, gepunktet = Ist, ungefähr oder unsicher (?)",
    "target": "hell umrandet = Soll oder Plan",
    "forecast": "schraffiert = Prognose",
    "previous": "hell ohne Rand = gedruckter Vorjahreswert",
}


@dataclass(frozen=True)
class Column:
    """One column: where it stands, how high it is, what is printed above it and what a pointer reads."""

    year: int
    height: float
    text: str
    style: Style
    hover: str
    base: float = 0
    inside: bool = False  # the text stands in the column instead of above it


@dataclass(frozen=True)
class Tick:
    """Something to hold a column against: a printed total (a line), or a recomputed value (a hollow mark)."""

    year: int
    height: float
    text: str
    hover: str
    own: bool = False


@dataclass(frozen=True)
class Lane:
    """All columns of one Jobcenter; `side` names the parts of a stack beside its last column (height → name)."""

    jobcenter: Jobcenter
    title: str
    columns: Sequence[Column]
    ticks: Sequence[Tick] = ()
    side: Sequence[tuple[float, str]] = ()


def draw_lanes(lanes: Sequence[Lane]) -> tuple[Drawing, int]:
    """Draw lanes below each other, with the same years and the same scale from zero in each; return figure and height."""
    height = len(lanes) * LANE_HEIGHT + (len(lanes) - 1) * LANE_GAP
    figure = Drawing(len(lanes), gap=LANE_GAP / height)
    years = [column.year for lane in lanes for column in lane.columns]
    highest = max(
        [column.base + column.height for lane in lanes for column in lane.columns]
        + [tick.height for lane in lanes for tick in lane.ticks]
    )
    for row, lane in enumerate(lanes, 1):
        _columns(figure, lane, row)
        _ticks(figure, lane, row)
        figure.add_annotation(
            text=escape_lines([lane.title])[0], xref="paper", x=0, xanchor="left", xshift=-1,
            yref=f"{axis_of('y', row)} domain", y=1, yanchor="top", showarrow=False, font={"size": 14, "weight": 600},
        )  # fmt: skip
    room = 1.2 if any(lane.side for lane in lanes) else 0.6
    figure.update_yaxes(range=[0, (highest or 1) * _HEADROOM], visible=False)
    every = list(range(min(years), max(years) + 1))
    beside = any(
        one.year == other.year and not (one.base or other.base)
        for lane in lanes
        for one, other in combinations(lane.columns, 2)
    )
    end = max(every[-1] + room, every[0] + (_FEWEST_SIDE_BY_SIDE if beside else _FEWEST) - 0.4)
    figure.update_xaxes(
        range=[every[0] - 0.6, end],
        tickvals=every,
        ticktext=[str(year) for year in every],
        showticklabels=True,
        ticks="",
    )
    figure.update_layout(barmode="overlay", hovermode="closest")
    return figure, height


def _columns(figure: Drawing, lane: Lane, row: int) -> None:
    for year in sorted({column.year for column in lane.columns}):
        own = [column for column in lane.columns if column.year == year]
        places = len(own) if not any(column.base for column in own) else 1
        for index, column in enumerate(own):
            width = min(_SLOT / places, 0.74)
            offset = (index - (places - 1) / 2) * width if places > 1 else 0
            over = column.inside and column.style != "solid"
            if over:  # a text of its own has the colour of the theme; Plotly would choose one for the tint as if it were opaque
                figure.add_annotation(
                    x=year + offset, y=column.base + column.height / 2, text=escape_lines([column.text])[0],
                    showarrow=False, font={"size": 12}, lane=row,
                )  # fmt: skip
            figure.add_bar(
                x=[year + offset], y=[column.height], base=[column.base], width=[width * 0.94],
                text=["" if over else escape_lines([column.text])[0]], textangle=0,
                textposition="inside" if column.inside else "outside",
                insidetextanchor="middle", textfont=_letters(column, lane.jobcenter), constraintext="none",
                hovertext=[escape_lines([column.hover])[0]], hoverinfo="text",
                marker=fill(column.style, lane.jobcenter), name=lane.jobcenter.short_name, lane=row,
            )  # fmt: skip


def _letters(column: Column, jobcenter: Jobcenter) -> dict[str, object]:
    """Return the font of a figure: on a filled column in what stands out on its colour, else in that of the theme."""
    return {
        "size": 12,
        **({"color": readable(jobcenter.colour)} if column.inside and column.style == "solid" else {}),
    }


def _ticks(figure: Drawing, lane: Lane, row: int) -> None:
    for tick in lane.ticks:
        if not tick.own:  # a printed total: a line across the column, its figure above
            figure.add_shape(
                type="line",
                x0=tick.year - 0.34,
                x1=tick.year + 0.34,
                y0=tick.height,
                y1=tick.height,
                line={"width": 2.5, "color": PEER},
                lane=row,
            )
            figure.add_annotation(
                x=tick.year, y=tick.height, text=escape_lines([tick.text])[0], hovertext=escape_lines([tick.hover])[0],
                yanchor="bottom", yshift=2, showarrow=False, font={"size": 12, "weight": 600}, lane=row,
            )  # fmt: skip
    marks = [tick for tick in lane.ticks if tick.own]
    if marks:
        figure.add_scatter(
            x=[tick.year for tick in marks], y=[tick.height for tick in marks], mode="markers+text", cliponaxis=False,
            text=escape_lines([tick.text for tick in marks]), textposition="top center", textfont={"size": 12},
            marker={"symbol": "diamond-open", "size": 10, "color": MEDIAN, "line": {"width": 2, "color": MEDIAN}},
            hovertext=escape_lines([tick.hover for tick in marks]), hoverinfo="text",
            name=lane.jobcenter.short_name, lane=row,
        )  # fmt: skip
    last = max((column.year for column in lane.columns), default=0)
    for height, name in lane.side:
        figure.add_annotation(
            x=last + 0.42,
            y=height,
            text=escape_lines([name])[0],
            xanchor="left",
            showarrow=False,
            font={"size": 12},
            lane=row,
        )

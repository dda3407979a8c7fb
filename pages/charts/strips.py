"""Where areas stand in their groups: a strip of dots per area, with the middle half as a box and the median as a tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import polars as pl

from pages.charts.chart import Chart, escape_lines, finish, marker
from pages.charts.drawing import Drawing
from pages.charts.identity import identity
from pages.charts.peer_tables import peer_notes, peer_table
from pages.charts.theme import BAND, MEDIAN, PEER
from warehouse.catalog import Catalog
from warehouse.formatting import format_value
from warehouse.standing import Standing
from warehouse.standing_words import direction_words, group_name_of, rank_text, value_text

SIGNS = "Punkt: ein Mitglied der Gruppe; Strich: Median; Fläche: mittlere Hälfte (25 bis 75 %). Die Achse beginnt nicht bei null."
_BINS = 70
"""Dots in one of so many steps of the axis stand above each other, so that none covers another."""
_MANY = 100
"""From so many members on, dots are smaller and lighter, so that box and median stay visible."""
_STEP = 0.075
"""How far above each other, in lanes; full lanes pack closer."""


def strips(
    catalog: Catalog, standings: Sequence[Standing], names: Mapping[str, str], *, title: str, subtitle: str, level: str,
    lane: int = 92,
) -> Chart:  # fmt: skip
    """Draw one lane per standing, all of one quantity and period, on one axis; `lane` is its height in pixels.

    The own area is large and in its colour; others of the catalog are shown in theirs where they belong to the group.
    """
    figure = Drawing()
    reach = _reach(standings)
    for at, standing in enumerate(standings):
        _group(figure, standing, at)
        _dots(catalog, figure, standing, names, at, reach)
        _words(catalog, figure, standing, names, at)
    figure.update_yaxes(range=[len(standings) - 0.4, -0.72], visible=False)
    figure.update_xaxes(range=list(reach), nticks=6)
    figure.update_layout(hovermode="closest")
    _direction(figure, standings[0].direction)
    notes = peer_notes(catalog, standings, level)
    notes["Zeichen"] = " ".join(filter(None, (SIGNS, notes.get("Zeichen", ""))))
    alt = f"{title}. " + "; ".join(_spoken(catalog, each, names) for each in standings) + "."
    return finish(
        figure, title=title, subtitle=subtitle, alt=alt, table=peer_table(catalog, standings, names), notes=notes,
        height=lane * len(standings) + 34,
    )  # fmt: skip


def _reach(standings: Sequence[Standing]) -> tuple[float, float]:
    values = [value for each in standings for value in each.peers["shown"].drop_nulls().to_list()]
    lowest, highest = (min(values), max(values)) if values else (0.0, 1.0)
    room = (highest - lowest) * 0.05 or max(abs(highest) * 0.05, 1.0)
    return lowest - room, highest + room


def _group(figure: Drawing, standing: Standing, at: int) -> None:
    spread = standing.spread
    if spread is None:
        return
    box = {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": BAND}
    figure.add_shape(lane=1, x0=spread.p25, x1=spread.p75, y0=at - 0.27, y1=at + 0.27, **box)
    line = {"width": 3, "color": MEDIAN}
    figure.add_shape(
        lane=1, type="line", x0=spread.median, x1=spread.median, y0=at - 0.3, y1=at + 0.3, line=line
    )


def _dots(
    catalog: Catalog,
    figure: Drawing,
    standing: Standing,
    names: Mapping[str, str],
    at: int,
    reach: tuple[float, float],
) -> None:
    shown = standing.peers.filter(pl.col("shown").is_not_null()).sort("shown", "area")
    heights = _swarm(shown["shown"].to_list(), reach)
    points = list(zip(shown.iter_rows(named=True), heights, strict=True))
    grey = [point for point in points if point[0]["area"] not in (standing.area, *catalog.jobcenters)]
    figure.add_scatter(
        x=[row["shown"] for row, _ in grey], y=[at + height for _, height in grey], mode="markers",
        marker={"color": PEER, **_soft(len(points)), "symbol": [_open(row) for row, _ in grey]},
        hovertext=[_hover(catalog, standing, row, names) for row, _ in grey], hoverinfo="text",
    )  # fmt: skip
    ours = [point for point in points if point not in grey]
    for row, height in sorted(ours, key=lambda point: point[0]["area"] == standing.area):
        is_own = row["area"] == standing.area
        who = identity(catalog, row["area"], names.get(row["area"], row["area"]))
        figure.add_scatter(
            x=[row["shown"]], y=[at + (0 if is_own else height)], mode="markers", hoverinfo="text",
            marker=marker(who, hollow=row["state"] != "value", size=16 if is_own else 9),
            hovertext=[_hover(catalog, standing, row, names)], name=who.short_name,
        )  # fmt: skip


def _soft(members: int) -> dict[str, float]:
    return {"size": 7, "opacity": 0.75} if members < _MANY else {"size": 4, "opacity": 0.5}


def _open(row: Mapping[str, object]) -> str:
    return "circle" if row["state"] == "value" else "circle-open"


def _hover(catalog: Catalog, standing: Standing, row: Mapping[str, object], names: Mapping[str, str]) -> str:
    value = format_value(
        catalog,
        standing.at.indicator,
        float(str(row["shown"])),
        precision=str(row["precision"]),
        status=str(row["status"]),
    )
    rank = f" · Rang {row['rank']}" if row["rank"] is not None else ""
    return escape_lines([f"{names.get(str(row['area']), str(row['area']))}: {value}{rank}"])[0]


def _swarm(values: Sequence[float], reach: tuple[float, float]) -> list[float]:
    """Return heights around the middle of a lane so that neighbouring dots do not cover each other."""
    width = (reach[1] - reach[0]) / _BINS
    seats = [int((value - reach[0]) // width) for value in values]
    fullest = max((seats.count(seat) for seat in set(seats)), default=1)
    step = min(_STEP, 0.62 / fullest)
    taken: dict[int, int] = {}
    heights = []
    for seat in seats:
        number = taken[seat] = taken.get(seat, -1) + 1
        heights.append(step * ceil(number / 2) * (1 if number % 2 else -1))
    return heights


def _words(catalog: Catalog, figure: Drawing, standing: Standing, names: Mapping[str, str], at: int) -> None:
    name = names.get(standing.area, standing.area)
    group = f" · {group_name_of(standing.group)}" if standing.group.members else ""
    place: dict[str, Any] = {
        "yref": "y",
        "xref": "paper",
        "y": at - 0.36,
        "yanchor": "bottom",
        "showarrow": False,
    }
    figure.add_annotation(
        text=escape_lines([name + group])[0], x=0, xanchor="left", font={"size": 14}, **place
    )
    said = (
        f"{value_text(catalog, standing, standing.value)} · {rank_text(standing)}"
        if standing.value is not None
        else "kein Wert"
    )
    if not standing.group.members:
        said = "keine Vergleichsgruppe"
    elif standing.spread is None:
        said = f"nur {standing.n} Werte"
    figure.add_annotation(
        text=escape_lines([said])[0], x=1, xanchor="right", font={"size": 13, "weight": 600}, **place
    )


def _direction(figure: Drawing, direction: str) -> None:
    figure.add_annotation(
        text=direction_words(direction), xref="paper", yref="paper", x=1 if direction == "higher" else 0, y=0,
        xanchor="right" if direction == "higher" else "left", yanchor="bottom", yshift=2, showarrow=False, opacity=0.8,
        font={"size": 12},
    )  # fmt: skip


def _spoken(catalog: Catalog, standing: Standing, names: Mapping[str, str]) -> str:
    name = names.get(standing.area, standing.area)
    if standing.spread is None or standing.value is None:
        return f"{name}: {standing.group.name} ohne Rang"
    median = value_text(catalog, standing, standing.spread.median)
    value, where = (
        value_text(catalog, standing, standing.value),
        f"{rank_text(standing)} in {standing.group.name}",
    )
    return f"{name}: {value}, {where}, Median {median}"

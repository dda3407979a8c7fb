"""The profile of one area: every indicator on the scale of its group, turned so that right is favourable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from pages.charts.chart import MUTED, Chart, escape_lines, finish, marker
from pages.charts.drawing import Drawing
from pages.charts.identity import identity
from pages.charts.peer_tables import peer_notes, peer_table
from pages.charts.theme import BAND, MEDIAN, PEER
from warehouse.catalog import Catalog
from warehouse.quantiles import Distribution
from warehouse.standing import NEUTRAL, Standing
from warehouse.standing_words import month_of, quantity_of, rank_text, short_quantity, value_text

LANE = 76
SIGNS = (
    "Jede Zeile hat ihre eigene Skala: links der ungünstigste, rechts der günstigste Wert der Gruppe, dazwischen die Quartile "
    "(Fläche) und der Median (Strich). Grau: ohne Wertung, rechts der höchste Wert."
)


def on_scale(value: float, spread: Distribution, direction: str) -> float:
    """Return where a value lies between the ends of its group: 0 and 1 are the ends, 0.25, 0.5 and 0.75 the quartiles.

    Turned so that 1 is the most favourable value; indicators without judgement have the highest at 1.
    """
    knots = (spread.minimum, spread.p25, spread.median, spread.p75, spread.maximum)
    at = _between(value, knots)
    return 1 - at if direction == "lower" else at


def _between(value: float, knots: Sequence[float]) -> float:
    """Return the place of a value on four equal stretches between knots; on equal knots the middle of their stretches."""
    same = [index for index, knot in enumerate(knots) if knot == value]
    if same:
        return (same[0] + same[-1]) / 2 / 4
    for index, (low, high) in enumerate(pairwise(knots)):
        if low < value < high:
            return (index + (value - low) / (high - low)) / 4
    return 0.0 if value < knots[0] else 1.0


def spine(
    catalog: Catalog,
    standings: Sequence[Standing],
    names: Mapping[str, str],
    *,
    title: str,
    subtitle: str,
    level: str,
) -> Chart:
    """Draw one lane per standing, all of one area; those without a spread or an own value are left to the page."""
    figure = Drawing()
    shown = [each for each in standings if each.spread and each.value is not None]
    for at, standing in enumerate(shown):
        if standing.spread is None or standing.value is None:
            continue
        _scale(figure, standing, at)
        neutral = standing.direction == NEUTRAL
        who = identity(catalog, standing.area, names.get(standing.area, standing.area))
        mark = marker(who, size=14) | (
            {"color": PEER, "line": {"width": 2, "color": PEER}} if neutral else {}
        )
        place = on_scale(standing.value, standing.spread, standing.direction)
        figure.add_scatter(
            x=[place],
            y=[at],
            mode="markers",
            marker=mark,
            hoverinfo="text",
            hovertext=[_hover(catalog, standing)],
        )
        _words(catalog, figure, standing, at)
    figure.update_yaxes(range=[len(shown) - 0.6, -0.9], visible=False)
    figure.update_xaxes(
        range=[-0.04, 1.04], tickvals=[0.25, 0.5, 0.75], ticktext=["25 %", "Median", "75 %"], showline=False
    )
    judged = any(each.direction != NEUTRAL for each in shown)
    words = ("← ungünstiger", "günstiger →") if judged else ("← niedriger", "höher →")
    for x, word, anchor in ((0, words[0], "left"), (1, words[1], "right")):
        figure.add_annotation(
            text=word, xref="paper", yref="paper", x=x, y=1, xanchor=anchor, yanchor="bottom", yshift=2, showarrow=False,
            font={"size": 12}, opacity=0.8,
        )  # fmt: skip
    figure.update_layout(hovermode="closest")
    notes = peer_notes(catalog, shown, level) | {"Zeichen": SIGNS}
    notes["Berichtszeitraum"] = "; ".join(dict.fromkeys(month_of(each) for each in shown))
    alt = (
        f"{title}. "
        + "; ".join(f"{quantity_of(catalog, each)}: {_hover(catalog, each)}" for each in shown)
        + "."
    )
    return finish(
        figure, title=title, subtitle=subtitle, alt=alt, table=peer_table(catalog, shown, names), notes=notes,
        height=LANE * len(shown) + 24,
    )  # fmt: skip


def _scale(figure: Drawing, standing: Standing, at: int) -> None:
    rail = {"width": 1, "color": BAND}
    figure.add_shape(lane=1, type="line", x0=0, x1=1, y0=at, y1=at, line=rail, layer="below")
    box = {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": BAND}
    figure.add_shape(lane=1, x0=0.25, x1=0.75, y0=at - 0.14, y1=at + 0.14, **box)
    figure.add_shape(
        lane=1, type="line", x0=0.5, x1=0.5, y0=at - 0.17, y1=at + 0.17, line={"width": 3, "color": MEDIAN}
    )


def _words(catalog: Catalog, figure: Drawing, standing: Standing, at: int) -> None:
    place: dict[str, Any] = {
        "yref": "y",
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
    }
    neutral = " (ohne Wertung)" if standing.direction == NEUTRAL else ""
    name = f"{short_quantity(catalog, standing)}{neutral}"
    said = f"{value_text(catalog, standing, standing.value)} ({month_of(standing)}) · {rank_text(standing)}"
    figure.add_annotation(text=escape_lines([name])[0], y=at - 0.22, yshift=15, font={"size": 14}, **place)
    figure.add_annotation(
        text=escape_lines([said])[0], y=at - 0.22, yshift=-1, font={"size": 12}, opacity=MUTED, **place
    )


def _hover(catalog: Catalog, standing: Standing) -> str:
    median = value_text(catalog, standing, standing.spread.median if standing.spread else None)
    return f"{value_text(catalog, standing, standing.value)} ({month_of(standing)}), {rank_text(standing)}, Median {median}"

"""What was shown then and is shown now: the place in the group by each quantity, hollow then, filled now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from pages.charts.chart import MUTED, Chart, escape_lines, finish, marker
from pages.charts.drawing import Drawing
from pages.charts.identity import identity
from pages.charts.peer_tables import peer_notes
from pages.charts.theme import BAND
from warehouse.catalog import Catalog
from warehouse.shifts import Shift
from warehouse.standing_words import month_of, quantity_of, rank_text, value_text

LANE = 62
SIGNS = "○ damals gezeigt, ausgefüllt: jetzt gezeigt. Rechts günstiger: Anteil der anderen Mitglieder mit ungünstigerem Wert."


def shift_chart(
    catalog: Catalog, moved: Sequence[Shift], name: str, day: date, *, title: str, subtitle: str, level: str
) -> Chart:
    """Draw one lane per quantity: from the percentile shown on a day to the one shown now."""
    figure = Drawing()
    who = identity(catalog, moved[0].now.area, name)
    for at, each in enumerate(moved):
        then, now = each.then.percentile or 0.0, each.now.percentile or 0.0
        rail = {"width": 1, "color": BAND}
        figure.add_shape(lane=1, type="line", x0=0, x1=100, y0=at, y1=at, line=rail, layer="below")
        figure.add_scatter(
            x=[then, now], y=[at, at], mode="lines+markers", line={"color": who.colour, "width": 3},
            marker=marker(who, hollow=[True, False], size=13), hoverinfo="text",
            hovertext=[escape_lines([_said(catalog, each, then=flag)])[0] for flag in (True, False)],
        )  # fmt: skip
        place: dict[str, Any] = {
            "yref": "y",
            "xref": "paper",
            "y": at - 0.24,
            "yanchor": "bottom",
            "showarrow": False,
        }
        figure.add_annotation(
            text=escape_lines([quantity_of(catalog, each.now)])[0], x=0, xanchor="left", font={"size": 14}, **place
        )  # fmt: skip
        text = f"{rank_text(each.then)} → {rank_text(each.now)}"
        figure.add_annotation(
            text=escape_lines([text])[0], x=1, xanchor="right", font={"size": 12}, opacity=MUTED, **place
        )  # fmt: skip
    figure.update_yaxes(range=[len(moved) - 0.5, -0.85], visible=False)
    figure.update_xaxes(
        range=[-2, 102], tickvals=[25, 50, 75], showline=False, ticktext=["25 %", "Mitte", "75 %"],
    )  # fmt: skip
    for x, text, anchor in ((0, "← ungünstiger", "left"), (1, "günstiger →", "right")):
        figure.add_annotation(
            text=text, x=x, xref="paper", xanchor=anchor, y=0, yref="paper", yanchor="top", yshift=-20, showarrow=False,
            font={"size": 12},
        )  # fmt: skip
    figure.update_layout(hovermode="closest", showlegend=False)
    periods = dict.fromkeys(month_of(side) for each in moved for side in (each.then, each.now))
    notes = peer_notes(catalog, [each.now for each in moved], level) | {
        "Berichtszeitraum": f"damals und jetzt: {'; '.join(periods)}",
        "Zeichen": SIGNS,
    }
    alt = f"{title}. " + "; ".join(
        f"{quantity_of(catalog, each.now)}: {_said(catalog, each, then=True)}, {_said(catalog, each, then=False)}"
        for each in moved
    )
    return finish(
        figure, title=title, subtitle=subtitle, alt=f"{alt}.", notes=notes, height=LANE * len(moved) + 24,
        table=_table(catalog, moved, day),
    )  # fmt: skip


def _said(catalog: Catalog, each: Shift, *, then: bool) -> str:
    side = each.then if then else each.now
    return f"{'damals' if then else 'jetzt'} {value_text(catalog, side, side.value)} ({month_of(side)}), {rank_text(side)}"


def _table(catalog: Catalog, moved: Sequence[Shift], day: date) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "Kennzahl": quantity_of(catalog, each.now),
                "Stand": f"{day:%d.%m.%Y}" if side is each.then else "jetzt",
                "Zeitraum": month_of(side),
                "Angabe": value_text(catalog, side, side.value),
                "Wert": side.value,
                "Einheit": catalog.indicator(side.at.indicator).unit,
                "Rang": side.rank,
                "Mitglieder mit Wert": side.n,
                "günstiger als (%)": side.percentile,
            }
            for each in moved
            for side in (each.then, each.now)
        ]
    )

"""Events in a chart: numbered lines (a day) and areas (a span) in every panel they concern, told in the footnotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pages.charts.drawing import Drawing, axis_of
from pages.charts.theme import BAND, MEDIAN
from warehouse.catalog import Event


def mark_events(
    figure: Drawing, panels: Mapping[int, str], events: Sequence[Event], first: date, last: date
) -> None:
    """Draw events into the panels (number of the vertical axis → id of its area) between two days of the time axis.

    A day is a dotted line, a break a dashed one, a span an area; the number stands at the top of the panel.
    """
    for number, area in panels.items():
        axis = f"{axis_of('y', number)} domain"
        for count, event in enumerate(events, 1):
            if event.areas and area not in event.areas:
                continue
            start, end = max(event.start, first), min(event.end or event.start, last)
            dash = "dash" if event.breaks else "dot"
            place: dict[str, Any] = {"xref": "x", "yref": axis, "layer": "below"}
            if end > start:
                figure.add_shape(
                    type="rect", x0=start, x1=end, y0=0, y1=1, fillcolor=BAND, line={"width": 0}, **place
                )
            figure.add_shape(
                type="line",
                x0=start,
                x1=start,
                y0=0,
                y1=1,
                line={"color": MEDIAN, "width": 1, "dash": dash},
                **place,
            )
            figure.add_annotation(
                text=str(count), x=start, y=1, xref="x", yref=axis, xanchor="left", yanchor="top", xshift=1,
                showarrow=False, font={"size": 12},
            )  # fmt: skip


def shown_events(events: Sequence[Event], areas: Sequence[str]) -> list[Event]:
    """Return the events that concern any of the areas that a chart shows."""
    return [event for event in events if not event.areas or set(event.areas) & set(areas)]


def told_events(events: Sequence[Event]) -> str:
    """Return the footnote of numbered events: number, date, name, what it means, source."""
    return " ".join(
        f"({count}) {_dated(event)} {event.name}: {event.text} Quelle: {event.source}."
        for count, event in enumerate(events, 1)
    )


def _dated(event: Event) -> str:
    return f"{event.start:%d.%m.%Y}" + (f" bis {event.end:%d.%m.%Y}" if event.end else "")

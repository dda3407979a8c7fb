"""What becomes a Plotly figure: collected as plain data, built and checked by Plotly where it is one."""

from __future__ import annotations

from typing import Any, Literal

import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure

from pages.charts.theme import dressed


class Drawing:
    """Lanes below each other, with the names of `go.Figure` for what is put into them.

    Plotly copies and checks the whole figure with every trace, text or axis that is added to it: a chart of thirty
    texts costs a third of a second that way. Here nothing is checked before `figure`, and what goes to a browser
    as data (`sent`) is not made into objects only to be taken apart again.
    """

    def __init__(self, lanes: int = 1, *, gap: float = 0.0) -> None:
        """Begin a drawing of lanes of equal height; `gap`: the room between two of them, as a share of the whole."""
        self._traces: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []
        self._marks: list[dict[str, Any]] = []
        self._layout: dict[str, Any] = {}
        self._lanes = range(1, lanes + 1)
        height = (1 - gap * (lanes - 1)) / lanes
        for lane in self._lanes if lanes > 1 else ():
            top = 1 - (lane - 1) * (height + gap)
            bottom = 0.0 if lane == lanes else top - height
            self.update_axis("x", lane, anchor=axis_of("y", lane))
            self.update_axis("y", lane, anchor=axis_of("x", lane), domain=[bottom, top])

    def add_bar(self, *, lane: int = 1, **trace: Any) -> None:
        """Add bars; the keywords are those of `go.Bar`."""
        self._traces.append({"type": "bar", **_axes(lane), **trace})

    def add_scatter(self, *, lane: int = 1, **trace: Any) -> None:
        """Add marks, texts or lines; the keywords are those of `go.Scatter`."""
        self._traces.append({"type": "scatter", **_axes(lane), **trace})

    def add_annotation(self, *, lane: int | None = None, **text: Any) -> None:
        """Add a text; the keywords are those of `layout.Annotation`, `lane` places it on the axes of a lane.

        It is aligned to the side it is anchored at: a saved picture has other, wider letters than the screen that Plotly
        measured, and what is centred there would stick out at the edge.
        """
        side = text.get("xanchor")
        aligned = {"align": side} if side in ("left", "right") else {}
        self._texts.append(_place(lane) | aligned | text)

    def add_shape(self, *, lane: int | None = None, **mark: Any) -> None:
        """Add a line or rectangle; the keywords are those of `layout.Shape`, `lane` places it on the axes of a lane."""
        self._marks.append(_place(lane) | mark)

    def update_axis(self, letter: Literal["x", "y"], lane: int, **settings: Any) -> None:
        """Set what is said of one axis; the keywords are those of `layout.XAxis`."""
        name = axis_of(f"{letter}axis", lane)
        self._layout[name] = self._layout.get(name, {}) | settings

    def update_xaxes(self, **settings: Any) -> None:
        """Set the same for the x axis of every lane."""
        for lane in self._lanes:
            self.update_axis("x", lane, **settings)

    def update_yaxes(self, **settings: Any) -> None:
        """Set the same for the y axis of every lane."""
        for lane in self._lanes:
            self.update_axis("y", lane, **settings)

    def update_layout(self, **settings: Any) -> None:
        """Set what is said of the figure as a whole; the keywords are those of `go.Layout`."""
        self._layout |= settings

    def figure(self) -> go.Figure:
        """Return the figure, checked by Plotly."""
        return go.Figure(self.told())

    def sent(self, mode: str | None) -> Sent:
        """Return the figure as data for a browser, with the look for its surroundings (light or dark); unchecked: the tests check
        what pages send."""
        return Sent(dressed(self.told(), mode))

    def told(self) -> dict[str, Any]:
        """Return what has been collected as plain data, without a look."""
        texts = {"annotations": self._texts, "shapes": self._marks}
        return {
            "data": self._traces,
            "layout": self._layout | {name: own for name, own in texts.items() if own},
        }


class Sent(BaseFigure):  # type: ignore[misc]
    """A figure that is only sent: Streamlit asks figures of Plotly for nothing but their data, and builds all others anew."""

    def __init__(self, told: dict[str, Any]) -> None:
        """Hold the data of a figure."""
        self._told = told

    def to_dict(self) -> dict[str, Any]:
        """Return the data as Plotly's JavaScript takes them."""
        return self._told


def axis_of(name: str, lane: int) -> str:
    """Return what Plotly calls an axis of a lane: y, y2, y3."""
    return name if lane == 1 else f"{name}{lane}"


def _axes(lane: int) -> dict[str, str]:
    return {"xaxis": axis_of("x", lane), "yaxis": axis_of("y", lane)}


def _place(lane: int | None) -> dict[str, str]:
    return {} if lane is None else {"xref": axis_of("x", lane), "yref": axis_of("y", lane)}

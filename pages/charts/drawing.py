"""What becomes a Plotly figure: collected as plain data, built and checked by Plotly once."""

from __future__ import annotations

from typing import Any, Literal

import plotly.graph_objects as go


class Drawing:
    """Lanes below each other, with the names of `go.Figure` for what is put into them.

    Plotly copies and checks the whole figure with every trace, text or axis that is added to it: a chart of thirty
    texts costs a third of a second that way. Here nothing is checked before `figure`.
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
            self.update_axis("x", lane, anchor=_axis("y", lane))
            self.update_axis("y", lane, anchor=_axis("x", lane), domain=[bottom, top])

    def add_bar(self, *, lane: int = 1, **trace: Any) -> None:
        """Add bars; the keywords are those of `go.Bar`."""
        self._traces.append({"type": "bar", **_axes(lane), **trace})

    def add_scatter(self, *, lane: int = 1, **trace: Any) -> None:
        """Add marks, texts or lines; the keywords are those of `go.Scatter`."""
        self._traces.append({"type": "scatter", **_axes(lane), **trace})

    def add_annotation(self, *, lane: int | None = None, **text: Any) -> None:
        """Add a text; the keywords are those of `layout.Annotation`, `lane` places it on the axes of a lane."""
        self._texts.append(_place(lane) | text)

    def add_shape(self, *, lane: int | None = None, **mark: Any) -> None:
        """Add a line or rectangle; the keywords are those of `layout.Shape`, `lane` places it on the axes of a lane."""
        self._marks.append(_place(lane) | mark)

    def update_axis(self, letter: Literal["x", "y"], lane: int, **settings: Any) -> None:
        """Set what is said of one axis; the keywords are those of `layout.XAxis`."""
        name = _axis(f"{letter}axis", lane)
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
        return go.Figure(
            data=self._traces, layout={**self._layout, "annotations": self._texts, "shapes": self._marks}
        )


def _axis(name: str, lane: int) -> str:
    return name if lane == 1 else f"{name}{lane}"


def _axes(lane: int) -> dict[str, str]:
    return {"xaxis": _axis("x", lane), "yaxis": _axis("y", lane)}


def _place(lane: int | None) -> dict[str, str]:
    return {} if lane is None else {"xref": _axis("x", lane), "yref": _axis("y", lane)}

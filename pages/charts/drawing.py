"""A Plotly figure that is quick to write on."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


class Drawing(go.Figure):  # type: ignore[misc]  # plotly ships no types
    """A figure whose texts and lines are collected and handed over at once by `settle`.

    Plotly copies and checks every annotation for each one that is added: thirty texts cost a third of a second.
    """

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[dict[str, Any]] = []
        self._marks: list[dict[str, Any]] = []

    def add_annotation(self, **text: Any) -> Drawing:
        """Remember a text; the keywords are those of `layout.Annotation`."""
        self._texts.append(_placed(text))
        return self

    def add_shape(self, **mark: Any) -> Drawing:
        """Remember a line or rectangle; the keywords are those of `layout.Shape`."""
        self._marks.append(_placed(mark))
        return self

    def settle(self) -> None:
        """Put what was collected into the layout."""
        self.layout.annotations = (*self.layout.annotations, *self._texts)
        self.layout.shapes = (*self.layout.shapes, *self._marks)
        self._texts, self._marks = [], []


def _placed(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item of row n of a figure with one column with the axes of that row."""
    row = item.pop("row", None)
    item.pop("col", None)
    number = "" if row in (None, 1) else str(row)
    return {"xref": f"x{number}", "yref": f"y{number}", **item} if row else item


def settled(figure: go.Figure) -> go.Figure:
    """Return a figure with everything that was collected for it."""
    if isinstance(figure, Drawing):
        figure.settle()
    return figure

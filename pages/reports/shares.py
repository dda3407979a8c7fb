"""Which texts and marks of a drawing belong to which of its panels; nothing belongs to none."""

from __future__ import annotations

from dataclasses import dataclass

from pages.reports.paint import ExportError
from pages.reports.scene import Panel, Scene, Shape, Text

_ABOVE = 60  # pixels over a panel in which a text is its heading


@dataclass(frozen=True)
class Share:
    """One panel with its texts and marks."""

    panel: Panel
    texts: tuple[Text, ...]
    shapes: tuple[Shape, ...]


def shares(scene: Scene) -> list[Share]:
    """Return every panel with what belongs to it."""
    texts: list[list[Text]] = [[] for _ in scene.panels]
    shapes: list[list[Shape]] = [[] for _ in scene.panels]
    for text in scene.texts:
        texts[_nearest(scene, text)].append(text)
    for shape in scene.shapes:
        touched = (
            [shape.panel]
            if shape.panel is not None and _within(scene.panels[shape.panel], shape)
            else _touched(scene, shape)
        )
        if not touched:
            raise ExportError("Eine Linie oder Fläche liegt außerhalb aller Felder.")
        for index in touched:
            shapes[index].append(shape)
    return [
        Share(panel, tuple(own), tuple(marks))
        for panel, own, marks in zip(scene.panels, texts, shapes, strict=True)
    ]


def _within(panel: Panel, shape: Shape) -> bool:
    _, top, _, bottom = panel.box
    return top - 1 <= min(shape.y0, shape.y1) and max(shape.y0, shape.y1) <= bottom + 1


def _touched(scene: Scene, shape: Shape) -> list[int]:
    low, high = sorted((shape.y0, shape.y1))
    return [n for n, panel in enumerate(scene.panels) if low < panel.box[3] + 1 and high > panel.box[1] - 1]


def _nearest(scene: Scene, text: Text) -> int:
    if text.panel is not None and len({panel.box for panel in scene.panels}) == len(scene.panels):
        _, top, _, bottom = scene.panels[text.panel].box
        if top - _ABOVE <= text.y <= bottom + _ABOVE:
            return text.panel

    def away(index: int) -> float:
        left, top, right, bottom = scene.panels[index].box
        below = text.y - bottom if text.y > bottom else 0
        above = top - text.y if text.y < top else 0
        beside = max(left - text.x, text.x - right, 0)
        return 3 * below + above + beside

    return min(range(len(scene.panels)), key=away)


def extent_of(text: Text) -> tuple[float, float]:
    """Return top and bottom of a text."""
    high = len(text.lines) * text.letters.size * 1.3
    top = text.y - {"top": 0.0, "middle": high / 2, "bottom": high}[text.vertical]
    return top, top + high


def is_frame(shape: Shape, panel: Panel) -> bool:
    """Tell whether a rectangle is the frame of a panel."""
    left, top, right, bottom = panel.box
    sides = (
        min(shape.x0, shape.x1) - left,
        max(shape.x0, shape.x1) - right,
        min(shape.y0, shape.y1) - top,
        max(shape.y0, shape.y1) - bottom,
    )
    return shape.kind == "rect" and shape.fill.is_clear and all(abs(side) < 2 for side in sides)

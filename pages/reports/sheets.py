"""A drawing too tall for a sheet of paper or a wall as several: cut before the headings of its groups, never through one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pages.reports.scene import Bars, Panel, Scene, Series, Text
from pages.reports.shares import extent_of

_BOLD = 600
_ABOVE = 6  # pixels a sheet begins above a heading


def sheets(scene: Scene, tallest: float) -> list[Scene]:
    """Return a drawing of lying bars, or of panels below each other, as parts not taller than so many pixels.

    Every other drawing is left whole.
    """
    if not (_is_lying(scene) or _is_stacked(scene)) or scene.height <= tallest:
        return [scene]
    heads = sorted(
        extent_of(text)[0] - _ABOVE
        for text in scene.texts
        if text.letters.weight >= _BOLD and not (_is_stacked(scene) and _is_inside(scene, text))
    )
    cuts = [0.0]
    for head, after in zip(heads, [*heads[1:], scene.height], strict=True):
        if after - cuts[-1] > tallest and head > cuts[-1] + 1:
            cuts.append(head)
    ends = [*cuts[1:], scene.height + _ABOVE]
    return [_part(scene, top, bottom) for top, bottom in zip(cuts, ends, strict=True)]


def _is_lying(scene: Scene) -> bool:
    return len(scene.panels) == 1 and all(
        isinstance(s, Bars) and s.horizontal for s in scene.panels[0].series
    )


def _is_stacked(scene: Scene) -> bool:
    """Tell whether the panels stand below each other, each with its own labels, so that every one can be read alone."""
    boxes = sorted((panel.box for panel in scene.panels), key=lambda box: box[1])
    apart = all(above[3] <= below[1] for above, below in pairwise(boxes))
    return len(boxes) > 1 and apart and all(panel.x.labelled for panel in scene.panels)


def _is_inside(scene: Scene, text: Text) -> bool:
    """Tell whether a text is a figure within a panel; the heading of a panel stands above it."""
    top, bottom = extent_of(text)
    return any(
        panel.box[1] - 2 * _ABOVE <= bottom and top <= panel.box[3]
        for panel in scene.panels
        if panel.box[0] < text.x
    )


def _part(scene: Scene, top: float, bottom: float) -> Scene:
    def inside(first: float, last: float) -> bool:
        return top <= (first + last) / 2 < bottom

    panels: tuple[Panel, ...]
    if len(scene.panels) == 1:
        panel = scene.panels[0]
        panels = (replace(panel, series=tuple(_bars(panel, entry, top, bottom) for entry in panel.series)),)
    else:
        panels = tuple(panel for panel in scene.panels if inside(panel.box[1], panel.box[3]))
    return replace(
        scene,
        panels=panels,
        texts=tuple(text for text in scene.texts if inside(*extent_of(text))),
        shapes=tuple(shape for shape in scene.shapes if inside(shape.y0, shape.y1)),
        window=(top, min(bottom, scene.height)),
    )


def _bars(panel: Panel, series: Series, top: float, bottom: float) -> Series:
    if not isinstance(series, Bars):
        return series
    return replace(series, bars=tuple(b for b in series.bars if top <= panel.y.pixel(b.position) < bottom))

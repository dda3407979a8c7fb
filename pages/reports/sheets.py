"""A drawing too tall for a sheet of paper as several: cut before the headings of its groups, never through one."""

from __future__ import annotations

from dataclasses import replace

from pages.reports.scene import Bars, Panel, Scene, Series
from pages.reports.shares import extent_of

_BOLD = 600
_ABOVE = 6  # pixels a sheet begins above a heading


def sheets(scene: Scene, tallest: float) -> list[Scene]:
    """Return a drawing of lying bars as parts that are not taller than so many pixels; every other drawing is left whole."""
    lying = len(scene.panels) == 1 and all(
        isinstance(s, Bars) and s.horizontal for s in scene.panels[0].series
    )
    if not lying or scene.height <= tallest:
        return [scene]
    heads = sorted(extent_of(text)[0] - _ABOVE for text in scene.texts if text.letters.weight >= _BOLD)
    cuts = [0.0]
    for head, after in zip(heads, [*heads[1:], scene.height], strict=True):
        if after - cuts[-1] > tallest and head > cuts[-1] + 1:
            cuts.append(head)
    ends = [*cuts[1:], scene.height + _ABOVE]
    return [_part(scene, top, bottom) for top, bottom in zip(cuts, ends, strict=True)]


def _part(scene: Scene, top: float, bottom: float) -> Scene:
    def inside(first: float, last: float) -> bool:
        return top <= (first + last) / 2 < bottom

    panel = scene.panels[0]
    series = tuple(_bars(panel, entry, top, bottom) for entry in panel.series)
    return replace(
        scene,
        panels=(replace(panel, series=series),),
        texts=tuple(text for text in scene.texts if inside(*extent_of(text))),
        shapes=tuple(shape for shape in scene.shapes if inside(shape.y0, shape.y1)),
        window=(top, min(bottom, scene.height)),
    )


def _bars(panel: Panel, series: Series, top: float, bottom: float) -> Series:
    if not isinstance(series, Bars):
        return series
    return replace(series, bars=tuple(b for b in series.bars if top <= panel.y.pixel(b.position) < bottom))

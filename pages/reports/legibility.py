"""What cannot be read from the back row, in black and white, or without seeing colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from pages.reports.arrange import arrange
from pages.reports.measure import fitting
from pages.reports.plan import plans
from pages.reports.scene import Bars, Colour, Panel, Points, Scene
from pages.reports.slides import BODIES, INTERN, TITLES, footer
from pages.reports.svg import INK
from pages.reports.template import LAYOUTS
from pages.reports.view import View
from pages.reports.vision import contrast, distance, lightness
from warehouse.formatting import format_number

_WHITE, _NAMED = "#ffffff", 3
_NAMES = {"protanopia": "Rotblindheit", "deuteranopia": "Grünblindheit", "tritanopia": "Blaublindheit"}
_PLACES = {name: box[2:] for name, (_, box, _) in LAYOUTS["Diagramm"].items()}


def too_long(view: View) -> Iterator[dict[str, str]]:
    """Yield title and comment if a slide has no room for them."""
    if fitting(view.title, TITLES, *_PLACES["Botschaft"], 600) is None:
        yield {"found": "Die Überschrift"}
    if view.beside and fitting(view.beside, BODIES, *_PLACES["Kommentar"]) is None:
        yield {"found": "Der Kommentar"}


def small_print(view: View) -> Iterator[dict[str, str]]:
    """Yield if a slide has no room for all footnotes."""
    if not footer(view, _PLACES["Fußzeile"], above=INTERN if view.is_confidential else "").complete:
        yield {}


def several_slides(view: View, scene: Scene, most: int) -> Iterator[dict[str, str]]:
    """Yield how many slides a chart needs, if more than so many."""
    left, top, wide, high = LAYOUTS["Diagramm"]["Diagramm"][1]
    if view.beside:
        wide = LAYOUTS["Diagramm"]["Kommentar"][1][0] - left - 16
    count = len(arrange(plans(scene), (left, top, wide, high)))
    if count > most:
        yield {"found": str(count)}


def too_many(scene: Scene, most: int) -> Iterator[dict[str, str]]:
    """Yield how many lines lie in one panel, if more than so many."""
    count = max((len({s.name for s in _lines(panel)}) for panel in scene.panels), default=0)
    if count > most:
        yield {"found": str(count)}


def _lines(panel: Panel) -> list[Points]:
    return [series for series in panel.series if isinstance(series, Points) and series.line]


def _shades(scene: Scene) -> Iterator[str]:
    """Yield what stands out most of every mark, as it is seen on white."""
    for panel in scene.panels:
        for series in panel.series:
            if isinstance(series, Bars):
                for bar in series.bars:
                    inks = [bar.fill.colour, bar.fill.pattern_colour if bar.fill.pattern else bar.fill.colour]
                    inks += [bar.fill.line.colour] if bar.fill.line else []
                    yield _strongest(inks)
            else:
                inks = [series.line.colour] if series.line else []
                inks += [
                    p.mark.outline.colour if p.mark.hollow else p.mark.colour for p in series.points if p.mark
                ]
                if inks:
                    yield _strongest(inks)


def _strongest(inks: list[Colour]) -> str:
    return max((ink.on_white() for ink in inks), key=lambda shade: contrast(shade, _WHITE))


def pale_marks(scene: Scene, least: float) -> Iterator[dict[str, str]]:
    """Yield the weakest contrast of a mark on white, if it is below so much."""
    weakest = min((contrast(shade, _WHITE) for shade in _shades(scene)), default=least)
    if weakest < least - 0.005:
        yield {"found": format_number(weakest, 1)}


def pale_texts(scene: Scene, least: float) -> Iterator[dict[str, str]]:
    """Yield texts of the drawing that are too pale on white, or on the bar they stand in."""
    for text in scene.texts:
        letters = text.letters
        shade = (letters.colour or INK).faded(letters.opacity).on_white()
        behind = _WHITE if text.background.is_clear else text.background.on_white()
        if contrast(shade, behind) < least:
            yield {"found": format_number(contrast(shade, behind), 1), "text": f"»{text.words}«"}
    for panel in scene.panels:
        for bar in (b for series in panel.series if isinstance(series, Bars) for b in series.bars if b.text):
            shade = (bar.letters.colour or INK).on_white()
            behind = bar.fill.colour.on_white() if bar.inside else _WHITE
            if contrast(shade, behind) < least:
                yield {"found": format_number(contrast(shade, behind), 1), "text": f"»{bar.text}«"}


def _alike(scene: Scene) -> Iterator[tuple[str, str, str, str]]:
    """Yield name and colour of two series of one panel that neither sign nor dash nor a name beside them tells apart."""
    for panel in scene.panels:
        told: dict[str, tuple[str, str, str]] = {}
        for series in panel.series:
            if (
                isinstance(series, Bars)
                or not series.name
                or any(series.name in p.text for p in series.points)
            ):
                continue
            mark = next((point.mark for point in series.points if point.mark), None)
            if mark is None and series.line is None:
                continue
            ink = (mark.outline.colour if mark.hollow else mark.colour) if mark else None
            shade = ink or (series.line.colour if series.line else INK)
            _, sign, dash = told.get(series.name, ("", "", ""))  # line and marks may be drawn apart
            told[series.name] = (
                shade.on_white(),
                sign or (mark.symbol if mark else ""),
                dash or (series.line.dash if series.line else ""),
            )
        for (one, (first, *look)), (other, (second, *same)) in combinations(told.items(), 2):
            if look == same and first != second:
                yield one, first, other, second


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """Return pairs in words, three at most; the others are counted."""
    told = [f"{one} und {other}" for one, other in dict.fromkeys(pairs)]
    more = f" und {len(told) - _NAMED} weitere Paare" if len(told) > _NAMED else ""
    return "; ".join(told[:_NAMED]) + more


def alike_in_colour(scene: Scene, least: float) -> Iterator[dict[str, str]]:
    """Yield the series that look alike without seeing all colours, for every kind of colour vision."""
    alike = list(_alike(scene))
    for vision, name in _NAMES.items():
        pairs = [
            (one, other) for one, first, other, second in alike if distance(first, second, vision) < least
        ]
        if pairs:
            yield {"found": _pairs(pairs), "vision": name}


def alike_in_grey(scene: Scene, least: float) -> Iterator[dict[str, str]]:
    """Yield the series that look alike in black and white."""
    alike = _alike(scene)
    pairs = [
        (one, other)
        for one, first, other, second in alike
        if abs(lightness(first) - lightness(second)) < least
    ]
    if pairs:
        yield {"found": _pairs(pairs)}

"""How fills, lines, letters, signs and labels of a native chart are written in DrawingML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pages.reports.live import live_format
from pages.reports.native import SMALLEST, Item, Label
from pages.reports.scene import Colour, Fill, Letters, Line, Mark

_DASHES = {
    "solid": "solid",
    "dot": "sysDot",
    "dash": "dash",
    "longdash": "lgDash",
    "dashdot": "dashDot",
    "longdashdot": "lgDashDot",
}
_SYMBOLS = {
    "circle": "circle", "square": "square", "diamond": "diamond", "triangle-up": "triangle", "cross": "plus", "x": "x",
    "star": "star", "line-ew": "dash",
}  # fmt: skip
NATIVE_SYMBOLS = frozenset(_SYMBOLS)
_PATTERNS = {
    "/": "wdUpDiag",
    ".": "pct25",
    "\\": "wdDnDiag",
    "x": "diagCross",
    "-": "narHorz",
    "|": "narVert",
}
_SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
MUTED, INK = "51577a", "131525"


def paint(colour: Colour) -> str:
    """Return how a colour is painted."""
    if colour.is_clear:
        return "<a:noFill/>"
    alpha = f'<a:alpha val="{round(colour.alpha * 100_000)}"/>' if colour.alpha < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour.hex[1:].upper()}">{alpha}</a:srgbClr></a:solidFill>'


def line_look(line: Line | None) -> str:
    """Return how a line is drawn; nothing is not drawn, and not left to the theme."""
    if line is None or line.width <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    dash = _DASHES.get(line.dash, "solid")
    cap = ' cap="flat"'
    return f'<a:ln w="{round(line.width * 12700)}"{cap}>{paint(line.colour)}<a:prstDash val="{dash}"/><a:round/></a:ln>'


def shape_look(fill: Fill | None = None, line: Line | None = None) -> str:
    """Return how an area is painted; hatching and tints lie on white, so that a hollow bar hides what is behind it."""
    if fill is None:
        return f"<c:spPr><a:noFill/>{line_look(line)}</c:spPr>"
    if fill.pattern:
        ink, paper = fill.pattern_colour.on_white()[1:].upper(), fill.colour.on_white()[1:].upper()
        inside = (
            f'<a:pattFill prst="{_PATTERNS[fill.pattern]}"><a:fgClr><a:srgbClr val="{ink}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{paper}"/></a:bgClr></a:pattFill>'
        )
    else:
        inside = f'<a:solidFill><a:srgbClr val="{fill.colour.on_white()[1:].upper()}"/></a:solidFill>'
    return f"<c:spPr>{inside}{line_look(fill.line)}</c:spPr>"


def _shade(letters: Letters) -> str:
    return letters.colour.on_white()[1:] if letters.colour else MUTED if letters.opacity < 1 else INK


def text_look(letters: Letters) -> str:
    """Return how letters are set; none is smaller than a slide allows."""
    size = round(max(letters.size, SMALLEST) * 100)
    shade = _shade(letters)
    return (
        f'<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr lang="de-DE" sz="{size}" b="{int(letters.weight >= 600)}">'
        f'<a:solidFill><a:srgbClr val="{shade}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="de-DE"/></a:p></c:txPr>'
    )


"""Hollow is the colour of the slide: LibreOffice fills what has no filling with the colour of the series."""


def marker(mark: Mark | None) -> str:
    """Return the sign at a point; one that Office does not have is written by a series of its own."""
    if mark is None or mark.symbol not in _SYMBOLS:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    size = min(72, max(2, round(mark.size)))
    inside = (
        "<a:noFill/>" if mark.hollow and mark.symbol not in ("line-ew", "cross", "x") else paint(mark.colour)
    )
    edge = mark.outline if mark.outline.width else None
    if mark.symbol == "line-ew":
        inside, edge = paint(mark.outline.colour), None
    return (
        f'<c:marker><c:symbol val="{_SYMBOLS[mark.symbol]}"/><c:size val="{size}"/>'
        f"<c:spPr>{inside}{line_look(edge)}</c:spPr></c:marker>"
    )


def _label(index: int, label: Label, value: float | None) -> str:
    live = live_format(label.text, value) if value is not None else None
    shown = "".join(f'<c:{name} val="{int(name == "showVal")}"/>' for name in _SHOWN)
    look = f"<c:spPr>{paint(label.background)}<a:ln><a:noFill/></a:ln></c:spPr>"
    letters = text_look(label.letters)
    place = f'<c:dLblPos val="{label.place}"/>'
    if live:
        inside = f'<c:numFmt formatCode="{escape(live)}" sourceLinked="0"/>{look}{letters}'
    else:
        size = round(max(label.letters.size, SMALLEST) * 100)
        shade = _shade(label.letters)
        rows = "".join(
            f'<a:p><a:r><a:rPr lang="de-DE" sz="{size}" b="{int(label.letters.weight >= 600)}">'
            f'<a:solidFill><a:srgbClr val="{shade}"/>'
            f"</a:solidFill></a:rPr><a:t>{escape(row)}</a:t></a:r></a:p>"
            for row in label.text.split("\n")
        )
        inside = f'<c:tx><c:rich><a:bodyPr wrap="none"/>{rows}</c:rich></c:tx>{look}'
    return f'<c:dLbl><c:idx val="{index}"/>{inside}{place}{shown}</c:dLbl>'


def labels(items: Sequence[Item]) -> str:
    """Return the labels of a series: live numbers where the text is the value, else the text."""
    told = [(n, item) for n, item in enumerate(items) if item.label and item.y is not None]
    if not told:
        return ""
    off = "".join(f'<c:{name} val="0"/>' for name in _SHOWN)
    return (
        f"<c:dLbls>{''.join(_label(n, item.label, item.y) for n, item in told if item.label)}{off}</c:dLbls>"
    )

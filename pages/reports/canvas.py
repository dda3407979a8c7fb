"""Puts charts, texts, tables and pictures on a slide, each with a name and a text alternative."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pages.reports.chart_xml import ChartData
from pages.reports.measure import LINE, wrap
from pages.reports.measure import width as text_width
from pages.reports.native import HEAD, SMALLEST, SUBHEAD, Block, Overlay
from pages.reports.scene import Colour, Letters, Line

_INK, _MUTED = Colour("#131525"), Colour("#51577a")
_PAD = 2.0
_DASHES = {"solid": "solid", "dot": "sysDot", "dash": "dash", "longdash": "lgDash", "dashdot": "dashDot"}


def _rgb(digits: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(digits)  # type: ignore[no-untyped-call]


Box = tuple[float, float, float, float]


class Page:
    """A slide with the places its layout names: each is asked for once, python-pptx searches the whole slide every time."""

    def __init__(self, slide: Any, boxes: dict[str, Box]) -> None:
        """Take a new slide and the boxes (left, top, width, height in points) of the names in its layout."""
        self.slide, self.boxes = slide, dict(boxes)
        self._shapes = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
        self._numbers = {s.name: s.placeholder_format.idx for s in slide.slide_layout.placeholders}

    def place(self, name: str) -> Any:
        """Return the placeholder that its layout calls so."""
        return self._shapes[self._numbers[name]]

    def move(self, name: str, box: Box) -> None:
        """Give a placeholder another place."""
        shape = self.place(name)
        self.boxes[name] = box
        shape.left, shape.top, shape.width, shape.height = (round(part * 12700) for part in box)

    def remove(self, name: str) -> None:
        """Take a placeholder off the slide."""
        remove(self.place(name))


def boxes(layout: Any) -> dict[str, Box]:
    """Return left, top, width and height in points of the placeholders of a layout."""
    return {s.name: (s.left.pt, s.top.pt, s.width.pt, s.height.pt) for s in layout.placeholders}


def remove(shape: Any) -> None:
    """Take a shape off its slide."""
    shape._element.getparent().remove(shape._element)


def number(slide: Any) -> None:
    """Give a slide the number its layout has a place for."""
    for shape in slide.slide_layout.placeholders:
        if shape.placeholder_format.type is not None and shape.placeholder_format.type.name == "SLIDE_NUMBER":
            slide.shapes._spTree.append(deepcopy(shape._element))


def fill(
    shape: Any, paragraphs: Sequence[tuple[str, str]], size: float | None = None, *, after: float = 0
) -> None:
    """Write paragraphs – a bold head and what follows it – into a placeholder, at a size of its own, with room after each."""
    from pptx.util import Pt

    frame = shape.text_frame
    for index, (head, text) in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        if after:
            paragraph.space_after = Pt(after)
        for part, bold in ((head, True), (text, False)):
            if part:
                run = paragraph.add_run()
                run.text = part
                run._r.get_or_add_rPr().set("lang", "de-DE")
                if size:
                    run.font.size = Pt(size)
                if bold:
                    run.font.bold = True


def chart(slide: Any, block: Block, box: Box, *, alt: str, name: str) -> None:
    """Put a native chart with what lies over it on a slide; areas lie behind it."""
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    left, top, wide, high = box
    for overlay in block.overlays:
        if overlay.kind == "area":
            _area(slide, block, overlay, box)
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.XY_SCATTER, Pt(left), Pt(top), Pt(wide), Pt(high), ChartData(block.native, (wide, high))
    )
    describe(frame, name, alt)
    if block.native.subheading:
        begin = top + (HEAD if block.native.heading else 6)
        lines = len(wrap(block.native.subheading, SMALLEST, wide))
        under = (left, begin, wide, lines * SUBHEAD)
        write(
            slide,
            block.native.subheading,
            under,
            Letters(SMALLEST, opacity=0.8),
            name="Unterzeile des Diagramms",
        )
    for overlay in block.overlays:
        if overlay.kind == "line":
            _line(slide, block, overlay, box)
        elif overlay.kind == "text":
            _text(slide, block, overlay, box)


def describe(shape: Any, name: str, alt: str) -> None:
    """Give a shape a name and a text alternative."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", alt)


def _at(block: Block, place: tuple[float, float], box: Box) -> tuple[float, float]:
    left, top, wide, high = box
    inset = block.native.insets
    return (
        left + inset[0] + place[0] * (wide - inset[0] - inset[2]),
        top + inset[1] + place[1] * (high - inset[1] - inset[3]),
    )


def _area(slide: Any, block: Block, overlay: Overlay, box: Box) -> None:
    from pptx.util import Pt

    places = [_at(block, place, box) for place in overlay.places]
    builder = slide.shapes.build_freeform(
        round(places[0][0] * 100), round(places[0][1] * 100), scale=12700 / 100
    )
    builder.add_line_segments([(round(x * 100), round(y * 100)) for x, y in places[1:]], close=True)
    shape = builder.convert_to_shape()
    shape.shadow.inherit = False
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(overlay.fill.on_white()[1:].upper())
    if overlay.line:
        shape.line.color.rgb = _rgb(overlay.line.colour.on_white()[1:].upper())
        shape.line.width = Pt(overlay.line.width)
    else:
        shape.line.fill.background()
    describe(shape, "Fläche hinter dem Diagramm", "Schmuck: Fläche des Diagramms")


def _line(slide: Any, block: Block, overlay: Overlay, box: Box) -> None:
    (x0, y0), (x1, y1) = (_at(block, place, box) for place in overlay.places)
    stroke(slide, (x0, y0, x1, y1), overlay.line or Line(_MUTED, 1), "Linie im Diagramm")


def stroke(slide: Any, ends: tuple[float, float, float, float], line: Line, name: str) -> None:
    """Draw a line between two points of a slide."""
    from pptx.enum.dml import MSO_LINE
    from pptx.enum.shapes import MSO_CONNECTOR
    from pptx.util import Pt

    shape = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Pt(end) for end in ends))
    shape.line.color.rgb = _rgb(line.colour.on_white()[1:].upper())
    shape.line.width = Pt(line.width)
    dash = {
        "dash": MSO_LINE.DASH,
        "dot": MSO_LINE.ROUND_DOT,
        "dashdot": MSO_LINE.DASH_DOT,
        "longdash": MSO_LINE.LONG_DASH,
    }.get(line.dash)
    if dash:
        shape.line.dash_style = dash
    shape.name = name


def _text(slide: Any, block: Block, overlay: Overlay, box: Box) -> None:
    x, y = _at(block, overlay.places[0], box)
    size = max(overlay.letters.size, SMALLEST)
    wide, high = text_width(overlay.text, size, overlay.letters.weight) + 2 * _PAD, size * LINE
    x -= {"left": _PAD, "center": wide / 2, "right": wide - _PAD}[overlay.anchor]
    y -= {"top": 0.0, "middle": high / 2, "bottom": high}[overlay.vertical]
    x = min(x, box[0] + box[2] - wide)
    letters = Letters(size, overlay.letters.weight, overlay.letters.colour, overlay.letters.opacity)
    write(slide, overlay.text, (x, y, wide, high), letters, name="Beschriftung im Diagramm", wrapped=False)


def write(
    slide: Any,
    text: str,
    box: Box,
    letters: Letters,
    *,
    name: str,
    wrapped: bool = True,
) -> Any:
    """Put a text box on a slide."""
    from pptx.util import Pt

    shape = slide.shapes.add_textbox(*(Pt(part) for part in box))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = wrapped
    frame.margin_left = frame.margin_right = Pt(_PAD if not wrapped else 0)
    frame.margin_top = frame.margin_bottom = 0
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = text, Pt(letters.size), letters.weight >= 600
    run._r.get_or_add_rPr().set("lang", "de-DE")
    shade = letters.colour or (_MUTED if letters.opacity < 1 else _INK)
    run.font.color.rgb = _rgb(shade.on_white()[1:].upper())
    return shape


def qr(slide: Any, link: str, box: Box) -> None:
    """Put a link on a slide as QR code that can be clicked as well; too long a link is only clickable."""
    import segno
    from pptx.util import Pt
    from segno.encoder import DataOverflowError

    side = min(box[2], box[3])
    try:
        memory = io.BytesIO()
        segno.make_qr(link, error="l", mask=3).save(memory, kind="png", scale=4, border=1)
    except DataOverflowError:
        shape = write(slide, "Ansicht öffnen", box, Letters(11), name="Link zur Ansicht")
        shape.text_frame.paragraphs[0].runs[0].hyperlink.address = link
        return
    memory.seek(0)
    picture = slide.shapes.add_picture(memory, Pt(box[0]), Pt(box[1]), Pt(side), Pt(side))
    picture.click_action.hyperlink.address = link
    describe(picture, "Link zur Ansicht", f"QR-Code mit dem Link zu dieser Ansicht: {link}")


def table(
    slide: Any, columns: Sequence[str], rows: Sequence[Sequence[str]], figures: Sequence[bool], widths: Sequence[float],
    box: Box, *, alt: str,
) -> None:  # fmt: skip
    """Put a native table on a slide: first row as header, figures at the right."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame = slide.shapes.add_table(len(rows) + 1, len(columns), *(Pt(part) for part in box))
    describe(frame, "Tabelle", alt)
    made = frame.table
    style = frame._element.xpath(".//a:tableStyleId")[0]
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style: lines and colours are ours
    for index, wide in enumerate(widths):
        made.columns[index].width = Pt(wide)
    for line, cells in enumerate((columns, *rows)):
        made.rows[line].height = Pt(SMALLEST * LINE + 6)
        for index, text in enumerate(cells):
            cell = made.cell(line, index)
            cell.margin_left = cell.margin_right = Pt(5)
            cell.margin_top = cell.margin_bottom = Pt(2)
            cell.vertical_anchor = MSO_ANCHOR.TOP
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb("F3F4F7" if line == 0 else "FFFFFF")
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if figures[index] else PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold = text, Pt(SMALLEST), line == 0
            run._r.get_or_add_rPr().set("lang", "de-DE")
            run.font.color.rgb = _rgb(_INK.hex[1:].upper())


def lines_of(text: str, size: float, room: float) -> int:
    """Return how many lines a text takes."""
    return len(wrap(text, size, room))

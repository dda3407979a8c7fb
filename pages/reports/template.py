"""The slides an office may replace by its own: layouts and placeholders with names that are documented and checked."""

from __future__ import annotations

import io
import re
from typing import Any
from zipfile import BadZipFile

from pages.reports.paint import ExportError

WIDE, HIGH = 960.0, 540.0
"""Points of a slide, 16:9."""

LAYOUTS: dict[str, dict[str, tuple[str, tuple[float, float, float, float], float]]] = {
    "Titel": {
        "Titel": ("title", (60, 150, 840, 130), 40),
        "Anlass": ("body", (60, 290, 840, 40), 22),
        "Angaben": ("body", (60, 340, 840, 90), 16),
    },
    "Text": {
        "Titel": ("title", (40, 24, 880, 50), 28),
        "Text": ("body", (40, 90, 880, 400), 16),
    },
    "Diagramm": {
        "Botschaft": ("title", (40, 20, 880, 68), 28),
        "Unterzeile": ("body", (40, 90, 880, 24), 14),
        "Kommentar": ("body", (680, 124, 240, 300), 16),
        "Diagramm": ("body", (40, 122, 880, 308), 14),
        "Fußzeile": ("body", (40, 436, 790, 84), 11),
        "Ansicht": ("body", (846, 436, 74, 74), 10),
    },
}
"""Layout → placeholder → kind, place (left, top, width, height in points) and size of its letters."""

_COLOURS = {
    "dk1": "131525",
    "lt1": "FFFFFF",
    "dk2": "51577A",
    "lt2": "F3F4F7",
    "accent1": "4468BF",
    "hlink": "1C57C0",
}
_RULES = {"Titel": (60, 284, 120, 3, "accent1"), "Diagramm": (40, 431, 880, 0.75, "tx2")}
_EMU = 12700


def template() -> bytes:
    """Return the built-in template: an office changes fonts, colours, logo and places, and keeps the names."""
    memory = io.BytesIO()
    build().save(memory)
    return memory.getvalue()


def opened(content: bytes | None) -> Any:
    """Return a presentation without slides: the built-in template, or that of an office if it has all names."""
    if content is None:
        return build()
    from pptx import Presentation
    from pptx.exc import PackageNotFoundError

    try:
        own = Presentation(io.BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise ExportError(
            "Die Vorlage ist keine lesbare PowerPoint-Datei (.pptx). Bitte als .pptx speichern."
        ) from error
    missing = []
    for layout, places in LAYOUTS.items():
        found = layout_of(own, layout)
        if found is None:
            missing.append(f"Folienlayout »{layout}«")
            continue
        names = {shape.name for shape in found.placeholders}
        missing += [
            f"Platzhalter »{name}« im Folienlayout »{layout}«" for name in places if name not in names
        ]
    if missing:
        raise ExportError(
            f"In der Vorlage fehlt: {'; '.join(missing)}. Bitte in PowerPoint unter Ansicht → Folienmaster anlegen "
            "(Namen unter Start → Anordnen → Auswahlbereich) oder von der mitgelieferten Vorlage ausgehen."
        )
    for slide in list(own.slides._sldIdLst):
        own.part.drop_rel(slide.rId)
        own.slides._sldIdLst.remove(slide)
    return own


def layout_of(presentation: Any, name: str) -> Any:
    """Return a layout by its name; None if there is none."""
    return next((entry for entry in presentation.slide_layouts if entry.name == name), None)


def build() -> Any:
    """Return the built-in template as a presentation."""
    from pptx import Presentation
    from pptx.util import Pt

    made = Presentation()
    made.slide_width, made.slide_height = Pt(WIDE), Pt(HIGH)
    layouts = made.slide_layouts
    for layout in list(layouts)[len(LAYOUTS) :]:
        layouts.remove(layout)
    _theme(made)
    _master(made.slide_master)
    for layout, (name, places) in zip(layouts, LAYOUTS.items(), strict=True):
        _fill(layout, name, places)
    return made


def _theme(presentation: Any) -> None:
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode()
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', r"\1Arial", text)
    for name, colour in _COLOURS.items():
        text = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>',
            text,
            flags=re.DOTALL,
        )
    part._blob = text.encode()


def _master(master: Any) -> None:
    """Place the parts of the master on 16:9: title left-aligned, text without bullets, the number of the slide at the right."""
    from pptx.util import Pt

    places = {"TITLE": (40, 24, 880, 60), "BODY": (40, 100, 880, 380), "SLIDE_NUMBER": (860, 514, 60, 18)}
    for shape in list(master.placeholders):
        box = places.get(shape.placeholder_format.type.name)
        if box is None:
            shape._element.getparent().remove(shape._element)
            continue
        shape.left, shape.top, shape.width, shape.height = (Pt(part) for part in box)
    xml = master._element
    for style in xml.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}titleStyle"):
        style[0].set("algn", "l")
    name = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for style in xml.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}bodyStyle"):
        for level in style:
            for bullet in list(level):
                if bullet.tag in (f"{name}buChar", f"{name}buFont", f"{name}buNone"):
                    level.remove(bullet)
            level.set("marL", "0")
            level.set("indent", "0")
            place = next((n for n, child in enumerate(level) if child.tag == f"{name}defRPr"), len(level))
            level.insert(place, level.makeelement(f"{name}buNone", {}))


def _fill(
    layout: Any, name: str, places: dict[str, tuple[str, tuple[float, float, float, float], float]]
) -> None:
    from pptx.oxml import parse_xml

    layout.name = name
    tree = layout.shapes._spTree
    for shape in list(layout.shapes):
        tree.remove(shape._element)
    for number, (place, (kind, box, size)) in enumerate(places.items()):
        tree.append(parse_xml(_placeholder(number, place, kind, box, size)))
    tree.append(parse_xml(_number(len(places))))
    if name in _RULES:
        tree.append(parse_xml(_rule(len(places) + 1, *_RULES[name])))


def _rule(number: int, left: float, top: float, wide: float, thick: float, colour: str) -> str:
    x, y, cx = (round(part * _EMU) for part in (left, top, wide))
    return (
        f'<p:cxnSp {_NS}><p:nvCxnSpPr><p:cNvPr id="{number + 2}" name="Linie"/>'
        f"<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm>"
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{round(thick * _EMU)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )


_NS = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def _placeholder(
    number: int, name: str, kind: str, box: tuple[float, float, float, float], size: float
) -> str:
    left, top, wide, high = (round(part * _EMU) for part in box)
    index = "" if kind == "title" else f' idx="{10 + number}"'
    anchor = "b" if kind == "title" and size < 40 else "t"
    bold = ' b="1"' if kind == "title" else ""
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number + 2}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}"{index}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm></p:spPr><p:txBody>'
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        f'<a:noAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:defRPr sz="{round(size * 100)}"{bold}/></a:lvl1pPr></a:lstStyle>'
        f'<a:p><a:r><a:rPr lang="de-DE"/><a:t>{name}</a:t></a:r></a:p>'
        "</p:txBody></p:sp>"
    )


def _number(number: int) -> str:
    left, top, wide, high = (round(part * _EMU) for part in (860, 516, 60, 16))
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number + 2}" name="Foliennummer"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldNum" sz="quarter" idx="30"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm></p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/><a:lstStyle>'
        '<a:lvl1pPr algn="r"><a:defRPr sz="1100"/></a:lvl1pPr></a:lstStyle>'
        '<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" '
        'type="slidenum"><a:rPr lang="de-DE"/><a:t>‹Nr.›</a:t></a:fld></a:p></p:txBody></p:sp>'
    )

"""How wide a text is, and how large it may be: measured with the letters of Fira Sans, so that nothing is cropped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).with_name("fonts")
LINE = 1.25
"""Height of a line, in sizes of its letters."""
SAFE = 1.06
"""Offices have other fonts than Fira Sans; Arial runs up to so much wider."""
_UNIT = 200


@cache
def _font(weight: int) -> ImageFont.FreeTypeFont:
    name = "SemiBold" if weight >= 600 else "Regular"
    return ImageFont.truetype(str(FONTS / f"FiraSans-{name}.ttf"), _UNIT)


@cache
def width(text: str, size: float, weight: int = 400) -> float:
    """Return how wide one line is, in the unit of `size`."""
    return float(_font(weight).getlength(text)) * size / _UNIT * SAFE


def wrap(text: str, size: float, room: float, weight: int = 400) -> list[str]:
    """Return the lines of a text in so much room; a word longer than a line is broken, never cropped."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width(longer, size, weight) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while width(line, size, weight) > room and len(line) > 1:
                head = max(1, int(len(line) * room / width(line, size, weight)))
                lines.append(line[:head])
                line = line[head:]
        lines.append(line)
    return lines


def fitting(
    text: str, sizes: tuple[float, ...], room: float, height: float, weight: int = 400
) -> float | None:
    """Return the largest of `sizes` at which a text fits into room and height; None if it does not at the smallest."""
    for size in sizes:
        if len(wrap(text, size, room, weight)) * size * LINE <= height:
            return size
    return None


def pages(text: str, size: float, room: float, height: float) -> list[str]:
    """Cut a text into parts that each fit into room and height, between lines as they are wrapped."""
    lines, most = wrap(text, size, room), max(1, int(height / (size * LINE)))
    return [" ".join(lines[start : start + most]) for start in range(0, len(lines), most)]


def shortened(text: str, size: float, room: float, height: float, weight: int = 400) -> str:
    """Return as much of a text as fits, whole words and a mark that it goes on; all of it if it fits."""
    most = max(1, int(height / (size * LINE)))
    if len(wrap(text, size, room, weight)) <= most:
        return text
    words = text.split(" ")
    while len(words) > 1 and len(wrap(" ".join(words) + " …", size, room, weight)) > most:
        words.pop()
    return " ".join(words) + " …"

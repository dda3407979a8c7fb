"""Proposes what may stand once above an unknown table: its period, the area it is about, the text it is known by."""

from __future__ import annotations

from dataclasses import dataclass

from etl.lexicon import Lexicon
from etl.proposal import Extent
from etl.read import Sheet
from etl.titles import area_in, texts
from warehouse.periods import parse_period
from warehouse.spelling import fold


@dataclass(frozen=True)
class TitleText:
    """A text above (or below) the table, and what of it is a period or names an area."""

    text: str
    found: str


def periods_in_titles(sheet: Sheet, extent: Extent, *, below: bool = False) -> list[TitleText]:
    """Return the texts above the table (and below it) with a period in them, without saying the same twice."""
    places = [sheet.name, *texts(sheet.rows[: extent.first_header - 1])]
    places += texts(sheet.rows[extent.last_row :]) if below else []
    found: dict[str, TitleText] = {}
    for text in places:
        if (part := period_in(text)) and part not in found:
            found[part] = TitleText(text, part)
    return list(found.values())


def period_in(text: str) -> str:
    """Return the longest part of a text that is a period, "" where there is none."""
    words = text.split()
    for length in (3, 2, 1):
        for at in range(len(words) - length + 1):
            part = " ".join(words[at : at + length]).strip("(),;:")
            if parse_period(part) and not (length > 1 and fold(part).startswith(("stand ", "bm "))):
                return part
    return ""


def areas_in_titles(sheet: Sheet, extent: Extent, lexicon: Lexicon) -> list[TitleText]:
    """Return the texts above the table that name an area, alone or after a colon."""
    found: dict[str, TitleText] = {}
    for text in [sheet.name, *texts(sheet.rows[: extent.first_header - 1])]:
        part = text.rpartition(":")[2].strip() or text
        if id_ := area_in(part, lexicon):
            found.setdefault(id_, TitleText(text, part))
    return list(found.values())


def title_texts(sheet: Sheet, extent: Extent) -> list[str]:
    """Return the texts above the table without any digit: the next file says the same."""
    found = [cell for row in sheet.rows[: extent.first_header - 1] for cell in row if cell]
    return list(dict.fromkeys(text for text in found if not any(map(str.isdigit, text))))

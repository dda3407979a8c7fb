"""A saved format opened in the assistant again: every control says what was chosen when it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from etl.assigned import Assigned
from etl.assignment import table_heads
from etl.extract import Extract
from etl.formats import Format
from etl.lexicon import Lexicon
from etl.proposal import Extent
from etl.read import Sheet
from etl.revision import opened, title_at
from etl.title_texts import areas_in_titles, periods_in_titles
from pages.components.assistant_form import LEFT_OUT
from pages.components.assistant_once import IN_FILE, TYPED, data_dates
from pages.components.inbox import Assignment
from pages.components.warehouse import catalog
from warehouse.spelling import fold

Said = Iterator[tuple[str, Any]]


def reopened(format_: Format, sheets: Sequence[Sheet], extract: Extract) -> Assignment | None:
    """Return the assignment that a saved format is, over a file it reads; None where it does not recognise the file."""
    found, assigned = opened(format_, sheets), format_.assigned
    if found is None or assigned is None:
        return None
    assignment = Assignment(list(sheets), dict(found.extents), revises=format_)
    assignment.chosen |= {"name": format_.name, "blatt": str(found.sheet)}
    for at, sheet in enumerate(sheets):
        if sheet.name not in found.extents:
            continue
        prefix = "0" if len(sheets) == 1 else str(at)
        extent = found.extents[sheet.name]
        headed = f"{prefix}-{extent.first_header}-{extent.last_header}"
        assignment.guesses[headed] = dict(found.columns[sheet.name])
        filled = {each.name for each in assigned.columns if each.filled}
        assignment.chosen |= {
            f"{headed}-leer-{head.index}": head.name in filled for head in table_heads(sheet, extent)
        }
        said = _said(format_, assigned, sheet, extent, extract)
        assignment.chosen |= {f"{prefix}-{name}": value for name, value in said}
    return assignment


def _said(format_: Format, assigned: Assigned, sheet: Sheet, extent: Extent, extract: Extract) -> Said:
    """Yield what the controls of steps 3 and 4 say, by their names behind the prefix of the sheet."""
    lexicon = Lexicon(catalog())
    yield from _once(format_, lexicon)
    texts = {
        "jobcenter": areas_in_titles(sheet, extent, lexicon),
        "zeitraum": periods_in_titles(sheet, extent),
        "datenstand": data_dates(sheet, extent),
    }
    for title in assigned.titles:
        if (at := title_at(title.pattern, texts[title.column])) is not None:
            yield title.column, f"{IN_FILE}{at}"
    told = assigned.told(extract.id)
    for name in assigned.asked:
        yield name, TYPED
        yield f"{name}-datei", getattr(told, name)
    yield "kennzeichen", assigned.title
    yield "andere", assigned.known_only
    for word in assigned.words:
        key = f"wort-{word.column}-{fold(word.text)}"
        yield key, _meaning(word.column, word.means, lexicon) or LEFT_OUT
        yield f"{key}-merkmal", [part for part in word.merkmal.split("+") if part]


def _once(format_: Format, lexicon: Lexicon) -> Said:
    for name in ("jobcenter", "kennzahl", "zeitbezug", "art"):
        if text := format_.given.get(name, ""):
            yield name, _meaning(name, text, lexicon)
    yield "quelle", format_.given.get("quelle", "")


def _meaning(column: str, text: str, lexicon: Lexicon) -> str:
    """Return the id that a control offers for what the TOML says."""
    if column == "jobcenter":
        return lexicon.area(text) or text
    if column == "merkmal":
        return lexicon.breakdown(text) or text
    spellings = lexicon.indicators if column == "kennzahl" else lexicon.words[column]
    return spellings.get(fold(text), text)

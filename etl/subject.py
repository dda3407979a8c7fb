"""Which Jobcenter a whole workbook is about, as the cells above its tables say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.lexicon import Lexicon
from etl.problem import Problem, problem
from etl.read import Sheet
from warehouse.catalog import Catalog
from warehouse.spelling import fold

_FIRST_ROWS, _FIRST_COLUMNS = 40, 6
_JOBCENTER = re.compile(r"^(?:jc|jobcenter) \S+|\S+, jc$|^t\d{5}$")
"""A cell that names a Jobcenter, known or not."""


def jobcenter_of(pages: Sequence[Sheet], sheets: Sequence[Sheet], catalog: Catalog) -> str | Problem:
    """Return the Jobcenter that the sheets with values name; a problem where it is unknown or not one.

    Where they say nothing, a cover may, in the form `Halle (Saale), Stadt, JC`: a town alone may be the publisher's.
    """
    lexicon = Lexicon(catalog)
    anywhere = [cell for sheet in sheets for cell in _cells(sheet) if _JOBCENTER.search(fold(cell))]
    for texts in ([cell for sheet in pages for cell in _cells(sheet)], anywhere):
        named = sorted({id_ for text in texts if (id_ := _known(text, lexicon))})
        if len(named) > 1:
            names = " und ".join(f"»{catalog.area_name(id_)}«" for id_ in named)
            return problem("several_jobcenters", found=names)
        if named:
            return named[0]
        if other := next((text for text in texts if _JOBCENTER.search(fold(text))), ""):
            return problem("unknown_jobcenter", found=other, expected=lexicon.meant_area(other))
    return problem("no_jobcenter")


def _known(text: str, lexicon: Lexicon) -> str | None:
    name = re.split("[:;]", text)[-1].strip()
    if not re.search("[a-z]", name):  # a figure may look like an official number
        return None
    plain = re.sub(r"\s*\([^()]*(stand|nr)[^()]*\)$", "", name)
    found = lexicon.area(name) or lexicon.area(plain)
    return found if found in lexicon.catalog.jobcenters else None


def _cells(sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows[:_FIRST_ROWS]:
        yield from filter(None, row[:_FIRST_COLUMNS])

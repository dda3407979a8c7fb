"""Takes a large delivery apart by indicator, so that what is computed of a part never fills the memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from etl.held import Held
from etl.tidy import Tidied

PART = 500_000
"""Rows that are looked at together; of one indicator all, where these are more."""


def parts(tidied: Tidied) -> Iterator[Tidied]:
    """Yield a delivery whole, or the rows of a few indicators of a large one at a time, in the order of their ids."""
    if not isinstance(tidied.rows, Held):
        yield tidied
        return
    together: list[str] = []
    size = 0
    for indicator, rows in sorted(tidied.rows.counts().items()):
        if together and size + rows > PART:
            yield replace(tidied, rows=tidied.rows.of(together))
            together, size = [], 0
        together.append(indicator)
        size += rows
    yield replace(tidied, rows=tidied.rows.of(together))

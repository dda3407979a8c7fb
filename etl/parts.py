"""Takes a large delivery apart by indicator, so that what is computed of a part never fills the memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from etl.distinct import coded
from etl.tidy import Tidied

LARGE = 2_000_000
"""A delivery of more rows is checked and compared part by part."""
PART = 500_000


def parts(tidied: Tidied) -> Iterator[Tidied]:
    """Yield a delivery whole, or the rows of a few indicators of a large one at a time (of one, where these are many)."""
    if tidied.target != "observations" or tidied.frame.height <= LARGE:
        yield tidied
        return
    together: list[str] = []
    size = 0
    for indicator, rows in coded(tidied.frame)["indicator"].value_counts().sort("indicator").iter_rows():
        if together and size + rows > PART:
            yield _of(tidied, together)
            together, size = [], 0
        together.append(indicator)
        size += rows
    yield _of(tidied, together)


def _of(tidied: Tidied, indicators: list[str]) -> Tidied:
    return replace(tidied, frame=tidied.frame.filter(pl.col("indicator").is_in(indicators)), keys=None)

"""What a delivered file may cost. Each limit can be set in the environment of the process; docs/betrieb.md lists them."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

PREFIX = "JOBCENTER_MOST_"


@dataclass(frozen=True)
class Limits:
    """The largest file that is read, and the largest table in it; web page and command line share them."""

    megabytes: int = 100
    rows: int = 2_000_000
    columns: int = 300
    signs: int = 1_000  # in one cell

    @property
    def file_bytes(self) -> int:
        """Return how many bytes a file may have."""
        return self.megabytes * 1_000_000


def limits() -> Limits:
    """Return the limits of this process: JOBCENTER_MOST_MEGABYTES, _ROWS, _COLUMNS and _SIGNS where they are set.

    What is no positive whole number counts as not set.
    """
    named = {each.name: os.environ.get(PREFIX + each.name.upper(), "") for each in fields(Limits)}
    return Limits(**{name: int(text) for name, text in named.items() if text.isdecimal() and int(text) > 0})

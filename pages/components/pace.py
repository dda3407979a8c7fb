"""How far work on several files is, and how long the rest may take, judged by their sizes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from math import ceil

_SURE = 10.0
"""Seconds after which the time that is left can be judged."""


class Pace:
    """The pace of work on files of these sizes, begun now; `clock` returns seconds."""

    def __init__(self, sizes: Sequence[int], clock: Callable[[], float] = time.monotonic) -> None:
        self.sizes, self.clock, self.begun = sizes, clock, clock()

    def share(self, done: int) -> float:
        """Return how much is done after so many files, from 0 to 1."""
        return sum(self.sizes[:done]) / max(sum(self.sizes), 1)

    def left(self, done: int) -> str:
        """Return a German sentence about the time that is left, "" while it cannot be judged."""
        share, spent = self.share(done), self.clock() - self.begun
        if not share or spent < _SURE:
            return ""
        minutes = ceil(spent * (1 - share) / share / 60)
        return f"Noch etwa {minutes} Minuten. " if minutes > 1 else "Noch höchstens eine Minute. "

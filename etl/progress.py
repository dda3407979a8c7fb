"""What a long piece of work is doing right now: told to whoever listens, to nobody where nobody does.

The work does not know who waits for it. The command line, a page and a test listen in their own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step in German, and, where it is one of several alike, its number and how many there are.

    `within`: the larger step it belongs to.
    """

    text: str
    number: int = 0
    of: int = 0
    within: Step | None = None

    @property
    def words(self) -> str:
        """Return the step as people read it: `Datei 2 von 24: mai.xlsx – wird geprüft`."""
        before = f"{self.within.words} – " if self.within else ""
        return f"{before}{self.text}"

    @property
    def share(self) -> float:
        """Return how much of the work was done when the step began, from 0 to 1; 0 where nobody can tell."""
        if self.within and self.within.of:
            return min(self.within.share + self._own / self.within.of, 1.0)
        return self._own

    @property
    def _own(self) -> float:
        return (self.number - 1) / self.of if self.of else 0.0


PUBLISHING = "wird veröffentlicht"
"""The step in which everything accepted is published, once for all files."""
Listener = Callable[[Step], None]
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)
_within: ContextVar[Step | None] = ContextVar("within", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Hear every step told inside, in this thread."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def tell(text: str, number: int = 0, of: int = 0) -> None:
    """Tell what begins now, in German; `number` and `of` where it is one of several."""
    if listener := _listener.get():
        listener(Step(text, number, of, _within.get()))


@contextmanager
def one_of(text: str, number: int, of: int) -> Iterator[None]:
    """Tell a larger step, and let every step told inside belong to it."""
    tell(text, number, of)
    before = _within.set(Step(text, number, of, _within.get()))
    try:
        yield
    finally:
        _within.reset(before)

"""Keeps answers of the published database in memory: those asked for last, up to a bounded size, for all readers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import polars as pl

MOST_BYTES = 16_000_000
"""So much memory the answers may take. What all pages ask for again with every click is ten million at national size; whole
histories of a topic are not kept (see `observations`)."""
_EMPTY, _VIEW = 1_000, 16
"""Bytes of a frame without rows, and of a text in it beside its letters."""


def footprint(frame: pl.DataFrame) -> int:
    """Return the bytes a frame takes; polars' own estimate leaves out what points to the letters of texts, most of it here."""
    texts = sum(frame.height * _VIEW for dtype in frame.dtypes if dtype == pl.String)
    return int(frame.estimated_size()) + texts + _EMPTY


def own_copy(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the same rows with letters of their own: few rows of a large frame keep the texts of all its rows in memory."""
    written = frame.write_ipc_stream(None)
    written.seek(0)
    return pl.read_ipc_stream(written)


class Answers:
    """Frames by what was asked; the one not asked for longest goes first. Frames are never changed in place."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, tuple[pl.DataFrame, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: Hashable, answer: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """Return the answer to what was asked, from memory where it is there; `answer` finds it where it is not."""
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
                return self._kept[asked][0]
        found = answer()
        size = footprint(found)
        with self._lock:
            if asked not in self._kept and size <= self._most_bytes:
                self._kept[asked] = found, size
                self._bytes += size
            while self._bytes > self._most_bytes:
                _, (_, freed) = self._kept.popitem(last=False)
                self._bytes -= freed
        return found

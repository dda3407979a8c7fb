"""What was read of delivered files, set aside on disk until they are decided on: no file is read twice."""

from __future__ import annotations

import pickle
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import IO

from etl.draft import NONE_SAVED, Draft, understand
from etl.extract import Extract
from etl.saved import Saved
from warehouse.catalog import Catalog

MOST_BYTES, MOST_FILES = 1_000_000_000, 200
"""What may be set aside at once; beyond that the oldest go, and are read again where somebody asks for them."""


@dataclass(frozen=True)
class _Reading:
    """A draft without the bytes of its extract in a file without a name, and what it rests on beside them."""

    file: IO[bytes]
    size: int
    received: date
    catalog: Catalog
    saved: Saved

    def rests_on(self, catalog: Catalog, received: date, saved: Saved) -> bool:
        return self.catalog is catalog and self.received == received and self.saved == saved


class Readings:
    """The readings of one process, for several threads.

    Nobody else can see the files, and they go with the process, however it ends. Only what an extract says by itself is
    set aside: what is known may change at any time, so files are compared with it whenever they are drafted.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES) -> None:
        self.most_bytes, self.most_files = most_bytes, most_files
        self._kept: dict[tuple[str, str], _Reading] = {}
        self._lock = Lock()

    def understand(
        self, extract: Extract, catalog: Catalog, received: date, saved: Saved = NONE_SAVED
    ) -> Draft:
        """Return what `etl.draft.understand` returns; what was read before under the same conditions is not read again."""
        with self._lock:
            before = self._kept.get(_name(extract))
            if before and before.rests_on(catalog, received, saved):
                before.file.seek(0)
                made: Draft = pickle.load(before.file)
                return replace(made, extract=extract)
        made = understand(extract, catalog, received, saved)
        self._keep(made, catalog, received, saved)
        return made

    def forget(self, extract: Extract) -> None:
        """Give the space of a reading free: its file has been decided on."""
        with self._lock:
            self._drop(_name(extract))

    def _keep(self, made: Draft, catalog: Catalog, received: date, saved: Saved) -> None:
        without = replace(made, extract=Extract(b"", made.extract.file_name))
        if made.tidied:  # the numbers of its keys are soon found again
            without = replace(without, tidied=replace(made.tidied, keys=None))
        try:
            file = tempfile.TemporaryFile()  # noqa: SIM115 – open as long as it is kept
            pickle.dump(without, file, protocol=pickle.HIGHEST_PROTOCOL)
            reading = _Reading(file, file.tell(), received, catalog, saved)
        except OSError:  # no space: it will be read again
            return
        with self._lock:
            self._drop(_name(made.extract))
            self._kept[_name(made.extract)] = reading
            while len(self._kept) > self.most_files or self._size() > self.most_bytes:
                self._drop(next(iter(self._kept)))

    def _size(self) -> int:
        return sum(each.size for each in self._kept.values())

    def _drop(self, name: tuple[str, str]) -> None:
        if gone := self._kept.pop(name, None):
            gone.file.close()


def _name(extract: Extract) -> tuple[str, str]:
    return extract.id, extract.file_name  # messages name the file

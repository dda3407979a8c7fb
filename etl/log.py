"""The load log: one fsynced JSON line per act, append-only, outside the database, so that it can be rebuilt
from it."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from etl.extract import DamagedWarehouseError

LOADED, RETRACTED = "loaded", "retracted"
REJECTED, UNCHANGED, UNCONFIRMED = "rejected", "unchanged", "needs_confirmation"
DISCARDED = "discarded"
"""A person has seen the draft and did not want it; `rejected` is what the check refuses."""
ACTS = (LOADED, RETRACTED, REJECTED, UNCHANGED, UNCONFIRMED, DISCARDED)
_TYPES = {
    **dict.fromkeys(
        ("act", "extract", "file_name", "who", "at", "format", "received", "reason", "format_version"), str
    ),
    **dict.fromkeys(("no", "rows", "problems"), int),
}


@dataclass(frozen=True)
class Entry:
    """One act: who did what with which extract, when (UTC) and with what result."""

    no: int
    act: str
    extract: str
    file_name: str
    who: str
    at: str
    format: str = ""
    received: str = ""
    rows: int = 0
    reason: str = ""
    counts: dict[str, int] | None = None
    problems: int = 0
    format_version: str = ""  # SHA-256 of the saved format it was read by

    @property
    def received_on(self) -> date:
        """Return the day that dates values of sources without a date."""
        return date.fromisoformat(self.received)

    @property
    def when(self) -> datetime:
        """Return the moment of the act (UTC, without zone, as the database keeps it)."""
        return datetime.fromisoformat(self.at).astimezone(UTC).replace(tzinfo=None)


def log_path(folder: Path) -> Path:
    """Return the file of the log."""
    return folder / "log.jsonl"


def read_log(folder: Path) -> list[Entry]:
    """Return all acts in order; a warehouse without log has none.

    A last line cut by a crash was never acknowledged and is passed over; a whole one without its newline
    counts. Any other line that cannot be read is damage: DamagedWarehouseError names it.
    """
    path = log_path(folder)
    content = _acknowledged(path)
    lines = content.removesuffix(b"\n").split(b"\n") if content else []
    return [_entry(line, number, path) for number, line in enumerate(lines, 1)]


def append(folder: Path, entry: Entry) -> None:
    """Write one act and wait until it is on disk."""
    with writing(folder, entry):
        pass


@contextmanager
def writing(folder: Path, *entries: Entry) -> Iterator[None]:
    """Write acts, wait until they are on disk, and take them out again where what they announce fails."""
    path = log_path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    known = _acknowledged(path)
    before = len(known)
    text = "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
    lines = (b"\n" if known and not known.endswith(b"\n") else b"") + text.encode(errors="replace")
    with path.open("ab", buffering=0) as file:
        file.truncate(before)  # half a line that a crash left was never acknowledged
        try:
            if file.write(lines) != len(lines):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            os.fsync(file.fileno())
            yield
        except BaseException:
            file.truncate(before)
            raise


def active(entries: list[Entry]) -> list[Entry]:
    """Return the loads that count: loaded and not retracted since."""
    counted: dict[str, Entry] = {}
    for entry in entries:
        if entry.act == LOADED:
            counted[entry.extract] = entry
        elif entry.act == RETRACTED:
            counted.pop(entry.extract, None)
    return sorted(counted.values(), key=lambda entry: entry.no)


def _acknowledged(path: Path) -> bytes:
    content = path.read_bytes() if path.exists() else b""
    end = content.rfind(b"\n") + 1
    try:
        _parsed(content[end:])
    except (ValueError, TypeError):
        return content[:end]
    return content


def _parsed(line: bytes) -> Entry:
    """Return the act of a line (ValueError or TypeError where it is none)."""
    entry = Entry(**json.loads(line))
    for name, kind in _TYPES.items():
        if type(getattr(entry, name)) is not kind:
            raise TypeError(name)
    counts = {} if entry.counts is None else entry.counts
    if type(counts) is not dict or any(type(count) is not int for count in counts.values()):
        raise TypeError("counts")
    if entry.act not in ACTS:
        raise ValueError(entry.act)
    if entry.received or entry.act == LOADED:
        date.fromisoformat(entry.received)
    datetime.fromisoformat(entry.at)
    return entry


def _entry(line: bytes, number: int, path: Path) -> Entry:
    try:
        return _parsed(line)
    except (ValueError, TypeError, RecursionError) as error:
        raise DamagedWarehouseError(
            f"Zeile {number} des Protokolls {path} ist beschädigt. Stellen Sie die Datei aus einer Sicherung wieder her; "
            "bis dahin wird nichts geladen, die veröffentlichten Werte gelten weiter."
        ) from error

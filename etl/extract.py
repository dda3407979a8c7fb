"""Delivered files, kept unchanged for ever under their SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from etl.limits import limits
from warehouse.durable import write_durably


class DamagedWarehouseError(Exception):
    """What the warehouse has to keep for ever is lost or damaged; the message says what, where and what to
    do."""


@dataclass(frozen=True)
class Extract:
    """A delivered file: its bytes and the name it came with (a label, never a path)."""

    content: bytes
    file_name: str

    @cached_property
    def id(self) -> str:
        """Return the SHA-256 of the content: the identity of the extract, whatever it is called."""
        return hashlib.sha256(self.content).hexdigest()

    def without_content(self) -> Extract:
        """Return what is known of it by its identity and name alone: its bytes lie in the warehouse."""
        known = Extract(b"", self.file_name)
        known.__dict__["id"] = self.id
        return known

    @classmethod
    def from_file(cls, path: Path) -> Extract:
        """Read a file from disk (OSError where that fails)."""
        with path.open("rb") as file:
            return cls(file.read(limits().file_bytes + 1), readable(path.name))


def readable(text: str) -> str:
    """Return text of the system (a file name, an argument) without bytes that are not UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def kept_path(folder: Path, extract_id: str) -> Path:
    """Return where the bytes of an extract are kept."""
    return folder / "extracts" / extract_id[:2] / extract_id


def keep(folder: Path, extract: Extract) -> None:
    """Keep the bytes of an extract in the warehouse; keeping the same bytes twice changes nothing."""
    path = kept_path(folder, extract.id)
    if not path.exists() or path.read_bytes() != extract.content:
        write_durably(path, extract.content)


def keeps_any(folder: Path) -> bool:
    """Tell whether any extract is kept."""
    return any(path.is_file() for path in (folder / "extracts").glob("*/*") if path.suffix != ".new")


def kept(folder: Path, extract_id: str, file_name: str) -> Extract:
    """Return a kept extract, verified against its SHA-256 (DamagedWarehouseError where it is lost or
    differs)."""
    path = kept_path(folder, extract_id)
    try:
        extract = Extract(path.read_bytes(), file_name)
    except FileNotFoundError:
        raise DamagedWarehouseError(_lost("fehlt", path, file_name, extract_id)) from None
    if extract.id != extract_id:
        raise DamagedWarehouseError(_lost("ist beschädigt (Prüfsumme falsch)", path, file_name, extract_id))
    return extract


def _lost(what: str, path: Path, file_name: str, extract_id: str) -> str:
    return (
        f"Die aufbewahrte Lieferung »{file_name}« {what}: {path}. Stellen Sie diese Datei aus einer Sicherung wieder her, "
        f"oder nehmen Sie die Lieferung mit »python -m etl retract {extract_id[:12]}« zurück und laden Sie sie neu."
    )

"""The PowerPoint template of an office, kept beside the warehouse for all who use it."""

from __future__ import annotations

from pathlib import Path

from warehouse.durable import write_durably

FILE = "vorlage.pptx"
LARGEST = 20_000_000  # bytes of a template that is taken in


def kept_template(folder: Path) -> bytes | None:
    """Return the template of the office; None where the built-in one is used."""
    path = folder / FILE
    return path.read_bytes() if path.exists() else None


def keep_template(folder: Path, content: bytes) -> None:
    """Keep a template that has been checked; it replaces the one before."""
    write_durably(folder / FILE, content)


def remove_template(folder: Path) -> None:
    """Use the built-in template again."""
    (folder / FILE).unlink(missing_ok=True)

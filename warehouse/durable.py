"""Writes files so that a crash or a full disk leaves the old file or the new one, never half of one."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file by `content` and wait until it is on disk (OSError where that fails; the old file
    stays)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(path.name + ".new")
    try:
        with waiting.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(waiting, path)
    except BaseException:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise
    with suppress(
        OSError
    ):  # only the name may be lost now, and only with the power: the next start repairs that
        sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    if sys.platform == "win32":  # Windows neither opens folders nor syncs read-only handles
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

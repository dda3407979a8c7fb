"""Reads workbooks in a process of their own: whatever a file does there, it costs at most these seconds and
megabytes.

A 1,4 kB workbook with cells in A1 and XFD1048576 makes every reader ask for hundreds of gigabytes. The child
may not have them, dies, and the file is refused with a German sentence; nobody else notices. (Windows knows
no memory limit for a child: there the time limit and the checks before reading remain.)
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent
SheetCells = dict[str, Any]
"""`{"name": str, "hidden": bool, "rows": [[text, …], …]}`, as the child writes it."""


@dataclass(frozen=True)
class Limits:
    """What reading one workbook may cost, and how large it may be unpacked."""

    seconds: int = 60
    megabytes: int = 2_000
    unpacked_megabytes: int = 400
    entries: int = 2_000


class RefusedError(Exception):
    """A workbook was not read; the message is a German half-sentence saying why."""


def read_workbook(content: bytes, limits: Limits | None = None) -> list[SheetCells]:
    """Return the sheets of a workbook (XLSX, XLS, ODS); RefusedError where it cannot be read."""
    limits = limits or Limits()
    command = [sys.executable, "-m", "etl.workbook", *map(str, vars(limits).values())]
    try:
        child = subprocess.run(
            command, input=content, capture_output=True, cwd=_ROOT, timeout=limits.seconds + 5, check=False
        )
    except subprocess.TimeoutExpired:
        raise RefusedError(
            f"das Lesen der Arbeitsmappe dauert länger als {limits.seconds} Sekunden"
        ) from None
    except OSError as error:
        raise RefusedError(f"der Leseprozess lässt sich nicht starten ({error.strerror})") from error
    if child.returncode != 0:
        raise RefusedError(
            f"die Arbeitsmappe ist beschädigt oder braucht zum Lesen mehr als {limits.megabytes} MB Speicher "
            f"oder {limits.seconds} Sekunden (oft formatierte leere Zeilen und Spalten bis zum Blattende)"
        )
    answer = json.loads(child.stdout)
    if "refused" in answer:
        raise RefusedError(answer["refused"])
    sheets: list[SheetCells] = answer["sheets"]
    return sheets


def confine(limits: Limits) -> None:
    """Bind this process to the limits; called by the child before it looks at the file."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such module
        import resource

        space = limits.megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (space, space))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

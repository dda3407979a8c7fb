"""Examines a warehouse and repairs what can be repaired from the kept extracts and the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl import log
from etl.extract import DamagedWarehouseError, kept
from etl.load import repair, whole_log
from etl.progress import tell
from etl.published import last_readable
from etl.saved import kept_version


@dataclass(frozen=True)
class Finding:
    """What was found out about one part of a warehouse, as a German sentence; `sound`: nothing is left to be done."""

    sound: bool
    text: str


def examine(folder: Path) -> Iterator[Finding]:
    """Yield what is found: log, kept extracts (every byte, by SHA-256), published snapshot (every block).

    A damaged snapshot is built anew; a lost log or extract is named with what to do, and nothing is written then.
    """
    try:
        acts = whole_log(folder)
    except DamagedWarehouseError as error:
        yield Finding(sound=False, text=f"{error} {last_readable(folder)}".strip())
        return
    if not acts:
        yield Finding(sound=True, text="Der Bestand ist leer: Es wurde noch nichts geladen.")
        return
    yield Finding(sound=True, text=f"Protokoll: {len(acts)} Vorgänge, lesbar und vollständig.")
    lost = list(_lost(folder, acts))
    loads = len({entry.extract for entry in acts if entry.act == log.LOADED})
    if not lost:
        yield Finding(sound=True, text=f"Aufbewahrte Lieferungen: alle {loads} vorhanden und unverändert.")
    yield from lost
    yield _snapshot(folder)


def _lost(folder: Path, acts: list[log.Entry]) -> Iterator[Finding]:
    counts = {entry.extract for entry in log.active(acts)}
    loaded = {entry.extract: entry for entry in acts if entry.act == log.LOADED}
    for number, entry in enumerate(loaded.values(), 1):
        tell(f"Prüfsumme von Lieferung {number} von {len(loaded)}: {entry.file_name}", number, len(loaded))
        try:
            kept(folder, entry.extract, entry.file_name)
            if entry.format_version:
                kept_version(folder, entry.format_version, entry.format)
        except DamagedWarehouseError as error:
            only_past = (
                ""
                if entry.extract in counts
                else " Sie ist zurückgenommen: Nur frühere Stände sind betroffen."
            )
            yield Finding(sound=False, text=f"{error}{only_past}")


def _snapshot(folder: Path) -> Finding:
    try:
        repaired = repair(folder)
    except DamagedWarehouseError as error:
        text = f"Der veröffentlichte Stand lässt sich nicht neu bauen. {error} {last_readable(folder)}"
        return Finding(sound=False, text=text.strip())
    if repaired:
        text = "war beschädigt oder veraltet und wurde aus den aufbewahrten Lieferungen neu gebaut."
        return Finding(sound=True, text=f"Veröffentlichter Stand: {text}")
    return Finding(
        sound=True, text="Veröffentlichter Stand: unversehrt (alle Blöcke gelesen) und wie das Protokoll."
    )

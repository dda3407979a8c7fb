"""Brings the transcribed planning documents into a warehouse; called at every start, does nothing where all
is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from etl import log
from etl.extract import DamagedWarehouseError, Extract
from etl.load import load_extract, loading, repair, retract_all
from etl.problem import ERROR
from etl.published import last_readable
from etl.synthetic.apart import is_synthetic
from warehouse.states import SEEDED_BY

DOCUMENTS_FOLDER = Path(__file__).parent / "documents"
BUNDLED_FOLDER = Path(__file__).parent / "bundled"
"""A few hundred figures of official statistics, so that a newcomer sees monthly series at once."""
FOLDERS = (DOCUMENTS_FOLDER, BUNDLED_FOLDER)
_REASON = "Geprüfte Übertragung der Planungsdokumente; Widersprüche der Dokumente bleiben sichtbar."


RESTORED = "Der veröffentlichte Stand war beschädigt oder veraltet und wurde aus den aufbewahrten Lieferungen wiederhergestellt."


class SeedError(Exception):
    """The documents could not be brought in; the message names what is wrong."""


def seed(folder: Path, say: Callable[[str], None] = lambda line: None) -> int:
    """Load every transcribed document that the warehouse does not have; return how many were loaded.

    A document whose transcription was corrected since replaces its older extract (retracted and logged).
    Where nothing is to be done nothing is written: a read-only warehouse can be shown.
    """
    try:
        if repair(folder):
            say(RESTORED)
        if not _missing(folder)[0]:
            return 0
        with loading(folder):  # another start may have done it while we waited
            missing, outdated = _missing(folder)
            if outdated:
                retract_all(folder, outdated, who=SEEDED_BY, reason="Übertragung berichtigt")
            for extract in missing:
                say(_loaded(folder, extract))
    except DamagedWarehouseError as error:
        raise SeedError(f"{error} {last_readable(folder)}".strip()) from error
    return len(missing)


def is_document(entry: log.Entry) -> bool:
    """Tell whether a load is one of the planning documents the product brings along."""
    return entry.who == SEEDED_BY


def _missing(folder: Path) -> tuple[list[Extract], list[log.Entry]]:
    """Return the documents that are not loaded as they are now, and the loads of their older transcriptions.

    What a person has taken back stays taken back. Beside invented figures no document is missing.
    """
    if is_synthetic(folder):
        return [], []
    acts = log.read_log(folder)
    loaded = {entry.file_name: entry for entry in log.active(acts) if entry.who == SEEDED_BY}
    documents = [Extract.from_file(path) for folder in FOLDERS for path in sorted(folder.glob("*.csv"))]
    settled = {entry.extract for entry in log.active(acts)} | _taken_back(acts)
    missing = [extract for extract in documents if extract.id not in settled]
    return missing, [loaded[extract.file_name] for extract in missing if extract.file_name in loaded]


def _taken_back(acts: list[log.Entry]) -> set[str]:
    last = {entry.extract: entry for entry in acts if entry.act in (log.LOADED, log.RETRACTED)}
    return {id_ for id_, entry in last.items() if entry.act == log.RETRACTED and entry.who != SEEDED_BY}


def _loaded(folder: Path, extract: Extract) -> str:
    report = load_extract(folder, extract, who=SEEDED_BY, accept_warnings=_REASON)
    if report.outcome == log.REJECTED:
        messages = [found.message for found in report.problems if found.severity == ERROR]
        raise SeedError(
            f"Das übertragene Dokument {extract.file_name} ist fehlerhaft. " + " ".join(messages[:5])
        )
    return f"{extract.file_name}: {report.counts['new'] + report.counts['revised']} Angaben geladen"

"""Delivered files on their way through the page: received, checked, accepted or discarded; kept in the session.

Every step is taken off a queue before the page says a word, so that a click in the middle stops nothing halfway: the
next run goes on where this one was.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from etl import log
from etl.extract import Extract, readable
from etl.failure import FAILURES, german_failure
from etl.load import BusyError, Report, discard, load_extract, loading_within
from etl.review import Review, review
from pages.components.warehouse import catalog
from warehouse.formatting import format_number
from warehouse.snapshots import current_snapshot, warehouse_folder

PATIENCE = 2.0
"""Seconds to wait for another loader before saying so."""
_UNFORESEEN = "Unerwarteter Fehler; die Daten sind unverändert. Bitte melden Sie ihn der Betreuung."
_DONE = (log.LOADED, log.UNCHANGED)


@dataclass
class Item:
    """A delivered file that waits; without `review` and `failure` it has not been looked at yet.

    `snapshot`: what it was compared with; `message`: why it still waits after an attempt to accept it.
    """

    number: int
    extract: Extract
    review: Review | None = None
    failure: str = ""
    snapshot: Path | None = None
    message: str = ""

    @property
    def can_be_accepted(self) -> bool:
        """Tell whether loading it would change something."""
        return self.review is not None and self.review.outcome == log.UNCONFIRMED


@dataclass(frozen=True)
class Result:
    """What came of a file that does not wait any more, in German."""

    file_name: str
    outcome: str
    told: str


@dataclass
class Inbox:
    """The files that wait, the reasons for those that are to be accepted now, and what came of the others."""

    items: dict[int, Item] = field(default_factory=dict)
    accepted: dict[int, str] = field(default_factory=dict)
    who: str = ""
    results: list[Result] = field(default_factory=list)
    received: int = 0

    def receive(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Put files to the end of those that wait; results of earlier ones have been seen by now."""
        self.results = []
        for name, content in files:
            self.received += 1
            self.items[self.received] = Item(self.received, Extract(content, readable(name)))

    def accept(self, reasons: dict[int, str], who: str) -> None:
        """Mark files to be loaded, each with the reason its warnings are accepted for."""
        self.accepted, self.who, self.results = dict(reasons), who, []

    def look_again(self) -> None:
        """Check all files that wait once more, against what is known by now."""
        for item in self.items.values():
            item.review, item.failure = None, ""

    def discard(self, numbers: list[int], who: str) -> None:
        """Log that files are not wanted and forget them; one that could not be logged stays and says why."""
        self.results = []
        for item in [self.items[number] for number in numbers]:
            if failed := _discarded(item, who):
                item.message = failed
                continue
            del self.items[item.number]
            refused = item.review is None or item.review.draft.is_rejected
            outcome = log.REJECTED if refused else log.DISCARDED
            self.results.append(Result(item.extract.file_name, outcome, "nichts geladen"))


def inbox() -> Inbox:
    """Return the files of this session."""
    kept: Inbox = st.session_state.setdefault("_inbox", Inbox())
    return kept


def work(waiting: Inbox) -> bool:
    """Check what has not been checked and load what has been accepted, showing progress; tell whether anything was done."""
    unseen = [item for item in waiting.items.values() if not (item.review or item.failure)]
    if not unseen and not waiting.accepted:
        return False
    bar = st.progress(0.0, "Dateien werden geprüft …")
    for done, item in enumerate(unseen):
        bar.progress(done / len(unseen), _told("wird geprüft", done, len(unseen), item))
        _look_at(item)
    number_of = len(waiting.accepted)
    while waiting.accepted:
        number = next(iter(waiting.accepted))
        done = number_of - len(waiting.accepted)
        bar.progress(done / number_of, _told("wird geladen", done, number_of, waiting.items[number]))
        _load(waiting, waiting.items[number], waiting.accepted.pop(number))
    bar.empty()
    return True


def _told(what: str, done: int, number_of: int, item: Item) -> str:
    name = item.extract.file_name.replace("`", "'")
    return f"Datei {done + 1} von {number_of} {what}: `{name}`"


def _look_at(item: Item) -> None:
    folder = warehouse_folder()
    try:
        item.snapshot = current_snapshot(folder)
        item.review, item.failure = review(folder, item.extract, catalog()), ""
    except FAILURES as error:
        item.failure = german_failure(error, folder)
    except Exception:  # one bad file does not stop the others
        logging.getLogger(__name__).exception("Lieferung nicht geprüft: %s", item.extract.id)
        item.failure = _UNFORESEEN


def _load(waiting: Inbox, item: Item, reason: str) -> None:
    """Load one file: all of it or nothing; where that does not come out as expected it waits on and says why."""
    folder, seen = warehouse_folder(), item.review
    if seen is None:
        return
    try:
        with loading_within(folder, PATIENCE):
            report = load_extract(
                folder, item.extract, who=waiting.who, accept_warnings=reason, seen=seen.to_confirm
            )
    except BusyError as error:  # the others would wait in vain, too
        for each in (item, *(waiting.items[number] for number in waiting.accepted)):
            each.message = str(error)
        waiting.accepted = {}
        return
    except FAILURES as error:
        item.message = german_failure(error, folder)
        return
    if report.outcome in _DONE:
        del waiting.items[item.number]
        waiting.results.append(Result(report.file, report.outcome, _sentence(report, seen)))
    else:
        item.message = (
            "Nicht geladen: Seit der Prüfung hat sich der Bestand geändert, die Datei wurde neu geprüft."
        )
        _look_at(item)


def _sentence(report: Report, seen: Review) -> str:
    told = count_words(report.counts) or "nichts geändert"
    expected = log.LOADED if seen.outcome == log.UNCONFIRMED else seen.outcome
    if report.counts == seen.draft.counts and report.outcome == expected:
        return told
    before = count_words(seen.draft.counts) or "nichts"
    return f"{told}. Anders als geprüft ({before}), weil inzwischen etwas geladen wurde"


def _discarded(item: Item, who: str) -> str:
    folder = warehouse_folder()
    if item.review is None:
        return ""
    try:
        with loading_within(folder, PATIENCE):
            discard(folder, item.review.draft, who=who)
    except FAILURES as error:
        return german_failure(error, folder)
    return ""


_COUNTS = {"new": "neu", "revised": "geändert", "unchanged": "unverändert", "skipped": "übergangen"}


def count_words(counts: dict[str, int]) -> str:
    """Return the counts of a draft in words: `3 neu, 1 geändert`; what is zero is left out."""
    return ", ".join(
        f"{format_number(counts[name])} {word}" for name, word in _COUNTS.items() if counts[name]
    )

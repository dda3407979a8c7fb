"""Takes delivered files in: received from the box, checked, loaded; with progress, and German words for what fails.

Every step is taken off a queue before the page says a word, so that a click in the middle stops nothing halfway: the
next run goes on where this one was.
"""

from __future__ import annotations

import logging

import streamlit as st

from etl import log
from etl.failure import FAILURES, german_failure
from etl.limits import limits
from etl.load import BusyError, Report, load_extract, loading_within
from etl.review import Review, review
from pages.components.inbox import PATIENCE, READINGS, Inbox, Item, Result
from pages.components.pace import Pace
from pages.components.warehouse import catalog
from warehouse.formatting import format_number
from warehouse.snapshots import current_snapshot, warehouse_folder

_BOX = "Dateien im Langformat oder einem anderen hinterlegten Format"
_UNFORESEEN = "Unerwarteter Fehler; die Daten sind unverändert. Bitte melden Sie ihn der Betreuung."
_DONE = (log.LOADED, log.UNCHANGED)


def most_megabytes() -> int:
    """Return how large a file may be on the page: the limit of `etl.limits`, where the server takes no less."""
    return min(limits().megabytes, int(st.get_option("server.maxUploadSize")))


def show_box(waiting: Inbox) -> None:
    """Show the box that files are dropped into, and receive what is in it; empty it when all are decided on."""
    key, shown = f"dateien-{waiting.box}", "_in_the_box"

    def note_what_was_taken_out() -> None:
        left = {file.file_id for file in st.session_state[key]}
        waiting.take_out(id_ for id_ in st.session_state.get(shown, ()) if id_ not in left)

    most = most_megabytes()
    files = st.file_uploader(
        f"{_BOX}, jede bis {most} MB; größere werden rot und nicht gelesen",
        accept_multiple_files=True,
        key=key,
        on_change=note_what_was_taken_out,
        max_upload_size=most,
    )
    st.session_state[shown] = [file.file_id for file in files]
    if waiting.receive(files):
        st.rerun()


def work(waiting: Inbox) -> bool:
    """Check what has not been checked and load what has been accepted, showing progress; tell whether anything was done."""
    unseen = [item for item in waiting.items.values() if not (item.review or item.failure)]
    if not unseen and not waiting.accepted:
        return False
    bar = st.progress(0.0, "Dateien werden geprüft …")
    pace = Pace([len(item.extract.content) for item in unseen])
    for done, item in enumerate(unseen):
        bar.progress(pace.share(done), _told("wird geprüft", done, len(unseen), item, pace))
        _look_at(item)
    accepted = [waiting.items[number] for number in waiting.accepted]
    pace = Pace([len(item.extract.content) for item in accepted])
    for done, item in enumerate(accepted):
        bar.progress(pace.share(done), _told("wird geladen", done, len(accepted), item, pace))
        if item.number in waiting.accepted:
            _load(waiting, item, waiting.accepted.pop(item.number))
    bar.empty()
    waiting.empty_box()
    return True


def _told(what: str, done: int, number_of: int, item: Item, pace: Pace) -> str:
    name = item.extract.file_name.replace("`", "'")
    left = pace.left(done)
    return f"Datei {done + 1} von {number_of} {what}: `{name}`. {left}Bitte bleiben Sie auf dieser Seite."


def _look_at(item: Item) -> None:
    folder = warehouse_folder()
    try:
        item.snapshot = current_snapshot(folder)
        item.review, item.failure = review(folder, item.extract, catalog(), read=READINGS.understand), ""
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
                folder,
                item.extract,
                who=waiting.who,
                accept_warnings=reason,
                seen=seen.to_confirm,
                read=READINGS.understand,
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
        waiting.drop(item)
        waiting.results.append(Result(report.file, report.outcome, _sentence(report, seen), report.counts))
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


COUNTED = {"new": "neu", "revised": "geändert", "unchanged": "unverändert", "skipped": "übergangen"}
"""Counts of a draft that people are told → in a word."""


def count_words(counts: dict[str, int]) -> str:
    """Return the counts of a draft in words: `3 neu, 1 geändert`; what is zero is left out."""
    return ", ".join(
        f"{format_number(counts[name])} {word}" for name, word in COUNTED.items() if counts[name]
    )

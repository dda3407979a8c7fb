"""Takes delivered files in: received from the box, checked, loaded; with progress, and German words for what fails.

A click in the middle stops nothing halfway: the next run goes on with the file that was being checked, and begins the one
load of all accepted files again.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import closing

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from etl import log
from etl.failure import FAILURES, german_failure
from etl.limits import limits
from etl.load import load_together, loading_within
from etl.progress import PUBLISHING, Step, listening, one_of
from etl.review import Review, review
from etl.verdict import Offer, Report
from pages.components.inbox import PATIENCE, READINGS, Inbox, Item, Result
from pages.components.pace import Pace
from pages.components.warehouse import catalog
from warehouse.formatting import format_number
from warehouse.snapshots import current_snapshot, warehouse_folder

_BOX = "Dateien im Langformat oder einem anderen hinterlegten Format"
_UNFORESEEN = "Unerwarteter Fehler; die Daten sind unverändert. Bitte melden Sie ihn der Betreuung."
_STAY = "Bitte bleiben Sie auf dieser Seite."
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
    pace = _pace(unseen)
    for done, item in enumerate(unseen):
        bar.progress(pace.share(done), _told("wird geprüft", done, unseen, pace))
        _look_at(item)
    if waiting.accepted:
        _load(waiting, bar)
    bar.empty()
    waiting.empty_box()
    return True


def _pace(items: list[Item]) -> Pace:
    return Pace([len(item.extract.content) for item in items])


def _told(what: str, done: int, items: list[Item], pace: Pace) -> str:
    name = items[done].extract.file_name.replace("`", "'")
    return f"Datei {done + 1} von {len(items)} {what}: `{name}`. {pace.left(done)}{_STAY}"


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


def _load(waiting: Inbox, bar: DeltaGenerator) -> None:
    """Load all accepted files at once; one that does not come out as expected waits on and says why.

    Whoever clicks in the middle, leaves the page or loses the connection ends this: nothing is loaded then, and the next
    run begins again.
    """
    folder, items = warehouse_folder(), [waiting.items[number] for number in waiting.accepted]
    pace = _pace(items)

    def show(step: Step) -> None:
        if step.of and not step.within:
            bar.progress(pace.share(step.number - 1), _told("wird geladen", step.number - 1, items, pace))
        elif step.text == PUBLISHING:
            bar.progress(1.0, f"Der neue Stand wird veröffentlicht. {_STAY}")

    failed = ""
    reports: list[Report] = []
    try:
        with loading_within(folder, PATIENCE), listening(show), closing(_offers(waiting, items)) as offers:
            reports = load_together(folder, offers, who=waiting.who, read=READINGS.understand)
    except FAILURES as error:
        failed = german_failure(error, folder)
    except Exception:
        logging.getLogger(__name__).exception("Lieferungen nicht geladen")
        failed = _UNFORESEEN
    waiting.accepted = {}
    for item in items if failed else ():
        item.message = failed
    for item, report in zip(items, reports, strict=False):
        _settle(waiting, item, report)


def _offers(waiting: Inbox, items: list[Item]) -> Generator[Offer, None, None]:
    """Yield the accepted files one after the other, each with its reason; what is told meanwhile belongs to it."""
    for number, item in enumerate(items, 1):
        with one_of(item.extract.file_name, number, len(items)):
            seen = item.review.to_confirm if item.review else ()
            yield Offer(item.extract, waiting.accepted[item.number], seen)


def _settle(waiting: Inbox, item: Item, report: Report) -> None:
    seen = item.review
    if seen and report.outcome in _DONE:
        waiting.drop(item)
        waiting.results.append(Result(report.file, report.outcome, _sentence(report, seen), report.counts))
    else:
        item.message = (
            "Nicht geladen: Seit der Prüfung hat sich der Bestand geändert, die Datei wurde neu geprüft."
        )
        item.review = None  # the next run looks at it


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

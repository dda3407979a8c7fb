"""Delivered files that wait for a decision, kept in the session; what was decided is done in `intake`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from etl import log
from etl.extract import Extract, readable
from etl.failure import FAILURES, german_failure
from etl.formats import Format
from etl.load import discard, loading_within
from etl.proposal import Extent, Guess
from etl.read import Sheet
from etl.readings import Readings
from etl.review import Review
from etl.revision import Effect
from warehouse.snapshots import warehouse_folder

PATIENCE = 2.0
"""Seconds to wait for another loader before saying so."""
READINGS = Readings()
"""What was read of the files that wait, in all sessions: what has been checked is not read again when it is accepted."""


@dataclass
class Assignment:
    """A file of no known format that a person assigns.

    Its sheets, where their tables may stand and what columns may be (proposed once), and what was chosen so far by the
    name of the control. `revises`: the saved format that this becomes a new version of; `effects`: what a version (its
    TOML) would read differently.
    """

    sheets: list[Sheet]
    extents: dict[str, Extent] = field(default_factory=dict)
    guesses: dict[str, dict[str, Guess]] = field(default_factory=dict)
    chosen: dict[str, Any] = field(default_factory=dict)
    revises: Format | None = None
    effects: dict[bytes, list[Effect]] = field(default_factory=dict)


@dataclass
class Item:
    """A delivered file that waits; without `review` and `failure` it has not been looked at yet.

    `snapshot`: what it was compared with; `message`: why it still waits after an attempt to accept it; `assignment`: a
    person is saying what its columns are.
    """

    number: int
    extract: Extract
    review: Review | None = None
    failure: str = ""
    snapshot: Path | None = None
    message: str = ""
    assignment: Assignment | None = None

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
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Inbox:
    """The files that wait, the reasons for those that are to be accepted now, and what came of the others."""

    items: dict[int, Item] = field(default_factory=dict)
    accepted: dict[int, str] = field(default_factory=dict)
    who: str = ""
    results: list[Result] = field(default_factory=list)
    received: dict[str, int] = field(default_factory=dict)
    box: int = 0
    edited: Item | None = None
    """A kept file whose saved format a person is changing; it does not wait for a decision."""
    edits: int = 0

    def receive(self, files: Iterable[UploadedFile]) -> bool:
        """Put files that were not received before to the end of those that wait; tell whether there were any.

        The box keeps showing them until all are decided on: so it also keeps showing those the browser refused.
        """
        new = [file for file in files if file.file_id not in self.received]
        for file in new:
            number = self.received[file.file_id] = len(self.received) + 1
            self.items[number] = Item(number, Extract(file.getvalue(), readable(file.name)))
        if new:
            self.results = []  # they have been seen by now
        return bool(new)

    def take_out(self, file_ids: Iterable[str]) -> None:
        """Forget files that a person has taken out of the box again."""
        for file_id in file_ids:
            if item := self.items.get(self.received[file_id]):
                self.drop(item)

    def drop(self, item: Item) -> None:
        """Forget a file that is decided on, and what was read of it."""
        del self.items[item.number]
        READINGS.forget(item.extract)

    def accept(self, reasons: dict[int, str], who: str) -> None:
        """Mark files to be loaded, each with the reason its warnings are accepted for."""
        self.accepted, self.who, self.results = dict(reasons), who, []
        for number in reasons:
            self.items[number].message = ""

    def look_again_at_unknown(self) -> None:
        """Check those files once more that no format fitted: there is another one now."""
        for item in self.items.values():
            if item.review and (not item.review.format_name or item.review.draft.saved):
                item.review, item.failure, item.message = None, "", ""

    def look_again(self) -> None:
        """Check all files that wait once more, against what is known by now."""
        for item in self.items.values():
            item.review, item.failure, item.message = None, "", ""

    def discard(self, numbers: list[int], who: str) -> None:
        """Log that files are not wanted and forget them; one that could not be logged stays and says why."""
        self.results = []
        for item in [self.items[number] for number in numbers]:
            if failed := _discarded(item, who):
                item.message = failed
                continue
            self.drop(item)
            refused = item.review is None or item.review.draft.is_rejected
            outcome = log.REJECTED if refused else log.DISCARDED
            self.results.append(Result(item.extract.file_name, outcome, "nichts geladen"))
        self.empty_box()

    def empty_box(self) -> None:
        """Begin with an empty box where nothing waits any more."""
        self.box += not self.items


def inbox() -> Inbox:
    """Return the files of this session."""
    kept: Inbox = st.session_state.setdefault("_inbox", Inbox())
    return kept


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

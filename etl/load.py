"""Accepts drafts: keeps the extract, publishes a snapshot, writes the log. All or nothing, one loader at a
time.

The line of the log is what makes a load true: the snapshot is built before it and shown after it. Where a
crash comes between the two, `repair` shows what the log says.
"""

from __future__ import annotations

import getpass
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from etl import log
from etl.draft import Draft, Reader, draft, understand
from etl.extract import DamagedWarehouseError, Extract, keep, keeps_any
from etl.problem import Problem, problem
from etl.progress import tell
from etl.published import adding, last_shown, replaying, shows, taking_back
from etl.saved import keep_version
from etl.synthetic.apart import kept_apart
from warehouse.catalog import Catalog, load_catalog
from warehouse.durable import write_durably
from warehouse.snapshots import current_snapshot, has_snapshots, publish


class BusyError(Exception):
    """Somebody else is loading; the message says what to do."""


@dataclass(frozen=True)
class Report:
    """What came of one delivered file. `outcome`: loaded, unchanged, rejected or needs_confirmation."""

    file: str
    outcome: str
    extract: str
    counts: dict[str, int]
    problems: list[Problem]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `--json` prints it."""
        return {
            "file": self.file,
            "outcome": self.outcome,
            "extract_id": self.extract,
            "counts": self.counts,
            "problems": [found.as_dict() for found in self.problems],
        }


def check_extract(folder: Path, extract: Extract, *, today: date | None = None) -> Report:
    """Say what loading an extract would do; a good one that changes something "needs_confirmation". Writes
    nothing."""
    made = drafted(folder, extract, load_catalog(), today)
    return Report(extract.file_name, expected_outcome(made), extract.id, made.counts, made.problems)


def expected_outcome(made: Draft) -> str:
    """Return what loading a draft would come to; one that changes something "needs_confirmation"."""
    return log.REJECTED if made.is_rejected else log.UNCHANGED if made.changes_nothing else log.UNCONFIRMED


def load_extract(
    folder: Path,
    extract: Extract,
    *,
    who: str = "",
    accept_warnings: str = "",
    seen: Collection[Problem] | None = None,
    reason: str = "",
    today: date | None = None,
    read: Reader = understand,
) -> Report:
    """Load an extract into the warehouse in `folder`.

    Rejected where there are errors; "needs_confirmation" where warnings have to be accepted with a reason
    (`accept_warnings`, given for the warnings in `seen` where these are named: what has come up since is not
    accepted by it); `reason` is what a person says of it where nothing has to be accepted. "unchanged" where
    everything is known. Every attempt is logged; only "loaded" publishes.
    Raises OSError where nothing can be written, DamagedWarehouseError where what was kept is lost; nothing changes then.
    """
    catalog, accept_warnings = load_catalog(), accept_warnings.strip()
    with loading(folder):
        if extract.id in {load.extract for load in log.active(log.read_log(folder))}:
            keep(folder, extract)  # delivered again, it heals what was lost or damaged
        _repair(folder, thoroughly=False)
        made = drafted(folder, extract, catalog, today, read)
        outcome = _outcome(made, accept_warnings if _all_seen(made, seen) else "")
        entry = _entry(folder, made, outcome, who, accept_warnings if made.must_confirm else reason.strip())
        if outcome == log.LOADED:
            tell("wird veröffentlicht")
            begin(folder)
            keep(folder, extract)
            if made.saved:
                keep_version(folder, made.saved)
            publish(folder, adding(made, entry, catalog), witness=log.writing(folder, entry))
            begun(folder).unlink(missing_ok=True)
        else:
            log.append(folder, entry)
    return Report(extract.file_name, outcome, extract.id, made.counts, made.problems)


def discard(folder: Path, made: Draft, *, who: str = "", reason: str = "") -> None:
    """Log that a draft was not loaded: rejected for its errors, or discarded by a person; nothing else is written."""
    act = log.REJECTED if made.is_rejected else log.DISCARDED
    rows = sum(made.counts[name] for name in ("new", "revised", "unchanged"))
    with loading(folder):
        log.append(folder, replace(_entry(folder, made, act, who, reason), rows=rows))


def retract(folder: Path, extract_id: str, *, who: str = "", reason: str = "") -> Problem | None:
    """Take one loaded extract back: the figures before it are current again, the log shows both acts.

    `extract_id` may be shortened. Returns a problem where no such extract is loaded, or more than one.
    """
    with loading(folder):
        found = [entry for entry in log.active(log.read_log(folder)) if entry.extract.startswith(extract_id)]
        if len(found) != 1 or not extract_id:
            return problem("no_extract" if not found else "several_extracts", found=extract_id)
        retract_all(folder, found, who=who, reason=reason)
    return None


def retract_all(folder: Path, entries: list[log.Entry], *, who: str = "", reason: str = "") -> None:
    """Take several loads back at once; figures are published once, after the last."""
    tell("der Stand davor wird hergestellt")
    with loading(folder):
        before = whole_log(folder)
        first, about = _next_number(folder), {"who": who, "reason": reason}
        acts = [_retraction(entry, no, **about) for no, entry in enumerate(entries, first)]
        is_sound = current_snapshot(folder) is not None and _is_sound(folder, thoroughly=True)
        fill = taking_back(acts, load_catalog()) if is_sound else replaying(folder, [*before, *acts])
        publish(folder, fill, from_scratch=not is_sound, witness=log.writing(folder, *acts))


def rebuild(folder: Path) -> int:
    """Publish a snapshot made anew from the kept extracts and the log; return the number of loads in it."""
    with loading(folder):
        acts = whole_log(folder)
        publish(folder, replaying(folder, acts), from_scratch=True)
    return len(log.active(acts))


def repair(folder: Path) -> bool:
    """Rebuild where the published snapshot is damaged or does not show exactly the logged loads; tell whether
    it did.

    Reads all blocks of the snapshot. Raises DamagedWarehouseError where the log is lost or cut off: nothing
    can be rebuilt without it.
    """
    whole_log(folder)
    if _is_sound(folder, thoroughly=True):
        return False
    tell("auf einen anderen Ladevorgang wird gewartet")
    with loading(folder):
        return _repair(folder, thoroughly=True)


def _repair(folder: Path, *, thoroughly: bool) -> bool:
    whole_log(folder)
    if _is_sound(folder, thoroughly=thoroughly):
        return False
    rebuild(folder)
    return True


def whole_log(folder: Path) -> list[log.Entry]:
    """Return all acts; DamagedWarehouseError where the log knows less than was kept or published."""
    entries = log.read_log(folder)
    snapshot = current_snapshot(folder)
    path = log.log_path(folder)
    restore = (
        "Stellen Sie es aus einer Sicherung wieder her; bis dahin wird nichts geladen, "
        "die veröffentlichten Werte gelten weiter."
    )
    is_first_load = snapshot is None and begun(folder).exists()
    if not entries and not is_first_load and (keeps_any(folder) or has_snapshots(folder)):
        raise DamagedWarehouseError(
            f"Das Protokoll {path} fehlt oder ist leer, es sind aber Lieferungen da. {restore}"
        )
    last = max((entry.no for entry in entries), default=0)
    shown = last_shown(snapshot) if snapshot else 0
    if shown > last:
        raise DamagedWarehouseError(
            f"Das Protokoll ist kürzer als der veröffentlichte Stand: {path} endet mit Vorgang {last}, veröffentlicht ist "
            f"Vorgang {shown}. {restore}"
        )
    return entries


def begun(folder: Path) -> Path:
    """Return the file that stands while a first load is under way: then kept extracts without log are no
    loss."""
    return folder / "first-load"


def begin(folder: Path) -> None:
    """Mark a first load as under way."""
    if not log.read_log(folder):
        write_durably(begun(folder), b"")


def _is_sound(folder: Path, *, thoroughly: bool) -> bool:
    tell("veröffentlichter Stand wird geprüft")
    snapshot, loads = current_snapshot(folder), log.active(log.read_log(folder))
    if snapshot is None:
        return not loads
    return snapshot.exists() and shows(snapshot, loads, thoroughly=thoroughly)


def loading(folder: Path) -> FileLock:
    """Return the lock that lets one loader in at a time; the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / "loading.lock", is_singleton=True)


@contextmanager
def loading_within(folder: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of `loading`, or raise BusyError where another loader keeps it longer than that."""
    try:
        held = loading(folder).acquire(timeout=seconds)
    except Timeout:
        raise BusyError(
            "Ein anderer Ladevorgang läuft. Es wurde nichts geändert; versuchen Sie es in einer Minute noch einmal."
        ) from None
    with held:
        yield


def drafted(
    folder: Path, extract: Extract, catalog: Catalog, today: date | None = None, read: Reader = understand
) -> Draft:
    """Draft an extract; one that is loaded already, to the byte, changes nothing and says who loaded it when."""
    made = kept_apart(folder, draft(folder, extract, catalog, today or date.today(), read), catalog)
    before = next((load for load in log.active(log.read_log(folder)) if load.extract == extract.id), None)
    if before is None or made.is_rejected:
        return made
    when = f"am {before.when:%d.%m.%Y um %H:%M} Uhr (UTC) von {before.who} als »{before.file_name}«"
    noted = problem("already_loaded", file=extract.file_name, found=when)
    rows = sum(made.counts[name] for name in ("new", "revised", "unchanged"))
    counts = {**dict.fromkeys(made.counts, 0), "unchanged": rows, "skipped": made.counts["skipped"]}
    own = [found for found in made.problems if found.code not in ("older", "other_source")]
    return replace(
        made,
        changes=False,
        counts=counts,
        listed=made.listed.clear(),
        sums=made.sums.clear(),
        entries=made.entries.clear(),
        problems=[noted, *own],
    )


def _all_seen(made: Draft, seen: Collection[Problem] | None) -> bool:
    return seen is None or all(found in seen for found in made.problems if found.must_confirm)


def _outcome(made: Draft, accept_warnings: str) -> str:
    if made.is_rejected:
        return log.REJECTED
    if made.changes_nothing:
        return log.UNCHANGED
    return log.UNCONFIRMED if made.must_confirm and not accept_warnings else log.LOADED


def _entry(folder: Path, made: Draft, outcome: str, who: str, reason: str) -> log.Entry:
    return log.Entry(
        no=_next_number(folder),
        act=outcome,
        extract=made.extract.id,
        file_name=made.extract.file_name,
        who=who or _user(),
        at=_now(),
        format=made.format_id,
        received=made.received.isoformat(),
        rows=made.tidied.height if made.tidied else 0,
        reason=reason,
        counts=made.counts,
        problems=len(made.problems),
        format_version=made.saved.version if made.saved else "",
    )


def _retraction(load: log.Entry, no: int, who: str, reason: str) -> log.Entry:
    return replace(
        load, no=no, act=log.RETRACTED, who=who or _user(), at=_now(), reason=reason, counts=None, problems=0
    )


def _next_number(folder: Path) -> int:
    return max((entry.no for entry in log.read_log(folder)), default=0) + 1


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a user of that number
        return "unbekannt"

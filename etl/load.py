"""Accepts drafts: keeps the extract, publishes a snapshot, writes the log. All or nothing, one loader at a
time.

The line of the log is what makes a load true: the snapshot is built before it and shown after it. Where a
crash comes between the two, `repair` shows what the log says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from etl import log
from etl.acts import act_on, next_number, retraction
from etl.batch import Batch
from etl.draft import Draft, Reader, understand
from etl.extract import DamagedWarehouseError, Extract, keep, keeps_any
from etl.problem import Problem, problem
from etl.progress import tell
from etl.published import adding, last_shown, replaying, shows, taking_back
from etl.verdict import Offer, Report
from warehouse.catalog import load_catalog
from warehouse.durable import write_durably
from warehouse.snapshots import current_snapshot, has_snapshots, publish


class BusyError(Exception):
    """Somebody else is loading; the message says what to do."""


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
    """Load one extract, as `load_together` does with several; `Offer` says what the reasons are."""
    offer = Offer(extract, accept_warnings, seen, reason)
    (report,) = load_together(folder, [offer], who=who, today=today, read=read)
    return report


def load_together(
    folder: Path,
    offers: Iterable[Offer],
    *,
    who: str = "",
    today: date | None = None,
    read: Reader = understand,
) -> list[Report]:
    """Load extracts into the warehouse in `folder` in one publication; the reports are those of loading one after the other.

    Each file is compared with what is known after those before it, has its own line in the log and can be taken back
    alone. Rejected where there are errors; "needs_confirmation" where warnings have to be accepted with a reason;
    "unchanged" where everything is known. Every attempt is logged; only "loaded" publishes. `offers` is asked for one at a
    time, so that files may be read when it is their turn.
    Raises OSError where nothing can be written, DamagedWarehouseError where what was kept is lost; nothing changes then,
    nor where the work is broken off. A crash while the log is written leaves the first of its lines: those files count,
    and `repair` shows them.
    """
    catalog = load_catalog()
    with loading(folder):
        batch = Batch(folder, _once_sound(folder, offers), catalog, who, today, read)
        if batch.has_loads():
            begin(folder)
            publish(folder, adding(batch.loads, catalog), witness=batch.logged())
            begun(folder).unlink(missing_ok=True)
        elif batch.acts:
            with batch.logged():
                pass
    return batch.reports


def _once_sound(folder: Path, offers: Iterable[Offer]) -> Iterable[Offer]:
    """Return offers when what is published is what the log says; where it is not it is rebuilt first."""
    whole_log(folder)
    if _is_sound(folder, thoroughly=False):
        return offers
    offers, loaded = list(offers), {load.extract for load in log.active(log.read_log(folder))}
    for offer in offers:
        if offer.extract.id in loaded:
            keep(folder, offer.extract)  # what was lost may be among them
    rebuild(folder)
    return offers


def discard(folder: Path, made: Draft, *, who: str = "", reason: str = "") -> None:
    """Log that a draft was not loaded: rejected for its errors, or discarded by a person; nothing else is written."""
    act = log.REJECTED if made.is_rejected else log.DISCARDED
    rows = sum(made.counts[name] for name in ("new", "revised", "unchanged"))
    with loading(folder):
        number = next_number(log.read_log(folder))
        log.append(folder, replace(act_on(number, made, act, who, reason), rows=rows))


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
        first, about = next_number(before), {"who": who, "reason": reason}
        acts = [retraction(entry, no, **about) for no, entry in enumerate(entries, first)]
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
        whole_log(folder)
        if _is_sound(folder, thoroughly=True):
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

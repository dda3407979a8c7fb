"""Mappen: views pinned for a meeting, each Mappe one file beside the warehouse."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock

from warehouse.durable import write_durably
from warehouse.spelling import fold

FOLDER = "mappen"
VERSION = 1
LONGEST_NAME = 80
WITHDRAWN = "zurueckgezogen"
"""What the log calls it when a release is taken back."""
LARGEST = 20_000_000  # bytes of a file that is taken in
_ID = re.compile(r"[0-9a-f]{16}")
_PAGE = re.compile(r"[a-z]+")


class MappeError(Exception):
    """A Mappe cannot be read or kept; the message is German and says what to do."""


@dataclass(frozen=True)
class Told:
    """What a view said when it was last computed: title, text alternative, the answer of its page, its table as text."""

    title: str = ""
    alt: str = ""
    answer: str = ""
    reading: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Mapping[str, str], ...] = ()

    @property
    def figures(self) -> str:
        """Return a fingerprint of the figures: another one means that a figure is another."""
        return sha256(json.dumps([dict(row) for row in self.rows], sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class OwnText:
    """A text somebody wrote for a view, with the fingerprint of the figures it was written for."""

    text: str
    figures: str


@dataclass(frozen=True)
class Pin:
    """A pinned view: the page, its choices, the state (`act`: number of the last act it knows) and which chart of it."""

    id: str
    page: str
    key: str
    act: int
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    texts: Mapping[str, OwnText] = field(
        default_factory=dict
    )  # titel, alternativtext, satz, absatz, kommentar
    shown: str = ""  # which sentence stands below the title: "", satz or absatz

    @property
    def title(self) -> str:
        """Return the title of the slide: the own one, else what the chart says."""
        own = self.texts.get("titel")
        return own.text if own else self.told.title

    @property
    def comment(self) -> str:
        """Return what somebody says about it."""
        own = self.texts.get("kommentar")
        return own.text if own else ""

    @property
    def stale(self) -> tuple[str, ...]:
        """Return which own texts were written for other figures than the view shows."""
        return tuple(name for name, own in self.texts.items() if own.figures != self.told.figures)


@dataclass(frozen=True)
class Mappe:
    """Pinned views in their order, and for which meeting, by whom; `changes`: what the last refresh changed."""

    id: str
    name: str
    pins: tuple[Pin, ...] = ()
    occasion: str = ""
    day: str = ""  # YYYY-MM-DD
    author: str = ""
    contact: str = ""
    refreshed: str = ""
    changes: tuple[str, ...] = ()
    touched: str = ""
    withheld: tuple[str, ...] = ()  # rows whose values are not shown, each by what it is about


def new_id() -> str:
    """Return an id that nothing else has."""
    return secrets.token_hex(8)


def read_mappen(folder: Path) -> tuple[tuple[Mappe, ...], tuple[str, ...]]:
    """Return all Mappen by name, and what is wrong with files that cannot be read; these are left as they are."""
    found, broken = [], []
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            found.append(read_mappe(folder, path.stem))
        except MappeError as error:
            broken.append(str(error))
    return tuple(sorted(found, key=lambda each: (fold(each.name), each.id))), tuple(broken)


def read_mappe(folder: Path, id_: str) -> Mappe:
    """Return one Mappe (MappeError where there is none or its file is damaged)."""
    path = _path(folder, id_)
    try:
        return replace(parsed(path.read_bytes()), id=id_)
    except FileNotFoundError as error:
        raise MappeError(
            "Diese Mappe gibt es nicht mehr. Jemand hat sie gelöscht; wählen Sie eine andere."
        ) from error
    except (OSError, MappeError) as error:
        raise MappeError(
            f"Die Mappe in {path} ist nicht lesbar: {error} Die übrigen Mappen gelten weiter. "
            "Stellen Sie die Datei aus einer Sicherung wieder her oder löschen Sie sie."
        ) from error


def parsed(content: bytes) -> Mappe:
    """Return the Mappe of a file (MappeError naming place, found and expected)."""
    if len(content) > LARGEST:
        raise MappeError(f"Die Datei ist größer als {LARGEST // 1_000_000} MB und keine Mappe.")
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise MappeError(
            f"Die Datei ist kein gültiges JSON ({error}). Wählen Sie eine hier exportierte Mappe."
        ) from error
    if not isinstance(told, dict) or told.get("version") != VERSION:
        found = told.get("version", "keine") if isinstance(told, dict) else "keine"
        raise MappeError(
            f"Die Datei nennt die Fassung »{found}«, erwartet wird {VERSION}. Wählen Sie eine hier exportierte Mappe."
        )
    try:
        day = str(told.get("day", ""))
        if day:
            date.fromisoformat(day)
        pins = tuple(_pin(entry, number) for number, entry in enumerate(told["pins"], 1))
        changes, withheld = (tuple(map(str, told.get(name, ()))) for name in ("changes", "withheld"))
        occasion, author, contact, refreshed, touched = (
            str(told.get(name, "")) for name in ("occasion", "author", "contact", "refreshed", "touched")
        )
        id_, name = str(told.get("id", "")), _name(told["name"])
        return Mappe(id_, name, pins, occasion, day, author, contact, refreshed, changes, touched, withheld)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MappeError(f"Die Datei ist unvollständig oder verändert ({error}).") from error


def written(mappe: Mappe) -> bytes:
    """Return a Mappe as the file it is kept in, and taken along as."""
    return json.dumps({"version": VERSION, **asdict(mappe)}, ensure_ascii=False, indent=1).encode()


def add_mappe(folder: Path, mappe: Mappe) -> Mappe:
    """Keep a new Mappe under an id of its own (MappeError for a bad name); return it."""
    kept = replace(mappe, id=new_id(), name=_name(mappe.name), touched=_now())
    write_durably(_path(folder, kept.id), written(kept))
    return kept


def change_mappe(folder: Path, id_: str, how: Callable[[Mappe], Mappe]) -> Mappe:
    """Change the Mappe as it stands on disk now, so that two people lose nothing; return what is kept."""
    path = _path(folder, id_)
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        changed = how(read_mappe(folder, id_))
        kept = replace(changed, id=id_, name=_name(changed.name), touched=_now())
        write_durably(path, written(kept))
    return kept


def remove_mappe(folder: Path, id_: str) -> None:
    """Delete a Mappe; its log of releases stays."""
    path = _path(folder, id_)
    for each in (path, path.with_suffix(".html"), path.with_suffix(".lock")):
        each.unlink(missing_ok=True)


def keep_presentation(folder: Path, id_: str, content: bytes) -> None:
    """Keep what was made of a Mappe to be shown in a browser; it replaces the one before."""
    write_durably(_path(folder, id_).with_suffix(".html"), content)


def presentation_of(folder: Path, id_: str) -> bytes:
    """Return the presentation made of a Mappe last (MappeError where there is none)."""
    try:
        return _path(folder, id_).with_suffix(".html").read_bytes()
    except OSError as error:
        raise MappeError(
            "Zu dieser Mappe ist keine Präsentation erstellt. Erstellen Sie sie auf der Seite Beirat."
        ) from error


def copied(mappe: Mappe) -> Mappe:
    """Return a copy for the next meeting: the same views and texts, without day and list of changes."""
    return replace(mappe, name=f"{mappe.name[: LONGEST_NAME - 8]} (Kopie)", day="", refreshed="", changes=())


def moved(mappe: Mappe, pin: str, by: int) -> Mappe:
    """Return the Mappe with a pinned view moved up (−1) or down (1); at the ends nothing moves."""
    pins = list(mappe.pins)
    at = next((number for number, each in enumerate(pins) if each.id == pin), None)
    if at is None or not 0 <= at + by < len(pins):
        return mappe
    pins[at], pins[at + by] = pins[at + by], pins[at]
    return replace(mappe, pins=tuple(pins))


def with_pin(mappe: Mappe, pin: Pin) -> Mappe:
    """Return the Mappe with a view in the place of the one of the same id, or at the end."""
    if any(each.id == pin.id for each in mappe.pins):
        return replace(mappe, pins=tuple(pin if each.id == pin.id else each for each in mappe.pins))
    return replace(mappe, pins=(*mappe.pins, pin))


def has_view(mappe: Mappe, pin: Pin) -> bool:
    """Tell whether the same view is pinned already."""
    same = (pin.page, pin.key, pin.act, dict(pin.parameters))
    return any((each.page, each.key, each.act, dict(each.parameters)) == same for each in mappe.pins)


def log_release(folder: Path, id_: str, entry: Mapping[str, str]) -> None:
    """Append to the log of a Mappe who released which figures, when, and why."""
    path = _path(folder, id_).with_suffix(".freigaben.jsonl")
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")), path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"when": _now(), **entry}, ensure_ascii=False) + "\n")


def releases(folder: Path, id_: str) -> list[dict[str, str]]:
    """Return what was released, withdrawn, confirmed and taken out in a Mappe, oldest first."""
    path = _path(folder, id_).with_suffix(".freigaben.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line]


def in_force(entries: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the releases of a log (answer of `releases`) that nobody has withdrawn since."""
    valid: dict[tuple[str, ...], dict[str, str]] = {}
    for entry in entries:
        about = tuple(entry.get(name, "") for name in ("pin", "rule", "figures"))
        if entry.get("act") == WITHDRAWN:
            valid.pop(about, None)
        elif entry.get("pin"):
            before = valid.get(about)  # the same view may be released of more than once
            valid[about] = {**entry, "what": f"{before['what']} {entry['what']}"} if before else entry
    return list(valid.values())


def _pin(entry: dict[str, Any], number: int) -> Pin:
    page, told = str(entry["page"]), entry.get("told", {})
    if not _PAGE.fullmatch(page):
        raise ValueError(f"Ansicht {number}: »{page[:40]}« ist keine Seite")
    rows = tuple({str(k): str(v) for k, v in row.items()} for row in told.get("rows", ()))
    notes = {str(k): str(v) for k, v in told.get("notes", {}).items()}
    said = {name: str(told.get(name, "")) for name in ("title", "alt", "answer", "reading")}
    texts = {str(k): OwnText(str(v["text"]), str(v["figures"])) for k, v in entry.get("texts", {}).items()}
    parameters = {str(k): tuple(map(str, v)) for k, v in entry.get("parameters", {}).items()}
    return Pin(
        str(entry["id"]), page, str(entry["key"]), int(entry["act"]), parameters, Told(**said, notes=notes, rows=rows),
        texts, str(entry.get("shown", "")),
    )  # fmt: skip


def _name(name: object) -> str:
    told = " ".join(str(name).split())
    if not told or len(told) > LONGEST_NAME:
        raise MappeError(f"Der Name der Mappe ist leer oder länger als {LONGEST_NAME} Zeichen.")
    return told


def _path(folder: Path, id_: str) -> Path:
    if not _ID.fullmatch(id_):
        raise MappeError(f"»{id_[:40]}« ist keine Kennung einer Mappe.")
    return folder / FOLDER / f"{id_}.json"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

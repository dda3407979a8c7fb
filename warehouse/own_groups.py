"""Own groups of areas: named, kept durably beside the warehouse, one file for all who use it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from warehouse.durable import write_durably
from warehouse.spelling import fold

FILE = "gruppen.json"
LONGEST_NAME = 60


class GroupsError(Exception):
    """The file of own groups cannot be read or a group cannot be kept; the message is German and says what to do."""


@dataclass(frozen=True)
class OwnGroup:
    """A group somebody made: its name (which links carry), the ids of its areas, who saved it and when (UTC)."""

    name: str
    members: tuple[str, ...]
    who: str = ""
    when: str = ""


def read_groups(folder: Path) -> tuple[OwnGroup, ...]:
    """Return the kept groups by name (GroupsError where the file is damaged; it is left as it is)."""
    path = folder / FILE
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["gruppen"]
        return tuple(sorted(map(_group, entries), key=lambda group: fold(group.name)))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GroupsError(
            f"Die Datei der eigenen Gruppen ({path}) ist nicht lesbar: {error}. Die übrigen Vergleichsgruppen gelten weiter. "
            "Stellen Sie die Datei aus einer Sicherung wieder her oder benennen Sie sie um, dann beginnt eine neue."
        ) from error


def _group(entry: dict[str, object]) -> OwnGroup:
    name, members = entry["name"], entry["members"]
    if (
        not isinstance(name, str)
        or not isinstance(members, list)
        or not all(isinstance(id_, str) for id_ in members)
    ):
        raise ValueError("Ein Eintrag hat keinen Namen oder keine Liste von Kennungen")
    return OwnGroup(name, tuple(members), str(entry.get("who", "")), str(entry.get("when", "")))


def save_group(folder: Path, group: OwnGroup, *, taken: Iterable[str] = ()) -> None:
    """Keep a group; one of the same name is replaced. GroupsError where the name is empty, too long or one of `taken`
    (the names of the declared comparators), or where there are no members."""
    name = " ".join(group.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise GroupsError(
            f"Der Name der Gruppe ist leer oder zu lang. Erlaubt sind 1 bis {LONGEST_NAME} Zeichen."
        )
    if fold(name) in set(map(fold, taken)):
        raise GroupsError(
            f"»{name}« heißt schon eine andere Vergleichsgruppe. Wählen Sie einen anderen Namen."
        )
    if not group.members:
        raise GroupsError("Die Gruppe hat keine Mitglieder. Wählen Sie mindestens ein Jobcenter.")
    members = tuple(dict.fromkeys(group.members))
    _change(folder, name, OwnGroup(name, members, group.who, group.when))


def remove_group(folder: Path, name: str) -> None:
    """Forget a group; nothing happens where there is none of this name."""
    _change(folder, name, None)


def _change(folder: Path, name: str, group: OwnGroup | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / f"{FILE}.lock"):
        others = [each for each in read_groups(folder) if fold(each.name) != fold(name)]
        kept = [*others, group] if group else others
        content = json.dumps({"gruppen": [asdict(each) for each in kept]}, ensure_ascii=False, indent=1)
        write_durably(folder / FILE, content.encode())

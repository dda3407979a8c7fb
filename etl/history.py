"""What became of every delivered file, from the log: one line per extract, the latest first."""

from __future__ import annotations

from dataclasses import dataclass

from etl.log import LOADED, RETRACTED, Entry


@dataclass(frozen=True)
class Delivered:
    """An extract and the act that says where it stands now.

    `counts`: it is loaded and counts; `was_loaded`: its bytes are kept, so that they can be had again.
    """

    last: Entry
    counts: bool
    was_loaded: bool


def history(acts: list[Entry]) -> list[Delivered]:
    """Return every extract that was ever delivered, with its last telling act.

    For one that was loaded only loading and retracting tell; trying it again or discarding it changes nothing there.
    """
    telling: dict[str, Entry] = {}
    loaded: set[str] = set()
    for act in acts:
        if act.act in (LOADED, RETRACTED):
            loaded.add(act.extract)
        elif act.extract in loaded:
            continue
        telling[act.extract] = act
    found = (Delivered(act, act.act == LOADED, act.extract in loaded) for act in telling.values())
    return sorted(found, key=lambda each: each.last.no, reverse=True)

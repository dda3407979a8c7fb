"""Ready-made Mappen, declared in ``catalog/mappen.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.mappen import Pin, new_id

FILE = Path(__file__).parent / "catalog" / "mappen.toml"
_PLACE = "{jobcenter}"


@dataclass(frozen=True)
class Ready:
    """A ready-made Mappe: its views (page, key, what, choices), and whether it is about one Jobcenter."""

    name: str
    about: str
    views: tuple[Mapping[str, str], ...]
    for_one: bool = False

    def pins(self, act: int, jobcenter: str = "") -> tuple[Pin, ...]:
        """Return its views as pins to a state, for a Jobcenter (its name) where it is about one."""
        return tuple(_pin(view, act, jobcenter) for view in self.views)


@cache
def ready_mappen() -> tuple[Ready, ...]:
    """Return the ready-made Mappen in their order."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8")).values()
    return tuple(Ready(**{**entry, "views": tuple(entry["views"])}) for entry in entries)


def _pin(view: Mapping[str, str], act: int, jobcenter: str) -> Pin:
    choices = {name: value for name, value in view.items() if name not in ("page", "key", "what")}
    parameters = {name: (value.replace(_PLACE, jobcenter),) for name, value in choices.items()}
    return Pin(new_id(), view["page"], view["key"], act, parameters)

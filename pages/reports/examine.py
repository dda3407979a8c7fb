"""The Folien-TÜV: what could mislead, or not be read, once a Mappe is shown."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pages.reports import claims, legibility
from pages.reports.paint import ExportError
from pages.reports.scene import Scene
from pages.reports.view import Deck, Finding, View

RULES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("rules.toml").read_text(encoding="utf-8")
)
"""Name of a rule → severity, message, reason and threshold."""

Found = Iterator[dict[str, str]]


def examine(deck: Deck) -> list[Finding]:
    """Return everything to look at before a Mappe is shown, view by view."""
    return [finding for number, view in enumerate(deck.views, 1) for finding in _findings(number, view)]


def _findings(number: int, view: View) -> Iterator[Finding]:
    try:
        scene = view.scene(640)
    except ExportError as error:
        scene = None
        yield _finding(number, "diagramm", {"found": str(error)})
    checks: list[tuple[str, Callable[[], Found]]] = [
        ("leer", lambda: _if(view.table.is_empty())),
        ("quelle", lambda: _if(not view.notes.get("Quelle"))),
        ("stand", lambda: _if(not view.notes.get("Datenstand"))),
        ("einheiten", lambda: claims.mixed_units(view)),
        ("ungefaehr", lambda: claims.stated_as_exact(view)),
        ("soll", lambda: claims.foreign_targets(view)),
        ("schrift", lambda: legibility.too_long(view)),
        ("fusszeile", lambda: legibility.small_print(view)),
    ]
    if scene is not None:
        checks += _of_scene(view, scene)
    for rule, check in checks:
        for found in check():
            yield _finding(number, rule, found)


def _of_scene(view: View, scene: Scene) -> list[tuple[str, Callable[[], Found]]]:
    limits = {name: float(rule.get("limit", 0)) for name, rule in RULES.items()}
    return [
        ("monate", lambda: claims.mixed_times(view, scene)),
        ("nullachse", lambda: claims.not_from_zero(scene)),
        ("reihen", lambda: legibility.too_many(scene, int(limits["reihen"]))),
        ("folien", lambda: legibility.several_slides(view, scene, int(limits["folien"]))),
        ("kontrast", lambda: legibility.pale_marks(scene, limits["kontrast"])),
        ("textkontrast", lambda: legibility.pale_texts(scene, limits["textkontrast"])),
        ("farben", lambda: legibility.alike_in_colour(scene, limits["farben"])),
        ("schwarzweiss", lambda: legibility.alike_in_grey(scene, limits["schwarzweiss"])),
    ]


def _if(is_so: bool) -> Found:
    if is_so:
        yield {}


def _finding(number: int, rule: str, found: dict[str, str]) -> Finding:
    told = RULES[rule]
    return Finding(number, rule, told["message"].format(**found), told["severity"])

"""The accessibility statement: what is declared of the product, and who runs it and answers."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pages.components import html

DECLARED: Mapping[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "assets/accessibility.toml").read_text(encoding="utf-8")
)
"""State of conformity, days, checks and known limitations; the browser tests read the same file."""

STATES = {
    "vollständig": "vollständig vereinbar",
    "teilweise": "teilweise vereinbar: Die unten genannten Inhalte sind nicht barrierefrei oder noch nicht erprobt",
    "nicht": "nicht vereinbar",
}
OPERATOR = "JOBCENTER_OPERATOR"
CONTACT = "JOBCENTER_ACCESSIBILITY_CONTACT"
ARBITRATION = "JOBCENTER_ARBITRATION"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def named(variable: str) -> str:
    """Return what the house that runs the app has said of itself; empty where it has not."""
    return " ".join(os.environ.get(variable, "").split())[:300]


def linked(contact: str) -> html.Html:
    """Return a contact with its e-mail address as a link."""
    parts, end = [], 0
    for found in _EMAIL.finditer(contact):
        address = html.text(found[0]).text
        parts += [
            html.text(contact[end : found.start()]),
            html.Html(f'<a href="mailto:{address}">{address}</a>'),
        ]
        end = found.end()
    return html.Html("".join(part.text for part in (*parts, html.text(contact[end:]))))


def checks_table() -> html.Html:
    """Return what was assessed and how."""
    rows = [[html.text(check["what"]), html.text(check["how"])] for check in DECLARED["checks"]]
    return html.table(("Was", "Wie"), rows, caption="Selbstbewertung: was geprüft wurde und wie")


def limitations_table() -> html.Html:
    """Return what is not accessible, the reason, and what helps instead."""
    rows = [
        [html.text(known["what"]), html.text(known["why"]), html.text(known["instead"] or "–")]
        for known in DECLARED["limitations"]
    ]
    return html.table(
        ("Inhalt", "Warum nicht", "Was stattdessen hilft"), rows, caption="Bekannte Einschränkungen"
    )

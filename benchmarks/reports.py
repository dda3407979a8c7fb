"""How long the reports of a Mappe take: twenty views of the bundled documents as PowerPoint, PDF and offline file."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pages.components.headless import Request, run
from pages.reports.handout import pdf
from pages.reports.offline import html
from pages.reports.slides import powerpoint
from pages.reports.view import Deck, Progress, View, of_chart
from pages.reports.workbook import excel
from warehouse.mappen import Pin
from warehouse.ready_mappen import ready_mappen

Row = Callable[[str, list[float], float, float], bool]
VIEWS, RUNS = 20, 5
GOALS: dict[str, tuple[Callable[[Deck, Progress], bytes], float]] = {
    "PowerPoint": (powerpoint, 5_000),
    "PDF": (pdf, 5_000),
    "Offline-Mappe": (html, 3_000),
    "Excel": (excel, 3_000),
}
"""Report → how it is made, and the milliseconds twenty views may take."""
LARGEST = 8_000_000


def reports(row: Row, folder: Path) -> list[bool]:
    """Measure the four reports of twenty views, and the size of the offline file."""
    deck = _deck(folder)
    print(f"{VIEWS} Ansichten, Last {os.getloadavg()[0]:.1f}", flush=True)
    met = [
        row(f"{name}, {VIEWS} Ansichten", _timed(how, deck), goal, 1.5 * goal)
        for name, (how, goal) in GOALS.items()
    ]
    size = len(html(deck))
    print(f"{'Offline-Mappe, MB':<34}{size / 1e6:>9.1f}   (Ziel {LARGEST / 1e6:.0f})", flush=True)
    return [*met, size <= LARGEST]


def _timed(how: Callable[[Deck, Progress], bytes], deck: Deck) -> list[float]:
    """Return the milliseconds of some runs after one that warms up; nothing that was drawn before is kept."""
    times = []
    for _ in range(RUNS + 1):
        own = _unread(deck)
        began = time.perf_counter()
        how(own, _silent)
        times.append((time.perf_counter() - began) * 1000)
    return times[1:]


def _unread(deck: Deck) -> Deck:
    """Return the same views as if nobody had drawn them yet."""
    return replace(deck, views=tuple(replace(view) for view in deck.views))


def _deck(folder: Path) -> Deck:
    """Return the views of the ready-made Mappen, repeated until there are twenty."""
    act = 10**6  # all acts
    pins = [pin for ready in ready_mappen() for pin in ready.pins(act, "Magdeburg")]
    views = [view for pin in pins if (view := _view(folder, pin))]
    many = [
        replace(views[n % len(views)], title=f"{n + 1} {views[n % len(views)].title}") for n in range(VIEWS)
    ]
    return Deck("Quartalsbericht", tuple(many), "Beirat", date(2026, 12, 3), "Controlling")


def _view(folder: Path, pin: Pin) -> View | None:
    request = Request(str(folder), pin.page, tuple(sorted(pin.parameters.items())), pin.act)
    shown = next((each for each in run(request).shown if each.key == pin.key), None)
    if shown is None:
        return None
    return of_chart(shown.chart) if shown.chart else View(shown.title, shown.table, shown.notes)


def _silent(done: int, of: int, what: str) -> None:
    """Tell nobody how far it is."""

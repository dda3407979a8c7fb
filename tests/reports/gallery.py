"""Every kind of chart and some tables that the pages show, caught on their way to Streamlit: what exports are tested with."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unittest.mock import patch

import polars as pl

import pages.charts
import tests.reports.built
from pages.charts.chart import Chart, finish
from pages.components import show
from pages.reports.view import Deck, View, of_chart
from tests.conftest import open_app

ELB = "ELB · Erwerbsfähige Leistungsberechtigte"
VISITS: list[tuple[str, dict[str, str | list[str]]]] = [
    ("vergleich", {}),
    ("vergleich", {"thema": "Schwerbehinderte Menschen"}),
    ("zeitreihen", {"kennzahl": "Alleinerziehende"}),
    ("zeitreihen", {"kennzahl": "LLU · Summe der Leistungen zum Lebensunterhalt"}),
    ("zeitreihen", {"kennzahl": ELB, "ansicht": "Jahre übereinander"}),
    ("zeitreihen", {"kennzahl": ELB, "ansicht": "Index", "start": "Jan 2019"}),
    ("zeitreihen", {"kennzahl": ELB, "ansicht": "Veränderung"}),
    ("ziele", {}),
    ("struktur", {}),
    ("finanzen", {}),
    ("qualitaet", {}),
    ("handlungsfelder", {"ansicht": "Gremien und Fristen"}),
]
"""Pages with parameters that together show every kind of chart."""

LINK = "http://127.0.0.1:8501/vergleich?thema=Bestand&vorgang=16&jobcenter=Halle+%28Saale%29"


@dataclass
class Gallery:
    """Charts and tables (frame, title, notes) in the order the pages showed them; `kinds` are the modules that drew them."""

    charts: list[Chart] = field(default_factory=list)
    tables: list[tuple[pl.DataFrame, str, dict[str, str]]] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def deck(self, **changes: Any) -> Deck:
        """Return everything as a Mappe."""
        views = [
            of_chart(chart, link=LINK, definition="Was gezählt wird.", reading="So liest man das.")
            for chart in self.charts
        ]
        views += [View(title, frame, notes) for frame, title, notes in self.tables[:2]]
        told: dict[str, Any] = {
            "occasion": "Beirat",
            "day": date(2026, 12, 3),
            "author": "Controlling",
            "signs": {"≈": "ungefähr"},
        }
        return Deck("Quartalsbericht", tuple(views), **(told | changes))


def drawing_modules() -> list[str]:
    """Return the modules of the charts that finish one, by name."""
    names = [entry.name for entry in pkgutil.iter_modules(pages.charts.__path__)]
    return [
        name
        for name in names
        if name != "chart" and hasattr(importlib.import_module(f"pages.charts.{name}"), "finish")
    ]


@contextmanager
def watching() -> Iterator[Gallery]:
    """Remember what `show.chart` and `show.table` are given while pages run, and which modules draw."""
    seen, chart, table = Gallery(), show.chart, show.table

    def watched_chart(drawn: Chart, **options: Any) -> None:
        seen.charts.append(drawn)
        chart(drawn, **options)

    def watched_table(shown: Any, frame: pl.DataFrame, **options: Any) -> None:
        seen.tables.append((frame, options["title"], dict(options["notes"])))
        table(shown, frame, **options)

    def watched_finish(module: str) -> Any:
        def finished(*arguments: Any, **options: Any) -> Chart:
            seen.kinds.add(module)
            return finish(*arguments, **options)

        return finished

    with ExitStack() as stack:
        stack.enter_context(patch.object(show, "chart", watched_chart))
        stack.enter_context(patch.object(show, "table", watched_table))
        for name in drawing_modules():
            module = importlib.import_module(f"pages.charts.{name}")
            stack.enter_context(patch.object(module, "finish", watched_finish(name)))
        yield seen


def visit() -> Gallery:
    """Open the pages and return what they showed, each title once, and a chart of every kind that they cannot fill."""
    with watching() as seen:
        for page, parameters in VISITS:
            open_app(page, **parameters)
        seen.charts += tests.reports.built.built()
    seen.charts = list({chart.title: chart for chart in seen.charts}.values())
    return seen

"""What is exported: views as they were on screen, and the Mappe they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

import polars as pl

from pages.charts.chart import NOTE_ORDER, Chart
from pages.reports.paint import ExportError
from pages.reports.reading import read
from pages.reports.scene import Scene
from warehouse.catalog import CONFIDENTIAL

_DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")

Progress = Callable[[int, int, str], None]
"""Told after each step: how many are done, of how many, and what is being made."""


@dataclass(frozen=True)
class View:
    """One pinned view: a message with its chart, or with its table alone, and everything one must know to trust it."""

    title: str
    table: pl.DataFrame
    notes: Mapping[str, str]
    chart: Chart | None = None
    message: str = ""  # the sentence or paragraph that stands below the title
    comment: str = ""  # what somebody says about it
    paragraph: str = ""  # the message in plain language, for whoever speaks
    remarks: Mapping[str, str] = field(
        default_factory=dict
    )  # comments on the series: where, who, when → text
    jobcenters: tuple[str, ...] = ()  # names, as shown
    link: str = ""  # to exactly this view
    as_of: str = ""  # the state it shows, where it is not the newest: "Stand nach Vorgang 16"
    definition: str = ""
    reading: str = ""  # an example of how to read a figure of it
    contradictions: tuple[str, ...] = ()
    confidential: bool = False

    @property
    def is_confidential(self) -> bool:
        """Tell whether figures of a source marked as internal are in it."""
        return self.confidential or CONFIDENTIAL in self.notes.get("Quelle", "")

    @property
    def beside(self) -> str:
        """Return what stands beside the chart or table in words."""
        return "\n".join(filter(None, (self.message, self.comment)))

    @property
    def alt(self) -> str:
        """Return what the chart says, in words."""
        return self.chart.alt if self.chart else f"Tabelle: {self.title}"

    def scene(self, width: float) -> Scene | None:
        """Return the drawing of the chart at a width in pixels; None where there is only a table."""
        if self.chart is None:
            return None
        if width not in self._scenes:
            try:
                self._scenes[width] = read(self.chart.figure, width=width)
            except ExportError as error:
                raise ExportError(f"»{self.title}« lässt sich nicht ausgeben: {error}") from error
        return self._scenes[width]

    @cached_property
    def _scenes(self) -> dict[float, Scene]:
        """Hold what was read of the chart: reading takes longer than drawing, and all reports draw the same."""
        return {}

    @cached_property
    def subtitle(self) -> str:
        """Return the line below the title: unit, direction and what the chart says of itself."""
        scene = self.scene(640)
        return scene.subtitle if scene else ""

    @cached_property
    def footnotes(self) -> tuple[tuple[str, str], ...]:
        """Return name and text of the footnotes in their fixed order, the state of the data behind them."""
        further = (name for name in self.notes if name not in NOTE_ORDER)
        told = [(name, self.notes[name]) for name in (*NOTE_ORDER, *further) if self.notes.get(name)]
        return (*told, *([("Stand", self.as_of)] if self.as_of else []))


def of_chart(chart: Chart, *, title: str = "", **details: object) -> View:
    """Return the view of a chart; `details` are the other fields of View."""
    return View(title or chart.title, chart.table, chart.notes, chart, **details)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Deck:
    """A Mappe: views in their order, and for which meeting, by whom and when they were put together."""

    title: str
    views: tuple[View, ...]
    occasion: str = ""
    day: date | None = None
    author: str = ""
    contact: str = ""
    signs: Mapping[str, str] = field(default_factory=dict)  # the signs of the tables and what they mean

    @property
    def is_confidential(self) -> bool:
        """Tell whether one of the views shows figures of a source marked as internal."""
        return any(view.is_confidential for view in self.views)

    @property
    def definitions(self) -> tuple[str, ...]:
        """Return the definitions of all views, each once."""
        return tuple(dict.fromkeys(line for view in self.views for line in view.definition.splitlines()))

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Return what documents contradict themselves in, each once."""
        return tuple(dict.fromkeys(text for view in self.views for text in view.contradictions))

    def drawable(self) -> tuple[View, ...]:
        """Return the views; one whose chart cannot be drawn becomes its table and says why, the others are as they were."""
        return tuple(_drawable(view) for view in self.views)

    @property
    def dated(self) -> str:
        """Return occasion, day of the meeting and the dates of the data in one line: no Mappe goes undated."""
        day = f"{self.day:%d.%m.%Y}" if self.day else ""
        return " · ".join(filter(None, (self.occasion, day, self._data_dates)))

    @cached_property
    def _data_dates(self) -> str:
        told = " ".join(view.notes.get("Datenstand", "") for view in self.views)
        days = sorted({date(int(y), int(m), int(d)) for d, m, y in _DAY.findall(told)})
        if not days:
            return ""
        first, last = f"{days[0]:%d.%m.%Y}", f"{days[-1]:%d.%m.%Y}"
        return f"Datenstand {last}" if first == last else f"Datenstände {first} bis {last}"


def _drawable(view: View) -> View:
    try:
        view.scene(640)
    except ExportError as error:
        told = " ".join(filter(None, (view.notes.get("Besonderheiten", ""), f"Ohne Diagramm: {error}")))
        return replace(view, chart=None, notes={**view.notes, "Besonderheiten": told})
    return view


Severity = Literal["hinweis", "bestaetigen"]


@dataclass(frozen=True)
class Finding:
    """Something to look at before a Mappe is shown: in which view (its number from 1), what, and what helps."""

    view: int
    rule: str
    message: str
    severity: Severity = "hinweis"


def silent(done: int, of: int, what: str) -> None:
    """Tell nobody how far it is."""

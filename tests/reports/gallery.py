"""Every chart and table that the pages show, caught on their way to Streamlit: what exists is what exports are tested with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from streamlit.testing.v1 import AppTest

from pages.charts.chart import Chart
from pages.components import show

Open = Callable[..., AppTest]
WITH_CHOICE = {
    "vergleich": "thema",
    "zeitreihen": "kennzahl",
    "ziele": "kennzahl",
    "struktur": "basis",
    "finanzen": "thema",
}
"""Pages that show other charts for every choice, with the parameter of the choice."""
ALONE = ("ueberblick", "qualitaet", "handlungsfelder")


@dataclass
class Seen:
    """Charts and tables (frame, title, notes) in the order the pages showed them."""

    charts: list[Chart] = field(default_factory=list)
    tables: list[tuple[pl.DataFrame, str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def watching() -> Iterator[Seen]:
    """Remember what `show.chart` and `show.table` are given while pages run."""
    seen, chart, table = Seen(), show.chart, show.table

    def watched_chart(drawn: Chart, **options: Any) -> None:
        seen.charts.append(drawn)
        chart(drawn, **options)

    def watched_table(shown: Any, frame: pl.DataFrame, **options: Any) -> None:
        seen.tables.append((frame, options["title"], dict(options["notes"])))
        table(shown, frame, **options)

    show.chart, show.table = watched_chart, watched_table  # type: ignore[assignment]
    try:
        yield seen
    finally:
        show.chart, show.table = chart, table


def everything(open_page: Open, *, choices: int | None = None) -> Seen:
    """Open every page, with the first so many `choices` of each (all of them if None), and return what was shown."""
    with watching() as seen:
        for page in ALONE:
            open_page(page)
        for page, parameter in WITH_CHOICE.items():
            options = _options(open_page(page), parameter)
            for option in options[1:choices]:
                open_page(page, **{parameter: option})
    return seen


def _options(test: AppTest, parameter: str) -> list[str]:
    return [option for box in test.selectbox if box.key == parameter for option in box.options]

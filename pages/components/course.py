"""One course to be drawn: its points, and what stands behind and beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import streamlit as st

from pages.charts.bands import Behind
from pages.charts.trend_words import told_statements
from pages.components.course_peers import Peers
from pages.components.html import plain
from pages.components.warehouse import catalog
from warehouse.catalog import Event
from warehouse.peer_bands import as_changes
from warehouse.schema import Row
from warehouse.statements import statements


@dataclass(frozen=True)
class View:
    """What is to be drawn: `points` (TREND columns) of one quantity, time concept and length, told by `title` and `time`."""

    points: pl.DataFrame
    name: str
    title: str
    time: str
    key: str
    own_scale: bool
    regions: pl.DataFrame | None = None
    events: tuple[Event, ...] = ()
    peers: Peers | None = None

    @property
    def indicator(self) -> str:
        """Return the indicator that all points are of."""
        return str(self.points["indicator"][0])

    def behind(
        self,
        change: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
        *,
        regions: pl.DataFrame | None = None,
        banded: bool = True,
    ) -> Behind:
        """Return what stands behind a chart: events, regions, and the bands of the Vergleichsgruppe, of its courses or of
        what `change` makes of them."""
        if self.peers is None or not banded:
            return Behind(regions=regions, events=self.events)
        return Behind(regions, self.peers.bands(change), self.events, self.peers.told)

    @property
    def measured(self) -> pl.DataFrame:
        """Return the measured values alone."""
        return self.points.filter(pl.col("kind") == "ist", ~pl.col("alternative"))


def changes_of(indicator: str, back: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Return what makes changes to the month `back` ("1mo", "1y") of the courses of a group."""
    return lambda courses: as_changes(catalog(), courses, indicator, back)


def say_trend(shown: View) -> None:
    """Say what may be said about the trend of a course, or why nothing is said."""
    found = statements(catalog(), shown.points)
    if found.height:
        spread = _spread(shown) if shown.peers and found["silence"].eq("").any() else {}
        for sentence in told_statements(catalog(), found, shown.indicator, spread):
            st.markdown(plain(sentence))


def _spread(shown: View) -> dict[str, Row]:
    """Return how the changes to the year before are spread in each Jobcenter's group, at its last month."""
    behind = shown.behind(changes_of(shown.indicator, "1y"))
    ends = shown.measured.group_by("jobcenter").agg(pl.col("period_start").max()).iter_rows()
    found = {}
    for area, end in ends:
        band = (behind.bands or {}).get(area)
        at = None if band is None else band.filter(pl.col("period_start") == end)
        if at is not None and at.height:
            found[area] = at.row(0, named=True)
    return found

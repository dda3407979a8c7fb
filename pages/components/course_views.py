"""The views of one course: Verlauf, Jahre übereinander, Index, Veränderung; each with how it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl
import streamlit as st

from pages.charts.change_bars import BEFORE, YEAR_BEFORE, change_panels, changed, unit_of_change
from pages.charts.chart import unit_and_direction
from pages.charts.index_lines import index_panels, without_index
from pages.charts.lines import Behind, series_panels
from pages.charts.reading import read_changes, read_course, read_index, read_seasons
from pages.charts.seasons import season_panels, years_of
from pages.charts.trend_words import told_statements
from pages.charts.years import chart_unit
from pages.components import choose, show
from pages.components.html import plain
from pages.components.warehouse import catalog
from warehouse.indexed import common_starts, indexed
from warehouse.periods import period_label
from warehouse.statements import statements

COURSE, SEASONS, INDEX, CHANGES = "Verlauf", "Jahre übereinander", "Index (Start = 100)", "Veränderung"
VIEWS = (COURSE, SEASONS, INDEX, CHANGES)


@dataclass(frozen=True)
class View:
    """What is to be drawn: `points` (TREND columns) of one quantity, time concept and length, told by `title` and `time`."""

    points: pl.DataFrame
    name: str
    title: str
    time: str
    key: str
    own_scale: bool

    @property
    def indicator(self) -> str:
        """Return the indicator that all points are of."""
        return str(self.points["indicator"][0])

    @property
    def measured(self) -> pl.DataFrame:
        """Return the measured values alone."""
        return self.points.filter(pl.col("kind") == "ist", ~pl.col("alternative"))


def option(view: str, points: pl.DataFrame) -> str:
    """Show the one further control that a view needs; return what was chosen."""
    if view == CHANGES:
        return choose.segment("Verglichen mit", (BEFORE, YEAR_BEFORE), key="gegen", index=1)
    if view == INDEX:
        months = [f"{start:%Y-%m}" for start in common_starts(_months(points))]
        return choose.one_of("Start", dict(zip(months, months, strict=True)), key="start") if months else ""
    return ""


def _months(points: pl.DataFrame) -> pl.DataFrame:
    return points.filter(pl.col("kind") == "ist", pl.col("months") == 1)


def draw(view: str, chosen: str, shown: View, behind: Behind) -> None:
    """Draw one view of a course, say how it is read, or say in a sentence why it cannot be drawn."""
    _DRAW[view](chosen, shown, behind)


def _course(_: str, shown: View, behind: Behind) -> None:
    known = catalog()
    drawn = series_panels(
        known,
        shown.points,
        title=shown.title,
        subtitle=_subtitle(shown),
        own_scale=shown.own_scale,
        behind=behind,
    )
    show.chart(drawn, key=shown.key)
    last = shown.points.row(-1, named=True)
    band = (behind.bands or {}).get(last["jobcenter"])
    at = None if band is None else band.filter(pl.col("period_start") == last["period_start"])
    _explain(
        read_course(known, shown.points, at.row(0, named=True) if at is not None and at.height else None)
    )


def _seasons(_: str, shown: View, __: Behind) -> None:
    own = shown.measured
    if not _is_monthly(shown) or years_of(own) is None:
        show.missing(
            "Jahre lassen sich nur übereinanderlegen, wo Monatswerte aus zwei Kalenderjahren vorliegen.", ""
        )
        return
    title = f"{shown.name}: Jahre übereinander"
    subtitle = _subtitle(shown)
    drawn = season_panels(catalog(), own, title=title, subtitle=subtitle, own_scale=shown.own_scale)
    show.chart(drawn, key=f"{shown.key}-jahre")
    _explain(read_seasons(catalog(), own))


def _index(chosen: str, shown: View, _: Behind) -> None:
    known, own = catalog(), shown.measured
    starts = [start for start in common_starts(own) if f"{start:%Y-%m}" == chosen]
    if not _is_monthly(shown) or not starts:
        show.missing("Ein Index braucht Monatswerte und einen Startmonat mit genauem Wert.", "")
        return
    found = indexed(own, starts[0])
    row = found.filter(pl.col("period_start") == starts[0]).row(0, named=True)
    start = period_label(row["period_start"], row["period_end"])
    subtitle = f"Index, {start} = 100 · {shown.time}"
    title = f"{shown.name} seit {start}"
    drawn = index_panels(known, found, start, title=title, subtitle=subtitle, own_scale=shown.own_scale)
    show.chart(drawn, key=f"{shown.key}-index")
    if lacking := without_index(known, found):
        show.missing(f"Ohne Index: {', '.join(lacking)} (kein genauer Wert im {start}).", "")
    _explain(read_index(known, found, start))


def _changes(chosen: str, shown: View, behind: Behind) -> None:
    known = catalog()
    if not _is_monthly(shown):
        show.missing(
            "Diese Ansicht zeigt Veränderungen von Monat zu Monat; hier liegen keine Monatswerte vor.", ""
        )
        return
    found = changed(known, shown.measured, chosen)
    if found["drawn"].is_null().all():
        show.missing(f"Keine Veränderung {chosen} berechenbar: Es fehlen vergleichbare Monate.", "")
        return
    subtitle = f"{unit_of_change(known, shown.indicator)} {chosen} · {shown.time}"
    title = f"{shown.name}: Veränderung {chosen}"
    drawn = change_panels(
        known,
        found,
        chosen,
        title=title,
        subtitle=subtitle,
        own_scale=shown.own_scale,
        events=tuple(behind.events),
    )
    show.chart(drawn, key=f"{shown.key}-aenderung")
    _explain(read_changes(known, found, chosen))


_DRAW: dict[str, Callable[[str, View, Behind], None]] = {
    COURSE: _course,
    SEASONS: _seasons,
    INDEX: _index,
    CHANGES: _changes,
}


def say_trend(shown: View) -> None:
    """Say what may be said about the trend of a course, or why nothing is said."""
    found = statements(catalog(), shown.points)
    for sentence in told_statements(catalog(), found, shown.indicator) if found.height else ():
        st.markdown(plain(sentence))


def _is_monthly(shown: View) -> bool:
    return bool(shown.points["months"][0] == 1) and shown.measured.height > 0


def _subtitle(shown: View) -> str:
    known = catalog()
    return unit_and_direction(known, shown.indicator, shown.time, unit=chart_unit(known, shown.indicator))


def _explain(sentences: Sequence[str]) -> None:
    with st.expander("So lesen Sie diese Grafik"):
        for sentence in sentences:
            st.markdown(plain(sentence))

"""The views of one course: Verlauf, Jahre übereinander, Index, Veränderung; each with how it is read."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date

import polars as pl
import streamlit as st

from pages.charts.bands import Behind
from pages.charts.change_bars import (
    BEFORE,
    YEAR_BEFORE,
    change_panels,
    changed,
    unit_of_change,
    without_changes,
)
from pages.charts.chart import unit_and_direction
from pages.charts.index_lines import index_panels, without_index
from pages.charts.lines import series_panels
from pages.charts.reading import read_changes, read_course, read_index, read_seasons
from pages.charts.seasons import season_panels, years_of
from pages.charts.years import chart_unit
from pages.components import choose, show
from pages.components.course import View, changes_of
from pages.components.html import plain
from pages.components.warehouse import catalog
from warehouse.catalog import Catalog
from warehouse.indexed import common_starts, indexed
from warehouse.peer_bands import as_index
from warehouse.periods import period_label
from warehouse.schema import Row

COURSE, SEASONS, INDEX, CHANGES = "Verlauf", "Jahre übereinander", "Index", "Veränderung"
VIEWS = (COURSE, SEASONS, INDEX, CHANGES)


def option(view: str, points: pl.DataFrame) -> str:
    """Show the one further control that a view needs; return what was chosen."""
    if view == CHANGES:
        return choose.segment("Verglichen mit", (BEFORE, YEAR_BEFORE), key="gegen", index=1)
    if view == INDEX:
        months = [_named(start) for start in common_starts(_months(points))]
        return choose.one_of("Start", dict(zip(months, months, strict=True)), key="start") if months else ""
    return ""


def _named(start: date) -> str:
    """Return the name of a month by its first day."""
    return period_label(start, start.replace(day=monthrange(start.year, start.month)[1]))


def _months(points: pl.DataFrame) -> pl.DataFrame:
    return points.filter(pl.col("kind") == "ist", pl.col("months") == 1)


def draw(view: str, further: str, shown: View) -> None:
    """Draw one view of a course, say how it is read, or say in a sentence why it cannot be drawn."""
    _DRAW[view](further, shown)


def _course(_: str, shown: View) -> None:
    known, comparable = catalog(), has_comparable_height(catalog(), shown.indicator)
    behind = shown.behind(regions=shown.regions, banded=comparable and _is_monthly(shown))
    drawn = series_panels(
        known,
        shown.points,
        title=shown.title,
        subtitle=_subtitle(shown),
        own_scale=shown.own_scale,
        behind=behind,
    )
    show.chart(drawn, key=shown.key)
    if shown.peers is not None and not comparable:
        st.caption(_COUNTS)
    _explain(read_course(known, shown.points, _band_at_end(shown, behind)))


def _band_at_end(shown: View, behind: Behind) -> Row | None:
    last = shown.points.row(-1, named=True)
    band = (behind.bands or {}).get(last["jobcenter"])
    at = None if band is None else band.filter(pl.col("period_start") == last["period_start"])
    return at.row(0, named=True) if at is not None and at.height else None


def _seasons(_: str, shown: View) -> None:
    own = shown.measured
    if not _is_monthly(shown) or years_of(own) is None:
        show.missing(_NO_YEARS, "")
        return
    title, subtitle = f"{shown.name}: Jahre übereinander", _subtitle(shown)
    drawn = season_panels(catalog(), own, title=title, subtitle=subtitle, own_scale=shown.own_scale)
    show.chart(drawn, key=f"{shown.key}-jahre")
    _explain(read_seasons(catalog(), own))


def _index(further: str, shown: View) -> None:
    known, own = catalog(), shown.measured
    starts = [start for start in common_starts(own) if _named(start) == further]
    if not _is_monthly(shown) or not starts:
        show.missing(_NO_INDEX, "")
        return
    first = starts[0]
    found = indexed(own, first)
    row = found.filter(pl.col("period_start") == first).row(0, named=True)
    start = period_label(row["period_start"], row["period_end"])
    drawn = index_panels(
        known,
        found,
        start,
        title=f"{shown.name} seit {start}",
        subtitle=f"Index, {start} = 100 · {shown.time}",
        own_scale=shown.own_scale,
        behind=shown.behind(lambda courses: as_index(courses, first)),
    )
    show.chart(drawn, key=f"{shown.key}-index")
    if lacking := without_index(known, found):
        show.missing(f"Ohne Index: {', '.join(lacking)} (kein genauer Wert im {start}).", "")
    _explain(read_index(known, found, start))


def _changes(against: str, shown: View) -> None:
    known = catalog()
    if not _is_monthly(shown):
        show.missing(_NO_CHANGES, "")
        return
    found = changed(known, shown.measured, against)
    if found["drawn"].is_null().all():
        show.missing(f"Keine Veränderung {against} berechenbar: Es fehlen vergleichbare Monate.", "")
        return
    drawn = change_panels(
        known,
        found,
        against,
        title=f"{shown.name}: Veränderung {against}",
        subtitle=f"{unit_of_change(known, shown.indicator)} {against} · {shown.time}",
        own_scale=shown.own_scale,
        behind=shown.behind(changes_of(shown.indicator, "1mo" if against == BEFORE else "1y")),
    )
    show.chart(drawn, key=f"{shown.key}-aenderung")
    if lacking := without_changes(known, found):
        why = "; ".join(
            f"Bruch am {each.start:%d.%m.%Y}: {each.name}" for each in shown.events if each.breaks
        )
        names = f"{', '.join(lacking)} (keine vergleichbaren Monate{f'; {why}' if why else ''})"
        show.missing(f"Ohne Veränderung {against}: {names}.", "")
    _explain(read_changes(known, found, against))


_NO_YEARS = "Jahre lassen sich nur übereinanderlegen, wo Monatswerte aus zwei Kalenderjahren vorliegen."
_NO_INDEX = "Ein Index braucht Monatswerte und einen Startmonat mit genauem Wert."
_NO_CHANGES = "Diese Ansicht zeigt Veränderungen von Monat zu Monat; hier liegen keine Monatswerte vor."
_COUNTS = (
    "Anzahlen verschieden großer Jobcenter sind nicht vergleichbar; die Vergleichsgruppe steht deshalb in den Ansichten "
    "»Index« und »Veränderung«."
)
_DRAW: dict[str, Callable[[str, View], None]] = {
    COURSE: _course,
    SEASONS: _seasons,
    INDEX: _index,
    CHANGES: _changes,
}


def _is_monthly(shown: View) -> bool:
    return bool(shown.points["months"][0] == 1) and shown.measured.height > 0


def _subtitle(shown: View) -> str:
    known = catalog()
    return unit_and_direction(known, shown.indicator, shown.time, unit=chart_unit(known, shown.indicator))


def _explain(sentences: Sequence[str]) -> None:
    with st.expander("So lesen Sie diese Grafik"):
        for sentence in sentences:
            st.markdown(plain(sentence))


def has_comparable_height(known: Catalog, indicator: str) -> bool:
    """Tell whether values of differently large areas may be held together: not counts and not sums of money."""
    unit = known.unit(indicator)
    return not unit.is_count and not unit.shown_as

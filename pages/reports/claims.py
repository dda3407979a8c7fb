"""What a view claims without saying so: one time, one unit, an exact value, a target of its own series."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from pages.reports import lying
from pages.reports.plan import kind_of
from pages.reports.scene import Axis, Bars, Scene
from pages.reports.shares import shares
from pages.reports.view import View
from warehouse.formatting import format_number

_POINTS = "Prozentpunkte"
_ABOUT = re.compile(
    r"(?:≈|>|<|ca\.|rund|etwa|ungefähr|circa|knapp|über|unter|mindestens|höchstens|ab|bis|fast|gut)\s*$"
)
_EXACT = "exakt"
_REACHED = "Ist"
_SERIES = ["Jobcenter", "Kennzahl", "Merkmal"]


def mixed_times(view: View, scene: Scene) -> Iterator[dict[str, str]]:
    """Yield the periods of lying bars of which not every one carries its own."""
    if "Zeitraum" not in view.table.columns or view.table["Zeitraum"].n_unique() < 2:
        return
    times = [str(time) for time in view.table["Zeitraum"].unique(maintain_order=True)]
    for share in shares(scene):
        if kind_of(share.panel) != "lying":
            continue
        for group in lying.groups(share):
            undated = [
                row for row in group.rows if not any(t in f"{group.heading} {row.name}" for t in times)
            ]
            if undated:
                yield {"found": ", ".join(times[:4]) + (" …" if len(times) > 4 else "")}
                return


def mixed_units(view: View) -> Iterator[dict[str, str]]:
    """Yield percent and percentage points in one drawing."""
    if view.chart is None or "Einheit" not in view.table.columns:
        return
    units = {str(unit) for unit in view.table["Einheit"].drop_nulls()}
    if "%" in units and _POINTS in units:
        yield {"found": f"% und {_POINTS}"}


def not_from_zero(scene: Scene) -> Iterator[dict[str, str]]:
    """Yield the beginning of an axis along which bars grow from zero that it does not show."""
    seen: set[str] = set()
    for panel in scene.panels:
        for series in panel.series:
            axis: Axis = panel.x if isinstance(series, Bars) and series.horizontal else panel.y
            if (
                not isinstance(series, Bars)
                or axis.name in seen
                or not any(bar.base == 0 for bar in series.bars)
            ):
                continue
            low, high = sorted((axis.low, axis.high))
            if low > 1e-9 or high < -1e-9:
                seen.add(axis.name)
                yield {"found": f"von {format_number(low, 1)} bis {format_number(high, 1)}"}


def stated_as_exact(view: View) -> Iterator[dict[str, str]]:
    """Yield approximate figures that stand in title or comment without a word that says so."""
    if not {"Angabe", "Genauigkeit"} <= set(view.table.columns):
        return
    exact = set(view.table.filter(pl.col("Genauigkeit") == _EXACT)["Angabe"])
    for figure in view.table.filter(pl.col("Genauigkeit") != _EXACT)["Angabe"].unique(maintain_order=True):
        number = re.search(r"\d[\d.]*(?:,\d+)?", str(figure))
        if number is None or any(number.group() in str(other) for other in exact):
            continue
        for place, text in (("der Überschrift", view.title), ("dem Kommentar", view.beside)):
            for found in re.finditer(rf"(?<![\d.,]){re.escape(number.group())}(?![\d]|[.,]\d)", text):
                if not _ABOUT.search(text[: found.start()].replace("\u00a0", " ")):
                    yield {"found": str(figure), "place": place}
                    break


def foreign_targets(view: View) -> Iterator[dict[str, str]]:
    """Yield series whose Soll, Plan or Prognose has another time concept than the Ist beside it."""
    if (
        view.chart is None
        or not {*_SERIES, "Art", "Zeitbezug"} <= set(view.table.columns)
        or "Abweichung" in view.table.columns
    ):
        return
    for key, own in view.table.group_by(_SERIES, maintain_order=True):
        reached = set(own.filter(pl.col("Art") == _REACHED)["Zeitbezug"])
        aimed = set(own.filter(pl.col("Art") != _REACHED)["Zeitbezug"])
        if reached and aimed and not aimed & reached:
            yield {
                "found": f"{key[0]}, {key[1]} ({', '.join(sorted(aimed))} neben {', '.join(sorted(reached))})"
            }

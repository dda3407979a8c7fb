"""Changes month by month: bars from zero, one panel per Jobcenter, to the month before or to that of the year before."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pages.charts.bands import BANDS_TOLD, Behind, draw_bands, extent
from pages.charts.changes import change_table, change_unit
from pages.charts.chart import Chart, finish, present, source_notes
from pages.charts.drawing import Drawing, axis_of
from pages.charts.event_marks import mark_events, shown_events, told_events
from pages.charts.multiples import frames, ranges, scale_remarks
from pages.charts.points import middles, padded, time_axis
from pages.charts.tables import in_fixed_order
from warehouse.catalog import Catalog, Jobcenter
from warehouse.formatting import format_difference, format_percent
from warehouse.periods import period_label
from warehouse.schema import Row

BEFORE, YEAR_BEFORE = "zum Vormonat", "zum Vorjahresmonat"
_COLUMNS = {BEFORE: "change", YEAR_BEFORE: "year_change"}
_SIGNS = "ohne Balken = nicht berechnet (Wert fehlt, ist ungefähr oder widersprüchlich, oder ein Bruch liegt dazwischen)"


def changed(catalog: Catalog, points: pl.DataFrame, against: str) -> pl.DataFrame:
    """Return monthly Ist (TREND columns) with `drawn`: their change `against` a month; of a rate in Prozentpunkten, else in
    percent. What cannot be compared has none; a change to the month before needs that month."""
    rate = catalog.unit(points["indicator"][0]).is_rate
    column = pl.col(_COLUMNS[against] + ("" if rate else "_percent"))
    known = pl.when("adjoining").then(column) if against == BEFORE else column
    own = points.filter(pl.col("kind") == "ist", ~pl.col("alternative"))
    return own.with_columns(drawn=known)


def change_panels(
    catalog: Catalog, points: pl.DataFrame, against: str, *, title: str, subtitle: str, own_scale: bool = False,
    behind: Behind | None = None,
) -> Chart:  # fmt: skip
    """Draw the changes of monthly Ist (answer of `changed`, one series per Jobcenter) as bars from zero.

    The bands behind are those of the same changes in the Vergleichsgruppe.
    """
    behind = behind or Behind()
    bands = behind.bands or {}
    points = in_fixed_order(catalog, points)
    shown, figure = present(catalog, points.filter(pl.col("drawn").is_not_null())), Drawing()
    points = points.filter(pl.col("jobcenter").is_in([each.id for each in shown]))
    height = frames(figure, shown, own_scale=own_scale)
    parts = [points.filter(pl.col("jobcenter") == each.id, pl.col("drawn").is_not_null()) for each in shown]
    given = ranges(
        figure,
        [_span(part, extent(bands.get(each.id))) for each, part in zip(shown, parts, strict=True)],
        own_scale=own_scale,
        zeroline=True,
    )
    for number, (jobcenter, part) in enumerate(zip(shown, parts, strict=True), 1):
        if jobcenter.id in bands:
            draw_bands(figure, number, bands[jobcenter.id])
        _bars(catalog, figure, number, jobcenter, part, against)
    events = shown_events(behind.events, [each.id for each in shown])
    axis = time_axis(points.filter(pl.col("drawn").is_not_null()))
    first, last = axis["range"]
    mark_events(figure, dict(enumerate((each.id for each in shown), 1)), events, first, last)
    figure.update_xaxes(anchor=axis_of("y", len(shown)), **axis)
    figure.update_layout(bargap=0.25)
    notes = source_notes(catalog, points)
    unit = unit_of_change(catalog, points["indicator"][0])
    own = f"Veränderung {against} in {unit}, aus den gezeigten Werten."
    notes["Eigene Berechnung"] = " ".join(filter(None, (notes["Eigene Berechnung"], own)))
    special = [
        notes["Besonderheiten"],
        *scale_remarks(given, own_scale=own_scale),
        told_events(events),
    ]
    notes["Besonderheiten"] = " ".join(filter(None, special))
    notes["Vergleichsgruppe"] = behind.group
    notes["Zeichen"] = "; ".join(filter(None, (notes["Zeichen"], _SIGNS, BANDS_TOLD if bands else "")))
    ends = "; ".join(_said(catalog, part.row(-1, named=True), against) for part in parts)
    table = change_table(catalog, points)
    return finish(
        figure, title=title, subtitle=subtitle, alt=f"{title}. Zuletzt: {ends}.", table=table, notes=notes, height=height
    )  # fmt: skip


def unit_of_change(catalog: Catalog, indicator: str) -> str:
    """Return in what changes are drawn: rates in Prozentpunkten, everything else in percent."""
    return change_unit(catalog, indicator) if catalog.unit(indicator).is_rate else "Prozent"


def _span(part: pl.DataFrame, further: Sequence[float]) -> list[float]:
    low, high = padded(part, 0.0, *further)
    room = (high - low) * 0.05
    return [low if low < 0 else -room, high]


def _bars(
    catalog: Catalog, figure: Drawing, number: int, jobcenter: Jobcenter, part: pl.DataFrame, against: str
) -> None:
    rows = part.to_dicts()
    axis = axis_of("y", number)
    figure.add_bar(
        x=middles(part), y=part["drawn"].to_list(), yaxis=axis, name=jobcenter.short_name,
        marker={"color": jobcenter.colour, "line": {"width": 0}},
        hovertext=[_said(catalog, row, against) for row in rows], hoverinfo="text",
    )  # fmt: skip
    last = f"{period_label(rows[-1]['period_start'], rows[-1]['period_end'])}: {_figure(catalog, rows[-1])}"
    figure.add_annotation(
        text=last, xref="paper", yref=f"{axis} domain", x=1, y=1, xanchor="right", yanchor="top", xshift=-4,
        showarrow=False, font={"size": 13},
    )  # fmt: skip


def _figure(catalog: Catalog, row: Row) -> str:
    if catalog.unit(row["indicator"]).is_rate:
        return format_difference(catalog, row["indicator"], row["drawn"])
    return format_percent(row["drawn"], signed=True)


def _said(catalog: Catalog, row: Row, against: str) -> str:
    period = period_label(row["period_start"], row["period_end"])
    return f"{catalog.area_name(row['jobcenter'])}, {period}: {_figure(catalog, row)} {against}"


def without_changes(catalog: Catalog, points: pl.DataFrame) -> list[str]:
    """Return the names of the Jobcenter of which no change (`drawn`) can be computed."""
    have = set(points.filter(pl.col("drawn").is_not_null())["jobcenter"])
    return [each.short_name for each in present(catalog, points) if each.id not in have]

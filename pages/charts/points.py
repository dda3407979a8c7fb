"""The points of a time series: where they stand, which a line joins, what is written beside them.

Rows have the columns of `trends.drawable`, and `drawn`: the value in the unit of the chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from pages.charts.amounts import drawn_value
from pages.charts.chart import escape_lines
from warehouse.catalog import Catalog
from warehouse.periods import period_label
from warehouse.schema import Row


def middle(row: Row) -> date:
    """Return the day in the middle of a period: a year stands above its own year, not at the end of it."""
    start: date = row["period_start"]
    end: date = row["period_end"]
    return start + (end - start) / 2


def middles(points: pl.DataFrame) -> list[date]:
    """Return the middle of every period of a frame."""
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days() // 2
    return points.select(pl.col("period_start") + pl.duration(days=days)).to_series().to_list()


def broken(rows: Sequence[Row]) -> tuple[list[date | None], list[float | None]]:
    """Return x and y of a line, with None where it must not join two points: gaps and contradictions."""
    x: list[date | None] = []
    y: list[float | None] = []
    for before, row in zip([None, *rows], rows, strict=False):
        if before and (not row["adjoining"] or row["contradicted"] or before["contradicted"]):
            x.append(None)
            y.append(None)
        x.append(middle(row))
        y.append(row["drawn"])
    return x, y


def label(catalog: Catalog, row: Row, *, named: bool, between: str = " ") -> str:
    """Return what is written at a point: its kind where `named`, its value, ‼ where the source contradicts itself."""
    figure = drawn_value(
        catalog, row["indicator"], row["value"], precision=row["precision"], status=row["status"]
    )
    doubted = row["contradicted"] or row["disputed"]
    kind = catalog.kinds[row["kind"]].short
    marked = escape_lines([f"{figure} ‼" if doubted else figure])[0]
    return f"{kind}{between}{marked}" if named else marked


def spoken_point(catalog: Catalog, row: Row) -> str:
    """Return a point as a sentence: Jobcenter, period, kind and value, and what it is where it is not final."""
    period, status = period_label(row["period_start"], row["period_end"]), catalog.statuses[row["status"]]
    said = f"{catalog.area_name(row['jobcenter'])}, {period}: {label(catalog, row, named=True)}"
    return f"{said} ({status.name})" if status.is_soft else said


def spoken_points(catalog: Catalog, points: pl.DataFrame) -> str:
    """Return all points as sentences; of a long series its first, lowest, highest and last one."""
    said = []
    for series in points.partition_by("jobcenter", "kind", maintain_order=True):
        known = series.filter(pl.col("value").is_not_null()).to_dicts()
        if len(known) <= _SPOKEN:
            said += [spoken_point(catalog, row) for row in series.iter_rows(named=True)]
            continue
        marked = {
            "erster": known[0],
            "niedrigster": min(known, key=lambda row: row["value"]),
            "höchster": max(known, key=lambda row: row["value"]),
            "letzter": known[-1],
        }
        told = ", ".join(
            f"{word} {period_label(row['period_start'], row['period_end'])} {label(catalog, row, named=False)}"
            for word, row in marked.items()
        )
        said.append(f"{catalog.area_name(known[0]['jobcenter'])}: {len(known)} Werte, {told}")
    return "; ".join(said)


_SPOKEN = 13
"""A series of more points is told by its ends and extremes: nobody listens to 252 months."""


def is_printed(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether the value is written at the point: the first, the last, and whatever contradicts itself."""
    ends = (rows[0]["period_start"], rows[-1]["period_start"])
    return bool(row["contradicted"] or row["disputed"] or row["period_start"] in ends)


def position(row: Row, rows: Sequence[Row], panel: Mapping[date, list[Row]]) -> str:
    """Place a label above or below its point: away from other values of the period, else away from the line.

    `rows`: the points of its own series; `panel`: everything with a value in the same panel, by the start of its period.
    """
    same_period = panel[row["period_start"]]
    values = sorted({row["value"], *(each["value"] for each in same_period)})
    if len(values) > 1 or len(same_period) > 1:
        first_kind = same_period[0]["kind"] == row["kind"]
        above = row["value"] > values[0] if len(values) > 1 else first_kind
    elif len(rows) == 1:
        above = True
    else:
        neighbour = rows[1] if row["period_start"] == rows[0]["period_start"] else rows[-2]
        above = row["value"] >= neighbour["value"]
    return "top center" if above else "bottom center"


def by_period(panel: pl.DataFrame) -> dict[date, list[Row]]:
    """Return the points of a panel that have a value, by the start of their period."""
    found: dict[date, list[Row]] = {}
    for row in panel.filter(pl.col("value").is_not_null()).iter_rows(named=True):
        found.setdefault(row["period_start"], []).append(row)
    return found


def padded(points: pl.DataFrame, *further: float) -> list[float]:
    """Return the range of a vertical axis with room for labels above and below: not always from zero, never across it.

    `further`: what else must be seen, such as the edges of bands.
    """
    values = [*points["drawn"].drop_nulls().to_list(), *further]
    lowest, highest = min(values), max(values)
    share = 0.45 if set(points["kind"]) == {"ist"} else 0.75  # a named kind makes labels of two lines
    room = (highest - lowest) * share or abs(highest) * 0.05 or 1.0
    bottom = lowest - room
    return [0.0 if lowest >= 0 > bottom else bottom, highest + room]


def time_axis(points: pl.DataFrame) -> dict[str, Any]:
    """Return range and ticks of the time axis: the periods themselves, as many of them named as a phone can show."""
    periods = points.select("period_start", "period_end").unique().sort("period_start").to_dicts()
    days = [middle(row) for row in periods]
    labels = [period_label(row["period_start"], row["period_end"]) for row in periods]
    room = max((days[-1] - days[0]) * 0.2, timedelta(days=2))
    room_left = room * 1.7  # the numbers of the vertical axis stand there
    step = -(-len(labels) // (6 if max(map(len, labels)) <= 4 else 4))
    return {
        "type": "date",
        "range": [days[0] - room_left, days[-1] + room],
        "tickvals": days[::step],
        "ticktext": labels[::step],
    }

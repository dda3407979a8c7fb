"""The points of a time series: where they stand, which a line joins, what is written beside them.

Rows have the columns of `trends.drawable`, and `drawn`: the value in the unit of the chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

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


def is_printed(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether the value is written at the point: the first, the last, and whatever contradicts itself."""
    ends = (rows[0]["period_start"], rows[-1]["period_start"])
    return bool(row["contradicted"] or row["disputed"] or row["period_start"] in ends)


def position(row: Row, rows: Sequence[Row], panel: pl.DataFrame) -> str:
    """Place a label above or below its point: away from other values of the period, else away from the line.

    `rows`: the points of its own series; `panel`: everything drawn in the same panel (TREND columns).
    """
    same_period = panel.filter(
        (pl.col("period_start") == row["period_start"]) & pl.col("value").is_not_null()
    )
    values = sorted({row["value"], *same_period["value"]})
    if len(values) > 1 or same_period.height > 1:
        first_kind = same_period["kind"].to_list()[0] == row["kind"]
        above = row["value"] > values[0] if len(values) > 1 else first_kind
    elif len(rows) == 1:
        above = True
    else:
        neighbour = rows[1] if row["period_start"] == rows[0]["period_start"] else rows[-2]
        above = row["value"] >= neighbour["value"]
    return "top center" if above else "bottom center"


def padded(points: pl.DataFrame) -> list[float]:
    """Return the range of a vertical axis with room for labels above and below: not always from zero, never across it."""
    values = points["drawn"].drop_nulls().to_list()
    lowest, highest = min(values), max(values)
    share = 0.45 if set(points["kind"]) == {"ist"} else 0.75  # a named kind makes labels of two lines
    room = (highest - lowest) * share or abs(highest) * 0.05 or 1.0
    bottom = lowest - room
    return [0.0 if lowest >= 0 > bottom else bottom, highest + room]


def time_axis(points: pl.DataFrame) -> dict[str, object]:
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

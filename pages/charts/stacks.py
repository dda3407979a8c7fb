"""Sums per year: the parts stacked, the printed total as a line above them – where both do not agree, it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.chart import Chart, finish, present, source_notes
from pages.charts.columns import Column, Lane, Tick, draw_lanes
from pages.charts.panels import Style
from pages.charts.years import short_number
from warehouse.catalog import Catalog
from warehouse.formatting import format_value
from warehouse.periods import period_label

_SIGNS = "graue Linie und Zahl darüber = gedruckte Summe; hohl = vorläufig oder geschätzt"
_STYLES: tuple[Style, ...] = ("part", "target")


def stacked_years(
    catalog: Catalog, parts: pl.DataFrame, rows: pl.DataFrame, *, title: str, subtitle: str
) -> Chart:
    """Draw one declared sum (SUM columns) per year and Jobcenter; `rows` are the values behind it (CURRENT columns)."""
    lanes = [
        _lane(catalog, parts.filter(pl.col("jobcenter") == entry.id)) for entry in present(catalog, parts)
    ]
    figure, height = draw_lanes(lanes)
    notes = source_notes(catalog, rows)
    notes["Besonderheiten"] = " ".join(
        filter(None, (notes["Besonderheiten"], *disagreements(catalog, parts)))
    )
    notes["Zeichen"] = "; ".join(filter(None, (_SIGNS, notes["Zeichen"])))
    notes["Eigene Berechnung"] = "Summe der Teile, siehe Tabelle"
    said = [
        (
            lane.jobcenter.short_name,
            [part.hover for part in lane.columns] + [tick.hover for tick in lane.ticks],
        )
        for lane in lanes
    ]
    spoken = "; ".join(f"{name} {hover}" for name, hovers in said for hover in hovers)
    return finish(
        figure,
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {spoken}.",
        table=sum_table(catalog, parts),
        notes=notes,
        height=height,
    )


def disagreements(catalog: Catalog, parts: pl.DataFrame) -> list[str]:
    """Return a sentence for every printed total that its parts do not add up to."""
    wrong = parts.filter(pl.col("difference").is_not_null() & (pl.col("difference") != 0)).unique(
        ["jobcenter", "sum", "period_end"], keep="first", maintain_order=True
    )
    told = []
    for row in wrong.iter_rows(named=True):
        whole = catalog.sums[row["sum"]].whole
        printed, recomputed = (format_value(catalog, whole, row[name]) for name in ("printed", "recomputed"))
        difference = format_value(catalog, whole, row["difference"], signed=True)
        period = period_label(row["period_start"], row["period_end"])
        told.append(
            f"‼ {catalog.area_name(row['jobcenter'])} {period}: gedruckt {printed}, Teile zusammen {recomputed} ({difference})."
        )
    return told


def sum_table(catalog: Catalog, parts: pl.DataFrame) -> pl.DataFrame:
    """Return the table twin: a row per Jobcenter and year, a column per part, the printed and the recomputed total."""
    table = []
    for _, own in parts.group_by(
        "sum", "jobcenter", "period_start", "period_end", "kind", maintain_order=True
    ):
        first = own.row(0, named=True)
        declared = catalog.sums[first["sum"]]
        known = dict(zip(own["part"], own["value"], strict=True))
        table.append(
            {
                "Jobcenter": catalog.area_name(first["jobcenter"]),
                "Zeitraum": period_label(first["period_start"], first["period_end"]),
                "Art": catalog.kinds[first["kind"]].name,
                **{catalog.indicator(part).name: known.get(part) for part in declared.parts},
                f"{catalog.indicator(declared.whole).name} (gedruckt)": first["printed"],
                "Summe der Teile (eigene Berechnung)": first["recomputed"],
                "Unterschied": first["difference"],
                "Einheit": catalog.indicator(declared.whole).unit,
                "Status": catalog.statuses[first["status"]].name,
            }
        )
    return pl.DataFrame(table, infer_schema_length=None)


def _lane(catalog: Catalog, own: pl.DataFrame) -> Lane:
    columns: list[Column] = []
    ticks: list[Tick] = []
    for (year,), several in own.group_by(pl.col("period_end").dt.year(), maintain_order=True):
        rows, height = _one_kind(several), 0.0
        for index, row in enumerate(rows.iter_rows(named=True)):
            columns.append(_part(catalog, row, int(year), height, _STYLES[index % 2]))
            height += row["value"]
        first = rows.row(0, named=True)
        if first["printed"] is not None:
            mark = "‼\u00a0" if first["difference"] else ""
            whole = catalog.sums[first["sum"]].whole
            hover = f"{year}, {catalog.indicator(whole).name} gedruckt: {format_value(catalog, whole, first['printed'])}"
            ticks.append(
                Tick(
                    int(year), first["printed"], mark + short_number(catalog, whole, first["printed"]), hover
                )
            )
    newest = [column for column in columns if column.year == columns[-1].year]
    shown = _one_kind(own.filter(pl.col("period_end") == own["period_end"][-1]))
    codes = [catalog.indicator(part).code or catalog.indicator(part).name for part in shown["part"]]
    entry = catalog.jobcenters[own["jobcenter"][0]]
    return Lane(
        entry,
        _title(catalog, own),
        columns,
        ticks,
        [(column.base + column.height / 2, code) for column, code in zip(newest, codes, strict=True)],
    )


def _one_kind(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of one kind and time concept of a year, Ist before Plan: different kinds are never stacked."""
    kinds = rows["kind"].to_list()
    first = next((kinds.index(kind) for kind in ("ist", "plan") if kind in kinds), 0)
    same = ("kind", "time_concept", "period_start", "period_end")
    return rows.filter(**{name: rows[name][first] for name in same})


def _title(catalog: Catalog, own: pl.DataFrame) -> str:
    """Name the lane, and what one must know of all its columns: status, a total that is not printed."""
    entry = catalog.jobcenters[own["jobcenter"][0]]
    statuses = [catalog.statuses[status].name for status in own["status"].unique() if status != "endgueltig"]
    whole = catalog.indicator(catalog.sums[own["sum"][0]].whole).name
    return " · ".join(
        [entry.short_name, *statuses, *([f"{whole} nicht genannt"] if own["printed"].is_null().all() else [])]
    )


def _part(catalog: Catalog, row: Mapping[str, Any], year: int, base: float, style: Style) -> Column:
    part, value = str(row["part"]), float(row["value"])
    hover = f"{year}, {catalog.indicator(part).name}: {format_value(catalog, part, value, precision=str(row['precision']))}"
    style = style if row["status"] == "endgueltig" else "hollow"
    text = short_number(catalog, part, value, precision=str(row["precision"]))
    return Column(year, value, text, style, hover, base=base, inside=True)

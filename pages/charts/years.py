"""Courses over years and sums of parts as columns per year; the frames come from the warehouse, the drawing from columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.chart import Chart, finish, present, source_notes
from pages.charts.columns import SIGNS, Column, Lane, Tick, draw_lanes
from pages.charts.panels import style_of
from pages.charts.reasons import uncertain_reasons
from pages.charts.tables import value_table
from warehouse.catalog import Catalog
from warehouse.drawable import settled_years, with_year
from warehouse.formatting import NBSP, format_number, format_value
from warehouse.periods import period_label

_KINDS = ("soll", "plan", "prognose", "vorjahr", "ist")
"""In this order the columns of one year stand beside each other."""


def year_columns(
    catalog: Catalog,
    rows: pl.DataFrame,
    *,
    title: str,
    subtitle: str,
    own: pl.DataFrame | None = None,
    own_text: str = "",
) -> Chart:
    """Draw one indicator over years (CURRENT columns); Soll, Plan, Prognose and Ist of a year stand side by side.

    `own`: recomputed values of the same quantity (RATIO columns), drawn as hollow grey marks; `own_text` says how.
    """
    dated, corrected = settled_years(with_year(rows))
    recomputed = with_year(own) if own is not None else dated.clear()
    lanes = [
        Lane(
            entry,
            entry.short_name,
            [
                _column(catalog, row, inside=recomputed.height > 0)
                for row in _in_order(dated.filter(pl.col("jobcenter") == entry.id))
            ],
            [
                _recomputed(catalog, row)
                for row in recomputed.filter(pl.col("jobcenter") == entry.id).iter_rows(named=True)
            ],
        )
        for entry in present(catalog, dated)
    ]
    figure, height = draw_lanes(lanes)
    styles = dict.fromkeys(column.style for lane in lanes for column in lane.columns)
    notes = {**source_notes(catalog, rows), "Berichtszeitraum": _not_whole_years(catalog, dated)}
    notes["Zeichen"] = "; ".join(
        filter(None, ("; ".join(SIGNS[style] for style in SIGNS if style in styles), notes["Zeichen"]))
    )
    if recomputed.height:
        notes["Eigene Berechnung"] = f"◇ {own_text}"
    notes["Besonderheiten"] = " ".join(
        filter(
            None,
            (notes["Besonderheiten"], *_corrections(catalog, corrected), *uncertain_reasons(catalog, rows)),
        )
    )
    spoken = "; ".join(f"{lane.title} {column.hover}" for lane in lanes for column in lane.columns)
    return finish(
        figure,
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {spoken}.",
        table=_table(catalog, rows, recomputed),
        notes=notes,
        height=height,
    )


def _table(catalog: Catalog, rows: pl.DataFrame, recomputed: pl.DataFrame) -> pl.DataFrame:
    """Return the table twin; recomputed values stand below the printed ones and say so."""
    if recomputed.is_empty():
        return value_table(catalog, rows)
    own = recomputed.with_columns(
        pl.lit(rows["indicator"][0]).alias("indicator"), pl.lit("eigene Berechnung").alias("place")
    )
    return value_table(catalog, pl.concat([rows, own], how="diagonal_relaxed"))


def chart_unit(catalog: Catalog, indicator: str) -> str:
    """Return the unit a chart prints once: thousands of euros become millions."""
    unit = catalog.unit(indicator)
    return unit.shown_as or unit.id


def short_value(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return a value without unit, as it stands above a column: 24,1 for 24.120 T€; ‼ where it is contradicted."""
    indicator, value = str(row["indicator"]), float(row["value"])
    sign = "‼" if row["contradicted"] else ""
    return short_number(catalog, indicator, value, precision=str(row["precision"])) + sign


def short_number(catalog: Catalog, indicator: str, value: float, *, precision: str = "exakt") -> str:
    """Return a number in the unit the chart prints once (`chart_unit`), with the mark of its precision."""
    unit = catalog.unit(indicator)
    if not unit.shown_as:
        return format_value(catalog, indicator, value, precision=precision, unit=False)
    shown = format_number(value / (catalog.units[unit.shown_as].factor / unit.factor), unit.shown_decimals)
    return NBSP.join(filter(None, (catalog.precisions[precision].mark, shown)))


def _in_order(rows: pl.DataFrame) -> list[dict[str, Any]]:
    return sorted(rows.iter_rows(named=True), key=lambda row: (row["year"], _KINDS.index(str(row["kind"]))))


def _column(catalog: Catalog, row: Mapping[str, Any], *, inside: bool) -> Column:
    said = format_value(catalog, str(row["indicator"]), row["value"], precision=str(row["precision"]))
    period = period_label(row["period_start"], row["period_end"])
    hover = f"{period}, {catalog.kinds[str(row['kind'])].name}: {said}"
    doubt = f"{NBSP}?" if row["status"] == "unsicher" else ""
    text = short_value(catalog, row) + doubt
    return Column(int(row["year"]), float(row["value"]), text, style_of(row), hover, inside=inside)


def _corrections(catalog: Catalog, corrected: pl.DataFrame) -> list[str]:
    """Say where the following year prints another figure of the previous year than its Ist."""
    said = []
    for row in corrected.iter_rows(named=True):
        ist, later = (format_value(catalog, row["indicator"], row[name]) for name in ("value", "previous"))
        said.append(
            f"‼ {catalog.area_name(row['jobcenter'])} {row['year']}: Ist {ist}, ein Jahr später als Vorjahr {later}."
        )
    return said


def _recomputed(catalog: Catalog, row: Mapping[str, Any]) -> Tick:
    unit = catalog.units[catalog.ratios[str(row["ratio"])].unit]
    said = NBSP.join((format_number(float(row["value"]), unit.decimals), unit.suffix))
    return Tick(
        int(row["year"]),
        float(row["value"]),
        format_number(float(row["value"]), unit.decimals),
        f"{row['year']}, nachgerechnet: {said}",
        own=True,
    )


def _not_whole_years(catalog: Catalog, dated: pl.DataFrame) -> str:
    part = dated.filter(
        (pl.col("period_start").dt.ordinal_day() > 1) | (pl.col("period_end").dt.month() < 12)
    )
    told = [
        f"{catalog.area_name(row['jobcenter'])} {catalog.kinds[row['kind']].name}: "
        f"{period_label(row['period_start'], row['period_end'])}"
        for row in part.iter_rows(named=True)
    ]
    return f"Nicht ganzjährig: {'; '.join(told)}" if told else ""

"""Amounts per head as a table: what was divided by what, and what the document prints itself."""

from __future__ import annotations

import polars as pl

from pages.charts.tables import in_fixed_order
from warehouse.catalog import Catalog, Ratio
from warehouse.formatting import NBSP, format_number, format_value
from warehouse.periods import period_label


def ratio_table(catalog: Catalog, ratio: Ratio, found: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per Jobcenter and year with numerator, denominator, result and the printed value, in the order of both.

    `found`: RATIO columns; `rows`: CURRENT columns, among them the printed values. All cells are text for people; null where
    nothing is printed.
    """
    unit = catalog.units[ratio.unit]
    printed = {
        (row["jobcenter"], row["period_start"], row["period_end"]): format_value(
            catalog, ratio.printed, row["value"], precision=row["precision"]
        )
        for row in rows.filter(
            (pl.col("indicator") == ratio.printed) & (pl.col("breakdown") == "")
        ).iter_rows(named=True)
    }
    return pl.DataFrame(
        [
            {
                "Jobcenter": catalog.area_name(row["jobcenter"]),
                "Zeitraum": period_label(row["period_start"], row["period_end"]),
                "Zähler": format_value(catalog, ratio.numerator, row["numerator"]),
                "Nenner": format_value(catalog, ratio.denominator, row["denominator"]),
                "nachgerechnet": NBSP.join(
                    filter(
                        None,
                        (
                            _mark(catalog, row["precision"], row["status"]),
                            format_number(row["value"], unit.decimals),
                            unit.suffix,
                        ),
                    )
                ),
                "gedruckt": printed.get((row["jobcenter"], row["period_start"], row["period_end"])),
            }
            for row in in_fixed_order(catalog, found.sort("period_start", "period_end")).iter_rows(named=True)
        ],
        schema_overrides={"gedruckt": pl.String},
    )


def _mark(catalog: Catalog, precision: str, status: str) -> str:
    """Return the sign before a computed value: that of its precision, else ? for uncertain inputs."""
    return catalog.precisions[precision].mark or ("?" if status != "endgueltig" else "")

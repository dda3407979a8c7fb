"""Suppressed values that follow from the others."""

from __future__ import annotations

import polars as pl

from etl.checks.inspection import SUPPRESSED, Inspection
from etl.checks.partitions import areas, breakdowns, of_rows
from etl.problem import Problem
from warehouse.formatting import format_plain


def recomputable(inspection: Inspection) -> list[Problem]:
    """Find suppressed values that are a total minus the other parts, or the sum of all parts; one note for each
    partition. The value itself is never told."""
    if not (inspection.count_keys.column("status") == SUPPRESSED).any():
        return []
    added = of_rows(inspection, pl.concat([breakdowns(inspection), areas(inspection)]))
    exact = added.filter(pl.col("partition") != "", pl.col("unstated") == 0, pl.col("parts_slack") == 0)
    one_part = (pl.col("given") + 1 == pl.col("size")) & (pl.col("suppressed") == 1)
    from_whole = one_part & (pl.col("difference") <= 0) & (pl.col("slack") == 0)
    from_parts = (pl.col("given") == pl.col("size")) & (pl.col("status") == SUPPRESSED)
    found = pl.concat(
        [
            exact.filter(from_whole).with_columns(at=pl.col("suppressed_row")),
            exact.filter(from_parts).with_columns(at=pl.col("row")),
        ]
    ).sort("at")
    problems = []
    for (id_,), group in found.group_by("partition", maintain_order=True):
        rows = group["at"].unique(maintain_order=True)
        where = (
            f"in Zeile {rows[0]}"
            if len(rows) == 1
            else f"in {format_plain(len(rows))} Zeilen (zuerst {rows[0]})"
        )
        areas_ = inspection.areas(group["jobcenter"].unique(maintain_order=True))
        name = inspection.catalog.partitions[str(id_)].name
        problems.append(inspection.noted("recomputable", f"{name} {where}", areas_))
    return problems

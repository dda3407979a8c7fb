"""Numbers that are rounded to ten but do not say so."""

from __future__ import annotations

import polars as pl

from etl.checks.inspection import Inspection
from etl.problem import Problem


def rounded_to_ten(inspection: Inspection) -> list[Problem]:
    """Find sources whose counts nearly all end with 0 while they claim to be exact."""
    columns = ("source", "number", "precision")
    large = pl.DataFrame({name: inspection.count_keys.column(name) for name in columns}).filter(
        pl.col("precision") == "exakt", pl.col("number") >= inspection.threshold("rounded_from")
    )
    by_source = large.group_by("source", maintain_order=True).agg(
        pl.len().alias("count"), (pl.col("number") % 10 == 0).mean().alias("share")
    )
    rounded = by_source.filter(
        pl.col("count") >= inspection.threshold("rounded_count"),
        pl.col("share") >= inspection.threshold("rounded_share"),
    )
    return [inspection.noted("rounded", source) for source in rounded["source"]]

"""Recorded contradictions: which of them speak about a quantity."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def contradictions_of(
    recorded: pl.DataFrame, jobcenters: Sequence[str], indicator: str, breakdown: str = ""
) -> pl.DataFrame:
    """Return the contradictions (CONTRADICTION columns) of some Jobcenter that concern a quantity or its changes.

    A contradiction may name several indicators and several breakdowns; one of each must fit. One that names no
    breakdown concerns the whole and all its parts.
    """
    named = pl.col("indicators").str.split("|").list.eval(pl.element().str.split(".").list.first())
    return recorded.filter(
        pl.col("jobcenter").is_in(jobcenters)
        & named.list.contains(indicator.partition(".")[0])
        & (pl.col("breakdown").str.split("|").list.contains(breakdown) | (pl.col("breakdown") == ""))
    )

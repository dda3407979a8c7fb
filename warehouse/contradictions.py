"""Recorded contradictions: which of them speak about a quantity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

Asked = tuple[Sequence[str], str, str]
"""Whose contradictions about what: Jobcenter, indicator, breakdown."""


def contradictions_of(
    recorded: pl.DataFrame, jobcenters: Sequence[str], indicator: str, breakdown: str = ""
) -> pl.DataFrame:
    """Return the contradictions (CONTRADICTION columns) of some Jobcenter that concern a quantity or its changes.

    A contradiction may name several indicators and several breakdowns; one of each must fit. One that names no
    breakdown concerns the whole and all its parts.
    """
    return concerning(recorded, [(jobcenters, indicator, breakdown)])


def concerning(recorded: pl.DataFrame, asked: Iterable[Asked]) -> pl.DataFrame:
    """Return the contradictions that concern any of several quantities, each once, in the order of these."""
    told = [
        (area, {each.partition(".")[0] for each in indicators.split("|")}, breakdown.split("|"))
        for area, indicators, breakdown in recorded.select("jobcenter", "indicators", "breakdown").iter_rows()
    ]
    found = dict.fromkeys(
        row
        for jobcenters, indicator, breakdown in asked
        for row, (area, named, parts) in enumerate(told)
        if area in jobcenters
        and indicator.partition(".")[0] in named
        and (breakdown in parts or parts == [""])
    )
    return recorded[list(found)]

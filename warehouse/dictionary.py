"""The catalog as a reference book: what is declared, found by any of its names, and for whom there are values."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog, Indicator
from warehouse.spelling import fold


def find_indicators(catalog: Catalog, words: str = "", topic: str = "") -> list[Indicator]:
    """Return the indicators of a topic ("" = all) in whose code, name, definition or spellings every word occurs."""
    wanted = fold(words).split()
    return [
        entry
        for entry in catalog.indicators.values()
        if topic in ("", entry.topic) and all(word in _spoken_of(entry) for word in wanted)
    ]


def _spoken_of(entry: Indicator) -> str:
    return fold(" ".join((entry.id, entry.code, entry.name, entry.definition, *entry.aliases)))


def figures_by_area(catalog: Catalog, series: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Return indicator → Jobcenter → number of values, printed changes counted with their indicator.

    `series`: answer of the question `known_indicators`; reference regions are left out.
    """
    own = series.filter(pl.col("jobcenter").is_in(list(catalog.jobcenters)) & (pl.col("figures") > 0))
    base = pl.col("indicator").str.split(".").list.first().alias("indicator")
    summed = own.group_by(base, "jobcenter").agg(pl.col("figures").sum())
    found: dict[str, dict[str, int]] = {}
    for indicator, jobcenter, figures in summed.iter_rows():
        found.setdefault(indicator, {})[jobcenter] = figures
    return found


def first_series(
    series: pl.DataFrame, jobcenter: str, indicators: str, breakdowns: str
) -> tuple[str, str] | None:
    """Return the series a recorded contradiction speaks of: indicator and breakdown that the warehouse has, or None.

    `indicators` and `breakdowns` are lists joined by "|", as contradictions keep them.
    """
    ids, parts = indicators.split("|"), breakdowns.split("|")
    own = series.filter((pl.col("jobcenter") == jobcenter) & pl.col("indicator").is_in(ids))
    have = dict.fromkeys(zip(own["indicator"], own["breakdown"], strict=True))
    named = [(indicator, part) for part in filter(None, parts) for indicator in ids]
    wholes = [(indicator, "") for indicator in ids]
    known = (pair for pair in (*named, *wholes) if pair in have)
    return next(known, next(iter(have), None))


def of_documents(catalog: Catalog, contradictions: pl.DataFrame) -> pl.DataFrame:
    """Return contradictions with `owner`, the Jobcenter whose document contains them: figures about a region are its too."""
    owner = {source.id: source.jobcenter for source in catalog.sources.values()}
    return contradictions.with_columns(
        owner=pl.col("source").replace_strict(owner, default=pl.col("jobcenter"), return_dtype=pl.String)
    )

"""What a person must see before accepting an extract: what it is, what it would change, what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from etl.areas import KINDS
from etl.draft import Draft, Reader, area_names, understand
from etl.extract import Extract
from etl.problem import Problem
from etl.saved import format_name
from etl.tidy import SCHEMAS
from etl.verdict import drafted, expected_outcome
from warehouse.areas import JOBCENTER, KREIS
from warehouse.catalog import Catalog
from warehouse.snapshots import current_snapshot


@dataclass(frozen=True)
class Review:
    """A draft as it is shown. `outcome`: rejected, unchanged or needs_confirmation (it can be accepted).

    `draft` carries no rows; `sums` counts all of its changes; `names`: what areas beyond the catalog are called, by id.
    `first` and `last` day, `periods`, `jobcenters`, `kreise` and (reference) `regions` are None or 0 where no row was
    understood.
    """

    draft: Draft
    outcome: str
    format_name: str
    jobcenters: int
    kreise: int
    regions: int
    periods: int
    first: date | None
    last: date | None
    sums: pl.DataFrame
    names: Mapping[str, str]

    @property
    def to_confirm(self) -> tuple[Problem, ...]:
        """Return the warnings that have to be accepted with a reason."""
        return tuple(found for found in self.draft.problems if found.must_confirm)

    @property
    def listed_of(self) -> int:
        """Return how many single changes there are, those that are not listed included."""
        return int(self.sums.select(pl.sum_horizontal("revised", "new", "vanished").sum()).item())


def review(
    folder: Path, extract: Extract, known: Catalog, today: date | None = None, read: Reader = understand
) -> Review:
    """Draft an extract and return what is to be shown of it. Writes nothing; never raises for what is in the file."""
    made = drafted(folder, extract, known, today, read)
    tidied = made.tidied
    levels = (
        Counter(_level(area, known) for area in tidied.distinct("jobcenter")["jobcenter"])
        if tidied
        else Counter()
    )
    is_dated = tidied is not None and tidied.height and "period_start" in SCHEMAS[tidied.target]
    periods = tidied.distinct("period_start", "period_end") if tidied and is_dated else None
    return Review(
        draft=replace(made, tidied=None),
        outcome=expected_outcome(made),
        format_name=format_name(made.format_id),
        jobcenters=levels[JOBCENTER],
        kreise=levels[KREIS],
        regions=levels[""],
        periods=0 if periods is None else periods.height,
        first=None if periods is None else periods.select(pl.col("period_start").min()).item(),
        last=None if periods is None else periods.select(pl.col("period_end").max()).item(),
        sums=made.sums,
        names=area_names(made.tidied, current_snapshot(folder)) if made.tidied else {},
    )


def _level(area: str, known: Catalog) -> str:
    return JOBCENTER if area in known.jobcenters else KINDS.get(area.partition("-")[0], "")

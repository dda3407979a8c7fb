"""Checks tidy observations against each other, against what is plausible and what is known, all problems at
once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from etl.checks import AGAINST_KNOWN, ALONE, Inspection
from etl.checks.repetitions import without_repetitions
from etl.distinct import coded
from etl.parts import parts
from etl.problem import Problem
from etl.tidy import Tidied
from warehouse.catalog import Catalog


def check(
    tidied: Tidied,
    catalog: Catalog,
    sheet: str = "",
    known: pl.DataFrame | None = None,
    names: Mapping[str, str] | None = None,
) -> tuple[Tidied, list[Problem]]:
    """Return the rows without exact repetitions, and what is implausible or contradicts itself.

    `known`: the frame of `known_observations.sql` to check against it, too (see `check_against`); `names`: what
    areas are called that the catalog does not know.
    """
    if tidied.target != "observations":
        return tidied, []
    problems: list[Problem] = []
    kept: list[pl.DataFrame] = []
    keys = None
    for part in parts(tidied):
        inspection = Inspection(coded(part.frame), catalog, sheet, names=names or {})
        frame, found = without_repetitions(inspection)
        if found:
            inspection = Inspection(frame, catalog, sheet, names=names or {})
        problems += [*found, *(each for ask in ALONE for each in ask(inspection))]
        kept.append(frame if found else frame.clear())
        keys = inspection.keys
    again = any(frame.height for frame in kept)
    frame = (
        pl.concat([_without(part, frame) for part, frame in zip(parts(tidied), kept, strict=True)])
        if again
        else tidied.frame
    )
    skipped = tidied.skipped + tidied.frame.height - frame.height
    checked = replace(tidied, frame=frame, skipped=skipped, keys=keys if len(kept) == 1 else None)
    return checked, problems + (
        check_against(known, checked, catalog, sheet, names) if known is not None else []
    )


def _without(part: Tidied, frame: pl.DataFrame) -> pl.DataFrame:
    """Return a part as it was where no row of it repeats another one."""
    return frame if frame.height else coded(part.frame)


def check_against(
    known: pl.DataFrame | None,
    checked: Tidied,
    catalog: Catalog,
    sheet: str = "",
    names: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Return what does not fit what is known (the frame of `known_observations.sql`, None where nothing is)."""
    if checked.target != "observations":
        return []
    frame = coded(checked.frame)
    inspection = Inspection(
        frame, catalog, sheet, frame.clear() if known is None else coded(known), names or {}, checked.keys
    )
    return [found for ask in AGAINST_KNOWN for found in ask(inspection)]

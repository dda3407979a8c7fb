"""Checks tidy observations against each other, against what is plausible and what is known, all problems at
once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from etl.checks import AGAINST_KNOWN, ALONE, Inspection
from etl.checks.repetitions import without_repetitions
from etl.distinct import coded
from etl.held import Held
from etl.keys import Keys
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
    kept: list[Keys | None] = []
    for part in parts(tidied):
        inspection = Inspection(coded(part.frame), catalog, sheet, names=names or {})
        frame, found = without_repetitions(inspection)
        if found:
            inspection = Inspection(frame, catalog, sheet, names=names or {})
        problems += [*found, *(each for ask in ALONE for each in ask(inspection))]
        kept.append(inspection.keys if found or not isinstance(tidied.rows, Held) else None)
    checked = _without_repetitions(tidied, kept)
    return checked, problems + (
        check_against(known, checked, catalog, sheet, names) if known is not None else []
    )


def _without_repetitions(tidied: Tidied, kept: list[Keys | None]) -> Tidied:
    """Return a delivery with the rows kept of each part; None where these are all rows of a part."""
    if not isinstance(tidied.rows, Held):
        (keys,) = filter(None, kept)
        skipped = tidied.skipped + tidied.height - keys.frame.height
        return replace(tidied, rows=keys.frame, keys=keys, skipped=skipped)
    if not any(kept):
        return tidied
    held = Held(tidied.rows.of([]))
    for part, others in zip(parts(tidied), kept, strict=True):
        held.add(others.frame if others else part.frame)
    return replace(tidied, rows=held, skipped=tidied.skipped + tidied.height - held.height)


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

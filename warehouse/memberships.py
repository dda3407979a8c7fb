"""Which Vergleichstyp a Jobcenter belongs to: as the catalog documents it or as a loaded assignment says."""

from __future__ import annotations

from datetime import date

import polars as pl

from warehouse.catalog import Catalog, Membership


def vergleichstyp(catalog: Catalog, loaded: pl.DataFrame, jobcenter: str, on: date) -> tuple[Membership, ...]:
    """Return the newest membership of a Jobcenter that is valid on a day; nothing means "nicht hinterlegt".

    `loaded`: answer of the question `known_memberships` (MEMBERSHIP columns). Where sources name different types from
    the same day on, all of them are returned, never one of them guessed.
    """
    own = loaded.filter(pl.col("jobcenter") == jobcenter).drop("line", "row").iter_rows(named=True)
    documented = (entry for entry in catalog.memberships if entry.jobcenter == jobcenter)
    valid = [entry for entry in (*documented, *(Membership(**row) for row in own)) if entry.valid_from <= on]
    newest = max((entry.valid_from for entry in valid), default=None)
    by_type = {entry.type: entry for entry in reversed(valid) if entry.valid_from == newest}
    return tuple(by_type[type_] for type_ in sorted(by_type))

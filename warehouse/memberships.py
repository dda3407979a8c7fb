"""Which Vergleichstyp a Jobcenter belongs to: as the catalog documents it or as a loaded assignment says."""

from __future__ import annotations

from datetime import date

import polars as pl

from warehouse.catalog import Catalog, Membership
from warehouse.schema import MEMBERSHIP


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


def types_on(catalog: Catalog, loaded: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return for every Jobcenter with a membership valid on a day: jobcenter, type, edition, valid_from, source.

    `types`: how many different types its newest memberships name; more than one is a contradiction, and `type` is null.
    """
    valid = _every(catalog, loaded).filter(pl.col("valid_from") <= on)
    newest = valid.filter(pl.col("valid_from") == pl.col("valid_from").max().over("jobcenter"))
    one = newest.group_by("jobcenter", maintain_order=True).agg(
        pl.col("type", "edition", "valid_from", "source").first(),
        types=pl.col("type").n_unique().cast(pl.Int64),
    )
    return one.with_columns(type=pl.when(pl.col("types") == 1).then("type")).sort("jobcenter")


def forms_on(catalog: Catalog, loaded: pl.DataFrame, on: date) -> dict[str, str]:
    """Return the legal form of every Jobcenter that one is known of: as the catalog says, else as the newest list valid
    on a day does; contradicting lists say nothing."""
    listed = loaded.filter((pl.col("form") != "") & (pl.col("valid_from") <= on))
    newest = listed.filter(pl.col("valid_from") == pl.col("valid_from").max().over("jobcenter"))
    agreed = newest.group_by("jobcenter").agg(pl.col("form").first(), forms=pl.col("form").n_unique())
    known = dict(agreed.filter(pl.col("forms") == 1).select("jobcenter", "form").iter_rows())
    return known | {id_: entry.form for id_, entry in catalog.jobcenters.items()}


def _every(catalog: Catalog, loaded: pl.DataFrame) -> pl.DataFrame:
    """Return loaded and documented memberships together; what is loaded stands first."""
    columns = ["jobcenter", "type", "edition", "valid_from", "source"]
    documented = [tuple(getattr(entry, name) for name in columns) for entry in catalog.memberships]
    schema = {name: MEMBERSHIP[name] for name in columns}
    return pl.concat([loaded.select(columns), pl.DataFrame(documented, schema=schema, orient="row")])

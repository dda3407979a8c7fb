"""Every Jobcenter and Kreis there is: those of the catalog and those that deliveries name, with Land and West/Ost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Protocol

import polars as pl

from warehouse.catalog import Catalog

JOBCENTER, KREIS, OWN = "jobcenter", "kreis", "own"
SILENT_DAYS = 92
"""So long an area may report nothing at all before it counts as dissolved."""
WHOLE_COUNTRY = 300
"""So many Jobcenter (of some four hundred) are known once a delivery for the whole country is loaded."""
EVERY_AREA = pl.Schema(
    {
        "id": pl.String,
        "name": pl.String,
        "level": pl.String,  # jobcenter, kreis; own: of the catalog, Jobcenter and Kreis at once
        "key": pl.String,
        "land": pl.String,  # id of a region, "" unknown
        "part": pl.String,  # id of West or Ost, "" unknown
    }
)
"""One Jobcenter or Kreis."""


class Ask(Protocol):
    """Answers a question of `warehouse/sql` by its name: `warehouse.questions.ask` on a snapshot, or a cached one."""

    def __call__(self, name: str, /, **parameters: Any) -> pl.DataFrame:
        """Return the answer as a frame; lists of parameters may be tuples."""
        ...


def every_area(catalog: Catalog, delivered: pl.DataFrame) -> pl.DataFrame:
    """Return all areas as an EVERY_AREA frame, those of the catalog first, the others by name.

    `delivered`: answer of the question `areas`. All Jobcenter of the catalog cover exactly one Kreis, so each is both.
    """
    laender = {region.name: id_ for id_, region in catalog.regions.items() if region.kind == "land"}
    own = [
        (id_, entry.short_name, OWN, entry.traegernummer, laender.get(entry.land, ""))
        for id_, entry in catalog.jobcenters.items()
    ]
    columns = [name for name in EVERY_AREA.names() if name != "part"]
    known = pl.DataFrame(own, schema=columns, orient="row", schema_overrides={"id": pl.String})
    others = delivered.filter(~pl.col("id").is_in(list(catalog.jobcenters)))
    named = others.rename({"kind": "level"}).select(columns).sort("name", "id")
    parts = {id_: region.part for id_, region in catalog.regions.items()}
    both = pl.concat([known.cast(pl.String), named])
    return both.with_columns(part=pl.col("land").replace_strict(parts, default="", return_dtype=pl.String))


def of_level(areas: pl.DataFrame, level: str) -> pl.DataFrame:
    """Return the areas that are of one level: Jobcenter or Kreise, those of the catalog being both."""
    return areas.filter(pl.col("level").is_in([level, OWN]))


def existing(areas: pl.DataFrame, spans: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    """Return the areas that were there in a period: those that later reforms dissolved or made are left out.

    `spans`: answer of the question `spans_of_areas`. Who has been silent for three months at most is late, not gone.
    """
    late = timedelta(days=SILENT_DAYS)
    there = spans.filter(pl.col("last_end") >= start - late, pl.col("first_start") <= end + late)
    return areas.filter((pl.col("level") == OWN) | pl.col("id").is_in(there["jobcenter"].to_list()))


def made_up_of(catalog: Catalog, areas: pl.DataFrame, types: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return by name which Jobcenter make up each Land and each Vergleichstyp; nothing where not all of them are known.

    `areas`: EVERY_AREA; `types`: answer of `memberships.types_on`.
    """
    every = of_level(areas, JOBCENTER)
    if every.height < WHOLE_COUNTRY:
        return {}
    laender = {id_: region.name for id_, region in catalog.regions.items() if region.kind == "land"}
    typed = every.join(types.select("type", id="jobcenter"), on="id", how="left", maintain_order="left")
    named = typed.select(
        "name",
        land=pl.col("land").replace_strict(laender, default=None, return_dtype=pl.String),
        type=pl.lit("Vergleichstyp ") + pl.col("type"),
    )
    found: dict[str, tuple[str, ...]] = {}
    for column in ("land", "type"):
        grouped = named.drop_nulls(column).group_by(column, maintain_order=True).agg("name")
        found |= {whole: tuple(parts) for whole, parts in grouped.iter_rows()}
    return found


def names_of(areas: pl.DataFrame) -> dict[str, str]:
    """Return the German name of every area by its id."""
    return dict(areas.select("id", "name").iter_rows())


def ids(areas: pl.DataFrame) -> tuple[str, ...]:
    """Return the ids of areas, sorted."""
    return tuple(sorted(areas["id"].to_list()))


FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2060, 12, 31)
"""Bounds of all periods, for questions about a whole course."""

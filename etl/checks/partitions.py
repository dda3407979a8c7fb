"""Adds up what belongs together in a delivery: the parts of a whole, the areas of a larger one."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from etl.checks.inspection import ORIGIN, SUPPRESSED, Inspection
from warehouse.catalog import Catalog

_LINK = {"part": pl.String, "whole": pl.String, "partition": pl.String, "size": pl.Int64}
_Links = Iterator[tuple[str, str, str, int]]
OPEN = 0
"""The `size` of parts that need not make up their whole: together they are at most as much."""


def breakdowns(inspection: Inspection) -> pl.DataFrame:
    """Add up the parts of each whole of the same area: Männer + Frauen = Insgesamt, also within a third."""
    delivered = inspection.counts["breakdown"].unique().sort()
    links = (link for breakdown in delivered for link in _of_breakdown(breakdown, inspection.catalog))
    return _added(inspection, links, "breakdown")


def areas(inspection: Inspection) -> pl.DataFrame:
    """Add up the areas of each larger one: Länder to Deutschland; the Jobcenter known are at most their Land."""
    return _added(inspection, _of_areas(inspection.catalog), "jobcenter")


def _of_breakdown(breakdown: str, catalog: Catalog) -> _Links:
    parts = breakdown.split("+")
    for partition in catalog.partitions.values():
        inside = [part for part in parts if part in partition.parts]
        if partition.of == "breakdowns" and len(inside) == 1:
            rest = {*parts} - {*inside} | ({partition.whole} - {""})
            yield breakdown, "+".join(sorted(rest)), partition.id, len(partition.parts)


def _of_areas(catalog: Catalog) -> _Links:
    regions = catalog.regions.values()
    laender = {region.name: region.id for region in regions if region.kind == "land"}
    for partition in catalog.partitions.values():
        if partition.of == "regions":
            parts = partition.parts or tuple(region.id for region in regions if region.kind == partition.kind)
            for part in parts:
                yield part, partition.whole, partition.id, partition.size or len(parts)
    for jobcenter in catalog.jobcenters.values():
        for whole in filter(None, (laender.get(jobcenter.land), *_whole_country(catalog))):
            yield jobcenter.id, whole, "", OPEN


def _whole_country(catalog: Catalog) -> set[str]:
    return {region.id for region in catalog.regions.values() if region.kind == "bund"}


def _added(inspection: Inspection, links: _Links, over: str) -> pl.DataFrame:
    """Return each whole that has a row, with its parts: `parts` and `numbers`; `total`; how many are `given` of
    `size`, how many `suppressed`; `difference` of the total from the whole, and the `tolerance` of it."""
    counts = inspection.counts.select(*ORIGIN, "row", "place", "status", "number", "slack")
    unstated = {entry.id: entry.unstated for entry in inspection.catalog.partitions.values()}
    table = pl.DataFrame(list(links), schema=_LINK, orient="row").with_columns(
        unstated=pl.col("partition").replace_strict(unstated, default=0.0, return_dtype=pl.Float64)
    )
    others = [name for name in ORIGIN if name != over]
    parts = counts.join(table, left_on=over, right_on="part").group_by(
        [*others, "partition", "whole", "size", "unstated"]
    )
    number = pl.col("number")
    added = parts.agg(
        pl.col(over).sort().alias("parts"),
        number.sort_by(over).alias("numbers"),
        number.sum().alias("total"),
        number.is_not_null().sum().cast(pl.Int64).alias("given"),
        (number.is_null() & (pl.col("status") == SUPPRESSED)).sum().alias("suppressed"),
        pl.col("row").filter(pl.col("status") == SUPPRESSED).min().alias("suppressed_row"),
        pl.col("slack").filter(number.is_not_null()).max().fill_null(0.0).alias("parts_slack"),
    )
    wholes = added.join(counts, left_on=[*others, "whole"], right_on=[*others, over]).rename({"whole": over})
    slack = pl.max_horizontal("parts_slack", "slack")
    return wholes.with_columns(
        difference=pl.col("total") - number,
        tolerance=slack * (pl.col("given") + 1) + number * 1e-9,
    )

"""Adds up what belongs together in a delivery: the parts of a whole, the areas of a larger one."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from etl.checks.inspection import ORIGIN, SUPPRESSED, Inspection
from etl.keys import packed
from warehouse.catalog import Catalog

_LINK: dict[str, pl.DataType | type[pl.DataType]] = {
    **{"part": pl.Categorical(), "whole": pl.Categorical()},
    **{"partition": pl.String, "size": pl.Int64},
}
_Links = Iterator[tuple[str, str, str, int]]
OPEN = 0
"""The `size` of parts that need not make up their whole: together they are at most as much."""


def breakdowns(inspection: Inspection) -> pl.DataFrame:
    """Add up the parts of each whole of the same area: Männer + Frauen = Insgesamt, also within a third."""
    if "breakdown" not in inspection.sums:
        inspection.sums["breakdown"] = _added(inspection, breakdown_links(inspection), "breakdown")
    return inspection.sums["breakdown"]


def areas(inspection: Inspection) -> pl.DataFrame:
    """Add up the areas of each larger one: Länder to Deutschland; the Jobcenter known are at most their Land."""
    if "jobcenter" not in inspection.sums:
        inspection.sums["jobcenter"] = _added(inspection, _of_areas(inspection.catalog), "jobcenter")
    return inspection.sums["jobcenter"]


def breakdown_links(inspection: Inspection) -> _Links:
    """Yield which breakdowns delivered are parts of which."""
    delivered = inspection.counts["breakdown"].unique().cast(pl.String).sort()
    return (link for breakdown in delivered for link in _of_breakdown(breakdown, inspection.catalog))


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
    """Return each whole that has a row: `total` of its parts; how many are `given` of `size`, how many `suppressed`;
    `difference` of the total from the whole, and the `tolerance` of it. `part_of` numbers wholes and parts alike."""
    groups, table = _groups(inspection, links, over)
    counts = inspection.counts.select(
        *("row", "status", "number", "slack", over), rest=packed(inspection.counts, _others(over))
    ).with_row_index("at")
    part_of = pl.col("rest") * max(groups.height, 1) + pl.col("group")
    number, is_suppressed = pl.col("number"), pl.col("number").is_null() & (pl.col("status") == SUPPRESSED)
    added = (
        counts.join(table.select(pl.col("part").alias(over), "group"), on=over)
        .with_columns(part_of=part_of, is_suppressed=is_suppressed)
        .group_by("part_of")
        .agg(
            number.sum().alias("total"),
            number.is_not_null().sum().cast(pl.Int64).alias("given"),
            pl.col("is_suppressed").sum().alias("suppressed"),
            pl.when(pl.col("is_suppressed")).then("row").min().alias("suppressed_row"),
            pl.when(number.is_not_null()).then("slack").max().fill_null(0.0).alias("parts_slack"),
        )
    )
    wholes = (
        counts.join(groups.rename({"whole": over}), on=over)
        .with_columns(part_of=part_of)
        .select("at", "number", "slack", "partition", "size", "unstated", "part_of")
        .join(added, on="part_of")
        .with_columns(
            difference=pl.col("total") - number,
            tolerance=pl.max_horizontal("parts_slack", "slack") * (pl.col("given") + 1) + number * 1e-9,
        )
    )
    return wholes


def _groups(inspection: Inspection, links: _Links, over: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the wholes that are delivered, numbered as `group`, and which parts each has."""
    unstated = {entry.id: entry.unstated for entry in inspection.catalog.partitions.values()}
    every = pl.DataFrame(list(links), schema=_LINK, orient="row")
    delivered = every.filter(pl.col("whole").is_in(inspection.counts[over].unique().implode()))
    one = ["partition", "whole", "size"]
    groups = delivered.select(one).unique(maintain_order=True).with_row_index("group")
    groups = groups.with_columns(
        pl.col("group").cast(pl.Int64),
        unstated=pl.col("partition").replace_strict(unstated, default=0.0, return_dtype=pl.Float64),
    )
    return groups, delivered.join(groups, on=one).select("part", "group")


def _others(over: str) -> list[str]:
    return [name for name in ORIGIN if name != over]


def of_rows(inspection: Inspection, wholes: pl.DataFrame) -> pl.DataFrame:
    """Return some of the wholes with all that their rows say."""
    columns = [name for name in inspection.counts.columns if name not in wholes.columns]
    return wholes.with_columns(inspection.counts[wholes["at"]].select(columns))


def with_parts(inspection: Inspection, wholes: pl.DataFrame, over: str) -> pl.DataFrame:
    """Return some of the wholes with their `parts` and the `numbers` of these."""
    links = breakdown_links(inspection) if over == "breakdown" else _of_areas(inspection.catalog)
    groups, table = _groups(inspection, links, over)
    of_group = table.join(groups.select("group", "partition", "whole", "size"), on="group")
    others = _others(over)
    some = wholes.select("at", *others, pl.col(over).alias("whole"), "partition", "size")
    parts = (
        some.join(of_group, on=["whole", "partition", "size"])
        .select("at", "partition", *others, pl.col("part").alias(over))
        .join(inspection.counts.select(*ORIGIN, "number"), on=ORIGIN)
        .cast({over: pl.String})
        .sort(over)
        .group_by("at", "partition")
        .agg(pl.col(over).alias("parts"), pl.col("number").alias("numbers"))
    )
    return wholes.join(parts, on=["at", "partition"], how="left", maintain_order="left")

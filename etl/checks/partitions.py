"""Adds up what belongs together in a delivery: the parts of a whole, the areas of a larger one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from etl.checks.inspection import ORIGIN, SUPPRESSED, Inspection
from etl.keys import Places
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
    delivered = inspection.count_keys.numbered(["breakdown"])[1]["breakdown"].cast(pl.String).sort()
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
    """Return each whole that has a row and is not the sum of its parts, or has suppressed ones: `total` of its parts; how
    many are `given` of `size`, how many `suppressed`; `difference` of the total from the whole, and the `tolerance` of it.
    `at`: its place in the counts."""
    groups, table = _groups(inspection, links, over)
    rows = _Counted(inspection, over)
    parts = dict(table.group_by("group").agg("part").iter_rows())
    sums = [
        pl.DataFrame(_sum(rows, whole, parts[group])).with_columns(group=pl.lit(group, pl.Int64))
        for group, whole in groups.select("group", pl.col("whole").cast(pl.String)).iter_rows()
    ]
    wholes = (
        pl.concat(sums) if sums else pl.DataFrame(_sum(rows, "", [])).with_columns(group=pl.lit(0, pl.Int64))
    )
    return (
        wholes.with_columns(
            difference=pl.col("total") - pl.col("number"),
            tolerance=pl.max_horizontal("parts_slack", "slack") * (pl.col("given") + 1)
            + pl.col("number") * 1e-9,
        )
        .with_columns(pl.col("number", "difference", "tolerance").fill_nan(None))
        .join(groups.select("group", "partition", "size", "unstated"), on="group", maintain_order="left")
        .drop("group")
    )


class _Counted:
    """The counts by what is added over; those of one row of a whole are found by all they have in common with it (`rest`)."""

    def __init__(self, inspection: Inspection, over: str) -> None:
        keys = inspection.count_keys
        self.row, self.number, self.slack = (
            keys.column(name).to_numpy() for name in ("row", "number", "slack")
        )
        is_suppressed = (keys.column("status") == SUPPRESSED).fill_null(value=False).to_numpy()
        self.suppressed = np.isnan(self.number) & is_suppressed
        self.rest, others = keys.numbered(_others(over))
        own, names = keys.numbered([over])
        self.size = max(others.height, 1)
        self.places = Places(own * self.size + self.rest, names.height * self.size)
        self.numbers = {name: at for at, name in enumerate(names[over].cast(pl.String))}
        order = np.argsort(own.astype(np.uint16) if names.height < 1 << 16 else own, kind="stable")
        ends = np.cumsum(np.bincount(own, minlength=names.height))
        self.of = dict(
            zip(self.numbers, np.split(order, ends[:-1]), strict=False)
        )  # one piece, empty, where no name is


def _sum(rows: _Counted, whole: str, parts: list[str]) -> dict[str, npt.NDArray[Any]]:
    """Add up the parts of each row of a whole, as far as they have rows; those are left out that add up exactly."""
    own = rows.of.get(whole, np.zeros(0, np.int64))
    rest = rows.rest[own]
    total, slack = np.zeros(len(rest)), np.zeros(len(rest))
    given, suppressed, met = (np.zeros(len(rest), np.int64) for _ in range(3))
    suppressed_row = np.full(len(rest), np.iinfo(np.int64).max)
    for part in filter(rows.of.__contains__, parts):
        at = rows.places.of(rows.numbers[part] * rows.size + rest)
        is_there = at >= 0
        number = np.where(is_there, rows.number[at], np.nan)
        is_given, is_suppressed = ~np.isnan(number), is_there & rows.suppressed[at]
        np.add(total, number, out=total, where=is_given)
        np.maximum(slack, rows.slack[at], out=slack, where=is_given)
        met += is_there
        given += is_given
        suppressed += is_suppressed
        if is_suppressed.any():
            suppressed_row = np.minimum(suppressed_row, np.where(is_suppressed, rows.row[at], suppressed_row))
    told = np.flatnonzero(
        (met > 0) & ((total != rows.number[own]) | (suppressed > 0))
    )  # nothing is not equal either
    told = told[np.argsort(rest[told], kind="stable")]
    return {
        **{"at": own[told], "number": rows.number[own[told]], "slack": rows.slack[own[told]]},
        **{"total": total[told], "given": given[told], "suppressed": suppressed[told]},
        **{"suppressed_row": suppressed_row[told], "parts_slack": slack[told]},
    }


def _groups(inspection: Inspection, links: _Links, over: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the wholes that are delivered, numbered as `group`, and which parts each has."""
    unstated = {entry.id: entry.unstated for entry in inspection.catalog.partitions.values()}
    every = pl.DataFrame(list(links), schema=_LINK, orient="row")
    delivered = every.filter(pl.col("whole").is_in(inspection.count_keys.numbered([over])[1][over].implode()))
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
    rows = inspection.count_keys.of(wholes["at"].to_numpy())
    return wholes.with_columns(rows.select(name for name in rows.columns if name not in wholes.columns))


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

"""Adds up what belongs together in a delivery: the parts of a whole, the areas of a larger one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from etl.checks.inspection import ORIGIN, SUPPRESSED, Inspection
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
    `difference` of the total from the whole, and the `tolerance` of it. `at`: its place in the counts."""
    groups, table = _groups(inspection, links, over)
    rows = _Sorted(inspection, over)
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


class _Sorted:
    """The counts sorted by what is added over, then by all that parts and their whole have in common (`rest`)."""

    def __init__(self, inspection: Inspection, over: str) -> None:
        counts, keys = inspection.counts, inspection.count_keys
        order = keys.packed([over, *_others(over)]).arg_sort()
        sorted_ = counts.select("row", "number", "slack", "status", over)[order]
        self.at, self.row = order.cast(pl.Int64).to_numpy(), sorted_["row"].to_numpy()
        self.rest = keys.packed(_others(over))[order].to_numpy()
        self.number, self.slack = sorted_["number"].to_numpy(), sorted_["slack"].to_numpy()
        self.suppressed = (
            np.isnan(self.number) & (sorted_["status"] == SUPPRESSED).fill_null(value=False).to_numpy()
        )
        lengths = sorted_[over].rle().struct.unnest()
        ends = lengths["len"].cum_sum()
        names = lengths["value"].cast(pl.String)
        self.of = {
            name: slice(end - length, end)
            for name, length, end in zip(names, lengths["len"], ends, strict=True)
        }


def _sum(rows: _Sorted, whole: str, parts: list[str]) -> dict[str, npt.NDArray[Any]]:
    """Add up the parts of each row of a whole, as far as they have rows."""
    own = rows.of.get(whole, slice(0, 0))
    rest = rows.rest[own]
    total, slack = np.zeros(len(rest)), np.zeros(len(rest))
    given, suppressed, met = (np.zeros(len(rest), np.int64) for _ in range(3))
    suppressed_row = np.full(len(rest), np.iinfo(np.int64).max)
    for part in parts:
        of_part = rows.of.get(part, slice(0, 0))
        if of_part.stop == of_part.start:
            continue
        at, is_there = _places(rows.rest, of_part, rest)
        number = np.where(is_there, rows.number[at], np.nan)
        is_given, is_suppressed = ~np.isnan(number), is_there & rows.suppressed[at]
        total += np.where(is_given, number, 0.0)
        slack = np.maximum(slack, np.where(is_given, rows.slack[at], 0.0))
        met, given, suppressed = met + is_there, given + is_given, suppressed + is_suppressed
        if is_suppressed.any():
            suppressed_row = np.minimum(suppressed_row, np.where(is_suppressed, rows.row[at], suppressed_row))
    has = met > 0
    return {
        **{"at": rows.at[own][has], "number": rows.number[own][has], "slack": rows.slack[own][has]},
        **{"total": total[has], "given": given[has], "suppressed": suppressed[has]},
        **{"suppressed_row": suppressed_row[has], "parts_slack": slack[has]},
    }


def _places(
    every: npt.NDArray[np.int64], of_part: slice, rest: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64] | slice, npt.NDArray[np.bool_]]:
    """Return where the rows of a part stand that belong to those of a whole, and for which of these there is one."""
    part = every[of_part]
    if np.array_equal(part, rest):  # everything is there, as nearly always
        return of_part, np.ones(len(rest), bool)
    at = np.minimum(np.searchsorted(part, rest), len(part) - 1)
    return at + of_part.start, part[at] == rest


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

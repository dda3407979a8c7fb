"""The shared key figures: what at least two of the Jobcenter report, newest value each."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog
from warehouse.schema import KEY
from warehouse.trends import SERIES

_ROW = ["indicator", "breakdown"]


def shared_figures(catalog: Catalog, rows: pl.DataFrame, at_least: int = 2) -> pl.DataFrame:
    """Return the newest value of each Jobcenter for every quantity that `at_least` Jobcenter report: Ist, else Plan.

    `rows`: CURRENT columns of Jobcenter. Of one period the dated value goes before the undated one, the exact before the
    approximate; of contradicting ones the first printed. Printed changes (companions) are left out. Where a Jobcenter
    reports only something declared as alike (similar.toml), that value stands in its place and says so. Adds

    - `row_indicator`, `row_breakdown`: the row of the overview a value stands in
    - `alike`: the value is of another, similar quantity
    - `reporting`: the number of Jobcenter in the row
    """
    newest = _newest(rows)
    own = newest.with_columns(
        pl.col("indicator").alias("row_indicator"),
        pl.col("breakdown").alias("row_breakdown"),
        alike=pl.lit(False),
    )
    row = ["row_indicator", "row_breakdown"]
    together = pl.concat([own, _alike(catalog, newest)]).unique(
        [*row, "jobcenter"], keep="first", maintain_order=True
    )
    counted = together.with_columns(pl.len().over(row).alias("reporting"))
    return counted.filter(pl.col("reporting") >= at_least).sort(*row, "jobcenter")


def common_figure(shared: pl.DataFrame, jobcenters: int) -> pl.DataFrame:
    """Return the rows of the first quantity that so many Jobcenter report as Ist for the same period and time concept, without
    contradiction and not INTERN; no rows where there is none.

    `shared`: answer of `shared_figures`; nothing that is only alike stands in its place.
    """
    one = ["row_indicator", "row_breakdown", "period_start", "period_end", "time_concept"]
    is_open = ~pl.col("confidential")  # a sentence carries no INTERN
    comparable = shared.filter(~pl.col("alike"), ~pl.col("contradicted"), is_open, pl.col("kind") == "ist")
    common = comparable.filter(pl.len().over(one) == jobcenters)
    return common.join(common.select(one).head(1), on=one, how="semi", maintain_order="left")


def without_parts(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return values (CURRENT columns) without the parts (Frauen, unter 25, …) that a statistic gives for everyone.

    Such parts are a structure; what a document itself names of a part is worth a row.
    """
    return rows.filter((pl.col("breakdown") == "") | ~pl.col("source").is_in(statistics(catalog)))


def statistics(catalog: Catalog) -> tuple[str, ...]:
    """Return the sources that report on everyone, not on one Jobcenter."""
    return tuple(entry.id for entry in catalog.sources.values() if not entry.jobcenter)


def _newest(rows: pl.DataFrame) -> pl.DataFrame:
    figures = rows.filter(
        pl.col("kind").is_in(["ist", "plan"])
        & pl.col("value").is_not_null()
        & ~pl.col("indicator").str.contains(".", literal=True)
    )
    undated, approximate = pl.col("time_concept") == "dokumentstand", pl.col("precision") != "exakt"
    order = [
        pl.col("kind") == "plan",
        -pl.col("period_end").to_physical(),
        undated,
        approximate,
        pl.col("row"),
    ]
    return figures.sort(order).unique([*_ROW, "jobcenter"], keep="first", maintain_order=True)


def _alike(catalog: Catalog, newest: pl.DataFrame) -> pl.DataFrame:
    """Return the values of alike quantities, placed in the row of the member that most Jobcenter report."""
    placed = []
    every = {member for group in catalog.similar.values() for member in group.members}
    part = pl.when(pl.col("breakdown") != "").then("/" + pl.col("breakdown")).otherwise(pl.lit(""))
    address = pl.concat_str("indicator", part)
    grouped = newest.filter(address.is_in(list(every)))
    present = set(grouped.select(address).to_series())
    for group in catalog.similar.values():
        if len(present.intersection(group.members)) < 2:
            continue
        members = grouped.filter(address.is_in(group.members))
        if members["indicator"].replace_strict(_units(catalog, members)).n_unique() > 1:
            continue
        first = members.group_by(_ROW).len().sort("len", *_ROW, descending=[True, False, False]).row(0)
        placed.append(
            members.filter(
                (pl.col("indicator") != first[0]) | (pl.col("breakdown") != first[1])
            ).with_columns(row_indicator=pl.lit(first[0]), row_breakdown=pl.lit(first[1]), alike=pl.lit(True))
        )
    empty = newest.clear().with_columns(
        row_indicator=pl.lit(""), row_breakdown=pl.lit(""), alike=pl.lit(True)
    )
    return pl.concat([empty, *placed])


def _units(catalog: Catalog, members: pl.DataFrame) -> dict[str, str]:
    return {id_: catalog.indicator(id_).unit for id_ in members["indicator"].unique()}


def courses(points: pl.DataFrame) -> dict[tuple[object, ...], list[float]]:
    """Return for every point of a TREND frame (by KEY) the values that lead to it without a gap, in order of time."""
    found: dict[tuple[object, ...], list[float]] = {}
    course: list[float] = []
    for *point, value, adjoining in (
        points.sort(*SERIES, "period_start").select(*KEY, "value", "adjoining").iter_rows()
    ):
        course = [*course, value] if adjoining and value is not None else [value] if value is not None else []
        found[tuple(point)] = course
    return found

"""Which figures of a subject can be drawn, and how: a course over years, single dated values, shares; the rest is a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

import polars as pl

from warehouse.catalog import Catalog
from warehouse.comparison import Level, compare_values
from warehouse.structure import share_bases


class Form(Enum):
    """How a quantity is drawn."""

    YEARS = "years"  # one series of two or more years: columns
    VALUES = "values"  # single values, each with its own date: labelled bars


@dataclass(frozen=True)
class Drawable:
    """One indicator that can be drawn. `rows`: CURRENT columns of it, reference regions included."""

    form: Form
    indicator: str
    rows: pl.DataFrame


def with_year(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the values of periods within one calendar year, with that `year`; undated and longer ones are left out."""
    within = pl.col("period_start").dt.year() == pl.col("period_end").dt.year()
    return rows.filter(within).with_columns(pl.col("period_end").dt.year().alias("year"))


def settled_years(dated: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return each figure of a year once (`with_year` columns), and the Ist values that a later document row corrects.

    A printed previous year repeats the Ist of that year and stays only where there is no Ist. Where both differ, the Ist is
    `contradicted` and returned again with the later figure as `previous`.
    """
    key = ["jobcenter", "indicator", "breakdown", "year"]
    once = dated.unique([*key, "kind", "value"], keep="first", maintain_order=True)
    is_previous = pl.col("kind") == "vorjahr"
    ist, previous = once.filter(pl.col("kind") == "ist"), once.filter(is_previous)
    repeated = previous.join(ist, on=key, how="semi")
    later = repeated.select(*key, pl.col("value").alias("previous"))
    corrected = ist.join(later, on=key, maintain_order="left").filter(pl.col("value") != pl.col("previous"))
    kept = pl.concat([once.filter(~is_previous), previous.join(ist, on=key, how="anti")])
    marks = corrected.select(*key, "kind", pl.lit(True).alias("differs")).unique()
    marked = kept.join(marks, on=[*key, "kind"], how="left", maintain_order="left").with_columns(
        pl.col("contradicted") | pl.col("differs").fill_null(False)
    )
    return marked.drop("differs"), corrected


def level_between(catalog: Catalog, rows: pl.DataFrame) -> Level | None:
    """Return how far the values of different Jobcenter among `rows` may be compared (the worst level); None for one alone."""
    if rows["jobcenter"].n_unique() < 2:
        return None
    undated = "dokumentstand"  # such values share no period, whatever it says
    levels = [
        Level.C
        if undated in (one["time_concept"], other["time_concept"])
        else compare_values(catalog, one, other)
        for one, other in combinations(rows.iter_rows(named=True), 2)
        if one["jobcenter"] != other["jobcenter"]
        and (one["breakdown"], one["kind"]) == (other["breakdown"], other["kind"])
    ]
    return max(levels, key=lambda level: level.value, default=Level.D)


def drawables(catalog: Catalog, rows: pl.DataFrame, indicators: Iterable[str]) -> list[Drawable]:
    """Return what can be drawn of `indicators`, in their order; sums and shares are drawn by charts of their own.

    A course needs two years of one kind in one Jobcenter. Single values are drawn where there is something to hold them
    against: another Jobcenter, a reference region of the same time, or a Soll beside the Ist.
    """
    summed = {id_ for total in catalog.sums.values() for id_ in (total.whole, *total.parts)}
    shares = {id_ for id_ in share_bases(catalog) if catalog.indicator(id_).topic != "finanzen"}
    valued = rows.filter(pl.col("value").is_not_null())
    there = set(valued["indicator"]) - summed - shares
    found: list[Drawable] = []
    for indicator in indicators:
        if indicator not in there:
            continue
        own = valued.filter(indicator=indicator)
        course = _course(catalog, own)
        if course.height:
            found.append(Drawable(Form.YEARS, indicator, course))
        others = own.join(course.select("breakdown").unique(), on="breakdown", how="anti")
        beside = _beside(catalog, indicator, others)
        if beside.height:
            found.append(Drawable(Form.VALUES, indicator, beside))
    return found


def _course(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the values of the first breakdown (the whole goes first) that has two years of one kind in one Jobcenter."""
    own = with_year(rows.filter(pl.col("jobcenter").is_in(list(catalog.jobcenters)))).sort(
        "breakdown", maintain_order=True
    )
    years = (
        own.group_by("breakdown", "jobcenter", "kind", maintain_order=True)
        .agg(pl.col("year").n_unique())
        .filter(pl.col("year") > 1)
    )
    return own.filter(pl.col("breakdown") == years["breakdown"][0]) if years.height else own.clear()


def _beside(catalog: Catalog, indicator: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the values to draw where one breakdown has something beside it; rates of different groups stay apart."""
    inside = pl.col("jobcenter").is_in(list(catalog.jobcenters))
    found = rows.group_by("breakdown").agg(
        own=inside.any(),
        several=(pl.col("jobcenter").n_unique() > 1) | (pl.col("kind").filter(inside).n_unique() > 1),
    )
    held = found.filter(pl.col("own") & pl.col("several"))
    if held.is_empty():
        return rows.clear()
    return rows.join(held, on="breakdown", how="semi") if catalog.indicator(indicator).unit == "%" else rows

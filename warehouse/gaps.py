"""The state of the data: every declared quantity × Jobcenter, what is missing, and which delivery would bring it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from warehouse.catalog import Catalog
from warehouse.coverage import MISSING, coverage
from warehouse.periods import months

SHOWN_KINDS = ("ist", "plan")
"""What counts as "there is a value": what was measured, and planned budgets; targets are shown as targets."""

SITUATION = pl.Schema(
    {
        "topic": pl.String,
        "family": pl.String,  # id of a family, or of the indicator where it belongs to none
        "indicator": pl.String,
        "breakdown": pl.String,
        "jobcenter": pl.String,
        "state": pl.String,  # filled, approximate, contradictory or missing
        "figures": pl.Int64,
        "periods": pl.Int64,
        "last_start": pl.Date,
        "last_end": pl.Date,
        "confidential": pl.Boolean,
        "reporting": pl.Int64,  # how many Jobcenter report this quantity
        "delivery": pl.String,  # id of the delivery that would bring a missing value
    }
)
"""One cell of the matrix of all declared quantities."""


@dataclass(frozen=True)
class Summary:
    """The state of the data in figures: quantities counted, reported, by one Jobcenter, by all, for a shared period, by none."""

    counted: int
    reported: int
    by_one: int
    by_all: int
    sharing_period: int
    by_none: int


def situation(catalog: Catalog, series: pl.DataFrame) -> pl.DataFrame:
    """Return SITUATION: the matrix of `coverage`, and every declared indicator that nobody reports as missing.

    `series`: answer of the question `known_indicators`. Printed changes are left out: they belong to their series.
    Ordered as the catalog orders topics, families and indicators, the whole before its parts.
    """
    changes = pl.col("indicator").str.contains(".", literal=True)
    known = coverage(catalog, series.filter(~changes), SHOWN_KINDS).with_columns(
        reporting=(pl.col("state") != MISSING).sum().over("indicator", "breakdown").cast(pl.Int64)
    )
    return _placed(catalog, pl.concat([known, _reported_by_none(catalog, known)], how="diagonal"))


def _reported_by_none(catalog: Catalog, known: pl.DataFrame) -> pl.DataFrame:
    told = set(known["indicator"])
    silent = [id_ for id_ in catalog.indicators if id_ not in told]
    cells = pl.DataFrame({"indicator": silent}, schema={"indicator": pl.String}).join(
        pl.DataFrame({"jobcenter": list(catalog.jobcenters)}), how="cross"
    )
    zero = pl.lit(0, pl.Int64)
    return cells.with_columns(
        breakdown=pl.lit(""),
        state=pl.lit(MISSING),
        figures=zero,
        periods=zero,
        confidential=pl.lit(False),
        reporting=zero,
    )


def _placed(catalog: Catalog, cells: pl.DataFrame) -> pl.DataFrame:
    topics, families = list(catalog.topics), list(catalog.families)
    order = {id_: number for number, id_ in enumerate(catalog.indicators)}
    rows = []
    for indicator, breakdown in (
        cells.select("indicator", "breakdown").unique(maintain_order=True).iter_rows()
    ):
        entry, family = catalog.indicators[indicator], catalog.family_of(indicator, breakdown)
        place = (
            topics.index(entry.topic),
            families.index(family) if family in families else len(families),
            order[indicator],
        )
        rows.append(
            (indicator, breakdown, entry.topic, family, catalog.delivery_for(indicator, breakdown).id, *place)
        )
    names = ["indicator", "breakdown", "topic", "family", "delivery", "by_topic", "by_family", "by_indicator"]
    placed = cells.join(
        pl.DataFrame(rows, schema=names, orient="row"),
        on=["indicator", "breakdown"],
        how="left",
        maintain_order="left",
    )
    columns = pl.DataFrame({"jobcenter": list(catalog.jobcenters)}).with_row_index("by_jobcenter")
    ordered = placed.join(columns, on="jobcenter", how="left").sort(
        *names[5:], "indicator", "breakdown", "by_jobcenter"
    )
    return ordered.select(SITUATION.names()).cast(SITUATION)


def summary(rows: pl.DataFrame, cells: pl.DataFrame, observations: pl.DataFrame) -> Summary:
    """Return the state of the data in figures.

    `rows`: what is counted, SITUATION or the answer of `by_indicator`; `cells`: the series behind them (SITUATION);
    `observations`: CURRENT columns. "All" are the Jobcenter in `rows`.
    """
    reporting = (pl.col("state") != MISSING).sum()
    counts = rows.group_by("family", "indicator", "breakdown").agg(reporting.alias("reporting"))["reporting"]
    unit = ["family", "indicator"] if "parts" in rows.columns else ["family", "indicator", "breakdown"]
    shared = _sharing_period(cells, observations)
    return Summary(
        counted=counts.len(),
        reported=int((counts > 0).sum()),
        by_one=int((counts == 1).sum()),
        by_all=int((counts == rows["jobcenter"].n_unique()).sum()),
        sharing_period=rows.join(shared, on=unit, how="semi").select(unit).n_unique(),
        by_none=int((counts == 0).sum()),
    )


def unshared(cells: pl.DataFrame, newest: pl.DataFrame) -> tuple[str, ...]:
    """Return the indicators of series that several Jobcenter report, but not for the same newest period.

    `cells`: SITUATION; `newest`: current values without the earlier months of monthly series. Only of these the earlier
    months decide whether two Jobcenter share a period.
    """
    reported = cells.filter(pl.col("state") != MISSING).group_by("family", "indicator", "breakdown")
    several = reported.agg(pl.col("jobcenter").n_unique().alias("by")).filter(pl.col("by") >= 2)
    shared = _sharing_period(cells, newest)
    series = ["indicator", "breakdown"]
    open_ = several.join(shared, on=series, how="anti", nulls_equal=True)
    dropped = newest.filter(months() == 1).select(series).unique()
    return tuple(sorted(open_.join(dropped, on=series, how="semi")["indicator"].unique().to_list()))


def _sharing_period(cells: pl.DataFrame, observations: pl.DataFrame) -> pl.DataFrame:
    """Return the series at least two Jobcenter report for one period, time concept and kind: family, indicator, breakdown."""
    own = observations.filter(pl.col("jobcenter").is_in(cells["jobcenter"].unique().implode()))
    dated = own.filter(
        pl.col("kind").is_in(SHOWN_KINDS)
        & pl.col("value").is_not_null()
        & (pl.col("time_concept") != "dokumentstand")
    )
    key = ["indicator", "breakdown", "kind", "time_concept", "period_start", "period_end"]
    shared = dated.group_by(key).agg(pl.col("jobcenter").n_unique()).filter(pl.col("jobcenter") >= 2)
    series = cells.select("family", "indicator", "breakdown").unique()
    return series.join(shared, on=["indicator", "breakdown"], how="semi", nulls_equal=True)

"""Targets and what became of them: Soll, Prognose or Vorjahr beside the Ist of the series they were agreed for."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog
from warehouse.verdict import judge

TARGET = pl.Schema(
    {
        "jobcenter": pl.String,
        "indicator": pl.String,
        "breakdown": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "time_concept": pl.String,
        "kind": pl.String,  # soll, prognose, plan or vorjahr
        "target": pl.Float64,
        "target_status": pl.String,
        "target_precision": pl.String,
        "target_place": pl.String,
        "target_note": pl.String,
        "target_contradicted": pl.Boolean,
        "actual": pl.Float64,  # of contradicting ones the first printed
        "actual_time_concept": pl.String,
        "actual_status": pl.String,
        "actual_precision": pl.String,
        "actual_contradicted": pl.Boolean,
        "deviation": pl.Float64,  # Ist − target, in the unit (Prozentpunkte for a percentage)
        "deviation_percent": pl.Float64,  # (Ist ÷ target − 1) × 100: own calculation
        "printed_percent": pl.Float64,  # as the document prints it
        "printed_agrees": pl.Boolean,  # printed = own within the rounding of all printed digits; null: nothing to compare
        "outcome": pl.String,  # favourable, unfavourable, met; higher, lower, equal without direction; null: no exact Ist
        "confidential": pl.Boolean,
        "source": pl.String,
        "data_date": pl.Date,
    }
)
"""One target with the Ist of the same series and period, where there is one."""

AIMS = ("soll", "prognose", "plan", "vorjahr")
JUDGED = ("favourable", "unfavourable", "met")
"""Outcomes that say better or worse; the others only say higher or lower."""
_SAME = ["jobcenter", "indicator", "breakdown", "period_start", "period_end"]
_PRINTED = ".soll-abw"


def targets(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return all targets among `rows` (CURRENT columns, all kinds) as a TARGET frame.

    An Ist belongs to a target only where it is of the same indicator, breakdown and period, and its time concept
    is the target's or one the catalog names for targets of this indicator (`targets_on`): a Soll is never drawn on
    another series. A printed previous year is the target of the following year.
    """
    aims = rows.filter(pl.col("kind").is_in(AIMS)).with_columns(
        pl.when(pl.col("kind") == "vorjahr").then(pl.col(name).dt.offset_by("1y")).otherwise(name).alias(name)
        for name in ("period_start", "period_end")
    )
    joined = (
        aims.join(_allowed_concepts(catalog, aims), on=["indicator", "time_concept"], how="left")
        .join(_actuals(rows), on=[*_SAME, "actual_time_concept"], how="left", nulls_equal=True)
        .sort(
            pl.col("actual").is_null(),
            pl.col("actual_time_concept") != pl.col("time_concept"),
            "actual_row",
            maintain_order=True,
        )
        .unique([*_SAME, "time_concept", "kind", "value", "place"], keep="first", maintain_order=True)
        .with_columns(actual_time_concept=pl.when(pl.col("actual").is_not_null()).then("actual_time_concept"))
    )
    judged = judge(catalog, _with_printed(joined, rows))
    places = {id_: number for number, id_ in enumerate((*catalog.jobcenters, *catalog.regions))}
    kinds = {id_: number for number, id_ in enumerate(catalog.kinds)}
    area = pl.col("jobcenter").replace_strict(places, return_dtype=pl.Int64)
    kind = pl.col("kind").replace_strict(kinds, return_dtype=pl.Int64)
    return judged.sort(area, *_SAME, kind, "row").select(TARGET.names())


def charted(found: pl.DataFrame) -> pl.DataFrame:
    """Return the quantities of a TARGET frame that are worth a chart: with an Ist, or with two dated targets.

    Columns: indicator, breakdown, actuals, targets (numbers of values); those with most Ist first.
    """
    dated = found.filter((pl.col("time_concept") != "dokumentstand") & pl.col("target").is_not_null())
    counted = dated.group_by("jobcenter", "indicator", "breakdown").agg(
        pl.col("actual").count().cast(pl.Int64).alias("actuals"), pl.len().cast(pl.Int64).alias("targets")
    )
    worth = counted.filter((pl.col("actuals") > 0) | (pl.col("targets") > 1))
    summed = worth.group_by("indicator", "breakdown").agg(pl.col("actuals", "targets").sum())
    return summed.sort("actuals", "targets", "indicator", "breakdown", descending=[True, True, False, False])


def tally(found: pl.DataFrame) -> pl.DataFrame:
    """Count per kind of target, Soll first, what came of those with an Ist (TARGET columns).

    Columns: kind, actuals, judged (of these), favourable (of the judged).
    """
    order = pl.col("kind").replace_strict({id_: n for n, id_ in enumerate(AIMS)}, return_dtype=pl.Int64)
    counted = found.filter(pl.col("actual").is_not_null()).group_by("kind", maintain_order=True)
    return counted.agg(
        pl.len().cast(pl.Int64).alias("actuals"),
        pl.col("outcome").is_in(JUDGED).sum().cast(pl.Int64).alias("judged"),
        (pl.col("outcome") == "favourable").sum().cast(pl.Int64).alias("favourable"),
    ).sort(order)


def without_actual(found: pl.DataFrame) -> pl.DataFrame:
    """Return the targets that no Ist answers, with `group`: their kind, or "standard" where a Soll has no date."""
    undated = (pl.col("kind") == "soll") & (pl.col("time_concept") == "dokumentstand")
    group = pl.when(undated).then(pl.lit("standard")).otherwise("kind")
    return found.filter(pl.col("actual").is_null()).with_columns(group=group)


def _actuals(rows: pl.DataFrame) -> pl.DataFrame:
    usable = (
        (pl.col("kind") == "ist")
        & (pl.col("time_concept") != "dokumentstand")
        & pl.col("value").is_not_null()
    )
    names = {"value": "actual"} | {
        name: f"actual_{name}" for name in ("time_concept", "status", "precision", "contradicted", "row")
    }
    return rows.filter(usable).select(*_SAME, *(pl.col(name).alias(new) for name, new in names.items()))


def _allowed_concepts(catalog: Catalog, aims: pl.DataFrame) -> pl.DataFrame:
    pairs = []
    for indicator, concept in aims.select("indicator", "time_concept").unique().iter_rows():
        declared = catalog.indicator(indicator).targets_on
        allowed = {concept, *(declared if concept in declared else ())}
        pairs += [(indicator, concept, actual) for actual in allowed]
    names = ("indicator", "time_concept", "actual_time_concept")
    return pl.DataFrame(pairs, schema=dict.fromkeys(names, pl.String), orient="row")


def _with_printed(joined: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    printed = rows.filter(pl.col("indicator").str.ends_with(_PRINTED)).select(
        pl.col("indicator").str.strip_suffix(_PRINTED),
        *(name for name in _SAME if name != "indicator"),
        pl.col("value").alias("printed_percent"),
    )
    first = printed.unique(_SAME, keep="first", maintain_order=True)
    return joined.join(first, on=_SAME, how="left", nulls_equal=True)

"""Own calculations beside printed figures: sums of parts, and amounts per head. Declared in sums.toml and ratios.toml."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog, Ratio
from warehouse.schema import CURRENT

SUM = pl.Schema(
    {
        "sum": pl.String,
        "jobcenter": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "time_concept": pl.String,
        "kind": pl.String,
        "part": pl.String,  # id of the indicator of the part
        "value": pl.Float64,
        "status": pl.String,
        "precision": pl.String,
        "printed": pl.Float64,  # the whole as printed; null where it is not
        "recomputed": pl.Float64,  # sum of the parts; null where one is missing
        "difference": pl.Float64,  # recomputed − printed; 0 and null are no contradiction
    }
)
"""One part of a declared sum with its whole, printed and recomputed, in the unit of the indicator."""

RATIO = pl.Schema(
    [*CURRENT.items(), ("ratio", pl.String), ("numerator", pl.Float64), ("denominator", pl.Float64)]
)
"""One amount per head: `value` in the unit of the ratio; `indicator` is that of the numerator (it leads to the evidence)."""

_TIME = ["jobcenter", "period_start", "period_end", "time_concept", "kind"]


def sums(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of all declared sums among `rows` (CURRENT columns) with their whole, as a SUM frame.

    Whole and parts belong together where Jobcenter, period, time concept and kind are the same. Of several values of one
    part the first printed counts.
    """
    frames = [pl.DataFrame(schema=SUM)]
    for declared in catalog.sums.values():
        once = rows.filter(pl.col("breakdown") == "").unique(
            [*_TIME, "indicator"], keep="first", maintain_order=True
        )
        parts = once.filter(pl.col("indicator").is_in(declared.parts) & pl.col("value").is_not_null())
        whole = once.filter(pl.col("indicator") == declared.whole).select(
            *_TIME, pl.col("value").alias("printed")
        )
        complete = pl.len().over(_TIME) == len(declared.parts)
        total = parts.with_columns(
            recomputed=pl.when(complete).then(pl.col("value").sum().over(_TIME).round(6))
        )
        joined = total.join(whole, on=_TIME, how="left", nulls_equal=True, maintain_order="left")
        rank = pl.col("indicator").replace_strict(
            {id_: place for place, id_ in enumerate(declared.parts)}, return_dtype=pl.Int64
        )
        frames.append(
            joined.sort(*_TIME, rank)
            .with_columns(
                pl.lit(declared.id).alias("sum"),
                pl.col("indicator").alias("part"),
                difference=(pl.col("recomputed") - pl.col("printed")).round(6),
            )
            .select(SUM.names())
        )
    return pl.concat(frames)


def ratios(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return every declared amount per head whose numerator and denominator are known for the same time, as a RATIO frame.

    Both must come from the same source; contradicting values, limits and ranges are not divided. The result is as
    uncertain as its inputs.
    """
    frames = [_divided(catalog, ratio, rows) for ratio in catalog.ratios.values()]
    return pl.concat([pl.DataFrame(schema=RATIO), *frames])


def _divided(catalog: Catalog, ratio: Ratio, rows: pl.DataFrame) -> pl.DataFrame:
    key = ["jobcenter", "source", "period_start", "period_end", "breakdown"]
    usable = rows.filter(
        (pl.col("breakdown") == "")
        & pl.col("value").is_not_null()
        & ~pl.col("contradicted")
        & ~pl.col("precision").is_in(catalog.bounds)
    )
    above = usable.filter(
        (pl.col("indicator") == ratio.numerator)
        & (pl.col("time_concept") == ratio.numerator_on)
        & pl.col("kind").is_in(["ist", "plan"])
    )
    below = usable.filter(
        (pl.col("indicator") == ratio.denominator)
        & (pl.col("time_concept") == ratio.denominator_on)
        & (pl.col("kind") == "ist")
    )
    below = below.select(
        *key,
        pl.col("value").alias("denominator"),
        pl.col("precision").alias("below_precision"),
        pl.col("status").alias("below_status"),
    )
    factor = catalog.unit(ratio.numerator).factor / catalog.units[ratio.unit].factor / ratio.months
    joined = above.join(below.filter(pl.col("denominator") > 0), on=key, nulls_equal=True)
    return joined.with_columns(
        numerator=pl.col("value"),
        value=(pl.col("value") * factor / pl.col("denominator")).round(6),
        precision=pl.when((pl.col("precision") == "exakt") & (pl.col("below_precision") == "exakt"))
        .then(pl.lit("exakt"))
        .otherwise(pl.lit("ungefaehr")),
        status=pl.when(pl.col("status") == "endgueltig").then("below_status").otherwise("status"),
        ratio=pl.lit(ratio.id),
    ).select(RATIO.names())

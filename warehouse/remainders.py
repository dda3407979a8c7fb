"""What the parts of a whole leave over, or exceed: a rest is shown as a rest, an excess as an excess."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog
from warehouse.structure import TIME

REST = pl.Schema(
    {
        **dict.fromkeys(("jobcenter", "base", "dimension", "source", "time_concept", "kind"), pl.String),
        "period_start": pl.Date,
        "period_end": pl.Date,
        "total": pl.Float64,  # of the parts, in percent
        "rest": pl.Float64,  # 100 − total, in percentage points; below 0 the parts exceed the whole
        "rest_count": pl.Float64,  # whole − counts of all parts; null where one of them is not known
        "exact": pl.Boolean,
        "rounding": pl.Boolean,  # no larger than rounding explains
    }
)
"""What the parts of one complete dimension leave over, or exceed."""


_NEARLY = 2.0
"""Percentage points that parts may leave over and still show which of them is the largest."""


def are_whole(rests: pl.DataFrame) -> bool:
    """Tell whether parts make up about the whole (`rests`: REST columns): only then one of them is known to be the largest."""
    return rests.height > 0 and bool((rests["rest"].abs() <= _NEARLY).all())


def remainders(catalog: Catalog, found: pl.DataFrame) -> pl.DataFrame:
    """Return what the parts of complete dimensions leave over (SHARE → REST), where two or more parts are known.

    Parts within wider parts that are known, too, are not added again; where a part has two values nothing is added.
    """
    complete = [entry.id for entry in catalog.dimensions.values() if entry.complete and not entry.multiple]
    parts = found.filter(pl.col("dimension").is_in(complete) & pl.col("value").is_not_null())
    one = [*TIME, "base", "dimension"]
    inside = parts.select(*one, "breakdown").join(_wider(catalog), on="breakdown")
    counted = inside.join(parts, left_on=[*one, "wider"], right_on=[*one, "breakdown"], how="semi")
    parts = parts.join(counted, on=[*one, "breakdown"], how="anti", maintain_order="left")
    grouped = parts.group_by(one, maintain_order=True).agg(
        total=pl.col("value").sum(),
        parts=pl.len(),
        counted=pl.when(pl.col("count").is_not_null().all()).then(pl.col("count").sum()),
        whole=pl.col("whole").first(),
        exact=(pl.col("precision") == "exakt").all(),
        twice=pl.col("breakdown").is_duplicated().any() | pl.col("contradicted").any(),
    )
    left = grouped.filter((pl.col("parts") > 1) & ~pl.col("twice")).with_columns(
        total=pl.col("total").round(6),
        rest=(100 - pl.col("total")).round(6),
        rest_count=pl.col("whole") - pl.col("counted"),
    )
    small = (pl.col("rest").abs() <= 0.05 * pl.col("parts") + 1e-9) & (pl.col("rest_count").fill_null(0) == 0)
    return left.with_columns(rounding=small).select(REST.names())


def _wider(catalog: Catalog) -> pl.DataFrame:
    """Return for each part (`breakdown`) every `wider` one that counts it: 55 to 65 lies within 55 and older, that within 50."""
    pairs = []
    for part in catalog.breakdowns.values():
        wider = part.within
        while wider:
            pairs.append((part.id, wider))
            wider = catalog.breakdowns[wider].within
    return pl.DataFrame(pairs, schema={"breakdown": pl.String, "wider": pl.String}, orient="row")

"""Revision history: who loaded each vintage of a value and took it back, and its difference to the one before."""

from __future__ import annotations

import polars as pl

from warehouse.schema import KEY

_VINTAGE = [*KEY, "data_date", "load_no"]
_ORDER = {
    "period_end": True, "period_start": True, "kind": False, "time_concept": False, "data_date": True, "load_no": True,
    "row": False,
}  # fmt: skip
"""By which columns evidence is ordered, and whether the largest value stands first."""
_SAID = ("value", "status", "precision", "data_date")


def with_acts(rows: pl.DataFrame, loads: pl.DataFrame) -> pl.DataFrame:
    """Add to everything ever loaded (answer of the question `evidence`) the act it came from and the one that took it back; by
    value, the newest vintage first.

    `loads`: the load log (LOAD columns). Added: file_name, who, acted_at, reason; `retracted`, and where it is so retracted_by,
    retracted_at, retraction_reason: the first act of this kind after the load.
    """
    back = loads.filter(pl.col("act") == "retracted").select(
        "load_no",
        "extract",
        retracted=True,
        retracted_by="who",
        retracted_at="acted_at",
        retraction_reason="reason",
    )
    loaded = loads.select("load_no", "extract", "file_name", "who", "acted_at", "reason").sort("load_no")
    acts = loaded.join_asof(
        back.sort("load_no"), on="load_no", by="extract", strategy="forward",
        allow_exact_matches=False, check_sortedness=False,
    ).with_columns(pl.col("retracted").fill_null(value=False))  # fmt: skip
    ordered = rows.sort(*_ORDER, descending=list(_ORDER.values()))
    return ordered.join(acts.drop("extract"), on="load_no", how="left", maintain_order="left")


def with_revisions(rows: pl.DataFrame) -> pl.DataFrame:
    """Add to everything ever loaded (answer of `with_acts`) what each vintage revised; rows stay in order.

    `vintages`: how many the value has, those taken back included. `before_value`, `before_status`, `before_precision`,
    `before_data_date`: the vintage before, whatever its source, unless it was taken back; null for the first one, and
    where either of the two prints several values. `difference`: in the unit of the indicator; null where one of the two
    has no exact value.
    """
    values = pl.struct("value", "status", "precision")
    each = (
        rows.group_by(_VINTAGE)
        .agg(pl.col("retracted", "value", "status", "precision").first(), several=values.n_unique() > 1)
        .sort(_VINTAGE)
    )
    said = pl.when(~pl.col("retracted")).then(pl.struct(*_SAID, "several"))
    each = each.with_columns(
        vintages=pl.len().over(KEY).cast(pl.Int64), before=said.shift(1).forward_fill().over(KEY)
    )
    one = ~pl.col("several") & ~pl.col("before").struct.field("several")
    each = each.with_columns(
        pl.when(one).then(pl.col("before").struct.field(name)).alias(f"before_{name}") for name in _SAID
    )
    exact = (pl.col("precision") == "exakt") & (pl.col("before_precision") == "exakt")
    each = each.with_columns(difference=pl.when(exact).then(pl.col("value") - pl.col("before_value")))
    added = [*_VINTAGE, "vintages", *(f"before_{name}" for name in _SAID), "difference"]
    return rows.join(each.select(added), on=_VINTAGE, how="left", nulls_equal=True, maintain_order="left")

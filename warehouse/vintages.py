"""Revision history: the vintages of every value in order, each with the difference to the one before."""

from __future__ import annotations

import polars as pl

from warehouse.schema import KEY

_VINTAGE = [*KEY, "data_date", "load_no"]
_SAID = ("value", "status", "precision", "data_date")


def with_revisions(rows: pl.DataFrame) -> pl.DataFrame:
    """Add to everything ever loaded (answer of the question `evidence`) what each vintage revised; rows stay in order.

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

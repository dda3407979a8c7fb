"""Compares a delivery with what the warehouse knows: rows new, revised, unchanged; and what is no longer
delivered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.tidy import Tidied
from warehouse.schema import KEY

_IDENTITY = [*KEY, "source"]
_SCOPE = ["source", "indicator", "period_start", "period_end", "time_concept", "kind"]


@dataclass(frozen=True)
class Comparison:
    """Rows of the delivery by what they are to the warehouse; `changes` tells whether loading them would
    change anything.

    Values repeated with a newer data date are unchanged, yet loading them changes what is known: their date.
    """

    new: int
    revised: int
    unchanged: int
    vanished: int
    changes: bool


def compare(delivered: Tidied, known: pl.DataFrame | None) -> Comparison:
    """Compare tidied rows with the frame of `known_<target>.sql` (None: nothing is known)."""
    if known is None or known.is_empty():
        return Comparison(delivered.frame.height, 0, 0, 0, changes=not delivered.frame.is_empty())
    if delivered.target == "observations":
        return _observations(delivered, known)
    return _rows(delivered.frame, known)


def _rows(frame: pl.DataFrame, known: pl.DataFrame) -> Comparison:
    columns = [name for name in frame.columns if name != "row"]
    same = (Counter(frame.select(columns).iter_rows()) & Counter(known.select(columns).iter_rows())).total()
    return Comparison(frame.height - same, 0, same, 0, changes=same < frame.height)


def _observations(delivered: Tidied, known: pl.DataFrame) -> Comparison:
    """Compare the values of each key with those known at its data date, the newest where the row states no
    date."""
    undated = pl.col("row").is_in(list(delivered.undated))
    frame = delivered.frame.with_columns(asked=pl.when(undated).then(date.max).otherwise("data_date"))
    rows = _values(frame, [*_IDENTITY, "asked"]).sort("asked")
    vintages = _values(known, [*_IDENTITY, "data_date"]).sort("data_date")
    paired = rows.join_asof(
        vintages, left_on="asked", right_on="data_date", by=_IDENTITY, suffix="_known", check_sortedness=False
    )
    is_new = pl.col("values_known").is_null()

    def rows_where(condition: pl.Expr) -> int:
        return int(paired.filter(condition)["rows"].sum())

    same = (pl.col("values") == pl.col("values_known")).fill_null(False)
    as_dated = (pl.col("asked") == date.max) | (pl.col("asked") == pl.col("data_date"))
    return Comparison(
        new=rows_where(is_new),
        revised=rows_where(~is_new & ~same),
        unchanged=rows_where(same),
        vanished=_vanished(delivered.frame, known),
        changes=not paired.filter(~(same & as_dated.fill_null(False))).is_empty(),
    )


def _values(frame: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    text = pl.concat_str(
        pl.col("value").cast(pl.String), "status", "precision", separator="|", ignore_nulls=True
    )
    return frame.group_by(by).agg(text.unique().sort().str.join(";").alias("values"), pl.len().alias("rows"))


def _vanished(frame: pl.DataFrame, known: pl.DataFrame) -> int:
    of_scope = known.unique(_IDENTITY).join(frame.select(_SCOPE).unique(), on=_SCOPE, how="semi")
    return of_scope.join(frame, on=_IDENTITY, how="anti").height

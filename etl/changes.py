"""Lists what a delivery would change, value by value: new, revised, no longer delivered; the most important first."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from etl.compare import IDENTITY, asked, current, gone, of_scope, pair, told_apart
from etl.distinct import coded
from etl.keys import Keys
from etl.tidy import Tidied
from warehouse.schema import KEY

NEW, REVISED, VANISHED = "neu", "geändert", "entfällt"
CHANGE = pl.Schema(
    {
        **dict.fromkeys(("jobcenter", "indicator", "breakdown"), pl.String()),
        **dict.fromkeys(("period_start", "period_end"), pl.Date()),
        **dict.fromkeys(("time_concept", "kind", "source", "what"), pl.String()),
        **dict.fromkeys(("old_value", "new_value"), pl.Float64()),
        **dict.fromkeys(("old_status", "new_status", "old_precision", "new_precision"), pl.String()),
        "relative": pl.Float64(),  # |new − old| / |old|; infinite where a value takes the place of a sign or of zero
    }
)
"""One value that would change; `old_…` is null where it is new, `new_…` where it is no longer delivered."""

_WHAT = pl.Enum([NEW, REVISED, VANISHED])
MOST_LISTED = 300
_COUNTED = {"revised": REVISED, "new": NEW, "vanished": VANISHED}
_CARRIED = ("value", "status", "precision")


def changes(delivered: Tidied, known: pl.DataFrame | None) -> pl.DataFrame:
    """Return the changes a delivery would bring to what is known (`known_observations.sql`), in no order.

    One line per row that `compare` counts as new or revised, and per key it counts as vanished; columns of CHANGE that
    nothing is said in may be missing. Contradictions are not listed, measures and dates in `etl.entries`.
    """
    if delivered.target != "observations":
        return CHANGE.to_frame()
    if known is None or known.is_empty():
        return _renamed(delivered.frame, "new").with_columns(what=pl.lit(NEW, _WHAT))
    known = of_scope(known, delivered)
    met, others = told_apart(delivered, known)
    pairs = pair(met, known).filter(pl.col("outcome") != "unchanged")
    words = {"new": NEW, "revised": REVISED}
    told = (
        asked(met)
        .join(pairs.select(*IDENTITY, "asked", "outcome", "known_date"), on=[*IDENTITY, "asked"], how="inner")
        .with_columns(what=pl.col("outcome").replace_strict(words, return_dtype=_WHAT))
    )
    by = [*IDENTITY, "known_date"]
    old = _renamed(_numbered(known.rename({"data_date": "known_date"}), by), "old").select(
        *by, "number", *(f"old_{name}" for name in _CARRIED)
    )
    rows = _numbered(_renamed(told, "new"), [*IDENTITY, "asked"], "new_value").join(
        old, on=[*by, "number"], how="left"
    )
    new = _renamed(others, "new").with_columns(what=pl.lit(NEW, _WHAT))
    return pl.concat([rows, new, _vanished(delivered, met, known)], how="diagonal")


def sums(found: pl.DataFrame) -> pl.DataFrame:
    """Count changes by Jobcenter and indicator: columns jobcenter, indicator, revised, new, vanished; most first."""
    return (
        found.group_by("jobcenter", "indicator")
        .agg(*((pl.col("what") == word).sum().alias(n) for n, word in _COUNTED.items()))
        .cast({"jobcenter": pl.String, "indicator": pl.String})
        .pipe(summed)
    )


def summed(counted: pl.DataFrame) -> pl.DataFrame:
    """Return counts of `sums`, also of several parts of a delivery, with the most first."""
    every = pl.sum_horizontal(*_COUNTED)
    return counted.sort(every, "jobcenter", "indicator", descending=[True, False, False])


def _vanished(delivered: Tidied, met: Tidied, known: pl.DataFrame) -> pl.DataFrame:
    """Return the newest known value of every key of the same source, indicator and period that is not delivered."""
    lost = gone(delivered.frame, met.frame, current(known))
    newest = lost.sort("data_date", "value").unique(IDENTITY, keep="last", maintain_order=True)
    return _renamed(newest, "old").with_columns(what=pl.lit(VANISHED, _WHAT))


def _renamed(frame: pl.DataFrame, prefix: str) -> pl.DataFrame:
    return frame.rename({name: f"{prefix}_{name}" for name in _CARRIED})


def _numbered(frame: pl.DataFrame, by: list[str], value: str = "value") -> pl.DataFrame:
    """Number the values of one key by size, so that the lower end of a range meets the lower end."""
    return frame.sort(value, nulls_last=True).with_columns(number=pl.int_range(pl.len()).over(by))


def first(rows: pl.DataFrame, own: Collection[str] = ()) -> pl.DataFrame:
    """Return the most important changes (CHANGE), MOST_LISTED at most: revised values come first, those with the largest
    relative change at the top; of others those of the `own` Jobcenter."""
    missing = [pl.lit(None, kind).alias(name) for name, kind in CHANGE.items() if name not in rows.columns]
    revised = rows.filter(pl.col("what") == REVISED).with_columns(missing).with_columns(relative=_relative())
    revised = revised.with_columns(foreign=_foreign(own))
    order = [True, False, *(False for _ in KEY)]
    found = [revised.sort("relative", "foreign", *KEY, descending=order).head(MOST_LISTED)]
    for what in (NEW, VANISHED):
        few = _first_areas(rows, what, MOST_LISTED - sum(map(len, found)), own)
        found.append(few.with_columns(missing))
    return pl.concat([each.select(list(CHANGE)).cast(CHANGE) for each in found])


def _first_areas(rows: pl.DataFrame, what: str, most: int, own: Collection[str]) -> pl.DataFrame:
    """Return the first rows of one kind by key, those of the `own` Jobcenter before others; only those of the first areas
    have to be sorted for that."""
    is_what = pl.col("what") == what
    areas = rows.select(pl.col("jobcenter").filter(is_what)).to_series().value_counts(name="rows")
    areas = (
        areas.cast({"jobcenter": pl.String}).with_columns(foreign=_foreign(own)).sort("foreign", "jobcenter")
    )
    before = pl.col("rows").cum_sum() - pl.col("rows")
    few = areas.filter(before < most)["jobcenter"].implode()
    chosen = rows.filter(pl.col("jobcenter").is_in(few) & is_what)
    chosen = coded(chosen.with_columns(foreign=_foreign(own)))
    return chosen[Keys(chosen).packed(["foreign", *KEY]).arg_sort().head(most)]


def _foreign(own: Collection[str]) -> pl.Expr:
    return ~pl.col("jobcenter").cast(pl.String).is_in(list(own))


def _relative() -> pl.Expr:
    old, new = pl.col("old_value"), pl.col("new_value")
    same = old.eq_missing(new)
    return (
        pl.when(pl.col("what") != REVISED)
        .then(None)
        .when(same)
        .then(0.0)
        .when(old.is_null() | new.is_null() | (old == 0))
        .then(float("inf"))
        .otherwise((new - old).abs() / old.abs())
    )

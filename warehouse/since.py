"""What is known now and was not known then: two states of the warehouse, value by value."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from warehouse.areas import Ask
from warehouse.schema import KEY

NEW, REVISED, GONE = "neu", "geändert", "entfallen"
SINCE = pl.Schema(
    {
        **dict.fromkeys(("jobcenter", "indicator", "breakdown"), pl.String()),
        **dict.fromkeys(("period_start", "period_end"), pl.Date()),
        **dict.fromkeys(("time_concept", "kind", "what"), pl.String()),
        **dict.fromkeys(("old_value", "value"), pl.Float64()),
        **dict.fromkeys(
            ("old_status", "old_precision", "status", "precision", "source", "place"), pl.String()
        ),
        "data_date": pl.Date(),
        "confidential": pl.Boolean(),
        "difference": pl.Float64(),  # in the unit of the indicator; null where one of the two has no exact value
    }
)
"""One value that changed: `old_…` null where it is new; of one that is gone the rest says what it was."""

NEWS = pl.Schema(
    {
        **dict.fromkeys(("jobcenter", "indicator", "breakdown", "time_concept", "kind"), pl.String()),
        "periods": pl.Int64(),
        **dict.fromkeys(("first_start", "first_end", "period_start", "period_end"), pl.Date()),
        "value": pl.Float64(),
        **dict.fromkeys(("status", "precision", "source", "place"), pl.String()),
        "data_date": pl.Date(),
        "confidential": pl.Boolean(),
    }
)
"""The new values of one series: how many periods, the first, and the newest with its value."""

_SAID = ("value", "status", "precision")
_ABOUT = ("source", "place", "data_date", "confidential")
_SERIES = ["jobcenter", "indicator", "breakdown", "time_concept", "kind"]


def changed_between(then: Ask, now: Ask, older: Sequence[Ask], area: str) -> pl.DataFrame:
    """Return what differs for an area between two states (`then`, `now`: what answers questions in them) as a SINCE frame.

    `older`: which of the two are not the newest state. Only the periods in which these differ from it are read.
    """
    apart = pl.concat([ask("changed_periods") for ask in older]).unique()
    asked = {"indicators": tuple(apart["indicator"]), "ends": tuple(apart["period_end"])}
    before, after = (ask("changed_values", area=area, **asked) for ask in (then, now))
    return since(before, after)


def since(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Return what differs between two states as a SINCE frame, in the order of the key.

    Both have the key and what is told of a value (at least the columns of `changed_values`), of the same areas.
    A value is changed where any of the values printed for its key is another one; a newer date alone changes nothing.
    """
    both = _one_each(now).join(
        _one_each(then), on=list(KEY), how="full", coalesce=True, nulls_equal=True, suffix="_then"
    )
    is_new, is_gone = pl.col("all_then").is_null(), pl.col("all").is_null()
    differs = is_new | is_gone | (pl.col("all") != pl.col("all_then"))
    changed = both.filter(differs).with_columns(
        what=pl.when(is_new).then(pl.lit(NEW)).when(is_gone).then(pl.lit(GONE)).otherwise(pl.lit(REVISED)),
        is_gone=is_gone,
    )
    exact = (pl.col("precision") == "exakt") & (pl.col("precision_then") == "exakt")
    shown = changed.with_columns(
        difference=pl.when(exact & (pl.col("what") == REVISED)).then(pl.col("value") - pl.col("value_then")),
        **{f"old_{name}": pl.when(~pl.col("is_gone")).then(f"{name}_then") for name in _SAID},
    ).with_columns(
        pl.when("is_gone").then(f"{name}_then").otherwise(name).alias(name) for name in (*_SAID, *_ABOUT)
    )
    return shown.select(SINCE.names()).sort(*KEY, nulls_last=True)


def _one_each(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per key: the first value printed, and all of them as one text to compare (`all`)."""
    text = pl.concat_str(
        pl.col("value").cast(pl.String), "status", "precision", separator="|", ignore_nulls=True
    )
    firsts = (pl.col(name).first() for name in (*_SAID, *_ABOUT))
    return rows.group_by(KEY, maintain_order=True).agg(
        *firsts, text.unique().sort().str.join(";").alias("all")
    )


def news(changed: pl.DataFrame) -> pl.DataFrame:
    """Return the new values among `changed` (SINCE columns), one line per series (NEWS columns), the most periods first."""
    new = changed.filter(pl.col("what") == NEW).sort(*_SERIES, "period_end", "period_start")
    return (
        new.group_by(_SERIES, maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("periods"),
            pl.col("period_start").first().alias("first_start"),
            pl.col("period_end").first().alias("first_end"),
            pl.col("period_start", "period_end", *_SAID, *_ABOUT).last(),
        )
        .select(NEWS.names())
        .sort("periods", *_SERIES, descending=[True, *[False] * len(_SERIES)])
    )


def revised(changed: pl.DataFrame) -> pl.DataFrame:
    """Return the values that were changed, those that changed most in relation to what they were first.

    Where a sign takes the place of a value, or a value that of a sign, comes before all others.
    """
    relative = (pl.col("difference") / pl.col("old_value")).abs()
    only = changed.filter(pl.col("what") == REVISED)
    return only.sort(
        relative.fill_null(float("inf")).fill_nan(float("inf")), descending=True, maintain_order=True
    )

"""Compares a delivery with what the warehouse knows: rows new, revised, unchanged; and what is no longer
delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from etl.tidy import Tidied
from warehouse.schema import KEY, Row

IDENTITY = [*KEY, "source"]
"""What makes a value one within its source."""

_EVIDENCE = ("place", "line", "note")
_UNSTATED = r"^(|(Blatt .*, )?Zeile [0-9]+(, Spalte ».*«)?( der Lieferung)?|Blatt .*, Zelle [A-Z]+[0-9]+)$"
"""Nothing, or the row or cell of the delivery that stands for a place which is not stated."""
_ABOUT = ["indicator", "period_start", "period_end", "time_concept", "kind"]
_SCOPE = ["source", *_ABOUT]


@dataclass(frozen=True)
class Comparison:
    """Rows of the delivery by what they are to the warehouse; `changes` tells whether loading them would
    change anything.

    Values repeated with a newer data date are unchanged, yet loading them changes what is known: their date.
    `older`: rows that would be loaded though a newer value of their key is known; `against`: rows whose value
    differs from the one that another source gives now (its columns end with `_known`).
    """

    new: int
    revised: int
    unchanged: int
    vanished: int
    changes: bool
    older: int = 0
    against: tuple[Row, ...] = ()


def compare(delivered: Tidied, known: pl.DataFrame | None) -> Comparison:
    """Compare tidied rows with the frame of `known_<target>.sql` (None: nothing is known)."""
    if known is None or known.is_empty():
        return Comparison(delivered.frame.height, 0, 0, 0, changes=not delivered.frame.is_empty())
    if delivered.target == "observations":
        return _observations(delivered, of_scope(known, delivered))
    return _rows(delivered.frame, known)


def _rows(frame: pl.DataFrame, known: pl.DataFrame) -> Comparison:
    columns = [name for name in frame.columns if name != "row"]
    same = (Counter(frame.select(columns).iter_rows()) & Counter(known.select(columns).iter_rows())).total()
    revised = _said_again(frame, known, columns) if "entry" in columns else 0
    return Comparison(frame.height - same - revised, revised, same, 0, changes=same < frame.height)


def _said_again(frame: pl.DataFrame, known: pl.DataFrame, columns: list[str]) -> int:
    """Count the rows that say something else of an entry that is known."""
    is_known = frame.join(known.select("entry").unique(), on="entry", how="semi")
    return is_known.join(known, on=columns, how="anti", nulls_equal=True).height


def _observations(delivered: Tidied, known: pl.DataFrame) -> Comparison:
    met, others = told_apart(delivered, known)
    frame, paired = asked(met), pair(met, known)
    now = current(known)
    newest = now.select(*KEY, pl.col("data_date").alias("newest")).unique()

    def rows_where(outcome: str) -> int:
        return int(paired.filter(pl.col("outcome") == outcome)["rows"].sum())

    as_dated = (pl.col("asked") == date.max) | (pl.col("asked") == pl.col("known_date"))
    changed = paired.filter(~((pl.col("outcome") == "unchanged") & as_dated.fill_null(False)))
    news = frame.join(changed.select(*IDENTITY, "asked"), on=[*IDENTITY, "asked"], how="semi")
    older = news.join(newest, on=list(KEY), how="inner").filter(pl.col("data_date") < pl.col("newest"))
    return Comparison(
        new=rows_where("new") + others.height,
        revised=rows_where("revised"),
        unchanged=rows_where("unchanged"),
        vanished=_vanished(delivered.frame, met.frame, now),
        changes=not (changed.is_empty() and others.is_empty()),
        older=older.height,
        against=tuple(_against(news.join(older, on=["row", *KEY], how="anti"), now)),
    )


def of_scope(known: pl.DataFrame, delivered: Tidied) -> pl.DataFrame:
    """Return what is known about the indicators and periods of a delivery: nothing else is compared with it."""
    near = (pl.col(name).is_in(known[name].unique().implode()) for name in ("indicator", "period_start"))
    about = delivered.frame.select(_ABOUT).filter(*near).unique()
    return known.join(about, on=_ABOUT, how="semi")


def told_apart(delivered: Tidied, known: pl.DataFrame) -> tuple[Tidied, pl.DataFrame]:
    """Return a delivery with only those rows of whose keys something is known, and its other rows: they are new."""
    frame = delivered.frame
    near = pl.all_horizontal(
        pl.col(name).is_in(known[name].unique().implode())
        for name in ("jobcenter", "indicator", "period_start")
    )
    some = frame.with_row_index("at").filter(near).select("at", *KEY)
    at = some.join(known.select(KEY), on=list(KEY), how="semi", maintain_order="left")["at"]
    is_met = pl.Series([False]).new_from_index(0, frame.height).scatter(at, [True] * len(at))
    return replace(delivered, rows=frame.filter(is_met), keys=None), frame.filter(~is_met)


def asked(delivered: Tidied) -> pl.DataFrame:
    """Return the rows with the date they are compared at (`asked`): the newest where a row states none."""
    is_undated = pl.lit(_are_among(delivered.frame["row"], delivered.undated))
    return delivered.frame.with_columns(asked=pl.when(is_undated).then(date.max).otherwise("data_date"))


def _are_among(rows: pl.Series, chosen: Collection[int]) -> pl.Series:
    """Tell which rows are among the chosen ones, of which there may be very many, in the order of the delivery."""
    among = chosen if isinstance(chosen, pl.Series) else pl.Series(sorted(chosen), dtype=pl.UInt32)
    if among.is_empty():
        return pl.Series([False]).new_from_index(0, len(rows))
    asked = rows.cast(pl.UInt32)
    at = among.search_sorted(asked).clip(upper_bound=len(among) - 1)
    return among.gather(at) == asked


def pair(delivered: Tidied, known: pl.DataFrame) -> pl.DataFrame:
    """Put the values of each key beside those known at its data date (`known_date`), the newest where it states none.

    Columns: IDENTITY, asked, rows (of the delivery), known_date, outcome (new, revised or unchanged).
    """
    rows = _values(asked(delivered), [*IDENTITY, "asked"]).sort("asked")
    vintages = _values(known, [*IDENTITY, "data_date"]).sort("data_date")
    paired = rows.join_asof(
        vintages, left_on="asked", right_on="data_date", by=IDENTITY, suffix="_known", check_sortedness=False
    )
    is_new = pl.col("values_known").is_null()
    same = (pl.col("values") == pl.col("values_known")).fill_null(False) & _nothing_corrected()
    outcome = pl.when(is_new).then(pl.lit("new")).when(same).then(pl.lit("unchanged"))
    return paired.with_columns(outcome=outcome.otherwise(pl.lit("revised"))).select(
        *IDENTITY, "asked", "rows", pl.col("data_date").alias("known_date"), "outcome"
    )


def current(known: pl.DataFrame) -> pl.DataFrame:
    """Return what is known at the newest data date of each key, whatever its source."""
    return known.filter(pl.col("data_date") == pl.col("data_date").max().over(KEY))


def _against(news: pl.DataFrame, now: pl.DataFrame) -> Iterator[Row]:
    """Find rows that say something else than the current value of another source; each is told once."""
    names = ("value", "status", "precision", "source")
    others = now.select(*KEY, *(pl.col(name).alias(f"{name}_known") for name in names))
    both = news.join(others, on=list(KEY), how="inner").filter(pl.col("source") != pl.col("source_known"))
    signs = pl.col("value").is_null() & (pl.col("status") != pl.col("status_known"))
    differs = pl.col("value").ne_missing(pl.col("value_known")) | signs
    told = both.filter(differs).unique(["row", *KEY], keep="first", maintain_order=True)
    yield from told.sort("row").iter_rows(named=True)


def _nothing_corrected() -> pl.Expr:
    """Tell whether every place, line and note that is stated is known already."""
    said = (
        pl.col(name).list.set_difference(pl.col(f"{name}_known")).list.len().fill_null(0)
        for name in _EVIDENCE
    )
    return pl.sum_horizontal(said) == 0


def _values(frame: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    text = pl.concat_str(
        pl.col("value").cast(pl.String), "status", "precision", separator="|", ignore_nulls=True
    )
    stated = (
        pl.when(pl.col(name).cast(pl.String).str.contains(_UNSTATED))
        .then(None)
        .otherwise(pl.col(name).cast(pl.String))
        .alias(name)
        for name in _EVIDENCE
    )
    return (
        frame.with_columns(stated)
        .group_by(by)
        .agg(
            text.unique().sort().str.join(";").alias("values"),
            pl.len().alias("rows"),
            *(pl.col(name).drop_nulls().unique() for name in _EVIDENCE),
        )
    )


def _vanished(frame: pl.DataFrame, met: pl.DataFrame, known: pl.DataFrame) -> int:
    return gone(frame, met, known).unique(IDENTITY).height


def gone(frame: pl.DataFrame, met: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return what is known of the sources, indicators and periods of a delivery and is no longer delivered.

    `met`: those of its rows of whose keys something is known.
    """
    near = (pl.col(name).is_in(known[name].unique().implode()) for name in ("source", "indicator"))
    scope = frame.select(_SCOPE).filter(*near).unique()
    return known.join(scope, on=_SCOPE, how="semi").join(met, on=IDENTITY, how="anti")

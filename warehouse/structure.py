"""What a stock is made of: shares as printed, and shares computed from counts where the whole is known."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog
from warehouse.periods import months
from warehouse.schema import CURRENT

SHARE = pl.Schema(
    [
        *CURRENT.items(),  # `value` is the share in percent; `indicator` and `breakdown` lead to the evidence
        ("base", pl.String),  # id of the indicator of the whole; of a share without one its own id
        ("dimension", pl.String),
        ("count", pl.Float64),
        ("count_indicator", pl.String),
        ("count_status", pl.String),
        ("whole", pl.Float64),
        ("whole_precision", pl.String),
        ("own", pl.Boolean),  # computed here: count ÷ whole × 100
    ]
)
"""One share with its base. Count and whole are null where the source does not give them for the same time."""

TIME = ["jobcenter", "source", "period_start", "period_end", "time_concept", "kind"]
_SHARE = [*TIME, "base", "breakdown"]


def share_bases(catalog: Catalog) -> dict[str, str]:
    """Return share indicators (percentages of a whole, by catalog) → id of the indicator of the whole, else their own."""
    shares = [
        entry
        for entry in catalog.indicators.values()
        if entry.unit == "%" and (entry.base or entry.topic == "struktur")
    ]
    return {entry.id: entry.base or entry.id for entry in shares}


def newest_months(rows: pl.DataFrame) -> pl.DataFrame:
    """Return values (CURRENT columns) without the earlier months and days of series: a structure is a picture of one time.

    A series is what has a third month or Stichtag; what documents print of single ones stays.
    """
    series = ["jobcenter", "indicator", "breakdown", "time_concept", "kind", "source"]
    is_month = months() <= 1  # a Stichtag lasts no month
    several = pl.col("period_end").filter(is_month).n_unique().over(series) > 2
    newest = pl.col("period_end") == pl.col("period_end").max().over(series)
    return rows.filter(~(is_month & several) | newest)


def shares(catalog: Catalog, rows: pl.DataFrame) -> pl.DataFrame:
    """Return all shares among `rows` (CURRENT columns, counts and percentages) as a SHARE frame.

    A count becomes a share only where the whole is known from the same source, for the same period and time concept, and
    the source prints no share itself. Limits ("über", "ab … bis") are never divided.
    """
    bases, stocks = share_bases(catalog), _stocks(catalog)
    wholes, counts = _wholes(catalog, rows, set(stocks.values())), _counts(catalog, rows, stocks)
    printed = rows.filter(pl.col("indicator").is_in(list(bases)) & (pl.col("breakdown") != ""))
    printed = printed.with_columns(
        base=pl.col("indicator").replace_strict(bases, return_dtype=pl.String), own=pl.lit(False)
    )
    printed = _with_counts(printed, counts, rows).join(
        wholes, on=[*TIME, "base"], how="left", nulls_equal=True
    )
    own = _own_shares(counts, wholes, printed)
    together = pl.concat(
        [frame.with_columns(_dimension(catalog)).select(SHARE.names()) for frame in (printed, own)]
    )
    together = _once(together)
    order = pl.col("breakdown").replace_strict(
        {id_: place for place, id_ in enumerate(catalog.breakdowns)}, default=9999
    )
    return together.sort(
        "base",
        "dimension",
        "jobcenter",
        "period_end",
        order,
        "row",
        descending=[False, False, False, True, False, False],
    )


def uncounted(catalog: Catalog, rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Return the counts of parts that are in no share (`found`, SHARE columns): their whole is not known for that time."""
    parts = _counts(catalog, rows, _stocks(catalog), bounds=True)
    shown = found.filter(pl.col("count").is_not_null())
    return parts.join(shown, on=[*TIME, "base", "breakdown"], how="anti", nulls_equal=True).select(
        CURRENT.names()
    )


def _wholes(catalog: Catalog, rows: pl.DataFrame, bases: set[str]) -> pl.DataFrame:
    """Return one whole per base and time: exact goes before approximate; two exact ones are none."""
    known = rows.filter(
        pl.col("indicator").is_in(list(bases))
        & (pl.col("breakdown") == "")
        & pl.col("value").is_not_null()
        & ~pl.col("precision").is_in(catalog.bounds)
    )
    key = [*TIME, "indicator"]
    exact = known.filter(pl.col("precision") == "exakt").filter(pl.col("value").n_unique().over(key) == 1)
    rough = known.filter(pl.col("precision") != "exakt").join(
        known.filter(pl.col("precision") == "exakt"), on=key, how="anti", nulls_equal=True
    )
    best = pl.concat([exact, rough]).unique(key, keep="first", maintain_order=True)
    return best.select(
        *TIME,
        pl.col("indicator").alias("base"),
        pl.col("value").alias("whole"),
        pl.col("precision").alias("whole_precision"),
        pl.col("status").alias("whole_status"),
    )


def _stocks(catalog: Catalog) -> dict[str, str]:
    """Return what counts people or households → the stock they are part of: the stocks themselves, and counts with a base."""
    bases = share_bases(catalog)
    stocks = set(bases.values()) - set(bases)
    parts = {
        entry.id: entry.base
        for entry in catalog.indicators.values()
        if entry.base in stocks and entry.unit != "%"
    }
    return {**{stock: stock for stock in stocks}, **parts}


def _once(found: pl.DataFrame) -> pl.DataFrame:
    """Keep one of equal values: what text and table both say is one share; the certain and exact one goes first."""
    best = found.sort(pl.col("status") != "endgueltig", pl.col("precision") != "exakt", maintain_order=True)
    valued = best.filter(pl.col("value").is_not_null()).unique(
        [*_SHARE, "value"], keep="first", maintain_order=True
    )
    return pl.concat([valued, best.filter(pl.col("value").is_null())])


def _counts(
    catalog: Catalog, rows: pl.DataFrame, stocks: dict[str, str], *, bounds: bool = False
) -> pl.DataFrame:
    parts = rows.filter(
        pl.col("indicator").is_in(list(stocks)) & (pl.col("breakdown") != "") & pl.col("value").is_not_null()
    )
    parts = parts if bounds else parts.filter(~pl.col("precision").is_in(catalog.bounds))
    return parts.with_columns(base=pl.col("indicator").replace_strict(stocks, return_dtype=pl.String))


def _with_counts(printed: pl.DataFrame, counts: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Give printed shares their count; a table may also name the part by its own indicator (LZA among the unemployed)."""
    same = counts.unique(_SHARE, keep="none").select(
        *_SHARE,
        pl.col("value").alias("count"),
        pl.col("indicator").alias("count_indicator"),
        pl.col("status").alias("count_status"),
    )
    named = rows.filter((pl.col("breakdown") == "") & pl.col("value").is_not_null()).select(
        *TIME,
        "place",
        pl.col("indicator").alias("breakdown"),
        pl.col("value").alias("named_count"),
        pl.col("indicator").alias("named_by"),
        pl.col("status").alias("named_status"),
    )
    key = [*TIME, "place", "breakdown"]
    joined = printed.join(same, on=_SHARE, how="left", nulls_equal=True).join(
        named.unique(key, keep="none"), on=key, how="left", nulls_equal=True
    )
    return joined.with_columns(
        pl.coalesce("count", "named_count").alias("count"),
        pl.coalesce("count_indicator", "named_by").alias("count_indicator"),
        pl.coalesce("count_status", "named_status").alias("count_status"),
    )


def _own_shares(counts: pl.DataFrame, wholes: pl.DataFrame, printed: pl.DataFrame) -> pl.DataFrame:
    unprinted = (
        counts.filter(pl.col("indicator") == pl.col("base"))
        .join(printed, on=_SHARE, how="anti", nulls_equal=True)
        .filter(~pl.col("breakdown").str.contains("+", literal=True))
    )
    joined = unprinted.join(wholes.filter(pl.col("whole") > 0), on=[*TIME, "base"], nulls_equal=True)
    return joined.with_columns(
        pl.col("value").alias("count"),
        pl.col("indicator").alias("count_indicator"),
        pl.col("status").alias("count_status"),
        value=(pl.col("value") / pl.col("whole") * 100).round(6),  # downloads show it unrounded
        precision=pl.when((pl.col("precision") == "exakt") & (pl.col("whole_precision") == "exakt"))
        .then(pl.lit("exakt"))
        .otherwise(pl.lit("ungefaehr")),
        status=pl.when(pl.col("status") == "endgueltig").then("whole_status").otherwise("status"),
        own=pl.lit(True),
    )


def _dimension(catalog: Catalog) -> pl.Expr:
    dimensions = {part.id: part.dimension for part in catalog.breakdowns.values()}
    return (
        pl.col("breakdown")
        .str.split("+")
        .list.first()
        .replace_strict(dimensions, default="", return_dtype=pl.String)
        .alias("dimension")
    )

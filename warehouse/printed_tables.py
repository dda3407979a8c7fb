"""Tables of documents that print a count, its change and its share side by side, put together again from their cells."""

from __future__ import annotations

import polars as pl

from warehouse.catalog import Catalog
from warehouse.structure import share_bases

_CHANGES = {"change": "vj-abs", "change_percent": "vj-prozent"}
_ROW = ", Zeile "  # how a place names the row of a table; what stands before it is the table
_TABLE = ["jobcenter", "source", "table", "period_start", "period_end", "time_concept", "kind"]
COLUMNS = ("value", *_CHANGES, "share")


def printed_tables(catalog: Catalog, rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Return one frame per table of a document that prints counts with both changes to the previous year (three rows or more).

    `rows`: CURRENT columns. Each frame has one row per group: indicator, breakdown and, for each of value, change,
    change_percent and share, the cell as a struct of CURRENT columns (null where the table has none). A share belongs to a
    count of the same table, also where the part is named by an indicator of its own (LZA among the unemployed).
    """
    name = pl.col("indicator").str.split(".")
    parts = rows.filter(pl.col("place").str.contains(_ROW, literal=True)).with_columns(
        of=name.list.first(),
        companion=name.list.get(1, null_on_oob=True),
        table=pl.col("place").str.split(_ROW).list.first(),
    )
    tables = []
    for _, table in parts.group_by(_TABLE, maintain_order=True):
        changed = [table.filter(pl.col("companion") == companion).height for companion in _CHANGES.values()]
        if min(changed) >= 3:
            tables.append(_assembled(catalog, table))
    return tables


def _assembled(catalog: Catalog, table: pl.DataFrame) -> pl.DataFrame:
    counts = table.filter(
        pl.col("companion").is_null() & ~pl.col("of").is_in(list(share_bases(catalog)))
    ).sort("row")
    cells = {"value": _cells(counts, "value")}
    cells |= {
        name: _cells(table.filter(pl.col("companion") == companion), name)
        for name, companion in _CHANGES.items()
    }
    result = counts.select(pl.col("of").alias("indicator"), "breakdown").unique(maintain_order=True)
    for found in cells.values():
        result = result.join(
            found,
            left_on=["indicator", "breakdown"],
            right_on=["of", "breakdown"],
            how="left",
            maintain_order="left",
        )
    return result.join(
        _shares(catalog, table), on=["indicator", "breakdown"], how="left", maintain_order="left"
    )


def _cells(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    return rows.unique(["of", "breakdown"], keep="first", maintain_order=True).select(
        "of", "breakdown", pl.struct(pl.all()).alias(name)
    )


def _shares(catalog: Catalog, table: pl.DataFrame) -> pl.DataFrame:
    """Return the shares of a table by the count they belong to: base and part, or the part's own indicator."""
    bases = share_bases(catalog)
    found = table.filter(pl.col("indicator").is_in(list(bases)))
    cells = found.select(
        pl.col("indicator").replace_strict(bases, return_dtype=pl.String).alias("indicator"),
        "breakdown",
        pl.struct(pl.all()).alias("share"),
    )
    named = cells.filter(pl.col("breakdown").is_in(list(catalog.indicators))).select(
        pl.col("breakdown").alias("indicator"), pl.lit("").alias("breakdown"), "share"
    )
    return pl.concat([cells, named]).unique(["indicator", "breakdown"], keep="first", maintain_order=True)

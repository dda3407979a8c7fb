"""Lists what a delivery of measures, chances and dates would change, entry by entry: new ones and what is stated anew."""

from __future__ import annotations

import polars as pl

from etl.changes import MOST_LISTED, NEW, REVISED
from etl.tidy import Tidied
from warehouse.schema import FIELD

OLD = "old_"
ENTRY_CHANGE = pl.Schema(
    [*FIELD.items(), ("what", pl.String), *((f"{OLD}{name}", kind) for name, kind in FIELD.items())]
)
"""One entry as it is delivered; `old_…` is how it is stated now, null where it is new."""


def entries(delivered: Tidied, known: pl.DataFrame | None) -> pl.DataFrame:
    """Return the entries that `compare` counts as new or revised (ENTRY_CHANGE), what is stated anew first.

    `known`: answer of `known_fields.sql`, the newest statement of every entry.
    """
    if delivered.target != "fields":
        return ENTRY_CHANGE.to_frame()
    before = FIELD.to_frame() if known is None else known.select(FIELD.names()).cast(dict(FIELD))  # type: ignore[arg-type]
    said = [name for name in FIELD.names() if name != "row"]
    news = delivered.frame.select(FIELD.names()).join(before, on=said, how="anti", nulls_equal=True)
    old = before.unique("entry", keep="first", maintain_order=True)
    old = old.rename({name: f"{OLD}{name}" for name in FIELD.names()}).with_columns(entry=f"{OLD}entry")
    told = news.join(old, on="entry", how="left", maintain_order="left")
    is_new = pl.col(f"{OLD}entry").is_null()
    what = pl.when(is_new).then(pl.lit(NEW)).otherwise(pl.lit(REVISED))
    ordered = told.with_columns(what=what).sort(is_new, "jobcenter", maintain_order=True)
    return ordered.select(ENTRY_CHANGE.names()).head(MOST_LISTED)

"""Names the cell of a delivery in which a value stands, where periods stand across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from etl.across import PeriodColumn
from etl.problem import Problem

_BEFORE, _AFTER = "Zeile ", " der Lieferung"
"""Around the number of a row: the place of most values (also in warehouse/sql/create_tables.sql, which reads them)."""
STORED = ("place_row", "stated")
"""The columns in which the warehouse keeps where values stand, in place of SAID."""
SAID = ("place", "line", "note")


def place_of(column: PeriodColumn, sheet: str) -> tuple[str, str]:
    """Return what stands before and after the number of a row to name a cell of this column."""
    if not sheet:
        return _BEFORE, f", Spalte »{column.name}«{_AFTER}"
    return f"Blatt {sheet}, Zelle {letters(column.index)}", ""


def row_of(sheet: str) -> tuple[str, str]:
    """Return what stands before and after the number of a row to name it."""
    return (f"Blatt {sheet}, Zeile ", "") if sheet else (_BEFORE, _AFTER)


def stored(frame: pl.DataFrame) -> pl.DataFrame:
    """Return observations with where they stand as the warehouse keeps it (STORED), from which its questions say the same words.

    `place_row`: the number of the row of the delivery where the place says that and no more, as nearly always; a number takes a
    tenth of the time to write. `stated`: the place where it says else, line and note; null where nothing is left to say.
    """
    number = pl.when(pl.col("place") == "").then("row").otherwise(_numbers(frame["place"]))
    frame = frame.with_columns(number.alias("place_row"))
    said = pl.when(pl.col("place_row").is_null()).then("place").alias("place")
    texts = (said, *(pl.col(name).cast(pl.String) for name in SAID[1:]))
    has_more = [(frame[name] != "").any() for name in SAID[1:]]
    if any(has_more):
        stated = pl.concat_list(texts)
        is_plain = pl.col("place_row").is_not_null() & (pl.col("line") == "") & (pl.col("note") == "")
        stated = pl.when(~is_plain).then(stated)
    elif frame["place_row"].null_count():
        stated = pl.when(pl.col("place_row").is_null()).then(pl.concat_list(said))
    else:
        stated = pl.lit(None, pl.List(pl.String))
    return frame.with_columns(stated.alias("stated")).drop(SAID)


def _numbers(place: pl.Series) -> pl.Series:
    """Return N of places that are exactly the words "Zeile N der Lieferung" as a number is written, else null."""
    digits = place.str.slice(len(_BEFORE), place.str.len_bytes() - len(_BEFORE + _AFTER))
    number = digits.cast(pl.Int64, strict=False)
    is_row = place.str.starts_with(_BEFORE) & place.str.ends_with(_AFTER) & (number > 0)
    is_written_so = ~place.str.starts_with(_BEFORE + "0") & ~place.str.starts_with(_BEFORE + "+")
    return number.to_frame().select(pl.when(is_row & is_written_so).then(pl.first())).to_series()


def letters(index: int) -> str:
    """Return the letters of a column of a spreadsheet, counted from 0."""
    before, last = divmod(index, 26)
    return (letters(before - 1) if before else "") + chr(65 + last)


def name_columns(problems: Iterable[Problem], across: Sequence[PeriodColumn], value: str) -> list[Problem]:
    """Return problems of the column `value` with the headings it stands for in a table with periods across."""
    if not across:
        return list(problems)
    names = across[0].name if len(across) == 1 else f"{across[0].name} bis {across[-1].name}"
    return [replace(found, column=names) if found.column == value else found for found in problems]

"""Opens a saved format again: what was chosen when it was made, as the assistant asks for it, and what a new version changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from etl.assigned import Assigned, Value
from etl.assigned_reader import last_row
from etl.assigned_tables import AssignedTable, find_assigned
from etl.assignment import with_source
from etl.changes import NEW, REVISED, VANISHED
from etl.draft import Draft, understand
from etl.extract import kept
from etl.formats import Format
from etl.log import Entry, active, read_log
from etl.proposal import UNREAD, VALUE, Extent, Guess
from etl.read import Sheet
from etl.saved import Saved, kept_version
from etl.title_texts import TitleText
from warehouse.catalog import Catalog
from warehouse.schema import KEY
from warehouse.spelling import fold

_ASKED_ONCE = ("jobcenter", "kennzahl", "zeitbezug", "art", "quelle")


@dataclass(frozen=True)
class Opened:
    """What a saved format says of a file, sheet by sheet: where its tables stand and what their columns are."""

    extents: Mapping[str, Extent]
    columns: Mapping[str, Mapping[str, Guess]]
    sheet: int = 0


def opened(format_: Format, sheets: Sequence[Sheet]) -> Opened | None:
    """Return how a saved format reads a file; None where it does not recognise it."""
    found = find_assigned(sheets, [format_])
    if found is None:
        return None
    assigned = found.assigned
    names = [sheet.name for sheet in sheets]
    return Opened(
        {table.sheet.name: _extent(table, assigned) for table in found.tables},
        {table.sheet.name: _columns(table, assigned) for table in found.tables},
        names.index(found.tables[0].sheet.name),
    )


def _extent(table: AssignedTable, assigned: Assigned) -> Extent:
    first = table.top + assigned.headers + assigned.below
    return Extent(table.top + 1, table.top + assigned.headers, first + 1, last_row(table, assigned))


def _columns(table: AssignedTable, assigned: Assigned) -> dict[str, Guess]:
    known = {each.name: Guess(each.read_as) for each in assigned.columns}
    known |= {each.name: Guess(VALUE, each.kennzahl, each.merkmal) for each in assigned.values}
    return {name: known.get(name, Guess(UNREAD)) for name in table.names}


def title_at(pattern: str, texts: Sequence[TitleText]) -> int | None:
    """Return which of the proposed texts a saved pattern finds, None where it finds none of them."""
    return next((at for at, each in enumerate(texts) if re.search(pattern, fold(each.text))), None)


def revised(before: Format, chosen: Format, *, same_end: bool = True) -> Format:
    """Return the new version of a format: what was chosen now, and of the old one what the assistant does not ask.

    That is its id, what was told of single files, words that do not occur in the file at hand, and what a person has
    written into the TOML. `same_end`: the table still ends in the same row, so the pattern for that is kept.
    """
    old, new = before.assigned or Assigned((), ()), chosen.assigned or Assigned((), ())
    given = {name: text for name, text in before.given.items() if name not in _ASKED_ONCE}
    written = {each.name: each for each in old.values}
    told = {each.extract for each in new.files}
    said = {(each.column, fold(each.text)) for each in new.words}
    columns = {each.read_as for each in new.columns}
    assigned = replace(
        new,
        values=tuple(_as_written(each, written.get(each.name)) for each in new.values),
        ends=old.ends if same_end else new.ends,
        files=(*(each for each in old.files if each.extract not in told), *new.files),
        words=(
            *new.words,
            *(
                each
                for each in old.words
                if each.column in columns and (each.column, fold(each.text)) not in said
            ),
        ),
    )
    return with_source(replace(chosen, id=before.id, given={**given, **chosen.given}, assigned=assigned))


def _as_written(value: Value, before: Value | None) -> Value:
    return replace(value, einheit=before.einheit, art=before.art) if before else value


@dataclass(frozen=True)
class Effect:
    """What a new version of a format would read differently in one file that was read before.

    `same`: values that stay; `rows`: the others, KEY columns with `what` (neu, geändert, entfällt), `old_value` and
    `new_value`; `problem`: why the file would not be read any more, in German.
    """

    file_name: str
    same: int = 0
    rows: pl.DataFrame = field(default_factory=pl.DataFrame, compare=False)
    problem: str = ""


def readings(folder: Path, format_id: str) -> list[Entry]:
    """Return the loads in force that were read by a saved format, the latest first."""
    return [entry for entry in reversed(active(read_log(folder))) if entry.format == format_id]


def effect(folder: Path, entry: Entry, version: Format, catalog: Catalog) -> Effect:
    """Read a file once more as it was read when it was loaded, and once by the new version. Writes nothing.

    Raises DamagedWarehouseError where the kept file or the version it was read by is lost.
    """
    file = kept(folder, entry.extract, entry.file_name)
    then = Saved((kept_version(folder, entry.format_version, entry.format),))
    old = understand(file, catalog, entry.received_on, then)
    new = understand(file, catalog, entry.received_on, Saved((version,)))
    if new.format_id != version.id:
        return Effect(entry.file_name, problem="Die neue Fassung erkennt sie nicht wieder.")
    if new.is_rejected:
        return Effect(entry.file_name, problem=" ".join(each.text for each in new.problems[:2]))
    return _compared(entry.file_name, _values(old), _values(new))


def _values(made: Draft) -> pl.DataFrame:
    frame = made.tidied.frame if made.tidied else pl.DataFrame()
    texts = [
        pl.col(name).cast(pl.String)
        for name in ("jobcenter", "indicator", "breakdown", "time_concept", "kind")
    ]
    return frame.select(
        *texts, "period_start", "period_end", "value", pl.col("status").cast(pl.String)
    ).unique(KEY)


def _compared(file_name: str, old: pl.DataFrame, new: pl.DataFrame) -> Effect:
    both = old.join(new, on=list(KEY), how="full", coalesce=True, suffix="_new")
    is_old, is_new = pl.col("status").is_not_null(), pl.col("status_new").is_not_null()
    same = pl.col("value").eq_missing(pl.col("value_new")) & pl.col("status").eq_missing(pl.col("status_new"))
    what = (
        pl.when(~is_old)
        .then(pl.lit(NEW))
        .when(~is_new)
        .then(pl.lit(VANISHED))
        .when(~same)
        .then(pl.lit(REVISED))
    )
    told = both.with_columns(what=what).rename({"value": "old_value", "value_new": "new_value"})
    other = told.filter(pl.col("what").is_not_null()).sort("what", *KEY)
    return Effect(file_name, told.height - other.height, other)

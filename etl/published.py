"""Fills snapshots: the rows of drafts, the acts of the log, and what is derived from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from itertools import chain
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa

from etl.distinct import coded
from etl.draft import Draft, placed, understand
from etl.extract import DamagedWarehouseError, kept
from etl.held import Held
from etl.keys import Keys
from etl.log import LOADED, RETRACTED, Entry, active
from etl.parts import parts
from etl.places import SAID, STORED, stored
from etl.progress import PUBLISHING, one_of, tell
from etl.saved import Saved, kept_version
from etl.synthetic.fill import add_synthetic
from etl.synthetic.recipe import FORMAT, understood
from etl.tidy import SCHEMAS, Tidied
from warehouse.catalog import Catalog, load_catalog
from warehouse.derived import derive, derive_changed, summarise
from warehouse.questions import apart, ask, statement
from warehouse.schema import AREA, KEY, LOAD
from warehouse.snapshots import settle

_LOADS_OF = "select load_no from loads where act = 'loaded' and list_contains(?, extract)"

Fill = Callable[[duckdb.DuckDBPyConnection], None]
Load = tuple[Draft, Entry]
"""An accepted draft and its line of the log."""


SHORTEST = 300_000
"""A shorter table of current values is always derived as a whole: that takes no time."""
MOST_LOADS = 24
"""So many loads may stand behind the part that is sorted as a whole: each costs a question a block to look at."""
_PART = 2 * 122_880
"""Rows handed to the database at a time: whole blocks of it, each of which then holds neighbours."""
_ORDER = (
    "indicator",
    "breakdown",
    "jobcenter",
    "period_start",
    "period_end",
    "time_concept",
    "kind",
    "source",
)


def adding(loads: Callable[[duckdb.DuckDBPyConnection], Iterator[Load]], catalog: Catalog) -> Fill:
    """Return what adds accepted drafts to a snapshot, one after the other, and then derives what follows from them all.

    `loads` is given what fills the snapshot: it can be asked what is known so far.
    """

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        _prepare(connection)
        as_a_whole, is_summed, crowded, unsettled = False, False, [], 0
        for made, entry in loads(connection):
            as_a_whole = as_a_whole or _is_due(connection, catalog, entry)
            is_summed = is_summed or _is_summed(made)
            _add_rows(connection, made, entry, is_current=not as_a_whole)
            _add_loads(connection, [entry])
            if made.crowded is not None and not made.crowded.is_empty():
                crowded.append(made.crowded)
            unsettled += entry.rows
            if unsettled > _PART:
                settle(connection)
                unsettled = 0
            del made  # the next one needs the memory
        tell(PUBLISHING)
        if as_a_whole:
            _derive(connection, catalog)
        elif crowded:
            connection.register("crowded", pl.concat(crowded).unique().to_arrow())
            connection.execute("create or replace temp table changed_keys as from crowded")
            derive_changed(connection)
        elif is_summed:
            summarise(connection)

    return fill


def _is_summed(made: Draft) -> bool:
    """Tell whether anything derived rests on what is delivered: a comment or a measure changes no figure."""
    return made.tidied is not None and (made.tidied.target == "observations" or bool(made.tidied.areas))


def taking_back(acts: list[Entry], catalog: Catalog) -> Fill:
    """Return what adds retractions to a snapshot: the rows they take back stay askable, as of an earlier act."""

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        as_a_whole = _is_due(connection, catalog, acts[-1])
        loads = [
            number for (number,) in connection.execute(_LOADS_OF, [[act.extract for act in acts]]).fetchall()
        ]
        _add_loads(connection, acts)
        if as_a_whole:
            _derive(connection, catalog)
        else:
            connection.execute(statement("keys_of_loads"), {"loads": loads})
            if connection.execute("select 1 from changed_keys limit 1").fetchall():
                derive_changed(connection)

    return fill


def _is_due(connection: duckdb.DuckDBPyConnection, catalog: Catalog, entry: Entry) -> bool:
    """Tell whether all current values are to be derived and sorted anew, and not only those whose keys change."""
    if not _has_table(
        connection, "sorted_until"
    ):  # never derived, or by a version that always did so as a whole
        return True
    ((loads, rows, confidential),) = connection.execute(statement("unsorted_loads")).fetchall()
    is_short = max(rows, entry.rows) < SHORTEST
    return is_short or loads >= MOST_LOADS or (confidential or []) != _confidential(catalog)


def replaying(folder: Path, acts: list[Entry]) -> Fill:
    """Return what makes a snapshot anew from the kept extracts of all loads in `acts`, the whole log.

    Filling raises DamagedWarehouseError where the kept extract of a load that counts is lost, damaged, or no longer
    gives the rows it gave. One that was taken back may be lost: then only older states lack its rows, and say so.
    """
    catalog = load_catalog()
    counted = active(acts)

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        _prepare(connection)
        loads = [entry for entry in acts if entry.act == LOADED]
        for number, entry in enumerate(loads, 1):
            said = f"Lieferung {number} von {len(loads)}: {entry.file_name}"
            lenient = nullcontext() if entry in counted else suppress(DamagedWarehouseError)
            with one_of(said, number, len(loads)), lenient:
                _add_again(connection, folder, entry, catalog)
        _add_loads(connection, [entry for entry in acts if entry.act in (LOADED, RETRACTED)])
        _derive(connection, catalog)

    return fill


def shows(snapshot: Path, loads: list[Entry], *, thoroughly: bool) -> bool:
    """Tell whether a snapshot is readable and shows exactly the given loads; `thoroughly` reads all of its
    blocks."""
    try:
        ask(snapshot, "has_columns")
        if thoroughly:
            _read_everything(snapshot)
        return set(ask(snapshot, "load_numbers")["load_no"]) == {entry.no for entry in loads}
    except duckdb.Error:
        return False


def _read_everything(snapshot: Path) -> None:
    with apart(snapshot) as alone:
        alone.ask("read_everything", None, {})


def last_shown(snapshot: Path) -> int:
    """Return the highest number of the acts a snapshot shows; 0 where there is none or it cannot be read."""
    try:
        return max(ask(snapshot, "loads")["load_no"].to_list(), default=0) if snapshot.exists() else 0
    except duckdb.Error:
        return 0


def last_readable(folder: Path) -> str:
    """Return a German sentence that names the newest snapshot of which all blocks can be read; "" where there is none."""
    for path in sorted((folder / "snapshots").glob("warehouse-*.duckdb"), reverse=True):
        with suppress(duckdb.Error):
            _read_everything(path)
            return f"Letzter lesbarer Stand: {path} (bis Vorgang {last_shown(path)})."
    return ""


def _add_again(connection: duckdb.DuckDBPyConnection, folder: Path, entry: Entry, catalog: Catalog) -> None:
    if entry.format == FORMAT:  # a recipe: its rows are made, not read
        recipe = understood(kept(folder, entry.extract, entry.file_name))
        add_synthetic(connection, recipe, entry, catalog)
    else:
        _add_rows(connection, _as_then(folder, entry, catalog), entry)


def _as_then(folder: Path, entry: Entry, catalog: Catalog) -> Draft:
    """Return the draft that was loaded then (DamagedWarehouseError where the kept extract no longer gives it)."""
    version = entry.format_version
    saved = Saved((kept_version(folder, version, entry.format),)) if version else Saved()
    made = understand(kept(folder, entry.extract, entry.file_name), catalog, entry.received_on, saved)
    rows = made.tidied.height if made.tidied else 0
    if made.is_rejected or rows != entry.rows:
        reasons = " ".join(found.message for found in made.problems[:3] if found.severity == "error")
        raise DamagedWarehouseError(
            f"Die aufbewahrte Lieferung »{entry.file_name}« ergibt nicht mehr die {entry.rows} Angaben, die geladen wurden, "
            f"sondern {rows}: Der Katalog oder das Format wurde seither geändert. {reasons} Machen Sie die Änderung "
            f"rückgängig oder nehmen Sie die Lieferung mit »python -m etl retract {entry.extract[:12]}« zurück."
        )
    return made


def _has_table(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    return bool(connection.execute("select 1 from duckdb_tables() where table_name = ?", [name]).fetchall())


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    if not _has_table(connection, "loads"):
        connection.execute(statement("create_tables"))
        connection.execute(statement("create_views"))


def _add_rows(
    connection: duckdb.DuckDBPyConnection, made: Draft, entry: Entry, *, is_current: bool = False
) -> None:
    """Append the rows of a draft; `is_current`: where their keys have no other value, to the current ones."""
    if made.tidied is None:
        return
    loaded_by = (pl.lit(entry.extract).alias("extract"), pl.lit(entry.no).alias("load_no"))
    names = SCHEMAS[made.tidied.target].names()
    if made.tidied.target == "observations":
        names = [name for name in names if name not in SAID] + list(STORED)
    columns: list[str | pl.Expr] = [*names, *loaded_by]
    if is_current and made.tidied.target == "observations":
        _add_current(connection, made.tidied, made.crowded, columns)
    else:
        rows = (rows.select(*columns) for rows in _parts(made.tidied))
        _stream(connection, rows, f"add_{made.tidied.target}")
    if isinstance(made.tidied.rows, Held):
        settle(connection)
    if made.tidied.areas:
        areas = pl.DataFrame([vars(area) for area in made.tidied.areas], schema=AREA)
        _insert(connection, "delivered_areas", areas.with_columns(*loaded_by), "add_areas")


def _add_current(
    connection: duckdb.DuckDBPyConnection,
    tidied: Tidied,
    crowded: pl.DataFrame | None,
    columns: Sequence[str | pl.Expr],
) -> None:
    """Append the rows whose keys have no other value to the current ones, then the others where they are judged."""
    if crowded is None or crowded.is_empty():
        _stream(connection, (rows.select(*columns) for rows in _parts(tidied)), "add_current")
        return
    alone = (rows.join(crowded, on=list(KEY), how="anti", maintain_order="left") for rows in _parts(tidied))
    _stream(connection, (rows.select(*columns) for rows in alone), "add_current")
    others = (rows.join(crowded, on=list(KEY), how="semi", maintain_order="left") for rows in _parts(tidied))
    _stream(connection, (rows.select(*columns) for rows in others), "add_observations")


def _parts(tidied: Tidied) -> Iterator[pl.DataFrame]:
    """Yield the rows part by part, in the order in which pages ask for them."""
    if tidied.target != "observations":
        yield tidied.frame
        return
    for part in parts(tidied):
        frame = coded(part.frame)
        numbers = (part.keys or Keys(frame)).packed(_ORDER)
        order = None if numbers.is_sorted() else numbers.arg_sort()  # what the product exported is in order
        for at in range(0, frame.height, _PART):
            rows = frame.slice(at, _PART) if order is None else frame[order.slice(at, _PART)]
            yield stored(placed(rows, tidied) if tidied.sheet or tidied.across else rows)


def _add_loads(connection: duckdb.DuckDBPyConnection, entries: list[Entry]) -> None:
    rows = [(e.no, e.act, e.extract, e.file_name, e.format, e.who, e.when, e.rows, e.reason) for e in entries]
    _insert(connection, "logged_acts", pl.DataFrame(rows, schema=LOAD, orient="row"), "add_loads")


def _derive(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    tell("geltende Werte werden bestimmt")
    frame = pl.DataFrame({"source": _confidential(catalog)}, schema={"source": pl.String})
    _insert(connection, "confidential", frame, "set_confidential")
    derive(connection)


def _confidential(catalog: Catalog) -> list[str]:
    return sorted(source.id for source in catalog.sources.values() if source.confidential)


def _insert(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, sql: str) -> None:
    connection.register(name, frame.to_arrow())
    connection.execute(statement(sql))
    connection.unregister(name)


def _stream(connection: duckdb.DuckDBPyConnection, frames: Iterator[pl.DataFrame], sql: str) -> None:
    """Append frames in one statement, made one after the other as the database asks for them.

    Rows of several statements would lie uncompressed in the transaction and be written twice; so would those of threads that
    wait for each other to keep the order of blocks, which does not matter.
    """
    first = next(frames, None)
    if first is None:
        return
    batches = (batch for frame in chain((first,), frames) for batch in frame.to_arrow().to_batches())
    reader = pa.RecordBatchReader.from_batches(first.clear().to_arrow().schema, batches)
    connection.register("delivered_rows", reader)
    connection.execute("set preserve_insertion_order = false")
    connection.execute(statement(sql))
    connection.execute("reset preserve_insertion_order")
    connection.unregister("delivered_rows")

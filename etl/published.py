"""Fills snapshots: the rows of drafts, the acts of the log, and what is derived from them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path

import duckdb
import polars as pl

from etl.draft import Draft, understand
from etl.extract import DamagedWarehouseError, kept
from etl.log import LOADED, RETRACTED, Entry, active
from etl.saved import Saved, kept_version
from etl.synthetic.fill import add_synthetic
from etl.synthetic.recipe import FORMAT, understood
from etl.tidy import SCHEMAS
from warehouse.catalog import Catalog, load_catalog
from warehouse.derived import derive
from warehouse.questions import ask, statement
from warehouse.schema import AREA, LOAD

Fill = Callable[[duckdb.DuckDBPyConnection], None]


def adding(made: Draft, entry: Entry, catalog: Catalog) -> Fill:
    """Return what adds one accepted draft to a snapshot."""

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        _prepare(connection)
        _add_rows(connection, made, entry)
        _add_loads(connection, [entry])
        _derive(connection, catalog)

    return fill


def taking_back(acts: list[Entry], catalog: Catalog) -> Fill:
    """Return what adds retractions to a snapshot: the rows they take back stay askable, as of an earlier act."""

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        _add_loads(connection, acts)
        _derive(connection, catalog)

    return fill


def replaying(folder: Path, acts: list[Entry]) -> Fill:
    """Return what makes a snapshot anew from the kept extracts of all loads in `acts`, the whole log.

    Filling raises DamagedWarehouseError where the kept extract of a load that counts is lost, damaged, or no longer
    gives the rows it gave. One that was taken back may be lost: then only older states lack its rows, and say so.
    """
    catalog = load_catalog()
    counted = active(acts)

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        _prepare(connection)
        for entry in acts:
            if entry.act == LOADED:
                with nullcontext() if entry in counted else suppress(DamagedWarehouseError):
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
            ask(snapshot, "read_everything")
        return set(ask(snapshot, "load_numbers")["load_no"]) == {entry.no for entry in loads}
    except duckdb.Error:
        return False


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
            ask(path, "read_everything")
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
    rows = made.tidied.frame.height if made.tidied else 0
    if made.is_rejected or rows != entry.rows:
        reasons = " ".join(found.message for found in made.problems[:3] if found.severity == "error")
        raise DamagedWarehouseError(
            f"Die aufbewahrte Lieferung »{entry.file_name}« ergibt nicht mehr die {entry.rows} Angaben, die geladen wurden, "
            f"sondern {rows}: Der Katalog oder das Format wurde seither geändert. {reasons} Machen Sie die Änderung "
            f"rückgängig oder nehmen Sie die Lieferung mit »python -m etl retract {entry.extract[:12]}« zurück."
        )
    return made


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    if not connection.execute("select 1 from duckdb_tables() where table_name = 'loads'").fetchall():
        connection.execute(statement("create_tables"))
        connection.execute(statement("create_views"))


def _add_rows(connection: duckdb.DuckDBPyConnection, made: Draft, entry: Entry) -> None:
    if made.tidied is None:
        return
    columns = SCHEMAS[made.tidied.target].names()
    loaded_by = (pl.lit(entry.extract).alias("extract"), pl.lit(entry.no).alias("load_no"))
    _insert(
        connection,
        "delivered_rows",
        made.tidied.frame.select(*columns, *loaded_by),
        f"add_{made.tidied.target}",
    )
    if made.tidied.areas:
        areas = pl.DataFrame([vars(area) for area in made.tidied.areas], schema=AREA)
        _insert(connection, "delivered_areas", areas.with_columns(*loaded_by), "add_areas")


def _add_loads(connection: duckdb.DuckDBPyConnection, entries: list[Entry]) -> None:
    rows = [(e.no, e.act, e.extract, e.file_name, e.format, e.who, e.when, e.rows, e.reason) for e in entries]
    _insert(connection, "logged_acts", pl.DataFrame(rows, schema=LOAD, orient="row"), "add_loads")


def _derive(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    confidential = [source.id for source in catalog.sources.values() if source.confidential]
    frame = pl.DataFrame({"source": confidential}, schema={"source": pl.String})
    _insert(connection, "confidential", frame, "set_confidential")
    connection.execute(statement("derive_ever_loaded"))
    derive(connection)


def _insert(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, sql: str) -> None:
    connection.register(name, frame.to_arrow())
    connection.execute(statement(sql))
    connection.unregister(name)

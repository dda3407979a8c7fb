"""The published database: versioned snapshot files and a pointer that is replaced atomically.

A load writes a new file and then moves the pointer, so it never waits for readers and readers never see half
a load. (Replacing one file under open readers is not enough: DuckDB hands out its cached instance of the old
file.)
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

import duckdb

from warehouse.durable import sync, write_durably

KEPT_SNAPSHOTS = 5
MOST_FREE = 16_000_000
"""So many free bytes a snapshot may carry."""
DEMO_FOLDER = Path(__file__).parent.parent / ".warehouse-demo"
"""Where invented figures are kept: never beside real ones."""
_WRITING: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "600MB",
    "threads": 2,
}
"""What publishing may take; beyond that it writes beside the snapshot, into a folder that goes with it."""
_POINTER = "current"
_FILE = re.compile(r"warehouse-(\d+)\.duckdb")
_BESIDE: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def warehouse_folder() -> Path:
    """Return the folder of the warehouse: `JOBCENTER_WAREHOUSE`, else `.warehouse` beside `app.py`."""
    named = os.environ.get("JOBCENTER_WAREHOUSE")
    return Path(named).expanduser().resolve() if named else Path(__file__).parent.parent / ".warehouse"


def current_snapshot(folder: Path) -> Path | None:
    """Return the file of the newest published snapshot, None where nothing has been published or the pointer
    is damaged."""
    try:
        name = (folder / _POINTER).read_bytes().decode("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return folder / "snapshots" / name if _FILE.fullmatch(name) else None


def has_snapshots(folder: Path) -> bool:
    """Tell whether any snapshot file is there, published or not."""
    return (folder / "snapshots").is_dir() and bool(_numbered(folder / "snapshots"))


def publish(
    folder: Path,
    fill: Callable[[duckdb.DuckDBPyConnection], None],
    *,
    from_scratch: bool = False,
    witness: AbstractContextManager[None] | None = None,
) -> Path:
    """Publish the next snapshot: copy the current one (unless `from_scratch`), let `fill` change the copy,
    move the pointer.

    All or nothing: where `fill` raises, or the disk is full, the pointer stays and the half-written file is
    removed. `witness` (the line of the load log) is entered when the snapshot is complete; the pointer moves
    inside it. Only one process may publish at a time; `etl.load.loading` sees to that.
    """
    snapshots = folder / "snapshots"
    snapshots.mkdir(parents=True, exist_ok=True)
    base = current_snapshot(folder)
    target = snapshots / f"warehouse-{max(_numbered(snapshots), default=0) + 1:06d}.duckdb"
    try:
        if base is not None and not from_scratch:
            shutil.copyfile(base, target)
        _write(target, fill)
        with witness or nullcontext():
            write_durably(folder / _POINTER, target.name.encode())
    except BaseException:
        _remove(target)
        raise
    if base is not None:  # without pointer nobody knows which of the older files was the published one
        _forget(snapshots, base, target)
    return target


def _write(target: Path, fill: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    try:
        with duckdb.connect(str(target), config=_WRITING) as connection:
            connection.execute("begin")
            fill(connection)
            connection.execute("commit")
            connection.execute("checkpoint")
            is_loose = _is_loose(connection)
        if is_loose:
            _compact(target)
    except (duckdb.OperationalError, duckdb.FatalException) as error:  # a full disk, as people know it
        raise OSError(_full(error), str(error), str(target)) from error
    sync(target)


def _is_loose(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether much of a file is free: what is derived anew as a whole is written beside what it replaces."""
    counted = "select free_blocks, total_blocks, block_size from pragma_database_size()"
    ((free, total, size),) = connection.execute(counted).fetchall()
    return bool(free * size > MOST_FREE and free * 3 > total)


def _compact(target: Path) -> None:
    """Write a snapshot once more without the free blocks: each load copies the file, and pages read it."""
    compacted = target.with_name(target.name + ".new")
    try:
        with duckdb.connect(config=_WRITING) as connection:
            connection.execute("attach ? as loose (read_only)", [str(target)])
            connection.execute("attach ? as compacted", [str(compacted)])
            connection.execute("copy from database loose to compacted")
            connection.execute("checkpoint compacted")
        os.replace(compacted, target)
    finally:
        _remove(compacted)


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Write what `fill` has added so far: a transaction would hold it in memory, and nobody reads the file before it is
    published."""
    connection.execute("commit")
    connection.execute("checkpoint")
    connection.execute("begin")


def _full(error: duckdb.Error) -> int | None:
    return errno.ENOSPC if os.strerror(errno.ENOSPC) in str(error) else None


def _numbered(snapshots: Path) -> dict[int, Path]:
    found = ((_FILE.fullmatch(path.name), path) for path in snapshots.iterdir())
    return {int(match[1]): path for match, path in found if match}


def _forget(snapshots: Path, before: Path, target: Path) -> None:
    """Remove what killed loads left behind (files newer than the one published before) and all but the last
    snapshots."""
    for path in _numbered(snapshots).values():
        if before.name < path.name < target.name:
            _remove(path)
    for _, path in sorted(_numbered(snapshots).items())[:-KEPT_SNAPSHOTS]:
        _remove(path)


def _remove(path: Path) -> None:
    for each in (path, path.with_name(path.name + ".wal")):
        with suppress(OSError):  # still open somewhere (Windows): the next publication tries again
            each.unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)


def open_beside(path: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """Open a database in memory that reads a snapshot as `published`; to be locked down (lock_down.sql) before it is asked.

    `memory`: what it may take ("48MB"); what exceeds it goes beside the snapshot, into the folder that goes with it.
    """
    config = _BESIDE | {"memory_limit": memory, "temp_directory": f"{path}.tmp"}
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("attach ? as published (read_only)", [str(path)])
    return connection

"""Asks the published database: one SQL file per question, named parameters, answers as polars frames."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.snapshots import open_snapshot

SQL_FOLDER = Path(__file__).parent / "sql"


@cache
def statement(name: str) -> str:
    """Return the SQL of `sql/<name>.sql`."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def ask(snapshot: Path, name: str, **parameters: Any) -> pl.DataFrame:
    """Answer the question `name` from a snapshot; parameters are bound by name, never pasted into the SQL."""
    cursor = open_snapshot(snapshot).cursor()
    answer: pl.DataFrame = cursor.sql(statement(name), params=parameters or None).pl()
    return answer

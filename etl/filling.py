"""Asks what is known while it grows: of a published snapshot, or of the connection that fills the next one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse import questions

Snapshot = Path | duckdb.DuckDBPyConnection
"""A published snapshot, or the connection that fills one: it knows what has been added so far."""


def ask(snapshot: Snapshot, name: str, **parameters: Any) -> pl.DataFrame:
    """Answer a question as `warehouse.questions.ask` does."""
    if isinstance(snapshot, Path):
        return questions.ask(snapshot, name, **parameters)
    # A cursor of its own would not see what is not committed yet.
    answer: pl.DataFrame = snapshot.sql(questions.statement(name), params=parameters or None).pl()
    return answer

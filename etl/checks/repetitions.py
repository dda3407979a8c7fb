"""Rows that say the same twice, and rows that say two things about the same."""

from __future__ import annotations

import polars as pl

from etl.checks.inspection import ORIGIN, Inspection
from etl.problem import Problem, problem
from warehouse.formatting import format_row
from warehouse.schema import Row

_REPEATED = [*ORIGIN, "value", "status", "precision", "place", "line", "note"]
_SAID = ("row", "value", "status", "precision")


def without_repetitions(inspection: Inspection) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the rows that are not an exact repetition of an earlier one, and a problem for each that is."""
    if not inspection.repeated.any():
        return inspection.frame, []
    frame = inspection.frame.with_row_index("at")
    alike = frame.filter(inspection.repeated)  # hardly ever any: only these are looked at closely
    numbered = alike.with_columns(pl.col("row").first().over(_REPEATED).alias("first"))
    is_first = pl.col("row") == pl.col("first")

    def tell(row: Row) -> Problem:
        return problem("duplicate", sheet=inspection.sheet, row=row["row"], found=row["first"])

    again = numbered.filter(~is_first)
    if again.is_empty():
        return inspection.frame, []
    return frame.join(again, on="at", how="anti", maintain_order="left").drop("at"), inspection.told(
        again, tell
    )


def contradictions(inspection: Inspection) -> list[Problem]:
    """Find rows whose value differs from that of the first row with the same key, source and data date."""
    plain = inspection.frame.filter(inspection.repeated, ~pl.col("precision").is_in(["von", "bis"]))
    first = plain.with_columns(pl.col(name).first().over(ORIGIN).alias(f"first_{name}") for name in _SAID)
    differs = first.filter(pl.col("value").ne_missing(pl.col("first_value")))

    def tell(row: Row) -> Problem:
        before = {**row, **{name: row[f"first_{name}"] for name in _SAID}}
        other = f"{format_row(inspection.catalog, before)} (Zeile {before['row']})"
        return inspection.found("contradiction", row, format_row(inspection.catalog, row), other)

    return inspection.told(differs, tell)

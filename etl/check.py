"""Checks tidy observations against each other and against what is plausible, all problems at once."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from etl.numbers import number_text
from etl.problem import Problem, problem
from etl.tidy import Tidied
from warehouse.catalog import Catalog
from warehouse.formatting import NBSP, format_value
from warehouse.schema import KEY

_SAME = [*KEY, "source", "data_date"]
_REPEATED = [*_SAME, "value", "status", "precision", "place", "line", "note"]


def check(tidied: Tidied, catalog: Catalog, sheet: str = "") -> tuple[Tidied, list[Problem]]:
    """Return the rows without exact repetitions, and what is implausible or contradicts itself within the
    extract."""
    if tidied.target != "observations":
        return tidied, []
    first = tidied.frame.with_columns(pl.col("row").first().over(_REPEATED).alias("first"))
    repeated = first.filter(pl.col("row") != pl.col("first")).select("row", "first")
    frame = first.filter(pl.col("row") == pl.col("first")).drop("first")
    problems = [
        problem("duplicate", sheet=sheet, row=row, found=first) for row, first in repeated.iter_rows()
    ]
    problems += _out_of_range(frame, catalog, sheet)
    problems += _tiny_rates(frame, catalog, sheet)
    problems += _contradictions(frame, catalog, sheet)
    return replace(tidied, frame=frame, skipped=tidied.skipped + repeated.height), problems


def _out_of_range(frame: pl.DataFrame, catalog: Catalog, sheet: str) -> list[Problem]:
    problems = []
    for id_ in sorted(frame["indicator"].unique()):
        entry = catalog.indicator(id_)
        bounds = (entry.minimum, entry.maximum)
        low, high = (pl.lit(bound, dtype=pl.Float64) for bound in bounds)
        outside = frame.filter(
            (pl.col("indicator") == id_) & ((pl.col("value") < low) | (pl.col("value") > high))
        )
        expected = _range(catalog, id_)
        for row, value in outside.select("row", "value").iter_rows():
            found = _exactly(catalog, id_, value)
            problems.append(
                problem("out_of_range", sheet=sheet, row=row, column="wert", found=found, expected=expected)
            )
    return problems


def _range(catalog: Catalog, id_: str) -> str:
    entry = catalog.indicator(id_)
    low, high = (
        None if bound is None else _exactly(catalog, id_, bound) for bound in (entry.minimum, entry.maximum)
    )
    if low and high:
        return f"von {low} bis {high}"
    return f"ab {low}" if low else f"bis {high}"


def _exactly(catalog: Catalog, id_: str, value: float) -> str:
    """Return a value with its unit and all its digits: what was found is not rounded."""
    return NBSP.join(part for part in (number_text(value), catalog.unit(id_).suffix) if part)


def _tiny_rates(frame: pl.DataFrame, catalog: Catalog, sheet: str) -> list[Problem]:
    """Find shares and rates below 1 %: often a fraction where percent was meant (0,367 for 36,7 %)."""
    entries = map(catalog.indicator, frame["indicator"].unique())
    rates = [entry.id for entry in entries if entry.unit == "%" and entry.minimum == 0]
    tiny = frame.filter(pl.col("indicator").is_in(rates) & (pl.col("value") > 0) & (pl.col("value") < 1))
    return [
        problem("tiny_rate", sheet=sheet, row=row, column="wert", found=_exactly(catalog, id_, value))
        for row, id_, value in tiny.select("row", "indicator", "value").iter_rows()
    ]


def _contradictions(frame: pl.DataFrame, catalog: Catalog, sheet: str) -> list[Problem]:
    names = ("row", "value", "status", "precision")
    plain = frame.filter(~pl.col("precision").is_in(["von", "bis"]))
    first = plain.with_columns(pl.col(name).first().over(_SAME).alias(f"first_{name}") for name in names)
    differs = pl.col("value").ne_missing(pl.col("first_value"))
    return [
        _contradiction(entry, catalog, sheet)
        for entry in first.filter(differs).sort("row").iter_rows(named=True)
    ]


def _contradiction(entry: dict[str, object], catalog: Catalog, sheet: str) -> Problem:
    def shown(prefix: str) -> str:
        value, status, precision = (entry[prefix + name] for name in ("value", "status", "precision"))
        number = None if value is None else float(str(value))
        return format_value(
            catalog, str(entry["indicator"]), number, precision=str(precision), status=str(status)
        )

    other = f"{shown('first_')} (Zeile {entry['first_row']})"
    row = int(str(entry["row"]))
    return problem("contradiction", sheet=sheet, row=row, column="wert", found=shown(""), expected=other)

"""Makes the rows of a recipe inside a snapshot, one indicator at a time, so that memory stays small at any size."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from etl.extract import DamagedWarehouseError
from etl.log import Entry
from etl.synthetic.areas import area_names, regions, sized_areas
from etl.synthetic.recipe import Rate, Recipe, lost
from warehouse.catalog import Catalog
from warehouse.questions import statement

PROVISIONAL = 3
"""So many months at the end of a delivery are corrected by the next one."""
PLACE = "Rezept der synthetischen Daten"
MEMORY = "2GB"
_FIRST_CHANCE = 10
"""Salts below are those of levels and parts; each delivery has its own above."""


def add_synthetic(
    connection: duckdb.DuckDBPyConnection, recipe: Recipe, entry: Entry, catalog: Catalog
) -> None:
    """Add the rows of one delivery; DamagedWarehouseError where they are not as many as the log says."""
    connection.execute(f"set memory_limit = '{MEMORY}'")
    before = _rows(connection)
    _prepare(connection, recipe, catalog)
    about = {"source": recipe.facts["source"], "place": PLACE, "extract": entry.extract, "load_no": entry.no}
    about |= {
        "start": recipe.facts["first_month"],
        "dated": recipe.delivered["dated"],
        "seed": recipe.facts["seed"],
    }
    for indicator, months in recipe.indicators.items():
        _add_months(connection, recipe, indicator, months, catalog, about)
    for indicator, quantity, kind, factor in recipe.years:
        _add_years(connection, recipe, indicator, quantity, kind, factor, about)
    for table in ("areas", "members", "breakdowns", "counts", "values"):
        connection.execute(f"drop table temp.synthetic_{table}")
    _insert(connection, "delivered_areas", area_names(recipe, catalog, entry), "add_areas")
    if _rows(connection) - before != entry.rows:
        raise DamagedWarehouseError(
            f"Das Rezept »{entry.file_name}« ergibt nicht mehr die {entry.rows} Angaben, die geladen wurden: Der Katalog "
            "wurde seither geändert. Löschen Sie den Ordner und legen Sie ihn mit »python -m etl demo« neu an."
        )


def _rows(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute("select count(*) from loaded_observations").fetchall()[0][0])


def _prepare(connection: duckdb.DuckDBPyConnection, recipe: Recipe, catalog: Catalog) -> None:
    for name, frame in (
        ("areas", sized_areas(recipe, catalog)),
        ("members", regions(recipe, catalog)),
        ("breakdowns", _breakdowns(recipe)),
    ):
        connection.register("made", frame.to_arrow())
        connection.execute(f"create temp table synthetic_{name} as from made")
        connection.unregister("made")
    connection.execute(statement("prepare_synthetic"))


def _breakdowns(recipe: Recipe) -> pl.DataFrame:
    """Return how each breakdown divides the whole: its sign and one or two shares that it is, or is the rest beside."""
    declared = recipe.facts["breakdowns"]
    shares = {each["id"]: (each.get("share", 0.0), no) for no, each in enumerate(declared)}
    rows = []
    for no, each in enumerate(declared):
        parts = [*(shares[id_] for id_ in each.get("rest_of", [each["id"]])), (0.0, 0)][:2]
        sign = -1 if "rest_of" in each else 1 if "share" in each else 0
        rows.append((no, each["id"], sign, *parts[0], *parts[1]))
    names = ["no", "id", "sign", "one", "one_no", "two", "two_no"]
    return pl.DataFrame(rows, schema=names, orient="row")


def _count(
    connection: duckdb.DuckDBPyConnection, recipe: Recipe, quantity: str, first: int, breakdowns: int
) -> None:
    facts = recipe.facts["quantities"][quantity]
    shape = {name: float(facts[name]) for name in ("level", "trend", "season", "peak", "noise")}
    connection.execute(
        statement("count_synthetic"),
        {
            **shape,
            "quantity": quantity,
            "no": recipe.quantities.index(quantity),
            "decimals": facts.get("decimals", 0),
            "seed": recipe.facts["seed"],
            "delivery": _FIRST_CHANCE + recipe.delivery,
            "first": max(0, first),
            "last": recipe.last,
            "final": recipe.last - PROVISIONAL,
            "breakdowns": breakdowns,
        },
    )


def _add_months(
    connection: duckdb.DuckDBPyConnection,
    recipe: Recipe,
    indicator: str,
    months: tuple[int | None, ...],
    catalog: Catalog,
    about: dict[str, Any],
) -> None:
    rate = recipe.rate(indicator, catalog)
    held = [month for month in months if month is not None]
    first = max(recipe.first, min(held)) - lost(rate)
    sides = {rate.formula.numerator.indicator, rate.formula.denominator.indicator} if rate else {indicator}
    connection.execute("truncate synthetic_counts")
    connection.execute("truncate synthetic_values")
    for quantity in sorted(sides):
        _count(connection, recipe, quantity, first, len(held))
    if rate:
        connection.execute(statement("divide_synthetic"), _division(rate))
    else:
        connection.execute(statement("take_synthetic_counts"), {"numerator": indicator})
    connection.execute(
        statement("add_synthetic_months"),
        {
            **about,
            "indicator": indicator,
            "no": recipe.quantities.index(indicator),
            "months": [recipe.end + 1 if month is None else month for month in months],
            "first": recipe.first,
            "last": recipe.last,
            "final": recipe.last - PROVISIONAL,
        },
    )


def _division(rate: Rate) -> dict[str, Any]:
    above, below = rate.formula.numerator, rate.formula.denominator
    return {
        "numerator": above.indicator,
        "denominator": below.indicator,
        "above_lag": above.lag,
        "below_lag": below.lag,
        "above_months": above.months,
        "below_months": below.months,
        "above_sums": above.aggregate == "sum",
        "below_sums": below.aggregate == "sum",
        "average_of": rate.formula.average_of,
        "factor": rate.factor,
        "of_whole": rate.of_whole,
        "less": 100.0 if rate.formula.result == "change" else 0.0,
    }


def _add_years(
    connection: duckdb.DuckDBPyConnection,
    recipe: Recipe,
    indicator: str,
    quantity: str,
    kind: str,
    factor: float,
    about: dict[str, Any],
) -> None:
    first_year = recipe.facts["years"]["first"] - recipe.facts["first_month"].year
    connection.execute("truncate synthetic_counts")
    _count(connection, recipe, quantity, first_year * 12, 1)
    connection.execute(
        statement("add_synthetic_years"),
        {
            **about,
            "indicator": indicator,
            "quantity": quantity,
            "no": recipe.quantities.index(quantity),
            "sums": kind == "sum",
            "kind": "soll" if kind == "soll" else "ist",
            "time_concept": recipe.year_concept(indicator, kind),
            "factor": factor,
            "spread": 0.02 if kind == "soll" else 0.0,
            "first_year": first_year,
        },
    )


def _insert(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, sql: str) -> None:
    connection.register(name, frame.to_arrow())
    connection.execute(statement(sql))
    connection.unregister(name)

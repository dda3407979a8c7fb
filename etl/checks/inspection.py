"""What a check looks at: the delivered rows, what is known, and the words for saying what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from etl.keys import Keys, repeated
from etl.numbers import number_text
from etl.problem import Problem, named, printable, problem
from warehouse.catalog import Catalog
from warehouse.formatting import NBSP, format_plain
from warehouse.periods import period_label
from warehouse.schema import KEY, Row

NOTHING, SUPPRESSED, UNKNOWN, LATER = "nichts", "anonymisiert", "nicht_verfuegbar", "folgt"
ROUNDED = "auf_zehn"
ORIGIN = [*KEY, "source", "data_date"]
"""One value of one delivery: what is compared inside it shares all of these but one."""
_CELL = re.compile(r"Blatt (?P<sheet>.*), (Zelle (?P<column>[A-Z]+)[0-9]+|Zeile [0-9]+)")
_UNDATED = ("dokumentstand", "planjahr", "spanne")


@dataclass(frozen=True)
class Inspection:
    """A delivery under inspection.

    `frame`: OBSERVATION, without repetitions; `known`: the frame of `known_observations.sql`, empty where nothing
    is known; `names`: what areas are called that the catalog does not know; `numbered`: the keys of the rows where
    somebody has numbered them already.
    """

    frame: pl.DataFrame
    catalog: Catalog
    sheet: str = ""
    known: pl.DataFrame = field(default_factory=pl.DataFrame)
    names: Mapping[str, str] = field(default_factory=dict)
    numbered: Keys | None = None

    def threshold(self, id: str) -> float:
        """Return from where on a check speaks, as declared."""
        return self.catalog.thresholds[id].value

    @cached_property
    def keys(self) -> Keys:
        """Return the numbers of the delivered rows."""
        return self.numbered or Keys(self.frame)

    @cached_property
    def indicators(self) -> pl.Series:
        """Return what is delivered, each indicator once."""
        return self.keys.numbered(["indicator"])[1]["indicator"]

    @cached_property
    def repeated(self) -> pl.Series:
        """Tell for each row whether another one has the same key, source and data date."""
        self.keys.is_unique(KEY)  # hardly ever not so, and then nothing else has to be compared
        return self.keys.repeated(ORIGIN)

    @property
    def counts(self) -> pl.DataFrame:
        """Return the rows that count people, households or cases at a time: one for each key, source and data date,
        none where two contradict each other.

        Two columns more: `number` (null where there is none or only about one; `-` is 0) and `slack`, how far it may
        be off: exact whole numbers not at all, fractions and estimates by a half, numbers rounded to ten by five.
        """
        return self.count_keys.frame

    @cached_property
    def count_keys(self) -> Keys:
        """Return the numbers of the rows in `counts`."""
        numbers, series = self.keys.numbered(["indicator", "time_concept"])
        counted = pl.col("indicator").is_in(self._counted) & ~pl.col("time_concept").is_in(_UNDATED)
        is_counted = series.select(counted.fill_null(value=False)).to_series().to_numpy()[numbers]
        estimated = pl.col("status").is_in(["hochgerechnet", "geschaetzt"])
        fraction = estimated | (pl.col("value") != pl.col("value").round())
        stated = pl.col("precision").is_in(["exakt", ROUNDED]) & (pl.col("value") >= 0)
        every = self.frame.with_columns(
            number=pl.when(pl.col("status") == NOTHING).then(0.0).when(stated).then("value"),
            slack=pl.when(pl.col("precision") == ROUNDED).then(5.0).when(fraction).then(0.5).otherwise(0.0),
        )
        if not self.repeated.any():
            return self.keys.rows(np.flatnonzero(is_counted), every)
        rows = every.filter(pl.Series(is_counted))
        said = rows.unique([*ORIGIN, "value", "status", "precision"], keep="first", maintain_order=True)
        return Keys(said.filter(~repeated(said, ORIGIN)))

    @cached_property
    def sums(self) -> dict[str, pl.DataFrame]:
        """Return what checks have added up, by what was added: several look at the same sums."""
        return {}

    @cached_property
    def _counted(self) -> list[str]:
        entries = [self.catalog.indicator(id_) for id_ in self.indicators]
        return [
            entry.id for entry in entries if self.catalog.units[entry.unit].is_count and not entry.base_id
        ]

    def area(self, id: str) -> str:
        """Return the name of an area; its id where nobody knows a name."""
        known = id in self.catalog.jobcenters or id in self.catalog.regions
        return self.catalog.area_name(id) if known else printable(self.names.get(id, id))

    def areas(self, ids: Iterable[str]) -> str:
        """Return areas by name, so many as one message may name and the number of the others."""
        return named([self.area(id_) for id_ in ids], int(self.threshold("named")))

    def subject(self, row: Row) -> str:
        """Return what a row is about: quantity, area, period."""
        quantity = self.catalog.quantity_name(row["indicator"], row["breakdown"])
        period = period_label(row["period_start"], row["period_end"])
        return f"{quantity}, {self.area(row['jobcenter'])}, {period}"

    def number(self, indicator: str, value: float) -> str:
        """Return a number as people read it, with its unit."""
        return _with(format_plain(value), self.catalog.unit(indicator).suffix)

    def exactly(self, indicator: str, value: float) -> str:
        """Return a value with its unit and all its digits: what was found is not rounded."""
        return _with(number_text(value), self.catalog.unit(indicator).suffix)

    def found(self, code: str, row: Row, found: object = "", expected: str = "") -> Problem:
        """Return a problem with the value of a row of the delivery, at the cell it comes from where that is known."""
        cell = _CELL.fullmatch(row["place"])
        sheet, column = (cell["sheet"], cell["column"] or "wert") if cell else (self.sheet, "wert")
        return problem(code, sheet=sheet, row=row["row"], column=column, found=found, expected=expected)

    def noted(self, code: str, found: object, expected: str = "") -> Problem:
        """Return a problem with the delivery as a whole."""
        return problem(code, sheet=self.sheet, found=found, expected=expected)

    def told(
        self,
        rows: pl.DataFrame,
        tell: Callable[[Row], Problem],
        completed: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows,
    ) -> list[Problem]:
        """Return a problem for each row found (with `row` and `jobcenter`), the most one reads; the rest as one.

        `completed` adds to the rows told what it takes to tell them.
        """
        if rows.is_empty():
            return []
        most, rows = int(self.threshold("shown")), rows.sort("row", maintain_order=True)
        told = [tell(row) for row in completed(rows.head(most)).iter_rows(named=True)]
        rest = rows.slice(most)
        if rest.is_empty():
            return told
        areas = self.areas(rest["jobcenter"].unique(maintain_order=True))
        return [
            *told,
            self.noted("further", f"{format_plain(rest.height)} weitere Zeilen", f"{told[0].name} ({areas})"),
        ]


def _with(number: str, suffix: str) -> str:
    return NBSP.join(part for part in (number, suffix) if part)

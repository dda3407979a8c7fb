"""What may be compared with what: the Vergleichbarkeitsstufe, computed from catalog and data, never typed in.

| level | same | allowed |
|---|---|---|
| A | definition, time concept and period | bars, ranks |
| B | definition, time concept and length of the period, other periods | dated dots on a time axis; no bars, no ranks |
| C | definition with another time concept, or declared as alike (similar.toml) | a table with dates and the reason |
| D | nothing comparable | no chart; the reason is said |
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

import polars as pl

from warehouse.catalog import Catalog
from warehouse.periods import length_in_months, months, period_label


class Level(Enum):
    """How far values may be compared; the value is the letter people see."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def name_de(self) -> str:
        """Return the German name of the level."""
        return _NAMES[self]


_SERIES = ["indicator", "breakdown", "kind"]
_SEVERAL = 6
"""So many months of one series are told one by one; more are a time series."""
_NAMES = {
    Level.A: "gleiche Definition, gleicher Zeitraum",
    Level.B: "gleiche Definition, andere Zeiträume",
    Level.C: "ähnliche Definition oder anderer Zeitbezug",
    Level.D: "nicht vergleichbar",
}


@dataclass(frozen=True)
class Comparison:
    """One quantity (indicator, breakdown) of one kind, seen for the Jobcenter that report it.

    `rows`: CURRENT columns, one row per value; for level A only the newest period that most Jobcenter share (at least
    two, in one time concept); for B the values of the one time concept that most share; for C and D all values.
    `others`: the values of the same quantity that may not stand beside them (other period or time concept); they are
    told, never dropped. `courses`: so many months of monthly series were taken out of `others`.
    """

    level: Level
    indicator: str
    breakdown: str
    rows: pl.DataFrame
    others: pl.DataFrame
    courses: int = 0

    @property
    def kind(self) -> str:
        """Return the kind of the values: an Ist is never compared with a Plan."""
        return str(self.rows["kind"][0])

    @property
    def jobcenters(self) -> list[str]:
        """Return the Jobcenter compared, each once."""
        return list(dict.fromkeys(self.rows["jobcenter"].to_list()))

    @property
    def period(self) -> str:
        """Return the period of level A, which all values share."""
        return period_label(self.rows["period_start"][0], self.rows["period_end"][0])

    @property
    def earlier(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return of `others` the months of monthly series (they are a course, not single values), and the rest."""
        series = ["jobcenter", "time_concept", "source"]
        every = pl.concat([self.others, self.rows]).filter(months() == 1)
        told = self.others.join(every.group_by(series).len(), on=series, how="left", maintain_order="left")
        is_course = (months() == 1) & (pl.col("len").fill_null(0) > _SEVERAL)
        return told.filter(is_course).drop("len"), told.filter(~is_course).drop("len")

    def without_courses(self) -> Comparison:
        """Return the same with the months of monthly series only counted: the national histories of a topic are long."""
        earlier, others = self.earlier
        return replace(self, others=others, courses=earlier.height)


def compare_values(catalog: Catalog, first: dict[str, object], second: dict[str, object]) -> Level:
    """Return the level of two values, given as rows with CURRENT columns; the order of the two does not matter."""
    one, other = (catalog.indicator(str(row["indicator"])) for row in (first, second))
    same_quantity = (
        one.id == other.id and first["breakdown"] == second["breakdown"] and first["kind"] == second["kind"]
    )
    if (
        same_quantity
        and first["time_concept"] == second["time_concept"]
        and _months(first) == _months(second)
    ):
        same_period = (first["period_start"], first["period_end"]) == (
            second["period_start"],
            second["period_end"],
        )
        return Level.A if same_period else Level.B
    one_similar, other_similar = (
        catalog.similar_to(str(row["indicator"]), str(row["breakdown"])) for row in (first, second)
    )
    alike = same_quantity or (
        one_similar is not None and one_similar == other_similar and first["kind"] == second["kind"]
    )
    return Level.C if alike else Level.D


def compare_family(catalog: Catalog, rows: pl.DataFrame) -> list[Comparison]:
    """Return one comparison per indicator, breakdown and kind, best level first, then by how many Jobcenter report it.

    `rows`: CURRENT columns, values of one family, Jobcenter only (no reference regions).
    """
    with_value = rows.filter(pl.col("value").is_not_null())
    reporting = _reporting(catalog, with_value)
    found = [
        _compare(str(indicator), str(breakdown), group, alone=len(reporting[_subject(catalog, *series)]) < 2)
        for series, group in with_value.group_by(_SERIES, maintain_order=True)
        for indicator, breakdown, _ in [series]
    ]
    kinds = list(catalog.kinds)
    return sorted(
        found,
        key=lambda entry: (
            entry.level.value,
            kinds.index(entry.kind),
            -len(entry.jobcenters),
            _place_in_family(catalog, entry),
            _subject(catalog, entry.indicator, entry.breakdown, entry.kind),
            entry.indicator,
            entry.breakdown,
        ),
    )


def _place_in_family(catalog: Catalog, entry: Comparison) -> tuple[int, int]:
    """Return how early a family names a quantity, and how small a part of it is meant: the whole goes first."""
    family = catalog.families.get(catalog.family_of(entry.indicator, entry.breakdown))
    members = [member.partition("/")[0] for member in family.members] if family else []
    base = catalog.indicator(entry.indicator).base_id or entry.indicator
    place = members.index(base) if base in members else len(members)
    return place, len(entry.breakdown.split("+")) if entry.breakdown else 0


def _subject(catalog: Catalog, *series: object) -> tuple[str, str, str]:
    indicator, breakdown, kind = map(str, series)
    similar = catalog.similar_to(indicator, breakdown)
    return (similar.id, "", kind) if similar else (indicator, breakdown, kind)


def _reporting(catalog: Catalog, rows: pl.DataFrame) -> dict[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = {}
    for *series, jobcenter in rows.select(*_SERIES, "jobcenter").unique().iter_rows():
        found.setdefault(_subject(catalog, *series), set()).add(jobcenter)
    return found


def _compare(indicator: str, breakdown: str, rows: pl.DataFrame, *, alone: bool) -> Comparison:
    rows = rows.with_columns(months=_length_in_months())
    for level, by in (
        (Level.A, ["time_concept", "period_start", "period_end"]),
        (Level.B, ["time_concept", "months"]),
    ):
        shared = _most_shared(rows, by)
        if shared is not None:
            together = rows.join(shared, on=by, how="semi", nulls_equal=True, maintain_order="left")
            others = rows.join(shared, on=by, how="anti", nulls_equal=True, maintain_order="left")
            return Comparison(level, indicator, breakdown, together.drop("months"), others.drop("months"))
    rows = rows.drop("months")
    return Comparison(Level.D if alone else Level.C, indicator, breakdown, rows, rows.clear())


def _length_in_months() -> pl.Expr:
    """Return the length of a period in months, a day counting as its month: a value of one year is not one of three."""
    return pl.max_horizontal(months(), 1)


def _months(row: dict[str, object]) -> int:
    start, end = row["period_start"], row["period_end"]
    return length_in_months(start, end) if isinstance(start, date) and isinstance(end, date) else 0


def _most_shared(rows: pl.DataFrame, by: list[str]) -> pl.DataFrame | None:
    """Return the one combination of `by` that most Jobcenter share, at least two; of several the newest, then the shortest."""
    counts = (
        rows.filter(
            pl.col("time_concept") != "dokumentstand"
        )  # undated values share no period, whatever it says
        .group_by(by)
        .agg(
            pl.col("jobcenter").n_unique().alias("jobcenters"),
            pl.col("period_end").max().alias("newest"),
            pl.col("months").min().alias("length"),
        )
        .filter(pl.col("jobcenters") >= 2)
        .sort("jobcenters", "newest", "length", *by, descending=[True, True, *[False] * (len(by) + 1)])
        .head(1)
    )
    return None if counts.is_empty() else counts.select(by)

"""The recipe of synthetic figures: its text is the kept extract of a synthetic load, from which the same rows are made again."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from etl.extract import DamagedWarehouseError, Extract
from warehouse.catalog import Catalog, Formula, Operand

FORMAT = "synthetisch"
"""Format of a synthetic load in the log."""
VERSION = 1
"""Changes with the statements that follow a recipe (`sql/*synthetic*.sql`); rows of another version are never made."""
_TEXT = Path(__file__).parent / "recipe.toml"
_HEAD = "# Synthetische Daten, erfunden: Keine Zahl beschreibt ein wirkliches Jobcenter.\n"


@dataclass(frozen=True)
class Rate:
    """How a rate follows from two counted quantities: a formula and what its quotient in percent is multiplied by."""

    formula: Formula
    factor: float = 1.0
    of_whole: bool = False


@dataclass(frozen=True)
class Recipe:
    """One delivery of a recipe, in one size; months are numbers, the first month of the recipe is 0."""

    facts: dict[str, Any]
    size: str
    delivery: int

    @property
    def delivered(self) -> dict[str, Any]:
        """Return name, first and last month and date of the delivery."""
        found: dict[str, Any] = self.facts["deliveries"][self.delivery]
        return found

    def month(self, day: date) -> int:
        """Return the number of the month of a day."""
        start: date = self.facts["first_month"]
        return (day.year - start.year) * 12 + day.month - start.month

    @property
    def first(self) -> int:
        """Return the first month of the delivery."""
        return self.month(self.delivered["first"])

    @property
    def last(self) -> int:
        """Return the last month of the delivery."""
        return self.month(self.delivered["last"])

    @property
    def end(self) -> int:
        """Return the last month of all deliveries."""
        return max(self.month(each["last"]) for each in self.facts["deliveries"])

    @cached_property
    def quantities(self) -> list[str]:
        """Return all quantities, hidden ones too; the place of one is its number."""
        return list(self.facts["quantities"])

    @cached_property
    def indicators(self) -> dict[str, tuple[int | None, ...]]:
        """Return indicator → first month of each breakdown, None where the size leaves it out; by id, as published."""
        shown = [id_ for id_ in self.quantities if not self.facts["quantities"][id_].get("hidden")]
        parts = len(self.facts["breakdowns"])
        held = {
            id_: tuple(self._first_month(no, part) for part in range(parts)) for no, id_ in enumerate(shown)
        }
        return {
            id_: months for id_, months in sorted(held.items()) if any(each is not None for each in months)
        }

    def _first_month(self, no: int, part: int) -> int | None:
        lengths = [
            months for shown, parts, months in self.facts["sizes"][self.size] if no < shown and part < parts
        ]
        return self.end + 1 - max(lengths) if lengths else None

    def rate(self, id: str, catalog: Catalog) -> Rate | None:
        """Return how an indicator is computed; None for one that is counted."""
        facts = self.facts["quantities"][id]
        if "level" in facts:
            return None
        if "of" not in facts:
            formula = catalog.indicator(id).formula
            if formula is None:
                raise DamagedWarehouseError(
                    f"Der Katalog nennt für »{id}« keine Formel mehr, das Rezept braucht sie."
                )
            return Rate(formula)
        above, below = (Operand(facts.get(side, facts["of"]), 1, "sum") for side in ("of", "basis"))
        return Rate(Formula(above, below, "ratio", ""), facts.get("factor", 1.0), facts.get("part", False))

    def rows(self, catalog: Catalog, regions: int) -> int:
        """Return how many rows the delivery has."""
        areas = self.facts["jobcenters"] + regions
        monthly = sum(
            max(0, self.last - max(self.first, months, lost(self.rate(id_, catalog))) + 1)
            for id_, parts in self.indicators.items()
            for part, months in enumerate(parts)
            if months is not None and not (part == 0 and self.facts["quantities"][id_].get("part"))
        )
        return int(areas * monthly) + len(catalog.jobcenters) * len(self.years) * self._years

    @property
    def years(self) -> list[tuple[str, str, str, float]]:
        """Return indicator, quantity, kind and factor of the yearly series; only the last delivery brings them."""
        if self.last < self.end:
            return []
        found = self.facts["years"]
        sums = [(id_, quantity, "sum", 1.0) for id_, quantity in found["sums"].items()]
        averaged = {**dict(zip(found["aims"], found["aims"], strict=True)), **found.get("means", {})}
        averages = [(id_, quantity, "ist", 1.0) for id_, quantity in averaged.items()]
        return [*sums, *averages, *((id_, id_, "soll", factor) for id_, factor in found["aims"].items())]

    def year_concept(self, indicator: str, kind: str) -> str:
        """Return the time concept of a yearly series: of sums the calendar year or the one declared, of averages the JDW."""
        declared: dict[str, str] = self.facts["years"].get("on", {})
        return declared.get(indicator, "jahr") if kind == "sum" else "jdw"

    @property
    def _years(self) -> int:
        return (self.end + 1) // 12 - int(self.facts["years"]["first"] - self.facts["first_month"].year)

    @property
    def content(self) -> bytes:
        """Return the bytes that are kept."""
        return f'{_HEAD}size = "{self.size}"\ndelivery = {self.delivery}\n{_text()}'.encode()


def lost(rate: Rate | None) -> int:
    """Return how many months at the beginning a rate cannot be computed for."""
    if rate is None:
        return 0
    sides = (rate.formula.numerator, rate.formula.denominator)
    return max(side.months - 1 + side.lag for side in sides) + rate.formula.average_of - 1


def sizes() -> list[str]:
    """Return the names of the sizes, smallest first."""
    return list(tomllib.loads(_text())["sizes"])


def deliveries(size: str) -> Iterator[Recipe]:
    """Yield the deliveries of today's recipe in their order."""
    facts = tomllib.loads(_text())
    for number in range(len(facts["deliveries"])):
        yield Recipe(facts, size, number)


def understood(extract: Extract) -> Recipe:
    """Return the recipe that was kept (DamagedWarehouseError where this version follows it differently)."""
    facts = tomllib.loads(extract.content.decode())
    if facts["version"] != VERSION:
        raise DamagedWarehouseError(
            f"Der synthetische Bestand ist nach Fassung {facts['version']} berechnet, diese Anwendung rechnet nach "
            f"Fassung {VERSION}. Löschen Sie seinen Ordner und legen Sie ihn mit »python -m etl demo« neu an."
        )
    return Recipe(facts, facts["size"], facts["delivery"])


def _text() -> str:
    return _TEXT.read_text(encoding="utf-8")

"""Asks once for many quantities what is needed of each: few, whole questions instead of many small ones."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any

import polars as pl

from warehouse.areas import Ask
from warehouse.catalog import Catalog
from warehouse.formulas import inputs_of, parts_of

_ALWAYS = {"first": date(1, 1, 1), "last": date(9999, 12, 31)}
_MOST_AREAS = 5
"""Courses of so few areas are read for all quantities at once; those of a whole group would be large."""


def reading_ahead(catalog: Catalog, ask: Ask, quantities: Iterable[tuple[str, str]]) -> Ask:
    """Return what answers the same as `ask`, but reads for all `quantities` what is asked for one of them, and nothing twice.

    That is their periods, the courses of a few areas, and the values of many areas at one period. Not to be kept for long: it
    remembers every answer.
    """
    own = tuple(quantities)
    named = tuple(sorted({id_ for id_, _ in own}))
    sides = (catalog.quotients[id_] for id_ in named if id_ in catalog.quotients)
    below = (side for each in sides for side in (each.numerator, each.denominator))
    indicators = {*named, *inputs_of(catalog, named), *below}
    breakdowns = {*(part for _, part in own), *parts_of(catalog, named)}
    read: dict[Hashable, pl.DataFrame] = {}

    def once(name: str, asked: dict[str, Any]) -> pl.DataFrame:
        key = (name, *sorted((each, _fixed(given)) for each, given in asked.items()))
        if key not in read:
            read[key] = ask(name, **asked)
        return read[key]

    def answer(name: str, /, **asked: Any) -> pl.DataFrame:
        if not _is_one_of(asked, indicators, breakdowns) or len(asked.get("areas", ())) > _most_areas(name):
            return once(name, asked)
        whole = {**asked, "indicators": tuple(sorted(indicators)), "breakdowns": tuple(sorted(breakdowns))}
        return once(name, whole | (_ALWAYS if "first" in asked else {})).filter(_is_asked(asked))

    return answer


def _most_areas(name: str) -> float:
    return {"reported_periods": 0, "series_of_areas": _MOST_AREAS, "values_of_areas": float("inf")}.get(
        name, -1
    )


def _is_one_of(asked: dict[str, Any], indicators: set[str], breakdowns: set[str]) -> bool:
    return {*asked.get("indicators", ("",))} <= indicators and {
        *asked.get("breakdowns", ("?",))
    } <= breakdowns


def _fixed(given: Any) -> Hashable:
    return tuple(given) if isinstance(given, list) else given


def _is_asked(asked: dict[str, Any]) -> pl.Expr:
    """Return the condition of the rows that a question asks for, of those of all quantities."""
    conditions = [pl.col(name).is_in(list(asked[f"{name}s"])) for name in ("indicator", "breakdown")]
    if "first" in asked:
        conditions += [pl.col("period_start") >= asked["first"], pl.col("period_end") <= asked["last"]]
    return pl.all_horizontal(conditions)

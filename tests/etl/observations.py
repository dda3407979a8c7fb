"""Builds frames of observations for the tests of checks: only what a test is about is named."""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from etl.check import check, check_against
from etl.problem import Problem
from etl.tidy import Tidied
from warehouse.catalog import Catalog, load_catalog
from warehouse.schema import OBSERVATION

CATALOG = load_catalog()


def month(text: str) -> dict[str, date]:
    """Return the period of a month written as `2019-06`."""
    year, number = map(int, text.split("-"))
    last = calendar.monthrange(year, number)[1]
    return {"period_start": date(year, number, 1), "period_end": date(year, number, last)}


def observation(
    value: float | str | None = 100, breakdown: str = "", period: str = "2019-06", **named: Any
) -> dict[str, Any]:
    """Return a row: Halle, ELB, June 2019, final and exact; a text as value is the status of a missing one."""
    row = {
        **{"jobcenter": "halle", "indicator": "elb", "time_concept": "stichtag", "kind": "ist"},
        **{"status": "endgueltig", "precision": "exakt", "source": "BA", "data_date": date(2019, 12, 31)},
        **{"place": "", "line": "", "note": "", "breakdown": breakdown, **month(period)},
    }
    stated = {"value": None, "status": value} if isinstance(value, str) else {"value": value}
    return {**row, **stated, **named}


def frame(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """Return rows as OBSERVATION, numbered from 2 on as in a delivery with a header."""
    numbered = [{"row": number, **row} for number, row in enumerate(rows, 2)]
    return pl.DataFrame(numbered, schema=OBSERVATION)


def problems(*rows: Mapping[str, Any], catalog: Catalog = CATALOG) -> list[Problem]:
    """Return what the checks say about a delivery of these rows by itself."""
    return check(Tidied("observations", frame(*rows), 0), catalog, "Blatt 1")[1]


def against(
    known: pl.DataFrame, *rows: Mapping[str, Any], names: Mapping[str, str] | None = None
) -> list[Problem]:
    """Return what does not fit what is known, nothing else."""
    return check_against(known, Tidied("observations", frame(*rows), 0), CATALOG, "Blatt 1", names)


def codes(*rows: Mapping[str, Any], **named: Any) -> list[str]:
    """Return the kinds of what the checks say."""
    return [found.code for found in problems(*rows, **named)]

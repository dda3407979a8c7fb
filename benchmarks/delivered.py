"""Invented Langformat files as large as a national delivery: every run writes the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from warehouse.catalog import Catalog, load_catalog

LEAN = ("jobcenter", "kennzahl", "merkmal", "zeitraum", "wert")
"""The columns of a file written by hand; the product's own export has all of the Langformat."""
FIRST_YEAR = 1998
_AGES = {"unter-25": 0.17, "25-bis-55": 0.65, "ab-55": 0.0}
_ORIGINS = {"deutsche": 0.7, "auslaender": 0.0}
_MEN = 0.52


def langformat(months: int, *, first: int = 0, is_lean: bool = True, data_date: str = "") -> bytes:
    """Return the rows of all areas of the catalog in some months: counts whose parts add up, and rates.

    `first`: the number of the first month, counted from January of FIRST_YEAR. The lean file is ordered by month, the
    other one as the product exports it.
    """
    frame = _frame(months, first)
    if not is_lean:
        frame = _as_exported(frame, data_date or str(date(FIRST_YEAR + 30, 1, 1)))
    text = io.BytesIO()
    frame.select(LEAN if is_lean else pl.all()).write_csv(text, separator=";", quote_style="never")
    return text.getvalue()


def rows_of_month() -> int:
    """Return how many rows one month has."""
    return _frame(1, 0).height


def _frame(months: int, first: int) -> pl.DataFrame:
    catalog = load_catalog()
    counts, rates = _indicators(catalog, is_count=True), _indicators(catalog, is_count=False)
    periods = [f"{FIRST_YEAR + at // 12}-{at % 12 + 1:02d}" for at in range(first, first + months)]
    parts = [
        _column(catalog, indicator, number, at, is_count=is_count).with_columns(zeitraum=pl.lit(period))
        for at, period in enumerate(periods, first)
        for is_count, indicators in ((True, counts), (False, rates))
        for number, indicator in enumerate(indicators)
    ]
    return pl.concat(parts)


def _indicators(catalog: Catalog, *, is_count: bool) -> list[str]:
    """Return what months are delivered of: all counts, or all shares in percent."""

    def fits(id_: str) -> bool:
        entry = catalog.indicator(id_)
        unit = catalog.units[entry.unit]
        is_rate = unit.suffix == "%" and entry.minimum == 0 and entry.maximum == 100
        is_monthly = "stichtag" in entry.time_concepts and not entry.base_id
        return is_monthly and (unit.is_count if is_count else is_rate)

    return sorted(filter(fits, catalog.indicator_ids))


def _column(catalog: Catalog, indicator: str, number: int, at: int, *, is_count: bool) -> pl.DataFrame:
    areas = list(_areas(catalog, number, at))
    values = np.array([parts for _, parts in areas])
    if not is_count:
        values = 5 + 90 * ((values[:, :1] * 7 + np.arange(values.shape[1]) * 13 + number * 29) % 977) / 977
        values = values + np.cos(at / 6)
    texts = (
        pl.Series(values.ravel().astype(np.int64)).cast(pl.String)
        if is_count
        else pl.Series(np.round(values.ravel(), 1)).cast(pl.String).str.replace(".", ",", literal=True)
    )
    names = pl.Series(_BREAKDOWNS)
    return pl.DataFrame(
        {
            "jobcenter": [id_ for id_, _ in areas for _ in names],
            "kennzahl": pl.Series([indicator]).new_from_index(0, len(texts)),
            "merkmal": pl.concat([names] * len(areas)),
            "wert": texts,
        }
    )


def _areas(catalog: Catalog, number: int, at: int) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each area with its counts: Jobcenter are less than their Land, Länder add up to Deutschland."""
    laender = [region for region in catalog.regions.values() if region.kind == "land"]
    move = 1 + 0.02 * np.sin(at / 2 + number) + 0.002 * at
    of_land = {
        land.id: _parts(int((20_000 + 9_000 * place + 500 * number) * move))
        for place, land in enumerate(laender)
    }
    yield from of_land.items()
    for land in laender:
        own = [each.id for each in catalog.jobcenters.values() if each.land == land.name]
        for place, jobcenter in enumerate(own):
            yield jobcenter, _parts(int(of_land[land.id][0] * (0.5 + place / len(own)) / (len(own) + 1)))
    every = np.array(list(of_land.values()))
    whole, east = every.sum(axis=0), every[10:].sum(axis=0)
    of_region = {"de": whole, "ost": east, "west": whole - east}
    for region in catalog.regions.values():
        if region.kind != "land":
            yield region.id, of_region.get(region.id, _parts(int(whole[0]) // 9))


def _parts(whole: int) -> np.ndarray:
    """Return a count and its parts by sex, age and origin, also within a sex, in the order of the breakdowns."""
    men = int(whole * _MEN)
    cells = [
        [_split(sex, shares) for shares in (_AGES.values(), _ORIGINS.values())] for sex in (men, whole - men)
    ]
    both = [
        [a + b for a, b in zip(one, other, strict=True)]
        for one, other in zip(cells[0], cells[1], strict=True)
    ]
    return np.array(
        [
            value
            for total, split in ((whole, both), (men, cells[0]), (whole - men, cells[1]))
            for value in (total, *split[0], *split[1])
        ]
    )


def _split(whole: int, shares: object) -> list[int]:
    parts = [int(whole * share) for share in list(shares)[:-1]]  # type: ignore[call-overload]
    return [*parts, whole - sum(parts)]


_BREAKDOWNS = [
    "+".join(filter(None, (part, sex)))
    for sex in ("", "maenner", "frauen")
    for part in ("", *_AGES, *_ORIGINS)
]


def _as_exported(frame: pl.DataFrame, data_date: str) -> pl.DataFrame:
    """Return the rows in all columns of the Langformat, ordered and filled as the product's own export."""
    catalog = load_catalog()
    units = {id_: catalog.unit(id_).id for id_ in frame["kennzahl"].unique()}
    rows = frame.with_row_index("at", offset=2).sort("kennzahl", "merkmal", "jobcenter", "zeitraum")
    return rows.select(
        *("jobcenter", "kennzahl", "merkmal", "zeitraum"),
        pl.lit("stichtag").alias("zeitbezug"),
        pl.lit("ist").alias("art"),
        "wert",
        pl.col("kennzahl").replace_strict(units).alias("einheit"),
        pl.lit("exakt").alias("genauigkeit"),
        pl.lit("endgueltig").alias("status"),
        pl.lit(data_date).alias("datenstand"),
        pl.lit("lieferung").alias("quelle"),
        pl.format("Zeile {} der Lieferung", "at").alias("fundstelle"),
        pl.lit("").alias("zeile"),
        pl.lit("").alias("anmerkung"),
    )

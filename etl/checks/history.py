"""What was known of a series before the delivered value: one period and one year earlier."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from etl.checks.inspection import ROUNDED, Inspection
from etl.keys import Keys, Places
from warehouse.periods import months
from warehouse.schema import KEY

SERIES = ["jobcenter", "indicator", "breakdown", "time_concept", "kind", "source"]
PERIOD = ["period_start", "period_end"]
PREVIOUS, YEAR = "previous", "year"
LAGS = (PREVIOUS, YEAR)
_IDENTITY = [*KEY, "source"]
_THEN = ["then_start", "then_end"]


def newest(known: pl.DataFrame) -> pl.DataFrame:
    """Return the rows at the newest data date of each key and source."""
    latest = known.group_by(_IDENTITY).agg(pl.col("data_date").max())
    return known.join(latest, on=[*_IDENTITY, "data_date"], how="semi")


def moving(inspection: Inspection) -> tuple[Keys, npt.NDArray[np.int64]]:
    """Return the counts whose past is looked at, and their places in `counts`: of each series and period the newest."""
    every = inspection.count_keys
    moves = (every.column("kind") == "ist").fill_null(value=False) & every.column("number").is_not_null()
    at = np.flatnonzero(moves.to_numpy())
    keys = every.rows(at)
    if keys.is_unique([*SERIES, *PERIOD]):
        return keys, at
    by_date = keys.frame.with_columns(at=at).sort("data_date", maintain_order=True)
    newest_ = by_date.unique([*SERIES, *PERIOD], keep="last", maintain_order=True)
    return Keys(newest_), newest_["at"].to_numpy()


class History:
    """Finds the earlier value of delivered counts (`moving`): in the delivery itself, else the newest one known.

    The periods looked at: the one just before (of calendar months, quarters and years), and the same of the year before
    (of months, quarters and single days).
    """

    def __init__(self, inspection: Inspection, delivered: Keys) -> None:
        period, periods = delivered.numbered(PERIOD)
        steps = {lag: _earlier(periods, lag) for lag in LAGS}
        known = _known_then(inspection, pl.concat(list(steps.values())))
        every = delivered
        if not known.is_empty():
            rows = delivered.frame.select(*SERIES, *PERIOD, "number")
            every = Keys(pl.concat([rows, known.select(*SERIES, *PERIOD, number="value")]))
            period, periods = every.numbered(PERIOD)
        self._period = period
        self._keys, size = every.numbers([*SERIES, *PERIOD])  # the period counts last in a key
        self._places, self._numbers = Places(self._keys, size), every.column("number").to_numpy()
        self._then = {lag: _numbered(periods.with_row_index("period"), step) for lag, step in steps.items()}

    def before(self, lag: str, rows: npt.NDArray[np.int64] | slice) -> npt.NDArray[np.float64]:
        """Return what some of the delivered rows were then, NaN where nobody knows."""
        period = self._period[rows]
        then = self._then[lag][period]
        asked = self._keys[rows] + (then - period)
        asked[then < 0] = 0
        at = self._places.of(asked)
        found = self._numbers[at]
        found[(then < 0) | (at < 0)] = np.nan
        return found


def _known_then(inspection: Inspection, steps: pl.DataFrame) -> pl.DataFrame:
    """Return the newest counts known of the periods that are looked at."""
    if inspection.known.is_empty():
        return inspection.known
    then = steps.select(period_start="then_start", period_end="then_end").unique()
    of_then = inspection.known.join(then, on=PERIOD, how="semi").filter(
        pl.col("value") >= 0, pl.col("precision").is_in(["exakt", ROUNDED]), pl.col("kind") == "ist"
    )
    return newest(of_then)


def _numbered(periods: pl.DataFrame, steps: pl.DataFrame) -> npt.NDArray[np.int64]:
    """Return for each numbered period the number of the earlier one, -1 where there is none."""
    then = periods.select(
        then_start="period_start", then_end="period_end", then=pl.col("period").cast(pl.Int64)
    )
    found = steps.join(then, on=_THEN, how="inner")
    numbered = periods.join(found, on=PERIOD, how="left", maintain_order="left").sort("period")
    return numbered["then"].fill_null(-1).to_numpy()


def _earlier(periods: pl.DataFrame, lag: str) -> pl.DataFrame:
    start, following = pl.col("period_start"), pl.col("period_end").dt.offset_by("1d")
    is_calendar = (start.dt.day() == 1) & (following.dt.day() == 1) & months().is_in([1, 3, 12])
    is_day = start == pl.col("period_end")
    back, fits = (
        (pl.format("-{}mo", months()), is_calendar)
        if lag == PREVIOUS
        else (pl.lit("-12mo"), is_day | (is_calendar & (months() < 12)))
    )
    return periods.filter(fits).with_columns(
        then_start=start.dt.offset_by(back), then_end=following.dt.offset_by(back).dt.offset_by("-1d")
    )

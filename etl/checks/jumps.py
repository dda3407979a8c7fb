"""Counts that moved unlike their own past and unlike all other areas of the delivery."""

from __future__ import annotations

from math import log

import numpy as np
import numpy.typing as npt
import polars as pl

from etl.checks.history import LAGS, PERIOD, PREVIOUS, SERIES, YEAR, History, moving
from etl.checks.inspection import Inspection
from etl.checks.territory import territories
from etl.problem import Problem
from warehouse.formatting import format_percent, format_plain
from warehouse.schema import Row

_PEERS = [*(name for name in SERIES if name != "jobcenter"), *PERIOD]
_FEW = 3
"""Fewer areas have no median that says how such counts move."""
_NORMAL = 1.4826
"""Makes the median absolute deviation as large as a standard deviation where deviations are normal."""


def jumps(inspection: Inspection) -> list[Problem]:
    """Find counts that changed far more than those of the other areas, than chance and than a declared share.

    A value must be odd against the period before and, where it is known, against the same of the year before: what
    returns every year is none. Where an area took over another one, that is said instead.
    """
    found = _Movements(inspection)
    odd = found.odd()
    if odd.is_empty():
        return []
    changed, areas = territories(inspection, found.previous, odd)
    rest = _largest(odd.filter(~pl.col("jobcenter").is_in(areas)).with_columns(gross=_gross(inspection)))
    told = [
        problem
        for gross in (True, False)
        for problem in inspection.told(
            rest.filter(pl.col("gross") == gross), lambda row: _told(inspection, row)
        )
    ]
    return changed + told


def _largest(odd: pl.DataFrame) -> pl.DataFrame:
    """Return the largest of the jumps of one indicator in one area: its parts (`parts`) jump with it."""
    one = [*(name for name in SERIES if name != "breakdown"), *PERIOD, "gross"]
    size = pl.max_horizontal("number", *(f"before_{lag}" for lag in LAGS))
    ordered = odd.with_columns(size=size).sort("size", descending=True, maintain_order=True)
    return ordered.with_columns(parts=pl.len().over(one) - 1).unique(one, keep="first", maintain_order=True)


class _Movements:
    """How the delivered counts moved against the period before and, those that matter, against the year before.

    Of each lag: `before`, `expected` (had it moved as the areas' median), `deviation` from it (in logarithms) and
    `spread`, the usual deviation of the areas; `peers` numbers the areas that are compared.
    """

    def __init__(self, inspection: Inspection) -> None:
        self.inspection = inspection
        keys, at = moving(inspection)
        self.history = History(inspection, keys)
        peers, _ = keys.numbered(_PEERS)
        number = keys.column("number")
        self.delivered = pl.DataFrame({"at": at, "number": number, "peers": peers}).with_row_index("no")
        before = self.history.before(PREVIOUS, slice(0, len(peers)))
        self.without = self.delivered.select("no").filter(np.isnan(before))
        lively = self._lively(number.to_numpy(), before, peers)
        self.moved = {PREVIOUS: self._moved(PREVIOUS, self.delivered.filter(lively))}

    def _lively(
        self, number: npt.NDArray[np.float64], before: npt.NDArray[np.float64], peers: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Tell which rows have peers of which one may be a jump: some moved further than the declared share from others.

        Where all moved alike nobody is that far from their median; most peers are so, and nothing more is computed of them.
        """
        is_known, size = ~np.isnan(before), int(peers.max(initial=0)) + 1
        of, factor = peers[is_known], (number[is_known] + 0.5) / (before[is_known] + 0.5)
        least, most = np.full(size, np.inf), np.zeros(size)
        np.minimum.at(least, of, factor)
        np.maximum.at(most, of, factor)
        share = (1 + self.inspection.threshold("jump_share")) * (1 - 1e-9)  # logarithms are rounded
        is_few = np.bincount(of, minlength=size) < _FEW  # they have no median, and are measured against 1
        least, most = (
            np.where(is_few, np.minimum(least, 1), least),
            np.where(is_few, np.maximum(most, 1), most),
        )
        lively: npt.NDArray[np.bool_] = (most > share * least)[peers] & is_known
        return lively

    def odd(self) -> pl.DataFrame:
        """Return the counts that are jumps, with what they were and should be (`before_previous`, `before_year`, …)."""
        most = self.inspection.threshold("jump_deviations")
        jumped = self._far(PREVIOUS, most)
        self.moved[YEAR] = self._moved_with(YEAR, pl.concat([jumped["no"], self.without["no"]]))
        of_year = self._far(YEAR, self.inspection.threshold("jump_deviations_year"))
        unlike = jumped.join(self.moved[YEAR], on="no", how="anti")["no"]
        confirmed = jumped.join(of_year, on="no", how="semi")["no"]
        alone = self._far(YEAR, most).join(self.without, on="no", how="semi")["no"]
        chosen = self.delivered[pl.concat([unlike, confirmed, alone])]
        return self._with_counts(chosen.select("no", "at").sort("at"), LAGS)

    def previous(self) -> pl.DataFrame:
        """Return all counts that have a value in the period before, with `before_previous` and `expected_previous`."""
        self.moved[PREVIOUS] = self._moved(PREVIOUS, self.delivered)
        return self._with_counts(self.moved[PREVIOUS].select("no", "at"), (PREVIOUS,))

    def _with_counts(self, rows: pl.DataFrame, lags: tuple[str, ...]) -> pl.DataFrame:
        whole = pl.concat([rows, self.inspection.count_keys.of(rows["at"].to_numpy())], how="horizontal")
        for lag in lags:
            peers = self._with_spread(self.moved[lag].join(rows.select("no"), on="no", how="semi"), lag)
            names = {name: f"{name}_{lag}" for name in ("before", "expected", "deviation", "spread")}
            own = peers.select("no", *names).rename(names)
            whole = whole.join(own, on="no", how="left", maintain_order="left")
        return whole.drop("no", "at")

    def _moved(self, lag: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Return those of some whole groups of peers that have an earlier value."""
        before = pl.Series("before", self.history.before(lag, rows["no"].to_numpy()), nan_to_null=True)
        moved = rows.with_columns(before).filter(pl.col("before").is_not_null())
        moved = moved.with_columns(change=((pl.col("number") + 0.5) / (pl.col("before") + 0.5)).log())
        usual = moved.group_by("peers").agg(
            pl.col("change").median().alias("median"), pl.len().alias("count")
        )
        median = pl.when(pl.col("count") >= _FEW).then("median").otherwise(0.0)
        return moved.join(usual, on="peers", maintain_order="left").select(
            *("no", "at", "peers", "number", "before", "count"),
            deviation=pl.col("change") - median,
            expected=pl.col("before") * median.exp(),
        )

    def _moved_with(self, lag: str, rows: pl.Series) -> pl.DataFrame:
        """Return how these rows moved and all peers of them, where they have an earlier value."""
        is_known = ~np.isnan(self.history.before(lag, rows.to_numpy()))
        asked = self.delivered[rows.filter(pl.Series(is_known))].select("peers").unique()
        return self._moved(lag, self.delivered.join(asked, on="peers", how="semi", maintain_order="left"))

    def _far(self, lag: str, deviations: float) -> pl.DataFrame:
        """Return the rows that are further off than so many spreads, than chance and than the declared share."""
        threshold, moved = self.inspection.threshold, self.moved[lag]
        chance = (pl.col("number") + pl.col("expected")).sqrt() * threshold("jump_chance")
        beyond = moved.filter(
            pl.col("deviation").abs() > log(1 + threshold("jump_share")),
            (pl.col("number") - pl.col("expected")).abs() > chance,
        )
        return self._with_spread(beyond, lag).filter(
            pl.col("deviation").abs() > deviations * pl.col("spread")
        )

    def _with_spread(self, rows: pl.DataFrame, lag: str) -> pl.DataFrame:
        """Add the usual deviation of their peers to some rows: hardly ever many, and only they need it."""
        of_peers = self.moved[lag].join(rows.select("peers").unique(), on="peers", how="semi")
        spreads = of_peers.group_by("peers").agg((_NORMAL * pl.col("deviation").abs().median()).alias("mad"))
        measured = pl.max_horizontal("mad", pl.lit(self.inspection.threshold("jump_spread")))
        alone = pl.lit(self.inspection.threshold("jump_spread_alone"))
        few = self.inspection.threshold("jump_peers")
        return rows.join(spreads, on="peers", maintain_order="left").with_columns(
            spread=pl.when(pl.col("count") < few).then(alone).otherwise(measured)
        )


def _gross(inspection: Inspection) -> pl.Expr:
    def by(lag: str) -> pl.Expr:
        deviation = pl.col(f"deviation_{lag}").abs()
        beyond = deviation > inspection.threshold("gross_deviations") * pl.col(f"spread_{lag}")
        return (
            beyond & (deviation > log(inspection.threshold("gross_factor"))) & (pl.col(f"before_{lag}") > 0)
        )

    return (pl.col("number") > 0) & pl.coalesce(by(lag) for lag in LAGS).fill_null(False)


def _told(inspection: Inspection, row: Row) -> Problem:
    lag = PREVIOUS if row["before_previous"] is not None else YEAR
    words = {PREVIOUS: "im Zeitraum davor", YEAR: "ein Jahr davor"}
    earlier = [
        f"{words[each]} {format_plain(row[f'before_{each}'])}"
        for each in LAGS
        if row[f"before_{each}"] is not None
    ]
    usual = row[f"expected_{lag}"] / row[f"before_{lag}"] - 1 if row[f"before_{lag}"] else 0.0
    others = f"die Gebiete im Mittel {format_percent(100 * usual, signed=True)}"
    parts = {0: "", 1: "; ebenso ein Teil davon"}.get(row["parts"], f"; ebenso {row['parts']} Teile davon")
    expected = f"{inspection.subject(row)}, {', '.join(earlier)}; {others}{parts}"
    found = inspection.number(row["indicator"], row["number"])
    return inspection.found("gross_jump" if row["gross"] else "jump", row, found, expected)

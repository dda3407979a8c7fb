"""Rangkorridor: the range of ranks that chance alone would make plausible, by parametric bootstrap of the counts.

Full counts have no sampling error; what varies is chance: had the same probabilities ruled again, other people would have found
work. Every member's numerator is drawn anew (binomial where it is a part of the denominator, Poisson where it counts events),
denominators stay; the own rank is taken in every draw. Number of draws, share and seed: statistics.toml.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from warehouse.catalog import Catalog
from warehouse.peer_values import VALUE
from warehouse.standing import NEUTRAL, Standing

NEUTRAL_ONE, NO_COUNTS, AVERAGED, CHANGES, NO_STANDING = (
    "neutral",
    "no_counts",
    "averaged",
    "changes",
    "no_standing",
)


@dataclass(frozen=True)
class Corridor:
    """Plausible ranks `best` to `worst` among `n` members with counts; `why_not`: "" or why there is none.

    `by_height`: the indicator is not judged; the ranks are places by height, 1 being the highest value.
    """

    best: int = 0
    worst: int = 0
    n: int = 0
    draws: int = 0
    share: float = 0.0
    chance: str = ""
    by_height: bool = False
    why_not: str = ""


def corridor(catalog: Catalog, standing: Standing) -> Corridor:
    """Return the Rangkorridor of the own area; the order of the members does not matter."""
    if why := _why_not(standing):
        return Corridor(why_not=why)
    measured = standing.peers.filter(pl.col("state") == VALUE)["area"].to_list()
    rows = standing.sides.rows.filter(pl.col("area").is_in(measured)).sort("area")
    draws, share, seed = (catalog.statistics[f"corridor_{name}"].value for name in ("draws", "share", "seed"))
    drawn = _drawn(rows, standing.sides.chance, int(draws), int(seed))
    own = drawn[:, rows["area"].to_list().index(standing.area)][:, None]
    better = drawn < own if standing.direction == "lower" else drawn > own
    ranked = np.sort(better.sum(axis=1) + 1)
    edge = round(draws * (1 - share) / 2)
    best, worst = int(ranked[edge]), int(ranked[len(ranked) - 1 - edge])
    return Corridor(
        best, worst, rows.height, int(draws), share, standing.sides.chance, standing.direction == NEUTRAL
    )


def _drawn(rows: pl.DataFrame, chance: str, draws: int, seed: int) -> npt.NDArray[np.float64]:
    random = np.random.Generator(np.random.PCG64(seed))
    above, below = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    size = (draws, len(above))
    if chance == "poisson":
        counted = random.poisson(above, size)
    else:
        people = np.maximum(np.rint(below), 1).astype(np.int64)
        counted = random.binomial(people, np.clip(above / below, 0, 1), size)
    return np.asarray(counted / below, dtype=np.float64)


def _why_not(standing: Standing) -> str:
    if standing.why_not:
        return NO_STANDING
    if standing.sides.averaged:
        return AVERAGED
    if not standing.sides.chance:
        return CHANGES if standing.sides.rows.height else NO_COUNTS
    return "" if standing.area in standing.sides.areas else NO_COUNTS

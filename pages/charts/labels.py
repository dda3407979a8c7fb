"""Labels at the ends of lines, moved apart so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def apart(heights: Sequence[float], least: float, within: Sequence[float] = (-inf, inf)) -> list[float]:
    """Return heights at least `least` apart, in the same order, as near to the given ones as possible.

    Neighbours that would touch become a block that stands over the mean of what it holds (pool adjacent violators).
    `within`: lowest and highest place there is; where all do not fit between the two, the lowest is kept.
    """
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    blocks: list[list[float]] = []  # what each would have without the distances
    for rank, place in enumerate(order):
        blocks.append([heights[place] - rank * least])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    level = [_mean(block) for block in blocks for _ in block]
    moved = list(heights)
    (low, high), last = within, len(order) - 1
    for rank, place in enumerate(order):
        fitting = min(level[rank] + rank * least, high - (last - rank) * least)
        moved[place] = max(fitting, low + rank * least)
    return moved


def _mean(block: Sequence[float]) -> float:
    return sum(block) / len(block)

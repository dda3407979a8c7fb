"""Labels at the ends of lines, moved apart so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence


def apart(heights: Sequence[float], least: float) -> list[float]:
    """Return heights at least `least` apart, in the same order, as near to the given ones as possible.

    Neighbours that would touch become a block that stands over the mean of what it holds (pool adjacent violators).
    """
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    blocks: list[list[float]] = []  # what each would have without the distances
    for rank, place in enumerate(order):
        blocks.append([heights[place] - rank * least])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    level = [_mean(block) for block in blocks for _ in block]
    moved = list(heights)
    for rank, place in enumerate(order):
        moved[place] = level[rank] + rank * least
    return moved


def _mean(block: Sequence[float]) -> float:
    return sum(block) / len(block)

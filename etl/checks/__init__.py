"""The checks of a delivery: each module one question, a pure function of what is delivered and known."""

from __future__ import annotations

from collections.abc import Callable

from etl.checks import coverage, disclosure, fractions, jumps, ranges, repetitions, rounding, sums
from etl.checks.inspection import Inspection
from etl.problem import Problem

Check = Callable[[Inspection], list[Problem]]

ALONE: tuple[Check, ...] = (
    ranges.out_of_range,
    repetitions.contradictions,
    sums.sums,
    rounding.rounded_to_ten,
    disclosure.recomputable,
)
"""What a delivery can be asked by itself."""

AGAINST_KNOWN: tuple[Check, ...] = (
    fractions.fractions,
    coverage.coverage,
    jumps.jumps,
)
"""What takes to know what was delivered before (nothing known is an answer, too)."""

__all__ = ["AGAINST_KNOWN", "ALONE", "Check", "Inspection"]

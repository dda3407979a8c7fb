"""Problems of one delivery by kind: what is wrong is said once, where it stands is listed below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.problem import ERROR, KINDS, Problem, printable

WHOLE_FILE = "ganze Datei"
"""The place of a problem that stands nowhere in particular."""
_LEFT_OUT = "…"
_ROWS_NAMED = 12


@dataclass(frozen=True)
class Finding:
    """One thing found in one or several places: `Zeile 7, 9 und 12`."""

    place: str
    found: str
    expected: str
    remedy: str
    times: int


@dataclass(frozen=True)
class Group:
    """All problems of one kind in one column. `rank`: 0 errors, 1 warnings to be confirmed, 2 notes."""

    code: str
    rank: int
    heading: str
    remedy: str  # "" where it differs from finding to finding
    findings: tuple[Finding, ...]

    @property
    def times(self) -> int:
        """Return how often it was found."""
        return sum(finding.times for finding in self.findings)


def grouped(problems: Iterable[Problem]) -> list[Group]:
    """Return the groups: errors first, then warnings to be confirmed, then notes; within these the most frequent first."""
    kinds: dict[tuple[int, str, str], list[Problem]] = {}
    for found in problems:
        kinds.setdefault((_rank(found), found.code, found.column), []).append(found)
    groups = [_group(rank, code, alike) for (rank, code, _), alike in kinds.items()]
    return sorted(groups, key=lambda group: (group.rank, -group.times))


def _rank(found: Problem) -> int:
    return 0 if found.severity == ERROR else 1 if found.must_confirm else 2


def _group(rank: int, code: str, alike: list[Problem]) -> Group:
    column = printable(alike[0].column)
    named = {
        "found": _common(found.value for found in alike),
        "expected": _common(found.expected for found in alike),
        "column": column,
    }
    remedy = _common(found.remedy for found in alike)
    same: dict[tuple[str, str, str], list[Problem]] = {}
    for found in alike:
        same.setdefault((found.sheet, found.value, found.expected), []).append(found)
    findings = tuple(_finding(each) for each in same.values())
    kind = KINDS[code]
    heading = f"{kind.name}." if kind.name and len(findings) > 1 else kind.text.format(**named)
    return Group(code, rank, heading, "" if remedy == _LEFT_OUT else remedy, findings)


def _common(texts: Iterable[str]) -> str:
    """Return the text that all have in common, `…` where they differ."""
    different = set(texts)
    return different.pop() if len(different) == 1 else _LEFT_OUT


def _finding(same: list[Problem]) -> Finding:
    first = same[0]
    return Finding(_place(same), first.value, first.expected, first.remedy, len(same))


def _place(same: list[Problem]) -> str:
    first = same[0]
    rows = [str(found.row) for found in same if found.row is not None]
    more = len(rows) - _ROWS_NAMED
    listed = ", ".join(rows[:_ROWS_NAMED]) + (f" und {more} weitere" if more > 0 else "")
    parts = (
        first.sheet and f"Blatt »{printable(first.sheet)}«",
        rows and f"Zeile {listed}" if len(rows) == 1 else rows and f"Zeilen {listed}",
        first.column and f"Spalte »{printable(first.column)}«",
    )
    return ", ".join(part for part in parts if part) or WHOLE_FILE

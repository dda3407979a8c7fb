"""The headings of a table with one or several header rows: what stands above each column, and the period in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.across import is_period, read_headings
from etl.layout import headings
from etl.places import letters
from warehouse.periods import parse_period, period_code

LOOKED_BELOW = 30
"""So many rows below the headings tell whether a column without heading holds anything."""
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Head:
    """A column: index from 0, its heading without the period in it, that period as delivered and as the Langformat writes it.

    A period that is not certain has `told` and no `period`. `shown`: the heading as delivered, without its period.
    """

    index: int
    name: str
    told: str = ""
    period: str = ""
    shown: str = ""

    @property
    def label(self) -> str:
        """Return the heading as a person knows it."""
        return " | ".join(part for part in (self.shown, self.told) if part) or f"Nr. {self.index + 1}"


def heads(rows: Rows, first: int, number: int) -> list[Head]:
    """Return the columns below the header rows `first` … `first + number - 1`.

    A column without any heading is named after its letter where something stands below, else left out.
    """
    above, below = rows[first : first + number], rows[first + number : first + number + LOOKED_BELOW]
    width = max(map(len, (*above, *below)), default=0)
    filled = [_reaching_right(above, at, width) for at in range(len(above))]
    found = [_named(_head(column, [row[column] for row in filled]), below) for column in range(width)]
    periods = read_headings([head.told for head in found])
    known = {each.index: period_code(each.period.start, each.period.end) for each in periods.columns}
    dated = [replace(head, period=known.get(head.index, "")) for head in found]
    return _apart([head for head in dated if head.name or head.told])


def _reaching_right(above: Rows, at: int, width: int) -> list[str]:
    """Return a header row in which headings reach over empty cells, up to where a higher heading begins anew."""
    row = [*above[at], *[""] * (width - len(above[at]))]
    if at == len(above) - 1:
        return row
    for column in range(1, width):
        begins_anew = any(column < len(higher) and higher[column] for higher in above[:at])
        is_headed = any(column < len(lower) and lower[column] for lower in above[at + 1 :])
        if not row[column] and is_headed and not begins_anew:
            row[column] = row[column - 1]
    return row


def _head(column: int, cells: list[str]) -> Head:
    names: list[str] = []
    shown: list[str] = []
    told = ""
    for cell in cells:
        rest, period = _split(cell)
        told = period or told
        name = headings(rest)
        if name and name not in names[-1:]:
            names.append(name)
            shown.append(" ".join(rest.split()))
    return Head(column, " | ".join(names), told, shown=" | ".join(shown))


def _named(head: Head, below: Rows) -> Head:
    if head.name or head.told or not any(head.index < len(row) and row[head.index] for row in below):
        return head
    letter = letters(head.index)
    return replace(head, name=f"spalte {letter.lower()}", shown="ohne Überschrift")


def _split(cell: str) -> tuple[str, str]:
    """Return a heading without its period, and the period: `ELB Okt 2019` → `ELB`, `Okt 2019`."""
    text = " ".join(cell.split())
    if is_period(text):
        return "", text
    words = text.split(" ")
    for number in (2, 1):
        tail = " ".join(words[-number:]).strip("()")
        if len(words) > number and parse_period(tail):
            return " ".join(words[:-number]), tail
    return cell, ""


def _apart(found: list[Head]) -> list[Head]:
    """Number the headings that stand more than once, so that each column has a name of its own."""
    seen: Counter[tuple[str, str]] = Counter()
    apart = []
    for head in found:
        key = (head.name, head.told)
        seen[key] += 1
        apart.append(head if seen[key] == 1 else replace(head, name=f"{head.name} ({seen[key]})".strip()))
    return apart

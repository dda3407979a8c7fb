"""How delivered files look, declared as one TOML per format, and the choice of the format that fits a
file."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from etl.across import is_period
from etl.assigned import Assigned
from etl.layout import Layout, layout_of
from etl.outline import Outline, outline_of
from warehouse.spelling import fold

FORMATS_FOLDER = Path(__file__).parent
HEADER_SEARCH_ROWS = 20


@dataclass(frozen=True)
class Column:
    """A column of a format: its name in the file, what it means, whether it must be there, and its default.

    `read_as`: the column of the Langformat (or of the target's own format) that it is under another name.
    """

    name: str
    meaning: str
    required: bool = False
    default: str = ""
    description: str = ""
    example: str = ""
    read_as: str = ""


@dataclass(frozen=True)
class Format:
    """A way delivered files look; `target` is what its rows become: observations, fields, contradictions,
    memberships, events or comments.

    `across`: the columns for period and value, instead of which each period may have a column of its own.
    `given`: what all rows say without a column for it (every row of a Zielvereinbarung is a Soll).
    """

    id: str
    name: str
    target: str
    columns: tuple[Column, ...] = ()
    across: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    layout: Layout | None = None  # of the tables of a statistic with areas down the rows
    outline: Outline | None = (
        None  # of a workbook about one area; with neither it is a flat table with these columns
    )
    assigned: Assigned | None = None  # of a table that a person has assigned
    source: bytes = field(default=b"", repr=False, compare=False)  # the TOML of a saved format

    @property
    def version(self) -> str:
        """Return the SHA-256 of a saved format's TOML; "" for one that comes with the product."""
        return hashlib.sha256(self.source).hexdigest() if self.source else ""

    @property
    def required(self) -> tuple[str, ...]:
        """Return the names of the columns without which a file is not of this format."""
        return tuple(column.name for column in self.columns if column.required)

    def lacks(self, names: set[str]) -> tuple[str, ...]:
        """Return the required columns that are not among the names of a header row."""
        missing = tuple(name for name in self.required if name not in names)
        return tuple(name for name in missing if not (name in self.across and self.stands_across(names)))

    def stands_across(self, names: set[str]) -> bool:
        """Tell whether a header row names periods instead of the columns for period and value."""
        others = set(self.required) - set(self.across)
        is_header = bool(self.across) and names.isdisjoint(self.across) and not names.isdisjoint(others)
        return is_header and any(map(is_period, names))


@cache
def load_formats(folder: Path = FORMATS_FOLDER) -> tuple[Format, ...]:
    """Read all declared formats, in the order of their file names."""
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def flat_formats() -> tuple[Format, ...]:
    """Return the formats of flat tables, known by the names of their columns."""
    return tuple(each for each in load_formats() if each.columns)


def _read(path: Path) -> Format:
    block = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = tuple(Column(**column) for column in block.pop("columns", ()))
    layout = layout_of(block.pop("table")) if "table" in block else None
    outline = outline_of(block.pop("outline")) if "outline" in block else None
    across = tuple(block.pop("across", ()))
    return Format(columns=columns, layout=layout, outline=outline, across=across, **block)


@dataclass(frozen=True)
class Match:
    """Where a format begins in a table: the index of its header row, or the required columns that are
    missing."""

    format: Format
    header: int
    missing: tuple[str, ...]


def match_format(rows: Sequence[Sequence[str]], formats: Sequence[Format]) -> Match:
    """Return the format whose required columns stand in one of the first rows; else the nearest, with what it
    lacks.

    A format is found by its content, never by the file's name. Of several complete matches the one that knows
    the most of the columns wins.
    """
    candidates = []
    for format_ in formats:
        for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
            names = {fold(cell) for cell in row if cell}
            missing = format_.lacks(names)
            known = len(names & {column.name for column in format_.columns})
            unknown = len(names) - known
            candidates.append(
                (len(missing) > 0, len(missing) - known, unknown, index, Match(format_, index, missing))
            )
    return min(candidates, key=lambda candidate: candidate[:4])[-1]

"""The table of a text file: its first rows at once, all of them in blocks of columns.

A block in which every line has the same number of fields, with quotes only around whole fields, is cut by polars.
Everything else goes through Python's strict `csv`, which decides what is a table and what is refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import overload

import numpy as np
import polars as pl

HEAD = 200
"""So many rows are at hand without reading the whole file."""
BLOCK = 16_000_000
"""Bytes of the file that are cut at a time."""
BATCH = 50_000
"""Rows that Python's `csv` cuts at a time."""


NO_KINDS: Mapping[str, pl.Categorical] = {}


class UnreadableError(Exception):
    """The file cannot be read; the message is a German half-sentence saying why."""


class TextTable(Sequence[list[str]]):
    """The rows of a text in UTF-8 from byte `begins` on, cut at `delimiter`; `above` blank rows stand before them.

    Raises UnreadableError where a quote is not closed or stands inside a field, when that row is asked for.
    """

    def __init__(self, content: bytes, delimiter: str, begins: int = 0, above: int = 0) -> None:
        self.content, self.delimiter, self.begins, self.above = content, delimiter, begins, above

    @cached_property
    def _head(self) -> list[list[str]]:
        return list(islice(self._rows(), HEAD))

    @cached_property
    def _all(self) -> list[list[str]]:
        return list(self._rows())

    def _rows(self) -> Iterator[list[str]]:
        yield from ([] for _ in range(self.above))
        yield from self._cut_strictly(self.begins, self.above)

    @overload
    def __getitem__(self, at: int) -> list[str]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[str]]: ...
    def __getitem__(self, at: int | slice) -> list[str] | list[list[str]]:
        last = at.stop if isinstance(at, slice) else at + 1
        is_near = (
            last is not None and 0 < last <= len(self._head) and (not isinstance(at, slice) or _counts(at))
        )
        return self._head[at] if is_near or len(self._head) < HEAD else self._all[at]

    def __len__(self) -> int:
        return len(self._head) if len(self._head) < HEAD else len(self._all)

    def __bool__(self) -> bool:
        return bool(self._head)

    def __iter__(self) -> Iterator[list[str]]:
        yield from self._head
        if len(self._head) == HEAD:
            yield from islice(self._rows(), HEAD, None)

    def blocks(self, kinds: Mapping[str, pl.Categorical] = NO_KINDS) -> Iterator[pl.DataFrame]:
        """Yield all rows as text columns, and `row` as a spreadsheet shows it; a field that is not there is null.

        `kinds`: the columns that may come as categories instead, which are cut and understood in less time.
        """
        at, row = self.begins, self.above
        while at < len(self.content):
            end = self._end_of_block(at)
            piece = self.content[at:end]
            frame = _cut(piece, self.delimiter, kinds)
            if frame is None and b'"' in piece:  # the quote may be closed in a later block
                yield from self._in_batches(self._cut_strictly(at, row), row)
                return
            found = self._in_batches(self._cut_strictly(at, row, end), row) if frame is None else [frame]
            for each in found:
                yield each.with_columns(row=pl.int_range(row + 1, row + 1 + pl.len()))
                row += each.height
            at = end

    def _end_of_block(self, at: int) -> int:
        end = at + BLOCK
        if end >= len(self.content):
            return len(self.content)
        last = self.content.rfind(b"\n", at, end)
        following = self.content.find(b"\n", end) if last < 0 else last
        return len(self.content) if following < 0 else following + 1

    def _cut_strictly(self, at: int, row: int, end: int | None = None) -> Iterator[list[str]]:
        raw = io.BytesIO(self.content if end is None else self.content[at:end])
        raw.seek(at if end is None else 0)
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        try:
            for cells in csv.reader(text, delimiter=self.delimiter, strict=True):
                row += 1
                yield [cell.strip() for cell in cells]
        except csv.Error as error:
            raise UnreadableError(
                f"in Zeile {row + 1} wird ein Anführungszeichen nicht geschlossen oder steht mitten im Feld"
            ) from error

    @staticmethod
    def _in_batches(rows: Iterable[list[str]], row: int) -> Iterator[pl.DataFrame]:
        rest = iter(rows)
        while batch := list(islice(rest, BATCH)):
            yield columns_of(batch, row + 1)
            row += len(batch)


def columns_of(rows: Sequence[Sequence[str]], first: int, width: int = 0) -> pl.DataFrame:
    """Return rows as text columns "0", "1", …, and `row`, beginning with `first`.

    A field that is not there is null, or "" among the first `width` columns.
    """
    most = max(map(len, rows), default=0)
    columns = {
        str(at): [row[at] if at < len(row) else "" if at < width else None for row in rows]
        for at in range(max(most, width))
    }
    numbers = pl.Series("row", range(first, first + len(rows)), dtype=pl.Int64)
    return pl.DataFrame({"row": numbers, **columns}, schema_overrides=dict.fromkeys(columns, pl.String))


def _counts(at: slice) -> bool:
    return (at.start or 0) >= 0 and (at.step or 1) > 0


def _cut(piece: bytes, delimiter: str, kinds: Mapping[str, pl.Categorical]) -> pl.DataFrame | None:
    """Return whole lines as columns, None where only Python's `csv` can tell what they are."""
    if b"\r" in piece:
        if piece.count(b"\r") != piece.count(b"\r\n"):
            return None
        if b'"' not in piece:
            piece = piece.replace(b"\r\n", b"\n")
    if not piece.endswith(b"\n"):  # polars does not see one field too many at the very end
        piece += b"\n"
    signs = np.frombuffer(piece, np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    lines = len(ends)
    fields = lines + int(np.count_nonzero(signs == ord(delimiter)))
    if has_quotes := b'"' in piece:
        quoted = _in_quotes(piece, ord(delimiter))
        if quoted is None:
            return None
        lines, fields = lines - quoted[0], fields - sum(quoted)
    elif np.diff(ends, prepend=-1).max() > csv.field_size_limit():
        return None
    frame = _as_columns(piece, delimiter, {} if has_quotes else kinds, has_quotes=has_quotes)
    if frame is None or frame.width == 1:  # a blank line is no row of one empty field
        return None
    longest = max(frame.select(pl.all().str.len_bytes().max()).row(0)) if has_quotes else 0
    # no line has more fields than the first, so all have as many where they have as many together
    is_even = frame.height == lines and fields == lines * frame.width and not any(frame.null_count().row(0))
    return frame if is_even and longest is not None and longest < csv.field_size_limit() else None


def _as_columns(
    piece: bytes, delimiter: str, kinds: Mapping[str, pl.Categorical], *, has_quotes: bool
) -> pl.DataFrame | None:
    try:
        frame = pl.read_csv(
            piece,
            has_header=False,
            separator=delimiter,
            quote_char='"' if has_quotes else None,
            infer_schema=False,
            empty_string_is_null=False,
            extra_columns="raise",
            schema_overrides={f"column_{at}": kind for at, kind in kinds.items()},
        )
    except pl.exceptions.PolarsError:
        return None
    frame = frame.with_columns(
        pl.col(column.name).fill_null("")  # of categories polars reads nothing where an empty text stands
        for column in frame
        if column.dtype != pl.String and column.null_count()
    )
    return frame.rename(dict(zip(frame.columns, map(str, range(frame.width)), strict=True)))


def _in_quotes(piece: bytes, delimiter: int) -> tuple[int, int] | None:
    """Return how many line ends and delimiters stand inside quotes; None where a quote does not open or close a
    whole field."""
    signs = np.frombuffer(piece, np.uint8)
    quotes = np.flatnonzero(signs == ord('"'))
    if quotes.size % 2:
        return None
    opening, closing = quotes[0::2], quotes[1::2]
    around = (delimiter, ord("\n"))
    before = signs[np.maximum(opening, 1) - 1]
    doubled = np.zeros(opening.size, bool)
    doubled[1:] = opening[1:] == closing[:-1] + 1
    opens = (opening == 0) | np.isin(before, around) | doubled
    after = signs[np.minimum(closing + 1, signs.size - 1)]
    closes = (
        (closing == signs.size - 1) | np.isin(after, (*around, ord("\r"))) | np.append(doubled[1:], False)
    )
    if not (opens.all() and closes.all()):
        return None
    ends, cuts = (
        int((np.searchsorted(quotes, np.flatnonzero(signs == sign)) % 2).sum())
        for sign in (ord("\n"), delimiter)
    )
    return ends, cuts

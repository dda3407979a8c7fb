"""Cuts a table out of a sheet: the cells of every row in the columns of its format, one row per value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

import polars as pl

from etl.across import Headings, PeriodColumn, read_headings
from etl.distinct import ByText, categories
from etl.formats import Format
from etl.limits import limits
from etl.notes import Notes
from etl.problem import Problem, problem
from etl.read import Sheet, TooLargeError
from etl.text_table import BATCH, TextTable, columns_of
from warehouse.downloads import plain
from warehouse.schema import Row
from warehouse.spelling import fold


class Raw:
    """The data rows of a recognised sheet, cut in blocks as they are asked for.

    `across`: the columns of periods, where they stand across; each of their cells is a row then. `rows` counts all rows
    with data, those with a wrong number of fields included; `problems`: what is wrong with columns and rows. Both are
    complete when all blocks have been asked for.
    """

    def __init__(self, sheet: Sheet, format_: Format, header: int) -> None:
        self._rows, self.sheet, self.format, self.header = sheet.rows, sheet.name, format_, header
        self._headings = sheet.rows[header]
        self.names = [fold(cell) for cell in self._headings]
        while self.names and not self.names[-1]:
            self.names.pop()
        columns = [column.name for column in format_.columns]
        self.positions = {name: self.names.index(name) for name in columns if name in self.names}
        self.periods = Headings()
        if format_.stands_across(set(self.names)):
            known = zip(self._headings, self.names, strict=False)
            self.periods = read_headings(["" if name in columns else cell for cell, name in known])
        self._cells = {column.name: _Cells(column.meaning) for column in format_.columns}
        self._at = {str(at): self._cells[name] for name, at in self.positions.items()}
        self._filled: set[int] = set()
        self._blank: tuple[int, int, str] | None = None
        self._blanks = 0
        self._notes = Notes()
        self.rows = 0

    @property
    def across(self) -> tuple[PeriodColumn, ...]:
        """Return the columns of periods."""
        return self.periods.columns

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong with the columns, the rows, and the table as a whole."""
        nothing = [] if self.rows else [self._problem("empty_file")]
        return [*self._of_columns(), *self._notes.told(), *self._of_blanks(), *nothing]

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Return all blocks as one frame of texts; for tables that are never large."""
        blocks = [_as_texts(block) for block in self.blocks()]
        schema = {"row": pl.Int64, **dict.fromkeys(self._cells, pl.String)}
        return pl.concat(blocks) if blocks else pl.DataFrame(schema=schema)

    def blocks(self) -> Iterator[pl.DataFrame]:
        """Yield the rows: one column per column of the format (numbers and places as texts, all others as categories), and
        `row` as a spreadsheet shows it."""
        for block in self._read():
            if block.width == 1:  # nothing but blank rows
                continue
            below = max(self.header + 2 - block["row"][0], 0)  # the heading, and what stands above it
            filled = self._filled_rows(block.slice(below) if below else block)
            self.rows += filled.height * (len(self.across) or 1)
            yield self._in_columns(self._of_right_width(filled))

    def _read(self) -> Iterator[pl.DataFrame]:
        most = limits()
        for block in self._everything():
            if block.width - 1 > most.columns or block["row"][-1] > most.rows:
                found = f"{block.width - 1} Spalten, {block['row'][-1]} Zeilen"
                expected = f"{most.columns} Spalten und {most.rows:,} Zeilen".replace(",", ".")
                raise TooLargeError(found, expected, self.sheet)
            yield block

    def _everything(self) -> Iterator[pl.DataFrame]:
        if isinstance(self._rows, TextTable):
            coded = {at: cells for at, cells in self._at.items() if cells.is_coded}
            yield from self._rows.blocks({at: cells.delivered for at, cells in coded.items()})
            return
        rows, row = iter(self._rows), 1
        while batch := list(islice(rows, BATCH)):  # rows of a workbook end with their last filled cell
            yield columns_of(batch, row, len(self.names))
            row += len(batch)

    def _filled_rows(self, block: pl.DataFrame) -> pl.DataFrame:
        """Return the rows in which something stands, and remember which columns without a name do."""
        columns = [name for name in block.columns if name != "row"]
        if not self._is_filled(block[columns[0]]):
            block = _as_texts(block)
            block = block.filter(pl.any_horizontal(map(_is_filled, columns)))
        unnamed = [str(at) for at, name in enumerate(self.names) if not name and at not in self._filled]
        for name in (name for name in unnamed if name in block.columns):
            if block.select(_is_filled(name).any()).item():
                self._filled.add(int(name))
        return block

    def _is_filled(self, column: pl.Series) -> bool:
        """Tell whether something stands in every cell of a column."""
        if column.dtype == pl.String:
            return bool(column.to_frame().select(_is_filled(column.name).all()).item())
        return bool(self._at[column.name].is_filled.of(column).all())

    def _of_right_width(self, block: pl.DataFrame) -> pl.DataFrame:
        width = len(self.names)
        cells = [name for name in block.columns if name != "row"]
        if len(cells) == width and not block[cells[-1]].null_count():
            return block
        block = _as_texts(block)
        beyond = [_is_filled(name) for name in cells[width:]]
        is_short = pl.col(str(width - 1)).is_null() if len(cells) >= width else pl.lit(value=True)
        checked = block.with_columns(
            fields=pl.sum_horizontal(pl.col(name).is_not_null() for name in cells),
            last=pl.max_horizontal(pl.when(_is_filled(name)).then(at + 1) for at, name in enumerate(cells)),
            wrong=pl.any_horizontal(is_short, *beyond),
        )
        ragged = checked.filter("wrong").select(
            "row", found=pl.when(pl.col("fields") < width).then("fields").otherwise("last")
        )

        def tell(row: Row) -> Problem:
            return self._problem("ragged_row", row=row["row"], found=row["found"], expected=str(width))

        self._notes.each(("ragged_row",), 0, ragged, tell)
        missing = (pl.lit(None, pl.String).alias(str(at)) for at in range(len(cells), width))
        return block.filter(~checked["wrong"]).with_columns(
            *missing
        )  # where all rows of a block are too short

    def _in_columns(self, block: pl.DataFrame) -> pl.DataFrame:
        cells = {name: self._cells[name].of(block[str(at)]) for name, at in self.positions.items()}
        found = pl.DataFrame({"row": block["row"], **cells})
        for order, name in enumerate(cells):
            self._note_long(order, name, found)
        if any(self._cells[name].has_long for name in cells):
            is_long = pl.any_horizontal(pl.Series(self._cells[name].is_long(found[name])) for name in cells)
            block, found = block.filter(~is_long), found.filter(~is_long)
        if self.periods:
            found = self._spread(block, found)
        missing = (
            own.nothing(name, found.height) for name, own in self._cells.items() if name not in found.columns
        )
        return found.with_columns(missing).select("row", *self._cells)

    def _note_long(self, order: int, name: str, found: pl.DataFrame) -> None:
        if not self._cells[name].has_long:
            return
        most = limits().signs
        long = found.filter(self._cells[name].is_long(found[name])).select(
            "row", text=pl.col(name).cast(pl.String)
        )

        def tell(row: Row) -> Problem:
            expected = f"{most} Zeichen"
            return self._problem(
                "long_cell", row=row["row"], column=name, found=len(row["text"]), expected=expected
            )

        self._notes.each(("long_cell", name), order, long, tell)

    def _spread(self, block: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
        """Return one row for each filled cell below the heading of a period."""
        period, value = self.format.across
        parts = []
        for order, column in enumerate(self.periods.columns):
            cell = self._cells[value].of(block[str(column.index)])
            filled = cell.cast(pl.String) != ""
            text = pl.Series(period, [column.period_text], dtype=self._cells[period].kind)
            part = found.filter(filled).with_columns(
                cell.filter(filled).alias(value), text.new_from_index(0, int(filled.sum())), order=order
            )
            parts.append(part)
            self._count_blanks(block["row"].filter(~filled), order, column)
        return pl.concat(parts).sort("row", "order").drop("order") if parts else found.clear()

    def _count_blanks(self, rows: pl.Series, order: int, column: PeriodColumn) -> None:
        if not rows.is_empty():
            first = (int(rows[0]), order, column.name)
            self._blank = min(self._blank, first) if self._blank else first
            self._blanks += len(rows)

    # --- problems

    def _of_columns(self) -> Iterator[Problem]:
        row = self.header + 1
        for name, count in Counter(name for name in self.names if name in self._cells).items():
            if count > 1:
                yield self._problem("duplicate_column", row=row, column=name)
        if told := ", ".join(self.periods.unclear.values()):
            yield self._problem("unclear_period_column", row=row, found=told)
        for one, other in self.periods.repeated:
            found = f"»{one.name}« und »{other.name}«"
            yield self._problem("repeated_period_column", row=row, found=found, expected=one.period.label)
        periods = {column.index for column in self.across} | set(self.periods.unclear)
        for index, name in enumerate(self.names):
            if index not in periods and (name not in self._cells if name else index in self._filled):
                named = self._headings[index] or f"Nr. {index + 1}"
                yield self._problem("unknown_column", row=row, column=named, expected=", ".join(self._cells))

    def _of_blanks(self) -> Iterator[Problem]:
        """Say how many cells below period headings are empty, and where the first one stands."""
        if self._blank:
            row, _, name = self._blank
            yield self._problem("empty_period_cells", row=row, column=name, found=str(self._blanks))

    def _problem(self, code: str, **about: Any) -> Problem:
        return problem(code, sheet=self.sheet, **about)


class _Cells:
    """The cells of one column: texts without blanks around them, and without our own apostrophe where they are words.

    Numbers and places stay texts, nearly every row has its own; of all others each distinct text is kept once.
    """

    def __init__(self, meaning: str) -> None:
        self.is_word, self.is_coded = meaning != "number", meaning not in ("number", "place")
        self.delivered = categories()
        self.kind = categories() if self.is_coded else pl.String()
        kinds = (self.delivered, self.kind) if self.is_coded else ()
        self._kept_alive = [pl.Series([""], dtype=kind) for kind in kinds]  # or polars forgets them
        self.has_long = False
        self._clean = ByText(self._cleaned)
        self._long = ByText(_are_long)
        self.is_filled = ByText(lambda texts: texts.str.strip_chars() != "")

    def of(self, column: pl.Series) -> pl.Series:
        """Return a column of texts as it is kept."""
        return self._clean.of(column.cast(self.delivered)) if self.is_coded else self._cleaned(column)

    def is_long(self, column: pl.Series) -> pl.Series:
        """Tell for every row whether its text is longer than allowed."""
        return self._long.of(column) if self.is_coded else _are_long(column)

    def nothing(self, name: str, height: int) -> pl.Series:
        """Return a column without any text."""
        return pl.Series(name, [""], dtype=self.kind).new_from_index(0, height)

    def _cleaned(self, texts: pl.Series) -> pl.Series:
        bare = texts.str.strip_chars()
        if self.is_word and (is_marked := bare.str.starts_with("'")).any():
            unmarked = pl.Series([plain(text) for text in bare.filter(is_marked)], dtype=pl.String)
            bare = bare.scatter(is_marked.arg_true(), unmarked)
        most = pl.select(pl.lit(bare).str.len_bytes().max()).item() or 0
        self.has_long = self.has_long or (most > limits().signs and bool(_are_long(bare).any()))
        return bare.cast(self.kind)


def _are_long(texts: pl.Series) -> pl.Series:
    return texts.str.len_chars() > limits().signs


def _as_texts(block: pl.DataFrame) -> pl.DataFrame:
    return block.cast({pl.Categorical: pl.String})


def _is_filled(name: str) -> pl.Expr:
    return (pl.col(name).str.strip_chars() != "").fill_null(value=False)

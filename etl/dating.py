"""When the values of a statistic are: the period of a table, a column or a row, and the date of the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from etl.layout import Layout
from etl.problem import Problem, problem
from etl.read import Sheet
from etl.tables import Table
from warehouse.periods import PERIOD_EXAMPLES, Period, parse_period
from warehouse.spelling import fold

_NOTE_ROWS = 80
"""Dates and months of a file stand in its first rows (or, below a table, in its last)."""


class Dating:
    """Reads the times of a file as its layout declares them; `note` takes what cannot be read, with its place."""

    def __init__(
        self, layout: Layout, sheets: Sequence[Sheet], received: date, note: Callable[..., None]
    ) -> None:
        self.layout, self.sheets, self.received, self.note = layout, sheets, received, note
        self.months: dict[str, Period] = {}
        self.parsed: dict[str, Period | None] = {}
        self.data_date = self._data_date()

    def of_table(self, table: Table) -> Period | None:
        """Return the period of a whole table where the layout says that it has one."""
        if not self.layout.period:
            return None
        found = re.search(self.layout.period, table.title) or self._anywhere(self.layout.period)
        period = parse_period(found[1]) if found else None
        if period is None:
            self.note(table.sheet.name, None, "", "no_period", found[1] if found else "")
        else:
            self.months[table.sheet.name] = period
        return period

    def of_column(self, table: Table, heading: str, dated: str) -> Period | None:
        """Return the period above a column (`dated`: that part of its heading), None where periods stand elsewhere."""
        if not dated and not self.layout.period_heading:
            return None
        period = parse_period(dated)
        if period is None:
            self.note(table.sheet.name, None, heading, "bad_period", dated or heading, PERIOD_EXAMPLES)
        return period

    def of_row(self, table: Table, row: int) -> Period | None:
        """Return the period in the first column, None where periods stand elsewhere."""
        if not self.layout.period_column:
            return None
        text = table.cell(row, 0)
        if text not in self.parsed:
            self.parsed[text] = parse_period(text)
        if self.parsed[text] is None:
            self.note(table.sheet.name, row, "", "bad_period", text, PERIOD_EXAMPLES)
        return self.parsed[text]

    def months_that_differ(self) -> Iterator[Problem]:
        """Ask where the sheets of a file speak of different months."""
        different = {period.label: sheet for sheet, period in self.months.items()}
        if len(different) > 1:
            told = ", ".join(f"{month} (Blatt {sheet})" for month, sheet in different.items())
            yield problem("months_differ", found=told)

    def _data_date(self) -> date | None:
        found = self._anywhere(self.layout.data_date) if self.layout.data_date else None
        period = parse_period(found[1]) if found else None
        return min(period.end, self.received) if period else None

    def _anywhere(self, pattern: str) -> re.Match[str] | None:
        for sheet in self.sheets:
            for row in (*sheet.rows[:_NOTE_ROWS], *sheet.rows[-_NOTE_ROWS:]):
                if found := re.search(pattern, fold(" ".join(cell for cell in row if cell))):
                    return found
        return None

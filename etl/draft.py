"""A checked extract that is not accepted yet: what it would change, for whom, and what is wrong with it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl

from etl.across import PeriodColumn
from etl.assigned_reader import read_assigned
from etl.assigned_tables import find_assigned
from etl.changes import CHANGE, changes
from etl.check import check, check_against
from etl.compare import compare
from etl.extract import Extract
from etl.formats import Format, load_formats
from etl.outline_reader import find_workbook, read_workbook
from etl.places import name_columns, place_of
from etl.problem import ERROR, Problem, printable, problem
from etl.read import TooLargeError, UnreadableError, read_sheets
from etl.recognise import recognise
from etl.saved import Saved, saved_formats
from etl.tidy import Tidied, tidy
from etl.unpivot import find_statistic, unpivot
from warehouse.catalog import Catalog
from warehouse.formatting import format_row
from warehouse.periods import parse_period, period_label
from warehouse.questions import ask
from warehouse.schema import Row
from warehouse.snapshots import current_snapshot

_MONTH_IN_NAME = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?!\d)")
BEFORE = timedelta(days=400)
"""A month is compared with the same month of the year before."""
NONE_SAVED = Saved()
COUNTS = ("new", "revised", "unchanged", "vanished", "skipped")


@dataclass(frozen=True)
class Draft:
    """What accepting an extract would do; nothing has been written.

    `counts`: rows of the file that are new, revised, unchanged and skipped (their sum is all rows of the
    file), and keys vanished (known before for the same indicator, period and source, no longer delivered).
    `listed`: the single changes (CHANGE columns), the most important first.
    """

    extract: Extract
    received: date
    format_id: str = ""
    saved: Format | None = None  # the saved format it was read by
    tidied: Tidied | None = None
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    changes: bool = False
    listed: pl.DataFrame = field(default_factory=CHANGE.to_frame, compare=False)

    @property
    def is_rejected(self) -> bool:
        """Tell whether an error forbids loading."""
        return any(found.severity == ERROR for found in self.problems)

    @property
    def must_confirm(self) -> bool:
        """Tell whether warnings have to be accepted with a reason first."""
        return any(found.must_confirm for found in self.problems)

    @property
    def changes_nothing(self) -> bool:
        """Tell whether everything delivered is known already, to the last value and its date."""
        return not self.is_rejected and not self.changes


def understand(extract: Extract, catalog: Catalog, received: date, saved: Saved = NONE_SAVED) -> Draft:
    """Read, tidy and check an extract, whatever values the warehouse knows. Writes nothing.

    `saved`: the formats people have saved, asked where none that comes with the product fits.
    """
    try:
        sheets = read_sheets(extract)
    except (UnreadableError, TooLargeError) as reason:
        code = "too_large" if isinstance(reason, TooLargeError) else "unreadable_file"
        return _drafted(
            extract,
            received,
            [problem(code, found=str(reason), expected="100 MB" if code == "too_large" else "")],
        )
    if statistic := find_statistic(sheets, load_formats(), catalog):
        tidied, problems = unpivot(statistic, catalog, received)
        problems += _other_month_in_name(extract, tidied)
        return _understood(extract, received, statistic.format, tidied, problems, catalog)
    if workbook := find_workbook(sheets, load_formats()):
        tidied, problems = read_workbook(workbook, catalog, received)
        return _understood(extract, received, workbook.format, tidied, problems, catalog)
    raw, problems = recognise(sheets)
    if raw is None and (assigned := find_assigned(sheets, saved.formats)):
        tidied, problems = read_assigned(assigned, extract.id, catalog, received)
        made = _understood(extract, received, assigned.format, tidied, problems, catalog)
        return replace(made, saved=assigned.format)
    if raw is None:
        faults = [problem("broken_format", found=fault) for fault in saved.faults]
        return _drafted(extract, received, [*problems, *faults])
    tidied, found = tidy(raw, catalog, received)
    return _understood(extract, received, raw.format, tidied, [*problems, *found], catalog, raw.sheet)


def _other_month_in_name(extract: Extract, tidied: Tidied) -> list[Problem]:
    """Ask where the name of a monthly file says another month than its tables: somebody may have mixed files up."""
    named = _MONTH_IN_NAME.search(extract.file_name)
    months = tidied.frame.select("period_start", "period_end").unique().rows()
    period = parse_period(f"{named[1]}-{named[2]}") if named else None
    if period is None or len(months) != 1 or months[0] == (period.start, period.end):
        return []
    return [problem("other_month_in_name", found=period_label(*months[0]), expected=period.label)]


def _understood(
    extract: Extract,
    received: date,
    format_: Format,
    tidied: Tidied,
    found: list[Problem],
    catalog: Catalog,
    sheet: str = "",
) -> Draft:
    checked, judged = check(tidied, catalog, sheet, names=_names(tidied))
    problems = [*found, *name_columns(judged, tidied.across, "wert")]
    if checked.frame.is_empty() and not any(entry.severity == ERROR for entry in problems):
        problems.append(problem("nothing_to_load", sheet=sheet))
    made = _drafted(extract, received, sorted(problems, key=_by_place))
    placed = _placed(checked.frame, sheet, tidied.across)
    return replace(made, format_id=format_.id, tidied=replace(checked, frame=placed))


def draft(folder: Path, extract: Extract, catalog: Catalog, received: date) -> Draft:
    """Understand an extract and compare it with what the warehouse in `folder` knows. Writes nothing."""
    made = understand(extract, catalog, received, saved_formats(folder))
    if made.tidied is None:
        return made
    snapshot = current_snapshot(folder)
    known = _known(snapshot, made.tidied) if snapshot else None
    found = compare(made.tidied, known)
    counts = {name: getattr(found, name) for name in COUNTS if name != "skipped"}
    warnings = [problem("older", found=found.older)] if found.older else []
    warnings += [_against(row, catalog) for row in found.against]
    warnings += check_against(known, made.tidied, catalog, names=_names(made.tidied, snapshot))
    warnings = name_columns(warnings, made.tidied.across, "wert")
    return replace(
        made,
        counts={**counts, "skipped": made.tidied.skipped},
        changes=found.changes,
        listed=changes(made.tidied, known),
        problems=[*made.problems, *(warning.of(extract.file_name) for warning in warnings)],
    )


def _known(snapshot: Path, tidied: Tidied) -> pl.DataFrame | None:
    """Return what is known of the quantities delivered, from a year before their first period on."""
    if tidied.target != "observations":
        try:
            return ask(snapshot, f"known_{tidied.target}")
        except (
            duckdb.CatalogException,
            duckdb.BinderException,
        ):  # published by a version that did not know such rows
            return None
    first = min(tidied.frame["period_start"].to_list(), default=date.max) - BEFORE
    indicators = tidied.frame["indicator"].unique().to_list()
    return ask(snapshot, "known_observations", indicators=indicators, first=first)


def _names(tidied: Tidied, snapshot: Path | None = None) -> dict[str, str]:
    """Return the names of areas that the catalog does not have: those delivered, and those known from before."""
    known: dict[str, str] = {}
    if snapshot:
        with suppress(
            duckdb.CatalogException, duckdb.BinderException
        ):  # published before there were such areas
            known = dict(ask(snapshot, "areas").select("id", "name").iter_rows())
    return known | {area.id: area.name for area in tidied.areas}


def _against(row: Row, catalog: Catalog) -> Problem:
    known = {name: row[f"{name}_known"] for name in ("value", "status", "precision")}
    now = f"{format_row(catalog, {**row, **known})} (Quelle: {printable(row['source_known'])})"
    sources = catalog.sources
    is_statistic = row["source"] in sources and not sources[row["source"]].jobcenter
    of_document = row["source_known"] in sources and sources[row["source_known"]].jobcenter
    code = "beside_document" if is_statistic and of_document else "other_source"
    return problem(code, row=row["row"], column="wert", found=format_row(catalog, row), expected=now)


def _drafted(extract: Extract, received: date, problems: list[Problem]) -> Draft:
    return Draft(extract, received, problems=[found.of(extract.file_name) for found in problems])


def _by_place(found: Problem) -> tuple[bool, int]:
    return found.row is not None, found.row or 0


def _placed(frame: pl.DataFrame, sheet: str, across: tuple[PeriodColumn, ...] = ()) -> pl.DataFrame:
    """Name the row of the delivery, or the cell where periods stand across, as the place of values that state
    none."""
    before, after = (f"Blatt {sheet}, Zeile ", "") if sheet else ("Zeile ", " der Lieferung")
    cells = pl.DataFrame(
        [(each.period.start, each.period.end, *place_of(each, sheet)) for each in across],
        schema={"period_start": pl.Date, "period_end": pl.Date, "before": pl.String, "after": pl.String},
        orient="row",
    ).unique(["period_start", "period_end"], keep="first")
    if across:
        frame = frame.join(cells, on=["period_start", "period_end"], how="left", maintain_order="left")
    else:
        frame = frame.with_columns(pl.lit(before).alias("before"), pl.lit(after).alias("after"))
    place = pl.col("before") + pl.col("row").cast(pl.String) + pl.col("after")
    stated = pl.when(pl.col("place") == "").then(place).otherwise("place")
    return frame.with_columns(stated.alias("place")).drop("before", "after")

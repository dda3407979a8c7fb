"""A checked extract that is not accepted yet: what it would change, for whom, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl

from etl.assigned_reader import read_assigned
from etl.assigned_tables import find_assigned
from etl.changes import CHANGE, changes, first, summed, sums
from etl.check import check, check_against
from etl.compare import Comparison, compare, told_apart
from etl.distinct import coded
from etl.entries import ENTRY_CHANGE, entries
from etl.extract import Extract
from etl.filling import Snapshot, ask
from etl.formats import Format, load_formats
from etl.held import Held
from etl.keys import Keys
from etl.outline_reader import find_workbook, read_workbook
from etl.parts import parts
from etl.places import name_columns, place_of, row_of
from etl.problem import ERROR, Problem, printable, problem
from etl.progress import tell
from etl.read import TooLargeError, read_sheets
from etl.recognise import recognise
from etl.saved import Saved, saved_formats
from etl.text_table import UnreadableError
from etl.tidy import Tidied, tidy
from etl.unpivot import find_statistic, unpivot
from warehouse.catalog import Catalog
from warehouse.formatting import format_row
from warehouse.periods import parse_period, period_label
from warehouse.schema import KEY, Row
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
    `crowded`: the keys delivered (KEY) that have several values, delivered or known; None where nothing was compared.
    `listed`, `sums`: the most important changes and how many there are, as `etl.changes` says; `entries`: those of measures,
    chances and dates, as `etl.entries` says.
    """

    extract: Extract
    received: date
    format_id: str = ""
    saved: Format | None = None  # the saved format it was read by
    tidied: Tidied | None = None
    crowded: pl.DataFrame | None = field(default=None, compare=False)
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    changes: bool = False
    listed: pl.DataFrame = field(default_factory=CHANGE.to_frame, compare=False)
    sums: pl.DataFrame = field(default_factory=lambda: sums(CHANGE.to_frame()), compare=False)
    entries: pl.DataFrame = field(default_factory=ENTRY_CHANGE.to_frame, compare=False)

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
        return _understand(extract, catalog, received, saved)
    except TooLargeError as reason:
        told = problem("too_large", sheet=reason.sheet, found=reason.found, expected=reason.expected)
    except UnreadableError as reason:
        told = problem("unreadable_file", found=str(reason))
    return _drafted(extract, received, [told])


def _understand(extract: Extract, catalog: Catalog, received: date, saved: Saved) -> Draft:
    tell("wird gelesen")
    sheets = read_sheets(extract)
    tell("Werte werden verstanden")
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
    months = tidied.distinct("period_start", "period_end").rows()
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
    tell("Werte werden geprüft")
    checked, judged = check(tidied, catalog, sheet, names=area_names(tidied))
    problems = [*found, *name_columns(judged, tidied.across, "wert")]
    if not checked.height and not any(entry.severity == ERROR for entry in problems):
        problems.append(problem("nothing_to_load", sheet=sheet))
    made = _drafted(extract, received, sorted(problems, key=_by_place))
    checked = replace(checked, sheet=sheet)
    if not isinstance(checked.rows, Held):
        named = placed(checked.frame, checked)
        checked = replace(checked, rows=coded(named) if checked.target == "observations" else named)
    return replace(made, format_id=format_.id, tidied=checked)


Reader = Callable[[Extract, Catalog, date, Saved], Draft]
"""What reads an extract: `understand`, or something that knows what it gave (`etl.readings`)."""


def draft(
    folder: Path,
    extract: Extract,
    catalog: Catalog,
    received: date,
    read: Reader = understand,
    filling: duckdb.DuckDBPyConnection | None = None,
) -> Draft:
    """Understand an extract and compare it with what the warehouse in `folder` knows. Writes nothing.

    `filling`: what fills the next snapshot; it is asked in place of the published one.
    """
    made = read(extract, catalog, received, saved_formats(folder))
    return compared(made, current_snapshot(folder) if filling is None else filling, catalog)


def compared(made: Draft, snapshot: Snapshot | None, catalog: Catalog) -> Draft:
    """Return an understood extract compared with what a snapshot knows. Writes nothing."""
    if made.tidied is None:
        return made
    tell("wird mit dem Bestand verglichen")
    is_held = isinstance(made.tidied.rows, Held)
    compared = [_compared(part, snapshot, catalog, is_placed=not is_held) for part in parts(made.tidied)]
    older = sum(found.older for found, _ in compared)
    warnings = [problem("older", found=older)] if older else []
    warnings += [warning for _, told in compared for warning in told.problems]
    warnings = name_columns(warnings, made.tidied.across, "wert")
    counts = {
        name: sum(getattr(found, name) for found, _ in compared) for name in COUNTS if name != "skipped"
    }
    told = [told for _, told in compared]
    return replace(
        made,
        counts={**counts, "skipped": made.tidied.skipped},
        changes=any(found.changes for found, _ in compared),
        crowded=None
        if told[0].crowded is None
        else pl.concat([each.crowded for each in told if each.crowded is not None]),
        listed=first(pl.concat([each.listed for each in told]), catalog.jobcenters),
        sums=summed(pl.concat([each.sums for each in told])),
        entries=pl.concat([each.entries for each in told]),
        problems=[*made.problems, *(warning.of(made.extract.file_name) for warning in warnings)],
    )


@dataclass(frozen=True)
class _Told:
    """What is told of one part of a delivery, against what is known."""

    crowded: pl.DataFrame | None
    listed: pl.DataFrame
    sums: pl.DataFrame
    entries: pl.DataFrame
    problems: list[Problem]


def _compared(
    part: Tidied, snapshot: Snapshot | None, catalog: Catalog, *, is_placed: bool
) -> tuple[Comparison, _Told]:
    if not is_placed:
        part = replace(part, rows=coded(placed(part.frame, part)))
    known = _known(snapshot, part) if snapshot else None
    found, changed = compare(part, known), changes(part, known)
    against = [_against(row, catalog) for row in found.against]
    against += check_against(known, part, catalog, names=area_names(part, snapshot))
    listed = first(changed, catalog.jobcenters)
    return found, _Told(_crowded(part, known), listed, sums(changed), entries(part, known), against)


def _crowded(tidied: Tidied, known: pl.DataFrame | None) -> pl.DataFrame | None:
    if tidied.target != "observations":
        return None
    frame = coded(tidied.frame).select(KEY)
    keys = tidied.keys or Keys(frame)
    within = frame.filter(keys.repeated(KEY))
    if known is None or known.is_empty():
        return within.unique()
    met, _ = told_apart(replace(tidied, rows=frame), known)
    return pl.concat([within, met.frame]).unique()


def _known(snapshot: Snapshot, tidied: Tidied) -> pl.DataFrame | None:
    """Return what is known of the quantities delivered, from a year before their first period on."""
    if tidied.target != "observations":
        try:
            return ask(snapshot, f"known_{tidied.target}")
        except (
            duckdb.CatalogException,
            duckdb.BinderException,
        ):  # published by a version that did not know such rows
            return None
    first = (tidied.frame.select(pl.col("period_start").min()).item() or date.max) - BEFORE
    indicators = tidied.frame["indicator"].unique().to_list()
    return coded(ask(snapshot, "known_observations", indicators=indicators, first=first))


def area_names(tidied: Tidied, snapshot: Snapshot | None = None) -> dict[str, str]:
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


def placed(frame: pl.DataFrame, tidied: Tidied) -> pl.DataFrame:
    """Name the row of the delivery, or the cell where periods stand across, as the place of values that state none."""
    sheet, across = tidied.sheet, tidied.across
    before, after = row_of(sheet)
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
    stated = pl.when(pl.col("place") == "").then(place).otherwise(pl.col("place").cast(pl.String))
    return frame.with_columns(stated.alias("place")).drop("before", "after")

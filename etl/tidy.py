"""Turns RAW text cells into typed rows with known ids; whatever is not understood becomes a Problem, never a
guess."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import polars as pl

from etl.across import PeriodColumn
from etl.areas import Area, Areas
from etl.cut import Raw
from etl.formats import Column, Format, load_formats
from etl.held import LARGE, Held
from etl.keys import Keys
from etl.lexicon import Lexicon
from etl.numbers import expected_number, parse_number
from etl.observed import CODED, Observed
from etl.problem import ERROR, Problem, problem
from etl.stated import entry_of, moment, told_apart, unreadable
from warehouse.catalog import Catalog, Indicator
from warehouse.periods import PERIOD_EXAMPLES, Period, parse_period
from warehouse.schema import COMMENT, CONTRADICTION, EVENT, FIELD, MEMBERSHIP, OBSERVATION
from warehouse.spelling import fold

SCHEMAS = {
    "observations": OBSERVATION,
    "fields": FIELD,
    "contradictions": CONTRADICTION,
    "memberships": MEMBERSHIP,
    "events": EVENT,
    "comments": COMMENT,
}
_Row = dict[str, object]


@dataclass(frozen=True)
class Tidied:
    """Typed rows for one table of the warehouse, without the rows that had errors (`skipped`).

    `rows`: all of them, or those of a large delivery in little memory.
    `undated`: the numbers of the rows that state no date of their own and have none from their source.
    A row without a stated place has the place "" here. `areas`: those that the catalog does not have; `across`: the
    columns of its periods, where they stand across; `sheet`: its name in a workbook.
    """

    target: str
    rows: pl.DataFrame | Held
    skipped: int
    undated: Collection[int] = ()
    areas: tuple[Area, ...] = ()
    across: tuple[PeriodColumn, ...] = ()
    sheet: str = ""
    keys: Keys | None = field(
        default=None, compare=False, repr=False
    )  # of the rows, once somebody has numbered them

    @property
    def height(self) -> int:
        """Return how many rows there are."""
        return self.rows.height

    @property
    def frame(self) -> pl.DataFrame:
        """Return all rows; those of a large delivery are better asked for part by part (`etl.parts`)."""
        return self.rows.whole() if isinstance(self.rows, Held) else self.rows

    def distinct(self, *columns: str) -> pl.DataFrame:
        """Return the distinct combinations of some columns."""
        return (
            self.rows.distinct(columns) if isinstance(self.rows, Held) else self.rows.select(columns).unique()
        )


def tidy(raw: Raw, catalog: Catalog, received: date) -> tuple[Tidied, list[Problem]]:
    """Understand the cells of a recognised sheet.

    `received` dates values of sources without a date. Returns frames of the schema of the format's target;
    every row with an error is left out and counted.
    """
    target = raw.format.target
    reader = _RowReader(raw, catalog, received)
    if target == "observations":
        return _observations(raw, reader)
    read = {
        "fields": reader.field,
        "contradictions": reader.contradiction,
        "memberships": reader.membership,
        "events": reader.event,
        "comments": reader.comment,
    }
    rows = [reader.read(cells, read[target]) for cells in raw.frame.iter_rows(named=True)]
    good = [row for row in rows if row is not None]
    frame = pl.DataFrame(good, schema=SCHEMAS[target], orient="row")
    frame = told_apart(frame) if target == "fields" else frame
    areas = tuple(reader.areas.found.values())
    tidied = Tidied(target, frame, raw.rows - len(good), areas=areas, across=raw.across)
    return tidied, [*raw.problems, *dict.fromkeys(reader.problems)]


def _observations(raw: Raw, reader: _RowReader) -> tuple[Tidied, list[Problem]]:
    headings = {each.period_text: each.name for each in raw.across}
    observed = Observed(reader.catalog, reader.received, reader.columns, reader.given, headings, raw.sheet)
    rows: list[pl.DataFrame] = [CODED.to_frame()]
    held: Held | None = None
    for block in raw.blocks():
        read = observed.read(block)
        if held:
            held.add(read)
        elif sum(map(len, rows)) + read.height <= LARGE:
            rows.append(read)
        else:
            held = Held(CODED.to_frame())
            for each in (*rows, read):
                held.add(each)
            rows.clear()
    whole = held or pl.concat(rows, rechunk=True)
    undated = pl.concat(observed.undated)
    tidied = Tidied("observations", whole, raw.rows - whole.height, undated, across=raw.across)
    return tidied, [*raw.problems, *observed.notes.told()]


def tidy_cut(
    cut: pl.DataFrame, format_: Format, sheet: str, catalog: Catalog, received: date
) -> tuple[Tidied, list[Problem]]:
    """Understand rows of observations that are cut already: `cut` has `row` and a text for each column of the format."""
    observed = Observed(catalog, received, _by_meaning(format_), _given(format_), {}, sheet)
    frame = observed.read(cut.cast({pl.String: pl.Categorical()}))
    tidied = Tidied("observations", frame, cut.height - frame.height, pl.concat(observed.undated))
    return tidied, observed.notes.told()


def _by_meaning(format_: Format) -> dict[str, Column]:
    return {column.read_as or column.name: column for column in format_.columns}


def _given(format_: Format) -> dict[str, str]:
    return {**_not_delivered(format_), **format_.given}


class _RowReader:
    """Reads one row after the other and notes every problem with its place."""

    def __init__(self, raw: Raw, catalog: Catalog, received: date) -> None:
        self.catalog, self.received, self.sheet = catalog, received, raw.sheet
        self.lexicon = Lexicon(catalog)
        self.problems: list[Problem] = []
        self.errors, self.row = 0, 0
        self.areas = Areas(catalog, self.lexicon, {"5": "jobcenter"})
        self.columns = _by_meaning(raw.format)
        self.names = {name: column.name for name, column in self.columns.items()}
        self.given = _given(raw.format)
        self.defaults = {**self.given, **{name: column.default for name, column in self.columns.items()}}
        self.required = {name: column for name, column in self.columns.items() if column.required}

    def read(self, delivered: dict[str, str], whole: Callable[[dict[str, str]], _Row | None]) -> _Row | None:
        self.row, before = int(delivered["row"]), self.errors
        cells = {**self.given, **{name: delivered[own] for name, own in self.names.items()}}
        for name, column in self.required.items():
            if not cells[name]:
                self._note("missing_cell", name, "", column.description.removesuffix(".") or "eine Angabe")
        row = whole(cells)
        return {**row, **self._evidence(cells)} if row is not None and self.errors == before else None

    # --- whole rows

    def field(self, cells: dict[str, str]) -> _Row:
        begin, end = (self._period(cells[name], name) for name in ("beginn", "ende"))
        if begin and end and begin.start > end.end:
            self._note("ends_before", "ende", cells["ende"], f"ein Ende ab {begin.label}")
        for name in ("bezeichnung", "zielgruppe", "zustaendig", "wirkung_berichtet", "anmerkung"):
            self._readable(name, cells[name])
        jobcenter, kind = self._area(cells["jobcenter"]), self._word("art", cells, "field_kind")
        indicator = self._indicator(cells["kennzahl"])
        return {
            "jobcenter": jobcenter,
            "kind": kind,
            "category": self._word("kategorie", cells),
            "title": cells["bezeichnung"],
            "target_group": cells["zielgruppe"],
            "start": cells["beginn"],
            "end": cells["ende"],
            "entry": entry_of(cells, jobcenter, kind),
            "state": self._word("umsetzung", cells, "field_state") or "",
            "responsible": cells["zustaendig"],
            "indicator": indicator.id if indicator else "",
            "intended": self._intended(cells["wirkung_geplant"]),
            "effect": cells["wirkung_berichtet"],
            "likelihood": self._word("eintritt", cells, "field_level") or "",
            "impact": self._word("auswirkung", cells, "field_level") or "",
            "rhythm": self._word("turnus", cells, "field_rhythm") or "",
            "data_date": self._date(cells["datenstand"], self._source(cells)),
        }

    def comment(self, cells: dict[str, str]) -> _Row:
        for name in ("kommentar", "wer"):
            self._readable(name, cells[name])
        indicator, period = self._indicator(cells["kennzahl"]), self._period(cells["zeitraum"])
        if period and period.start > self.received:
            self._note("not_yet", "zeitraum", cells["zeitraum"], "ein Zeitraum, der begonnen hat")
        return {
            "jobcenter": self._area(cells["jobcenter"]),
            "indicator": indicator.id if indicator else None,
            "breakdown": self._breakdown(cells["merkmal"]),
            "period_start": period.start if period else None,
            "period_end": period.end if period else None,
            "text": cells["kommentar"],
            "author": cells["wer"],
            "written_at": self._moment(cells["wann"]),
        }

    def contradiction(self, cells: dict[str, str]) -> _Row:
        indicators = [self._indicator(name) for name in cells["kennzahl"].split("|") if name]
        return {
            "jobcenter": self._area(cells["jobcenter"]),
            "indicators": "|".join(entry.id for entry in indicators if entry),
            "breakdown": "|".join(self._breakdown(part) or "" for part in cells["merkmal"].split("|")),
            "period": cells["zeitraum"],
            "kind": self._word("art", cells, "contradiction_kind"),
            "figures": cells["angaben"],
            "explanation": cells["erklaerung"],
        }

    def membership(self, cells: dict[str, str]) -> _Row:
        number = cells["traegernummer"].lower().removeprefix("t")
        type_, since = self._type(cells["vergleichstyp"]), self._period(cells["gueltig_ab"], "gueltig_ab")
        return {
            "jobcenter": self._numbered(number, cells["jobcenter"]),
            "type": type_,
            "edition": cells["fassung"],
            "valid_from": since.start if since else None,
            "form": self._word("traegerform", cells) or "",
        }

    def event(self, cells: dict[str, str]) -> _Row:
        indicators = [self._indicator(name.strip()) for name in cells["kennzahl"].split("|") if name.strip()]
        since = self._period(cells["von"], "von")
        until = self._period(cells["bis"], "bis") if cells["bis"] else None
        if since and until and until.end < since.start:
            self._note("bad_period", "bis", cells["bis"], "ein Zeitraum, der nicht vor »von« endet")
        return {
            "jobcenter": self._area(cells["jobcenter"]) if cells["jobcenter"] else "",
            "kind": self._word("art", cells, "event_kind"),
            "title": cells["ereignis"],
            "start": since.start if since else None,
            "until": until.end if until else None,
            "indicators": "|".join(entry.id for entry in indicators if entry),
            "breaks": self._word("bruch", cells) == "ja",
            "text": cells["beschreibung"],
        }

    def _evidence(self, cells: dict[str, str]) -> _Row:
        return {
            "source": self._source(cells),
            "place": cells["fundstelle"],
            "line": cells["zeile"],
            "row": self.row,
            **({"note": cells["anmerkung"]} if "anmerkung" in cells else {}),
        }

    # --- single cells

    def _note(self, code: str, column: str, found: object, expected: str = "") -> None:
        named = self.names.get(column, column)
        noted = problem(code, sheet=self.sheet, row=self.row, column=named, found=found, expected=expected)
        self.problems.append(noted)
        self.errors += noted.severity == ERROR

    def _area(self, text: str) -> str | None:
        found = self.lexicon.area(text)
        if found is None and text:
            self._note("unknown_jobcenter", "jobcenter", text, self.lexicon.meant_area(text))
        return found

    def _numbered(self, number: str, name: str) -> str | None:
        """Return the Jobcenter of an official number, or of a name alone; one that the catalog does not have is new."""
        if not number:
            return self._area(name)
        found = self.areas.find(number, name)
        if not found:
            self._note("unknown_area", "traegernummer", number)
        elif other := self.areas.contradicted(found, name):
            names = self.catalog.area_name
            self._note("key_and_name", "jobcenter", f"{number} {name}", f"{names(found)} oder {names(other)}")
        return found

    def _type(self, text: str) -> str | None:
        found = self.lexicon.types.get(fold(text))
        if found is None and text:
            self._note("unknown_type", "vergleichstyp", text, self.lexicon.meant_type(text))
        return found

    def _indicator(self, text: str) -> Indicator | None:
        id_ = self.lexicon.indicators.get(fold(text))
        if id_ is None and text:
            self._note("unknown_indicator", "kennzahl", text, self.lexicon.meant_indicator(text))
        return self.catalog.indicator(id_) if id_ else None

    def _breakdown(self, text: str) -> str | None:
        found = self.lexicon.breakdown(text)
        if found is None:
            self._note("unknown_breakdown", "merkmal", text, self.lexicon.meant_breakdown(text))
        return found

    def _period(self, text: str, column: str = "zeitraum") -> Period | None:
        period = parse_period(text)
        if period is None and text:
            self._note("bad_period", column, text, PERIOD_EXAMPLES)
        return period

    def _word(self, column: str, cells: Mapping[str, str], vocabulary: str = "") -> str | None:
        text = cells[column] or self.defaults[column]
        words = self.lexicon.words[vocabulary or column]
        found = words.get(fold(text))
        if found is None and text:
            self._note("unknown_word", column, text, ", ".join(dict.fromkeys(words.values())))
        return found

    def _source(self, cells: Mapping[str, str]) -> str:
        text = cells["quelle"] or self.defaults["quelle"]
        return self.lexicon.sources.get(fold(text), text)

    def _date(self, text: str, source: str) -> date | None:
        if not text:
            known = self.catalog.sources.get(source)
            return known.data_date if known and known.data_date else self.received
        period = parse_period(text)
        if period is None or (period.end - period.start).days > 30:
            self._note("bad_date", "datenstand", text, "2020-01-22, 22.01.2020 oder 2020-01 (Monatsende)")
            return None
        if period.end > self.received:
            self._note("future", "datenstand", text, "ein Datum, das schon war")
        return period.end

    def _moment(self, text: str) -> datetime | None:
        if written := moment(text):
            if written.date() > self.received + timedelta(
                days=1
            ):  # UTC may be a day ahead of the place of loading
                self._note("not_yet", "wann", text, "ein Tag, der schon war")
            return written
        period = parse_period(text) if text else Period(self.received, self.received)
        if period is None or period.start != period.end:
            self._note("bad_date", "wann", text, "2026-04-20 oder 2026-04-20 14:30")
            return None
        if period.end > self.received:
            self._note("not_yet", "wann", text, "ein Tag, der schon war")
        return datetime.combine(period.end, time())

    def _intended(self, text: str) -> float | None:
        value = parse_number(text) if text else None
        if text and value is None:
            self._note("bad_number", "wirkung_geplant", text, expected_number(text))
        return value

    def _readable(self, column: str, text: str) -> None:
        if found := unreadable(text):
            self._note("unreadable_sign", column, found)


def _not_delivered(format_: Format) -> dict[str, str]:
    """Return what the columns say that this format does not have and the Langformat has: their defaults."""
    if format_.target != "observations":
        return {}
    (langformat,) = (entry for entry in load_formats() if entry.id == "langformat")
    return {column.name: column.default for column in langformat.columns}

"""Understands the cells of observations, column by column: each distinct text once, then each combination of texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from etl.distinct import ByText
from etl.formats import Column
from etl.keys import numbered
from etl.lexicon import Lexicon
from etl.notes import Notes
from etl.numbers import SIGNS, expected_number, number_text, parse_numbers, scaled
from etl.problem import ERROR, KINDS, Problem, problem
from warehouse.catalog import Catalog
from warehouse.periods import PERIOD_EXAMPLES, parse_period
from warehouse.schema import OBSERVATION, Row
from warehouse.spelling import fold

CODED = pl.Schema(
    {
        name: pl.Categorical() if kind == pl.String and name != "place" else kind
        for name, kind in OBSERVATION.items()
    }
)
"""OBSERVATION with its words as categories, which stand in very many rows; places stay texts."""
TOO_LARGE = 1e15
"""From here on a number is no longer exact to the last digit."""
_ALWAYS_POSSIBLE = ("dokumentstand", "planjahr", "spanne")
_WORDS = ("art", "genauigkeit", "status", "zeitbezug", "einheit")
_TEXTS = ("wert", "fundstelle")
"""Cells of which nearly every row has its own."""
_LOOKS = {"ende": "zeitraum", "dauer": "zeitraum"}
"""What else the text of a cell says: the last day of a period, and what its length is natural for."""
_BY_ROW = ("unit_mismatch",)
_FACTORS = {"factor": pl.Float64, "divisor": pl.Float64}
_SAME = (1.0, 1.0)
_NAMES = {
    **{"indicator": "kennzahl", "breakdown": "merkmal", "time_concept": "zeitbezug", "kind": "art"},
    **{"period_start": "zeitraum", "period_end": "ende"},
    **{
        "precision": "genauigkeit",
        "source": "quelle",
        "place": "fundstelle",
        "line": "zeile",
        "note": "anmerkung",
    },
}


class Observed:
    """Reads one block of rows after the other and notes every problem with its place.

    `names`: the column of the delivery for each column of the Langformat; `given`: what all rows say instead of one;
    `headings`: of a period as the Langformat writes it, where periods stand across.
    """

    def __init__(
        self,
        catalog: Catalog,
        received: date,
        columns: Mapping[str, Column],
        given: Mapping[str, str],
        headings: Mapping[str, str],
        sheet: str,
    ) -> None:
        self.catalog, self.received, self.sheet, self.headings = catalog, received, sheet, headings
        self.lexicon = Lexicon(catalog)
        self.columns, self.given = columns, given
        self.defaults = {**given, **{name: column.default for name, column in columns.items()}}
        self.notes, self.order = Notes(), 0
        self.undated = [pl.Series("row", [], dtype=pl.UInt32)]
        self.rules = self._rules()
        dates = {id_: source.data_date for id_, source in catalog.sources.items()}
        self.own_date = ByText.each(dates.get, pl.Date)
        self.is_percent = ByText.each(lambda id_: catalog.unit(id_).suffix == "%", pl.Boolean)

    def _rules(self) -> dict[str, ByText]:
        """Return what each column of the Langformat with few distinct texts is understood by."""
        lexicon, coded = self.lexicon, pl.Categorical()
        rules = {name: ByText.each(self._word_rule(name), coded) for name in _WORDS}
        return rules | {
            "jobcenter": ByText.each(lexicon.area, coded),
            "kennzahl": ByText.each(lambda text: lexicon.indicators.get(fold(text)), coded),
            "merkmal": ByText.each(lexicon.breakdown, coded),
            "zeitraum": ByText.each(lambda text: _days(text)[0], pl.Date),
            "ende": ByText.each(lambda text: _days(text)[1], pl.Date),
            "dauer": ByText.each(_natural, coded),
            "datenstand": ByText.each(_day, pl.Date),
            "quelle": ByText.each(self._source, coded),
            "zeile": ByText(lambda texts: texts.cast(coded)),
            "anmerkung": ByText(lambda texts: texts.cast(coded)),
        }

    def _word_rule(self, name: str) -> Callable[[str], str | None]:
        words, default = self.lexicon.words[name], "" if name == "einheit" else self.defaults[name]
        return lambda text: words.get(fold(text or default))

    def _source(self, text: str) -> str:
        text = text or self.defaults["quelle"]
        return self.lexicon.sources.get(fold(text), text)

    def read(self, block: pl.DataFrame) -> pl.DataFrame:
        """Return the rows of a block that were understood (CODED)."""
        names = [*(name for name in self.rules if name not in _LOOKS), *_TEXTS]
        cells = {name: self._cell(block, name) for name in names}
        self.order = 0
        read = {name: (_LOOKS.get(name, name), rule) for name, rule in self.rules.items()}
        alike = {name for name, column in cells.items() if name not in _TEXTS and _is_alike(column)}
        one = {name: cells[name].head(1) for name in alike}
        same = {f"_{name}": column for name, column in one.items()}
        same |= {name: rule.of(one[cell]) for name, (cell, rule) in read.items() if cell in alike}
        self.found = pl.DataFrame(
            {
                "row": block["row"],
                **{f"_{name}": column for name, column in cells.items() if name not in alike},
                **{name: rule.of(cells[cell]) for name, (cell, rule) in read.items() if cell not in alike},
                "fundstelle": cells["fundstelle"],
                **self._numbers(cells["wert"]),
            }
        ).with_columns(*(pl.lit(column).first().alias(name) for name, column in same.items()), is_bad=False)
        self._places_and_quantities()
        self._dates()
        self._values()
        self._time_concepts()
        good = pl.col("is_known") & ~pl.col("is_bad")
        columns = [pl.col(_NAMES.get(name, name)).alias(name) for name in CODED]
        rows = self.found.select(*columns, good=good, undated="is_undated")
        rows = rows if rows["good"].all() else rows.filter("good")
        undated = rows["row"] if rows["undated"].all() else rows.filter("undated")["row"]
        self.undated.append(undated.cast(pl.UInt32))
        return rows.select(list(CODED))

    def _cell(self, block: pl.DataFrame, name: str) -> pl.Series:
        kind = pl.String() if name in _TEXTS else None
        if name in self.columns:
            cells = block[self.columns[name].name]
            return cells.cast(kind) if kind else cells
        nothing = pl.Series(name, [self.given.get(name, "")], dtype=kind or pl.Categorical())
        return nothing.new_from_index(0, block.height) if kind else nothing.head(block.height)

    def _numbers(self, texts: pl.Series) -> dict[str, pl.Series]:
        """Return the numbers, also of percentages (`prozent`), and the signs that stand instead of some (`zeichen`)."""
        numbers = parse_numbers(texts)
        signs = pl.Series([None], dtype=pl.Categorical()).new_from_index(0, len(texts))
        rest = numbers.is_null().arg_true()
        if rest.is_empty():
            return {"wert": numbers, "prozent": numbers, "zeichen": signs}
        others = texts.gather(rest)
        percents = parse_numbers(others.str.strip_suffix("%").str.strip_chars_end())
        of_text = {text: self.lexicon.signs.get(SIGNS.get(text, "")) for text in others.unique()}
        told = others.replace_strict(of_text, return_dtype=pl.String).cast(pl.Categorical())
        return {
            "wert": numbers,
            "prozent": numbers.clone().scatter(rest, percents),
            "zeichen": signs.scatter(rest, told),
        }

    # --- rules for one column, and for columns together

    def _places_and_quantities(self) -> None:
        for name, column in self.columns.items():
            if column.required:
                self._note("missing_cell", name, pl.col(f"_{name}") == "", self._meaning(name))
        lexicon = self.lexicon
        self._unknown("unknown_jobcenter", "jobcenter", lexicon.meant_area)
        self._unknown("unknown_indicator", "kennzahl", lexicon.meant_indicator)
        self._unknown("unknown_breakdown", "merkmal", lexicon.meant_breakdown)
        self._unknown("bad_period", "zeitraum", lambda _: PERIOD_EXAMPLES)
        self._unknown_word("art")
        self._unknown_word("genauigkeit")

    def _meaning(self, name: str) -> Callable[[str], str]:
        return lambda _: self.columns[name].description.removesuffix(".") or "eine Angabe"

    def _dates(self) -> None:
        self._unknown("bad_date", "datenstand", lambda _: "2020-01-22, 22.01.2020 oder 2020-01 (Monatsende)")
        received = pl.lit(self.received)
        self._note(
            "future", "datenstand", pl.col("datenstand") > received, lambda _: "ein Datum, das schon war"
        )
        own = pl.lit(self.own_date.of(self.found["quelle"]))
        says_nothing = pl.col("_datenstand") == ""
        self.found = self.found.with_columns(
            is_undated=says_nothing & own.is_null(),
            data_date=pl.when(says_nothing).then(pl.coalesce(own, received)).otherwise("datenstand"),
            is_known=pl.col("kennzahl").is_not_null() & pl.col("zeitraum").is_not_null(),
        )
        is_to_come = (pl.col("art") == "ist") & (pl.col("zeitraum") > received)
        self._note(
            "future",
            "zeitraum",
            pl.col("is_known") & is_to_come,
            lambda _: "ein vergangener Zeitraum, wo ein Ist steht",
        )

    def _values(self) -> None:
        says_number = pl.col("zeichen").is_null() & (pl.col("_wert") != "")
        self.found = self.found.with_columns(
            self.is_percent.of(self.found["kennzahl"]).alias("is_percent")
        ).with_columns(
            value=pl.when(pl.col("is_percent").fill_null(value=True)).then("prozent").otherwise("wert")
        )
        self._note("bad_number", "wert", says_number & pl.col("value").is_null(), expected_number)
        self._unknown_word("status", pl.col("is_known"))
        self.found = self.found.with_columns(
            value=pl.when(pl.col("zeichen").is_null(), "is_known").then("value"),
            status=pl.coalesce("zeichen", "status"),
        )
        statuses = self.catalog.statuses
        without = [id_ for id_, status in statuses.items() if not status.has_value]
        self._note(
            "status_without_value",
            "status",
            pl.col("value").is_not_null() & pl.col("status").is_in(without),
            lambda row: statuses[row["status"]].sign,
            text="_wert",
        )
        self._converted()

    def _converted(self) -> None:
        """Turn values into the unit of their indicator; only amounts of money are delivered in several."""
        self.found = self.found.with_columns(printed="value")
        if self.found.select((pl.col("_einheit") != "").any()).item():
            numbers, pairs = numbered(self.found, ["_einheit", "kennzahl", "einheit"])
            factors = [self._factors(*pair) for pair in pairs.iter_rows()]
            if any(each != _SAME for each in factors):
                self._convert(pl.DataFrame(factors, schema=_FACTORS, orient="row")[numbers])
        self._note(
            "out_of_range",
            "wert",
            ~(pl.col("value").abs() < TOO_LARGE),
            lambda _: "unter 1.000 Billionen",
            text=lambda row: number_text(row["printed"]),
        )

    def _convert(self, factors: pl.DataFrame) -> None:
        self.found = self.found.with_columns(factors)
        mismatched = (pl.col("value") + pl.col("factor")).is_null() & pl.col("value").is_not_null()
        self._note("unit_mismatch", "einheit", mismatched, lambda row: self.catalog.unit(row["kennzahl"]).id)
        self.found = self.found.with_columns(_scaled(self.found))

    def _factors(
        self, text: str, indicator: str | None, unit: str | None
    ) -> tuple[float | None, float | None]:
        """Return what a value is multiplied with and divided by; nothing where its unit does not fit the indicator."""
        if indicator is None:
            return None, None
        own = self.catalog.unit(indicator)
        given = self.catalog.units.get(unit or "") if text else own
        if given is None or (given.id != own.id and (not own.dimension or given.dimension != own.dimension)):
            return None, None
        return _SAME if given.id == own.id else (given.factor, own.factor)

    def _time_concepts(self) -> None:
        self._unknown_word("zeitbezug", pl.col("is_known"))
        says = pl.lit(value=True) if self.defaults["zeitbezug"] else pl.col("_zeitbezug") != ""
        found = self.found.with_columns(says_concept=says)
        numbers, combined = numbered(found, ["zeitbezug", "says_concept", "kennzahl", "dauer"])
        told = pl.DataFrame(
            [self._concept(*row) for row in combined.iter_rows()],
            schema={"zeitbezug": pl.Categorical(), "usual": pl.String},
            orient="row",
        )
        columns = told if told["usual"].null_count() < told.height else told.drop("usual")
        self.found = found.with_columns(columns[numbers])
        if "usual" not in columns.columns:
            return
        names = self.catalog.time_concepts
        self._note(
            "unusual_time_concept",
            "zeitbezug",
            pl.col("usual").is_not_null(),
            lambda row: row["usual"],
            text=lambda row: names[row["zeitbezug"]].name,
        )

    def _concept(
        self, given: str | None, says: bool, id_: str | None, natural: str | None
    ) -> tuple[str | None, str | None]:
        """Return the time concept of a combination, and what is usual where it is not."""
        if id_ is None or natural is None:
            return None, None
        indicator, names = self.catalog.indicator(id_), self.catalog.time_concepts
        declared = indicator.time_concepts
        is_natural = not declared or natural in declared or natural == "spanne"
        concept = given if says else natural if is_natural else declared[0]
        possible = (*declared, *indicator.targets_on, *_ALWAYS_POSSIBLE)
        is_usual = not concept or not declared or concept in possible
        return concept, None if is_usual else ", ".join(names[known].name for known in declared)

    # --- problems

    def _unknown(self, code: str, name: str, meant: Callable[[str], str]) -> None:
        """Note the texts of a column that say something nobody knows."""
        if not self.found[name].null_count():
            return
        self._note(code, name, pl.col(name).is_null() & (pl.col(f"_{name}") != ""), meant)

    def _unknown_word(self, name: str, where: pl.Expr | None = None) -> None:
        if not self.found[name].null_count():
            return
        known = ", ".join(dict.fromkeys(self.lexicon.words[name].values()))
        says = (pl.col(f"_{name}") != "") | pl.lit(bool(self.defaults[name]))
        is_unknown = pl.col(name).is_null() & says & (pl.lit(value=True) if where is None else where)
        self._note(
            "unknown_word",
            name,
            is_unknown,
            lambda _: known,
            text=lambda row: row[f"_{name}"] or self.defaults[name],
        )

    def _note(
        self,
        code: str,
        name: str,
        where: pl.Expr,
        expected: Callable[[Any], str],
        text: str | Callable[[Row], str] = "",
    ) -> None:
        """Note each row `where` holds; `expected` is told the text of the cell, or the row where `text` is named."""
        is_so = self.found.select(where.fill_null(value=False)).to_series()
        if not is_so.any():
            return
        if KINDS[code].severity == ERROR:
            self.found = self.found.with_columns(is_bad=pl.col("is_bad") | is_so)

        def tell(row: Row) -> Problem:
            cell = row[text or f"_{name}"] if isinstance(text, str) else text(row)
            told = expected(row) if text or code in _BY_ROW else expected(cell)
            return problem(
                code,
                sheet=self.sheet,
                row=row["row"],
                column=self._column(name, row),
                found=cell,
                expected=told,
            )

        self.order = self.order + 1
        self.notes.each((code, name), self.order, self.found.filter(is_so), tell)

    def _column(self, name: str, row: Row) -> str:
        heading = self.headings.get(row["_zeitraum"], "") if name in ("zeitraum", "wert") else ""
        return heading or (self.columns[name].name if name in self.columns else name)


def _is_alike(column: pl.Series) -> bool:
    """Tell whether a column of categories says the same in all rows: then it is understood, and kept, once."""
    numbers = column.to_physical()
    return len(column) > 0 and not numbers.null_count() and numbers.min() == numbers.max()


def _days(text: str) -> tuple[date | None, date | None]:
    period = parse_period(text)
    return (period.start, period.end) if period else (None, None)


def _natural(text: str) -> str | None:
    """Return the time concept that a period of this length has where nothing is said of it."""
    start, end = _days(text)
    if start is None or end is None:
        return None
    days = (end - start).days + 1
    return "stichtag" if days <= 31 else "jahr" if days in (365, 366) else "spanne"


def _day(text: str) -> date | None:
    period = parse_period(text)
    return period.end if period and (period.end - period.start).days <= 30 else None


def _scaled(found: pl.DataFrame) -> pl.Series:
    """Return the values in the unit of their indicator: where this is another one, in decimal arithmetic."""
    rows = found.select("value", "factor", "divisor")
    other = (rows["factor"] != rows["divisor"]).fill_null(value=False) & rows["value"].is_not_null()
    kept = rows.select(pl.when(pl.col("factor").is_not_null()).then("value")).to_series()
    return kept.scatter(other.arg_true(), [scaled(*row) for row in rows.filter(other).iter_rows()]).alias(
        "value"
    )

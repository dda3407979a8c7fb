"""Step 3 of the assistant: what holds for all rows, because it stands once above the table or nowhere in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from etl.assignment import table_heads
from etl.lexicon import Lexicon
from etl.proposal import VALUE, Extent, Guess
from etl.read import Sheet
from etl.title_texts import TitleText, areas_in_titles, periods_in_titles, title_texts
from pages.components.assistant_form import NOTHING, Form
from pages.components.warehouse import catalog

TYPED = "eintippen"
IN_FILE = "title:"
"""What begins an answer that the file itself gives: behind it stands the number of the text."""
Once = tuple[dict[str, str], dict[str, TitleText], dict[str, str], str]


def ask_once(
    form: Form, sheet: Sheet, extent: Extent, columns: Mapping[str, Guess], lexicon: Lexicon, prefix: str
) -> Once:
    """Ask for what no column says; return what holds for every file, what titles say, what is typed, and the mark."""
    st.markdown("#### 3. Was gilt für alle Zeilen?")
    said = {guess.read_as for guess in columns.values()}
    once: dict[str, str] = {}
    titles: dict[str, TitleText] = {}
    told: dict[str, str] = {}
    ask = _Asking(form, prefix, titles, told)
    left, middle, right = st.columns(3, vertical_alignment="top")
    with left:
        if "jobcenter" not in said:
            once["jobcenter"] = ask.jobcenter(areas_in_titles(sheet, extent, lexicon))
        if "kennzahl" not in said and any(
            each.read_as == VALUE and not each.kennzahl for each in columns.values()
        ):
            once["kennzahl"] = form.quantity(
                "Kennzahl für alle Werte", f"{prefix}-kennzahl", proposed="", nothing="Bitte wählen"
            )
        if not said & {"zeitraum", "jahr"} and not _periods_across(sheet, extent, columns):
            ask.period(periods_in_titles(sheet, extent))
    with middle:
        once["zeitbezug"] = ask.term("Zeitbezug", catalog().time_concepts, "nach Kennzahl und Zeitraum", said)
        once["art"] = ask.term("Art", catalog().kinds, "Ist", said)
        if "datenstand" not in said:
            ask.data_date(data_dates(sheet, extent))
    with right:
        once["quelle"] = form.text("Quelle", f"{prefix}-quelle", placeholder="Name des Formats")
        texts = title_texts(sheet, extent)
        title = form.select(
            "Nur Dateien mit diesem Text über der Tabelle",
            [NOTHING, *texts],
            f"{prefix}-kennzeichen",
            shown=lambda text: text or "alle mit diesen Überschriften",
        )
    return {name: text for name, text in once.items() if text}, titles, told, title


def data_dates(sheet: Sheet, extent: Extent) -> list[TitleText]:
    """Return the texts around the table with a period in them, those that speak of a Stand first."""
    found = periods_in_titles(sheet, extent, below=True)
    return sorted(found, key=lambda each: not _is_stand(each))


def _is_stand(each: TitleText) -> bool:
    return "stand" in each.text.lower()


def _periods_across(sheet: Sheet, extent: Extent, columns: Mapping[str, Guess]) -> bool:
    values = [head for head in table_heads(sheet, extent) if columns.get(head.name, Guess()).read_as == VALUE]
    return bool(values) and all(head.told for head in values)


class _Asking:
    """Questions whose answer stands above the table, is chosen, or is typed for this file alone."""

    def __init__(self, form: Form, prefix: str, titles: dict[str, TitleText], told: dict[str, str]) -> None:
        self.form, self.prefix, self.titles, self.told = form, prefix, titles, told

    def jobcenter(self, found: Sequence[TitleText]) -> str:
        known = catalog()
        areas = {each.id: each.name for each in (*known.jobcenters.values(), *known.regions.values())}
        chosen = self._choose("Jobcenter", "jobcenter", found, {NOTHING: "Bitte wählen", **areas})
        return chosen if chosen in areas else ""

    def period(self, found: Sequence[TitleText]) -> None:
        chosen = self._choose("Zeitraum", "zeitraum", found, {TYPED: "für jede Datei einzeln eintippen"})
        if chosen == TYPED:
            self.told["zeitraum"] = self.form.text(
                "Zeitraum dieser Datei", f"{self.prefix}-zeitraum-datei", placeholder="z. B. 2019-10"
            )

    def data_date(self, found: Sequence[TitleText]) -> None:
        options = {NOTHING: "Tag des Ladens", TYPED: "für jede Datei einzeln eintippen"}
        proposed = f"{IN_FILE}0" if any(map(_is_stand, found)) else NOTHING
        chosen = self._choose("Datenstand", "datenstand", found, options, proposed)
        if chosen == TYPED:
            self.told["datenstand"] = self.form.text(
                "Datenstand dieser Datei", f"{self.prefix}-datenstand-datei", placeholder="z. B. 12.11.2019"
            )

    def _choose(
        self,
        label: str,
        column: str,
        found: Sequence[TitleText],
        others: Mapping[str, str],
        proposed: str | None = None,
    ) -> str:
        names = {f"{IN_FILE}{at}": f"aus der Datei: »{each.text[:60]}«" for at, each in enumerate(found)}
        names |= others
        first = next(iter(names))
        chosen = self.form.select(
            label,
            list(names),
            f"{self.prefix}-{column}",
            proposed=first if proposed is None else proposed,
            shown=names.__getitem__,
        )
        if chosen.startswith(IN_FILE):
            self.titles[column] = found[int(chosen.removeprefix(IN_FILE))]
        return chosen

    def term(self, label: str, terms: Mapping[str, object], nothing: str, said: set[str]) -> str:
        column = label.lower()
        if column in said:
            return ""
        names = {
            id_: str(getattr(term, "name", id_)) for id_, term in terms.items() if id_ != nothing.lower()
        }
        options = [NOTHING, *names]
        return self.form.select(
            label, options, f"{self.prefix}-{column}", shown=lambda id_: names.get(id_) or nothing
        )

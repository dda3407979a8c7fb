"""Shows what charts and tables return: always the same anatomy, downloads always in the same place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import polars as pl
import streamlit as st

from pages.charts.chart import NOTE_ORDER, Chart
from pages.charts.tables import for_people
from pages.charts.theme import CONFIG
from pages.components.html import EMPTY, Html, badge, beside, link, marks, muted, plain, stacked, text
from pages.components.pinning import ANSWER, Shown, is_collecting, keep, keep_reading, pin_button
from pages.components.state import state_note
from pages.components.warehouse import catalog, is_revised
from warehouse.catalog import OWN_CALCULATION, Catalog, address
from warehouse.downloads import table_csv, table_xlsx
from warehouse.formatting import format_row
from warehouse.periods import period_label

INTERN = "Das Quelldokument ist als INTERN gekennzeichnet."
CONTRADICTED = "Das Dokument nennt für dieselbe Angabe verschiedene Werte; siehe Nachweis."
SOFT = "Kein endgültiger Wert; spätere Lieferungen können ihn ändern."
REVISED = "Ein früherer Stand derselben Quelle nannte einen anderen Wert; der Nachweis zeigt beide."
UNCERTAIN = "Die Zuordnung ist unsicher; siehe Anmerkung im Nachweis."


def head(question: str, answer: str) -> None:
    """Begin a page: the question it answers, and one sentence with the answer from the data."""
    st.session_state[ANSWER] = answer
    st.title(question)
    st.markdown(plain(answer))


def chart(
    drawn: Chart, *, key: str, marked: bool = False, remarks: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Show a chart with its text alternative, and below it the same data as table and downloads.

    `remarks`: what the downloads carry beside the footnotes (comments).

    `marked`: the INTERN badge already stands above a row of charts, so that these begin at the same height.
    """
    if is_collecting():
        keep(Shown(key, drawn.title, drawn.table, {**drawn.notes, **remarks}, drawn))
        keep_reading(drawn.reading)
        return
    if drawn.is_confidential and not marked:
        st.html(intern(drawn.is_confidential).text)
    sent = drawn.drawing.sent(st.context.theme.type)
    st.plotly_chart(sent, theme=None, config=CONFIG, key=key, alt=drawn.alt)
    twin(drawn.table, title=drawn.title, notes={**drawn.notes, **remarks}, key=key, drawn=drawn)
    reading(drawn.reading)


def twin(
    frame: pl.DataFrame, *, title: str, notes: Mapping[str, str], key: str, drawn: Chart | None = None
) -> None:
    """Show the table twin of a chart: folded away, with CSV and XLSX in it; beside it the way into a Mappe."""
    shown = Shown(key, title, frame, notes, drawn)
    if is_collecting():
        keep(shown)
        return
    with st.container(horizontal=True, key=f"{key}-zwilling"):
        _as_table(frame, title, notes, key)
        pin_button(shown)


def _as_table(frame: pl.DataFrame, title: str, notes: Mapping[str, str], key: str) -> None:
    name, notes = _file_name(title), {**notes, **state_note()}
    with st.expander("Als Tabelle"):
        rows = for_people(frame).to_arrow()
        # As Arrow and not lazy: everything else makes Streamlit import pandas, which delays the first page.
        st.dataframe(rows, lazy=False, hide_index=True, key=f"{key}-table", alt=f"Tabelle: {title}")
        with st.container(horizontal=True):
            st.download_button(
                "CSV",
                lambda: table_csv(frame, notes),
                f"{name}.csv",
                "text/csv",
                key=f"{key}-csv",
                on_click="ignore",
            )
            st.download_button(
                "XLSX",
                lambda: table_xlsx(frame, notes, title),
                f"{name}.xlsx",
                key=f"{key}-xlsx",
                on_click="ignore",
            )


def table(
    shown: Html,
    frame: pl.DataFrame,
    *,
    title: str,
    notes: Mapping[str, str],
    key: str,
    remarks: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Show an HTML table with its footnotes, and its data as downloads, which carry `remarks` (comments), too."""
    if not is_collecting():
        st.html(shown.text)
        footnotes(notes)
    twin(frame, title=title, notes={**notes, **remarks}, key=key)


def footnotes(notes: Mapping[str, str]) -> None:
    """Show footnotes in their fixed order."""
    further = (name for name in notes if name not in NOTE_ORDER)
    ordered = [(name, notes[name]) for name in (*NOTE_ORDER, *further) if notes.get(name)]
    if ordered:
        st.html(
            "".join(f'<p class="jv-note">{text(name).text}: {text(note).text}</p>' for name, note in ordered)
        )


def reading(how: str) -> None:
    """Explain how to read the chart above with the reader's own numbers; nothing where there are none."""
    if is_collecting():
        keep_reading(how)
    elif how:
        with st.expander("So lesen Sie diese Grafik"):
            st.markdown(plain(how))


def missing(what: str, remedy: str) -> None:
    """Say what is missing and which delivery would fill it."""
    st.info(f"{plain(what)} {plain(remedy)}")


def contradictions(recorded: pl.DataFrame) -> None:
    """Show what documents contradict themselves in (CONTRADICTION columns); nothing where there is none."""
    if is_collecting():
        said = [f"{row['figures']}: {row['explanation']}" for row in recorded.iter_rows(named=True)]
        st.session_state["_contradictions"] = said
        return
    if recorded.height:
        st.header("Widersprüche im Dokument")
    for row in recorded.iter_rows(named=True):
        area, places = catalog().area_name(row["jobcenter"]), row["place"].replace("|", "; ")
        footnotes({f"{area}: {row['figures']}": f"{row['explanation']} ({places})"})


def value_cell(row: Mapping[str, Any], *, extra: Html = EMPTY, note: Html = EMPTY) -> Html:
    """Return a value as a table cell: the figure linked to its evidence, its period below, badges for what one must know.

    `row`: CURRENT columns; `extra` stands beside the figure, `note` below it.
    """
    known = catalog()
    period = period_label(row["period_start"], row["period_end"])
    concept = known.time_concepts[str(row["time_concept"])]
    dated = period if concept.id in ("stichtag", "jahr") else f"{period} · {concept.short}"
    kind = "" if row["kind"] == "ist" else f"{known.kinds[str(row['kind'])].name} · "
    figure = beside(_linked_figure(known, row), extra)
    return stacked(figure, muted(kind + dated), note, marks(*_marks(known, row)))


def figure_cell(row: Mapping[str, Any], *, extra: Html = EMPTY, note: Html = EMPTY) -> Html:
    """Return a value as a cell of a table whose rows and columns already name period and kind; see `value_cell`."""
    known = catalog()
    return stacked(beside(_linked_figure(known, row), extra), note, marks(*_marks(known, row)))


def intern(is_confidential: bool | None) -> Html:
    """Return the INTERN badge where a source is confidential, else nothing."""
    return badge("INTERN", INTERN) if is_confidential else EMPTY


def intern_of(source: str) -> Html:
    """Return the INTERN badge where a source (its id) is confidential, else nothing."""
    return intern(catalog().is_confidential(source))


def _linked_figure(known: Catalog, row: Mapping[str, Any]) -> Html:
    area, formula = known.area_name(str(row["jobcenter"])), known.indicator(row["indicator"]).formula
    own = row["source"] == OWN_CALCULATION and formula
    series = (
        (formula.numerator.indicator, formula.numerator.breakdown)
        if own
        else (row["indicator"], row["breakdown"])
    )
    hint = "Nachweis der Werte zeigen, aus denen gerechnet ist" if own else "Nachweis zeigen"
    return link(text(format_row(known, row)), "nachweis", hint, jobcenter=area, reihe=address(*series))


def _marks(known: Catalog, row: Mapping[str, Any]) -> list[Html]:
    status = known.statuses[row["status"]]
    return [
        intern(row.get("confidential")),
        badge("‼ Widerspruch", CONTRADICTED) if row.get("contradicted") else EMPTY,
        badge("? unsicher", UNCERTAIN) if row["status"] == "unsicher" else EMPTY,
        badge(status.name, SOFT) if status.is_soft else EMPTY,
        badge("revidiert", REVISED) if is_revised(row) else EMPTY,
        badge(OWN_CALCULATION, row["place"]) if row["source"] == OWN_CALCULATION else EMPTY,
    ]


def _file_name(title: str) -> str:
    """Return a title as a file name that every system takes."""
    plain = title.lower().translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]

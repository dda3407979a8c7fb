"""A value taken out is taken out everywhere, with what it follows from, and shown as not shown in all four files."""

import io
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from pages.reports.guard import secrets
from pages.reports.handout import pdf
from pages.reports.offline import html
from pages.reports.slides import powerpoint
from pages.reports.view import View, of_chart
from pages.reports.withheld import SIGN, hide, label, proposal
from pages.reports.workbook import excel
from tests.reports.decks import NOTES, bars, deck, table
from tests.reports.test_guard import areas, view
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
SMALL: dict[str, list[Any]] = {"Wert": [22389.0, 2.0], "Angabe": ["22.389", "2"], "Status": ["endgültig"] * 2}


def values(shown: View) -> list[float | None]:
    return shown.table["Wert"].to_list()


def test_only_the_value_is_taken_out_and_with_it_what_it_follows_from() -> None:
    shown = [view(("Insgesamt", 100), ("Männer", 98), ("Frauen", 2))]
    labels = proposal(shown, CATALOG)
    assert [each.split(" · ")[2] for each in labels] == ["Frauen", "Männer"]
    assert values(hide(shown, labels, CATALOG)[0]) == [100, None, None]
    assert secrets(hide(shown, labels, CATALOG), CATALOG) == []


def test_the_same_value_in_another_view_is_taken_out_with_it() -> None:
    first, second = view(("Insgesamt", 100), ("Frauen", 40)), view(("Frauen", 40))
    other = pl.DataFrame({"Jobcenter": ["Magdeburg", "Halle (Saale)"], "Jun 2019": [40.0, 40.0]})
    kept = hide(
        [first, second, View("Verlauf", other, NOTES)], [label(first.table.row(1, named=True))], CATALOG
    )
    assert [values(each) for each in kept[:2]] == [[100, None], [None]]
    assert kept[2].table["Jun 2019"].to_list() == [None, 40.0]
    assert kept[2].table["Angabe"].to_list() == [SIGN, ""]


def test_rows_of_an_internal_document_may_leave_the_others_to_be_shown() -> None:
    rows = pl.concat(
        [areas(("Magdeburg", 50), Quelle="BA").table, areas(("ME-aktiv", 70), Quelle="Plan (INTERN)").table]
    )
    shown = [View("Bestand: ME-aktiv 70", rows, {"Quelle": "BA; Plan (INTERN)"})]
    (kept,) = hide(shown, proposal(shown, CATALOG), CATALOG)
    assert (values(kept), kept.notes["Quelle"], kept.title) == ([50, None], "BA", "Bestand: ME-aktiv †")
    assert not kept.is_confidential


@given(st.lists(st.integers(1, 60), min_size=4, max_size=4))
def test_whatever_the_counts_nothing_confidential_is_left(counts: list[int]) -> None:
    men, women, idle_men, idle_women = counts
    shown = [
        view(
            ("Insgesamt", men + women + idle_men + idle_women),
            ("Männer", men + idle_men),
            ("Frauen", women + idle_women),
        ),
        view(
            ("Arbeitslose", idle_men + idle_women),
            ("Arbeitslose, Männer", idle_men),
            ("Arbeitslose, Frauen", idle_women),
        ),
    ]
    labels = proposal(shown, CATALOG)
    assert secrets(hide(shown, labels, CATALOG), CATALOG) == []
    assert bool(labels) == bool(secrets(shown, CATALOG))


def test_all_four_files_show_the_sign_and_the_others_and_never_the_value() -> None:
    chart = bars("Magdeburg hat 2", frame=table(**SMALL))
    full = of_chart(
        chart, message="Es sind 2 Personen.", comment="Nur 2 in Magdeburg.", reading="2 Personen."
    )
    (kept,) = hide([full], proposal([full], CATALOG), CATALOG)
    assert (kept.chart, kept.title, kept.beside, kept.alt) == (
        None,
        "Magdeburg hat †",
        "Nur † in Magdeburg.",
        "Tabelle: Magdeburg hat †",
    )
    told = deck(kept)
    slide = Presentation(io.BytesIO(powerpoint(told))).slides[2]
    cells = [
        cell.text
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    paper = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(told))).pages)
    page = html(told).decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(excel(told)))
    sheet = book.get_sheet_by_name(book.sheet_names[1]).to_python()
    assert SIGN in cells
    assert "22.389" in cells
    assert "2" not in cells
    assert "0" not in cells
    assert SIGN in paper.replace("\n", " ")
    assert f">{SIGN}</td>" in page
    assert [row[sheet[0].index("Wert")] for row in sheet[1:]] == [22389.0, ""]
    assert all("zum Schutz der Angaben" in each for each in (paper.replace("\n", " "), page))

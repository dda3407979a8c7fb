"""The hand-out: tagged, German, with contents and annex – and no text of a user can act in it."""

import io
import itertools
from typing import Any

import polars as pl
import pytest
from pypdf import PdfReader

from pages.charts.chart import finish
from pages.charts.drawing import Drawing
from pages.charts.panels import Bar, Panel, draw_panels
from pages.reports.handout import pdf
from pages.reports.view import View, of_chart
from tests.reports.decks import NOTES, bars, deck, table
from warehouse.catalog import load_catalog


@pytest.fixture(scope="module")
def small() -> PdfReader:
    view = of_chart(
        bars("#import <b> $x$ *fett* @x \\ ein Titel"), comment='#read("/etc/passwd") = kein Befehl',
        definition="Was gezählt wird.", reading="So liest man das.", contradictions=("Das Dokument nennt 5 und 6.",),
        link="http://127.0.0.1:8501/vergleich",
    )  # fmt: skip
    return PdfReader(io.BytesIO(pdf(deck(view, occasion="Beirat"))))


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_tagged_german_and_says_it_is_universally_accessible(small: PdfReader) -> None:
    root = small.trailer["/Root"]
    assert str(root["/Lang"]).startswith("de")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert small.metadata is not None
    assert small.metadata.title == "Mappe"


def test_words_of_a_user_are_words(small: PdfReader) -> None:
    assert "#import <b> $x$ *fett* @x \\ ein Titel" in text(small)
    assert '#read("/etc/passwd") = kein Befehl' in text(small)


def test_contents_annex_page_numbers_and_sources(small: PdfReader) -> None:
    found = text(small)
    for expected in (
        "Inhalt",
        "Seite 1 von",
        "Anhang",
        "Definitionen Was gezählt wird.",
        "‼ Das Dokument nennt 5 und 6.",
        "Quellen",
    ):
        assert expected in found
    assert len(small.outline) >= 2


def test_charts_are_vectors_with_a_text_alternative(small: PdfReader) -> None:
    assert not any(page.images for page in small.pages)
    kinds = [element.get_object() for element in _tree(small.trailer["/Root"]["/StructTreeRoot"])]
    alts = [str(element["/Alt"]) for element in kinds if "/Alt" in element]
    assert any("ein Titel" in alt for alt in alts)


def test_its_structure_names_headings_header_cells_and_every_drawing(small: PdfReader) -> None:
    """What PDF/UA asks for and a reader's software lives on; typst vouches for the rest by refusing to write it."""
    elements = [each.get_object() for each in _tree(small.trailer["/Root"]["/StructTreeRoot"])]
    kinds = [str(each.get("/S")) for each in elements]
    assert small.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/H1" in kinds
    assert "/TOC" in kinds
    assert kinds.count("/Table") == len([each for each in elements if each.get("/S") == "/THead"])
    headers = [each for each in elements if each.get("/S") == "/TH"]
    assert len(headers) >= kinds.count("/Table") > 0
    assert all("/Scope" in attributes(each) for each in headers)
    assert all(str(each.get("/Alt", "")).strip() for each in elements if each.get("/S") == "/Figure")
    assert all(page["/Tabs"] == "/S" for page in small.pages)


def attributes(element: Any) -> set[str]:
    """Return the names of the attributes of a structure element."""
    given = element.get("/A", [])
    return {name for each in (given if isinstance(given, list) else [given]) for name in each.get_object()}


def _tree(element: object) -> list[object]:
    found: list[object] = []
    kids = element.get_object().get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        known = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(known, "get"):
            found += [known, *_tree(known)]
    return found


def test_long_tables_repeat_their_header() -> None:
    frame = table(**{name: list(cells) * 60 for name, cells in table().to_dict(as_series=False).items()})
    reader = PdfReader(io.BytesIO(pdf(deck(bars(frame=frame)))))
    with_header = [
        page for page in reader.pages if "Angabe" in page.extract_text() and "22.389" in page.extract_text()
    ]
    assert len(with_header) >= 2


def test_a_tall_drawing_goes_on_on_the_next_sheet_and_loses_nothing() -> None:
    jobcenter = next(iter(load_catalog().jobcenters.values()))
    panels = [
        Panel(f"Feld {n}", "", jobcenter, [Bar(f"Name {n}-{m}", m + 1, f"{n},{m}") for m in range(4)])
        for n in range(12)
    ]
    figure = Drawing()
    height = draw_panels(figure, panels)
    chart = finish(figure, title="Hoch", subtitle="", alt="Hoch.", table=table(), notes=NOTES, height=height)
    reader = PdfReader(io.BytesIO(pdf(deck(chart))))
    with_fields = [page.extract_text() for page in reader.pages if "Feld" in page.extract_text()]
    assert len(with_fields) >= 2
    for n, m in itertools.product(range(12), range(4)):
        assert sum(page.split().count(f"{n}-{m}") for page in with_fields) == 1


def test_no_page_holds_footnotes_alone() -> None:
    jobcenter = next(iter(load_catalog().jobcenters.values()))
    notes = {**NOTES, "Besonderheiten": "Felder mit verschiedenen Daten vergleicht man nur in sich. " * 8}
    for number in range(6, 12):
        panels = [Panel(f"Feld {n}", "", jobcenter, [Bar(f"Name {n}", 1, "1")] * 2) for n in range(number)]
        figure = Drawing()
        height = draw_panels(figure, panels)
        chart = finish(
            figure, title="Hoch", subtitle="", alt="Hoch.", table=table(), notes=notes, height=height
        )
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf(deck(chart)))).pages]
        (noted,) = [page for page in pages if "Datenstand: 14.04.2020" in page]
        assert "Feld" in noted
        assert "vergleicht man nur in sich." in noted


def test_a_wide_table_without_a_drawing_stands_below_its_title() -> None:
    wide = table().with_columns(
        pl.lit("Ein langer Text, der Platz braucht").alias(f"Spalte {n}") for n in range(3)
    )
    wide = wide.with_columns(
        pl.Series("Spalte 9", ["Ein Text anderer Art", "und noch einer, länger als der erste"])
    )
    wide = wide.with_columns(
        pl.concat_str(pl.lit("Text "), pl.col("Angabe"), pl.lit(" Zusatz")).alias(f"Mehr {n}")
        for n in range(9)
    )
    pages = PdfReader(io.BytesIO(pdf(deck(View("Breite Tabelle", wide, NOTES))))).pages
    (own,) = [page for page in pages[1:] if "Breite Tabelle" in page.extract_text()]
    assert float(own.mediabox.width) > float(own.mediabox.height)
    assert "22.389" in own.extract_text()

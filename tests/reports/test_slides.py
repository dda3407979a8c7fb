"""Slides: legible from afar, nothing beside the slide, everything named, and an office may bring its own design."""

import io
import re
from typing import Any

import polars as pl
import pytest
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from pages.reports.handout import pdf
from pages.reports.measure import LINE, wrap
from pages.reports.native import SMALLEST
from pages.reports.offline import html
from pages.reports.paint import ExportError
from pages.reports.slides import IN_NOTES, powerpoint
from pages.reports.template import template
from pages.reports.view import View, of_chart
from pages.reports.workbook import excel
from tests.reports.decks import NOTES, bars, deck, unreadable

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SMALL_PRINT = ("Fußzeile", "Foliennummer")
LONG = (
    "Erwerbsfähige Leistungsberechtigte in Bedarfsgemeinschaften mit mehreren Kindern unter fünfzehn Jahren und "
    * 4
)


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_every_chart_and_picture_has_a_text_alternative(slides: bytes) -> None:
    for slide in opened(slides).slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), shape.name


def test_every_slide_has_a_title_of_its_own_that_is_read_first_in_german(slides: bytes) -> None:
    made = opened(slides)
    titles = [slide.shapes.title.text_frame.text for slide in made.slides if slide.shapes.title]
    assert len(titles) == len(made.slides)
    assert sorted(titles) == sorted(set(titles))
    for slide in made.slides:
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id
        runs = [run for shape in slide.shapes for run in shape._element.iter(f"{A}r")]
        assert {run.rPr.get("lang") if run.rPr is not None else None for run in runs} <= {"de-DE"}


def test_no_text_is_smaller_than_14_points_footers_excepted(slides: bytes) -> None:
    for slide in opened(slides).slides:
        small = {p.placeholder_format.idx for p in slide.slide_layout.placeholders if p.name in SMALL_PRINT}
        for shape in slide.shapes:
            least = 1000 if shape.is_placeholder and shape.placeholder_format.idx in small else 1400
            parts = [shape._element, *([shape.chart._chartSpace] if shape.has_chart else [])]
            sizes = [
                int(run.get("sz"))
                for part in parts
                for run in part.iter(f"{A}rPr", f"{A}defRPr")
                if run.get("sz")
            ]
            assert all(size >= least for size in sizes), (shape.name, sizes)


def test_nothing_lies_beside_the_slide(slides: bytes) -> None:
    made = opened(slides)
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0, shape.name
            assert shape.top >= 0, shape.name
            assert shape.left + shape.width <= made.slide_width + Pt(1), shape.name
            assert shape.top + shape.height <= made.slide_height + Pt(1), shape.name


def test_one_message_per_slide_with_source_date_link_and_notes() -> None:
    view = of_chart(
        bars(),
        link="http://127.0.0.1:8501/vergleich?x=1",
        definition="Was gezählt wird.",
        reading="So liest man das.",
    )
    slide = opened(powerpoint(deck(view))).slides[2]
    assert slide.shapes.title.text_frame.text == "Halle (Saale) hat mehr als Magdeburg"
    assert "Quelle: Statistik der Bundesagentur für Arbeit" in texts(slide)
    assert "Datenstand: 14.04.2020" in texts(slide)
    notes = slide.notes_slide.notes_text_frame.text
    assert "Definition: Was gezählt wird." in notes
    assert "Lesebeispiel: So liest man das." in notes
    assert "Datenstand: 14.04.2020" in notes
    links = [s.click_action.hyperlink.address for s in slide.shapes if s.shape_type == 13]
    assert links == ["http://127.0.0.1:8501/vergleich?x=1"]


def test_who_speaks_finds_the_message_in_plain_language_and_what_was_commented() -> None:
    remarks = {"Kommentar Magdeburg, Jun 2019 (M. Muster, 20.04.2026)": "Umzug der Außenstelle."}
    view = of_chart(
        bars(), paragraph="In Halle sind es mehr.", remarks=remarks, definition="Was zählt.", reading="So."
    )
    notes = opened(powerpoint(deck(view))).slides[2].notes_slide.notes_text_frame.text
    lines = ["In einfacher Sprache: In Halle sind es mehr.", "Definition: Was zählt.", "Lesebeispiel: So."]
    assert [line for line in notes.splitlines() if line in lines] == lines
    assert "Kommentar Magdeburg, Jun 2019 (M. Muster, 20.04.2026): Umzug der Außenstelle." in notes
    assert "Umzug der Außenstelle." in html(deck(view)).decode()
    paper = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(deck(view)))).pages)
    assert "M. Muster, 20.04.2026): Umzug der Außenstelle." in paper.replace("\n", " ")
    first = CalamineWorkbook.from_filelike(io.BytesIO(excel(deck(view)))).get_sheet_by_index(0).to_python()
    assert any("M. Muster, 20.04.2026): Umzug der Außenstelle." in str(cell) for row in first for cell in row)


def test_bars_are_native_bars_with_names_and_live_labels() -> None:
    slide = opened(powerpoint(deck(bars()))).slides[2]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    plot = chart.plots[0]
    assert list(plot.categories) == ["Halle (Saale)", "Magdeburg"]
    assert list(plot.series[0].values) == [22389.0, 19165.0]
    assert b'formatCode="#,##0;&quot;' in chart.part.blob


def test_too_long_a_title_is_cut_with_a_mark_and_whole_in_the_notes() -> None:
    slide = opened(powerpoint(deck(of_chart(bars(), title=LONG.strip())))).slides[2]
    assert slide.shapes.title.text_frame.text.endswith(" …")
    assert LONG.strip() in slide.notes_slide.notes_text_frame.text


def test_a_line_below_the_title_takes_as_many_lines_as_it_needs(slides: bytes, gallery: Any) -> None:
    told = {view.title: view.subtitle for view in gallery.deck().views}
    for slide in opened(slides).slides:
        title = (
            re.sub(r" \(\d+ von \d+\)$", "", slide.shapes.title.text_frame.text) if slide.shapes.title else ""
        )
        if slide.slide_layout.name == "Diagramm" and told[title]:
            assert told[title] in texts(slide)


def test_footnotes_without_room_stand_in_the_notes_and_the_slide_says_so() -> None:
    notes = {**NOTES, "Besonderheiten": LONG * 4}
    view = of_chart(bars())
    slide = opened(powerpoint(deck(type(view)(view.title, view.table, notes, view.chart)))).slides[2]
    assert IN_NOTES in texts(slide)
    assert "Quelle: Statistik" in texts(slide)
    assert LONG.strip() in slide.notes_slide.notes_text_frame.text


def test_a_view_that_cannot_be_drawn_becomes_its_table_and_the_others_stay() -> None:
    made = opened(powerpoint(deck(unreadable(), bars())))
    assert any(shape.has_table for shape in made.slides[2].shapes)
    assert "Ohne Diagramm" in texts(made.slides[2])
    assert any(shape.has_chart for shape in made.slides[3].shapes)


def test_a_heading_of_several_lines_takes_its_room_from_the_rows_of_a_table() -> None:
    long = "Zahl der erwerbsfähigen Leistungsberechtigten, Größenordnung in Personen"
    rows = pl.DataFrame({"Jobcenter": [f"Muster {n}" for n in range(40)], long: list(range(40))})
    for slide in list(opened(powerpoint(deck(View("Viele Zeilen", rows, NOTES)))).slides)[2:4]:
        (frame,) = (shape for shape in slide.shapes if shape.has_table)
        (footer,) = (shape for shape in slide.placeholders if "Quelle" in shape.text_frame.text)
        table, margins = frame.table, 10
        wide = [column.width.pt - margins for column in table.columns]
        head = [
            len(wrap(cell.text, SMALLEST, room, 600))
            for cell, room in zip(table.rows[0].cells, wide, strict=True)
        ]
        assert max(head) == 2
        height = (max(head) + len(table.rows) - 1) * SMALLEST * LINE + len(table.rows) * 6
        assert frame.top.pt + height <= footer.top.pt


def test_an_office_may_use_its_own_design() -> None:
    own = opened(template())
    own.slide_layouts[2].placeholders[0].left = Pt(100)
    memory = io.BytesIO()
    own.save(memory)
    slide = opened(powerpoint(deck(bars()), template=memory.getvalue())).slides[2]
    assert slide.shapes.title.left == Pt(100)


@pytest.mark.parametrize("name", ["Titel", "Anlass", "Text", "Botschaft", "Fußzeile"])
def test_a_template_without_a_placeholder_is_refused_by_name(name: str) -> None:
    own = opened(template())
    for layout in own.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.name == name:
                shape._element.getparent().remove(shape._element)
    memory = io.BytesIO()
    own.save(memory)
    with pytest.raises(ExportError, match=f"Platzhalter »{re.escape(name)}«"):
        powerpoint(deck(bars()), template=memory.getvalue())


def test_what_is_no_presentation_is_refused() -> None:
    with pytest.raises(ExportError, match="keine lesbare PowerPoint-Datei"):
        powerpoint(deck(bars()), template=b"%PDF-1.7")


def test_sixty_views_say_how_far_they_are() -> None:
    told: list[tuple[int, int]] = []
    made = opened(
        powerpoint(
            deck(*[bars(f"Ansicht {n}") for n in range(60)]), lambda done, of, _: told.append((done, of))
        )
    )
    assert told[-1] == (60, 60)
    assert len(made.slides) >= 62

"""The same numbers in all four reports as on screen, to the last digit, for every kind of chart there is."""

import html
import io
import json
import re
import zipfile
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from pages.charts.chart import Chart
from pages.charts.tables import for_people
from pages.reports.chart_book import SERIAL
from pages.reports.live import printed_by
from pages.reports.paint import lines_of
from pages.reports.reading import OWN_PLACE
from pages.reports.values import days, items
from tests.reports.gallery import Gallery, drawing_modules

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIGITS = 1e-15
"""Excel keeps fifteen digits of a number."""
HELPERS = re.compile(r"Hilfslinie|Gitter|Zeitachse|Achse|Text|.* – (Text|Zeichen)|.* Rand")
"""Names of the series that carry lines and texts of a drawing, not its values."""
NOT_IN_THE_DOCUMENTS: set[str] = set()
"""Modules whose charts need more than the bundled documents; name the test that exports them."""


def test_every_kind_of_chart_is_in_the_gallery(gallery: Gallery) -> None:
    assert set(drawing_modules()) - gallery.kinds - NOT_IN_THE_DOCUMENTS == set()


def drawn(chart: Chart) -> set[float]:
    """Return the lengths of all bars and the heights of all points of a figure, as Plotly was given them."""
    told: dict[str, Any] = chart.figure.to_plotly_json()
    lengths = [
        value
        for trace in told["data"]
        for value in items(trace["x" if trace["type"] == "bar" and trace.get("orientation") == "h" else "y"])
    ]
    return {float(value) for value in lengths if isinstance(value, (int, float))}


def levels(chart: Chart) -> set[float]:
    """Return the heights of the horizontal lines of a figure: printed totals."""
    told: dict[str, Any] = chart.figure.to_plotly_json()
    return {float(s["y0"]) for s in told["layout"].get("shapes", ()) if s["y0"] == s["y1"]}


def written(chart: Chart) -> set[str]:
    """Return all texts inside the drawing of a figure."""
    told: dict[str, Any] = chart.figure.to_plotly_json()
    texts = [text for trace in told["data"] for text in items(trace.get("text"))]
    texts += [
        note["text"] for note in told["layout"].get("annotations", ()) if note.get("name") not in OWN_PLACE
    ]
    return {squeezed(" ".join(lines_of(str(text)))) for text in texts if text}


def squeezed(text: str) -> str:
    """Return a text without any space: every format breaks lines elsewhere."""
    return re.sub(r"[\s\u00a0\u00ad\u200b]+", "", text)


def by_view(slides: bytes, deck_titles: list[str]) -> dict[str, list[Any]]:
    """Return the slides of every view, continued ones as well."""
    found: dict[str, list[Any]] = {title: [] for title in deck_titles}
    for slide in Presentation(io.BytesIO(slides)).slides:
        title = (
            re.sub(r" \(\d+ von \d+\)$", "", slide.shapes.title.text_frame.text) if slide.shapes.title else ""
        )
        if title in found and slide.slide_layout.name == "Diagramm":
            found[title].append(slide)
    return found


def charts_of(slides: list[Any]) -> list[Any]:
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def series_of(chart: Any) -> list[Any]:
    return list(chart._chartSpace.iter(f"{C}ser"))


def values_of(series: Any) -> list[float]:
    holder = series.find(f"{C}val")
    holder = series.find(f"{C}yVal") if holder is None else holder
    return [float(point.text) for point in holder.iter(f"{C}v")]


def texts_of(chart: Any) -> set[str]:
    """Return everything a native chart writes, its live numbers as a German system prints them."""
    found = {"".join(t.text or "" for t in rich.iter(f"{A}t")) for rich in chart._chartSpace.iter(f"{C}rich")}
    for series in series_of(chart):
        known = dict(enumerate(values_of_by_place(series)))
        for label in series.iter(f"{C}dLbl"):
            code = label.find(f"{C}numFmt")
            if code is not None:
                found.add(printed_by(code.get("formatCode"), known[int(label.find(f"{C}idx").get("val"))]))
    for cat in chart._chartSpace.iter(f"{C}cat"):
        found |= {point.text or "" for point in cat.iter(f"{C}v")}
    return {squeezed(text) for text in found}


def values_of_by_place(series: Any) -> list[float]:
    holder = series.find(f"{C}val")
    holder = series.find(f"{C}yVal") if holder is None else holder
    count = int(holder.find(f".//{C}ptCount").get("val"))
    found = [float("nan")] * count
    for point in holder.iter(f"{C}pt"):
        found[int(point.get("idx"))] = float(point.find(f"{C}v").text)
    return found


def test_slides_hold_every_value_of_every_figure_and_no_other(gallery: Gallery, slides: bytes) -> None:
    found = by_view(slides, [chart.title for chart in gallery.charts])
    for chart in gallery.charts:
        native = charts_of(found[chart.title])
        assert native, chart.title
        values = {value for one in native for series in series_of(one) for value in values_of(series)}
        assert drawn(chart) <= values, chart.title
        told = [
            s
            for one in native
            for s in series_of(one)
            if not HELPERS.fullmatch(s.find(f".//{C}tx//{C}v").text or "")
        ]
        assert {value for series in told for value in values_of(series)} <= drawn(chart) | levels(chart), (
            chart.title
        )


def test_the_workbook_behind_a_native_chart_holds_what_it_draws(gallery: Gallery, slides: bytes) -> None:
    for one in charts_of(
        [slide for own in by_view(slides, [c.title for c in gallery.charts]).values() for slide in own]
    ):
        sheet = (
            CalamineWorkbook.from_object(io.BytesIO(one.part.chart_workbook.xlsx_part.blob))
            .get_sheet_by_index(0)
            .to_python()
        )
        for series in series_of(one):
            holder = series.find(f"{C}val")
            holder = series.find(f"{C}yVal") if holder is None else holder
            column = re.search(r"\$([A-Z]+)\$2", holder.find(f".//{C}f").text)
            assert column is not None
            at = (
                sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(column.group(1))))
                - 1
            )
            cells = [row[at] for row in sheet[1:] if at < len(row) and row[at] != ""]
            assert [float(cell) for cell in cells] == pytest.approx(values_of(series), rel=DIGITS)


def test_slides_show_every_text_of_every_figure(gallery: Gallery, slides: bytes) -> None:
    found = by_view(slides, [chart.title for chart in gallery.charts])
    for chart in gallery.charts:
        own = found[chart.title]
        shown = {text for one in charts_of(own) for text in texts_of(one)}
        shown |= {squeezed(s.text_frame.text) for slide in own for s in slide.shapes if s.has_text_frame}
        together = " ".join(shown)
        # A heading without room in one line goes on in the line below: its parts are looked for one by one.
        lost = {text for text in written(chart) if any(part not in together for part in text.split("·"))}
        assert lost == set(), chart.title


def test_dates_of_points_are_the_days_of_the_figure(gallery: Gallery, slides: bytes) -> None:
    found = by_view(slides, [chart.title for chart in gallery.charts])
    checked = 0
    for chart in gallery.charts:
        told: dict[str, Any] = chart.figure.to_plotly_json()
        dates = {
            days(value) + SERIAL
            for trace in told["data"]
            if trace["type"] == "scatter"
            for value in items(trace["x"])
            if isinstance(value, (date, datetime))
        }
        across = {
            float(v.text)
            for one in charts_of(found[chart.title])
            for x in one._chartSpace.iter(f"{C}xVal")
            for v in x.iter(f"{C}v")
        }
        assert dates <= across
        checked += bool(dates)
    assert checked >= 3


def test_the_handout_prints_every_cell_and_every_text_of_every_figure(
    gallery: Gallery, handout: bytes
) -> None:
    paper = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(handout)).pages)).replace(
        "-", ""
    )
    for chart in gallery.charts:
        missing = {text for text in written(chart) if text.replace("-", "") not in paper}
        assert missing == set(), chart.title
        shown = for_people(chart.table)
        for name in {"Angabe", "Ist", "Abweichung", "Veränderung"} & set(shown.columns):
            for cell in shown[name].cast(pl.String).drop_nulls():
                assert squeezed(cell).replace("-", "") in paper, (chart.title, cell)


def test_the_offline_page_holds_the_figures_and_tables_as_they_are(gallery: Gallery, page: bytes) -> None:
    text = page.decode()
    data = re.search(r'<script type="application/json" id="told">(.*?)</script>', text, re.DOTALL)
    assert data is not None
    figures = json.loads(data.group(1))["figures"]
    assert len(figures) == len(gallery.charts)
    for chart, figure in zip(gallery.charts, figures, strict=True):
        same = json.loads(chart.figure.to_json())
        assert figure["data"] == same["data"]
        kept = [note for note in same["layout"]["annotations"] if note.get("name") not in OWN_PLACE]
        assert figure["layout"]["annotations"] == kept
        for cell in for_people(chart.table).select(pl.all().cast(pl.String)).to_series(0).drop_nulls():
            assert html.escape(cell) in text


def test_the_workbook_holds_the_unrounded_numbers(gallery: Gallery, book: bytes) -> None:
    workbook = CalamineWorkbook.from_object(io.BytesIO(book))
    assert workbook.sheet_names[0] == "Mappe"
    for number, view in enumerate(gallery.deck().views, 1):
        rows = workbook.get_sheet_by_index(number).to_python()
        assert rows[0] == view.table.columns
        for at, name in enumerate(view.table.columns):
            if view.table.schema[name].is_float():
                cells = [row[at] for row in rows[1:]]
                numbers = [None if cell == "" else float(cell) for cell in cells]
                assert [n is None for n in numbers] == view.table[name].is_null().to_list()
                known = [n for n in numbers if n is not None]
                assert known == pytest.approx(view.table[name].drop_nulls().to_list(), rel=DIGITS)


@pytest.mark.parametrize("kind", ["slides", "book"])
def test_files_are_whole(kind: str, request: pytest.FixtureRequest) -> None:
    with zipfile.ZipFile(io.BytesIO(request.getfixturevalue(kind))) as packed:
        assert packed.testzip() is None

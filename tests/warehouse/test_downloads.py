"""Downloads: typed numbers, German CSV, and no text that a spreadsheet would take for a formula."""

import io
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from warehouse.downloads import neutral, plain, table_csv, table_xlsx

TABLE = pl.DataFrame(
    {
        "Jobcenter": ["Halle (Saale)", "=1+1", None],
        "Wert": [36.7, -3.9, None],
        "Anzahl": [22389, -396, None],
        "Stand": [date(2020, 1, 22), None, None],
    }
)
NOTES = {"Quelle": "=HYPERLINK()", "Datenstand": "22.01.2020"}


def test_csv_is_german_and_safe() -> None:
    lines = table_csv(TABLE, NOTES).decode("utf-8-sig").split("\r\n")

    assert table_csv(TABLE, NOTES).startswith(b"\xef\xbb\xbf")
    assert lines == [
        "Jobcenter;Wert;Anzahl;Stand",
        "Halle (Saale);36,7;22389;22.01.2020",
        "'=1+1;-3,9;-396;",
        ";;;",
        "",
        "Quelle;'=HYPERLINK()",
        "Datenstand;22.01.2020",
        "",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1 + 0.2, "0,3"), (1e16, "10000000000000000"), (1e-7, "0,0000001"), (float("nan"), "")],
)
def test_csv_numbers_have_no_exponent_and_no_noise(value: float, text: str) -> None:
    frame = pl.DataFrame({"a": [value], "b": ["x"]})

    assert table_csv(frame, {}).decode("utf-8-sig").split("\r\n")[1] == f"{text};x"


def test_workbook_keeps_types_and_reads_no_formula() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(table_xlsx(TABLE, NOTES, "=Titel")))

    assert book.sheet_names == ["Daten", "Hinweise"]
    rows = book.get_sheet_by_name("Daten").to_python()
    assert rows[0] == ["Jobcenter", "Wert", "Anzahl", "Stand"]
    assert rows[1] == ["Halle (Saale)", 36.7, 22389.0, date(2020, 1, 22)]
    assert rows[2][:3] == ["=1+1", -3.9, -396.0]
    assert book.get_sheet_by_name("Hinweise").to_python()[0] == ["Titel", "=Titel"]
    assert book.get_sheet_by_name("Hinweise").to_python()[1] == ["Quelle", "=HYPERLINK()"]


@pytest.mark.parametrize("text", ["=1+1", "+49", "-3,9", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1"])
def test_formula_starts_are_neutralised(text: str) -> None:
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("text", ["", "-", "Halle", "'s-Hertogenbosch", "3-4", "'"])
def test_ordinary_text_stays(text: str) -> None:
    assert neutral(text) == text


@given(st.text())
def test_what_was_neutralised_can_be_read_back(text: str) -> None:
    if not text.startswith("'"):
        assert plain(neutral(text)) == text

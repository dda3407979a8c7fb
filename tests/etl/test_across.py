"""Months across: the same observations as months down, and a question where a heading can mean two things."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.across import read_headings
from etl.draft import understand
from etl.extract import Extract
from etl.load import load_extract
from etl.places import letters
from etl.problem import Problem
from etl.verdict import check_extract
from tests.etl.deliveries import delivery, published, workbook
from tests.etl.ods import ods
from tests.etl.test_tidy import CATALOG, DAY, SHOWN, rows
from tests.etl.xls import xls
from warehouse.periods import MONTHS

ACROSS = ("jobcenter", "kennzahl", "merkmal")
LONG = ("jobcenter", "kennzahl", "merkmal", "zeitraum", "wert")
RENDERINGS: dict[str, Callable[[date], str]] = {
    "1910": "{:%y%m}".format,
    "2019-10": "{:%Y-%m}".format,
    "10/2019": "{:%m/%Y}".format,
    "201910": "{:%Y%m}".format,
    "Okt 19": lambda day: f"{MONTHS[day.month - 1]} {day:%y}",
    "Okt-19": lambda day: f"{MONTHS[day.month - 1]}-{day:%y}",
    "1910 |Okt": lambda day: f"{day:%y%m} |{MONTHS[day.month - 1]}",
    "17.10.2019": "{:%d.%m.%Y}".format,
    "2019-10-17": "{:%Y-%m-%d}".format,
    "2019-10-17 00:00:00": "{:%Y-%m-%d 00:00:00}".format,
}


def labels(*headings: str) -> list[str]:
    """Return how headings are understood; a heading that is not certain is a question mark."""
    read = read_headings(headings)
    named = {column.index: column.period.label for column in read.columns} | dict.fromkeys(read.unclear, "?")
    return [named.get(index, "–") for index in range(len(headings))]


def problems(extract: Extract, day: date = DAY) -> list[Problem]:
    return understand(extract, CATALOG, day).problems


@given(
    st.integers(2000 * 12, 2058 * 12),
    st.integers(2, 30),
    st.integers(1, 28),
    st.sampled_from(sorted(set(RENDERINGS) - {"1910"})),
)
def test_months_are_read_as_they_are_written(first: int, count: int, day: int, how: str) -> None:
    days = [date(month // 12, month % 12 + 1, day) for month in range(first, first + count)]
    assert labels(*map(RENDERINGS[how], days)) == [f"{MONTHS[each.month - 1]} {each.year}" for each in days]


@given(st.integers(2000 * 12, 2058 * 12), st.integers(2, 30))
def test_year_and_month_in_four_digits_are_read_or_asked_about(first: int, count: int) -> None:
    days = [date(month // 12, month % 12 + 1, 1) for month in range(first, first + count)]
    expected = [f"{MONTHS[each.month - 1]} {each.year}" for each in days]
    are_years = all(
        RENDERINGS["1910"](each)[:2] in ("19", "20") and int(f"{each:%y%m}") >= 1990 for each in days
    )
    assert labels(*map(RENDERINGS["1910"], days)) == (["?"] * count if are_years else expected)


@pytest.mark.parametrize(
    ("headings", "meant"),
    [
        (("jobcenter", "1910", "1911", "2001"), ["–", "Okt 2019", "Nov 2019", "Jan 2020"]),
        (("1703 |Mär", "Okt. 19", "Oktober 2019 "), ["Mär 2017", "Okt 2019", "Okt 2019"]),
        (("0317 |Mär", "1703 |Apr"), ["Mär 2017", "?"]),
        (("1912", "1911"), ["Dez 2019", "Nov 2019"]),
        (("1103", "1106"), ["Mär 2011", "Jun 2011"]),
        (("2018", "2019", "2020"), ["2018", "2019", "2020"]),
        (("2019", "Okt 2019"), ["2019", "Okt 2019"]),
        # one number, two readings
        (("1112",), ["?"]),
        (("1011", "1111", "1211"), ["?", "?", "?"]),
        (("2001", "2002", "2003"), ["?", "?", "?"]),
        (("1911", "1905", "1912"), ["?", "?", "?"]),
        (("1910", "2019"), ["?", "?"]),
        (("1019", "1119"), ["?", "?"]),
        (("910", "10/19", "102019", "9912"), ["?", "?", "?", "?"]),
        (("Werte", "wert 2019", "12.5", ""), ["–", "–", "–", "–"]),
    ],
)
def test_headings(headings: tuple[str, ...], meant: list[str]) -> None:
    assert labels(*headings) == meant


def test_months_across_give_the_same_observations_as_months_down() -> None:
    wide = delivery(
        "Halle (Saale);ELB;frauen;10.726;*", "7602;K2;;27,4;25,0 %", header=(*ACROSS, "1910", "1911")
    )
    long = delivery(
        *("Halle (Saale);ELB;frauen;2019-10;10.726", "Halle (Saale);ELB;frauen;2019-11;*"),
        *("7602;K2;;2019-10;27,4", "7602;K2;;2019-11;25,0 %"),
        header=LONG,
    )
    assert problems(wide) == []
    assert rows(wide, *SHOWN) == rows(long, *SHOWN)
    assert rows(wide, "row", "place") == [
        (2, "Zeile 2, Spalte »1910« der Lieferung"),
        (2, "Zeile 2, Spalte »1911« der Lieferung"),
        (3, "Zeile 3, Spalte »1910« der Lieferung"),
        (3, "Zeile 3, Spalte »1911« der Lieferung"),
    ]


@pytest.mark.parametrize("written", [workbook, xls, ods])
def test_real_dates_as_headings_and_the_cell_as_place(written: Callable[..., Extract]) -> None:
    header = (*ACROSS, datetime(2019, 10, 17), datetime(2019, 11, 30))
    extract = written(["halle", "K2", "", 12.5, "x"], header=header)
    assert rows(extract, "period_start", "value", "place") == [
        (date(2019, 10, 1), 12.5, "Blatt Daten, Zelle D2"),
        (date(2019, 11, 1), None, "Blatt Daten, Zelle E2"),
    ]


@pytest.mark.parametrize("written", [workbook, xls, ods])
def test_months_as_typed_numbers(written: Callable[..., Extract]) -> None:
    extract = written(["halle", "K2", "", 12.5, "x"], header=(*ACROSS, 1910, 1911))
    assert rows(extract, "period_start", "value") == [(date(2019, 10, 1), 12.5), (date(2019, 11, 1), None)]
    undated = written(["halle", "K2", "", 12.5], header=(*ACROSS, 43755))  # a day whose date format was lost
    assert [found.code for found in problems(undated)] == ["unclear_period_column"]


def test_letters_of_columns() -> None:
    assert [letters(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_an_unknown_heading_stays_unknown_and_two_of_one_month_are_refused() -> None:
    found = problems(delivery("halle;ELB;;1;2;1", header=(*ACROSS, "1910", "Summe", "Okt 19")))[:2]
    assert [(each.code, each.column) for each in found] == [
        ("repeated_period_column", ""),
        ("unknown_column", "Summe"),
    ]
    assert "»1910« und »Okt 19« stehen für denselben Zeitraum (Okt 2019)" in found[0].message


def test_a_doubtful_heading_is_asked_about_with_both_readings() -> None:
    (found,) = problems(delivery("halle;ELB;;1", header=(*ACROSS, "1112")))[:1]
    assert (found.code, found.row) == ("unclear_period_column", 1)
    assert "»1112« (Dez 2011 oder Nov 2012)" in found.message


def test_a_table_with_months_but_only_one_of_the_two_columns_lacks_the_other() -> None:
    (found,) = problems(delivery("halle;ELB;2019;1", header=("jobcenter", "kennzahl", "zeitraum", "1910")))
    assert (found.code, found.column) == ("missing_column", "wert")


def test_problems_name_the_cell_and_are_told_once_for_a_row() -> None:
    header = (*ACROSS, "1910", "1911", "1912")
    found = problems(
        delivery("halle;ELB;;1.5;2;", "Entenhausen;ELB;;1;2;3", "halle;K2;;134;1;1,0", header=header)
    )
    assert [(each.code, each.row, each.column) for each in found] == [
        ("empty_period_cells", 2, "1912"),
        ("bad_number", 2, "1910"),
        ("unknown_jobcenter", 3, "jobcenter"),
        ("out_of_range", 4, "1910 bis 1912"),
    ]


def test_every_cell_is_counted(tmp_path: Path) -> None:
    header = (*ACROSS, "1910", "1911", "1912")
    report = check_extract(
        tmp_path,
        delivery("halle;ELB;;1;;3", "harburg;ELB;;1;2;3", "harburg;ELB;;1;2;3", header=header),
        today=DAY,
    )
    assert report.counts == {"new": 5, "revised": 0, "unchanged": 0, "vanished": 0, "skipped": 4}
    assert [found.code for found in report.problems] == ["empty_period_cells", *["duplicate"] * 3]


def test_months_down_after_months_across_change_nothing(tmp_path: Path) -> None:
    wide = delivery("halle;ELB;;1;2", header=(*ACROSS, "1910", "1911"))
    assert load_extract(tmp_path, wide, who="Test").outcome == "loaded"
    long = delivery("halle;ELB;;2019-10;1", "halle;ELB;;2019-11;2", header=LONG)
    assert load_extract(tmp_path, long, who="Test").outcome == "unchanged"
    assert published(tmp_path)["place"].to_list() == [
        f"Zeile 2, Spalte »{name}« der Lieferung" for name in (1910, 1911)
    ]


def test_each_month_that_contradicts_another_source_is_told(tmp_path: Path) -> None:
    header = (*ACROSS, "quelle", "1910", "1911")
    load_extract(tmp_path, delivery("halle;ELB;;A;1;2", header=header), who="Test")
    report = check_extract(tmp_path, delivery("halle;ELB;;B;7;8", header=header))
    assert [(found.code, found.column) for found in report.problems] == [
        ("other_source", "1910 bis 1911")
    ] * 2

"""XLSX: typed cells, months and percentages as the spreadsheet shows them, hidden sheets, and hostile files."""

import io
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter

from etl.draft import understand
from etl.extract import Extract
from etl.problem import Problem
from etl.sandbox import Limits, RefusedError, read_workbook
from etl.shown import kind_of
from tests.etl.deliveries import HEADER, workbook
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
DAY = date(2020, 12, 31)
GOOD = workbook(["halle", "ELB", "2019-06", 22389])


def observations(extract: Extract) -> list[tuple[object, ...]]:
    made = understand(extract, CATALOG, DAY)
    assert made.tidied is not None
    assert not made.is_rejected, [found.message for found in made.problems]
    return made.tidied.frame.select("jobcenter", "indicator", "period_start", "period_end", "value").rows()


def problems(extract: Extract) -> list[Problem]:
    return understand(extract, CATALOG, DAY).problems


def test_typed_numbers_keep_their_size() -> None:
    rows = workbook(
        ["halle", "ELB", "2019-01", 34301],
        ["halle", "ELB", "2019-02", "34.301"],
        ["halle", "K2", "2019-03", 12.5],
    )
    assert [row[-1] for row in observations(rows)] == [34301.0, 34301.0, 12.5]


def test_a_typed_fraction_is_not_a_thousand() -> None:
    assert observations(workbook(["halle", "K2", "2019-01", 23.4]))[0][-1] == 23.4
    assert observations(workbook(["halle", "ELB", "2019-01", 2797.30338102]))[0][-1] == 2797.30338102


def test_a_percent_cell_means_the_percentage_it_shows() -> None:
    shown = workbook(["halle", "K2", "2019-01", 0.234], ["halle", "K2", "2019-02", 0.07], formats={3: "0.0%"})
    assert [row[-1] for row in observations(shown)] == [23.4, 7.0]


def test_a_percent_cell_is_no_number_of_people() -> None:
    (found,) = problems(workbook(["halle", "ELB", "2019-01", 0.234], formats={3: "0%"}))
    assert (found.code, found.sheet, found.row, found.column, found.value) == (
        "bad_number",
        "Daten",
        2,
        "wert",
        "23,4 %",
    )


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("mmm yy", date(2019, 6, 1), date(2019, 6, 30)),
        ("mm.yyyy", date(2019, 6, 1), date(2019, 6, 30)),
        ("yyyy", date(2019, 1, 1), date(2019, 12, 31)),
        ("dd.mm.yyyy", date(2019, 6, 1), date(2019, 6, 1)),
    ],
)
def test_a_date_cell_means_the_month_year_or_day_it_shows(code: str, start: date, end: date) -> None:
    shown = workbook(["halle", "ELB", datetime(2019, 6, 1), 1], formats={2: code})
    assert observations(shown)[0][2:4] == (start, end)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *(
            ("0%", "percent"),
            ('0.0" %"', ""),
            ("mmm-yy", "month"),
            ("[$-407]mmmm yyyy", "month"),
            ("yyyy", "year"),
        ),
        *(
            ("General", ""),
            ("#,##0", ""),
            ("d/m/yy", ""),
            ("hh:mm", ""),
            ("0.0%;-0.0%", "percent"),
            (r"0\%", ""),
        ),
    ],
)
def test_number_formats(code: str, kind: str) -> None:
    assert kind_of(code) == kind


def test_months_and_years_typed_as_numbers() -> None:
    typed = workbook(["halle", "ELB", 201906, 1], ["halle", "ELB", 2018, 1])
    assert [row[2:4] for row in observations(typed)] == [
        (date(2019, 6, 1), date(2019, 6, 30)),
        (date(2018, 1, 1), date(2018, 12, 31)),
    ]


def test_the_same_values_as_csv_and_as_text_cells() -> None:
    as_text = workbook(["Halle (Saale)", "ELB", "Juni 2019", "22.389"])
    assert observations(as_text) == observations(GOOD)


def _book(build: Callable[[xlsxwriter.Workbook], None]) -> Extract:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        build(book)
    return Extract(memory.getvalue(), "mappe.xlsx")


def _sheet(
    book: xlsxwriter.Workbook, name: str, *rows: list[object], at: tuple[int, int] = (0, 0)
) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(name)
    for number, row in enumerate([list(HEADER), *rows]):
        sheet.write_row(at[0] + number, at[1], row)
    return sheet


def test_rows_are_named_as_the_spreadsheet_shows_them_even_below_and_beside_empty_cells() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = _sheet(book, "Werte", ["halle", "ELB", "2019-13", 1], at=(4, 2))
        sheet.write(0, 0, "Lieferung")

    (found,) = problems(_book(build))
    assert (found.code, found.sheet, found.row, found.column) == ("bad_period", "Werte", 6, "zeitraum")
    assert found.message.startswith(
        "Datei mappe.xlsx, Blatt »Werte«, Zeile 6, Spalte »zeitraum«: »2019-13« ist kein Zeitraum."
    )


def test_a_hidden_sheet_is_not_read_and_said_to_be_hidden() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        _sheet(book, "Alt", ["halle", "ELB", "2019-06", 1]).hide()
        _sheet(book, "Neu", ["halle", "ELB", "2019-06", 22389]).activate()

    extract = _book(build)
    assert [row[-1] for row in observations(extract)] == [22389.0]
    assert [(found.code, found.severity, found.value) for found in problems(extract)] == [
        ("hidden_sheet", "warning", "Alt")
    ]


def test_two_sheets_of_the_format_are_refused_instead_of_losing_one() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        _sheet(book, "2018", ["halle", "ELB", "2018-06", 1])
        _sheet(book, "2019", ["halle", "ELB", "2019-06", 1])

    (found,) = problems(_book(build))
    assert (found.code, found.value) == ("several_sheets", "2018, 2019")


def test_a_sheet_with_other_things_does_not_disturb() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Deckblatt").write(0, 0, "Statistik")
        book.add_worksheet("Linkliste").write(40, 16383, "weit außen")
        _sheet(book, "Daten", ["halle", "ELB", "2019-06", 5])

    assert [row[-1] for row in observations(_book(build))] == [5.0]


def test_errors_and_formulas_without_result_are_not_taken_for_empty_cells() -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = _sheet(
            book,
            "Daten",
            ["halle", "ELB", "2019-06"],
            ["halle", "ELB", "2019-07"],
            ["halle", "ELB", "2019-08", True],
        )
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 3, "=1+1", None, "")

    assert [(found.row, found.code, found.value) for found in problems(_book(build))] == [
        (2, "bad_number", "#DIV/0!"),
        (3, "bad_number", "Formel ohne Ergebnis"),
        (4, "bad_number", "WAHR"),
    ]


# --- hostile and broken files: one German sentence, in bounded time and memory


def _changed(
    extract: Extract, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None
) -> bytes:
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(extract.content)) as old,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return memory.getvalue()


def _far_corner() -> bytes:
    return _book(lambda book: book.add_worksheet().write_row(0, 0, HEADER) or _far(book)).content


def _far(book: xlsxwriter.Workbook) -> None:
    book.worksheets()[0].write(1_048_575, 16_383, "weit außen")


def _doctype(name: str, part: bytes) -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY n "7">]>'
    return part.replace(b"<worksheet", bomb + b"<worksheet", 1) if "sheet1" in name else part


def _same(name: str, part: bytes) -> bytes:
    return part


HOSTILE = {
    "far corner": (_far_corner(), "braucht zum Lesen mehr als"),
    "doctype": (_changed(GOOD, _doctype), "unzulässige Teile"),
    "macros": (_changed(GOOD, _same, {"xl/vbaProject.bin": b"x"}), "enthält Makros"),
    "traversal": (_changed(GOOD, _same, {"../../etc/passwd": b"x"}), "unzulässige Teile"),
    "absolute name": (_changed(GOOD, _same, {"/etc/passwd": b"x"}), "unzulässige Teile"),
    "many entries": (_changed(GOOD, _same, {f"x/{n}": b"" for n in range(2000)}), "zu groß"),
    "bomb": (_changed(GOOD, _same, {"xl/media/x": bytes(410_000_000)}), "zu groß"),
    "no workbook": (
        _changed(Extract(b"PK\x05\x06" + bytes(18), ""), _same, {"a.txt": b"x"}),
        "keine Arbeitsmappe",
    ),
    "cut": (GOOD.content[: len(GOOD.content) // 2], "beschädigt"),
    "one byte changed": (
        GOOD.content.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml", 1),
        "beschädigt",
    ),
    "no old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "beschädigt"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_seconds_and_one_sentence(name: str) -> None:
    content, reason = HOSTILE[name]
    begun = time.monotonic()

    (found,) = problems(Extract(content, "böse.xlsx"))

    assert found.code == "unreadable_file"
    assert reason in found.message
    assert found.message.startswith("Datei böse.xlsx: Die Datei ist nicht lesbar: ")
    assert time.monotonic() - begun < 10


def test_duplicate_parts_are_refused() -> None:
    memory = io.BytesIO(GOOD.content)
    with zipfile.ZipFile(memory, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")

    assert "keine Arbeitsmappe" in problems(Extract(memory.getvalue(), "x.xlsx"))[0].message


def test_the_child_is_stopped_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def never_ends(command: list[str], *, timeout: float, **options: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", never_ends)
    with pytest.raises(RefusedError, match="dauert länger als 60 Sekunden"):
        read_workbook(GOOD.content)


@pytest.mark.skipif(sys.platform != "linux", reason="Nur Linux begrenzt den Speicher eines Prozesses.")
def test_the_child_is_stopped_when_it_needs_too_much_memory() -> None:
    with pytest.raises(RefusedError, match="mehr als 100 MB Speicher oder 60 Sekunden"):
        read_workbook(GOOD.content + bytes(90_000_000), Limits(megabytes=100))


def test_reading_a_small_workbook_takes_a_fraction_of_a_second() -> None:
    begun = time.monotonic()
    read_workbook(GOOD.content)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        (("jobcenter", "kennzahl", "zeitraum", "werte"), [("misspelt_sheet", True)]),
        (("Notiz", "von"), [("unread_sheet", False)]),
    ],
)
def test_every_visible_sheet_that_is_not_read_is_named(
    header: tuple[str, ...], codes: list[tuple[str, bool]]
) -> None:
    def build(book: xlsxwriter.Workbook) -> None:
        for name, names in (("Daten", HEADER), ("Rest", header)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, names)
            sheet.write_row(1, 0, ["halle", "ELB", "2019", 1][: len(names)])
        book.add_worksheet("Leer")

    found = problems(_book(build))
    assert [(each.code, each.must_confirm) for each in found] == codes
    assert "Das Blatt »Rest«" in found[0].message


def _rewritten(extract: Extract, part: str, pattern: bytes, by: bytes) -> Extract:
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(extract.content)) as old, zipfile.ZipFile(memory, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == part:
                changed = re.sub(pattern, by, content)
                assert changed != content
                content = changed
            new.writestr(entry.filename, content)
    return Extract(memory.getvalue(), extract.file_name)


PERCENT = workbook(["halle", "K2", "2018", 0.36], ["halle", "K2", "2019", 0.5], formats={3: "0%"})


@pytest.mark.parametrize("pattern", [rb'(<c) r="[A-Z]+[0-9]+"', rb'(<row) r="[0-9]+"'], ids=["cells", "rows"])
def test_percent_cells_without_a_reference_are_found_by_their_order(pattern: bytes) -> None:
    bare = _rewritten(PERCENT, "xl/worksheets/sheet1.xml", pattern, rb"\1")
    assert [row[-1] for row in observations(bare)] == [36.0, 50.0]


def test_percent_may_be_the_style_of_every_cell() -> None:
    plain = workbook(["halle", "K2", "2019", 0.36])
    styled = _rewritten(plain, "xl/styles.xml", rb'(<cellXfs[^>]*><xf )numFmtId="0"', rb'\1numFmtId="9"')
    assert [row[-1] for row in observations(styled)] == [36.0]

"""XLSX, XLS and ODS say the same: typed cells become the same German text, whatever file carries them."""

import io
import math
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlrd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from etl.draft import understand
from etl.extract import Extract
from etl.lexicon import Lexicon
from etl.numbers import parse_number
from etl.problem import Problem
from etl.sandbox import RefusedError, read_workbook
from tests.etl.deliveries import HEADER, workbook
from tests.etl.ods import MIME, Xml, archive, cell, document, ods, row, table
from tests.etl.xls import Error, Formula, container, record, stream, xls
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
DAY = date(2020, 12, 31)
INKAR = Path("/work/shared/extracts/inkar/Arbeitslosenquote.xls")
Written = Callable[..., Extract]
CONTAINERS: dict[str, Written] = {"xlsx": workbook, "xls": xls, "ods": ods}
every_container = pytest.mark.parametrize("written", CONTAINERS.values(), ids=CONTAINERS)


def values(extract: Extract) -> list[float | None]:
    made = understand(extract, CATALOG, DAY)
    assert not made.is_rejected, [found.message for found in made.problems]
    assert made.tidied is not None
    return made.tidied.frame["value"].to_list()


def problems(extract: Extract) -> list[Problem]:
    return understand(extract, CATALOG, DAY).problems


def rows(content: bytes) -> list[list[str]]:
    """Return the rows of the first sheet."""
    found: list[list[str]] = read_workbook(content)[0]["rows"]
    return found


@every_container
def test_typed_numbers_and_texts_keep_their_size(written: Written) -> None:
    delivered = written(
        ["halle", "ELB", "2019-01", 34301],
        ["halle", "ELB", "2019-02", "34.301"],
        ["halle", "K2", "2019-03", 12.5],
        ["halle", "K2", "2019-04", 0.4510958976808364],
        ["halle", "K2", "2019-05", "x"],
    )
    assert values(delivered) == [34301.0, 34301.0, 12.5, 0.4510958976808364, None]


@every_container
def test_a_percent_cell_means_the_percentage_it_shows(written: Written) -> None:
    delivered = written(
        ["halle", "K2", "2019-01", 0.234], ["halle", "K2", "2019-02", 0.07], formats={3: "0.0%"}
    )
    assert rows(delivered.content)[1][3] == "23,4 %"
    assert values(delivered) == [23.4, 7.0]


@every_container
@pytest.mark.parametrize(
    ("code", "text"),
    [("mmm yy", "2019-06"), ("mm.yyyy", "2019-06"), ("yyyy", "2019"), ("dd.mm.yyyy", "2019-06-17")],
)
def test_a_date_cell_is_the_month_year_or_day_it_shows(written: Written, code: str, text: str) -> None:
    delivered = written(["halle", "ELB", datetime(2019, 6, 17), 1], formats={2: code})
    assert rows(delivered.content)[1][2] == text


@every_container
def test_truth_values_are_no_numbers(written: Written) -> None:
    (found,) = problems(written(["halle", "ELB", "2019-06", True]))
    assert (found.code, found.value) == ("bad_number", "WAHR")


@every_container
@pytest.mark.parametrize("lost", ["7602", 7602])
def test_lost_leading_zeros_of_keys_are_found_again(written: Written, lost: object) -> None:
    made = understand(written([lost, "ELB", "2019-06", 1], [3, "ELB", "2019-06", 1]), CATALOG, DAY)
    assert made.tidied is not None
    areas = made.tidied.frame["jobcenter"].to_list()
    land = Lexicon(CATALOG).area("03")
    assert areas == ["nordsachsen", *([land] if land else [])], "a Land, where its number is declared"


def test_no_two_areas_share_an_official_number_when_leading_zeros_are_lost() -> None:
    keys = [key.lstrip("0") for key in Lexicon(CATALOG).areas if key.isdigit()]
    assert len(keys) == len(set(keys))


@every_container
def test_no_cell_is_lost_or_rounded_far_down(written: Written) -> None:
    fractions = [number + 0.123456789 for number in range(3_000)]
    texts = [["x", "*", "…", "1.234,5"][number % 4] for number in range(3_000)]
    delivered = written(
        *(["halle", "ELB", text, value] for text, value in zip(texts, fractions, strict=True))
    )
    read = rows(delivered.content)[1:]
    assert [row[2] for row in read] == texts
    assert [parse_number(row[3]) for row in read] == fractions


NUMBERS = {
    "1.234,5": 1234.5,
    "1 234,5": 1234.5,
    "1\u00a0234,5": 1234.5,
    "1\u2009234,5": 1234.5,
    "- 39": -39.0,
    "–3,9": -3.9,
    "+2,6 %": 2.6,
    "12,5 %": 12.5,
    "12,5\u00a0%": 12.5,
}
SIGNS = {"-": "nichts", ".": "nicht_verfuegbar", "x": "nicht_sinnvoll", "*": "anonymisiert", "…": "folgt"}
DOUBTFUL = {"1,234.5": "1234,5 oder 1,2345", "1.5": "1,5 oder 15", "12.50": "12,5 oder 1250"}


@every_container
def test_numbers_signs_and_doubts_are_the_same_in_every_container(written: Written) -> None:
    texts = (*NUMBERS, *SIGNS)
    rate = "k3" if "k3" in CATALOG.indicator_ids else "K2"
    delivered = written(*(["halle", rate, f"{2000 + at}", text] for at, text in enumerate(texts)))
    made = understand(delivered, CATALOG, DAY)
    assert made.tidied is not None
    read = dict(zip(texts, made.tidied.frame.select("value", "status").rows(), strict=True))
    assert {text: value for text, (value, _) in read.items() if text in NUMBERS} == NUMBERS
    assert {text: status for text, (_, status) in read.items() if text in SIGNS} == SIGNS
    doubted = problems(written(*(["halle", rate, f"{2000 + at}", text] for at, text in enumerate(DOUBTFUL))))
    assert [found.code for found in doubted] == ["bad_number"] * 3
    assert all(
        f"gemeint sein kann {meant};" in found.message
        for found, meant in zip(doubted, DOUBTFUL.values(), strict=True)
    )


FINITE = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12).map("T{}".format)


@every_container
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    numbers=st.lists(FINITE, min_size=1, max_size=40),
    texts=st.lists(
        TEXTS.filter(
            lambda text: (
                not text.startswith(("=", "{", "http", "mailto:", "internal:", "external:", "ftp:", "file:"))
            )
        ),
        min_size=1,
        max_size=40,
    ),
)
def test_what_is_written_is_read_back(written: Written, numbers: list[float], texts: list[str]) -> None:
    read = rows(written(*([each] for each in [*numbers, *texts]), header=("kopf",)).content)[1:]
    back = [parse_number(row[0]) if row[0] not in texts else math.nan for row in read[: len(numbers)]]
    assert [text for (text,) in read[len(numbers) :]] == texts
    for number, again in zip(numbers, back, strict=True):
        assert again is None or math.isnan(again) or again == number or _digits(number) == _digits(again)


def _digits(number: float) -> str:
    return f"{number:.15e}"  # XlsxWriter writes 16 digits


@every_container
def test_numbers_are_read_to_the_last_digit(written: Written) -> None:
    exact = [0.1, 1 / 3, 2797.30338102, 1e-7, 123456789.125, 99999999999999.0]
    read = rows(written(*([each] for each in exact), header=("kopf",)).content)[1:]
    assert [f"{parse_number(text):.14e}" for (text,) in read] == [f"{each:.14e}" for each in exact]


@pytest.mark.parametrize("written", [xls, ods])
def test_our_samples_are_files_that_a_second_reader_understands(written: Written) -> None:
    cells = ["Ä€😀", 12.5, True, datetime(2019, 6, 17), "34.301", 1e-7]
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(written(cells, header=("kopf",), formats={3: "dd.mm.yyyy"}).content)
    )
    read = book.get_sheet_by_index(0).to_python()[1]
    assert [*read[:3], *read[4:]] == [*cells[:3], *cells[4:]]
    assert read[3] in (datetime(2019, 6, 17), date(2019, 6, 17))


# --- what each kind of file says in its own way


def test_errors_and_formulas_without_result_of_xls_are_not_taken_for_empty_cells() -> None:
    cells = (Error(7), Error(42), Formula(), Formula(0.5), "")
    read = rows(xls(*([cell, "Ende"] for cell in cells), header=("kopf",)).content)[1:]
    assert [row[0] for row in read] == ["#DIV/0!", "#N/A", "Formel ohne Ergebnis", "0,5", ""]


def test_errors_and_formulas_without_result_of_ods_are_not_taken_for_empty_cells() -> None:
    cells = (
        cell("string", "", "#DIV/0!", formula="of:=1/0", error="error"),
        cell("float", "0", "Err:502", formula="of:=1/0"),
        cell(formula="of:=A1"),
        cell("string", formula="of:=A1"),
        cell("float", "0.5", "50%", formula="of:=A1"),
        cell("float", formula="of:=A1"),
    )
    read = rows(ods(*([each] for each in cells), header=("kopf",)).content)[1:]
    nothing = "Formel ohne Ergebnis"
    assert [each[0] for each in read] == ["#DIV/0!", "Err:502", nothing, nothing, "0,5", nothing]


def test_texts_of_ods_are_read_with_their_blanks_and_without_notes() -> None:
    written = cell("string", "", "Halle<text:s/>\n (<text:span>Saale</text:span>)</text:p><text:p>Stadt")
    noted = written.replace(
        "<text:p>", "<office:annotation><text:p>Notiz</text:p></office:annotation><text:p>", 1
    )
    assert rows(ods([Xml(noted)], header=("kopf",)).content)[1] == ["Halle  (Saale)\nStadt"]


def test_repeated_cells_and_rows_of_ods_stand_where_a_spreadsheet_shows_them() -> None:
    given_rows = (
        row(cell(repeated=1024), times=3),
        row(cell(repeated=2), cell("float", "1", repeated=2), times=2),
        row(cell(repeated=16384), times=1048576),
    )
    content = document(table("A", [["kopf"], *given_rows]))
    assert rows(archive(content)) == [["kopf"], [], [], [], ["", "", "1", "1"], ["", "", "1", "1"]]


def _two_sheets_xls(hidden: Sequence[str]) -> bytes:
    sheets = {name: [HEADER, ["halle", "ELB", "2019", at]] for at, name in enumerate(("Alt", "Neu"), 1)}
    return container({"Workbook": stream(sheets, hidden=hidden)})


def _two_sheets_ods(hidden: Sequence[str]) -> bytes:
    tables = (
        table(name, [HEADER, ["halle", "ELB", "2019", at]], style="hidden" if name in hidden else "")
        for at, name in enumerate(("Alt", "Neu"), 1)
    )
    return archive(document("".join(tables)))


@pytest.mark.parametrize("two_sheets", [_two_sheets_xls, _two_sheets_ods])
def test_hidden_sheets_are_not_read_and_two_of_the_format_are_refused(
    two_sheets: Callable[[Sequence[str]], bytes],
) -> None:
    hidden = Extract(two_sheets(["Alt"]), "mappe")
    assert values(hidden) == [2.0]
    assert [(found.code, found.value) for found in problems(hidden)] == [("hidden_sheet", "Alt")]
    assert [found.code for found in problems(Extract(two_sheets([]), "mappe"))] == ["several_sheets"]


def test_tables_in_tracked_changes_and_in_links_are_no_sheets() -> None:
    inner = table("Spuk", [HEADER, ["halle", "ELB", "2019", 1]])
    links = f"<table:tracked-changes><table:dependencies>{inner}</table:dependencies></table:tracked-changes>"
    links += f"<table:dde-links><table:dde-link>{inner}</table:dde-link></table:dde-links>"
    content = archive(document(links + table("Daten", [HEADER, ["halle", "ELB", "2019", 2]])))
    assert [sheet["name"] for sheet in read_workbook(content)] == ["Daten"]


def test_the_kind_of_workbook_is_told_by_its_content() -> None:
    for written in CONTAINERS.values():
        assert values(Extract(written(["halle", "ELB", "2019", 7]).content, "falsch.csv")) == [7.0]


@pytest.mark.skipif(not INKAR.exists(), reason=f"{INKAR} liegt hier nicht.")
def test_a_real_slightly_damaged_xls_is_read_cell_by_cell() -> None:
    sheets = read_workbook(INKAR.read_bytes())
    assert [(sheet["name"], len(sheet["rows"])) for sheet in sheets] == [
        ("Daten", 403),
        ("Metadaten", 3),
        ("Quellangabe", 1),
    ]
    assert sheets[0]["rows"][2][:5] == ["01001", "Flensburg, Stadt", "krsfr. Stadt", "14,6", "13"]
    numbers = [cell for row in sheets[0]["rows"][2:] for cell in row[3:]]
    assert len(numbers) == 401 * 20
    assert None not in [parse_number(cell) for cell in numbers]


# --- hostile, broken and unexpected: one German sentence

GOOD_ODS, GOOD_XLS = ods(["halle", "ELB", "2019-06", 1]).content, xls(["halle", "ELB", "2019-06", 1]).content
SHEET = table("A", [HEADER])
_ENTITY = b'<!DOCTYPE x [<!ENTITY n "7">]><office:document-content'
_ONE = cell("float", "1")
_NESTED = Xml(f"<table:table-cell>{SHEET}</table:table-cell>")
_DEEP = cell("string", "", "<text:a>" * 9000 + "</text:a>" * 9000)


def _ods(*cells: str, times: object = 1) -> bytes:
    return archive(document(table("A", [HEADER, row(*cells, times=times)])))


def _without_mimetype() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as parts:
        parts.writestr("content.xml", document(SHEET))
    return memory.getvalue()


REFUSED = {
    "ods: entity": (
        archive(document(SHEET).replace(b"<office:document-content", _ENTITY, 1)),
        "unzulässige Teile",
    ),
    "ods: UTF-16": (
        archive(document(SHEET).decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "unzulässige Teile",
    ),
    "ods: encrypted": (
        archive(b"?", {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        "verschlüsselt",
    ),
    "ods: macros": (archive(document(SHEET), {"Basic/Standard/Module1.xml": b"<x/>"}), "enthält Makros"),
    "ods: scripts": (archive(document(SHEET), {"Scripts/python/a.py": b"x"}), "enthält Makros"),
    "ods: text document": (
        archive(document(SHEET), mime=MIME.replace("spreadsheet", "text")),
        "keine Arbeitsmappe",
    ),
    "ods: no mimetype": (_without_mimetype(), "keine Arbeitsmappe"),
    "ods: bomb": (archive(document(SHEET), {"Pictures/x": bytes(410_000_000)}), "zu groß"),
    "ods: a million filled rows": (_ods(_ONE, times=1_000_000), "wiederholt sich"),
    "ods: a million filled columns": (_ods(cell("float", "1", repeated=10**6)), "mehr als 16384 Zellen"),
    "ods: far column": (_ods(cell(repeated=99999999999), _ONE), "mehr als 16384 Zellen"),
    "ods: far row": (
        archive(document(table("A", [row(cell(), times=10**12), row(_ONE)]))),
        "mehr als 1048576 Zeilen",
    ),
    "ods: repeated minus once": (_ods(_ONE, times=-1), "beschädigt"),
    "ods: no number": (_ods(cell("float", "1_0")), "beschädigt"),
    "ods: no date": (_ods(cell("date", "gestern")), "beschädigt"),
    "ods: nested": (_ods(_NESTED), "Tabellen in Tabellen"),
    "ods: deep": (_ods(_DEEP), "beschädigt"),
    "ods: cut": (GOOD_ODS[: len(GOOD_ODS) // 2], "beschädigt"),
    "ods: cut content": (archive(document(SHEET)[:-60]), "beschädigt"),
    "xls: password": (
        container({"Workbook": stream({"A": [HEADER]}, extra=record(0x002F, bytes(54)))}),
        "Kennwort",
    ),
    "xls: new Excel with password": (container({"EncryptedPackage": bytes(5000)}), "Kennwort"),
    "xls: macros": (
        container({"Workbook": stream({"A": [HEADER]}), "_VBA_PROJECT_CUR": b"x"}),
        "enthält Makros",
    ),
    "xls: Word": (container({"WordDocument": bytes(5000)}), "keine Arbeitsmappe"),
    "xls: cut": (GOOD_XLS[:1200], "beschädigt"),
    "xls: scribbled": (GOOD_XLS[:600] + bytes(byte ^ 0xFF for byte in GOOD_XLS[600:]), "beschädigt"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_one_sentence(name: str) -> None:
    content, reason = REFUSED[name]
    (found,) = problems(Extract(content, "böse.xls"))
    assert found.code == "unreadable_file"
    assert reason in found.message


@settings(max_examples=15, deadline=None)
@given(kind=st.sampled_from([GOOD_XLS, GOOD_ODS]), at=st.integers(0, 3000), by=st.integers(1, 255))
def test_one_changed_byte_never_crashes(kind: bytes, at: int, by: int) -> None:
    changed = bytearray(kind)
    changed[at % len(changed)] ^= by
    made = understand(Extract(bytes(changed), "x"), CATALOG, DAY)
    assert made.problems or made.tidied is not None


def test_xlrd_itself_is_bound_by_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    assert xlrd.__version__ == "2.0.2"
    with pytest.raises(RefusedError):
        read_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 1528)

"""Text files: the encoding is told by the content, in German text without a mistake; where it cannot be told,
both readings are shown."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.draft import understand
from etl.encoding import UndecidedError, decode
from etl.extract import Extract
from etl.lexicon import Lexicon
from etl.read import DELIMITERS, read_sheets
from tests.etl.deliveries import HEADER
from tests.etl.test_tidy import CATALOG, DAY, SHOWN, golden, rows

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850")
LEXICON = Lexicon(CATALOG)
NAMES = sorted(
    {entry.title for entry in CATALOG.sources.values()}
    | {spelling for each in CATALOG.jobcenters.values() for spelling in each.spellings}
    | {CATALOG.indicator(id_).name for id_ in CATALOG.indicator_ids}
    | {entry.name for entry in CATALOG.breakdowns.values()}
)
GERMAN_WORDS = (
    *("Märkischer Kreis", "über", "Übergänge", "Öffnung", "Ölpreis", "ältere", "Änderung", "Straße", "Maß"),
    *("GRÖSSE", "STRAßE", "MÄNNER", "AöR", "Müller", "Jän", "März", "§ 5", "5 °C", "12 m²", "±0", "30 µg"),
)


def readable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_name_we_know_is_read_alone_in_every_encoding(encoding: str) -> None:
    names = [name for name in (*NAMES, *GERMAN_WORDS) if readable(name, encoding)]
    assert len(names) > 150
    assert [name for name in names if decode(name.encode(encoding)) != name] == []


@given(
    st.lists(st.sampled_from((*NAMES, *GERMAN_WORDS)), min_size=1, max_size=8),
    st.sampled_from(ENCODINGS),
    st.sampled_from(DELIMITERS),
    st.sampled_from(("\r\n", "\n", "\r")),
)
def test_what_is_written_is_read_back(names: list[str], encoding: str, delimiter: str, end: str) -> None:
    names = [re.sub(rf"[{DELIMITERS}'\"]", "", name) for name in names]
    names = [" ".join(name.split(" ")).strip() for name in names if readable(name, encoding)]
    lines = [HEADER, *(("halle", "ELB", "2019", name) for name in names)]
    content = end.join(delimiter.join(line) for line in lines).encode(encoding)
    (sheet,) = read_sheets(Extract(content, "x.csv"))
    assert [tuple(row) for row in sheet.rows] == lines


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("»groß« – „groß“", "cp1252"),
        ("“groß” – ‚klein‘", "cp1252"),
        ("Halle–Saale…", "cp1252"),
        ("T€ 5", "cp1252"),
        ("1\u00a0234,5", "cp1252"),
        ("1\u00a0234,5 für", "cp850"),
        ("Budyšin", "cp1252"),
        ("Café", "cp1252"),
        ("Rhône", "cp850"),
    ],
)
def test_signs_and_foreign_words_are_told_by_their_neighbours(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "readings"),
    [
        ("é".encode("cp1252"), ("»é« (Windows-1252)", "»Ú« (DOS (CP850))")),
        ("ok;Çelik".encode("cp850"), ("»€elik« (Windows-1252)", "»Çelik« (DOS (CP850))")),
        ("Männer;".encode("cp1252") + "Männer".encode("cp850"), ("»Männer« (Windows-1252)",)),
        ("Männer;".encode("cp1252") + "Straße".encode("cp850"), ("»Männer« (Windows-1252)",)),
        ("Männer;".encode("cp1252") + "Übergang".encode("cp850"), ("»Männer« (Windows-1252)",)),
    ],
)
def test_what_could_be_either_is_refused_with_both_readings(
    content: bytes, readings: tuple[str, ...]
) -> None:
    with pytest.raises(UndecidedError, match="nicht eindeutig; in Zeile 3 steht ") as refused:
        decode(b"jobcenter\r\n\r\n" + content)
    assert all(reading in str(refused.value) for reading in readings)


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    with suppress(UndecidedError):
        assert isinstance(decode(content), str)


# --- the table in the text


def of(text: str) -> Extract:
    return Extract(text.encode("cp850"), "x.csv")


def test_the_good_delivery_in_code_page_850_gives_the_same_observations() -> None:
    text = golden("gut_utf8").content.decode().replace(";30,5;Mio. €;", ";30500;;")  # a page without €
    assert rows(of(text), *SHOWN) == rows(golden("gut_utf8"), *SHOWN)


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_line_in_which_excel_names_the_delimiter_is_no_row(delimiter: str, encoding: str) -> None:
    lines = (f"sep={delimiter}", delimiter.join(HEADER), delimiter.join(("halle", "ELB", "2019-06", "7")))
    extract = Extract("\r\n".join(lines).encode(encoding), "x.csv")
    assert rows(extract, "value", "row") == [(7.0, 3)]


def test_mixed_line_ends_header_cells_with_line_breaks_and_hundreds_of_empty_rows() -> None:
    header = 'jobcenter;kennzahl;zeitraum;wert;"anmer-\r\nkung";"anmerkung";;;\r\n'
    text = (
        header
        + "halle;ELB;2019-06;7;;für Männer;;;\n"
        + "halle;ELB;2019-07;8;;;;;\r\n"
        + ";;;;;;;;\r\n" * 400
    )
    assert rows(of(text), "value", "row", "note") == [(7.0, 2, "für Männer"), (8.0, 3, "")]
    (found,) = understand(of(text), CATALOG, DAY).problems
    assert (found.code, "anmer-" in found.column) == ("unknown_column", True)

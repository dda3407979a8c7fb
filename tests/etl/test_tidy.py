"""From bytes to observations: the same rows from every encoding, delimiter and order; nothing guessed."""

from datetime import date
from pathlib import Path

import pytest

from etl.draft import understand
from etl.extract import Extract
from tests.etl.deliveries import delivery
from warehouse.catalog import load_catalog

GOLDEN = Path(__file__).parent / "golden"
CATALOG = load_catalog()
DAY = date(2020, 12, 31)
SHOWN = (
    "jobcenter",
    "indicator",
    "breakdown",
    "period_start",
    "period_end",
    "time_concept",
    "kind",
    "value",
    "status",
)


def rows(extract: Extract, *names: str) -> list[tuple[object, ...]]:
    """Return columns of the observations an extract gives."""
    tidied = understand(extract, CATALOG, DAY).tidied
    assert tidied is not None
    return tidied.frame.select(names).rows()


def golden(name: str) -> Extract:
    return Extract.from_file(GOLDEN / f"{name}.csv")


def test_the_good_delivery_gives_exactly_these_observations() -> None:
    june = (date(2019, 6, 1), date(2019, 6, 30))
    assert rows(golden("gut_utf8"), *SHOWN) == [
        ("halle", "elb", "frauen", *june, "stichtag", "ist", 10726.0, "endgueltig"),
        ("magdeburg", "lzb", "", *june, "stichtag", "ist", 9758.0, "vorlaeufig"),
        ("harburg", "k2", "maenner", *june, "12m", "ist", 27.4, "endgueltig"),
        ("me-aktiv", "iq", "", date(2015, 1, 1), date(2015, 12, 31), "planjahr", "soll", 21.4, "endgueltig"),
        (
            "nordsachsen",
            "luh",
            "",
            date(2018, 1, 1),
            date(2018, 12, 31),
            "jahr",
            "ist",
            30500.0,
            "endgueltig",
        ),
    ]


def test_the_good_delivery_keeps_its_evidence() -> None:
    assert rows(golden("gut_utf8"), "precision", "source", "data_date", "place", "row") == [
        ("exakt", "BA Statistik", date(2019, 9, 30), "Tabelle 1", 2),
        ("ungefaehr", "BA Statistik", date(2019, 9, 30), "Tabelle 1", 3),
        ("exakt", "lieferung", DAY, "Zeile 4 der Lieferung", 4),
        ("exakt", "lieferung", date(2014, 12, 2), "Zeile 5 der Lieferung", 5),
        ("exakt", "lieferung", DAY, "Zeile 6 der Lieferung", 6),
    ]


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in GOLDEN.glob("gut_*.csv") if "utf8" not in path.stem)
)
def test_encoding_delimiter_order_and_extra_columns_change_nothing(name: str) -> None:
    own = ("monate_quer", "vorgaben", "schluessel", "zeichen", "zahlen", "einheiten")
    if not name.endswith(own):
        assert rows(golden(name), *SHOWN) == rows(golden("gut_utf8"), *SHOWN)


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    assert rows(golden("gut_titelzeilen"), "row") == [(4,), (5,), (6,), (7,), (8,)]


def test_defaults_come_from_indicator_and_period() -> None:
    assert rows(
        golden("gut_vorgaben"), "breakdown", "time_concept", "kind", "precision", "status", "source"
    ) == [
        ("", "stichtag", "ist", "exakt", "endgueltig", "lieferung"),
        ("", "jahr", "ist", "exakt", "endgueltig", "lieferung"),
        ("", "spanne", "ist", "exakt", "endgueltig", "lieferung"),
    ]


def test_official_numbers_resolve_with_and_without_leading_zero() -> None:
    assert [area for (area,) in rows(golden("gut_schluessel"), "jobcenter")] == [
        *("nordsachsen", "nordsachsen", "nordsachsen", "nordsachsen", "harburg", "harburg")
    ]


def test_signs_become_a_status_and_never_zero() -> None:
    assert rows(golden("gut_zeichen"), "value", "status") == [
        (None, "nichts"),
        (None, "nicht_verfuegbar"),
        (None, "anonymisiert"),
        (None, "nicht_sinnvoll"),
        (None, "folgt"),
        (None, "nichts"),
        (0.0, "endgueltig"),
    ]


def test_german_numbers() -> None:
    assert [value for (value,) in rows(golden("gut_zahlen"), "value")] == [
        *(1234.0, 1234.5, 1234.5, -3.9, -396.0, -396.0, 36.7, 2.6)
    ]


def test_money_is_converted_exactly_into_the_unit_of_the_indicator() -> None:
    assert [value for (value,) in rows(golden("gut_einheiten"), "value")] == [
        24120.0,
        22635.551,
        4480.0,
        1.0,
        17168.0,
    ]


def test_a_document_source_dates_its_values() -> None:
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "quelle")
    assert rows(delivery("halle;ELB;2019;1;Halle-AMIP-2020", header=header), "source", "data_date") == [
        ("halle-amip-2020", date(2020, 1, 22))
    ]


def test_parts_of_a_breakdown_are_joined_in_one_order() -> None:
    header = ("jobcenter", "kennzahl", "merkmal", "zeitraum", "wert")
    one, other = "halle;ELB;Frauen + u25;2019-01;1", "halle;ELB;unter 25 Jahre+weiblich;2019-02;1"
    assert rows(delivery(one, other, header=header), "breakdown") == [
        ("frauen+unter-25",),
        ("frauen+unter-25",),
    ]


def test_our_own_apostrophe_before_a_formula_sign_is_taken_off_but_not_from_numbers() -> None:
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "anmerkung")
    assert rows(delivery("halle;ELB;2019-01;1;'=Summe aus A", header=header), "note") == [("=Summe aus A",)]
    assert understand(delivery("halle;ELB;2019-01;'-1"), CATALOG, DAY).problems[0].code == "bad_number"


def test_a_long_cell_is_refused_with_its_place() -> None:
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "anmerkung")
    (found,) = understand(delivery("halle;ELB;2019-01;1;" + "x" * 1001, header=header), CATALOG, DAY).problems
    assert (found.code, found.row, found.column, found.value) == ("long_cell", 2, "anmerkung", "1001")


def test_more_columns_than_allowed_are_refused() -> None:
    wide = delivery(
        "halle;ELB;2019-01;1", header=("jobcenter", "kennzahl", "zeitraum", "wert", *map(str, range(300)))
    )
    (found,) = understand(wide, CATALOG, DAY).problems
    assert (found.code, found.value) == ("too_large", "304 Spalten, 2 Zeilen")


def test_a_line_break_inside_quotes_counts_as_one_row() -> None:
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "anmerkung")
    two = delivery('halle;ELB;2019-01;1;"zwei\r\nZeilen"', "halle;ELB;2019-13;1;", header=header)
    assert [found.row for found in understand(two, CATALOG, DAY).problems] == [3]


def codes(extract: Extract, day: date = DAY) -> list[tuple[str, str]]:
    return [(found.code, found.message) for found in understand(extract, CATALOG, day).problems]


def test_a_month_of_data_that_ends_in_the_future_is_doubted() -> None:
    extract = delivery(
        "halle;ELB;2019-06;1;2020-12", header=("jobcenter", "kennzahl", "zeitraum", "wert", "datenstand")
    )
    assert [code for code, _ in codes(extract, date(2020, 12, 30))] == ["future"]
    assert codes(extract, DAY) == []


def test_a_number_too_large_to_be_kept_exactly_is_refused() -> None:
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "einheit")
    huge = "1" + "0" * 15
    assert [code for code, _ in codes(delivery(f"halle;ELB;2019-06;{huge}"))][:1] == ["out_of_range"]
    over = delivery(f"halle;gesamtbudget;2019;1{'0' * 306};Mio. €", header=header)
    assert "out_of_range" in [code for code, _ in codes(over)]
    assert codes(delivery(f"halle;ELB;2019-06;{'9' * 14}")) == []


def test_mixed_encodings_are_refused_with_the_row() -> None:
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "anmerkung")
    good = delivery("halle;ELB;2019-06;1;März", header=header)
    mixed = Extract(good.content + "halle;ELB;2019-07;1;über\r\n".encode("cp1252"), "gemischt.csv")
    ((code, message),) = codes(mixed)
    assert (code, "in Zeile 3 " in message, "gemischte" in message) == ("unreadable_file", True, True)
    quoted = delivery("halle;ELB;2019-06;1;»groß« – „groß“", header=header, encoding="cp1252")
    assert rows(quoted, "note") == [("»groß« – „groß“",)]


def test_the_delimiter_is_the_one_that_shows_the_columns() -> None:
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "quelle")
    texts = [f"halle;ELB;2019-{month:02};1;A, B, C, D, E, F, G" for month in range(1, 13)]
    assert len(rows(delivery(*texts, header=header), "value")) == 12


def test_an_open_quote_is_named_with_its_row() -> None:
    ((code, message),) = codes(delivery("halle;ELB;2019-06;1", 'halle;ELB;2019-07;"1'))
    assert (code, "in Zeile 3 " in message) == ("unreadable_file", True)

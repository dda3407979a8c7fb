"""The one formatter: German, rounded half up, signs and units as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.numbers import parse_number
from warehouse.catalog import load_catalog
from warehouse.formatting import (
    MINUS,
    UNROUNDED,
    format_difference,
    format_number,
    format_percent,
    format_plain,
    format_value,
    told_difference,
    unrounded,
)

CATALOG = load_catalog()
NARROW = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "text"),
    [
        (22389.0, 0, False, "22.389"),
        (1234567.0, 0, False, "1.234.567"),
        (36.7, 1, False, "36,7"),
        (-4.4, 1, True, "−4,4"),
        (2.6, 1, True, "+2,6"),
        (0.0, 1, True, "0,0"),
        (-0.04, 1, True, "0,0"),
        (0.125, 2, False, "0,13"),
        (2.675, 2, False, "2,68"),
        (0.5, 0, False, "1"),
        (-0.5, 0, False, "−1"),
        (999.95, 1, False, "1.000,0"),
    ],
)
def test_numbers(value: float, decimals: int, signed: bool, text: str) -> None:
    assert format_number(value, decimals, signed=signed) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_what_is_printed_is_read_back_rounded(value: float, decimals: int) -> None:
    read = parse_number(format_number(value, decimals))

    assert read is not None
    assert abs(read - value) <= 0.5 * 10**-decimals + abs(value) * 1e-15


@pytest.mark.parametrize(
    ("indicator", "value", "options", "text"),
    [
        ("elb", 22389.0, {}, "22.389"),
        ("bg", 17168.0, {}, "17.168|BG"),
        ("k2", 36.7, {}, "36,7|%"),
        ("k2", 36.7, {"precision": "ungefaehr"}, "≈|36,7|%"),
        ("k2", 36.7, {"precision": "ueber", "unit": False}, ">|36,7"),
        ("elb.vj-abs", -396.0, {}, "−396"),
        ("elb.vj-prozent", 2.6, {}, "+2,6|%"),
        ("k2.vj-pp", -4.4, {}, "−4,4|Prozentpunkte"),
        ("betreuungsschluessel", 75.0, {}, "1 : 75"),
        ("egt", 24120.0, {}, "24.120|T€"),
        ("vzae", 405.93, {}, "405,93|VZÄ"),
        ("vzae", 500.0, {"precision": "ungefaehr"}, "≈|500|VZÄ"),
        ("k2", 75.0, {"precision": "ungefaehr"}, "≈|75,0|%"),
        ("umschichtung-anteil", 18.45, {"precision": "unter"}, "<|18,45|%"),
        ("kdu-bg-monat", 302.43, {}, "302,43|€"),
        ("elb", None, {"status": "anonymisiert"}, "*"),
        ("elb", None, {"status": "nicht_sinnvoll"}, "x"),
        ("elb", None, {}, "–"),
    ],
)
def test_values_with_mark_and_unit(
    indicator: str, value: float | None, options: dict[str, object], text: str
) -> None:
    assert format_value(CATALOG, indicator, value, **options) == text.replace("|", NARROW)  # type: ignore[arg-type]


def test_percentages_differ_in_percentage_points() -> None:
    assert format_difference(CATALOG, "k2", -1.25) == f"−1,3{NARROW}Prozentpunkte"
    assert format_difference(CATALOG, "elb", 1234.0) == "+1.234"
    assert format_percent(-4.44) == f"−4,4{NARROW}%"


def test_every_unit_can_be_printed() -> None:
    for indicator in CATALOG.indicator_ids:
        assert format_value(CATALOG, indicator, 1234.5).strip()


@pytest.mark.parametrize(
    ("value", "text"), [(1125.0, "1.125"), (-2.083333, "−2,0833"), (0.5, "0,5"), (100.0, "100"), (0.0, "0")]
)
def test_plain_numbers_keep_the_decimals_they_have(value: float, text: str) -> None:
    assert format_plain(value) == text


@pytest.mark.parametrize("value", [1e15, 1e27, 1.7e308, -1.7e308, 1e-320])
def test_no_number_is_too_large_to_be_shown(value: float) -> None:
    assert format_number(value, 2).endswith(",00")
    assert format_number(float("inf")) == "∞"
    assert format_number(float("-inf")) == "−∞"
    assert format_number(float("nan")) == "–"


@pytest.mark.parametrize(
    ("before", "after", "difference", "note"),
    [
        ("12,1 %", "12,4 %", "+0,2 Prozentpunkte", UNROUNDED),
        ("12,1 %", "12,4 %", "+0,3 Prozentpunkte", ""),
        ("−0,5 %", "−1,4 %", f"{MINUS}0,9 Prozentpunkte", ""),
        ("10.726", "10.830", "+104", ""),
        ("1 : 75", "1 : 78", "+3", ""),
        ("62,7 Mio. €", "62,7 Mio. €", "+0,013 Mio. €", UNROUNDED),
        ("*", "10.830", "+104", ""),
    ],
)
def test_a_difference_that_contradicts_its_printed_ends_says_why(
    before: str, after: str, difference: str, note: str
) -> None:
    assert unrounded(before, after, difference) == note
    assert told_difference(before, after, difference) == difference + (f" ({note})" if note else "")


@given(st.sampled_from(["k2", "elb", "egt"]), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_the_note_stands_exactly_where_the_printed_numbers_do_not_add_up(
    indicator: str, before: float, after: float
) -> None:
    ends = [format_value(CATALOG, indicator, value) for value in (before, after)]
    told = format_difference(CATALOG, indicator, after - before)
    first, last, between = (parse_number(text.partition(NARROW)[0]) for text in (*ends, told.lstrip("+")))
    assert first is not None
    assert last is not None
    assert between is not None
    assert bool(unrounded(*ends, told)) == (round(last - first - between, 6) != 0)

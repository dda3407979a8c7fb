"""German numbers: every rendering is read back, whatever is doubtful is refused, exports are exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.numbers import SIGNS, number_text, parse_number, readings, scaled

MINUSES, GROUPS = ("-", "–", "−", "- ", "– "), ("", ".", " ", "\u00a0", "\u202f", "\u2009")
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("22.389", 22389),
        ("36,7", 36.7),
        ("- 396", -396),
        ("–3,9", -3.9),
        ("+2,6", 2.6),
        ("1 234,5", 1234.5),
        ("1.234.567,89", 1234567.89),
        ("12345", 12345),
        ("0", 0),
        ("0,00", 0),
        ("007", 7),
        ("0,4510958976808364", 0.4510958976808364),
    ],
)
def test_what_offices_write_is_understood(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("1.5", "23.4", "0.123", "1,234.5", "12.5.3", "1.23,4", "1234.567", "12.05.2019", ".5", "5,", ",5"),
        *(
            "1 23",
            "1.234 567",
            "1e5",
            "1E5",
            "NaN",
            "inf",
            "-",
            "",
            "–",
            "--1",
            "1-",
            "(5)",
            "5 %",
            "12,5¹",
            "1'234",
        ),
        *("½", "١٢", "９", "0x10", "1_000", "viele", "9" * 400, "12345678901234567890", "549755813888,0003"),
    ],
)
def test_what_is_doubtful_is_refused(text: str) -> None:
    assert parse_number(text) is None


@given(
    st.integers(0, 10**11 - 1),  # with four decimals 15 digits: as many as a float always keeps
    st.integers(0, 9999),
    st.integers(0, 4),
    st.sampled_from(GROUPS),
    st.sampled_from(("", "+", *MINUSES)),
)
def test_every_german_rendering_is_read_back(
    whole: int, part: int, decimals: int, group: str, sign: str
) -> None:
    fraction = f"{part:04d}"[:decimals]
    text = sign + f"{whole:,}".replace(",", group) + (f",{fraction}" if fraction else "")
    expected = float(f"{whole}.{fraction or 0}") * (-1 if sign in MINUSES else 1)

    assert parse_number(text) == expected


@given(st.integers(0, 10**6), st.integers(1, 99))
def test_english_decimals_are_never_taken_for_something_else(whole: int, part: int) -> None:
    assert parse_number(f"{whole}.{part}") is None, "one or two digits after a point are no thousands"
    assert parse_number(f"{whole:,}.{part}") is None


@given(FINITE)
def test_exported_text_gives_the_same_number_again(value: float) -> None:
    text = number_text(value)

    assert parse_number(text) == value
    assert not set(text) - set("-0123456789,"), "no exponent, no point, no blank"


@given(FINITE)
def test_no_number_looks_like_a_sign(value: float) -> None:
    assert number_text(value) not in SIGNS


@pytest.mark.parametrize(
    ("value", "factor", "divisor", "expected"),
    [(4.48, 1e6, 1e3, 4480), (22635551.0, 1.0, 1e3, 22635.551), (0.234, 100, 1, 23.4), (0.07, 100, 1, 7)],
)
def test_conversion_is_exact(value: float, factor: float, divisor: float, expected: float) -> None:
    assert scaled(value, factor, divisor) == expected


def test_minus_zero_is_written_as_zero() -> None:
    assert number_text(-0.0) == "0"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.5", "1,5 oder 15"),
        ("12.50", "12,5 oder 1250"),
        ("1,234.5", "1234,5 oder 1,2345"),
        ("-1.5 %", "-1,5 oder -15"),
        ("1 234.5", "1234,5 oder 12345"),
        *((text, "") for text in ("viele", "12.5.3", "12.05.2019", "1,234,567", ".5", "5,", "1e5", "")),
    ],
)
def test_both_readings_of_a_doubtful_number(text: str, meant: str) -> None:
    assert readings(text) == meant


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(GROUPS[1:]))
def test_a_doubtful_number_is_one_of_its_readings(whole: int, part: int, group: str) -> None:
    """Whoever wrote 1.5 or 1,234.50 meant one of the two numbers named."""
    english = f"{whole:,}.{part:02d}"
    assert parse_number(english) is None
    assert number_text(float(f"{whole}.{part:02d}")) in readings(english).split(" oder ") or whole >= 10**6
    german = f"{whole:,}".replace(",", group) + f",{part:02d}"
    assert parse_number(german) == float(f"{whole}.{part:02d}")

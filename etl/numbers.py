"""Reads figures as German offices write them; what is doubtful is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import polars as pl

NUMBER_EXAMPLES = (
    "1.234,5 oder −3,9 (Komma vor den Dezimalstellen, Punkt nur für Tausender) oder ein Zeichen wie x . * …"
)
_BLANKS = " \u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_DASHES = "−–-"
_NUMBER = re.compile(
    rf"(?P<sign>[+−–-]?)[{_BLANKS}]?"
    rf"(?P<whole>[1-9][0-9]{{0,2}}(?P<group>[.{_BLANKS}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*|[0-9]+)"
    r"(?:,(?P<part>[0-9]+))?"
)
_EXACT = rf"^[+{_DASHES}]?(?:[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+|[0-9]+)(?:,[0-9]+)?$"
_DECIMAL = r"^-?[0-9]+,[0-9]+$"
_EXACT_DIGITS = 15
_DOUBTFUL = re.compile(rf"[+{_DASHES}]?[0-9]+(?:[.,][0-9]+)+", re.ASCII)
SIGNS = {"-": "-", "–": "-", "−": "-", "—": "-", ".": ".", "*": "*", "x": "x", "X": "x", "…": "…", "...": "…"}


def parse_number(text: str) -> float | None:
    """Return the number a cell means (`1.234,5`, `1 234,5`, `- 396`, `–3,9`, `+2,6`); None where it is none
    or doubtful.

    `1.5`, `0.123` and `1,234.5` are doubtful: a point only ever separates thousands. So is a number with more
    digits than can be kept exactly.
    """
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    whole = re.sub(rf"[.{_BLANKS}]", "", found["whole"])
    written = Decimal(f"{whole}.{found['part'] or '0'}")
    number = float(written)
    if number == float("inf") or Decimal(repr(number)) != written:
        return None
    return -number if found["sign"] and found["sign"] in _DASHES and number else number


def parse_numbers(texts: pl.Series) -> pl.Series:
    """Return what `parse_number` says about every text of a column.

    Numbers of up to 15 digits without blanks are exact in any arithmetic: they are read all at once.
    """
    is_short = texts.str.len_bytes() <= _EXACT_DIGITS
    frame = pl.DataFrame({"text": texts, "whole": texts.cast(pl.Int64, strict=False)})
    numbers = frame.select(pl.when(is_short).then(pl.col("whole").cast(pl.Float64))).to_series()
    return _filled(_filled(_filled(numbers, texts, _decimals), texts, _with_points), texts, _one_by_one)


def _filled(numbers: pl.Series, texts: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Read the texts that are no numbers yet in another way."""
    rest = numbers.is_null()
    if not rest.any():
        return numbers
    return numbers.scatter(rest.arg_true(), read(texts.filter(rest)))


def _decimals(texts: pl.Series) -> pl.Series:
    is_exact = texts.str.contains(_DECIMAL) & (texts.str.len_bytes() <= _EXACT_DIGITS)
    read = texts.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.DataFrame({"read": read}).select(pl.when(is_exact).then(pl.col("read") + 0.0)).to_series()


def _with_points(texts: pl.Series) -> pl.Series:
    bare = texts.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    is_exact = texts.str.contains(_EXACT) & (texts.str.count_matches("[0-9]") <= _EXACT_DIGITS)
    is_negative = texts.str.contains(f"^[{_DASHES}]")
    frame = pl.DataFrame({"number": bare.str.strip_chars_start(f"+{_DASHES}").cast(pl.Float64, strict=False)})
    signed = pl.when(is_negative & (pl.col("number") != 0)).then(-pl.col("number")).otherwise("number")
    return frame.select(pl.when(is_exact).then(signed)).to_series()


def _one_by_one(texts: pl.Series) -> pl.Series:
    distinct = texts.unique()
    read = pl.DataFrame(
        {"text": distinct, "number": pl.Series(map(parse_number, distinct), dtype=pl.Float64)}
    )
    return pl.DataFrame({"text": texts}).join(read, on="text", how="left", maintain_order="left")["number"]


def readings(text: str) -> str:
    """Return what a doubtful number may mean, as a half-sentence with every reading: `1.5` is 1,5 or 15; "" where
    there are not two.

    Point and comma are tried as decimal sign and as separator of thousands, whatever stands between them.
    """
    bare = re.sub(rf"[{_BLANKS}]|%$", "", text.strip())
    found = _DOUBTFUL.fullmatch(bare)
    if not found:
        return ""
    german, english = bare.replace(".", ""), bare.replace(",", "").replace(".", ",")
    meant = [_as_number(each) for each in (english, german)]
    return " oder ".join(dict.fromkeys(each for each in meant if each)) if all(meant) else ""


def expected_number(text: str) -> str:
    """Return what is expected instead of a number that is none or doubtful, with both readings of this one."""
    meant = readings(text)
    return f"{NUMBER_EXAMPLES}; gemeint sein kann {meant}" if meant else NUMBER_EXAMPLES


def _as_number(text: str) -> str:
    whole, _, part = text.partition(",")
    number = parse_number(text) if part.isdigit() or not part else None
    return "" if number is None or "," in part or not whole else number_text(number)


def number_text(value: float) -> str:
    """Return a number exactly, in the notation `parse_number` reads back to the same number: `1234,5`, never
    `1.2e3`."""
    return format(Decimal(repr(value + 0.0)).normalize(), "f").replace(".", ",")


def scaled(value: float, factor: float, divisor: float = 1.0) -> float:
    """Return value × factor ÷ divisor in decimal arithmetic: 4,48 Mio. € are 4480 T€, not
    4480.000000000001."""
    return float(Decimal(repr(value)) * Decimal(repr(factor)) / Decimal(repr(divisor)))

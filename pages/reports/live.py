"""Number formats of Office that print a value exactly as the screen does, so that a label stays true when it is edited."""

from __future__ import annotations

import re

from warehouse.formatting import MINUS, format_number

_NUMBER = re.compile(rf"[+{MINUS}]?(?:\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+)?")


def live_format(text: str, value: float) -> str | None:
    """Return the number format that writes `value` as `text` (`"Ist "#,##0.0" %"`); None if there is none."""
    for found in _NUMBER.finditer(text):
        number = found.group()
        decimals = len(number.partition(",")[2])
        for signed in (False, True):
            if format_number(value, decimals, signed=signed) == number:
                code = _format(text[: found.start()], text[found.end() :], decimals, signed=signed)
                if '"' not in text and printed_by(code, value) == text:
                    return code
    return None


def _format(before: str, after: str, decimals: int, *, signed: bool) -> str:
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    plus = "+" if signed else ""
    parts = [_quoted(before + sign) + digits + _quoted(after) for sign in (plus, MINUS, "")]
    return ";".join(parts)


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def printed_by(code: str, value: float) -> str:
    """Return what a format of `live_format` prints on a German system."""
    parts = code.split(";")
    part = parts[0] if value > 0 or len(parts) == 1 else parts[1] if value < 0 else parts[2]
    found = re.fullmatch(r'(?:"([^"]*)")?([#,0.]+)(?:"([^"]*)")?', part)
    if found is None:
        raise ValueError(f"Kein Zahlenformat dieses Moduls: {code}")
    before, digits, after = found.groups()
    decimals = len(digits.partition(".")[2])
    number = format_number(abs(value) if len(parts) > 1 else value, decimals)
    return f"{before or ''}{number}{after or ''}"

"""Tells in which encoding a delivered text was written, by its content alone.

UTF-8 and UTF-16 show themselves. Windows-1252 and the DOS code page 850 do not: nearly every file can be read
as both. So each is asked what its signs stand between: German letters in words, quotes around them, § before a
number make German text; `³` inside a word or `„` behind a letter make none. Where both would be German the
file is refused with both readings.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator

import numpy as np

_GERMAN_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2[\x80-\x82][\x80-\xbf]")
"""Letters and signs in UTF-8 that make no German text in Windows-1252 (Ã¼, Â§, â€“)."""
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\r\n") | frozenset(map(chr, range(0x7F, 0xA0)))
_CONTROLS_UTF8 = re.compile(rb"\xc2[\x80-\x9f]")
_PIECE, _LOOK = 4_000_000, 1 << 18
"""Bytes decoded and looked at at a time."""
_NO_TEXT = "sie enthält Steuerzeichen und ist keine Textdatei"
_PAGES = {"cp1252": "Windows-1252", "cp850": "DOS (CP850)"}
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\s;,|\"]*[^\x00-\x7f][^\s;,|\"]*")
IMPOSSIBLE, POSSIBLE, GERMAN = 0, 1, 2
_LETTERS, _VOWELS = frozenset("äöüÄÖÜ"), frozenset("aeiouyäöüAEIOUYÄÖÜ")
_MISREAD = {
    "cp850": re.compile("[õÍ]"),
    "cp1252": re.compile(r"(?<=[aeiouyäöü])á|\bš(?=[a-zäöü])|\bŽ(?=[b-df-hj-np-tv-xz])"),
}
"""What ä and Ö of Windows-1252 are in code page 850; what ß, Ü and Ä of that page are in Windows-1252."""
_QUOTES = (("„", "“”"), ("‚", "‘’"))


class UndecidedError(Exception):
    """The encoding cannot be told; the message is a German half-sentence saying what is seen."""


def as_utf8(content: bytes) -> tuple[bytes, int]:
    """Return the text of a file in UTF-8, and the byte at which it begins (behind a byte order mark).

    Raises UndecidedError as `decode` does. A file in UTF-8 is not copied.
    """
    is_ascii = content.isascii()
    if is_ascii or _is_utf8(content):
        if _has_controls(content) or (not is_ascii and _CONTROLS_UTF8.search(content)):
            raise UndecidedError(_NO_TEXT)
        return content, len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0
    return decode(content).encode(), 0


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 (with byte order mark), Windows-1252 or code page 850.

    Raises UndecidedError where it is none of them, where two are mixed, or where two would give German text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _strictly(content, "utf-16")
    elif _has_controls(content):
        raise UndecidedError(_NO_TEXT)
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if _GERMAN_UTF8.search(content):
                row = content.count(b"\n", 0, error.start) + 1
                raise UndecidedError(
                    f"in Zeile {row} steht ein Zeichen, das nicht UTF-8 ist wie der Rest (gemischte Zeichenkodierung)"
                ) from error
            text = _of_one_byte(content)
    if not _CONTROLS.isdisjoint(text):
        raise UndecidedError(_NO_TEXT)
    return text


def _is_utf8(content: bytes) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(content), _PIECE):
            decoder.decode(content[at : at + _PIECE], final=at + _PIECE >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def _has_controls(content: bytes) -> bool:
    """Tell whether there is a control character of ASCII that is neither blank nor line end."""
    for at in range(0, len(content), _LOOK):
        signs = np.frombuffer(content, np.uint8, min(_LOOK, len(content) - at), at)
        allowed = sum(np.count_nonzero(signs == sign) for sign in b"\t\r\n")
        if np.count_nonzero(signs < ord(" ")) > allowed:
            return True
    return b"\x7f" in content


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecidedError(
            "ihre Zeichenkodierung ist weder UTF-8 noch UTF-16 noch Windows-1252 noch CP850"
        ) from error


def _of_one_byte(content: bytes) -> str:
    texts = {page: text for page in _PAGES if (text := _decoded(content, page)) is not None}
    marks = {page: german(text, _MISREAD[page]) for page, text in texts.items()}
    best = max(marks.values())
    chosen = [page for page, mark in marks.items() if mark == best]
    if len(chosen) == 1 and best > IMPOSSIBLE:
        return texts[chosen[0]]
    found = next(_WORD.finditer(texts["cp850"]))
    row = texts["cp850"].count("\n", 0, found.start()) + 1
    as_bytes = found[0].encode("cp850")
    readings = (f"»{as_bytes.decode(page, 'replace')[:40]}« ({name})" for page, name in _PAGES.items())
    raise UndecidedError(
        f"ihre Zeichenkodierung ist nicht eindeutig; in Zeile {row} steht {' oder '.join(readings)}"
    )


def _decoded(content: bytes, page: str) -> str | None:
    try:
        return content.decode(page)
    except UnicodeDecodeError:
        return None


def german(text: str, misread: re.Pattern[str]) -> int:
    """Return how well the signs beyond ASCII suit their neighbours: GERMAN, POSSIBLE (a foreign word) or
    IMPOSSIBLE.

    `misread` finds what umlauts of the other page look like here; a text with them is IMPOSSIBLE even where
    they are letters, because it may mix both pages.
    """
    if misread.search(text):
        return IMPOSSIBLE
    places = (found.start() for found in _BEYOND_ASCII.finditer(text))
    around = {(text[max(at - 1, 0) : at], text[at], text[at + 1 : at + 2]) for at in places}
    return min([*(_mark(*each) for each in around), *_balance(text)], default=GERMAN)


def _balance(text: str) -> Iterator[int]:
    """Doubt a text in which quotes are opened and never closed: they may be letters of another page."""
    for opening, closing in _QUOTES:
        if text.count(opening) > sum(map(text.count, closing)):
            yield POSSIBLE


def _mark(before: str, sign: str, after: str) -> int:
    inside = before.isalpha() and after.isalpha()
    if sign.isalpha() and sign not in "ªºµ":
        return _mark_of_letter(before, sign, after)
    if sign in "\u00a0‘’":
        return GERMAN
    if sign in "–—":
        return _if(not (before.islower() and after.islower()))
    if sign in "„‚”":
        suits = not before.isalnum() if sign in "„‚" else not after.isalnum()
        return _if(suits, otherwise=IMPOSSIBLE)
    if sign in "“«»":
        return _if(not inside, otherwise=IMPOSSIBLE)
    if sign in "…•·±×‰":
        return _if(not inside)
    if sign in "²³":
        return _if(before.isdigit() or before == "m") if not after.isalpha() else IMPOSSIBLE
    if sign in "§°µ½¼¾":
        suits = not after.isalpha() or (sign in "°µ" and after in "CFmg")
        return _if(suits, otherwise=IMPOSSIBLE)
    if sign == "€":
        return _if(not after.isalpha())
    return IMPOSSIBLE if inside or "\u2500" <= sign <= "\u25ff" else POSSIBLE  # lines of a DOS screen


def _mark_of_letter(before: str, sign: str, after: str) -> int:
    if sign.isupper() and before.islower():
        return IMPOSSIBLE
    if sign == "ß":
        return _if(before in _VOWELS)
    return _if(sign in _LETTERS and (before.isalpha() or after.isalpha()))


def _if(suits: bool, otherwise: int = POSSIBLE) -> int:
    return GERMAN if suits else otherwise

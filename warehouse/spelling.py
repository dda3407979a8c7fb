"""Compares what people write: case, blanks and Unicode form do not matter, everything else does."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping


def fold(text: str) -> str:
    """Return the form in which spellings are compared: NFKC, lower case, single blanks, none around."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def lookup(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Return folded spelling → id for entries of (id, spellings)."""
    return {fold(spelling): id_ for id_, spellings in entries for spelling in spellings if spelling}


def nearest(text: str, spellings: Mapping[str, str] | Iterable[str], limit: int = 3) -> list[str]:
    """Return the known spellings most like `text`, best first."""
    return difflib.get_close_matches(fold(text), list(spellings), n=limit, cutoff=0.6)

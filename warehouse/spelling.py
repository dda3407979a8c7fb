"""Compares what people write: case, blanks and Unicode form do not matter, everything else does."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_MUCH = 0.2


@lru_cache(maxsize=20_000)  # the same few words stand in every row of a delivery
def fold(text: str) -> str:
    """Return the form in which spellings are compared: NFKC, lower case, single blanks, none around."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def lookup(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Return folded spelling → id for entries of (id, spellings)."""
    return {fold(spelling): id_ for id_, spellings in entries for spelling in spellings if spelling}


def nearest(text: str, spellings: Mapping[str, str] | Iterable[str], limit: int = 3) -> list[str]:
    """Return the known spellings most like `text`, best first; those much less like it than the best are no help."""
    folded = fold(text)
    found = difflib.get_close_matches(folded, list(spellings), n=limit, cutoff=0.6)
    likeness = {each: difflib.SequenceMatcher(None, each, folded).ratio() for each in found}
    return [each for each in found if likeness[each] > likeness[found[0]] - _MUCH]

"""What may stand in a figure, as declared in `known.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

KNOWN: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).items()
}
"""Names of settings by where they stand."""

"""Why values are uncertain, in one line below a chart: what the notes at the values have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from warehouse.catalog import Catalog
from warehouse.periods import period_label

MOST = 3
"""More different reasons than this are not read below a chart; they stand in the Nachweis."""


def uncertain_reasons(catalog: Catalog, rows: pl.DataFrame) -> list[str]:
    """Return why values (CURRENT columns) are uncertain: what all their notes say, else each note with what it is about."""
    doubtful = rows.filter(pl.col("status") == "unsicher").select(
        "breakdown", "period_start", "period_end", "note"
    )
    pieces = [_pieces(note) for note in doubtful["note"]]
    shared = (
        [piece for piece in pieces[0] if all(piece in other for other in pieces)] if len(pieces) > 1 else []
    )
    if shared:
        return [f"{'; '.join(shared)}."]
    each = dict.fromkeys(_about(catalog, row) for row in doubtful.iter_rows(named=True))
    return list(each) if len(each) <= MOST else ["Die Gründe stehen im Nachweis der einzelnen Werte."]


def _pieces(note: str) -> list[str]:
    return [piece for piece in re.split(r"; |\. ", note.rstrip(".")) if piece]


def _about(catalog: Catalog, row: Mapping[str, Any]) -> str:
    about = (
        catalog.breakdown_name(row["breakdown"])
        if row["breakdown"]
        else period_label(row["period_start"], row["period_end"])
    )
    return f"{about}: {(row['note'] or 'Zuordnung unsicher').rstrip('.')}."

"""The columns of every frame that crosses a border between rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

Row = Mapping[str, Any]
"""One row of a frame, by column."""

KEY = ("jobcenter", "indicator", "breakdown", "period_start", "period_end", "time_concept", "kind")
"""What makes an observation one: area, quantity, part, time and kind. Two values with one key are vintages or
a contradiction."""

OBSERVATION = pl.Schema(
    {
        "jobcenter": pl.String,  # id of a Jobcenter or of a reference region
        "indicator": pl.String,  # id, or id.companion for a printed change
        "breakdown": pl.String,  # id, parts joined by "+"; "" is the whole
        "period_start": pl.Date,
        "period_end": pl.Date,  # inclusive
        "time_concept": pl.String,
        "kind": pl.String,
        "value": pl.Float64,  # in the unit of the indicator; null where `status` has no value
        "status": pl.String,
        "precision": pl.String,
        "source": pl.String,
        "data_date": pl.Date,
        "place": pl.String,  # section or table as printed, or sheet and cell
        "line": pl.String,  # line of the document's text, "" where there is none
        "note": pl.String,
        "row": pl.Int64,  # row in the extract as a spreadsheet shows it
    }
)
"""One value with everything one must know to trust it."""

CURRENT = pl.Schema(
    [
        *OBSERVATION.items(),
        ("extract", pl.String),
        ("load_no", pl.Int64),
        ("contradicted", pl.Boolean),
        ("confidential", pl.Boolean),
    ]
)
"""What is asked: the newest vintage of every key and source; `contradicted` where the same key has another
value."""

FIELD = pl.Schema(
    {
        "jobcenter": pl.String,
        "kind": pl.String,
        "category": pl.String,
        "title": pl.String,
        "target_group": pl.String,
        "start": pl.String,
        "end": pl.String,
        "entry": pl.String,  # what makes it one entry, whatever is said of it later
        "state": pl.String,  # how far it is; "" where nobody says so
        "responsible": pl.String,
        "indicator": pl.String,  # what it shall move, "" where nothing is stated
        "intended": pl.Float64,  # by how much, in the unit of the indicator (Prozentpunkte for a percentage)
        "effect": pl.String,  # what is reported of it, in words
        "likelihood": pl.String,  # of a chance or risk; "" is "nicht bewertet"
        "impact": pl.String,
        "rhythm": pl.String,  # how often a date comes back, from `start` on
        "source": pl.String,
        "data_date": pl.Date,  # the newest statement of an entry counts
        "place": pl.String,
        "line": pl.String,
        "note": pl.String,
        "row": pl.Int64,
    }
)
"""A strategic field, instrument, project, body, deadline, chance or risk, as a document or a person states it."""

COMMENT = pl.Schema(
    {
        "jobcenter": pl.String(),
        "indicator": pl.String(),
        "breakdown": pl.String(),
        "period_start": pl.Date(),
        "period_end": pl.Date(),
        "text": pl.String(),
        "author": pl.String(),
        "written_at": pl.Datetime("us"),  # UTC
        "source": pl.String(),
        "place": pl.String(),
        "line": pl.String(),
        "row": pl.Int64(),
    }
)
"""What somebody says about one series in one period; the newest of the same author and period counts."""

CONTRADICTION = pl.Schema(
    {
        "jobcenter": pl.String,
        "source": pl.String,
        "indicators": pl.String,  # ids joined by "|"
        "breakdown": pl.String,
        "period": pl.String,
        "kind": pl.String,
        "figures": pl.String,
        "place": pl.String,
        "line": pl.String,
        "explanation": pl.String,
        "row": pl.Int64,
    }
)
"""A place where a source contradicts itself; both values are kept, this says what does not fit."""

MEMBERSHIP = pl.Schema(
    {
        "jobcenter": pl.String,  # of the catalog, or `jc-` and the official number
        "type": pl.String,  # one of the 15 of the catalog
        "edition": pl.String,
        "valid_from": pl.Date,
        "form": pl.String,  # id of a legal form (vocabulary); "" where the list does not tell
        "source": pl.String,
        "place": pl.String,
        "line": pl.String,
        "note": pl.String,
        "row": pl.Int64,
    }
)
"""A Jobcenter belongs to a Vergleichstyp in an edition, from a date on, as a source says."""

EVENT = pl.Schema(
    {
        "jobcenter": pl.String,  # "" concerns all
        "kind": pl.String,
        "title": pl.String,
        "start": pl.Date,
        "until": pl.Date,  # inclusive; null: a day
        "indicators": pl.String,  # ids joined by "|"; "" concerns all
        "breaks": pl.Boolean,  # before and after are not the same quantity
        "text": pl.String,
        "source": pl.String,
        "place": pl.String,
        "line": pl.String,
        "note": pl.String,
        "row": pl.Int64,
    }
)
"""Something that changes how series are read, as a loaded table says."""

AREA = pl.Schema(
    {
        "id": pl.String,
        "name": pl.String,
        "kind": pl.String,  # jobcenter or kreis
        "key": pl.String,  # official number
        "land": pl.String,  # id of a region; "" where the delivery does not tell
    }
)
"""A Jobcenter or Kreis that the catalog does not have, as a delivery names it."""

LOAD = pl.Schema(
    {
        "load_no": pl.Int64(),
        "act": pl.String(),
        "extract": pl.String(),
        "file_name": pl.String(),
        "format": pl.String(),
        "who": pl.String(),
        "acted_at": pl.Datetime("us"),  # UTC
        "rows": pl.Int64(),
        "reason": pl.String(),
    }
)
"""One act of the load log: loaded, retracted, rejected."""


def rows_by(rows: Iterable[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """Return rows together that say the same in some columns, in the order of the first of each; of the few rows of a table
    this takes a fraction of the time of a frame per group."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in columns), []).append(row)
    return found

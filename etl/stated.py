"""What people state beside figures: which entry a row means, when a comment was written, signs nobody can read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import polars as pl

from etl.extract import Extract
from etl.formats import load_formats
from etl.numbers import number_text
from warehouse.downloads import rows_csv
from warehouse.schema import Row

_COLUMNS = {
    "jobcenter": "jobcenter",
    "art": "kind",
    "kategorie": "category",
    "bezeichnung": "title",
    "zielgruppe": "target_group",
    "beginn": "start",
    "ende": "end",
    "turnus": "rhythm",
    "umsetzung": "state",
    "zustaendig": "responsible",
    "kennzahl": "indicator",
    "wirkung_berichtet": "effect",
    "eintritt": "likelihood",
    "auswirkung": "impact",
    "kennung": "entry",
    "quelle": "source",
    "fundstelle": "place",
    "zeile": "line",
    "anmerkung": "note",
}
"""Column of a delivery → column of FIELD; amounts and dates are written in their own ways."""
_READABLE = "\n\t"
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?Z?")


def entered(format_id: str, rows: list[dict[str, str]], *, who: str, at: datetime) -> Extract:
    """Return what a person entered on a page as a delivery of a flat format, which says when (UTC) and by whom.

    The line above the header makes every entry a file of its own: going back to an earlier wording is a change, too.
    """
    said = [f"Eingabe in der Anwendung am {at:%d.%m.%Y um %H:%M:%S} Uhr (UTC), {who}"]
    return Extract(_table(format_id, rows, above=[said]), f"eingabe-{format_id}-{at:%Y-%m-%d-%H%M%S}.csv")


def cells_of(row: Row) -> dict[str, str]:
    """Return an entry (FIELD columns) as the cells of a delivery; loading them again changes nothing."""
    cells = {column: str(row[name]) for column, name in _COLUMNS.items()}
    intended = "" if row["intended"] is None else number_text(row["intended"])
    return {**cells, "wirkung_geplant": intended, "datenstand": row["data_date"].isoformat()}


def list_of(rows: pl.DataFrame) -> bytes:
    """Return entries (FIELD columns) as a CSV delivery, to be changed in a spreadsheet and loaded again."""
    return _table("handlungsfelder", [cells_of(row) for row in rows.iter_rows(named=True)])


def _table(format_id: str, rows: Sequence[Mapping[str, str]], above: Sequence[Sequence[str]] = ()) -> bytes:
    (format_,) = (entry for entry in load_formats() if entry.id == format_id)
    names = [column.name for column in format_.columns]
    figures = {at for at, column in enumerate(format_.columns) if column.meaning == "number"}
    return rows_csv(
        [*above, names, *([row.get(name, "") for name in names] for row in rows)], figures=figures
    )


def entry_of(cells: dict[str, str], jobcenter: str | None, kind: str | None) -> str:
    """Return what makes a row one entry, whatever is said of it later: as stated, else what it is and where it stands."""
    if cells["kennung"]:
        return cells["kennung"]
    parts = (jobcenter, kind, cells["bezeichnung"], cells["quelle"], cells["fundstelle"], cells["zeile"])
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()[:16]


def told_apart(frame: pl.DataFrame) -> pl.DataFrame:
    """Return FIELD rows in which the second, third … entry of one name and place in a delivery is one of its own."""
    number = pl.int_range(pl.len()).over("entry") + 1
    later = pl.concat_str("entry", pl.lit("-"), number.cast(pl.String))
    return frame.with_columns(entry=pl.when(number > 1).then(later).otherwise("entry"))


def moment(text: str) -> datetime | None:
    """Return a moment written like `2026-04-20 14:30`; None where it is not one."""
    found = _MOMENT.fullmatch(text)
    with suppress(ValueError):
        return datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ':00'}") if found else None
    return None


def unreadable(text: str) -> str:
    """Return the first sign of a text that nobody can see or that turns its direction; "" where there is none."""
    hidden = (
        sign
        for sign in text
        if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs") and sign not in _READABLE
    )
    return next((f"U+{ord(sign):04X}" for sign in hidden if sign not in "\u00ad\u200d"), "")

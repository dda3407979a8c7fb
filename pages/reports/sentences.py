"""What a pinned view says, in three lengths, built from its figures; and what has changed since it was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from warehouse.mappen import Pin, Told

WHO = ("Jobcenter", "Vergleichsgruppe", "Kennzahl", "Merkmal", "Zeitbezug", "Art", "Einheit")
_ABOUT = {*WHO, "Zeitraum", "Datenstand", "Fundstelle", "Quelle", "Genauigkeit", "Widerspruch"}
NAMED = 12
"""Changes of one view that are named one by one."""
LENGTHS = {"alternativtext": "Alternativtext", "satz": "Ein Satz", "absatz": "Absatz in einfacher Sprache"}

Row = Mapping[str, str]


def sentence(told: Told) -> str:
    """Return the message in one sentence, with its date."""
    title, dated = told.title.rstrip("."), when(told)
    return f"{title}." if not dated or dated in title else f"{title} ({dated})."


def when(told: Told) -> str:
    """Return the time a view is about: its Berichtszeitraum, its only Zeitraum or the first and last, else the data date."""
    if told.notes.get("Berichtszeitraum"):
        return told.notes["Berichtszeitraum"]
    periods = list(dict.fromkeys(row["Zeitraum"] for row in told.rows if row.get("Zeitraum")))
    if len(periods) == 1:
        return periods[0]
    several = f"{len(periods)} Zeiträume; " if periods else ""
    return f"{several}Datenstand {told.notes['Datenstand']}" if told.notes.get("Datenstand") else ""


def paragraph(told: Told) -> str:
    """Return the message in plain language: what is shown, how one figure of it is read, where it comes from."""
    source, date = told.notes.get("Quelle", ""), told.notes.get("Datenstand", "")
    parts = [
        sentence(told),
        told.reading.strip(),
        f"Die Zahlen stammen aus: {source}{f' (Datenstand {date})' if date else ''}." if source else "",
        "Ein Teil ist selbst berechnet." if told.notes.get("Eigene Berechnung") else "",
    ]
    return " ".join(part for part in parts if part)


def said(pin: Pin, length: str) -> str:
    """Return what a pinned view says in one of three lengths: what somebody wrote, else what the figures give."""
    if own := pin.texts.get(length):
        return own.text
    return proposed(pin.told, length)


def proposed(told: Told, length: str) -> str:
    """Return what the figures give in one of three lengths (or the title)."""
    made = {
        "alternativtext": lambda: told.alt,
        "satz": lambda: sentence(told),
        "absatz": lambda: paragraph(told),
    }
    return made[length]() if length in made else told.title


def changes(before: Told, now: Told) -> list[str]:
    """Return what is different, in German: wording, then every rank and value; nothing where all is the same."""
    found = []
    if before.title != now.title:
        found.append(f"Wortlaut: »{before.title}« → »{now.title}«")
    elif before.alt != now.alt:
        found.append("Wortlaut des Alternativtextes geändert")
    values = list(_of_rows(before.rows, now.rows))
    found += values[:NAMED]
    if values[NAMED:]:
        found.append(f"und {len(values) - NAMED} weitere Änderungen")
    return found


def _of_rows(before: tuple[Row, ...], now: tuple[Row, ...]) -> Iterator[str]:
    """Tell row by row; one whose period has moved on is told with both periods."""
    old, new = _by((*WHO, "Zeitraum"), before), _by((*WHO, "Zeitraum"), now)
    gone: list[Row] = []
    come: list[Row] = []
    for key in dict.fromkeys((*old, *new)):
        pairs = min(len(old[key]), len(new[key]))
        for one, other in zip(old[key], new[key], strict=False):
            yield from _of_row(one, other)
        gone += old[key][pairs:]
        come += new[key][pairs:]
    left, right = _by(WHO, gone), _by(WHO, come)
    for key in dict.fromkeys((*left, *right)):
        pairs = min(len(left[key]), len(right[key]))
        for one, other in zip(left[key], right[key], strict=False):
            yield f"{_name(other)}: {_figure(one)} → {_figure(other)}"
        yield from (f"entfallen: {_name(row)} {_figure(row)}" for row in left[key][pairs:])
        yield from (f"neu: {_name(row)} {_figure(row)}" for row in right[key][pairs:])


def _by(names: tuple[str, ...], rows: tuple[Row, ...] | list[Row]) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row.get(name, "") for name in names)].append(row)
    return found


def _of_row(one: Row, other: Row) -> Iterator[str]:
    shown = [name for name in other if name not in _ABOUT and not (name == "Wert" and "Angabe" in other)]
    for name in shown:
        if one.get(name, "") != other[name]:
            what = "" if name == "Angabe" else f"{name} "
            yield f"{_name(other)}, {other.get('Zeitraum', '')}: {what}{one.get(name, '') or '–'} → {other[name] or '–'}".replace(
                ", :", ":"
            )


def _name(row: Row) -> str:
    names = [row.get(name, "") for name in ("Jobcenter", "Kennzahl", "Merkmal")]
    return ", ".join(name for name in names if name and name != "Insgesamt") or next(
        iter(row.values()), "Zeile"
    )


def _figure(row: Row) -> str:
    figure = row.get("Angabe") or row.get("Wert") or ""
    return f"{figure} ({row['Zeitraum']})" if row.get("Zeitraum") else figure

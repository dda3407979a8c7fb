"""What a pinned view says, in three lengths, built from its figures; and what has changed since it was said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from pages.reports.cells import NOT_SHOWN
from pages.reports.kinds import course, message, spread
from pages.reports.wording import enumerated, in_period
from warehouse.formatting import format_number, format_percent
from warehouse.mappen import Pin, Told
from warehouse.periods import Period, parse_period

WHO = ("Jobcenter", "Vergleichsgruppe", "Kennzahl", "Merkmal", "Zeitbezug", "Art", "Einheit")
_ABOUT = {*WHO, "Zeitraum", "Datenstand", "Fundstelle", "Quelle", "Genauigkeit", "Widerspruch"}
NAMED = 12
_HEADLINE = 140
_SENTENCE = re.compile(r"(.+?)\.(?= [A-ZÄÖÜ»]|$)")
"""Changes of one view that are named one by one."""
_AREAS = 8
_LONG = 50  # characters of data dates that still read as part of a sentence
_COUNTS = ("Personen", "BG", "Anzahl")
LENGTHS = {"alternativtext": "Alternativtext", "satz": "Ein Satz", "absatz": "Absatz in einfacher Sprache"}

Row = Mapping[str, str]


def sentence(told: Told) -> str:
    """Return the message with its date: what its kind says; where the title names no figure, the figures behind it."""
    if said := message(told):
        return said
    further = course(told)
    return f"{_titled(told)} {further}" if further else _titled(told)


def _titled(told: Told) -> str:
    title, dated = told.title.rstrip("."), when(told)
    numbers = figures(told)
    if numbers and not any(sign.isdigit() for sign in title):
        return f"{title}. {numbers}"
    return f"{title}." if not dated or dated in title else f"{title} ({dated})."


def headline(told: Told) -> str:
    """Return the title of a slide: that of the view where it names a figure, else the first sentence of its message."""
    first = _SENTENCE.match(message(told))
    if first is None or any(sign.isdigit() for sign in told.title) or len(first[1]) > _HEADLINE:
        return told.title
    return first[1]


def when(told: Told) -> str:
    """Return the time a view is about: its Berichtszeitraum, its only Zeitraum or the first and last, else the data date."""
    stated, date = told.notes.get("Berichtszeitraum", ""), told.notes.get("Datenstand", "")
    if any(sign.isdigit() for sign in stated):
        return stated
    periods = list(dict.fromkeys(row["Zeitraum"] for row in told.rows if row.get("Zeitraum")))
    if len(periods) == 1:
        return periods[0]
    dated = f"Datenstand {date}" if len(date) <= _LONG else "mehrere Datenstände"
    several = f"{len(periods)} Zeiträume; " if periods else ""
    return f"{several}{dated}" if date else several.removesuffix("; ")


def figures(told: Told) -> str:
    """Return the newest figure of each area in one sentence, and for a single area what it was a year before.

    Nothing where a view shows shares or several quantities, more than eight areas, or aims beside what was measured.
    """
    rows = [
        row
        for row in told.rows
        if row.get("Jobcenter")
        and row.get("Kennzahl")
        and row.get("Angabe")
        and row.get("Art", "Ist") == "Ist"
        and row.get("Status") != NOT_SHOWN
    ]
    dated = [(parse_period(row.get("Zeitraum", "")), row) for row in rows]
    if (
        not rows
        or len({(row.get("Kennzahl"), row.get("Merkmal"), row.get("Zeitbezug")) for row in rows}) != 1
    ):
        return ""
    newest: dict[str, tuple[Period, Row]] = {}
    for period, row in dated:
        if period is None:
            return ""
        if row["Jobcenter"] not in newest or newest[row["Jobcenter"]][0].end < period.end:
            newest[row["Jobcenter"]] = (period, row)
    if len(newest) > _AREAS:
        return ""
    periods = {period for period, _ in newest.values()}
    alike = len(periods) == 1
    persons = alike and all(row.get("Einheit") == "Personen" for _, row in newest.values())
    named = [
        f"{area} {row['Angabe'] if persons else _with_unit(row)}" + ("" if alike else f" ({period.label})")
        for area, (period, row) in newest.items()
    ]
    first = f"{in_period(next(iter(periods)))}: " if alike else "Neueste Werte: "
    return f"{first}{enumerated(named)}{' Personen' if persons else ''}.{_year_before(newest, dated)}"


def _year_before(newest: Mapping[str, tuple[Period, Row]], dated: list[tuple[Period | None, Row]]) -> str:
    """Tell of a single area what the same period a year before was; only of exact counts, whose difference is one."""
    if len(newest) != 1:
        return ""
    ((now, row),) = newest.values()
    then = next((other for period, other in dated if period and _is_year_before(period, now)), None)
    if (
        then is None
        or row.get("Einheit") not in _COUNTS
        or any(r.get("Genauigkeit") != "exakt" for r in (row, then))
    ):
        return ""
    value, before = float(row["Wert"] or "nan"), float(then["Wert"] or "nan")
    if not before > 0 or value != value:
        return ""
    moved = value - before
    if round(moved) == 0:
        return f" Ein Jahr zuvor waren es ebenso {_with_unit(then)}."
    way = "mehr" if moved > 0 else "weniger"
    percent = format_percent(moved / before * 100, signed=True)
    return f" Ein Jahr zuvor waren es {_with_unit(then)}; das sind jetzt {format_number(abs(moved))} {way} ({percent})."


def _is_year_before(period: Period, now: Period) -> bool:
    one, other = (period.start, period.end), (now.start, now.end)
    return all((a.year + 1, a.month) == (b.year, b.month) for a, b in zip(one, other, strict=True))


def _with_unit(row: Row) -> str:
    unit = row.get("Einheit", "")
    return f"{row['Angabe']} {unit}" if unit == "Personen" else row["Angabe"]


def paragraph(told: Told) -> str:
    """Return the message in plain language: what is shown, how one figure of it is read, where it comes from."""
    source, date = told.notes.get("Quelle", ""), told.notes.get("Datenstand", "")
    figured = figures(told)
    parts = [
        sentence(told) if message(told) or not figured else f"{told.title.rstrip('.')}.",
        "" if message(told) else figured,
        "" if message(told) or not figured else course(told),
        "" if message(told) else spread(told),
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
    """Return what the figures give in one of three lengths, as title, or as comment: nothing."""
    if length == "satz":
        return sentence(told)
    if length == "absatz":
        return paragraph(told)
    return {"alternativtext": told.alt, "titel": headline(told)}.get(length, "")


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

"""What a view of each kind says of its figures: rank and distance, course, target, strengths, shares, change of a group."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from statistics import median

from pages.reports.wording import (
    counted,
    enumerated,
    in_period,
    month_of,
    number_word,
    points,
    verb,
)
from warehouse.mappen import Told
from warehouse.periods import Period, parse_period

Row = Mapping[str, str]
_PERSONS = re.compile(r"= ([\d.]+ [^\W\d][\w-]*)")
_FEWEST = 3
"""Points in time that make a course, and areas of which the highest and lowest are worth naming."""


def message(told: Told) -> str:
    """Return the message of a view in one or two sentences; nothing where its kind is not known."""
    return next((said for kind in KINDS if (said := kind(told))), "")


def course(told: Told) -> str:
    """Return of the only series of a view which way it goes and since when; nothing for several or for two points."""
    rows = [row for row in told.rows if row.get("Angabe") and row.get("Art", "Ist") == "Ist"]
    if (
        len(
            {
                tuple(row.get(name) for name in ("Jobcenter", "Kennzahl", "Merkmal", "Zeitbezug"))
                for row in rows
            }
        )
        != 1
    ):
        return ""
    dated = sorted(_dated(rows), key=lambda each: each[0].end)
    if len(dated) < _FEWEST or len({period.end for period, _ in dated}) != len(dated):
        return ""
    return _run(dated)


def _dated(rows: list[Row]) -> Iterator[tuple[Period, float]]:
    for row in rows:
        period, value = parse_period(row.get("Zeitraum", "")), _wert(row)
        if period is not None and value is not None:
            yield period, value


def _run(values: list[tuple[Period, float]]) -> str:
    """Return how long the newest direction has lasted: "Der Wert sinkt seit März 2021, viermal in Folge"."""
    signs = [(now > before) - (now < before) for (_, before), (_, now) in pairwise(values)]
    last = signs[-1]
    if not last:
        return f"Zuletzt, seit {month_of(values[-2][0])}, ist der Wert gleich geblieben."
    length = next((n for n, sign in enumerate(reversed(signs)) if sign != last), len(signs))
    way = "steigt" if last > 0 else "sinkt"
    begin = month_of(values[-1 - length][0])
    if length == len(signs) and length > 1:
        return f"Der Wert {way} über den ganzen gezeigten Zeitraum, seit {begin}."
    number = number_word(length, "n")
    times = (
        "zum ersten Mal wieder" if length == 1 else f"{number}{'-' if number.isdigit() else ''}mal in Folge"
    )
    return f"Der Wert {way} seit {begin}, {times}."


def spread(told: Told) -> str:
    """Return who of three or more areas has the highest and the lowest value of one quantity at one time, and how far apart."""
    rows = [
        row
        for row in told.rows
        if row.get("Jobcenter") and row.get("Angabe") and row.get("Art", "Ist") == "Ist"
    ]
    about = {
        tuple(row.get(name) for name in ("Kennzahl", "Merkmal", "Zeitraum", "Zeitbezug", "Einheit"))
        for row in rows
    }
    values = [(number, row) for row in rows if (number := _wert(row)) is not None]
    exact = all(row.get("Genauigkeit", "exakt") in ("exakt", "") for row in rows)
    if len(about) != 1 or len(values) < _FEWEST or not exact or any("Rang" in row for row in rows):
        return ""
    if len({row["Jobcenter"] for _, row in values}) != len(values):
        return ""
    (low, lowest), (high, highest) = min(values, key=lambda v: v[0]), max(values, key=lambda v: v[0])
    if low == high:
        return "Alle Werte sind gleich."
    between = points(high - low, highest.get("Einheit", ""))
    return f"Zwischen dem höchsten ({highest['Jobcenter']}) und dem niedrigsten Wert ({lowest['Jobcenter']}) liegen {between}."


def _path(told: Told) -> str:
    if not any(name.startswith("Pfad (") for row in told.rows[:1] for name in row):
        return ""
    return f"{told.title}. {told.alt.removeprefix(f'{told.title}. ')}"


def _standing(told: Told) -> str:
    """Tell value, rank, and the distance to the median in points and, where counts are known, in persons."""
    groups = _ranked(told)
    if len(groups) != 1 or not (own := _own(told, rows := next(iter(groups.values())))):
        return ""
    values = [value for row in rows if (value := _wert(row)) is not None]
    value = _wert(own)
    if value is None or len(values) < _FEWEST:
        return ""
    area, middle, unit = own["Jobcenter"], median(values), own.get("Einheit", "")
    rank = f"; das ist Rang {own['Rang']} von {len(values)}" if own.get("Rang") else ""
    first = f"{_when(own)} hat {area} bei »{own['Kennzahl']}« {own['Angabe']}{rank} in der Gruppe »{own['Vergleichsgruppe']}«."
    if round(value - middle, 1) == 0:
        return f"{first} Der Wert liegt am Median."
    side = "über" if value > middle else "unter"
    persons = _PERSONS.search(told.reading) or _PERSONS.search(told.answer)
    in_persons = f", das sind {persons[1]}" if persons else ""
    return f"{first} Der Wert liegt {points(value - middle, unit)} {side} dem Median{in_persons}."


def _profile(told: Told) -> str:
    """Tell where an area is best and worst placed among its group."""
    groups = _ranked(told)
    own = [row for rows in groups.values() if (row := _own(told, rows)) and _share(row) is not None]
    if len(groups) < 2 or not own:
        return ""
    best, worst = max(own, key=lambda row: _share(row) or 0.0), min(own, key=lambda row: _share(row) or 0.0)
    area, said = own[0]["Jobcenter"], f"{told.title.rstrip('.')} ({own[0]['Zeitraum']})."
    if best is worst:
        return said
    placed = [
        f"bei »{row['Kennzahl']}« (Rang {row['Rang']} von {_size(groups, row)})" for row in (best, worst)
    ]
    return f"{said} Am besten steht {area} {placed[0]}, am schwächsten {placed[1]}."


def _target(told: Told) -> str:
    """Tell of each area how far the newest Ist is from its Soll, or of many how often it was reached."""
    rows = [row for row in told.rows if row.get("Abweichung") and row.get("Ist") and row.get("Art") == "Soll"]
    dated = [(period, row) for row in rows if (period := parse_period(row.get("Zeitraum", "")))]
    if not dated:
        return ""
    newest, row = max(dated, key=lambda each: each[0].end)
    good = sum(1 for _, each in dated if "▲" in each["Bewertung"])
    judged = [each for _, each in dated if each.get("Bewertung") and "neutral" not in each["Bewertung"]]
    soll = row.get("Soll") or row.get("Soll/Prognose", "")
    gap = _number(row["Abweichung"]) or 0.0
    word = "über" if gap > 0 else "unter"
    verdict = f" ({row['Bewertung'].split()[-1]})" if row.get("Bewertung") else ""
    away = (
        f"{points(gap, row['Einheit der Abweichung'])} {word} dem Soll von {soll}"
        if gap
        else f"genau am Soll von {soll}"
    )
    areas = {each["Jobcenter"] for _, each in dated}
    first = (
        ""
        if len(areas) > 1
        else f"{in_period(newest)} lag das Ist von »{row['Kennzahl']}« in {row['Jobcenter']} bei {row['Ist']}, {away}{verdict}."
    )
    if len(judged) < 2:
        return first
    whole = counted(len(judged), "Ist-Wert", "Ist-Werten", "m", "dative")
    reached = number_word(good, "m") + ("er" if good < 2 else "")
    about = {each["Kennzahl"] for each in judged}
    was = verb(good, "war", "waren")
    of = f"Bei »{about.pop()}« {was} von {whole}" if len(about) == 1 else f"Von {whole} {was}"
    return f"{of} {reached} günstiger als das Soll. {first}".strip()


def _movement(told: Told) -> str:
    """Tell how the own value moved between two periods and how those of the others did."""
    rows = [
        row
        for row in told.rows
        if row.get("Veränderung") and row.get("Einheit der Veränderung") and "Angabe" not in row
    ]
    if not rows or not (own := _own(told, rows)):
        return ""
    times = [name for name in own if parse_period(name)]
    moved = [number for row in rows if (number := _number(row["Veränderung"])) is not None]
    change = _number(own["Veränderung"])
    if len(times) != 2 or change is None:
        return ""
    way = "gestiegen" if change > 0 else "gesunken" if change < 0 else "gleich geblieben"
    by = f" um {points(change, own['Einheit der Veränderung'])}" if change else ""
    begin, end = (month_of(period) for name in times if (period := parse_period(name)))
    up, down = sum(1 for number in moved if number > 0), sum(1 for number in moved if number < 0)
    return (
        f"Von {begin} bis {end} ist der Wert in {own['Jobcenter']}{by} {way}. "
        f"Von {len(moved)} Jobcentern mit beiden Werten ist er bei {number_word(up, 'n', 'dative')} gestiegen "
        f"und bei {number_word(down, 'n', 'dative')} gesunken."
    )


def _budget(told: Told) -> str:
    """Tell from when to when the sum of the budgets of a single area has gone which way."""
    name = "Summe der Teile (eigene Berechnung)"
    rows = [
        (period, number, row)
        for row in told.rows
        if (number := _number(row.get(name, ""))) and (period := parse_period(row.get("Zeitraum", "")))
    ]
    if (
        len(rows) < 2
        or len({row["Jobcenter"] for _, _, row in rows}) != 1
        or len({row["Art"] for _, _, row in rows}) != 1
    ):
        return ""
    (first, before, row), (last, now, _) = rows[0], rows[-1]
    area, total = row["Jobcenter"], points(now, row["Einheit"])
    if now == before:
        return f"Die Teile des Budgets von {area} ergeben {month_of(first)} und {month_of(last)} je {total}."
    change = f"{points(now - before, row['Einheit'])} {'mehr' if now > before else 'weniger'} als {month_of(first)}"
    return f"Die Teile des Budgets von {area} ergeben zusammen {total} ({month_of(last)}), {change}."


def _shares(told: Told) -> str:
    """Tell the largest and smallest shares of a single area; of a single part how the areas beside it compare."""
    rows = [
        row
        for row in told.rows
        if row.get("Grundgesamtheit")
        and row.get("Angabe")
        and _wert(row) is not None
        and row.get("Art") == "Ist"
    ]
    if not rows or len({(row["Grundgesamtheit"], row["Zeitraum"]) for row in rows}) != 1:
        return ""
    own = [row for row in rows if row["Jobcenter"] in told.title] or [
        row for row in rows if row["Jobcenter"] in told.answer
    ]
    areas = {row["Jobcenter"] for row in own}
    if len(areas) != 1:
        return ""
    (area,) = areas
    when, base = _when(own[0]), own[0]["Grundgesamtheit"]
    if len(own) == 1:
        others = [
            f"{row['Jobcenter']} {row['Angabe']}"
            for row in rows
            if row["Merkmal"] == own[0]["Merkmal"] and row["Jobcenter"] != area
        ]
        beside = f" Zum Vergleich: {enumerated(others)}." if 0 < len(others) <= 4 else ""
        return f"{when} hat in {area} das Merkmal »{own[0]['Merkmal']}« einen Anteil von {own[0]['Angabe']} ({base}).{beside}"
    ordered = sorted(own, key=lambda row: -(_wert(row) or 0.0))
    return (
        f"{when} hat in {area} das Merkmal »{ordered[0]['Merkmal']}« mit {ordered[0]['Angabe']} den größten Anteil ({base}), "
        f"»{ordered[-1]['Merkmal']}« mit {ordered[-1]['Angabe']} den kleinsten."
    )


def _ranked(told: Told) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in told.rows:
        if "Rang" in row and row.get("Kennzahl") and row.get("Angabe"):
            found[row["Kennzahl"], row.get("Vergleichsgruppe", "")].append(row)
    return found


def _own(told: Told, rows: list[Row]) -> Row | None:
    """Return the row of the area a view is about: its title begins with the name."""
    return next((row for row in rows if told.title.startswith(f"{row['Jobcenter']}:")), None)


def _size(groups: Mapping[tuple[str, str], list[Row]], row: Row) -> int:
    return sum(
        1 for each in groups[row["Kennzahl"], row.get("Vergleichsgruppe", "")] if _wert(each) is not None
    )


def _share(row: Row) -> float | None:
    return _number(row.get("günstiger als (%)", ""))


def _when(row: Row) -> str:
    period = parse_period(row.get("Zeitraum", ""))
    return in_period(period) if period else "Nach den neuesten Angaben"


def _wert(row: Row) -> float | None:
    try:
        return float(row.get("Wert") or "nan") if row.get("Wert") else None
    except ValueError:
        return None


def _number(text: str) -> float | None:
    """Return a number written in German; None where there is none."""
    try:
        return float(
            text.replace(".", "").replace(",", ".").replace("−", "-").replace("\N{NO-BREAK SPACE}", "")
        )
    except ValueError:
        return None


KINDS: tuple[Callable[[Told], str], ...] = (_path, _profile, _standing, _target, _movement, _budget, _shares)

"""The path to a Soll in words: how far, what is still needed, on which season it rests, or why there is none."""

from __future__ import annotations

from pages.charts.amounts import drawn_difference, drawn_value
from warehouse.catalog import Catalog
from warehouse.formatting import NBSP, format_number, told_difference
from warehouse.paths import TargetPath
from warehouse.periods import MONTHS
from warehouse.schema import Row

_BOUND = {"higher": "mindestens ", "lower": "höchstens ", "neutral": ""}
_PATH_WORDS = {
    "favourable": "▲ günstiger als der Pfad",
    "unfavourable": "▼ ungünstiger als der Pfad",
    "met": "● auf dem Pfad",
    "higher": "höher als der Pfad, ohne Wertung",
    "lower": "niedriger als der Pfad, ohne Wertung",
    "equal": "auf dem Pfad, ohne Wertung",
}
_YEAR_WORDS = {
    "favourable": "▲ günstiger als das Soll",
    "unfavourable": "▼ ungünstiger als das Soll",
    "met": "● Soll erreicht",
    "higher": "höher als das Soll, ohne Wertung",
    "lower": "niedriger als das Soll, ohne Wertung",
    "equal": "gleich dem Soll, ohne Wertung",
}
RUNNING = {"sum": "Summe seit Januar", "mean": "Mittel seit Januar", "ratio": "Quote seit Januar"}
_NO_PATH = {
    "not_a_year": "Das Soll gilt nicht für ein Kalenderjahr; einen Weg durch das Jahr gibt es dazu nicht.",
    "no_rule": "Wie sich der Jahreswert dieser Kennzahl aus Monaten ergibt, ist nicht hinterlegt; gerechnet wird nichts.",
    "other_series": "Das Soll ist für eine andere Zeitreihe vereinbart als für Monatswerte, Summe oder Mittel des Jahres; "
    "gezeichnet wird es darauf nicht.",
}


def path_title(catalog: Catalog, target: Row, found: TargetPath) -> str:
    """Return the message of a path: `Halle (Saale), Integrationen 2026: bis Mär 30 unter dem Pfad`."""
    name = f"{catalog.area_name(target['jobcenter'])}, {catalog.indicator(target['indicator']).name} {found.year}"
    if found.outcome is None:
        return f"{name}: noch kein Monat gemeldet"
    if found.is_closed:
        return f"{name}: Jahr abgeschlossen, {_YEAR_WORDS[found.outcome]}"
    return f"{name}: bis {MONTHS[found.reported - 1]} {_PATH_WORDS[found.outcome]}"


def standing(catalog: Catalog, target: Row, found: TargetPath) -> str:
    """Return where the year stands: the value so far, the path there, and the difference."""
    if not found.reported:
        return f"Für {found.year} ist noch kein Monat gemeldet."
    row, id_ = found.months.row(found.reported - 1, named=True), target["indicator"]
    until = "Dezember" if found.is_closed else MONTHS[found.reported - 1]
    gap = (
        f" {MONTHS[found.gap - 1]} fehlt: Spätere Monate zählen erst, wenn er geliefert ist."
        if found.gap
        else ""
    )
    against = "Soll" if found.is_closed else "Pfad"
    now, path = (drawn_value(catalog, id_, row[name]) for name in ("running", "path"))
    apart = told_difference(path, now, drawn_difference(catalog, id_, row["running"] - row["path"]))
    return f"{RUNNING[found.rule.months]} bis {until}: {now}; {against} {path}, Abstand {apart}.{gap}"


def needed_words(catalog: Catalog, target: Row, found: TargetPath) -> str:
    """Return what the months that are left must bring, and how much of it the next one with its season."""
    if found.is_closed:
        return "Jahr abgeschlossen: Alle zwölf Monate sind gemeldet."
    if found.needed is None:
        return "Was je Monat noch nötig ist, folgt mit dem ersten gemeldeten Monat."
    id_ = found.rule.numerator or target["indicator"]
    left, direction = 12 - found.reported, catalog.indicator(target["indicator"]).direction
    if found.needed <= 0:
        return _beyond(direction, found)
    what = f" {catalog.indicator(id_).name}" if found.rule.months == "ratio" else ""
    each = "im letzten Monat" if left == 1 else f"in jedem der {left} verbleibenden Monate im Mittel"
    words = f"Für das Soll von {drawn_value(catalog, target['indicator'], found.target)} noch nötig: "
    words += f"{_BOUND[direction]}{_amount(catalog, id_, found.needed)}{what} {each}"
    following = found.months["needed"][found.reported]
    if found.years and left > 1 and following is not None:
        month = MONTHS[found.reported]
        words += f"; nach der Jahreszeit im {month} {_amount(catalog, id_, following)}"
    return words + (
        " (bei gleichbleibendem Durchschnitt des Nenners)." if found.rule.months == "ratio" else "."
    )


def season_note(catalog: Catalog, target: Row, found: TargetPath) -> str:
    """Return how the path is computed, as its footnote says it."""
    share = {"sum": "der Summe", "mean": "des Mittels", "ratio": "der Quote"}[found.rule.months]
    if found.years:
        named = ", ".join(str(year) for year in sorted(found.years))
        number = len(found.years)
        how = (
            f"Pfad = Soll × mittlerer Anteil {share} seit Januar am Jahreswert in {number} vollständigen "
            f"Jahr{'en' if number > 1 else ''} davor ({named})"
        )
    else:
        how = "Pfad gerade, weil kein vollständiges Jahr davor geladen ist"
    rule = f" {found.rule.reason}" if found.rule.reason else ""
    if found.rule.tolerance:
        rule += f" Bis {drawn_difference(catalog, target['indicator'], found.rule.tolerance)} Abstand gilt das Soll als erreicht."
    mean = " Mittel = Durchschnitt der Monatswerte; die Rechenregel des JDW der Quelle ist nicht hinterlegt."
    return f"{how}.{mean if found.rule.months == 'mean' else ''}{rule}"


def no_path_words(catalog: Catalog, target: Row, reason: str) -> tuple[str, str]:
    """Return why there is no path, and what would give one ("" where nothing would)."""
    if reason != "no_months":
        return _NO_PATH[reason], ""
    rule = catalog.year_of(target["indicator"])
    ids = filter(None, (rule.numerator or rule.id, rule.denominator)) if rule else ()
    names = " und ".join(f"»{catalog.indicator(id_).name}«" for id_ in ids)
    area, year = catalog.area_name(target["jobcenter"]), target["period_start"].year
    return (
        f"Monatswerte von {area} für {year} oder die drei Jahre davor sind nicht geladen.",
        f"Eine Lieferung im Langformat mit {names} je Monat (Art Ist, Zeitbezug Stichtag) gibt den Weg durch das Jahr.",
    )


def _beyond(direction: str, found: TargetPath) -> str:
    if direction == "higher":
        return "Das Soll ist schon erreicht; in den verbleibenden Monaten ist nichts mehr nötig."
    if direction == "lower":
        return "Das Soll ist schon aufgebraucht: Auch mit null in allen verbleibenden Monaten wird es überschritten."
    return "Das Soll ist schon überschritten."


def _amount(catalog: Catalog, indicator: str, value: float) -> str:
    """Return an amount per month: people and events with one decimal, since a mean is no count."""
    unit = catalog.unit(indicator)
    if unit.is_count:
        return NBSP.join(filter(None, (format_number(value, 0 if value >= 100 else 1), unit.suffix)))
    return drawn_value(catalog, indicator, value)

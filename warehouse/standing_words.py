"""What a standing says in German, the same on every page, slide and export. All numbers come formatted from here."""

from __future__ import annotations

from collections.abc import Mapping

from warehouse.catalog import OWN_CALCULATION, Catalog
from warehouse.comparators import LEVELS, Group
from warehouse.corridor import AVERAGED, CHANGES, NO_COUNTS, Corridor
from warehouse.formatting import (
    NBSP,
    format_difference,
    format_number,
    format_percent,
    format_value,
    unrounded,
)
from warehouse.movement import Movement
from warehouse.periods import period_label
from warehouse.quantiles import least
from warehouse.standing import (
    ABOVE,
    ALL_EQUAL,
    BELOW,
    HIGH,
    LOW,
    MEDIAN,
    NEUTRAL,
    NO_GROUP,
    SEVERAL_PERIODS,
    TOO_FEW,
    Standing,
)

NAMED = 6
"""So many Jobcenter are named in a footnote; more are counted."""
PLACES = {
    LOW: "unteres Quartil",
    BELOW: "unter dem Median",
    MEDIAN: "am Median",
    ABOVE: "über dem Median",
    HIGH: "oberes Quartil",
}
_ENDS = {
    ("higher", HIGH): "günstig",
    ("higher", LOW): "ungünstig",
    ("lower", LOW): "günstig",
    ("lower", HIGH): "ungünstig",
}
_STATES = {"approximate": "nur ungefähr", "contradicted": "widersprüchlich", "absent": "nicht geliefert"}


def month_of(standing: Standing) -> str:
    """Return the period of a standing: "Jun 2019"."""
    return period_label(standing.at.start, standing.at.end)


def quantity_of(catalog: Catalog, standing: Standing, *, coded: bool = False) -> str:
    """Return indicator and part in words."""
    return catalog.quantity_name(standing.at.indicator, standing.at.breakdown, coded=coded)


def short_quantity(catalog: Catalog, standing: Standing) -> str:
    """Return an indicator by its code, where it has one, and its part: "K1E2"."""
    entry, part = catalog.indicator(standing.at.indicator), standing.at.breakdown
    return f"{entry.code or entry.name}{f' – {catalog.breakdown_name(part)}' if part else ''}"


def value_text(catalog: Catalog, standing: Standing, value: float | None) -> str:
    """Return a value of the indicator with its unit."""
    return format_value(catalog, standing.at.indicator, value)


def rank_text(standing: Standing) -> str:
    """Return "Rang 5 von 27", "geteilter Rang 5 von 27", or without judgement "höher als 12 von 26 anderen".

    The ends are named: "niedrigster Wert von 27", "mit 2 anderen höchster Wert von 27".
    """
    if standing.value is None or standing.spread is None:
        return "ohne Rang"
    if standing.rank is None:
        return _height_text(standing)
    shared = "geteilter Rang" if standing.sharing > 1 else "Rang"
    return f"{shared} {standing.rank} von {standing.n}"


def _height_text(standing: Standing) -> str:
    lower, ties = standing.lower or 0, max(standing.sharing - 1, 0)
    higher = standing.n - 1 - ties - lower
    if lower and higher:
        return f"höher als {lower} von {standing.n - 1} anderen"
    end = "höchster" if lower else "niedrigster"
    beside = f"mit {ties} {'anderem' if ties == 1 else 'anderen'} " if ties else ""
    return f"{beside}{end} Wert von {standing.n}"


def percentile_text(standing: Standing) -> str:
    """Return "günstiger als 81 % der Vergleichsgruppe"; "" without judgement."""
    if standing.percentile is None:
        return ""
    return f"günstiger als {format_percent(standing.percentile, decimals=0)} der Vergleichsgruppe"


def place_text(standing: Standing) -> str:
    """Return where in the spread the value lies, by height, and whether this end is the favourable one."""
    if standing.place is None:
        return "alle Werte gleich" if standing.why_not == ALL_EQUAL else "nicht bestimmbar"
    end = _ENDS.get((standing.direction, standing.place), "")
    return PLACES[standing.place] + (f" ({end})" if end else "")


def gap_text(catalog: Catalog, standing: Standing) -> str:
    """Return the distance to the median: "0,8 Prozentpunkte = 37 Integrationen unter dem Median"."""
    if standing.gap is None:
        return ""
    if standing.gap == 0:
        return "genau am Median"
    side = "über" if standing.gap > 0 else "unter"
    points = format_difference(catalog, standing.at.indicator, abs(standing.gap)).lstrip("+")
    median = standing.spread.median if standing.spread else None
    own, middle = (format_value(catalog, standing.at.indicator, each) for each in (standing.value, median))
    note = unrounded(middle, own, points)
    told = " = ".join(filter(None, (points, persons_text(catalog, standing))))
    return f"{told} {side} dem Median{f', {note}' if note else ''}"


def persons_text(catalog: Catalog, standing: Standing) -> str:
    """Return the distance in units of what the numerator counts: "37 Integrationen"; "" where counts are not loaded."""
    if standing.gap_persons is None or not standing.sides.counted:
        return ""
    number, counted = format_number(abs(standing.gap_persons)), catalog.indicator(standing.sides.counted)
    if not catalog.unit(
        counted.id
    ).is_count:  # an amount of money: with its unit, never a bare number of something
        number = format_value(catalog, counted.id, abs(standing.gap_persons))
    return f"{number}{NBSP}{counted.counted or counted.name}"


def left_out_text(catalog: Catalog, standing: Standing) -> str:
    """Return how many members do not count and why; "" where all have a value."""
    told = [
        f"{number} {_STATES.get(why) or catalog.statuses[why].name}"
        for why, number in standing.left_out.items()
    ]
    without = standing.size - standing.n
    return f"Ohne Wert, der zählt: {without} ({', '.join(told)})." if told else ""


def broken_text(moved: Movement, names: Mapping[str, str]) -> str:
    """Name the members with a break of their series between the two periods; "" where there is none."""
    told = [names.get(area, area) for area in moved.broken]
    if not told:
        return ""
    named = f"{', '.join(told[:NAMED])}{f' und {len(told) - NAMED} weitere' if len(told) > NAMED else ''}"
    between = f"zwischen {month_of(moved.before)} und {month_of(moved.now)}"
    return f"Nicht verglichen, weil {between} ein Bruch der Reihe liegt: {named}."


def group_note(catalog: Catalog, standing: Standing, level: str) -> str:
    """Return the footnote Vergleichsgruppe: name, edition, how many of how many have a value, what must be said."""
    group, noun = standing.group, LEVELS[level]
    edition = f", Fassung {group.edition}" if group.edition else ""
    source = (
        f"; Zuordnung: {catalog.source_name(group.source)}"
        if group.source and group.source != OWN_CALCULATION
        else ""
    )
    own = f" ({OWN_CALCULATION})" if group.own_calculation else ""
    said = " ".join(("", *group.notes)) + (
        f" Wechsel des Vergleichstyps: {'; '.join(group.changed)}." if group.changed else ""
    )
    return f"{group.name}{own}{edition}: {standing.n} von {standing.size} {noun}n mit Wert{source}.{said}"


def ratio_text(catalog: Catalog, standing: Standing) -> str:
    """Return the value of the group as a ratio of sums, with how many members it rests on; why there is none."""
    if standing.ratio is None:
        return (
            "nicht gebildet: Zähler und Nenner sind nicht geladen"
            if catalog.unit(standing.at.indicator).is_rate
            else ""
        )
    return f"{value_text(catalog, standing, standing.ratio)} (Summe der Zähler ÷ Summe der Nenner, {standing.ratio_n} mit beiden)"


def corridor_text(found: Corridor) -> str:
    """Return the Rangkorridor in words, or why there is none."""
    reasons = {
        NO_COUNTS: "nicht berechnet: Zähler und Nenner sind nicht geladen",
        AVERAGED: "nicht berechnet: Mittel aus Monatsraten",
        CHANGES: "nicht berechnet: Veränderungen von Beständen hängen an weitgehend denselben Personen",
    }
    if found.why_not:
        return reasons.get(found.why_not, "nicht berechnet")
    word = "Platz nach Höhe" if found.by_height else "Rang"
    ranks = f"{found.best}" if found.best == found.worst else f"{found.best} bis {found.worst}"
    return f"{word} {ranks} von {found.n} mit Zähler und Nenner"


def corridor_method(found: Corridor) -> str:
    """Return how a Rangkorridor was made, for the footnote; "" where there is none."""
    if found.why_not:
        return ""
    drawn = {"poisson": "Ereignisse nach Poisson", "binomial": "Personen nach der Binomialverteilung"}[
        found.chance
    ]
    share = format_percent(found.share * 100, decimals=0)
    return (
        f"Rangkorridor: {format_number(found.draws)} Ziehungen der Zähler ({drawn}, Nenner fest), mittlere {share} der Ränge. "
        "Vollerhebung: Er zeigt die zufällige Schwankungsbreite, keinen Stichprobenfehler."
    )


def why_not_text(catalog: Catalog, standing: Standing, name: str, level: str) -> tuple[str, str]:
    """Return what is missing and what would fill it, in two sentences; both "" where everything is there."""
    group, month, quantity = standing.group, month_of(standing), quantity_of(catalog, standing)
    delivery = catalog.delivery_for(standing.at.indicator, standing.at.breakdown)
    filled = f"Die Lieferung »{delivery.name}« mit diesem Zeitraum füllt die Lücke."
    few = f"»{group.name}«, {month}: Nur {standing.n} von {standing.size} {LEVELS[level]}n haben einen Wert für {quantity}; "
    said = {
        NO_GROUP: (f"Keine Vergleichsgruppe »{group.name}« für {name}. {group.reason}", group.remedy),
        TOO_FEW: (
            f"{few}unter {least(catalog)} gibt es weder Median noch Rang. {left_out_text(catalog, standing)}",
            filled,
        ),
        SEVERAL_PERIODS: (
            "Die Werte sind aus verschiedenen Zeiträumen; sie werden mit Datum gezeigt und nicht gereiht.",
            "",
        ),
        "no_value": (
            f"{name} hat für {month} keinen Wert für {quantity}, der zählt{_own_state(catalog, standing)}.",
            filled,
        ),
        ALL_EQUAL: (f"Alle {standing.n} Werte sind gleich; einen Rang gibt es nicht.", ""),
    }
    return said.get(standing.why_not, ("", ""))


def _own_state(catalog: Catalog, standing: Standing) -> str:
    own = standing.own
    if own is None:
        return ""
    status = str(own["status"])
    return f" ({_STATES.get(str(own['state'])) or catalog.statuses[status].name})"


def answer(catalog: Catalog, standing: Standing, name: str) -> str:
    """Return the one sentence that answers "Wo stehen wir?": value, month, rank, distance, group."""
    value, month = value_text(catalog, standing, standing.value), month_of(standing)
    quantity = catalog.indicator(standing.at.indicator).code or quantity_of(catalog, standing)
    if standing.spread is None or standing.value is None:
        return ""
    where = ", ".join(filter(None, (rank_text(standing), percentile_text(standing))))
    return (
        f"{name}, {quantity} {month}: {value}, in der Gruppe »{standing.group.name}« {where}; {gap_text(catalog, standing)} "
        f"({value_text(catalog, standing, standing.spread.median)})."
    )


def strip_sentence(found: list[Standing]) -> str:
    """Return in how many of the groups the value lies in the same part: "in 5 von 6 Gruppen im unteren Quartil"."""
    placed = [each for each in found if each.place is not None]
    if not placed:
        return ""
    count = {place: sum(each.place == place for each in placed) for place in PLACES}
    sides = {LOW: LOW, HIGH: HIGH}.get(max(count, key=lambda each: count[each]))
    groups = "Gruppe" if len(placed) == 1 else "Gruppen"
    if sides:
        return f"in {count[sides]} von {len(placed)} {groups} im {'unteren' if sides == LOW else 'oberen'} Quartil"
    under, over = count[LOW] + count[BELOW], count[ABOVE] + count[HIGH]
    number, side = (under, "unter dem Median") if under > over else (over, "über dem Median")
    return f"in {number or count[MEDIAN]} von {len(placed)} {groups} {side if number else 'am Median'}"


def direction_words(direction: str) -> str:
    """Return the good direction as arrow and word; neutral indicators have none."""
    if direction == NEUTRAL:
        return "ohne Wertung"
    return "höher ist günstiger →" if direction == "higher" else "← niedriger ist günstiger"


def group_name_of(group: Group) -> str:
    """Return the name of a group as charts print it beside a Jobcenter."""
    return group.name.replace("Vergleichstyp ", "VT ")

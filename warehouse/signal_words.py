"""What an Auffälligkeit says in German: headline, figures, rule and test against chance. All numbers come formatted from here."""

from __future__ import annotations

from warehouse.catalog import Catalog
from warehouse.formatting import format_difference, format_number, format_percent
from warehouse.periods import period_label
from warehouse.signals import FAVOURABLE, UNFAVOURABLE, Signal
from warehouse.standing_words import corridor_text, gap_text, month_of, quantity_of, rank_text, value_text

JUDGEMENTS = {FAVOURABLE: "▲ günstig", UNFAVOURABLE: "▼ ungünstig"}
NEUTRAL_WORD = "● ohne Wertung"


def judgement_text(signal: Signal) -> str:
    """Return symbol and word of the judgement: "▲ günstig"."""
    return JUDGEMENTS.get(signal.judgement, NEUTRAL_WORD)


def headline(catalog: Catalog, signal: Signal) -> str:
    """Return what stands out, in one line: quantity and what is unusual about it."""
    quantity = quantity_of(catalog, signal.standing)
    if signal.rule.rule == "edge":
        return f"{quantity}: bei den {'höchsten' if signal.higher else 'niedrigsten'} Werten der Gruppe"
    if signal.rule.rule == "moved":
        return f"{quantity}: {_course(catalog, signal)} als die Gruppe"
    direction = "nach vorn" if signal.judgement == FAVOURABLE else "nach hinten"
    return f"{quantity}: in der Gruppe {direction} gerückt"


def _course(catalog: Catalog, signal: Signal) -> str:
    """Return how the own change differs from the usual one; a fall where others rise is no "weniger gestiegen"."""
    if signal.own == 0 or (signal.own > 0) != (signal.usual > 0):
        return "anders bewegt"
    grew = signal.own > 0
    more = abs(signal.own) > abs(signal.usual)
    return f"{'stärker' if more else 'schwächer'} {'gestiegen' if grew else 'gesunken'}"


def figures(catalog: Catalog, signal: Signal) -> str:
    """Return the figures behind it with period and group: what is held together, and how far apart it lies."""
    now, group = signal.standing, f"Gruppe »{signal.standing.group.name}«"
    value = f"{value_text(catalog, now, now.value)} ({month_of(now)})"
    if signal.rule.rule == "edge":
        return f"{value}, {rank_text(now)} in der {group}; {gap_text(catalog, now)}."
    if signal.movement is None:
        return f"{value}."
    since = month_of(signal.movement.before)
    if signal.rule.rule == "moved":
        own, usual = (_change(catalog, signal, change) for change in (signal.own, signal.usual))
        pairs = signal.movement.pairs.height
        return f"{value}, {own} gegenüber {since}; mittlere Veränderung der {group} ({pairs} mit beiden Werten): {usual}."
    before, after = (format_percent(share, decimals=0) for share in (signal.usual, signal.own))
    return (
        f"{value}, günstiger als {after} der {group}; {since} waren es {before} ({rank_text(signal.movement.before)}, "
        f"jetzt {rank_text(now)})."
    )


def _change(catalog: Catalog, signal: Signal, change: float) -> str:
    indicator = signal.standing.at.indicator
    if catalog.unit(indicator).is_count:
        return format_percent(change, signed=True)
    return format_difference(catalog, indicator, change)


def reason(signal: Signal) -> str:
    """Return which rule fired, how strongly, and whether chance was tested by cases."""
    tested = (
        f"Geprüft an den Fällen{f' ({corridor_text(signal.ranks)})' if signal.ranks else ''}."
        if signal.guarded
        else "Nicht an Fällen geprüft (keine geladen, oder eine Veränderungsrate); es gilt die strengere Regel ohne Fallzahlen."
    )
    strength = format_number(signal.strength, 1)
    return f"Regel »{signal.rule.name}«: {signal.rule.description} {tested} Stärke {strength}."


def compared_with(signal: Signal) -> str:
    """Return the periods held together: "Jun 2019" or "Jun 2019 und Jun 2018"."""
    now = month_of(signal.standing)
    if signal.movement is None or signal.rule.rule == "edge":
        return now
    at = signal.movement.before.at
    return f"{now} und {period_label(at.start, at.end)}"

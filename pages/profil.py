"""Profil: all indicators of one Jobcenter on the scale of its group, right = favourable."""

import streamlit as st

from pages.charts.spines import spine
from pages.components import choose, html, peers, show, standing_rows
from pages.components.warehouse import catalog
from warehouse.areas import JOBCENTER, names_of, of_level
from warehouse.comparators import comparators
from warehouse.peer_values import At
from warehouse.periods import period_label
from warehouse.standing import NEUTRAL, Standing
from warehouse.standing_words import place_text, quantity_of, why_not_text

QUESTION = "Was ist unser Profil?"
COMMON = "Letzter gemeinsamer"
WAITING = "Kennzahlen werden verglichen …"
"""Said where the title will stand: at national size the first view takes seconds, later ones none."""

known = catalog()
names = peers.names()
top = st.container()
members = [tuple(member.partition("/")[::2]) for member in known.pages["profil"].indicators]
quantities = peers.quantities_of_page("profil")


def periods() -> dict[str, str]:
    """Return the periods that any of the indicators offers, newest first."""
    found = {(end, start) for key in quantities for _, start, end in peers.offer(*key).bounds}
    names = [period_label(start, end) for end, start in sorted(found, reverse=True)]
    return {name: name for name in names}


with st.container(horizontal=True, vertical_alignment="bottom"):
    area = choose.any_jobcenter(names_of(of_level(peers.areas(), JOBCENTER)))
    groups = comparators(known, peers.saved_groups()[0])
    comparator = choose.one_of("Vergleichsgruppe", groups, key="vergleichsgruppe")
    with top, st.spinner(WAITING):
        offered = periods()
    chosen = choose.one_of("Zeitraum", {COMMON: COMMON, **offered}, key="zeitraum")
    group_label = next(name for name, id_ in groups.items() if id_ == comparator)
    choose.link_here("profil", jobcenter=names[area], vergleichsgruppe=group_label, zeitraum=chosen)


def at_of(indicator: str, breakdown: str) -> At | None:
    """Return the period shown for an indicator: the chosen one, or the newest common one with a value."""
    offer = peers.offer(indicator, breakdown)
    if chosen == COMMON:
        return peers.common_at(offer, indicator, breakdown, area)
    named = (at for at in offer.ats(indicator, breakdown) if period_label(at.start, at.end) == chosen)
    return next(named, None)


def every_standing() -> list[tuple[Standing, str]]:
    """Return how the area stands by each indicator, with the level of its values."""
    found = []
    for key in quantities:
        at, level = at_of(*key), peers.offer(*key).level
        if at:
            found.append((peers.view(area, at, comparator, level).standing, level))
    return found


def answer(drawn: list[Standing]) -> str:
    """Return how many judged indicators lie in the favourable and unfavourable quarter."""
    judged = [each for each in drawn if each.direction != NEUTRAL]
    good, bad = (sum(word in place_text(each) for each in judged) for word in ("(günstig)", "(ungünstig)"))
    neutral = len(drawn) - len(judged)
    rest = f"; {neutral} ohne Wertung" if neutral else ""
    counted = "1 bewertete Kennzahl" if len(judged) == 1 else f"{len(judged)} bewertete Kennzahlen"
    return (
        f"{names[area]} in der Gruppe »{drawn[0].group.name}«: {counted}, davon {good} im günstigen und {bad} im ungünstigen "
        f"Viertel{rest}."
    )


def left_out(every: list[tuple[Standing, str]]) -> None:
    """Say for which indicators nothing can be shown and why, each reason once."""
    said: dict[tuple[str, str], list[str]] = {}
    for standing, level in every:
        if standing.spread is None or standing.value is None:
            reason = why_not_text(known, standing, names[area], level)
            said.setdefault(reason, []).append(quantity_of(known, standing))
    shown = {each.at.indicator for each, _ in every}
    missing = [
        known.indicator(id_).code or known.indicator(id_).name for id_, _ in members if id_ not in shown
    ]
    for (what, remedy), _ in said.items():
        if remedy:
            standing_rows.to_loading(f"{what} {remedy}")
        else:
            st.caption(html.plain(what))
    if missing:
        told = ", ".join(dict.fromkeys(missing))
        delivery = known.delivery_for(members[0][0]).name
        standing_rows.to_loading(
            f"Nicht geladen sind: {told}. Die Lieferung »{delivery}« füllt die meisten Lücken."
        )


with top, st.spinner(WAITING):
    every = every_standing()
drawn = [each for each, _ in every if each.spread and each.value is not None]
with top:
    show.head(
        QUESTION,
        answer(drawn) if drawn else f"Für {names[area]} lässt sich in dieser Gruppe noch kein Profil zeigen.",
    )
if drawn:
    title = f"{names[area]}: {answer(drawn).partition(': ')[2].rstrip('.')}"
    levels = {id(each): level for each, level in every}
    show.chart(
        spine(
            known,
            drawn,
            names,
            title=title,
            subtitle=drawn[0].group.name,
            level=levels[id(drawn[0])],
        ),
        key="profil",
    )
    show.reading(standing_rows.spine_reading(known, drawn[0]))
left_out(every)

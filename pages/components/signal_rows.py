"""What the page of Auffälligkeiten shows: what is looked at, what stands out, and a card for each with its way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from pages.charts.peer_tables import peer_notes
from pages.components import html, peers
from pages.components.warehouse import as_of, catalog, snapshot
from warehouse.movement import Movement
from warehouse.own_groups import OwnGroup
from warehouse.signal_words import compared_with, headline, judgement_text, reason
from warehouse.signal_words import figures as figures_of
from warehouse.signals import Signal, signals
from warehouse.standing import Standing
from warehouse.standing_words import quantity_of, value_text, why_not_text

_KEPT = 60
PAGE = "auffaelligkeiten"


def figures(area: str, comparator: str) -> list[tuple[Standing, Movement | None]]:
    """Return how an area stands by each quantity looked at, with its movement since the year before where there is one."""
    return _looked(str(snapshot()), as_of(), area, comparator, peers.saved_groups()[0])[0]


def found(area: str, comparator: str) -> list[Signal]:
    """Return what stands out, strongest first."""
    return _looked(str(snapshot()), as_of(), area, comparator, peers.saved_groups()[0])[1]


@st.cache_resource(max_entries=_KEPT, show_spinner="Kennzahlen werden verglichen …")
def _looked(
    path: str, act: int | None, area: str, comparator: str, saved: tuple[OwnGroup, ...]
) -> tuple[list[tuple[Standing, Movement | None]], list[Signal]]:
    pairs = []
    for indicator, breakdown in peers.quantities_of_page(PAGE):
        offer = peers.offer(indicator, breakdown)
        at = peers.common_at(offer, indicator, breakdown, area)
        if at is None:
            continue
        now = peers.view(area, at, comparator, offer.level).standing
        if now.spread is None or now.value is None:
            continue
        moved = peers.moved(now, offer.level)
        is_broken = moved.before.value is None or area in moved.broken
        pairs.append((now, None if is_broken else moved))
    return pairs, signals(catalog(), pairs)


def card(signal: Signal, names: Mapping[str, str], group_label: str, *, key: str) -> None:
    """Show one Auffälligkeit: judgement in symbol and word, figures, rule, the way to the chart, and possible questions."""
    known, now = catalog(), signal.standing
    with st.container(border=True, key=key):
        st.html(
            html.stacked(
                html.beside(html.badge(judgement_text(signal), signal.rule.name), html.strong(headline(known, signal))),
                html.text(figures_of(known, signal)),
                html.muted(reason(signal)),
                html.link(
                    html.text("In der Gruppe ansehen"), "vergleichstyp", "Verteilung, Rang und Verlauf zeigen",
                    jobcenter=names[now.area], kennzahl=known.quantity_name(now.at.indicator, now.at.breakdown, coded=True),
                    vergleichsgruppe=group_label,
                ),
            ).text
        )  # fmt: skip
        with st.expander("Mögliche Rückfragen"):
            st.html(html.listed(*map(html.text, signal.rule.questions)).text)


def table(found: Sequence[Signal], names: Mapping[str, str]) -> pl.DataFrame:
    """Return the Auffälligkeiten as a table for people and spreadsheets."""
    known = catalog()
    return pl.DataFrame(
        [
            {
                "Jobcenter": names[each.standing.area],
                "Kennzahl": quantity_of(known, each.standing),
                "Auffällig": headline(known, each).partition(": ")[2],
                "Wertung": judgement_text(each),
                "Zeitraum": compared_with(each),
                "Angabe": value_text(known, each.standing, each.standing.value),
                "Wert": each.standing.value,
                "Einheit": known.indicator(each.standing.at.indicator).unit,
                "Begründung": f"{figures_of(known, each)} {reason(each)}",
                "Stärke": round(each.strength, 2),
            }
            for each in found
        ]
    )


def notes(found: Sequence[Signal]) -> dict[str, str]:
    """Return the footnotes of everything that stands out."""
    standings = [each.standing for each in found]
    first = standings[0]
    level = peers.offer(first.at.indicator, first.at.breakdown).level
    own = "Auffälligkeiten, Ränge und mittlere Veränderungen"
    made = peer_notes(catalog(), standings, level)
    return made | {
        "Berichtszeitraum": "; ".join(dict.fromkeys(map(compared_with, found))),
        "Eigene Berechnung": "; ".join(filter(None, (own, made.get("Eigene Berechnung", "")))),
    }


def what_is_missing(area: str, comparator: str, names: Mapping[str, str]) -> str:
    """Say why nothing can be compared: no such group, or no values of several areas."""
    known = catalog()
    for indicator, breakdown in peers.quantities_of_page(PAGE):
        offer = peers.offer(indicator, breakdown)
        at = peers.common_at(offer, indicator, breakdown, area)
        if at is not None:
            standing = peers.view(area, at, comparator, offer.level).standing
            return " ".join(filter(None, why_not_text(known, standing, names[area], offer.level)))
    first = known.pages[PAGE].indicators[0].partition("/")[0]
    delivery = known.delivery_for(first).name
    return f"Es sind noch keine Werte mehrerer Jobcenter geladen. Die Lieferung »{delivery}« füllt die Lücke."

"""One checked file as it is shown: its state in words, what it is, what is wrong with it, what it would change."""

from __future__ import annotations

from datetime import date

import streamlit as st

from etl import log
from etl.grouped import grouped
from etl.review import Review
from pages.components import html
from pages.components.draft_tables import change_tables, problem_table
from pages.components.entry_changes import entry_table
from pages.components.inbox import Item
from warehouse.formatting import format_number
from warehouse.periods import period_label

_STATES = {
    log.REJECTED: ("Fehler, kann nicht geladen werden", ":material/error:"),
    log.UNCHANGED: ("bringt nichts Neues", ":material/drag_handle:"),
    log.UNCONFIRMED: ("kann geladen werden", ":material/check_circle:"),
}
_CONFIRM = ("Hinweise zu bestätigen", ":material/help:")
_BROKEN = ("nicht geprüft", ":material/error:")


def attention(item: Item) -> int:
    """Return the place of a file in the list: what has errors or needs a reason stands above what is plain."""
    return [_BROKEN, _STATES[log.REJECTED], _CONFIRM, _STATES[log.UNCONFIRMED], _STATES[log.UNCHANGED]].index(
        state_of(item)
    )


def state_of(item: Item) -> tuple[str, str]:
    """Return what can become of a file, in words, and the icon that stands for it."""
    if item.review is None:
        return _BROKEN
    return _CONFIRM if item.can_be_accepted and item.review.to_confirm else _STATES[item.review.outcome]


def show_review(seen: Review) -> None:
    """Show what a file is, its problems by kind, and what it would change."""
    st.html(f'<p class="jv-note">{html.text(_what_it_is(seen)).text}</p>')
    groups = grouped(seen.draft.problems)
    if groups:
        st.html("".join(f'<div class="jv-problem">{problem_table(group).text}</div>' for group in groups))
    if seen.outcome != log.UNCONFIRMED:
        return
    counts = seen.draft.counts
    tables = html.stacked(
        change_tables(seen.draft.listed, seen.sums, seen.listed_of, seen.names),
        entry_table(seen.draft.entries, counts["new"] + counts["revised"]),
    )
    if tables.text:
        st.html(tables.text)
    elif not counts["new"]:
        st.markdown("Kein Wert ändert sich; die Werte erhalten den neueren Datenstand.")


def _what_it_is(seen: Review) -> str:
    if not seen.format_name:
        return "Nicht als Lieferung erkannt."
    parts = [f"Erkannt als {seen.format_name}"]
    if seen.jobcenters:
        parts.append(f"{format_number(seen.jobcenters)} Jobcenter")
    if seen.kreise:
        parts.append(f"{format_number(seen.kreise)} {'Kreis' if seen.kreise == 1 else 'Kreise'}")
    if seen.regions:
        parts.append(
            f"{format_number(seen.regions)} {'Vergleichsraum' if seen.regions == 1 else 'Vergleichsräume'}"
        )
    if seen.first and seen.last:
        parts.append(_span(seen.first, seen.last, seen.periods))
    vanished = seen.draft.counts["vanished"]
    if vanished:
        parts.append(f"{format_number(vanished)} bisherige Werte sind nicht enthalten und gelten weiter")
    return " · ".join(parts) + "."


def _span(first: date, last: date, periods: int) -> str:
    if periods == 1:
        return period_label(first, last)
    return f"{first:%d.%m.%Y} bis {last:%d.%m.%Y} ({format_number(periods)} Zeiträume)"

"""The files that wait for a decision: what they are, what they would change, what is wrong, and the two buttons."""

from __future__ import annotations

from datetime import date

import streamlit as st

from etl import log
from etl.grouped import grouped
from etl.review import Review
from pages.components import html
from pages.components.draft_tables import change_tables, problem_table
from pages.components.inbox import Inbox, Item, count_words
from pages.components.warehouse import snapshot
from warehouse.formatting import format_number
from warehouse.periods import period_label

_FEW = 3
"""So many files are shown opened at once."""
NO_NAME = "Bitte nennen Sie zuerst oben Ihren Namen: Er steht im Protokoll."
NO_REASON = "Bitte begründen Sie, warum die Hinweise angenommen werden: Der Grund steht im Protokoll."
_STATES = {
    log.REJECTED: ("Fehler, kann nicht geladen werden", ":material/error:"),
    log.UNCHANGED: ("bringt nichts Neues", ":material/drag_handle:"),
    log.UNCONFIRMED: ("kann geladen werden", ":material/check_circle:"),
}
_CONFIRM = ("Hinweise zu bestätigen", ":material/help:")
_BROKEN = ("nicht geprüft", ":material/error:")


def show_drafts(waiting: Inbox, who: str) -> None:
    """Show every file that waits; accepting and discarding is written into `waiting` and done in the next run."""
    items = list(waiting.items.values())
    if not items:
        return
    st.subheader("Zur Prüfung" if len(items) == 1 else f"Zur Prüfung: {format_number(len(items))} Dateien")
    _say_what_is_stale(waiting)
    if len(items) > 1:
        _show_all_at_once(waiting, who)
    for item in items:
        _show_item(waiting, item, who, opened=len(items) <= _FEW)


def _say_what_is_stale(waiting: Inbox) -> None:
    if all(item.snapshot == snapshot() for item in waiting.items.values() if item.review):
        return
    st.info("Seit der Prüfung wurde etwas geladen. Beim Annehmen wird jede Datei noch einmal verglichen.")
    if st.button("Jetzt neu prüfen", key="neu-pruefen"):
        waiting.look_again()
        st.rerun()


def _show_all_at_once(waiting: Inbox, who: str) -> None:
    good = [item for item in waiting.items.values() if item.can_be_accepted]
    asked = [item for item in good if item.review and item.review.to_confirm]
    common = ""
    if asked:
        label = f"Grund für alle Hinweise ({format_number(len(asked))} Dateien ohne eigenen Grund)"
        common = st.text_input(label, key="grund-alle", max_chars=300).strip()
    with st.container(horizontal=True):
        accept = st.button(
            f"Alle annehmen ({format_number(len(good))})",
            key="alle-annehmen",
            type="primary",
            disabled=not good,
            help="Dateien mit Fehlern bleiben stehen.",
        )
        discard = st.button("Alle verwerfen", key="alle-verwerfen")
    if accept:
        reasons = {item.number: _own_reason(item) or common for item in good}
        unsaid = [item for item in asked if not reasons[item.number]]
        if not who or unsaid:
            st.error(NO_REASON if who else NO_NAME)
            return
        waiting.accept(reasons, who)
        st.rerun()
    if discard:
        _discard(waiting, list(waiting.items), who)


def _discard(waiting: Inbox, numbers: list[int], who: str) -> None:
    if not who:
        st.error(NO_NAME)
        return
    waiting.discard(numbers, who)
    st.rerun()


def _own_reason(item: Item) -> str:
    return str(st.session_state.get(f"grund-{item.number}") or "").strip()


def _show_item(waiting: Inbox, item: Item, who: str, *, opened: bool) -> None:
    word, icon = _state(item)
    told = count_words(item.review.draft.counts) if item.review else ""
    label = f"{html.plain(item.extract.file_name)} – {word}" + (f": {told}" if told else "")
    box = st.expander(label, expanded=opened, key=f"entwurf-{item.number}", icon=icon, on_change="rerun")
    if not box.open:
        return
    with box:
        if item.message:
            st.error(item.message)
        if item.review is None:
            st.error(item.failure)
        else:
            _show_review(item.review)
        _show_decision(waiting, item, who)


def _state(item: Item) -> tuple[str, str]:
    if item.review is None:
        return _BROKEN
    return _CONFIRM if item.can_be_accepted and item.review.to_confirm else _STATES[item.review.outcome]


def _show_review(seen: Review) -> None:
    st.html(f'<p class="jv-note">{html.text(_what_it_is(seen)).text}</p>')
    groups = grouped(seen.draft.problems)
    if groups:
        st.html("".join(f'<div class="jv-problem">{problem_table(group).text}</div>' for group in groups))
    if seen.outcome != log.UNCONFIRMED:
        return
    tables = change_tables(seen.draft.listed, seen.sums, seen.listed_of)
    if tables.text:
        st.html(tables.text)
    elif not seen.draft.counts["new"]:
        st.markdown("Kein Wert ändert sich; die Werte erhalten den neueren Datenstand.")


def _what_it_is(seen: Review) -> str:
    if not seen.format_name:
        return "Nicht als Lieferung erkannt."
    parts = [f"Erkannt als {seen.format_name}"]
    if seen.jobcenters:
        parts.append(f"{format_number(seen.jobcenters)} Jobcenter")
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


def _show_decision(waiting: Inbox, item: Item, who: str) -> None:
    must_confirm = bool(item.can_be_accepted and item.review and item.review.to_confirm)
    if must_confirm:
        st.text_input(
            "Grund", key=f"grund-{item.number}", max_chars=300, placeholder="z. B. so veröffentlicht"
        )
    unchanged = item.review is not None and item.review.outcome == log.UNCHANGED
    with st.container(horizontal=True):
        accept = (item.can_be_accepted or unchanged) and st.button(
            "Aus der Liste nehmen" if unchanged else "Annehmen",
            key=f"annehmen-{item.number}",
            type="secondary" if unchanged else "primary",
        )
        discard = not unchanged and st.button("Verwerfen", key=f"verwerfen-{item.number}")
    if accept:
        if not who:
            st.error(NO_NAME)
        elif must_confirm and not _own_reason(item):
            st.error(NO_REASON)
        else:
            waiting.accept({item.number: _own_reason(item)}, who)
            st.rerun()
    if discard:
        _discard(waiting, [item.number], who)

"""The files that wait for a decision: what they are, what they would change, what is wrong, and the two buttons."""

from __future__ import annotations

import streamlit as st

from etl import log
from pages.components import html
from pages.components.assistant import can_be_assigned, offer_assignment, show_assistant
from pages.components.assistant_file import ask_for_file
from pages.components.draft_view import attention, show_review, state_of
from pages.components.inbox import Inbox, Item
from pages.components.intake import count_words
from warehouse.formatting import format_number
from warehouse.snapshots import current_snapshot, warehouse_folder

_ASSIGN = (
    "Kein hinterlegtes Format passt. Mit »Zuordnen …« sagen Sie, was in welcher Spalte steht; ab dann werden solche Dateien "
    "erkannt. Die Meldungen hier sagen, was dem ähnlichsten Format fehlt."
)
_FEW = 3
"""So many files are shown opened at once."""
NO_NAME = "Bitte nennen Sie zuerst oben Ihren Namen: Er steht im Protokoll."
NO_REASON = "Bitte begründen Sie, warum die Hinweise angenommen werden: Der Grund steht im Protokoll."


def show_drafts(waiting: Inbox, who: str) -> None:
    """Show every file that waits; accepting and discarding is written into `waiting` and done in the next run."""
    items = sorted(waiting.items.values(), key=attention)
    if not items:
        return
    st.header("Zur Prüfung" if len(items) == 1 else f"Zur Prüfung: {format_number(len(items))} Dateien")
    _say_what_failed(items)
    _say_what_is_stale(waiting)
    if len(items) > 1:
        _show_all_at_once(waiting, who)
    for item in items:
        _show_item(waiting, item, who, opened=len(items) <= _FEW)


def _say_what_failed(items: list[Item]) -> None:
    """Say each failure once, above the files, which may be folded."""
    failed: dict[str, list[str]] = {}
    for item in items:
        if item.message or item.failure:
            failed.setdefault(item.message or item.failure, []).append(item.extract.file_name)
    for message, names in failed.items():
        files = names[0] if len(names) == 1 else f"{format_number(len(names))} Dateien"
        st.error(html.plain(f"{files}: {message}"))


def _say_what_is_stale(waiting: Inbox) -> None:
    newest = current_snapshot(warehouse_folder())
    if all(item.snapshot == newest for item in waiting.items.values() if item.can_be_accepted):
        return
    st.info("Seit der Prüfung wurde etwas geladen. Beim Annehmen wird jede Datei noch einmal verglichen.")
    if st.button("Jetzt neu prüfen", key="neu-pruefen"):
        waiting.look_again()
        st.rerun()


def _show_all_at_once(waiting: Inbox, who: str) -> None:
    good = [item for item in waiting.items.values() if item.review and not item.review.draft.is_rejected]
    asked = [item for item in good if item.can_be_accepted and item.review and item.review.to_confirm]
    common = ""
    if asked:
        files = "1 Datei" if len(asked) == 1 else f"{format_number(len(asked))} Dateien"
        label = f"Grund für die Hinweise in {files}, soweit dort kein eigener steht"
        common = st.text_input(label, key="grund-alle", max_chars=300).strip()
    with st.container(horizontal=True):
        accept = st.button(
            f"Alle annehmen ({format_number(len(good))})",
            key="alle-annehmen",
            type="primary",
            disabled=not good,
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
    word, icon = state_of(item)
    told = count_words(item.review.draft.counts) if item.review else ""
    label = f"{html.plain(item.extract.file_name)} – {word}" + (f": {told}" if told else "")
    box = st.expander(label, expanded=opened, key=f"entwurf-{item.number}", icon=icon, on_change="rerun")
    if not box.open:
        return
    with box:
        if item.assignment:
            show_assistant(waiting, item, item.assignment, who)
            return
        if item.review and not item.review.format_name and can_be_assigned(item):
            st.markdown(_ASSIGN)
        if item.review:
            show_review(item.review)
        ask_for_file(waiting, item)
        _show_decision(waiting, item, who)


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
        again = item.review is None and st.button("Erneut prüfen", key=f"erneut-{item.number}")
        offer_assignment(item)
        discard = not unchanged and st.button("Verwerfen", key=f"verwerfen-{item.number}")
    if accept:
        if not who:
            st.error(NO_NAME)
        elif must_confirm and not _own_reason(item):
            st.error(NO_REASON)
        else:
            waiting.accept({item.number: _own_reason(item)}, who)
            st.rerun()
    if again:
        item.failure = item.message = ""
        st.rerun()
    if discard:
        _discard(waiting, [item.number], who)

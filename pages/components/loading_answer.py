"""The sentence about what waits and what was loaded last, and what came of the files just decided on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from etl import log
from etl.console import OUTCOMES
from etl.history import Delivered
from pages.components import html
from pages.components.inbox import Inbox
from pages.components.intake import COUNTED, count_words
from warehouse.formatting import format_number

_SHOWN = 10


def loading_answer(waiting: Inbox, delivered: Sequence[Delivered] | None) -> str:
    """Return what waits for a decision; where nothing does, what is loaded and since when."""
    if waiting.items:
        return f"{_waiting(waiting)} Noch ist davon nichts geschrieben."
    if delivered is None:
        return "Zurzeit lässt sich nichts laden; die veröffentlichten Werte gelten weiter."
    in_force = [each.last for each in delivered if each.counts]
    if not in_force:
        return "Es ist keine Lieferung geladen."
    newest = in_force[0]
    return (
        f"Es gelten {format_number(len(in_force))} Lieferungen, die jüngste vom {newest.when:%d.%m.%Y} "
        f"({newest.file_name}). Jede neue wird erst geprüft und gezeigt, dann geladen."
    )


def _waiting(waiting: Inbox) -> str:
    items = list(waiting.items.values())
    unseen = sum(item.review is None and not item.failure for item in items)
    if unseen:
        return f"{_files(len(items))}; {format_number(unseen)} davon {_are(unseen)} noch zu prüfen."
    good = sum(item.can_be_accepted for item in items)
    asked = sum(bool(item.can_be_accepted and item.review and item.review.to_confirm) for item in items)
    same = sum(bool(item.review and item.review.outcome == log.UNCHANGED) for item in items)
    bad = len(items) - good - same
    parts = (
        good and f"{format_number(good)} {_can(good)} geladen werden",
        asked and f"bei {format_number(asked)} davon sind Hinweise zu bestätigen",
        same and f"{format_number(same)} {'bringt' if same == 1 else 'bringen'} nichts Neues",
        bad and f"{format_number(bad)} {'hat' if bad == 1 else 'haben'} Fehler",
    )
    return f"{_files(len(items))} geprüft: " + ", ".join(part for part in parts if part) + "."


def _files(number: int) -> str:
    return f"{format_number(number)} Datei{'' if number == 1 else 'en'}"


def _are(number: int) -> str:
    return "ist" if number == 1 else "sind"


def _can(number: int) -> str:
    return "kann" if number == 1 else "können"


def show_results(waiting: Inbox) -> None:
    """Show what came of every file decided on last; nothing where there is none."""
    if not waiting.results:
        return
    counted = Counter(OUTCOMES[each.outcome] for each in waiting.results)
    total = ", ".join(f"{format_number(number)} {word}" for word, number in counted.items())
    if any(each.outcome == log.LOADED for each in waiting.results):
        st.success(f"{total}. Alle Seiten zeigen ab jetzt den neuen Stand.")
    else:
        st.info(f"{total}.")
    rows = [
        [html.text(each.file_name), html.text(OUTCOMES[each.outcome]), html.text(each.told)]
        for each in waiting.results
    ]
    head, shown = ("Datei", "Ergebnis", "Werte"), rows[:_SHOWN]
    st.html(html.table(head, shown, caption=f"Was aus den Dateien wurde{_together(waiting)}").text)
    if len(rows) > _SHOWN:
        named = f"{format_number(len(rows) - _SHOWN)} weitere Dateien"
        st.html(html.folded(named, html.table(head, rows[_SHOWN:], caption=named)).text)


def _together(waiting: Inbox) -> str:
    """Return what all loaded files brought, where there are several."""
    loaded = [each.counts for each in waiting.results if each.outcome == log.LOADED]
    sums = {name: sum(counts.get(name, 0) for counts in loaded) for name in COUNTED}
    return f"; zusammen {count_words(sums)}" if len(loaded) > 1 else ""

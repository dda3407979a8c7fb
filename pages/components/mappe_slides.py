"""The pinned views of a Mappe in their order: move, title, comment, write texts, take out, bring up to date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from pages.components import html
from pages.components.html import plain
from pages.components.mappe_choice import attempt, retell, say
from pages.components.mappe_deck import as_of_note, link, newest_act
from pages.reports.sentences import LENGTHS, changes, proposed, said, when
from warehouse.mappen import Mappe, OwnText, Pin, change_mappe, moved, with_pin
from warehouse.snapshots import warehouse_folder

_SHOWN = {"": "nichts", "satz": "den Satz", "absatz": "den Absatz"}
_EDITED = "_mappe-bearbeitet"
NAMES = {"titel": "Titel", "kommentar": "Kommentar", **LENGTHS}
"""The texts of a view that somebody may write, with their German names."""


def slides(mappe: Mappe) -> None:
    """Show the pinned views in their order."""
    for number, pin in enumerate(mappe.pins, 1):
        with st.container(border=True, key=f"folie-{pin.id}"):
            left, right = st.columns(2, vertical_alignment="center")
            with left:
                st.markdown(f"**{number}  {plain(said(pin, 'titel'))}**")
                state = as_of_note(pin.act)
                st.caption(
                    plain(" · ".join(filter(None, (when(pin.told), f"Stand {state}" if state else ""))))
                )
            with right, st.container(horizontal=True, horizontal_alignment="right"):
                _button("Höher", mappe, pin, -1, disabled=number == 1)
                _button("Tiefer", mappe, pin, 1, disabled=number == len(mappe.pins))
                st.button("Bearbeiten", key=f"bearbeiten-{pin.id}", on_click=_edit, args=(pin,))
                st.button("Entfernen", key=f"weg-{pin.id}", on_click=_take_out, args=(mappe, pin))
            if pin.stale:
                stale = ", ".join(NAMES.get(name, name) for name in pin.stale)
                st.warning(
                    f"Zu anderen Zahlen geschrieben: {stale}. Prüfen Sie den Text und speichern Sie ihn neu."
                )
            if (
                st.session_state.get(_EDITED) == pin.id
            ):  # one at a time: sixty views would be a thousand fields
                _texts(mappe, pin)


def refresh(mappe: Mappe) -> None:
    """Offer to bring all views to the newest state, and show what the last time has changed."""
    old = [pin for pin in mappe.pins if pin.act < newest_act()]
    st.button(
        "Auf den neuesten Stand bringen",
        on_click=_refresh,
        args=(mappe,),
        disabled=not old,
        key="aktualisieren",
    )
    if mappe.refreshed:
        day = datetime.fromisoformat(mappe.refreshed)
        number = len(mappe.changes)
        with st.expander(f"Was sich am {day:%d.%m.%Y, %H:%M} Uhr (UTC) geändert hat ({number})"):
            told = [html.text(line) for line in mappe.changes] or [
                html.text("Nichts; alle Zahlen gelten weiter.")
            ]
            st.html(html.listed(*told).text)


def _button(label: str, mappe: Mappe, pin: Pin, by: int, *, disabled: bool) -> None:
    st.button(label, key=f"{label}-{pin.id}", on_click=_move, args=(mappe, pin, by), disabled=disabled)


def _move(mappe: Mappe, pin: Pin, by: int) -> None:
    attempt(lambda: change_mappe(warehouse_folder(), mappe.id, lambda now: moved(now, pin.id, by)))


def _edit(pin: Pin) -> None:
    st.session_state[_EDITED] = "" if st.session_state.get(_EDITED) == pin.id else pin.id


def _take_out(mappe: Mappe, pin: Pin) -> None:
    def without(now: Mappe) -> Mappe:
        return replace(now, pins=tuple(each for each in now.pins if each.id != pin.id))

    if attempt(lambda: change_mappe(warehouse_folder(), mappe.id, without)):
        say(f"»{pin.title}« ist nicht mehr in der Mappe.")


def _texts(mappe: Mappe, pin: Pin) -> None:
    with st.container():
        st.text_input("Titel der Folie", said(pin, "titel"), key=_field("titel", pin), max_chars=200)
        st.text_area("Kommentar", pin.comment, key=_field("kommentar", pin), max_chars=1000)
        for name, label in LENGTHS.items():
            st.text_area(label, said(pin, name), key=_field(name, pin), max_chars=2000)
        st.radio(
            "Unter dem Titel zeigen", list(_SHOWN), index=list(_SHOWN).index(pin.shown if pin.shown in _SHOWN else ""),
            format_func=lambda name: _SHOWN[name], key=_field("zeigen", pin), horizontal=True,
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Texte speichern", key=f"speichern-{pin.id}", on_click=_save, args=(mappe, pin))
            st.button("Texte aus den Zahlen", key=f"vorschlag-{pin.id}", on_click=_propose, args=(mappe, pin))
            st.html(f'<a href="{html.text(link(pin)).text}" target="_self">Ansicht öffnen</a>')


def _field(name: str, pin: Pin) -> str:
    """Return the key of a field; other figures have other fields, so that no form keeps a text written for the old ones."""
    return f"{name}-{pin.id}-{pin.told.figures}"


def _save(mappe: Mappe, pin: Pin) -> None:
    """Keep what differs from what the figures give, with the figures it was written for."""
    texts = {}
    for name in NAMES:
        text = str(st.session_state[_field(name, pin)]).strip()
        if text and text != proposed(pin.told, name):
            texts[name] = OwnText(text, pin.told.figures)
    kept = replace(pin, texts=texts, shown=str(st.session_state[_field("zeigen", pin)]))
    if attempt(lambda: change_mappe(warehouse_folder(), mappe.id, lambda now: with_pin(now, kept))):
        say(f"Die Texte zu »{kept.title}« sind gespeichert.")


def _propose(mappe: Mappe, pin: Pin) -> None:
    kept = replace(pin, texts={})
    if attempt(lambda: change_mappe(warehouse_folder(), mappe.id, lambda now: with_pin(now, kept))):
        for name in NAMES:
            st.session_state[_field(name, pin)] = proposed(pin.told, name)


def _refresh(mappe: Mappe) -> None:
    """Bring the views to the newest state; one that cannot be computed stays as it is and is named."""
    with st.spinner("Die Ansichten werden neu berechnet …"):
        found = retell(mappe.pins, act=newest_act())
    lines: list[str] = []
    pins = []
    for number, (before, each) in enumerate(zip(mappe.pins, found, strict=True), 1):
        if each.told is None:
            lines.append(f"Ansicht {number}: nicht aktualisiert. {each.problem}")
            pins.append(before)
            continue
        lines += [f"Ansicht {number}: {line}" for line in changes(before.told, each.told)]
        pins.append(replace(before, act=each.pin.act, told=each.told))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    by_id = {pin.id: pin for pin in pins}

    def brought(current: Mappe) -> Mappe:
        own = tuple(by_id.get(pin.id, pin) for pin in current.pins)
        return replace(current, pins=own, refreshed=now, changes=tuple(lines))

    if attempt(lambda: change_mappe(warehouse_folder(), mappe.id, brought)):
        say(f"Die Mappe zeigt den neuesten Stand. Änderungen: {len(lines)}.")

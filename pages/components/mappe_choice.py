"""Which Mappe is open, and what can be done with it as a whole: make, copy, delete, take along, bring back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from pages.components import choose
from pages.components.html import plain
from pages.components.mappe_deck import newest_act
from pages.components.pinning import CHOSEN
from pages.components.recompute import Progress, Retold, recompute
from pages.components.warehouse import catalog, snapshot
from warehouse.mappen import (
    LONGEST_NAME,
    Mappe,
    MappeError,
    Pin,
    add_mappe,
    change_mappe,
    copied,
    parsed,
    read_mappen,
    remove_mappe,
    written,
)
from warehouse.ready_mappen import Ready, ready_mappen
from warehouse.snapshots import warehouse_folder

KEY = "mappe"
_SAID = "_mappe-meldung"


def say(message: str) -> None:
    """Begin the next run with a message."""
    st.session_state[_SAID] = message


def show_said() -> None:
    """Show the message of the run before."""
    if said := st.session_state.pop(_SAID, ""):
        st.info(plain(said))


def attempt(what: Callable[[], object]) -> bool:
    """Do something to the Mappen; a failure is told in German and nothing is lost."""
    try:
        what()
    except (MappeError, OSError) as error:
        say(str(error))
        return False
    return True


def retell(
    pins: tuple[Pin, ...], *, act: int | None = None, progress: Progress | None = None
) -> list[Retold]:
    """Return pinned views computed anew, in their own state or as of `act`."""
    return recompute(pins, folder=warehouse_folder(), snapshot=snapshot(), act=act, progress=progress)


def open_mappe() -> Mappe | None:
    """Let a person choose a Mappe, and say which files cannot be read; None where there is none yet."""
    known, broken = read_mappen(warehouse_folder())
    for why in broken:
        st.error(plain(why))
    if not known:
        return None
    names: dict[str, str] = {}
    for each in known:
        names[f"{each.name} ({each.id[:4]})" if each.name in names else each.name] = each.id
    last = st.session_state.get(CHOSEN)
    if st.session_state.pop("_mappe-oeffnen", False):
        st.session_state[KEY] = next(name for name, id_ in names.items() if id_ == last)
    elif st.session_state.get(KEY) not in names and KEY in st.session_state:
        del st.session_state[KEY]
    index = list(names.values()).index(last) if last in names.values() else 0
    id_ = choose.one_of("Mappe", names, key=KEY, index=index)
    st.session_state[CHOSEN] = id_
    return next(each for each in known if each.id == id_)


def opened(mappe: Mappe) -> None:
    """Let the next run open a Mappe."""
    st.session_state[CHOSEN] = mappe.id
    st.session_state["_mappe-oeffnen"] = True


def new() -> None:
    """Offer an empty Mappe, the ready-made ones, and a file to bring in."""
    with st.popover("Neue Mappe"):
        name = st.text_input("Name", key="mappe-neu-name", max_chars=LONGEST_NAME)
        st.button("Leere Mappe anlegen", on_click=_add, args=(Mappe("", name or ""),))
        st.markdown("**Fertige Mappen**")
        five = [entry.short_name for entry in catalog().jobcenters.values()]
        area = st.selectbox("Für das Jobcenter", five, key="mappe-neu-jobcenter")
        for ready in ready_mappen():
            st.button(
                ready.name,
                key=f"mappe-fertig-{ready.name}",
                help=ready.about,
                on_click=_make,
                args=(ready, area),
            )
        st.markdown("**Aus einer Datei**")
        file = st.file_uploader("Exportierte Mappe", type=["json"], key="mappe-datei")
        st.button("Mappe aufnehmen", on_click=_import, disabled=file is None)


def manage(mappe: Mappe) -> None:
    """Offer to copy, export or delete a Mappe."""
    with st.popover("Diese Mappe"):
        st.button("Für die nächste Sitzung kopieren", on_click=_add, args=(copied(mappe),))
        st.download_button(
            "Als Datei sichern",
            written(mappe),
            f"mappe-{mappe.id}.json",
            "application/json",
            on_click="ignore",
        )
        if st.checkbox("Ich möchte diese Mappe löschen", key=f"loeschen-{mappe.id}"):
            st.button("Endgültig löschen", on_click=_remove, args=(mappe,))


def about(mappe: Mappe) -> None:
    """Let a person say for which meeting the Mappe is."""
    with st.expander("Name, Anlass, Datum, Kontakt"):
        left, right = st.columns(2)
        fields = {
            "name": ("Name der Mappe", left, mappe.name, LONGEST_NAME),
            "occasion": ("Anlass", right, mappe.occasion, 120),
            "author": ("Zusammengestellt von", left, mappe.author, 120),
            "contact": ("Kontakt", right, mappe.contact, 120),
        }
        for name, (label, place, value, longest) in fields.items():
            place.text_input(label, value, key=_key(mappe, name), max_chars=longest)
        day = date.fromisoformat(mappe.day) if mappe.day else None
        left.date_input("Datum", day, key=_key(mappe, "day"), format="DD.MM.YYYY")
        st.button("Angaben speichern", on_click=_save_about, args=(mappe,))


def _key(mappe: Mappe, name: str) -> str:
    return f"mappe-{mappe.id}-{name}"


def _save_about(mappe: Mappe) -> None:
    told = {
        name: str(st.session_state[_key(mappe, name)] or "").strip()
        for name in ("name", "occasion", "author", "contact")
    }
    day = st.session_state[_key(mappe, "day")]
    told["day"] = f"{day:%Y-%m-%d}" if day else ""

    def save() -> None:
        opened(change_mappe(warehouse_folder(), mappe.id, lambda now: replace(now, **told)))
        say("Die Angaben sind gespeichert.")

    attempt(save)


def _add(mappe: Mappe) -> None:
    name = mappe.name or str(st.session_state.get("mappe-neu-name", ""))

    def add() -> None:
        kept = add_mappe(warehouse_folder(), replace(mappe, name=name))
        opened(kept)
        say(f"Die Mappe »{kept.name}« ist angelegt.")

    attempt(add)


def _make(ready: Ready, area: str) -> None:
    """Make a ready-made Mappe of the views there are data for, and name the others."""
    with st.spinner(f"»{ready.name}« wird zusammengestellt …"):
        found = retell(ready.pins(newest_act(), area))
    pins = tuple(replace(each.pin, told=each.told) for each in found if each.told)
    name = f"{ready.name} {area}" if ready.for_one else ready.name
    without = [view["what"] for view, each in zip(ready.views, found, strict=True) if not each.told]
    missing = f" Ohne Daten und deshalb nicht enthalten: {', '.join(without)}." if without else ""

    def add() -> None:
        opened(add_mappe(warehouse_folder(), Mappe("", name, pins)))
        say(f"Die Mappe »{name}« hat {len(pins)} Ansichten.{missing}")

    attempt(add)


def _import() -> None:
    file = st.session_state.get("mappe-datei")

    def take() -> None:
        opened(kept := add_mappe(warehouse_folder(), parsed(file.getvalue())))  # type: ignore[union-attr]
        say(f"Die Mappe »{kept.name}« mit {len(kept.pins)} Ansichten ist aufgenommen.")

    if file is not None and not attempt(take):
        say(f"Die Datei wurde nicht aufgenommen. {st.session_state[_SAID]}")


def _remove(mappe: Mappe) -> None:
    if attempt(lambda: remove_mappe(warehouse_folder(), mappe.id)):
        st.session_state.pop(CHOSEN, None)
        say(f"Die Mappe »{mappe.name}« ist gelöscht; ihr Freigabeprotokoll bleibt.")

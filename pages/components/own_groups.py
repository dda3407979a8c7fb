"""Own groups on the page: made, changed and removed in one folded form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from pages.components import choose
from pages.components.html import plain
from pages.components.peers import areas, saved_groups
from warehouse.areas import JOBCENTER, names_of, of_level
from warehouse.own_groups import LONGEST_NAME, GroupsError, OwnGroup, remove_group, save_group
from warehouse.snapshots import warehouse_folder

_NEW = "Neue Gruppe"


def edit(names: Mapping[str, str], *, taken: Sequence[str], broken: str = "") -> None:
    """Let the reader make, change or remove own groups; a saved one is chosen at once. `taken`: names they cannot have."""
    if broken:
        st.warning(plain(broken))
        return
    groups = {group.name: group for group in saved_groups()[0]}
    with st.expander("Eigene Gruppen"):
        which = st.selectbox("Gruppe", [_NEW, *groups], key="gruppe-welche")
        old = groups.get(which)
        every = {name: id_ for id_, name in names_of(of_level(areas(), JOBCENTER)).items()}
        before = [names[id_] for id_ in old.members if id_ in names] if old else []
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                "Name der Gruppe", old.name if old else "", max_chars=LONGEST_NAME, key=f"gruppe-name-{which}"
            )
            choose.name("Ihr Name", key="gruppe-wer")
        st.multiselect(
            "Mitglieder", list(every), default=[name for name in before if name in every], key=f"gruppe-mitglieder-{which}",
            placeholder="Jobcenter wählen",
        )  # fmt: skip
        with st.container(horizontal=True):
            st.button("Gruppe speichern", on_click=_save, args=(which, every, tuple(taken), old))
            if old:
                st.button("Gruppe löschen", on_click=_remove, args=(old.name, next(iter(taken))))
        st.caption(
            "Eigene Gruppen gelten für alle, die diesen Bestand nutzen, und stehen mit ihrem Namen im Link."
        )
        if said := st.session_state.pop("_gruppe-meldung", ""):
            st.info(plain(said))


def _save(which: str, every: Mapping[str, str], taken: tuple[str, ...], old: OwnGroup | None) -> None:
    """Keep what stands in the form at the click, which may be newer than what was drawn last."""
    name = " ".join(str(st.session_state[f"gruppe-name-{which}"]).split())
    members = tuple(every[each] for each in st.session_state[f"gruppe-mitglieder-{which}"])
    who, now = str(st.session_state["gruppe-wer"]).strip(), datetime.now(UTC).isoformat(timespec="minutes")
    try:
        save_group(warehouse_folder(), OwnGroup(name, members, who, now), taken=taken)
        if old and old.name != name:
            remove_group(warehouse_folder(), old.name)
    except (GroupsError, OSError) as error:
        st.session_state["_gruppe-meldung"] = str(error)
        return
    st.session_state["vergleichsgruppe"] = st.session_state["gruppe-welche"] = name
    st.session_state["_gruppe-meldung"] = (
        f"Die Gruppe »{name}« mit {len(members)} Mitgliedern ist gespeichert."
    )


def _remove(name: str, instead: str) -> None:
    try:
        remove_group(warehouse_folder(), name)
    except (GroupsError, OSError) as error:
        st.session_state["_gruppe-meldung"] = str(error)
        return
    st.session_state["gruppe-welche"] = _NEW
    if st.session_state.get("vergleichsgruppe") == name:
        st.session_state["vergleichsgruppe"] = instead
    st.session_state["_gruppe-meldung"] = f"Die Gruppe »{name}« ist gelöscht."

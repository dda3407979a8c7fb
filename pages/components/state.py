"""Which state of the data is shown: the newest, or an older one that nobody can overlook."""

from __future__ import annotations

import streamlit as st

from pages.charts.reference_tables import LOAD_ACTS
from pages.components.html import plain
from pages.components.synthetic import synthetic_note
from pages.components.warehouse import STATE, as_of, every_act, pin_state, question
from warehouse.schema import Row
from warehouse.states import SEEDED_BY, State, act_of, states

_KEY = "stand-vom"
_NEWEST = ""


def choose_state(page: str) -> None:
    """Let the reader choose the state of the data, keep it on every `page` and in the URL, and pin it for this run.

    The URL names an act (a day is understood, too); without one the newest state is shown, also after later loads.
    """
    loads = every_act()
    asked = _asked(page)
    act = act_of(loads, asked) if asked else None
    known = states(loads, act)
    options = {_NEWEST: known[0], **{str(state.no): state for state in known[1:]}}
    if asked and act is None:
        st.warning(f"Den Stand »{plain(asked[:60])}« gibt es hier nicht. Gezeigt wird der neueste.")
    st.session_state[_KEY] = str(act) if str(act) in options else _NEWEST
    chosen = st.sidebar.selectbox(
        "Stand vom",
        list(options),
        format_func=lambda no: ("" if no else "Neuester: ") + label(options[no]),
        key=_KEY,
        help="Zeigt, was nach einem früheren Vorgang galt: spätere Lieferungen sind dann ausgeblendet.",
    )
    _remember(page, chosen)
    pin_state(int(chosen) if chosen else None)
    if chosen:
        _say_so(options[chosen], hidden=loads.filter(loads["load_no"] > int(chosen)).height)


def state_note() -> dict[str, str]:
    """Return the footnotes of what leaves the app: that figures are invented, and which older state is shown."""
    shown = question("loads").row(0, named=True) if as_of() else None
    if shown is None:
        return synthetic_note()
    told = f"{moment(State((shown,)))} (Vorgang {shown['load_no']}); spätere Vorgänge sind nicht enthalten"
    return {**synthetic_note(), "Stand der Anwendung": told}


def label(state: State) -> str:
    """Return a state as people name it: the moment and what had happened last."""
    return f"{moment(state)} – {happened(state)}"


def moment(state: State) -> str:
    """Return the moment of a state: `21.11.2026, 08:00 Uhr (UTC)`."""
    return f"{state.at:%d.%m.%Y, %H:%M} Uhr (UTC)"


def happened(state: State) -> str:
    """Return what had happened last: `geladen: datei.csv`; of the documents of the product only how many."""
    if len(state.acts) > 1:
        return f"{SEEDED_BY}: {'; '.join(_counted(state, act) for act in LOAD_ACTS if _having(state, act))}"
    (act,) = state.acts
    return f"{LOAD_ACTS[act['act']]}: {act['file_name']} (Vorgang {state.no})"


def _having(state: State, act: str) -> list[Row]:
    return [row for row in state.acts if row["act"] == act]


def _counted(state: State, act: str) -> str:
    number = len(_having(state, act))
    return f"{number} Datei{'en' if number != 1 else ''} {LOAD_ACTS[act]}"


def _asked(page: str) -> str:
    """Return the state asked for: by the picker, by the URL where it was changed by hand, else the one shown so far.

    Streamlit empties the URL when another page is chosen in the navigation; the state stays.
    """
    shown: tuple[str, str] = st.session_state.get("_state", ("", _NEWEST))
    in_url = st.query_params.get(STATE, _NEWEST)
    picked = str(st.session_state.get(_KEY, _NEWEST))
    if picked != shown[1]:
        return picked
    if in_url != shown[1] and (in_url or page == shown[0]):
        return in_url
    return shown[1]


def _remember(page: str, chosen: str) -> None:
    st.session_state["_state"] = (page, chosen)
    if chosen and st.query_params.get(STATE) != chosen:
        st.query_params[STATE] = chosen
    elif not chosen and STATE in st.query_params:
        del st.query_params[STATE]


def _say_so(state: State, hidden: int) -> None:
    """Show above the page which older state it rests on, what of it is lost, and the way back."""
    lost = question("incomplete_loads")["file_name"].to_list()
    missing = f" Es fehlen Angaben aus {', '.join(lost)}: Die Datei ist verloren." if lost else ""
    told = f"{happened(state)}; ausgeblendet: {hidden} {'spätere Vorgänge' if hidden != 1 else 'späterer Vorgang'}."
    with st.container(key="older-state"):
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.warning(f"**Gezeigt wird der Stand vom {plain(moment(state))}** – {plain(told + missing)}")
        right.button("Neuesten Stand zeigen", on_click=_show_newest)


def _show_newest() -> None:
    st.session_state[_KEY] = _NEWEST

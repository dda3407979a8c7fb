"""Pins a view into a Mappe; and remembers what a page shows when it runs for a Mappe and not for a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl
import streamlit as st

from pages.charts.chart import Chart
from pages.charts.tables import for_people
from pages.components.markdown import plain
from pages.components.warehouse import STATE, as_of, every_act
from warehouse.mappen import (
    Mappe,
    MappeError,
    Pin,
    Told,
    add_mappe,
    change_mappe,
    has_view,
    new_id,
    read_mappen,
    with_pin,
)
from warehouse.snapshots import warehouse_folder

CHOSEN = "_mappe"
"""Where a session keeps the id of the Mappe it pins into."""
COLLECTED, HERE, ANSWER = "_collected", "_here", "_answer"
PAGE, PINNABLE = "_page", "_pinnable"
"""The page a session looks at, and its views by key. (A button keeps what it is given for as long as the session lives, also when
its page has been left: every chart of every page a reader has seen.)"""


@dataclass(frozen=True)
class Shown:
    """A chart or table as a page gave it to be shown, known by its `key`."""

    key: str
    title: str
    table: pl.DataFrame
    notes: Mapping[str, str]
    chart: Chart | None = None
    reading: str = ""


def is_collecting() -> bool:
    """Tell whether the page runs for a Mappe: nothing is drawn then."""
    return COLLECTED in st.session_state


def keep(shown: Shown) -> None:
    """Remember what the page shows."""
    st.session_state[COLLECTED].append(shown)


def keep_reading(how: str) -> None:
    """Remember how the chart shown last is read."""
    kept = st.session_state[COLLECTED]
    if kept and how:
        kept[-1] = replace(kept[-1], reading=how)


def here(page: str, parameters: Mapping[str, str | Sequence[str]]) -> None:
    """Remember the choices this page spells out, for whoever pins one of its views."""
    spelled = {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in parameters.items()
        if value
    }
    st.session_state[HERE] = (page, spelled)


def told(shown: Shown, answer: str) -> Told:
    """Return what a view says, as text to compare later ones with."""
    rows = for_people(shown.table)
    if "Wert" in shown.table.columns and "Wert" not in rows.columns:
        rows = rows.with_columns(shown.table["Wert"])
    rows = rows.with_columns(pl.all().cast(pl.String).fill_null(""))
    alt = shown.chart.alt if shown.chart else f"Tabelle: {shown.title}"
    return Told(shown.title, alt, answer, shown.reading, dict(shown.notes), tuple(rows.to_dicts()))


def turn_to(page: str) -> None:
    """Forget the views of the page before; those of this one stay, for whoever clicks while it is drawn again."""
    if st.session_state.get(PAGE) != page:
        st.session_state[PAGE], st.session_state[PINNABLE] = page, {}


def pin_button(shown: Shown) -> None:
    """Offer to pin a view; costs a page nothing but the button."""
    st.session_state.setdefault(PINNABLE, {})[shown.key] = shown
    st.button("Zur Mappe", key=f"{shown.key}-mappe", on_click=_pin, args=(shown.key,), width="content")


def _pin(key: str) -> None:
    """Pin a view into the Mappe of this session, the newest one or a new one."""
    shown: Shown | None = st.session_state[PINNABLE].get(key)
    if shown is None:  # clicked on a page that is already being left
        st.toast("Die Ansicht ist nicht angeheftet: Die Seite wurde gerade gewechselt.")
        return
    page, spelled = st.session_state[HERE]  # every page with something to pin has a link to itself
    in_url = {name: tuple(st.query_params.get_all(name)) for name in st.query_params if name != STATE}
    parameters = {**in_url, **spelled}
    act = as_of() or int(every_act()["load_no"].max())  # type: ignore[arg-type]
    said = told(shown, st.session_state.get(ANSWER, ""))
    pin = Pin(new_id(), page, shown.key, act, parameters, said)
    try:
        mappe = _chosen()
        if has_view(mappe, pin):
            st.toast(f"»{plain(pin.title)}« steht schon in der Mappe »{plain(mappe.name)}«.")
            return
        kept = change_mappe(warehouse_folder(), mappe.id, lambda now: with_pin(now, pin))
    except (MappeError, OSError) as error:
        st.error(plain(f"Die Ansicht ist nicht angeheftet. {error}"))
        return
    where = f"Ansicht {len(kept.pins)} der Mappe »{plain(kept.name)}«"
    st.toast(f"»{plain(pin.title)}« ist {where}. Ordnen und ausgeben: Seite Beirat.")


def _chosen() -> Mappe:
    folder = warehouse_folder()
    known = read_mappen(folder)[0]
    mappe = next((each for each in known if each.id == st.session_state.get(CHOSEN)), None)
    mappe = mappe or max(known, key=lambda each: each.touched, default=None)
    mappe = mappe or add_mappe(folder, Mappe("", f"Mappe vom {date.today():%d.%m.%Y}"))
    st.session_state[CHOSEN] = mappe.id
    return mappe

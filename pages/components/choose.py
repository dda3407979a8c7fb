"""Pickers bound to the URL, so that every view can be linked; the same ones in the same order on every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from pages.components.html import plain
from pages.components.peers import areas
from pages.components.pinning import here
from pages.components.warehouse import STATE, as_of, every_act, invite, snapshot, state_address
from warehouse.areas import KREIS
from warehouse.catalog import load_catalog
from warehouse.guests import GUESTS

ALL = "Alle"
KEY = "jobcenter"
"""Name of the choice of Jobcenter, the same on every page and in every link."""


def jobcenters() -> tuple[str, ...]:
    """Let the reader choose among all Jobcenter and Kreise (those of the catalog at first); return ids in the fixed order.

    From here on this page run knows those beyond the catalog, at most `GUESTS` of them.
    """
    own = {entry.short_name: id_ for id_, entry in load_catalog().jobcenters.items()}
    others = _others()
    if isinstance(
        st.session_state.get(KEY), str
    ):  # a page before let choose one: this one begins with the five
        del st.session_state[KEY]
    _say_unknown([*own, *others])
    chosen = st.multiselect(
        "Jobcenter",
        [*own, *others],
        default=list(own),
        key=KEY,
        bind="query-params",
        max_selections=len(own) + GUESTS,
        placeholder="Alle fünf",
        wrap=True,
    )
    guests = [name for name in others if name in chosen]
    if guests[GUESTS:]:
        st.warning(f"Gezeigt werden höchstens {GUESTS} weitere Jobcenter und Kreise zugleich.")
    _invite({others[name]: name for name in guests[:GUESTS]})
    ours = tuple(id_ for name, id_ in own.items() if name in chosen)
    return (*ours, *(others[name] for name in guests[:GUESTS])) or tuple(own.values())


def all_or_one_jobcenter() -> tuple[str, ...]:
    """Let the reader look at all Jobcenter of the catalog or at any one there is; return ids in the fixed order."""
    own = {entry.short_name: id_ for id_, entry in load_catalog().jobcenters.items()}
    others = _others()
    chosen = one_of("Jobcenter", {ALL: "", **own, **others}, key=KEY)
    _invite({id_: name for name, id_ in others.items() if id_ == chosen})
    return (chosen,) if chosen else tuple(own.values())


def invite_named(name: str) -> None:
    """Let this page run know the area that a link names, where it is one beyond the catalog."""
    found = _others().get(name)
    if found:
        _invite({found: name})


def _invite(guests: Mapping[str, str]) -> None:
    invite(guests, tuple(guests))


def _others() -> Mapping[str, str]:
    """Return all Jobcenter and Kreise beyond the catalog: the name that stands in links → id."""
    return _named(str(snapshot()), as_of())


@st.cache_resource(max_entries=8, show_spinner=False)
def _named(path: str, act: int | None) -> Mapping[str, str]:
    own = load_catalog().jobcenters
    others = (
        areas().filter(~pl.col("id").is_in(list(own))).sort(pl.col("level") == KREIS, maintain_order=True)
    )
    named = {
        id_: f"{name} (Kreis)" if level == KREIS else name
        for id_, name, level in others.select("id", "name", "level").iter_rows()
    }
    return _told_apart(named)


def _told_apart(named: Mapping[str, str]) -> dict[str, str]:
    """Return name → id; where two have the same name, the number tells them apart."""
    every: dict[str, str] = {}
    for id_, name in named.items():
        every[f"{name} ({id_.rpartition('-')[2]})" if name in every else name] = id_
    return every


def _say_unknown(names: Sequence[str]) -> None:
    """Say that a link names a Jobcenter that is not there, instead of silently showing another view."""
    unknown = [name for name in st.query_params.get_all(KEY) if name not in names]
    if unknown and KEY not in st.session_state:
        st.warning(f"Jobcenter »{plain(unknown[0][:60])}« gibt es hier nicht; es fehlt in dieser Ansicht.")


def any_jobcenter(named: Mapping[str, str]) -> str:
    """Let the reader choose one of all Jobcenter there are (`named`: id → name), those of the catalog first; return its id.

    The name stands in the URL; where two have the same name, the number tells them apart.
    """
    return one_of("Jobcenter", _told_apart(named), key=KEY)


def one_of(label: str, options: Mapping[str, str], *, key: str, index: int = 0) -> str:
    """Let the reader choose one of `options` (German label → id); return the id. The label stands in the URL.

    A link that names something else says so instead of silently showing another view.
    """
    asked = st.query_params.get(key)
    if asked is not None and asked not in options and key not in st.session_state:
        shown = list(options)[index]
        st.warning(f"{label} »{plain(asked[:60])}« gibt es hier nicht. Gezeigt wird »{plain(shown)}«.")
    _take_one(options, key)
    return options[st.selectbox(label, list(options), index=index, key=key, bind="query-params")]


def _take_one(options: Mapping[str, str], key: str) -> None:
    """Take over what a page before let choose under the same name, where it is a single one and on offer here.

    Widgets of several pages share the name that stands in the URL, and so what a session remembers of it.
    """
    before = st.session_state.get(key)
    if isinstance(before, list):
        before = before[0] if len(before) == 1 else None
    if key in st.session_state and before not in options:
        del st.session_state[key]
    elif key in st.session_state and before != st.session_state[key]:
        st.session_state[key] = before


def switch(label: str, *, key: str, help: str | None = None) -> bool:
    """Let the reader switch something on; return whether it is on."""
    return st.toggle(label, key=key, bind="query-params", help=help)


def segment(label: str, options: Sequence[str], *, key: str, index: int = 0) -> str:
    """Let the reader choose one of a few words; return it."""
    chosen = st.segmented_control(
        label, list(options), default=options[index], required=True, key=key, bind="query-params", wrap=True
    )
    return str(chosen)


def search(label: str, *, key: str, placeholder: str = "") -> str:
    """Let the reader type words to look for; return them ("" = everything)."""
    return (
        st.text_input(label, key=key, bind="query-params", placeholder=placeholder, max_chars=100) or ""
    ).strip()


def name(label: str, *, key: str) -> str:
    """Let the reader say who they are; kept while they look at other pages, never in the URL."""
    kept = f"_{key}"
    said = st.text_input(label, st.session_state.get(kept, ""), key=key, max_chars=100) or ""
    st.session_state[kept] = said
    return said.strip()


def link_here(page: str, **parameters: str | Sequence[str]) -> None:
    """Show the link to this very view, every choice spelled out, beside the controls.

    A view of an older state has one link, to that state. A view of the newest has two: one that stays the newest, and one
    for a paper, which keeps showing the figures of today.
    """
    here(page, parameters)
    base = (st.context.url or "").split("?")[0].rstrip("/")
    base = (
        base
        if base.endswith(f"/{page}")
        else f"{base.rsplit('/', 1)[0] if base.count('/') > 2 else base}/{page}"
    )

    def address(state: Mapping[str, str]) -> str:
        chosen = {name: value for name, value in {**parameters, **state}.items() if value}
        return f"{base}?{urlencode(chosen, doseq=True)}" if chosen else base

    with st.popover("Link zu dieser Ansicht"):
        st.code(address(state_address()), language=None, wrap_lines=True)
        if not state_address():
            st.markdown("Mit dem heutigen Stand, auch nach späteren Lieferungen:")
            newest = str(every_act()["load_no"].max())
            st.code(address({STATE: newest}), language=None, wrap_lines=True)

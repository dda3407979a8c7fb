"""Pickers bound to the URL, so that every view can be linked; the same ones in the same order on every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from pages.components.html import plain
from pages.components.pinning import here
from pages.components.warehouse import STATE, catalog, every_act, state_address


def jobcenters() -> tuple[str, ...]:
    """Let the reader choose among the Jobcenter (all are chosen at first); return ids in the fixed order."""
    names = {entry.short_name: id_ for id_, entry in catalog().jobcenters.items()}
    chosen = st.multiselect(
        "Jobcenter",
        list(names),
        default=list(names),
        key="jobcenter",
        bind="query-params",
        placeholder="Alle fünf",
        wrap=True,
    )
    return tuple(id_ for name, id_ in names.items() if name in chosen) or tuple(names.values())


def all_or_one_jobcenter() -> tuple[str, ...]:
    """Let the reader look at all Jobcenter or at one; return ids in the fixed order."""
    names = {"Alle": "", **{entry.short_name: id_ for id_, entry in catalog().jobcenters.items()}}
    chosen = one_of("Jobcenter", names, key="jobcenter")
    return (chosen,) if chosen else tuple(catalog().jobcenters)


def any_jobcenter(named: Mapping[str, str], *, key: str = "jobcenter") -> str:
    """Let the reader choose one of all Jobcenter there are (`named`: id → name), those of the catalog first; return its id.

    The name stands in the URL; where two have the same name, the number tells them apart.
    """
    every: dict[str, str] = {}
    for id_, name in named.items():
        every[f"{name} ({id_.rpartition('-')[2]})" if name in every else name] = id_
    return one_of("Jobcenter", every, key=key)


def one_of(label: str, options: Mapping[str, str], *, key: str, index: int = 0) -> str:
    """Let the reader choose one of `options` (German label → id); return the id. The label stands in the URL.

    A link that names something else says so instead of silently showing another view.
    """
    asked = st.query_params.get(key)
    if asked is not None and asked not in options and key not in st.session_state:
        shown = list(options)[index]
        st.warning(f"{label} »{plain(asked[:60])}« gibt es hier nicht. Gezeigt wird »{plain(shown)}«.")
    return options[st.selectbox(label, list(options), index=index, key=key, bind="query-params")]


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

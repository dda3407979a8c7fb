"""Says on every page, and in everything that leaves it, that a warehouse holds invented figures."""

from __future__ import annotations

import streamlit as st

from etl.synthetic.recipe import FORMAT
from pages.components.warehouse import every_act

BANNER = "**Synthetische Daten** – alle Werte sind erfunden; keiner beschreibt ein wirkliches Jobcenter."
NOTE = "Alle Werte sind erfunden und nach einem Rezept berechnet; keiner beschreibt ein wirkliches Jobcenter"


def is_synthetic() -> bool:
    """Tell whether the warehouse shown was built from a recipe of invented figures."""
    return bool((every_act()["format"] == FORMAT).any())


def say_if_synthetic() -> None:
    """Show the banner that no click removes, where the figures are invented."""
    if is_synthetic():
        with st.container(key="synthetic"):
            st.error(BANNER)


def synthetic_note() -> dict[str, str]:
    """Return the footnote of what leaves the app where the figures are invented; nothing for real ones."""
    return {"Synthetische Daten": NOTE} if is_synthetic() else {}

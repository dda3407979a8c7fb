"""What the product carries that others made, with its licence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import streamlit as st

from pages.components import html

ASSETS = Path(__file__).parents[1] / "assets"


def show_licences() -> None:
    """Show the parts with their holders and licences, and the licence texts the product carries."""
    parts = tomllib.loads((ASSETS / "licences.toml").read_text(encoding="utf-8")).values()
    rows = [
        [
            html.text(part["name"]),
            html.text(part["use"]),
            html.text(part["licence"]),
            html.text(part["holder"]),
        ]
        for part in parts
    ]
    st.html(
        html.table(
            ("Bestandteil", "Wofür", "Lizenz", "Rechte"),
            rows,
            caption="Mitgelieferte Bestandteile; die Python-Pakete nennt requirements.txt.",
        ).text
    )
    for part in parts:
        if part["file"]:
            with st.expander(f"Lizenztext {part['name']}"):
                st.code((ASSETS / part["file"]).read_text(encoding="utf-8"), language=None, wrap_lines=True)

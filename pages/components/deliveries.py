"""How figures come in and out: the delivery format, everything in it, and the log of what was loaded."""

from __future__ import annotations

import streamlit as st

from pages.charts.reference_tables import load_table
from pages.components import html, langformat, show
from pages.components.reference import load_row
from pages.components.warehouse import question


def show_deliveries() -> None:
    """Show the Langformat (template, columns), the whole stock in it, and the load log."""
    st.header("Langformat")
    st.markdown(
        "Eine Zeile je Wert, als CSV oder XLSX. So lassen sich eigene Zahlen ergänzen und alle vorhandenen mitnehmen."
    )
    langformat.template_buttons()
    langformat.lead_to_loading()
    st.html(langformat.column_table().text)
    st.header("Alle Angaben mitnehmen")
    langformat.stock_buttons()
    st.header("Ladeprotokoll")
    log = question("loads")
    rows = [load_row(row) for row in log.iter_rows(named=True)]
    table = html.table(
        ("Lieferung", "Vorgang", "Wann und wer", "Zeilen"),
        rows,
        caption=f"{log.height} Vorgänge, der jüngste zuerst",
        figures_from=3,
    )
    show.table(table, load_table(log), title="Ladeprotokoll", notes={}, key="protokoll")

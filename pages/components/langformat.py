"""The product's own delivery format: its columns, its template, the whole stock in it, and how it is loaded."""

from __future__ import annotations

import streamlit as st

from etl.export import export, langformat_csv, langformat_xlsx, template
from etl.formats import Column, flat_formats, load_formats
from pages.components import html
from pages.components.warehouse import as_of, catalog, snapshot


def columns() -> tuple[Column, ...]:
    """Return the documented columns of the Langformat."""
    return next(entry for entry in load_formats() if entry.id == "langformat").columns


def column_table() -> html.Html:
    """Return the columns of the Langformat as a table: what they mean, whether they must be there, an example."""
    rows = [
        [
            html.text(column.name),
            html.text("nötig" if column.required else "freiwillig"),
            html.text(column.description),
            html.text(column.example),
        ]
        for column in columns()
    ]
    return html.table(
        ("Spalte", "Pflicht", "Bedeutung", "Beispiel"),
        rows,
        caption="Reihenfolge und zusätzliche Spalten sind frei; eine unbekannte Spalte wird gemeldet.",
    )


def template_buttons() -> None:
    """Offer the template: header and one example row."""
    with st.container(horizontal=True):
        st.download_button(
            "Vorlage CSV",
            lambda: langformat_csv(template()),
            "langformat-vorlage.csv",
            "text/csv",
            key="vorlage-csv",
            on_click="ignore",
        )
        st.download_button(
            "Vorlage XLSX",
            lambda: langformat_xlsx(template()),
            "langformat-vorlage.xlsx",
            key="vorlage-xlsx",
            on_click="ignore",
        )


def other_templates() -> None:
    """Offer the templates of the other tables that people fill in: targets, assignments, comments, measures and dates."""
    others = {
        each.id: each.name
        for each in flat_formats()
        if each.id != "langformat" and any(c.example for c in each.columns)
    }
    chosen = st.selectbox(
        "Vorlage für", list(others), format_func=lambda id_: others[id_], key="vorlage-format"
    )
    with st.container(horizontal=True):
        for kind, written in (("CSV", langformat_csv), ("XLSX", langformat_xlsx)):
            st.download_button(
                f"{kind}: {others[chosen]}",
                lambda written=written: written(template(chosen)),
                f"{chosen}-vorlage.{kind.lower()}",
                key=f"vorlage-andere-{kind}",
                on_click="ignore",
            )


def stock_buttons() -> None:
    """Offer everything that is current in the state shown, in the Langformat; loading it again changes nothing."""
    published, known, act = snapshot(), catalog(), as_of()
    name = f"jobcenter-angaben-vorgang-{act}" if act else "jobcenter-angaben"
    with st.container(horizontal=True):
        st.download_button(
            "Alle Angaben CSV",
            lambda: langformat_csv(export(published, known, as_of=act)),
            f"{name}.csv",
            "text/csv",
            key="bestand-csv",
            on_click="ignore",
        )
        st.download_button(
            "Alle Angaben XLSX",
            lambda: langformat_xlsx(export(published, known, as_of=act)),
            f"{name}.xlsx",
            key="bestand-xlsx",
            on_click="ignore",
        )


def how_to_load() -> None:
    """Say how a gap is filled, offer the template and lead to the page that loads it."""
    st.markdown(
        "Jede Lücke lässt sich im Langformat füllen: Vorlage ausfüllen, prüfen, annehmen. Geprüft wird, ohne etwas zu schreiben."
    )
    template_buttons()
    lead_to_loading()


def lead_to_loading() -> None:
    """Lead to the page that loads; within the session, so that files that wait there are not lost."""
    st.page_link("pages/laden.py", label="Daten laden")

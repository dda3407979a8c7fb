"""Quellen & Definitionen: the catalog as a reference book; each part is one view with its own link."""

import polars as pl
import streamlit as st

from pages.charts.reference_tables import contradiction_table, indicator_table, load_table
from pages.components import choose, html, langformat, licences, show, signs
from pages.components.contradictions import contradiction_list, contradiction_matrix
from pages.components.reference import indicator_row, jobcenter_row, load_row, source_row
from pages.components.warehouse import catalog, question
from warehouse.dictionary import figures_by_area, find_indicators, of_documents
from warehouse.fields import matching

ANY = "Alle"

known = catalog()
top = st.container()
series = question("known_indicators")
contradictions = of_documents(known, question("known_contradictions"))
figures = figures_by_area(known, series)


def header(*names: str) -> list[html.Html]:
    """Return the head of a table."""
    return [html.text(name) for name in names]


def show_indicators() -> None:
    """Show the dictionary: topic, search, one row per indicator; a search looks into all topics."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        topics = {ANY: "", **{term.name: term.id for term in known.topics.values()}}
        told = {known.indicators[id_].topic for id_ in known.indicators if id_ in figures}
        first = next((number for number, id_ in enumerate(topics.values()) if id_ in told), 0)
        topic = choose.one_of("Thema", topics, key="thema", index=first)
        words = choose.search("Suche", key="suche", placeholder="z. B. Langzeit")
        choose.link_here("quellen", bereich=view, thema=st.session_state["thema"], suche=words)
    entries = find_indicators(known, words, "" if words else topic)
    if not entries:
        show.missing(
            f"»{words}« kommt in keiner Kennzahl vor.",
            "Eine neue Kennzahl wird mit einem Block in warehouse/catalog/indicators hinterlegt.",
        )
        return
    rows = [indicator_row(entry, figures.get(entry.id, {}), series) for entry in entries]
    caption = f"{len(entries)} Kennzahlen" + (f" zu »{words}« in allen Themen" if words else "")
    notes = {
        "Besonderheiten": "Werte: Zahl der Angaben je Jobcenter, gedruckte Veränderungen mitgezählt. "
        "»Eigene Lesart«: Die Richtung folgt nicht aus § 48b Abs. 3 SGB II."
    }
    table = html.table(
        header("Kennzahl", "Definition", "Einheit, Richtung, Zeitbezug", "Werte"),
        rows,
        caption=caption,
        numeric_from=9,
    )
    show.table(
        table,
        indicator_table(known, entries, figures),
        title="Kennzahlen und Definitionen",
        notes=notes,
        key="kennzahlen",
    )


def show_jobcenters() -> None:
    """Show the Jobcenter with their official names, codes, type and marks."""
    head = header("Jobcenter", "Land", "Nummern", "Form", "Vergleichstyp", "Farbe und Zeichen")
    rows = [jobcenter_row(area) for area in known.jobcenters.values()]
    st.html(html.table(head, rows, caption="Die Jobcenter in ihrer festen Reihenfolge", numeric_from=9).text)
    show.footnotes(
        {
            "Form": "gE gemeinsame Einrichtung, zKT zugelassener kommunaler Träger",
            "Vergleichstyp": f"{len(known.vergleichstypen)} Typen; »nicht hinterlegt«: ohne Quelle wird keiner geraten.",
            "Nummern": "Trägernummer der Bundesagentur für Arbeit und amtlicher Gemeindeschlüssel (AGS) des Kreises",
        }
    )


def show_sources() -> None:
    """Show the sources with their date, their confidentiality and how many values came from them."""
    values = question("current_observations")
    rows = [source_row(source, values) for source in known.sources.values()]
    caption = "Quellen der Angaben; Vergleichsräume (Bund, Länder) sind mitgezählt."
    st.html(
        html.table(
            header("Quelle", "Datenstand", "Lieferung", "Angaben"), rows, caption=caption, numeric_from=3
        ).text
    )
    st.subheader("Lizenzen")
    licences.show_licences()


def show_contradictions() -> None:
    """Show where documents contradict themselves: first how many of which kind, then the list, searchable."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choose.all_or_one_jobcenter()
        kind = choose.one_of(
            "Art",
            {ANY: "", **{entry.name: entry.id for entry in known.contradiction_kinds.values()}},
            key="art",
        )
        words = choose.search("Suche", key="suche", placeholder="z. B. Summe")
        named = {"jobcenter": st.session_state["jobcenter"], "art": st.session_state["art"]}
        choose.link_here(
            "quellen",
            bereich=view,
            **{name: value for name, value in named.items() if value != ANY},
            suche=words,
        )
    of_kind = contradictions.filter((pl.col("kind") == kind) if kind else pl.lit(True))
    found = matching(
        of_kind.filter(pl.col("owner").is_in(chosen)),
        words,
        names=("figures", "explanation", "place", "indicators"),
    )
    if found.is_empty():
        show.missing(
            "Zu dieser Auswahl ist kein Widerspruch festgehalten.",
            "Wählen Sie ein anderes Jobcenter, eine andere Art oder andere Suchwörter.",
        )
        return
    everything = len(chosen) > 1 and not (kind or words)
    shown = contradiction_matrix(found, bereich=view) if everything else contradiction_list(found, series)
    notes = {
        "Besonderheiten": "Beide Werte bleiben erhalten und werden gezeigt; keiner ist berichtigt oder gemittelt."
    }
    show.table(
        shown,
        contradiction_table(known, found),
        title="Widersprüche in den Dokumenten",
        notes=notes,
        key="widersprueche",
    )


def show_signs() -> None:
    """Show the legend: signs, marks, time concepts, kinds, levels of comparability."""
    for title, table in (
        ("Zeichen statt eines Wertes und Status", signs.sign_table()),
        ("Genauigkeit", signs.precision_table()),
        ("Vergleichbarkeitsstufen", signs.comparability_table()),
        ("Zeitbezug", signs.term_table(known.time_concepts.values(), "Was für eine Zeit ein Wert hat")),
        (
            "Art des Wertes",
            signs.term_table(known.kinds.values(), "Gemessen, vereinbart, erwartet oder geplant"),
        ),
        ("Handlungsfelder", signs.kind_table()),
    ):
        st.subheader(title)
        st.html(table.text)


def show_deliveries() -> None:
    """Show the Langformat (template, columns), the whole stock in it, and the load log."""
    st.subheader("Langformat")
    st.markdown(
        "Eine Zeile je Wert, als CSV oder XLSX. So lassen sich eigene Zahlen ergänzen und alle vorhandenen mitnehmen."
    )
    langformat.template_buttons()
    st.html(langformat.column_table().text)
    st.subheader("Alle Angaben mitnehmen")
    langformat.stock_buttons()
    st.subheader("Ladeprotokoll")
    log = question("loads")
    rows = [load_row(row) for row in log.iter_rows(named=True)]
    table = html.table(
        header("Lieferung", "Vorgang", "Wann und wer", "Zeilen"),
        rows,
        caption=f"{log.height} Vorgänge, der jüngste zuerst",
        numeric_from=3,
    )
    show.table(table, load_table(log), title="Ladeprotokoll", notes={}, key="protokoll")


VIEWS = {
    "Kennzahlen": show_indicators,
    "Jobcenter": show_jobcenters,
    "Quellen": show_sources,
    "Widersprüche": show_contradictions,
    "Zeichen und Begriffe": show_signs,
    "Lieferungen": show_deliveries,
}
with top:
    show.head(
        "Woher kommen die Zahlen, und was bedeuten sie?",
        f"{len(known.indicators)} Kennzahlen sind hinterlegt, zu {len(figures)} gibt es Werte; sie stammen aus "
        f"{question('current_observations')['source'].n_unique()} Quellen, "
        f"die sich an {contradictions.height} Stellen selbst widersprechen.",
    )
view = choose.segment("Bereich", list(VIEWS), key="bereich")
VIEWS[view]()

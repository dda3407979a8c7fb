"""Quellen & Definitionen: the catalog as a reference book; each part is one view with its own link."""

import streamlit as st

from pages.charts.reference_tables import indicator_table
from pages.components import choose, html, licences, show, signs
from pages.components.contradictions import show_contradictions
from pages.components.deliveries import show_deliveries
from pages.components.event_table import show_events
from pages.components.reference import indicator_row, jobcenter_row, source_row
from pages.components.warehouse import catalog, known_series, question
from warehouse.dictionary import figures_by_area, find_indicators, of_documents

ANY = "Alle"

known = catalog()
top = st.container()
series = known_series()
contradictions = of_documents(known, question("known_contradictions"))
figures = figures_by_area(known, series)


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
            "Versuchen Sie ein kürzeres Wort oder das Kürzel der Kennzahl. Fehlt eine, die Sie brauchen, nennen Sie der "
            "Betreuung Name, Definition und Quelle: Neue Kennzahlen werden dort hinterlegt.",
        )
        return
    rows = [indicator_row(entry, figures.get(entry.id, {}), series) for entry in entries]
    caption = f"{len(entries)} Kennzahlen" + (f" zu »{words}« in allen Themen" if words else "")
    notes = {
        "Besonderheiten": "Werte: Zahl der Angaben je Jobcenter, gedruckte Veränderungen mitgezählt. "
        "»Eigene Lesart«: Die Richtung folgt nicht aus § 48b Abs. 3 SGB II."
    }
    table = html.table(
        ("Kennzahl", "Definition", "Einheit, Richtung, Zeitbezug", "Werte"),
        rows,
        caption=caption,
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
    head = ("Jobcenter", "Land", "Nummern", "Form", "Vergleichstyp", "Farbe und Zeichen")
    rows = [jobcenter_row(area) for area in known.jobcenters.values()]
    st.html(html.table(head, rows, caption="Die Jobcenter in ihrer festen Reihenfolge").text)
    show.footnotes(
        {
            "Form": "gE gemeinsame Einrichtung, zKT zugelassener kommunaler Träger",
            "Vergleichstyp": f"{len(known.vergleichstypen)} Typen; »nicht hinterlegt«: ohne Quelle wird keiner geraten.",
            "Nummern": "Trägernummer der Bundesagentur für Arbeit und amtlicher Gemeindeschlüssel (AGS) des Kreises",
        }
    )


def show_sources() -> None:
    """Show the sources with their date, their confidentiality and how many values came from them."""
    figures = {row["source"]: row for row in question("figures_by_source").iter_rows(named=True)}
    shown = [source for source in known.sources.values() if source.id in figures or not source.synthetic]
    rows = [source_row(source, figures.get(source.id)) for source in shown]
    caption = "Quellen der Angaben; Vergleichsräume (Bund, Länder) sind mitgezählt."
    head = ("Quelle", "Datenstand", "Lieferung", "Angaben")
    st.html(html.table(head, rows, caption=caption, figures_from=3).text)
    st.header("Lizenzen")
    licences.show_licences()


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
        st.header(title)
        st.html(table.text)


VIEWS = {
    "Kennzahlen": show_indicators,
    "Jobcenter": show_jobcenters,
    "Quellen": show_sources,
    "Widersprüche": lambda: show_contradictions(contradictions, series, view),
    "Ereignisse": show_events,
    "Zeichen und Begriffe": show_signs,
    "Lieferungen": show_deliveries,
}
with top:
    origins, places = question("figures_by_source").height, contradictions.height
    show.head(
        "Woher kommen die Zahlen, und was bedeuten sie?",
        f"{len(known.indicators)} Kennzahlen sind hinterlegt, zu {len(figures)} gibt es Werte; sie stammen aus "
        f"{origins} {'Quelle' if origins == 1 else 'Quellen'}; Widersprüche innerhalb einer Quelle: {places}.",
    )
with st.container(horizontal=True, vertical_alignment="bottom"):
    view = choose.segment("Bereich", list(VIEWS), key="bereich")
    # Where a part has choices of its own, its link stands beside them.
    if view not in ("Kennzahlen", "Widersprüche"):
        choose.link_here("quellen", bereich=view)
VIEWS[view]()

"""Barrierefreiheit: the accessibility statement with state, date, limitations, contact and arbitration."""

import streamlit as st

from pages.components import html, show
from pages.components.accessibility import (
    ARBITRATION,
    CONTACT,
    DECLARED,
    OPERATOR,
    STATES,
    checks_table,
    limitations_table,
    linked,
    named,
)


def paragraph(content: html.Html) -> None:
    """Show a paragraph that contains links."""
    st.html(f"<p>{content.text}</p>")


operator, contact, arbitration = named(OPERATOR), named(CONTACT), named(ARBITRATION)
prepared, assessed = (f"{DECLARED[day]:%d.%m.%Y}" for day in ("prepared", "assessed"))

show.head(
    "Wie barrierefrei ist diese Anwendung?",
    f"Sie ist mit EN 301 549 und WCAG 2.1, Stufe AA, {STATES[DECLARED['conformity']]} (Stand {assessed}).",
)
st.markdown(
    "Erklärung zur Barrierefreiheit für die Anwendung Jobcenter-Vergleich. Maßstab sind die Anforderungen der "
    "BITV 2.0, die auf EN 301 549 verweist, und der Durchführungsbeschluss (EU) 2018/1523. "
    + (
        f"Betrieben wird sie von: {html.plain(operator)}."
        if operator
        else "Wer sie betreibt, ist hier noch nicht eingetragen."
    )
)

st.header("Wie das geprüft wurde")
st.markdown(
    f"Erstellt am {prepared}, zuletzt überprüft am {assessed}. Grundlage ist eine Selbstbewertung, keine Prüfung durch "
    "eine unabhängige Stelle. Die Prüfungen laufen bei jeder Änderung der Anwendung."
)
st.html(checks_table().text)

st.header("Nicht barrierefreie Inhalte")
st.html(limitations_table().text)

st.header("Rückmeldung und Kontakt")
if contact:
    paragraph(
        html.text("Barrieren melden und Informationen in zugänglicher Form anfordern: ") + linked(contact)
    )
else:
    st.info(
        "Ein Kontakt ist noch nicht eingetragen. Eintragen muss ihn die Stelle, die die Anwendung betreibt, bevor sie "
        f"andere damit arbeiten lässt: in der Umgebungsvariable {CONTACT}; siehe Betriebshandbuch, Abschnitt "
        "»Barrierefreiheit«."
    )

st.header("Schlichtungsverfahren")
if arbitration:
    paragraph(
        html.text("Bleibt eine Antwort aus oder hilft sie nicht, wenden Sie sich an: ") + linked(arbitration)
    )
else:
    st.markdown(
        "Bleibt eine Antwort aus oder hilft sie nicht, gibt es ein Verfahren zur Durchsetzung oder Schlichtung. Welche "
        "Stelle zuständig ist, hängt davon ab, wer die Anwendung betreibt; sie ist hier noch nicht eingetragen."
    )
paragraph(
    html.text(
        "Für Stellen des Bundes ist es die Schlichtungsstelle nach § 16 des Behindertengleichstellungsgesetzes (BGG) bei dem "
        "Beauftragten der Bundesregierung für die Belange von Menschen mit Behinderungen, "
    )
    + html.Html(
        '<a href="https://www.schlichtungsstelle-bgg.de" rel="noreferrer">www.schlichtungsstelle-bgg.de</a>'
    )
    + html.text(
        ". Für kommunale Stellen und Stellen der Länder gilt das Recht des Landes mit dessen eigener Stelle für "
        "Durchsetzung oder Schlichtung. Für gemeinsame Einrichtungen klärt die betreibende Stelle, welche zuständig ist."
    )
)

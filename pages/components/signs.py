"""The legend of everything that stands beside or instead of a figure, generated from the catalog."""

from __future__ import annotations

from collections.abc import Iterable

from pages.components import html
from pages.components.warehouse import catalog
from warehouse.catalog import Term
from warehouse.comparison import Level

ALLOWED = {
    Level.A: "Balken und Rangfolge",
    Level.B: "Punkte mit Datum, kein Rang",
    Level.C: "Tabelle mit Datum und Begründung",
    Level.D: "kein gemeinsames Diagramm",
}

MARKERS = {
    "circle": "Kreis",
    "square": "Quadrat",
    "diamond": "Raute",
    "triangle-up": "Dreieck",
    "cross": "Kreuz",
}
"""Marker of a Jobcenter → its German name."""


def sign_table() -> html.Html:
    """Return the statuses: the sign printed instead of a value, and what it means."""
    rows = [[html.text(entry.sign or "Zahl"), html.text(entry.name)] for entry in catalog().statuses.values()]
    caption = "Ein fehlender Wert ist keine Null; das Zeichen sagt, warum es keinen gibt."
    return html.table(("Gezeigt", "Bedeutung"), rows, caption=caption)


def precision_table() -> html.Html:
    """Return the precisions: the mark before a number, and how it is drawn."""
    rows = [
        [
            html.text(entry.mark or "ohne"),
            html.text(entry.name),
            html.text("gefüllt" if entry.id == "exakt" else "hohl"),
        ]
        for entry in catalog().precisions.values()
    ]
    head = ("Zeichen", "Bedeutung", "Im Diagramm")
    return html.table(head, rows, caption="Wie genau ein gedruckter Wert ist")


def comparability_table() -> html.Html:
    """Return the levels of comparability and what each allows."""
    rows = [[html.text(level.value), html.text(level.name_de), html.text(ALLOWED[level])] for level in Level]
    head = ("Stufe", "Bedeutung", "Erlaubt")
    return html.table(head, rows, caption="Die Stufe wird aus Katalog und Daten errechnet.")


def term_table(terms: Iterable[Term], caption: str) -> html.Html:
    """Return words of the vocabulary with their definitions."""
    rows = [[html.text(term.name), html.text(term.definition)] for term in terms]
    return html.table(("Begriff", "Bedeutung"), rows, caption=caption)


def kind_table() -> html.Html:
    """Return what is told apart among fields, instruments, bodies, deadlines, chances and risks."""
    return term_table(catalog().field_kinds.values(), "Was die Dokumente neben Zahlen nennen")

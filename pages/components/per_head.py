"""Amounts per head: what can be divided, with numerator and denominator; what cannot, with the delivery that is missing."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.charts.chart import source_notes
from pages.charts.ratio_table import ratio_table
from pages.components import html, show
from pages.components.subject import values_of
from pages.components.warehouse import catalog
from warehouse.calculations import ratios
from warehouse.catalog import Ratio


def show_per_head(family: str, chosen: Sequence[str]) -> None:
    """Show the amounts per head of a subject (own calculation), and which inputs are missing where there are none."""
    known = catalog()
    declared = [ratio for ratio in known.ratios.values() if ratio.family == family]
    inputs = sorted(
        {id_ for ratio in declared for id_ in (ratio.numerator, ratio.denominator, ratio.printed) if id_}
    )
    rows = values_of(inputs, chosen)
    found = ratios(known, rows)
    if declared:
        st.header("Je Kopf gerechnet")
    for ratio in declared:
        own = found.filter(pl.col("ratio") == ratio.id)
        if own.height:
            _table(ratio, own, rows)
        else:
            numerator, denominator = (
                known.indicator(ratio.numerator).name,
                known.indicator(ratio.denominator).name,
            )
            concepts = f"{known.time_concepts[ratio.numerator_on].name} und {known.time_concepts[ratio.denominator_on].name}"
            show.missing(
                f"{ratio.name}: nicht berechnet, weil kein Jobcenter {numerator} und {denominator} für dasselbe Jahr nennt.",
                f"Eine Lieferung im Langformat mit beiden Kennzahlen für ein Jahr ({concepts}) füllt die Lücke.",
            )


def _table(ratio: Ratio, own: pl.DataFrame, rows: pl.DataFrame) -> None:
    known = catalog()
    table = ratio_table(known, ratio, own, rows)
    body = [[html.NOTHING if cell is None else html.text(cell) for cell in row] for row in table.iter_rows()]
    numerator, denominator = known.indicator(ratio.numerator).name, known.indicator(ratio.denominator).name
    caption = f"{ratio.name}, eigene Berechnung. Zähler: {numerator}; Nenner: {denominator}; nur wo beide dasselbe Jahr haben."
    notes = {**source_notes(known, own), "Eigene Berechnung": ratio.text}
    show.table(
        html.table(table.columns, body, caption=caption, figures_from=2),
        table,
        title=ratio.name,
        notes=notes,
        key=f"kopf-{ratio.id}",
    )

"""Überblick: the five as columns, the figures that several of them report as rows; every value leads to its evidence."""

import polars as pl
import streamlit as st

from pages.charts.chart import source_notes
from pages.charts.tables import value_table
from pages.components import choose, show
from pages.components.overview_table import overview_table
from pages.components.warehouse import catalog, newest_of
from warehouse.catalog import load_catalog
from warehouse.overview import shared_figures, without_parts

MINIMUM = {"2 Jobcentern": 2, "3 Jobcentern": 3, "4 Jobcentern": 4}

known = catalog()

top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    known = catalog()  # with the areas just chosen
    at_least = MINIMUM[choose.segment("Genannt von mindestens", list(MINIMUM), key="genannt", index=1)]
    choose.link_here(
        "ueberblick",
        jobcenter=[known.area_name(id_) for id_ in chosen],
        genannt=st.session_state.get("genannt", ""),
    )
are_five = chosen == tuple(load_catalog().jobcenters)
rows = without_parts(known, newest_of(chosen))
newest = shared_figures(known, rows, min(2, len(chosen)))


def answer() -> str:
    """Say how many figures how many of the chosen Jobcenter report, and from which years."""
    if newest.is_empty():
        return f"Die Gewählten nennen keinen Wert: {', '.join(map(known.area_name, chosen))}."
    counts = newest.unique(["row_indicator", "row_breakdown"])["reporting"].value_counts()
    counted = "; ".join(
        f"{'Eine Angabe' if count == 1 else f'{count} Angaben'} nennen {number} der {len(chosen)} Jobcenter"
        for number, count in counts.sort("reporting", descending=True).iter_rows()
    )
    if len(chosen) == 1:
        counted = f"{known.area_name(chosen[0])} nennt {newest.height} Angaben"
    years = newest["period_end"].dt.year()
    first, last = years.min(), years.max()
    dated = f"dem Jahr {last}" if first == last else f"den Jahren {first} bis {last}"
    return f"{counted}. Die Werte stammen aus {dated}: nur mit ihrem Datum zu lesen, keine Rangfolge."


with top:
    show.head(
        "Wie stehen die fünf Jobcenter da?" if are_five else "Wie stehen die gewählten Jobcenter da?",
        answer(),
    )
shown = newest.filter(pl.col("reporting") >= min(at_least, len(chosen)))
if shown.is_empty():
    show.missing(
        f"Keine Angabe nennen mindestens {at_least} der gewählten Jobcenter.",
        "Wählen Sie eine kleinere Zahl; eine Lieferung im Langformat füllt die Lücken.",
    )
show.table(
    overview_table(shown, chosen, at_least),
    value_table(known, shown),
    title="Die fünf Jobcenter im Überblick" if are_five else "Jobcenter im Überblick",
    notes=source_notes(known, shown),
    key="ueberblick",
)

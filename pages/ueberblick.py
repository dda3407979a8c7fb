"""Überblick: the five as columns, the figures that several of them report as rows; every value leads to its evidence."""

import polars as pl
import streamlit as st

from pages.charts.chart import source_notes
from pages.charts.tables import value_table
from pages.components import choose, show
from pages.components.overview_table import overview_table
from pages.components.warehouse import catalog, newest_of
from warehouse.catalog import load_catalog
from warehouse.formatting import format_row
from warehouse.overview import common_figure, shared_figures, without_parts
from warehouse.periods import period_label

MOST_TOLD = 6
"""So many Jobcenter one sentence names."""
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
    """Say the figure that all chosen Jobcenter report for the same time, how many figures several of them report, and of when."""
    if newest.is_empty():
        return f"Die Gewählten nennen keinen Wert: {', '.join(map(known.area_name, chosen))}."
    reporting = newest.unique(["row_indicator", "row_breakdown"])["reporting"]
    together = f"{known.area_name(chosen[0])} nennt {counted(reporting.len())}"
    if len(chosen) > 1:
        together = (
            f"{counted(reporting.len())} {'steht' if reporting.len() == 1 else 'stehen'} bei mindestens 2 der "
            f"{len(chosen)} Jobcenter, {(reporting == len(chosen)).sum()} bei allen"
        )
    years = newest["period_end"].dt.year()
    first, last = years.min(), years.max()
    dated = f"dem Jahr {last}" if first == last else f"den Jahren {first} bis {last}"
    return (
        f"{common()}{together}. Die Werte stammen aus {dated}: nur mit ihrem Datum zu lesen, keine Rangfolge."
    )


def counted(figures: int) -> str:
    """Return how many figures, in words."""
    return "Eine Angabe" if figures == 1 else f"{figures} Angaben"


def common() -> str:
    """Return the first figure that all report for the same time, as a sentence; "" where there is none or they are too many."""
    rows = common_figure(newest, len(chosen)).rows(named=True)
    if not rows or not 1 < len(chosen) <= MOST_TOLD:
        return ""
    of = {row["jobcenter"]: format_row(known, row) for row in rows}
    named = known.quantity_name(rows[0]["row_indicator"], rows[0]["row_breakdown"])
    period = period_label(rows[0]["period_start"], rows[0]["period_end"])
    return f"{named}, {period}: {', '.join(f'{known.area_name(id_)} {of[id_]}' for id_ in chosen)}. "


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

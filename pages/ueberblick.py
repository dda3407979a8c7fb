"""Überblick: the five as columns, the figures that several of them report as rows; every value leads to its evidence."""

import polars as pl
import streamlit as st

from pages.charts.chart import source_notes
from pages.charts.tables import value_table
from pages.components import choose, show
from pages.components.overview_table import overview_table
from pages.components.warehouse import catalog, newest_of
from warehouse.overview import shared_figures, without_parts

MINIMUM = {"2 Jobcentern": 2, "3 Jobcentern": 3, "4 Jobcentern": 4}

known = catalog()
rows = without_parts(known, newest_of(list(known.jobcenters)))
newest = shared_figures(known, rows)
years = newest["period_end"].dt.year()
rows_by_count = (
    newest.unique(["row_indicator", "row_breakdown"])["reporting"]
    .value_counts()
    .sort("reporting", descending=True)
)
counted = "; ".join(
    f"{'Eine Angabe' if count == 1 else f'{count} Angaben'} nennen {number} der {len(known.jobcenters)} Jobcenter"
    for number, count in rows_by_count.iter_rows()
)
shared = (
    "Einiges nennen alle fünf"
    if newest["reporting"].max() == len(known.jobcenters)
    else "Nichts nennen alle fünf"
)
first, last = years.min(), years.max()
dated = f"dem Jahr {last}" if first == last else f"den Jahren {first} bis {last}"
show.head(
    "Wie stehen die fünf Jobcenter da?",
    f"{counted}. Die Werte stammen aus {dated}: nur mit ihrem Datum zu lesen, keine Rangfolge.",
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    at_least = MINIMUM[choose.segment("Genannt von mindestens", list(MINIMUM), key="genannt", index=1)]
    choose.link_here("ueberblick", genannt=st.session_state.get("genannt", ""))

shown = newest.filter(pl.col("reporting") >= at_least)
show.table(
    overview_table(shown, at_least),
    value_table(known, shown),
    title="Die fünf Jobcenter im Überblick",
    notes=source_notes(known, shown),
    key="ueberblick",
)

"""What is computed from the months of a series, beside what is printed for the same time: both stand in the Nachweis."""

from __future__ import annotations

import polars as pl
import streamlit as st

from pages.charts.tables import value_table
from pages.components import html, show
from pages.components.courses import own_series
from pages.components.warehouse import catalog, every_event, question
from warehouse.formatting import format_difference, format_row, unrounded
from warehouse.formulas import computed, inputs_of
from warehouse.periods import period_label
from warehouse.schema import KEY

NEWEST = 13
_HEAD = ("Zeitraum", "Zeitbezug", "eigene Berechnung", "Monate", "gedruckt", "Abweichung")


def own_calculations(area: str, indicator: str, breakdown: str) -> None:
    """Show what follows from monthly values by declared rules, the printed value of the same time and how they differ."""
    own = _beside_printed(area, indicator, breakdown)
    if own.is_empty():
        return
    st.header("Eigene Berechnungen aus den Monatswerten")
    newest = own.group_by("time_concept", maintain_order=True).head(NEWEST)
    more = f"; je Zeitbezug die neuesten {NEWEST}, alle stehen unter »Als Tabelle«"
    caption = "Gilt für denselben Zeitraum auch ein gedruckter Wert, steht in Diagrammen der gedruckte"
    show.table(
        html.table(
            _HEAD,
            [_cells(row) for row in newest.iter_rows(named=True)],
            figures_from=2,
            caption=caption + (more if newest.height < own.height else ""),
        ),
        value_table(catalog(), own).with_columns(
            own["note"].alias("Monate"),
            own["printed"].alias("gedruckt"),
            own["difference"].alias("Abweichung"),
        ),
        title=f"Eigene Berechnungen {catalog().area_name(area)} {catalog().quantity_name(indicator, breakdown)}",
        notes={"Eigene Berechnung": "; ".join(own["place"].unique(maintain_order=True))},
        key="eigene",
    )


def _beside_printed(area: str, indicator: str, breakdown: str) -> pl.DataFrame:
    """Return the computed values (CURRENT columns), newest first, with `printed` and `difference` of the same key."""
    rows = question("observations_of", indicators=(indicator,), areas=(area,), kinds=("ist",))
    inputs = question(
        "observations_of", indicators=inputs_of(catalog(), (indicator,)), areas=(area,), kinds=("ist",)
    )
    both = pl.concat(
        [computed(catalog(), inputs, (indicator,), every_event()), own_series(indicator, (area,))]
    )
    known = rows.filter(pl.col("value").is_not_null()).unique(KEY, keep="first", maintain_order=True)
    joined = both.filter(pl.col("breakdown") == breakdown).join(
        known.select(*KEY, printed="value"), on=list(KEY), how="left"
    )
    return joined.with_columns(difference=(pl.col("value") - pl.col("printed")).round(6)).sort(
        "time_concept", "period_end", "period_start", descending=[False, True, False]
    )


def _cells(row: dict[str, object]) -> list[html.Html]:
    known, indicator = catalog(), str(row["indicator"])
    printed, difference = row["printed"], row["difference"]
    return [
        html.text(period_label(row["period_start"], row["period_end"])),  # type: ignore[arg-type]
        html.text(known.time_concepts[str(row["time_concept"])].short),
        html.text(own := format_row(known, row)),
        html.text(str(row["note"])),
        html.NOTHING if printed is None else html.text(format_row(known, {**row, "value": printed})),
        html.NOTHING
        if difference is None
        else html.noted(
            told := format_difference(known, indicator, float(difference)),  # type: ignore[arg-type]
            unrounded(format_row(known, {**row, "value": printed}), own, told),
        ),
    ]

"""Nachweis: one series of one Jobcenter with everything one must know to answer for every digit of it."""

from typing import Any

import polars as pl
import streamlit as st

from pages.charts.tables import value_table
from pages.components import choose, html, show
from pages.components.warehouse import catalog, known_series, question
from warehouse.catalog import address
from warehouse.contradictions import contradictions_of
from warehouse.formatting import format_row
from warehouse.periods import period_label

known = catalog()
available = known_series()


def named(series: str) -> str:
    """Return the German name of a series given by its address."""
    indicator, _, breakdown = series.partition("/")
    return known.quantity_name(indicator, breakdown)


top = st.container()
left, right, beside = st.columns([1, 3, 1], vertical_alignment="bottom")
areas = {
    known.area_name(id_): id_
    for id_ in (*known.jobcenters, *known.regions)
    if id_ in available["jobcenter"].to_list()
}
with left:
    area = choose.one_of("Jobcenter oder Vergleichsraum", areas, key="jobcenter")
own = (
    available.filter(pl.col("jobcenter") == area).select("indicator", "breakdown").unique(maintain_order=True)
)
addresses = [address(*quantity) for quantity in own.iter_rows()]
asked = st.query_params.get("reihe", "")
with right:  # not bound: the link carries the stable address, the picker shows the German name
    index = addresses.index(asked) if asked in addresses else 0
    series = st.selectbox("Kennzahl", addresses, index=index, format_func=named, key=f"reihe-{area}")
    st.query_params["reihe"] = series
indicator, _, breakdown = series.partition("/")
with beside:
    choose.link_here("nachweis", jobcenter=known.area_name(area), reihe=series)
entry = known.indicator(indicator)
found = question("evidence", area=area, indicator=indicator, breakdown=breakdown)
with top:
    show.head(
        "Woher kommt diese Zahl?",
        f"{known.area_name(area)}, {named(series)}: {found.height} Angabe{'n' if found.height != 1 else ''} "
        f"aus {found['source'].n_unique()} Quelle{'n' if found['source'].n_unique() != 1 else ''}.",
    )


def evidence_row(row: dict[str, Any]) -> list[html.Html]:
    """Return one value with its place, its date and the extract it came from."""
    source = known.sources.get(str(row["source"]))
    marks = show.intern(source is not None and source.confidential)
    value = format_row(known, row)
    return [
        html.stacked(
            html.text(period_label(row["period_start"], row["period_end"])),
            html.muted(known.time_concepts[str(row["time_concept"])].name),
        ),
        html.stacked(html.text(value), html.muted(known.kinds[str(row["kind"])].name), marks),
        html.stacked(
            html.text(known.statuses[str(row["status"])].name),
            html.muted(known.precisions[str(row["precision"])].name),
        ),
        html.stacked(
            html.text(row["place"]),
            html.muted(f"Textzeile {row['line']}" if row["line"] else ""),
            html.muted(row["note"]),
        ),
        html.stacked(
            html.text(source.title if source else row["source"]),
            html.muted(f"Datenstand {row['data_date']:%d.%m.%Y}"),
        ),
        html.stacked(
            html.text(row["file_name"]),
            html.muted(f"Zeile {row['row']} · Kennung {str(row['extract'])[:12]}"),
            html.muted(f"geladen {row['acted_at']:%d.%m.%Y} von {row['who']}"),
        ),
    ]


show.table(
    html.table(
        ("Zeitraum", "Wert", "Status", "Fundstelle", "Quelle", "Lieferung"),
        [evidence_row(row) for row in found.iter_rows(named=True)],
        caption=f"{known.area_name(area)}: {named(series)}",
    ),
    value_table(known, found).with_columns(
        found["line"].alias("Textzeile"),
        found["note"].alias("Anmerkung"),
        found["file_name"].alias("Datei"),
        found["row"].alias("Zeile der Datei"),
        found["extract"].alias("Kennung der Lieferung"),
        found["acted_at"].dt.date().alias("geladen am"),
    ),
    title=f"Nachweis {known.area_name(area)} {named(series)}",
    notes={},
    key="nachweis",
)
st.subheader("Was die Kennzahl bedeutet")
facts = {
    "Definition": entry.definition,
    "Formel": entry.formula.text if entry.formula else "",
    "Einheit": entry.unit,
    "Richtung": known.direction_name(indicator),
    "Rechtliche oder statistische Quelle": entry.source,
    "Zu beachten": " ".join(entry.caveats),
}
show.footnotes(facts)
show.contradictions(contradictions_of(question("known_contradictions"), [area], indicator, breakdown))

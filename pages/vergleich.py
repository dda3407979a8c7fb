"""Vergleich: one subject at a time; what may be compared is compared, what may not is shown with its dates and the reason."""

import polars as pl
import streamlit as st

from pages.charts.bars import compared_bars
from pages.charts.chart import source_notes
from pages.charts.dots import dated_dots
from pages.charts.tables import value_table
from pages.components import choose, html, show
from pages.components.warehouse import catalog, family_observations
from warehouse.comparison import Comparison, Level, compare_family
from warehouse.formatting import format_dated

known = catalog()
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    subjects = {family.name: family.id for family in known.families.values()}
    family = known.families[
        choose.one_of("Thema", subjects, key="thema", index=list(subjects.values()).index("erwerbsfaehige"))
    ]
    choose.link_here("vergleich", jobcenter=[known.area_name(id_) for id_ in chosen], thema=family.name)
rows = family_observations(family.id).filter(pl.col("jobcenter").is_in(chosen))
comparisons = compare_family(known, rows)
levels = {level: [found for found in comparisons if found.level is level] for level in Level}


def answer() -> str:
    """Say in one sentence what can be compared."""
    if levels[Level.A]:
        return f"{len(levels[Level.A])} Kennzahlen lassen sich für denselben Zeitraum vergleichen."
    if levels[Level.B]:
        most = max(len(found.jobcenters) for found in levels[Level.B])
        return (
            f"Kein Zeitraum ist mehreren Jobcentern gemeinsam: {most} berichten dieselbe Kennzahl, "
            "aber zu verschiedenen Zeitpunkten. Es gibt deshalb keinen Rang."
        )
    if levels[Level.C]:
        return (
            "Die Jobcenter berichten Ähnliches, aber nicht in gleicher Definition oder mit gleichem Zeitbezug. "
            "Ein Diagramm würde täuschen; die Tabelle nennt Werte und Daten."
        )
    return "Zu diesem Thema berichtet jedes Jobcenter etwas anderes. Die Werte sind nicht vergleichbar."


def name_of(found: Comparison) -> str:
    """Return indicator and breakdown in words."""
    part = f" – {known.breakdown_name(found.breakdown)}" if found.breakdown else ""
    return known.indicator(found.indicator).name + part


def subtitle(found: Comparison) -> str:
    """Return unit, direction and level as the line below a chart's title."""
    entry = known.indicator(found.indicator)
    return f"{entry.unit} · {known.directions[entry.direction].name} · Stufe {found.level.value}: {found.level.name_de}"


def left_out(found: Comparison) -> str:
    """Name the values of the same quantity that may not stand beside the others, each with its date."""
    told = [
        f"{known.area_name(row['jobcenter'])} {format_dated(known, row, concept=True)}"
        for row in found.others.iter_rows(named=True)
    ]
    return f"Nicht im Diagramm (anderer Zeitraum oder Zeitbezug): {'; '.join(told)}." if told else ""


def values_table(found: list[Comparison], caption: str) -> html.Html:
    """Return quantities as rows and Jobcenter as columns; every value carries its own date."""
    body: list[list[html.Html] | html.Section] = []
    for entry in found:
        cells = [
            html.stacked(
                *(
                    show.value_cell(row)
                    for row in entry.rows.filter(pl.col("jobcenter") == id_).iter_rows(named=True)
                )
            )
            for id_ in chosen
        ]
        body.append([html.text(name_of(entry)), *(cell if cell.text else html.NOTHING for cell in cells)])
    return html.table(
        [html.text("Kennzahl"), *(html.text(known.area_name(id_)) for id_ in chosen)], body, caption=caption
    )


with top:
    show.head(family.question or family.name, answer())
for found in levels[Level.A]:
    show.chart(
        compared_bars(
            known,
            found.rows,
            title=f"{name_of(found)} im selben Zeitraum",
            subtitle=subtitle(found),
            left_out=left_out(found),
        ),
        key=f"a-{found.indicator}-{found.breakdown}",
    )
for found in levels[Level.B]:
    show.chart(
        dated_dots(
            known,
            found.rows,
            title=f"{name_of(found)} – zu verschiedenen Zeitpunkten",
            subtitle=subtitle(found),
            left_out=left_out(found),
        ),
        key=f"b-{found.indicator}-{found.breakdown}",
    )
if levels[Level.C]:
    together = pl.concat([found.rows for found in levels[Level.C]])
    reasons = {
        group.reason: None
        for found in levels[Level.C]
        if (group := known.similar_to(found.indicator, found.breakdown))
    }
    st.subheader(f"Stufe C: {Level.C.name_de}")
    show.table(
        values_table(
            levels[Level.C],
            "Nur mit Datum und Definition nebeneinander zu lesen, ohne Rang und ohne Diagramm.",
        ),
        value_table(known, together),
        title=f"{family.name} – Stufe C",
        notes={**source_notes(known, together), "Besonderheiten": " ".join(reasons)},
        key="stufe-c",
    )
if levels[Level.D]:
    together = pl.concat([found.rows for found in levels[Level.D]])
    st.subheader(f"Stufe D: {Level.D.name_de}")
    show.table(
        html.table(
            [html.text("Kennzahl"), html.text("Jobcenter"), html.text("Wert")],
            [
                [
                    html.text(name_of(found)),
                    html.text(known.area_name(row["jobcenter"])),
                    show.value_cell(row),
                ]
                for found in levels[Level.D]
                for row in found.rows.iter_rows(named=True)
            ],
            caption="Nur ein Jobcenter nennt diese Kennzahl mit diesem Merkmal; es gibt nichts, womit sie zu vergleichen wäre.",
            numeric_from=2,
        ),
        value_table(known, together),
        title=f"{family.name} – Stufe D",
        notes=source_notes(known, together),
        key="stufe-d",
    )
if not comparisons:
    show.missing(
        "Zu diesem Thema gibt es keine Werte.",
        "Eine Lieferung im Langformat mit diesen Kennzahlen füllt die Lücke.",
    )

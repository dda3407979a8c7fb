"""Vergleich: one subject at a time; what may be compared is compared, what may not is shown with its dates and the reason."""

from dataclasses import replace
from functools import partial

import polars as pl
import streamlit as st

from pages.charts.bars import compared_bars
from pages.charts.chart import Chart, source_notes, unit_and_direction
from pages.charts.dots import dated_dots
from pages.charts.reading import read_values
from pages.charts.tables import in_fixed_order, value_table
from pages.components import choose, html, show, subject
from pages.components.comparisons import compared
from pages.components.warehouse import catalog, observations, question
from warehouse.comparison import Comparison, Level
from warehouse.contradictions import concerning
from warehouse.formatting import format_dated, format_number
from warehouse.periods import period_ranges

NAMED = 6  # more values than a footnote can name
MANY = 30  # more values open only on a click
SAME_TIME = (
    "Alle Balken haben dieselbe Definition und gelten für denselben Zeitraum: Ihre Längen sind vergleichbar."
)
OTHER_TIMES = "Jeder Punkt hat sein eigenes Datum; wer weiter rechts steht, steht es nur zu dieser Zeit. Es gibt keinen Rang."
KINDS = ("ist", "plan", "soll", "prognose")

known = catalog()
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    known = catalog()  # with the areas just chosen
    subjects = {family.name: family.id for family in known.families.values()}
    family = known.families[
        choose.one_of(
            "Thema",
            subjects,
            key="thema",
            index=list(subjects.values()).index(known.pages["vergleich"].first_family),
        )
    ]
    choose.link_here("vergleich", jobcenter=[known.area_name(id_) for id_ in chosen], thema=family.name)
comparisons = compared(family.id, KINDS, tuple(chosen))
levels = {level: [found for found in comparisons if found.level is level] for level in Level}


def answer() -> str:
    """Say in one sentence what can be compared."""
    if levels[Level.A]:
        names = "; ".join(f"{name_of(found)} ({who(found)}, {found.period})" for found in levels[Level.A][:3])
        return f"Für denselben Zeitraum vergleichbar: {names}{' und weitere' if levels[Level.A][3:] else ''}."
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
    if len(chosen) == 1:
        return f"Gewählt ist nur {known.area_name(chosen[0])}. Ein Vergleich braucht ein zweites Jobcenter."
    return "Zu diesem Thema berichtet jedes Jobcenter etwas anderes. Die Werte sind nicht vergleichbar."


def who(found: Comparison) -> str:
    """Name the Jobcenter compared; all that are chosen need no names."""
    return (
        "alle gewählten"
        if set(found.jobcenters) == set(chosen)
        else ", ".join(map(known.area_name, found.jobcenters))
    )


def name_of(found: Comparison) -> str:
    """Return indicator and breakdown in words, with the kind where it is not the Ist."""
    kind = "" if found.kind == KINDS[0] else f" ({known.kinds[found.kind].name})"
    return known.quantity_name(found.indicator, found.breakdown) + kind


def subtitle(found: Comparison) -> str:
    """Return unit, direction and level as the line below a chart's title."""
    level = f"Stufe {found.level.value}: {found.level.name_de}"
    return f"{unit_and_direction(known, found.indicator)} · {level}"


def message(found: Comparison) -> str:
    """Return who has the highest and the lowest of the values of one period."""
    ordered = found.rows.sort("value")
    lowest, highest = ordered["jobcenter"][0], ordered["jobcenter"][-1]
    if ordered["contradicted"].any() or ordered["value"].n_unique() < ordered.height:
        return f"{name_of(found)} im selben Zeitraum"
    return (
        f"{name_of(found)}: {known.area_name(highest)} am höchsten, {known.area_name(lowest)} am niedrigsten"
    )


def country(found: Comparison) -> pl.DataFrame | None:
    """Return the value of Deutschland for the same part, time and source, for rates only."""
    if not known.unit(found.indicator).is_rate:
        return None
    whole = tuple(id_ for id_, region in known.regions.items() if region.kind == "bund")
    country = observations((found.indicator,), areas=whole, kinds=(found.kind,))
    same = ["breakdown", "period_start", "period_end", "time_concept", "source"]
    beside = country.filter(pl.col("value").is_not_null()).join(found.rows, on=same, how="semi")
    return beside if beside.height == 1 else None


def chart_of(found: Comparison) -> Chart:
    """Return bars for values of one period, dated dots for those of several."""
    if found.level is Level.A:
        drawn = compared_bars(
            known,
            found.rows,
            title=message(found),
            subtitle=subtitle(found),
            left_out=left_out(found),
            beside=country(found),
        )
        return replace(drawn, reading=read_values(known, found.rows, SAME_TIME))
    title = f"{name_of(found)} – zu verschiedenen Zeitpunkten"
    drawn = dated_dots(known, found.rows, title=title, subtitle=subtitle(found), left_out=left_out(found))
    return replace(drawn, reading=read_values(known, found.rows, OTHER_TIMES))


def left_out(found: Comparison) -> str:
    """Name the values of the same quantity that may not stand beside the others; many are only counted."""
    earlier, others = found.courses, found.others
    course = ""
    if earlier == 1:
        course = "1 Wert eines früheren oder späteren Monats steht unter Zeitreihen. "
    elif earlier:
        course = f"{format_number(earlier)} Werte früherer oder späterer Monate stehen unter Zeitreihen. "
    if others.height > NAMED:
        number = format_number(others.height)
        return f"{course}{number} weitere Werte mit anderem Zeitraum oder Zeitbezug stehen in der Tabelle darunter."
    told = [
        f"{known.area_name(row['jobcenter'])} {format_dated(known, row, concept=True)}"
        for row in others.iter_rows(named=True)
    ]
    named = f"Nicht im Diagramm (anderer Zeitraum oder Zeitbezug): {'; '.join(told)}." if told else ""
    return course + named


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
    head = ["Kennzahl", *map(known.area_name, chosen)]
    return html.table(head, body, caption=caption, figures_from=1)


def others_table(found: list[Comparison]) -> None:
    """Show the values of the compared quantities that may not stand beside them, each with its date."""
    others = [entry.others for entry in found if entry.others.height]
    if not others:
        return
    together = in_fixed_order(known, pl.concat(others))
    body = [
        [
            html.text(known.quantity_name(row["indicator"], row["breakdown"])),
            html.text(known.area_name(row["jobcenter"])),
            show.value_cell(row),
        ]
        for row in together.iter_rows(named=True)
    ]
    caption = "Weitere Werte dieser Kennzahlen mit anderem Zeitraum oder Zeitbezug; nicht mit den Diagrammen zu vergleichen."
    with st.expander(f"Weitere Werte ({len(body)})", expanded=len(body) <= NAMED):
        show.table(
            html.table(["Kennzahl", "Jobcenter", "Wert"], body, caption=caption, figures_from=2),
            value_table(known, together),
            title=f"{family.name} – weitere Werte",
            notes=source_notes(known, together),
            key="weitere",
        )


def alone_rows(found: Comparison) -> list[list[html.Html]]:
    """Return what only one Jobcenter reports as table rows: of each series its newest value and for which periods there are
    more."""
    series = found.rows.partition_by("jobcenter", "time_concept", "source", maintain_order=True)
    rows = []
    for own in series:
        newest = own.sort("period_end", maintain_order=True).row(-1, named=True)
        several = own.select("period_start", "period_end").unique().height > 1
        times = period_ranges(own.select("period_start", "period_end").iter_rows())
        note = html.muted(f"{own.height} Werte: {times}") if several else html.EMPTY
        name = html.text(known.area_name(newest["jobcenter"]))
        rows.append([html.text(name_of(found)), name, show.value_cell(newest, note=note)])
    return rows


with top:
    show.head(family.question or family.name, answer())
subject.show_charts(
    [partial(chart_of, found) for found in levels[Level.A] + levels[Level.B]],
    key=f"vergleich-{family.id}",
)
others_table(levels[Level.A] + levels[Level.B])
if levels[Level.C]:
    together = pl.concat([found.rows for found in levels[Level.C]])
    reasons = {
        group.reason: None
        for found in levels[Level.C]
        if (group := known.similar_to(found.indicator, found.breakdown))
    }
    st.header(f"Stufe C: {Level.C.name_de}")
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
    body = [row for found in levels[Level.D] for row in alone_rows(found)]
    caption = (
        "Nur eines der gewählten Jobcenter nennt diese Angabe in dieser Art (Ist, Plan, Soll, Prognose); "
        "sie ist mit nichts zu vergleichen. Von mehreren Zeiträumen steht hier der neueste Wert, alle stehen unter »Als Tabelle«."
    )
    alone = not (levels[Level.A] or levels[Level.B] or levels[Level.C])
    with st.expander(
        f"Stufe D: {Level.D.name_de} ({together.height} Angaben)", expanded=alone and together.height <= MANY
    ):
        show.table(
            html.table(["Kennzahl", "Jobcenter", "Wert"], body, caption=caption, figures_from=2),
            value_table(known, together),
            title=f"{family.name} – Stufe D",
            notes=source_notes(known, together),
            key="stufe-d",
        )
recorded = question("known_contradictions")
concerned = [
    (found.jobcenters, found.indicator, found.breakdown)
    for level in (Level.A, Level.B, Level.C)
    for found in levels[level]
]
if concerned:
    show.contradictions(concerning(recorded, concerned).unique(maintain_order=True))
if not comparisons:
    show.missing(
        "Zu diesem Thema gibt es keine Werte.",
        "Eine Lieferung im Langformat mit diesen Kennzahlen füllt die Lücke.",
    )

"""Zeitreihen: every series of two or more periods; one quantity as small multiples, or all of them at a glance."""

import polars as pl
import streamlit as st

from pages.charts.changes import CHANGES_NOTE, change_table, told
from pages.charts.chart import source_notes, unit_and_direction
from pages.charts.lines import series_panels
from pages.charts.tables import in_fixed_order
from pages.charts.years import chart_unit
from pages.components import choose, html, show
from pages.components.series_rows import change_row, overview_cells
from pages.components.warehouse import catalog, known_series, observations, question
from warehouse.contradictions import contradictions_of
from warehouse.periods import period_label
from warehouse.spans import spans, without_series
from warehouse.trends import trends

OVERVIEW = "Alle Zeitreihen (Übersicht)"
NEWEST = 13
"""A month and the twelve before it: more rows nobody reads beside a chart."""
LENGTHS = {0: "Tage", 1: "Monate", 3: "Quartale", 12: "Jahre"}

known = catalog()
several = known_series().filter(pl.col("periods") > 1, pl.col("jobcenter").is_in(list(known.jobcenters)))
formulas = [id_ for id_, entry in known.indicators.items() if entry.formula]
rows = observations(tuple(sorted({*several["indicator"], *formulas})))
every = in_fixed_order(known, trends(known, rows, every_value=True))
order = {id_: number for number, id_ in enumerate(known.indicators)}
existing = every.select("indicator", "breakdown").unique().iter_rows()
quantities = sorted(existing, key=lambda key: (order[key[0]], key[1]))


top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    options = {OVERVIEW: ("", "")} | {
        known.quantity_name(*quantity, coded=True): quantity for quantity in quantities
    }
    label = st.selectbox("Kennzahl", list(options), key="kennzahl", bind="query-params")
    indicator, breakdown = options[label]
    explained = "Jedes Feld erhält seine eigene senkrechte Achse; Höhen sind dann nicht vergleichbar."
    own_scale = choose.switch("Eigene Skala", key="skala", help=explained) if indicator else False
    names = [known.area_name(id_) for id_ in chosen]
    choose.link_here("zeitreihen", jobcenter=names, kennzahl=label, skala="true" if own_scale else "")
points = every.filter(pl.col("jobcenter").is_in(chosen))
of_quantity = (pl.col("indicator") == indicator) & (pl.col("breakdown") == breakdown)


def overview() -> None:
    """Show all series as a table: quantities as rows, the chosen Jobcenter as columns."""
    body: list[list[html.Html] | html.Section] = []
    cells = overview_cells(points)
    drawn = set(points.select("indicator", "breakdown").unique().iter_rows())
    for topic in known.topics.values():
        own = [key for key in quantities if key in drawn and known.indicator(key[0]).topic == topic.id]
        body += [html.Section(topic.name)] if own else []
        for key in own:
            name = known.quantity_name(*key, coded=True)
            linked = html.link(html.text(name), "zeitreihen", "Zeitreihe zeigen", kennzahl=name)
            body.append([linked, *(cells.get((id_, *key), html.NOTHING) for id_ in chosen)])
    show.table(
        html.table(
            ["Kennzahl", *names],
            body,
            figures_from=1,
            caption="Neuester Wert jeder Reihe, darunter die Zeit vom ersten bis zu diesem Wert. Die Kennzahl führt zur "
            "Zeitreihe, der Wert zum Nachweis. – bedeutet: keine zwei Zeitpunkte.",
        ),
        change_table(known, points),
        title="Alle Zeitreihen",
        notes=source_notes(known, points),
        key="uebersicht",
    )


def changes(own: pl.DataFrame) -> None:
    """Show the values of a chart with their changes, a section per Jobcenter and kind."""
    rate = known.unit(indicator).is_rate
    body: list[list[html.Html] | html.Section] = []
    for (area, kind), part in own.group_by("jobcenter", "kind", maintain_order=True):
        body.append(html.Section(f"{known.area_name(str(area))} · {known.kinds[str(kind)].name}"))
        body += [change_row(row, rate=rate) for row in part.tail(NEWEST).iter_rows(named=True)]
    head = ["Zeitraum", "Wert", "Veränderung", *(() if rate else ("in Prozent",))]
    longest = own.group_by("jobcenter", "kind").len()["len"].max() or 0
    caption = "Werte und ihre Veränderung zum vorigen Zeitraum"
    caption += (
        f"; die neuesten {NEWEST} Zeiträume, alle stehen unter »Als Tabelle«"
        if int(str(longest)) > NEWEST
        else ""
    )
    st.html(html.table(head, body, caption=caption, figures_from=1).text)
    signs = "– nicht berechnet (erster, ungefährer oder widersprüchlicher Wert)"
    show.footnotes({"Eigene Berechnung": CHANGES_NOTE, "Zeichen": signs})


def beside(own: pl.DataFrame) -> pl.DataFrame | None:
    """Return the series of the regions that stand beside the same series of the chosen Jobcenter; of rates only."""
    if not known.unit(indicator).is_rate:
        return None
    regions = trends(known, observations((indicator,), areas=tuple(known.regions)))
    series = ["breakdown", "time_concept", "months", "kind", "source"]
    near = [
        pl.col("jobcenter").is_in([id_ for id_ in known.regions if known.stands_beside(id_, area, source)])
        & (pl.col("source") == source)
        for area, source in own.select("jobcenter", "source").unique().iter_rows()
    ]
    found = regions.join(own, on=series, how="semi").filter(pl.any_horizontal(near))
    return found if found.height else None


def quantity() -> None:
    """Show one quantity: a chart and its changes per time concept, those with Ist first."""
    shown = points.filter(of_quantity)
    name = known.quantity_name(indicator, breakdown)
    aimed_only = ~(pl.col("kind") == "ist").any().over("time_concept", "months")
    for (concept, months), own in shown.sort(aimed_only, maintain_order=True).group_by(
        "time_concept", "months", maintain_order=True
    ):
        length = LENGTHS.get(int(str(months)), f"je {months} Monate")
        time = f"{known.time_concepts[str(concept)].name}, Zeitpunkte: {length}"
        subtitle = unit_and_direction(known, indicator, time, unit=chart_unit(known, indicator))
        told_spans = [told(known, span) for span in spans(known, own).iter_rows(named=True)]
        title = f"{name}: {told_spans[0]}" if own["jobcenter"].n_unique() == 1 else f"{name} im Zeitverlauf"
        left, right = st.columns(2, gap="medium")
        with left:
            drawn = series_panels(
                known, own, title=title, subtitle=subtitle, own_scale=own_scale, beside=beside(own)
            )
            show.chart(drawn, key=f"{concept}-{months}")
        with right:
            changes(own)


def absent() -> None:
    """Name the chosen Jobcenter without a series of the quantity, and what would give them one."""
    told_absent = []
    found = without_series(rows.filter(of_quantity), points.filter(of_quantity), chosen)
    for row in found.iter_rows(named=True):
        newest = period_label(row["period_start"], row["period_end"]) if row["figures"] else ""
        several = f"{row['figures']} Angaben ohne gleichen Zeitbezug, zuletzt {newest}"
        what = "kein Wert" if not newest else f"nur {newest}" if row["figures"] == 1 else several
        told_absent.append(f"{known.area_name(row['jobcenter'])} ({what})")
    if told_absent:
        name = known.indicator(indicator).name
        remedy = f"Eine Lieferung im Langformat mit »{name}« für zwei gleich lange Zeiträume füllt die Lücke."
        show.missing(f"Keine Zeitreihe: {', '.join(told_absent)}.", remedy)


def answer() -> str:
    """Say in one sentence what moved, or how many series there are."""
    if indicator:
        own = points.filter(of_quantity)
        measured = own.filter(pl.col("kind") == "ist")
        courses = [
            told(known, span)
            for span in spans(known, measured if measured.height else own).iter_rows(named=True)
        ]
        only_aims = (
            " Gemessene Werte zu zwei Zeitpunkten gibt es nicht." if courses and not measured.height else ""
        )
        return f"{label}: {'; '.join(courses) or 'keine Zeitreihe'}.{only_aims}"
    lines = spans(known, points)
    without = [known.area_name(id_) for id_ in chosen if id_ not in points["jobcenter"].to_list()]
    none = f" Keine zwei Zeitpunkte zu einer Kennzahl: {', '.join(without)}." if without else ""
    return (
        f"Es gibt {lines.height} Zeitreihen zu {points.select('indicator', 'breakdown').n_unique()} "
        f"Kennzahlen, die längste mit {lines['points'].max() or 0} Zeitpunkten.{none}"
    )


with top:
    show.head("Wie hat es sich entwickelt?", answer())
if indicator:
    quantity()
    absent()
    show.contradictions(contradictions_of(question("known_contradictions"), chosen, indicator, breakdown))
else:
    overview()

"""Zeitreihen: every series of two or more periods; one quantity as small multiples, or all of them at a glance."""

import polars as pl
import streamlit as st

from pages.charts.changes import most_moved, span_of_all, told, told_together
from pages.charts.tables import in_fixed_order
from pages.components import choose, course_views, show
from pages.components.absent_quantity import say_why_absent
from pages.components.change_rows import change_rows
from pages.components.course import View, say_trend
from pages.components.course_peers import comparator, peers
from pages.components.courses import concepts, course, events_in, every_series, points_of, quantities
from pages.components.series_overview import overview, overview_answer
from pages.components.span_table import span_table
from pages.components.warehouse import catalog, observations, question
from warehouse.catalog import load_catalog
from warehouse.contradictions import contradictions_of
from warehouse.periods import period_label
from warehouse.spans import spans, without_series
from warehouse.trends import trends

OVERVIEW = "Alle Zeitreihen (Übersicht)"
LENGTHS = {0: "Tage", 1: "Monate", 3: "Quartale", 12: "Jahre"}

known = catalog()
top = st.container()
missed = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    known = catalog()  # with the areas just chosen
    options = {OVERVIEW: ("", "")} | {
        known.quantity_name(*key, coded=True): key for key in quantities(chosen)
    }
    with missed:
        say_why_absent(options)
    label = choose.one_of("Kennzahl", {each: each for each in options}, key="kennzahl")
    indicator, breakdown = options[label]
    group = comparator() if indicator else ""
    link = st.container(width="content")


def parts(points: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the points of each time concept and length: those with Ist before others, the most points first."""
    split = points.partition_by("time_concept", "months", maintain_order=True)
    return sorted(split, key=lambda part: (not (part["kind"] == "ist").any(), -part.height))


def measured_spans(points: pl.DataFrame) -> pl.DataFrame:
    """Return the measured series among the points of one chart; where none is measured, all."""
    measured = points.filter(pl.col("kind") == "ist")
    return spans(known, measured if measured.height else points)


def message(lines: pl.DataFrame) -> str:
    """Return what a chart shows: the course of its only series, else how many rose and fell."""
    if lines.height == 1:
        return told(known, lines.row(0, named=True))
    alone = lines["kind"].n_unique() == 1 and lines["jobcenter"].is_unique().all()
    return f"{told_together(lines)} ({span_of_all(lines)})" if alone else f"{lines.height} Reihen"


def answer(split: list[pl.DataFrame]) -> str:
    """Say in at most two sentences what moved; where each series began and ended stands in the table beside its chart."""
    if not split:
        return f"{label}: keine Zeitreihe."
    lines = measured_spans(split[0])
    most = most_moved(known, lines) if lines.height > 1 else None
    further = f" Am stärksten bewegt: {told(known, most)}." if most else ""
    only_aims = (
        "" if (split[0]["kind"] == "ist").any() else " Gemessene Werte zu zwei Zeitpunkten gibt es nicht."
    )
    return f"{label}: {message(lines)}.{only_aims or further}"


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


def quantity(own: pl.DataFrame, view: str, further: str, *, own_scale: bool) -> None:
    """Show the points of one time concept: the chart, beside it trend and table of the series, their values folded away."""
    name = known.quantity_name(indicator, breakdown)
    lines = spans(known, own)
    months = own["months"][0]
    title = f"{name}: {message(measured_spans(own))}"
    held = peers(group, own, bases[base]) if group and months == 1 else None
    key = f"{own['time_concept'][0]}-{months}"
    shown = View(own, name, title, time_of(own), key, own_scale, beside(own), events_in(own), held)
    for reason, names in held.missing.items() if held else ():
        show.missing(f"Keine Vergleichsgruppe für {names}.", reason)
    left, right = st.columns(2, gap="medium")
    with left:
        course_views.draw(view, further, shown)
    with right:
        say_trend(shown)
        if lines.height > 1:
            st.html(span_table(lines).text)
        with st.expander("Werte und ihre Veränderung"):
            change_rows(own)


def time_of(own: pl.DataFrame) -> str:
    """Return time concept and length of the points of one chart in words."""
    months = own["months"][0]
    length = LENGTHS.get(months, f"je {months} Monate")
    return f"{known.time_concepts[own['time_concept'][0]].name}, Zeitpunkte: {length}"


def absent(rows: pl.DataFrame, points: pl.DataFrame) -> None:
    """Name the chosen Jobcenter without a series of the quantity, and what would give them one."""
    said = []
    for row in without_series(rows, points, chosen).iter_rows(named=True):
        newest = period_label(row["period_start"], row["period_end"]) if row["figures"] else ""
        several = f"{row['figures']} Angaben ohne gleichen Zeitbezug, zuletzt {newest}"
        what = "kein Wert" if not newest else f"nur {newest}" if row["figures"] == 1 else several
        said.append(f"{known.area_name(row['jobcenter'])} ({what})")
    if said:
        name = known.indicator(indicator).name
        remedy = f"Eine Lieferung im Langformat mit »{name}« für zwei gleich lange Zeiträume füllt die Lücke."
        show.missing(f"Keine Zeitreihe: {', '.join(said)}.", remedy)


if indicator:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        delivered = course(indicator, breakdown, "", chosen)
        view = choose.segment("Ansicht", course_views.VIEWS, key="ansicht")
        bases = concepts(indicator, delivered)
        base = choose.one_of("Zeitbezug", {name: name for name in bases}, key="zeitbezug")
        rows = course(indicator, breakdown, bases[base], chosen)
        points = in_fixed_order(known, points_of(rows))
        further = course_views.option(view, points)
        explained = "Jedes Feld erhält seine eigene senkrechte Achse; Höhen sind dann nicht vergleichbar."
        own_scale = choose.switch("Eigene Skala", key="skala", help=explained)
    with top:
        show.head("Wie hat es sich entwickelt?", answer(split := parts(points)))
    for number, own in enumerate(split):
        with st.container() if number == 0 else st.expander(time_of(own)):
            quantity(own, view, further, own_scale=own_scale)
    absent(rows, points)
    show.contradictions(contradictions_of(question("known_contradictions"), chosen, indicator, breakdown))
    linked = {
        "vergleichsgruppe": st.session_state["vergleichsgruppe"],
        "ansicht": view,
        "zeitbezug": base,
        "skala": "true" if own_scale else "",
    }
    linked |= {"start" if view == course_views.INDEX else "gegen": further} if further else {}
else:
    every, linked = every_series(chosen), {}
    with top:
        show.head("Wie hat es sich entwickelt?", overview_answer(every, chosen))
    overview(every, quantities(chosen), chosen)
own_ids = [id_ for id_ in chosen if id_ in load_catalog().jobcenters]
names = [known.area_name(id_) for id_ in own_ids]
guests = [known.area_name(id_) for id_ in chosen if id_ not in own_ids]
with link:
    choose.link_here(
        "zeitreihen", jobcenter=[known.area_name(id_) for id_ in chosen], kennzahl=label, **linked
    )

"""Zeitreihen: every series of two or more periods; one quantity as small multiples, or all of them at a glance."""

import polars as pl
import streamlit as st

from pages.charts.changes import told
from pages.charts.tables import in_fixed_order
from pages.components import choose, course_views, show
from pages.components.change_rows import change_rows
from pages.components.course import View, say_trend
from pages.components.course_peers import comparator, further_areas, peers
from pages.components.courses import concepts, course, events_in, points_of, quantities
from pages.components.series_overview import overview, overview_answer
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
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    options = {OVERVIEW: ("", "")} | {known.quantity_name(*key, coded=True): key for key in quantities()}
    label = choose.one_of("Kennzahl", {each: each for each in options}, key="kennzahl")
    indicator, breakdown = options[label]
    group = comparator() if indicator else ""
    link = st.container(width="content")


def answer(points: pl.DataFrame) -> str:
    """Say in one sentence what moved."""
    measured = points.filter(pl.col("kind") == "ist")
    if bases[base] and (measured["months"] == 1).any():  # of a whole year December says the same
        measured = measured.filter(pl.col("months") == 1)
    lines = spans(known, measured if measured.height else points).iter_rows(named=True)
    courses = [told(known, span) for span in lines]
    only_aims = (
        " Gemessene Werte zu zwei Zeitpunkten gibt es nicht." if courses and not measured.height else ""
    )
    return f"{label}: {'; '.join(courses) or 'keine Zeitreihe'}.{only_aims}"


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


def quantity(points: pl.DataFrame, view: str, further: str, *, own_scale: bool) -> None:
    """Show one quantity: a chart and its changes per time concept, those with Ist first."""
    name = known.quantity_name(indicator, breakdown)
    aimed_only = ~(pl.col("kind") == "ist").any().over("time_concept", "months")
    for (concept, months), own in points.sort(aimed_only, maintain_order=True).group_by(
        "time_concept", "months", maintain_order=True
    ):
        length = LENGTHS.get(int(str(months)), f"je {months} Monate")
        time = f"{known.time_concepts[str(concept)].name}, Zeitpunkte: {length}"
        alone = own["jobcenter"].n_unique() == 1
        title = told(known, spans(known, own).row(0, named=True)) if alone else ""
        title = f"{name}: {title}" if alone else f"{name} im Zeitverlauf"
        held = peers(group, own, bases[base]) if group and months == 1 else None
        shown = View(
            own, name, title, time, f"{concept}-{months}", own_scale, beside(own), events_in(own), held
        )
        for reason, names in held.missing.items() if held else ():
            show.missing(f"Keine Vergleichsgruppe für {names}.", reason)
        left, right = st.columns(2, gap="medium")
        with left:
            course_views.draw(view, further, shown)
        with right:
            say_trend(shown)
            change_rows(own)


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
        chosen += further_areas()
        known = catalog()  # with the areas just chosen
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
        show.head("Wie hat es sich entwickelt?", answer(points))
    quantity(points, view, further, own_scale=own_scale)
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
    linked = {}
    with top:
        show.head("Wie hat es sich entwickelt?", overview_answer(chosen))
    overview(chosen)
own_ids = [id_ for id_ in chosen if id_ in load_catalog().jobcenters]
names = [known.area_name(id_) for id_ in own_ids]
guests = [known.area_name(id_) for id_ in chosen if id_ not in own_ids]
with link:
    choose.link_here(
        "zeitreihen", jobcenter=[known.area_name(id_) for id_ in chosen], kennzahl=label, **linked
    )

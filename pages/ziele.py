"""Ziele: Soll, Prognose and Vorjahr beside the Ist of the same series; what no Ist answers stands in a table below."""

from dataclasses import replace

import polars as pl
import streamlit as st

from pages.charts.bullets import bullets, deviations
from pages.charts.chart import Chart, source_notes, unit_and_direction
from pages.charts.path_words import needed_words, path_title, standing
from pages.charts.reading import read_deviations, read_targets
from pages.charts.tables import in_fixed_order, value_table
from pages.charts.verdicts import (
    DEVIATION_NOTE,
    as_values,
    distance,
    kind_names,
    reached_words,
    tallied,
    target_sentences,
    target_table,
)
from pages.charts.years import chart_unit
from pages.components import choose, html, show
from pages.components.comments import known_comments
from pages.components.hand_in import show_saved
from pages.components.target_path import KEY, choose_target, show_way
from pages.components.target_rows import judged_row, open_row
from pages.components.warehouse import catalog, kept, known_series, observations, question
from warehouse.catalog import Indicator
from warehouse.comments import comment_notes
from warehouse.contradictions import contradictions_of
from warehouse.paths import TargetPath, with_months
from warehouse.schema import Row
from warehouse.targets import AIMS, charted, targets, without_actual

GROUPS = {
    "soll": "Vereinbarte und eigene Ziele",
    "prognose": "Prognosen",
    "plan": "Pläne",
    "standard": "Standards ohne Datum",
}

known = catalog()
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen_areas = choose.all_or_one_jobcenter()
    known = catalog()  # with the one just chosen
    area = chosen_areas[0] if len(chosen_areas) == 1 else ""
    five = list(known.jobcenters)
    aims = known_series().filter(pl.col("kind").is_in(AIMS), pl.col("jobcenter").is_in(five))
    aimed = set(aims["indicator"])
    series = tuple(sorted(aimed | {f"{id_}.soll-abw" for id_ in aimed if "." not in id_}))
    every = kept(
        "targets", series, tuple(five), answer=lambda: targets(known, observations(series, keep=False))
    )
    found = every.filter(pl.col("jobcenter") == area) if area else every
    keys = [charted(found), with_months(known, found, known_series())]
    options = {
        known.quantity_name(*key, coded=True): key
        for each in keys
        for key in each.select("indicator", "breakdown").iter_rows()
    }
    label = choose.one_of("Kennzahl", {each: each for each in options}, key="kennzahl") if options else ""
    choose.link_here(
        "ziele",
        jobcenter=known.area_name(area) if area else choose.ALL,
        kennzahl=label,
        soll=st.session_state.get(KEY, ""),
        art=st.session_state.get("art", ""),
    )


def answer(target: Row | None, path: TargetPath | None) -> str:
    """Say where the chosen Soll stands, how the quantity came out, and how many targets can be judged at all."""
    ahead = ""
    if target and path:
        words = standing if path.is_closed else needed_words
        ahead = f"{path_title(known, target, path)}. {words(known, target, path)} "
    reached = []
    if label:
        indicator, breakdown = options[label]
        own = found.filter(pl.col("indicator") == indicator, pl.col("breakdown") == breakdown)
        reached = target_sentences(known, own)
        reached = reached if len(reached) == 1 else [tallied(own)] if reached else []
    first = f"{ahead}{label}: {'; '.join(reached)}. " if reached else ahead
    what, actuals = f"{found.height} Soll-, Prognose-, Plan- und Vorjahreswerten", found["actual"].count()
    if not actuals:
        return f"{first}Zu keinem von {what} gibt es ein Ist derselben Reihe."
    whole = "Über alle Kennzahlen: " if reached and len(options) > 1 else ""
    return f"{first}{whole}Zu {actuals} von {what} gibt es ein Ist derselben Reihe; {tallied(found)}."


def quantity(indicator: str, breakdown: str) -> tuple[Row | None, TargetPath | None]:
    """Show the targets of one quantity as bullets, deviations and table; return the Soll whose way is shown below, and its
    path where it has one."""
    own = as_values(found.filter(pl.col("indicator") == indicator, pl.col("breakdown") == breakdown))
    entry, reached, read = (
        known.indicator(indicator),
        target_sentences(known, own),
        known.direction_name(indicator),
    )
    name = known.quantity_name(indicator, breakdown)
    aims, unit = " und ".join(kind_names(known, own)), chart_unit(known, indicator)
    message = reached_words(known, own) or f"{aims} ohne Ist"
    subtitle = unit_and_direction(known, indicator, unit=unit, reading=True)
    under_way = not reached and with_months(known, own, known_series()).height == own.height
    if not under_way:  # nothing but a year that is not over: its way below says everything
        drawn = bullets(known, own, title=f"{name}: {message}", subtitle=subtitle)
        drawn = replace(drawn, reading=read_targets(known, own))
        both_charts(drawn, own, entry, aims, reached=bool(reached))
    if reached:
        with st.expander("Ziel und Ist jedes Jobcenters"):
            judged_table(name, read, own)
    solls = own.filter(dated_soll())
    target = choose_target(solls) if solls.height else None
    path = show_way(target) if target else None
    recorded = question("known_contradictions")
    show.contradictions(contradictions_of(recorded, [area] if area else five, indicator, breakdown))
    return target, path


def both_charts(drawn: Chart, own: pl.DataFrame, entry: Indicator, aims: str, *, reached: bool) -> None:
    """Show the bullets and beside them the deviations, or that there is no Ist."""
    if drawn.is_confidential:  # above both charts, so that they begin at the same height
        st.html(show.intern(drawn.is_confidential).text)
    left, right = st.columns(2, gap="medium")
    with left:
        show.chart(drawn, key="soll-ist", marked=True)
    with right:
        if not reached:
            remedy = f"Eine Lieferung im Langformat mit »{entry.name}« (Art Ist, gleicher Zeitraum) füllt die Lücke."
            show.missing(f"Zu {aims} nennt kein Dokument ein Ist derselben Reihe.", remedy)
            return
        unit = known.unit(entry.id).differs_in or chart_unit(known, entry.id)
        title = f"{known.quantity_name(*options[label])}: {distance(own)}"
        subtitle = unit_and_direction(known, entry.id, unit=unit, reading=True)
        apart = deviations(known, own, title=title, subtitle=subtitle)
        show.chart(replace(apart, reading=read_deviations(known, own)), key="abweichung", marked=True)


def dated_soll() -> pl.Expr:
    """Return the condition of a Soll with an amount and a date of its own."""
    has_amount = pl.col("target").is_not_null() & (pl.col("time_concept") != "dokumentstand")
    return (pl.col("kind") == "soll") & has_amount


def judged_table(name: str, read: str, own: pl.DataFrame) -> None:
    """Show the targets of a quantity with their Ist as a table, a section per Jobcenter."""
    body: list[list[html.Html] | html.Section] = []
    for (id_,), part in own.group_by("jobcenter", maintain_order=True):
        body.append(html.Section(known.area_name(str(id_))))
        body += [judged_row(row) for row in part.iter_rows(named=True)]
    aim = "/".join(kind_names(known, own))
    head = ("Zeitraum", aim, "Ist", "Abweichung", "nachgerechnet", "gedruckt", "Bewertung")
    caption = f"{name}: {aim} und Ist derselben Reihe. Prozentangaben: Abweichung in Prozent der Spalte {aim}. Bewertung: {read}."
    show.table(
        html.table(head, body, caption=caption, figures_from=1),
        target_table(known, own),
        title=f"{name}: {aim} und Ist",
        notes={**source_notes(known, own), "Eigene Berechnung": DEVIATION_NOTE},
        key="tabelle",
        remarks=comment_notes(known, known_comments(five, *options[label])),
    )


def unanswered() -> None:
    """Show the targets without Ist, one kind at a time."""
    left_over = without_actual(found)
    counts = {group: left_over.filter(pl.col("group") == group).height for group in GROUPS}
    present = [GROUPS[group] for group, count in counts.items() if count]
    st.header("Ziele, Prognosen und Pläne ohne Ist")
    if not present:
        st.markdown("Zu allen Zielen gibt es ein Ist.")
        return
    st.markdown(" · ".join(f"{GROUPS[group]}: {count}" for group, count in counts.items() if count))
    chosen = choose.segment("Art", present, key="art")
    group = next(id_ for id_, name in GROUPS.items() if name == chosen)
    by_place = as_values(left_over.filter(pl.col("group") == group)).sort("place", maintain_order=True)
    own = in_fixed_order(known, by_place)
    for (id_,), part in own.group_by("jobcenter", maintain_order=True):
        name = known.area_name(str(id_))
        with st.container() if area else st.expander(f"{name}: {part.height}"):
            caption = f"{name}, {chosen}: ohne Ist derselben Reihe und Zeit"
            head = ("Kennzahl", "Wert", "Fundstelle und Anmerkung")
            body = [open_row(row) for row in part.iter_rows(named=True)]
            st.html(html.table(head, body, caption=caption).text)
    notes = source_notes(known, own)
    show.footnotes(notes)
    table = value_table(known, own).with_columns(own["target_note"].alias("Anmerkung"))
    show.twin(table, title=f"{chosen} ohne Ist", notes=notes, key="offen")


chosen = quantity(*options[label]) if label else (None, None)
with top:
    show_saved()
    show.head("Wurden die Ziele erreicht?", answer(*chosen))
if not label:
    show.missing(
        f"Für {known.area_name(area)} gibt es zu keinem Ziel ein Ist und keine zwei Ziele derselben Kennzahl.",
        "Eine Lieferung im Langformat mit Soll und Ist derselben Reihe füllt die Lücke.",
    )
unanswered()

"""Vergleichstyp: one Jobcenter, any of all, against its group – and each of the five against its own."""

import streamlit as st

from pages.charts.chart import unit_and_direction
from pages.charts.scatter import scatter
from pages.charts.slopes import slopes
from pages.charts.strips import strips
from pages.components import choose, html, own_groups, peers, show, standing_rows
from pages.components.absent_quantity import say_why_absent
from pages.components.warehouse import catalog
from warehouse.areas import JOBCENTER, names_of, of_level
from warehouse.comparators import comparators
from warehouse.periods import period_label
from warehouse.standing import NO_GROUP, Standing
from warehouse.standing_words import (
    answer,
    broken_text,
    corridor_method,
    percentile_text,
    quantity_of,
    rank_text,
)

COMMON, NEWEST = "Letzter gemeinsamer", "Jeweils neuester"
QUESTION = "Wo stehen wir im Vergleichstyp?"

known = catalog()
names = peers.names()
top = st.container()


def first_quantity(options: dict[str, tuple[str, str]]) -> int:
    """Return the place of what is shown before anything is chosen: the first declared one that is there."""
    wanted = [*((id_, "") for id_ in known.pages["vergleichstyp"].first_of), *options.values()]
    there = list(options.values())
    return next((there.index(each) for each in wanted if each in there), 0)


missed = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    area = choose.any_jobcenter(names_of(of_level(peers.areas(), JOBCENTER)))
    options = {
        known.quantity_name(*key, coded=True): key for key, number in peers.quantities().items() if number > 1
    }
    label = ""
    with missed:
        say_why_absent(options)
    if options:
        indicator, breakdown = choose.one_of(
            "Kennzahl", options, key="kennzahl", index=first_quantity(options)
        )
        label = known.quantity_name(indicator, breakdown, coded=True)
    saved, broken = peers.saved_groups()
    groups = comparators(known, saved)
    comparator = choose.one_of("Vergleichsgruppe", groups, key="vergleichsgruppe")
    there = peers.offer(indicator, breakdown) if options else None
    ats = there.ats(indicator, breakdown) if there else []
    concepts = {at.time_concept for at in ats}
    dated = {standing_rows.period_name(known, at, several=len(concepts) > 1): at for at in ats}
    chosen = choose.one_of("Zeitraum", {name: name for name in (COMMON, NEWEST, *dated)}, key="zeitraum")
    group_label = next(name for name, id_ in groups.items() if id_ == comparator)
    choose.link_here(
        "vergleichstyp", jobcenter=names[area], kennzahl=label, vergleichsgruppe=group_label, zeitraum=chosen
    )
own_groups.edit(names, taken=tuple(comparators(known)), broken=broken)


def strip_of(shown: peers.View) -> None:
    """Show the main chart: every member of the group, ours highlighted."""
    standing = shown.standing
    title = f"{names[area]}: {rank_text(standing)}"
    if percentile := percentile_text(standing):
        title += f" – {percentile}"
    subtitle = f"{quantity_of(known, standing)} · {standing_rows.subtitle(known, standing)}"
    show.chart(
        strips(known, [standing], names, title=title, subtitle=subtitle, level=shown.level, lane=150),
        key="strip",
    )
    show.reading(standing_rows.strip_reading(known, standing, names))


def facts(shown: peers.View) -> None:
    """Show value, median, distance, rank, group value and corridor with their names."""
    found = peers.corridor_of(shown, comparator)
    st.html(standing_rows.facts_table(known, shown.standing, found, names).text)
    show.footnotes({"Eigene Berechnung": corridor_method(found)})


def all_groups(shown: peers.View) -> None:
    """Show the position under every comparator at once."""
    every = [peers.standing_of(shown, id_, area) for id_ in groups.values()]
    st.header("Hält das Ergebnis in anderen Gruppen?")
    st.html(standing_rows.robustness_table(known, every, names).text)
    for each in every:
        if each.group.likeness:
            with st.expander("Wie ähnlich sind die Strukturähnlichen?"):
                st.html(standing_rows.likeness_table(known, each.group.likeness, names).text)


def in_own_groups(shown: peers.View) -> list[Standing]:
    """Return how the five stand, each in its own group; the chosen one first where it is none of them."""
    of = dict.fromkeys((area, *known.jobcenters)) if area not in known.jobcenters else known.jobcenters
    return [peers.standing_of(shown, comparator, id_) for id_ in of]


def each_in_its_group(shown: peers.View, drawn: list[Standing]) -> None:
    """Show the five as strips below each other, each with its own peers."""
    st.header("Jedes Jobcenter in seiner Gruppe")
    title = standing_rows.five_title(drawn)
    subtitle = f"{quantity_of(known, shown.standing)} · {standing_rows.subtitle(known, shown.standing, several=True)}"
    show.chart(strips(known, drawn, names, title=title, subtitle=subtitle, level=shown.level), key="five")
    valued = [each for each in drawn if each.spread and each.value is not None]
    show.reading(standing_rows.strip_reading(known, valued[0], names) if valued else "")
    st.caption(
        "Unterschiedliche Vergleichsgruppen: Ränge verschiedener Zeilen sind nicht miteinander zu vergleichen."
    )


def other_groups(shown: peers.View, every: list[Standing]) -> None:
    """Show the five in their own groups beside the chosen one in all groups."""
    drawn = [each for each in every if each.group.members and each.peers["shown"].count()]
    differ = len({each.group.members for each in drawn}) > 1
    left, right = st.columns(2, gap="medium") if differ else (st.container(), st.container())
    if differ:
        with left:
            each_in_its_group(shown, drawn)
    if shown.standing.value is not None:
        with right:
            all_groups(shown)


def movements(shown: peers.View) -> None:
    """Show who moved since the same period a year before."""
    moved = peers.moved(shown.standing, shown.level)
    at = moved.before.at
    st.header("Wer hat sich seit dem Vorjahr bewegt?")
    if moved.pairs.is_empty() and moved.broken:
        st.caption(html.plain(broken_text(moved, names)))
        return
    if moved.pairs.is_empty():
        month = period_label(at.start, at.end)
        delivery = known.delivery_for(shown.at.indicator, shown.at.breakdown).name
        what = f"Für {month} gibt es keinen Wert."
        standing_rows.to_loading(f"{what} Die Lieferung »{delivery}« mit diesem Zeitraum füllt die Lücke.")
        return
    title = standing_rows.slope_title(known, moved, names)
    subtitle = f"{quantity_of(known, shown.standing)} · {unit_and_direction(known, shown.at.indicator, shown.group.name)}"
    show.chart(slopes(known, moved, names, title=title, subtitle=subtitle, level=shown.level), key="slope")
    show.reading(standing_rows.slope_reading(known, moved, names))


def structure(shown: peers.View) -> None:
    """Show the indicator against a structural variable."""
    st.header("Hängt es mit der Lage zusammen?")
    there = set(shown.known.structure["variable"])
    variables = {
        entry.name: id_
        for id_, entry in known.variables.items()
        if id_ in there and (entry.indicator, entry.breakdown) != (indicator, breakdown)
    }
    if not variables:
        missing = (
            "Strukturmerkmale sind nicht geladen. Monatszahlen der Bundesagentur für Arbeit füllen die Lücke."
        )
        standing_rows.to_loading(missing)
        return
    variable = choose.one_of("Strukturmerkmal", variables, key="merkmal")
    rows = shown.known.structure
    start, end = rows.filter(rows["variable"] == variable).select("period_start", "period_end").row(0)
    entry = known.variables[variable]
    drawn = scatter(
        known, shown.standing, rows, variable, names, title=f"{label.partition(' · ')[0]} und {entry.name}",
        subtitle=f"{quantity_of(known, shown.standing)} · {standing_rows.subtitle(known, shown.standing)}",
        period=period_label(start, end), level=shown.level,
    )  # fmt: skip
    show.chart(drawn, key="scatter")
    show.reading(standing_rows.scatter_reading(known, shown, variable, names))


def newest() -> None:
    """Show every member's newest value with its date, never ranked together."""
    at = peers.common_at(there, indicator, breakdown, area) if there else None
    if at is None or there is None:
        nothing()
        return
    shown = peers.view(area, at, comparator, there.level)
    with top:
        show.head(
            QUESTION,
            f"{names[area]}: jeweils neuester Wert, mit Datum und ohne Rang. {standing_rows.newest_answer(known, shown)}",
        )
    if shown.group.members:
        found = peers.newest_of(shown)
        subtitle = f"{quantity_of(known, found)} · {standing_rows.newest_subtitle(known, found)}"
        title = f"{names[area]} und {shown.group.name}: jeweils neuester Wert"
        show.chart(
            strips(known, [found], names, title=title, subtitle=subtitle, level=shown.level, lane=150),
            key="neueste-strip",
        )
        show.reading(standing_rows.newest_reading(known, shown, names))
    standing_rows.newest_table(known, shown, names)


def nothing() -> None:
    """Say that a quantity has no values, or that there are none at all."""
    with top:
        what = (
            f"Für {names[area]} gibt es zu »{label}« keinen Wert."
            if label
            else "Es sind noch keine Vergleichswerte geladen."
        )
        show.head(QUESTION, what)
    delivery = known.delivery_for(indicator, breakdown).name if label else "SGB II-Kennzahlen"
    standing_rows.to_loading(f"Die Lieferung »{delivery}« füllt die Lücke.")


def page() -> None:
    """Show the answer, the main chart and what supports it."""
    at = dated.get(chosen) or (peers.common_at(there, indicator, breakdown, area) if there else None)
    if at is None or there is None:
        nothing()
        return
    shown = peers.view(area, at, comparator, there.level)
    standing = shown.standing
    said = answer(known, standing, names[area])
    with top:
        show.head(QUESTION, said or standing_rows.no_answer(known, shown, names[area]))
    standing_rows.say_newer(known, peers.leaders(at, area), at, names)
    every = in_own_groups(shown)
    if standing.why_not == NO_GROUP:
        standing_rows.explain_groups(every, names)
    elif standing.why_not:
        standing_rows.explain(known, standing, names[area], there.level)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if shown.group.members and standing.n:
            strip_of(shown)
    with right:
        if not standing.why_not:
            facts(shown)
    other_groups(shown, every)
    if standing.why_not != NO_GROUP:
        standing_rows.explain_groups(every, names)
    if shown.group.members and standing.spread:
        left, right = st.columns(2, gap="medium")
        with left:
            movements(shown)
        with right:
            structure(shown)


if chosen == NEWEST:
    newest()
else:
    page()

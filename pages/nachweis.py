"""Nachweis: one series of one Jobcenter with everything one must know to answer for every digit of it."""

from datetime import date

import polars as pl
import streamlit as st

from pages.components import choose, html, show
from pages.components.comments import comment_form, known_comments, show_comments
from pages.components.evidence_rows import (
    EVIDENCE_HEAD,
    RETRACTED,
    REVISED,
    evidence_row,
    evidence_table,
    standing,
)
from pages.components.hand_in import show_saved
from pages.components.own_calculations import own_calculations
from pages.components.warehouse import catalog, question
from warehouse.catalog import address
from warehouse.comments import comment_notes
from warehouse.contradictions import contradictions_of
from warehouse.formatting import format_number
from warehouse.vintages import with_acts, with_revisions

choose.invite_named(st.query_params.get("jobcenter", ""))
NEWEST = 60
"""So many values stand on the page; more are in the table and its downloads, which hold all of them."""
known = catalog()
every_area = (*known.jobcenters, *known.regions)
available = question("series_ever_loaded", areas=every_area).filter(
    pl.col("indicator").is_in(list(known.indicator_ids))
)


def named(series: str) -> str:
    """Return the German name of a series given by its address."""
    indicator, _, breakdown = series.partition("/")
    return known.quantity_name(indicator, breakdown)


top = st.container()
by_itself = not {"jobcenter", "reihe"} & set(st.query_params)
left, right, beside = st.columns([2, 5, 2], vertical_alignment="bottom")
areas = {known.area_name(id_): id_ for id_ in every_area if id_ in available["jobcenter"].to_list()}
with left:
    area = choose.one_of("Jobcenter oder Vergleichsraum", areas, key="jobcenter")
own = (
    available.filter(pl.col("jobcenter") == area).select("indicator", "breakdown").unique(maintain_order=True)
)
addresses = [address(*quantity) for quantity in own.iter_rows()]
headline = [each for each in known.pages["nachweis"].first_of if each in addresses]
asked = st.query_params.get("reihe", "")
if asked and asked not in addresses:  # of another Jobcenter, or not loaded yet in the state shown
    first = html.plain(named((headline or addresses)[0]))
    st.warning(f"Kennzahl »{html.plain(asked[:60])}« gibt es hier nicht. Gezeigt wird »{first}«.")
with right:  # not bound: the link carries the stable address, the picker shows the German name
    index = addresses.index(asked if asked in addresses else (headline or addresses)[0])
    series = st.selectbox("Kennzahl", addresses, index=index, format_func=named, key=f"reihe-{area}")
    st.query_params["reihe"] = series
indicator, _, breakdown = series.partition("/")
with beside:
    choose.link_here("nachweis", jobcenter=known.area_name(area), reihe=series)
entry = known.indicator(indicator)
loaded = question("evidence", area=area, indicator=indicator, breakdown=breakdown)
found = with_revisions(with_acts(loaded, question("loads")))


def answer() -> str:
    """Say how many values there are, from how many sources, and how many of them no longer count."""
    sources = found["source"].n_unique()
    words = [standing(row) for row in found.iter_rows(named=True)]
    past = " und ".join(
        f"{format_number(words.count(word))} {word}" for word in (REVISED, RETRACTED) if word in words
    )
    return (
        f"{known.area_name(area)}, {named(series)}: {format_number(found.height)} Angabe{'n' if found.height != 1 else ''} "
        f"aus {sources} Quelle{'n' if sources != 1 else ''}{f', davon {past}' if past else ''}."
    )


def explain() -> None:
    """Say what the page is for, and lead to what is asked most: somebody came here without a figure."""
    st.markdown(
        "Ein Klick auf irgendeine Zahl der Anwendung führt hierher und zeigt, aus welcher Lieferung und Zelle sie stammt, von "
        "wann sie ist und was sie bedeutet. Ebenso lassen sich unten Jobcenter und Kennzahl wählen."
    )
    links = (
        html.link(html.text(named(each)), "nachweis", jobcenter=known.area_name(area), reihe=each)
        for each in headline
    )
    if headline:
        st.html(f"{html.text(f'Oft gefragt für {known.area_name(area)}:').text}{html.listed(*links).text}")


with top:
    show.head("Woher kommt diese Zahl?", answer())
    if by_itself:
        explain()


show_saved()
remarks = known_comments([area], indicator, breakdown)
if remarks.height:  # above the long table, where people find them
    st.header("Kommentare zu dieser Reihe")
    show_comments(remarks, about=named(series))
    st.header("Alle Werte")
shortened = (
    f"; die neuesten {NEWEST} von {format_number(found.height)} Angaben, alle stehen unter »Als Tabelle«"
    if found.height > NEWEST
    else ""
)
show.table(
    html.table(
        EVIDENCE_HEAD,
        [evidence_row(row) for row in found.head(NEWEST).iter_rows(named=True)],
        caption=f"{known.area_name(area)}: {named(series)}{shortened}",
    ),
    evidence_table(found),
    title=f"Nachweis {known.area_name(area)} {named(series)}",
    notes={},
    key="nachweis",
    remarks=comment_notes(known, remarks),
)
own_calculations(area, indicator, breakdown)
if area in known.jobcenters:
    comment_form(area, indicator, breakdown, found["period_end"].dt.year().unique().to_list(), date.today())
st.header("Was die Kennzahl bedeutet")
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

"""Seit der letzten Sitzung: what is new, what was revised, who moved, since a day that a person picks."""

import polars as pl
import streamlit as st

from pages.components import choose, html, peers, show, signal_rows, since_rows, standing_rows
from pages.components.warehouse import catalog
from warehouse.areas import JOBCENTER, names_of, of_level
from warehouse.comparators import comparators
from warehouse.since import GONE, NEW, REVISED, news, revised

known = catalog()
names = peers.names()
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    area = choose.any_jobcenter(names_of(of_level(peers.areas(), JOBCENTER)))
    day = since_rows.choose_day()
    groups = comparators(known, peers.saved_groups()[0])
    comparator = choose.one_of("Vergleichsgruppe", groups, key="vergleichsgruppe")
    group_label = next(name for name, id_ in groups.items() if id_ == comparator)
    choose.link_here(
        "sitzung", jobcenter=names[area], sitzung=f"{day:%Y-%m-%d}", vergleichsgruppe=group_label
    )

then = since_rows.act_at_the_end_of(day)
acts = since_rows.acts_since(then)
changed = since_rows.changed(area, then)
counted = {what: int((changed["what"] == what).sum()) for what in (NEW, REVISED, GONE)}
moved = since_rows.moved(area, comparator, then) if then else []


def answer() -> str:
    """Say in one sentence what has changed since the day."""
    if acts.is_empty():
        return f"Seit dem {day:%d.%m.%Y} wurde nichts geladen und nichts zurückgenommen: Alle Zahlen gelten weiter."
    files = "1 Vorgang" if acts.height == 1 else f"{acts.height} Vorgänge"
    if changed.is_empty():
        return (
            f"Seit dem {day:%d.%m.%Y} gab es {files}; für {names[area]} hat sich dadurch kein Wert geändert."
        )
    said = since_rows.counted_words(counted)
    return (
        f"Seit dem {day:%d.%m.%Y} ({files}) sind für {names[area]} {said}.{since_rows.ranks_sentence(moved)}"
    )


with top:
    show.head("Was ist seit der letzten Sitzung neu?", answer())
if then is None:
    show.missing(
        f"Am {day:%d.%m.%Y} war noch nichts geladen; alles ist neu.",
        "Wählen Sie einen späteren Tag, um Geändertes zu sehen.",
    )
if moved:
    show.chart(since_rows.moved_chart(moved, names[area], day), key="bewegt")
    show.reading(since_rows.moved_reading(moved, day))
elif then and (why := signal_rows.what_is_missing(area, comparator, names)):
    standing_rows.to_loading(f"Ränge von damals und jetzt sind nicht zu vergleichen. {why}")
rows = revised(changed)
if rows.height:
    st.header("Geändert: Was schon gezeigt wurde, liest sich jetzt anders")
    since_rows.revised_table(rows, names[area])
if (gone := changed.filter(pl.col("what") == GONE)).height:
    st.header("Entfallen: zurückgenommen und durch nichts ersetzt")
    since_rows.gone_table(gone, names[area])
if (new := news(changed)).height:
    st.header("Neu")
    since_rows.news_table(new, names[area])
if acts.height:
    with st.expander("Was seitdem geschah"):
        st.html(html.table(*since_rows.acts_rows(acts), caption="Die neuesten zuerst.").text)

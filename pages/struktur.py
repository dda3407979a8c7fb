"""Struktur: who is counted, by one dimension at a time; every share with its base and its own date."""

import polars as pl
import streamlit as st

from pages.charts.chart import source_notes
from pages.charts.share_tables import base_name, share_text, when
from pages.charts.shares import share_bars
from pages.charts.tables import value_table
from pages.components import choose, show, values
from pages.components.warehouse import catalog, observations
from warehouse.printed_tables import printed_tables
from warehouse.remainders import remainders
from warehouse.structure import shares, uncounted

TOPICS = ("struktur", "bestand")
FIRST = "elb"

known = catalog()
indicators = tuple(sorted(id_ for id_ in known.indicator_ids if known.indicator(id_).topic in TOPICS))
every = observations(indicators, areas=(*known.jobcenters, *known.regions))
found = shares(known, every)
own = found.filter(pl.col("jobcenter").is_in(list(known.jobcenters)))

top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    bases = {base_name(known, id_): id_ for id_ in known.indicators if id_ in own["base"].to_list()}
    base = choose.one_of("Grundgesamtheit", bases, key="basis", index=list(bases.values()).index(FIRST))
    reporting = own.filter(pl.col("base") == base).group_by("dimension").agg(pl.col("jobcenter").n_unique())
    counts = dict(reporting.iter_rows())
    dimensions = {entry.name: id_ for id_, entry in known.dimensions.items() if id_ in counts}
    most = max(dimensions.values(), key=lambda id_: counts[id_])
    dimension = choose.one_of(
        "Merkmal", dimensions, key="merkmal", index=list(dimensions.values()).index(most)
    )
    choose.link_here(
        "struktur",
        jobcenter=[known.area_name(id_) for id_ in chosen],
        basis=base_name(known, base),
        merkmal=known.dimensions[dimension].name,
    )

areas = [*chosen, *known.regions]
shown = found.filter(
    (pl.col("base") == base) & (pl.col("dimension") == dimension) & pl.col("jobcenter").is_in(areas)
)
mine = shown.filter(pl.col("jobcenter").is_in(chosen))
subject = f"{base_name(known, base)} nach {known.dimensions[dimension].name}"


def answer() -> str:
    """Name the largest share that each Jobcenter prints, with its date."""
    largest = (
        mine.filter(pl.col("value").is_not_null())
        .sort("value", descending=True)
        .unique("jobcenter", keep="first", maintain_order=True)
    )
    told = [
        f"{known.area_name(row['jobcenter'])} {known.breakdown_name(row['breakdown'])} "
        f"{share_text(known, row)} ({when(known, row)}{', INTERN' if row['confidential'] else ''})"
        for id_ in chosen
        for row in largest.filter(pl.col("jobcenter") == id_).iter_rows(named=True)
    ]
    if not told:
        return f"{subject}: Die gewählten Jobcenter nennen dazu keine Anteile."
    reporting = f"{len(told)} von {len(chosen)} Jobcentern nennen Anteile, jedes zu seiner Zeit"
    return f"{subject}: {reporting}. Größter Anteil: {'; '.join(told)}."


def message() -> str:
    """Return the title of the chart: the most frequent part where one Jobcenter reports, else how many do."""
    reporting, certain = (
        mine["jobcenter"].n_unique(),
        mine.filter(pl.col("value").is_not_null()).sort("value", descending=True),
    )
    if reporting == 1 and certain.height:
        row = certain.row(0, named=True)
        return f"{subject}: am häufigsten {known.breakdown_name(row['breakdown'])}, {share_text(known, row)}"
    return f"{subject}: {reporting} Jobcenter, jedes zu seiner Zeit"


with top:
    show.head("Wer wird betreut?", answer())
if mine.is_empty():
    show.missing(
        f"{subject}: kein Wert bei {', '.join(known.area_name(id_) for id_ in chosen)}.",
        "Eine Lieferung im Langformat mit Anzahl oder Anteil nach diesem Merkmal füllt die Lücke.",
    )
else:
    show.chart(
        share_bars(
            known,
            shown,
            remainders(known, mine),
            title=message(),
            subtitle="Anteile in % der genannten Basis · jedes Feld mit eigenem Datum",
        ),
        key="anteile",
    )
    absent = [known.area_name(id_) for id_ in chosen if id_ not in mine["jobcenter"].to_list()]
    if absent:
        show.missing(
            f"Keine Angabe zu diesem Merkmal: {', '.join(absent)}.",
            "Eine Lieferung im Langformat mit Anzahl oder Anteil füllt die Lücke.",
        )

for number, table in enumerate(printed_tables(known, every)):
    drawn, cells = values.printed(table)
    if base in table["indicator"].to_list() and cells["jobcenter"][0] in chosen:
        st.subheader(f"{base_name(known, base)} nach Gruppen mit Veränderung")
        show.table(
            drawn,
            value_table(known, cells),
            title=f"{base_name(known, base)} nach Gruppen",
            notes=source_notes(known, cells),
            key=f"gruppen-{number}",
        )

stock = [base, *(id_ for id_, entry in known.indicators.items() if entry.base == base and entry.unit != "%")]
without = uncounted(known, every, found).filter(
    pl.col("indicator").is_in(stock) & pl.col("jobcenter").is_in(chosen)
)
if without.height:
    st.subheader("Anzahlen ohne Anteil")
    values.by_jobcenter(
        without,
        chosen,
        caption="Zu diesen Anzahlen nennt die Quelle kein Ganzes für denselben Zeitraum und Zeitbezug; ein Anteil wäre geraten.",
        title=f"{base_name(known, base)}: Anzahlen ohne Anteil",
        key="anzahlen",
    )

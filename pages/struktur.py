"""Struktur: who is counted, by one dimension at a time; every share with its base and its own date."""

import polars as pl
import streamlit as st

from pages.charts.chart import source_notes
from pages.charts.share_tables import base_name, share_text, when
from pages.charts.shares import share_bars
from pages.charts.tables import value_table
from pages.components import choose, show, subject, values
from pages.components.warehouse import catalog, newest_of
from warehouse.printed_tables import printed_tables
from warehouse.remainders import are_whole, remainders
from warehouse.structure import newest_months, shares, uncounted

known = catalog()
page = known.pages["struktur"]
indicators = tuple(sorted(id_ for id_ in known.indicator_ids if known.indicator(id_).topic in page.topics))
every = newest_months(newest_of((*known.jobcenters, *known.regions), indicators))
found = shares(known, every)
own = found.filter(pl.col("jobcenter").is_in(list(known.jobcenters)))

top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    bases = {base_name(known, id_): id_ for id_ in known.indicators if id_ in own["base"].to_list()}
    base = choose.one_of(
        "Grundgesamtheit", bases, key="basis", index=list(bases.values()).index(page.first_indicator)
    )
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
topic = f"{base_name(known, base)} nach {known.dimensions[dimension].name}"


rests = remainders(known, mine)


def unnested(time: str) -> str:
    """Return a time without brackets of its own, so that it can stand in brackets."""
    return time.replace(" (", ", ").replace(")", "")


def figures(rows: pl.DataFrame) -> str:
    """Return the shares of one Jobcenter for one part with their date; several values of one date stay together."""
    said = [
        f"{' und '.join(share_text(known, row) for row in dated.iter_rows(named=True))} "
        f"({unnested(when(known, dated.row(0, named=True)))}{', INTERN' if dated['confidential'].any() else ''})"
        for _, dated in rows.group_by("period_start", "period_end", "time_concept", maintain_order=True)
    ]
    return ", ".join(said)


def ranked(rows: pl.DataFrame) -> str:
    """Name the largest share of one Jobcenter at its newest date, or, where its parts do not make up the whole, what
    it prints."""
    parts = rows.sort("period_end", "value", descending=True)["breakdown"].unique(maintain_order=True)
    told = [
        f"{known.breakdown_name(part)} {figures(rows.filter(pl.col('breakdown') == part))}"
        for part in parts[:2]
    ]
    whole = are_whole(rests.filter(pl.col("jobcenter") == rows["jobcenter"][0]))
    return f"Größter Anteil: {told[0]}" if whole else f"genannt: {', '.join(told)}"


def answer() -> str:
    """Compare the one part that most Jobcenter print, each share with its date; name who does not print it."""
    valued = mine.filter(pl.col("value").is_not_null())
    if valued.is_empty():
        return f"{topic}: Die gewählten Jobcenter nennen dazu keine Anteile."
    parts = valued.group_by("breakdown", maintain_order=True).agg(pl.col("jobcenter").n_unique().alias("by"))
    common = parts.sort("by", descending=True, maintain_order=True).row(0, named=True)
    if valued["jobcenter"].n_unique() == 1:
        return f"{topic} – {known.area_name(valued['jobcenter'][0])}, {ranked(valued)}."
    own = valued.filter(pl.col("breakdown") == common["breakdown"])
    told = [
        f"{known.area_name(id_)} {figures(own.filter(pl.col('jobcenter') == id_))}"
        for id_ in chosen
        if id_ in own["jobcenter"].to_list()
    ]
    silent = [known.area_name(id_) for id_ in chosen if id_ not in own["jobcenter"].to_list()]
    unsaid = f" Diesen Anteil nennen nicht: {', '.join(silent)}." if silent else ""
    return (
        f"{base_name(known, base)}, {known.breakdown_name(common['breakdown'])}: {'; '.join(told)}.{unsaid}"
    )


def message() -> str:
    """Return the title of the chart: the most frequent part where one Jobcenter reports all, else how many report."""
    reporting = mine["jobcenter"].n_unique()
    certain = mine.filter(pl.col("value").is_not_null()).sort("value", descending=True)
    if reporting == 1 and certain.height and are_whole(rests):
        row = certain.row(0, named=True)
        return f"{topic}: am häufigsten {known.breakdown_name(row['breakdown'])}, {share_text(known, row)}"
    if reporting == 1:
        return f"{topic}: {known.area_name(mine['jobcenter'][0])}"
    times = {unnested(when(known, row)) for row in mine.iter_rows(named=True)}
    return f"{topic}: {reporting} Jobcenter, {times.pop() if len(times) == 1 else 'jedes zu seiner Zeit'}"


with top:
    show.head("Wer wird betreut?", answer())
if mine.is_empty():
    show.missing(
        f"{topic}: kein Wert bei {', '.join(known.area_name(id_) for id_ in chosen)}.",
        "Eine Lieferung im Langformat mit Anzahl oder Anteil nach diesem Merkmal füllt die Lücke.",
    )
else:
    show.chart(
        share_bars(
            known,
            shown,
            rests,
            title=message(),
            subtitle="Anteile in % der genannten Basis",
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
    if base not in table["indicator"].to_list():
        continue
    drawn, cells = values.printed(table)
    if cells["jobcenter"][0] in chosen:
        st.header(f"{base_name(known, base)} nach Gruppen mit Veränderung")
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
    st.header("Anzahlen ohne Anteil")
    values.by_jobcenter(
        without,
        chosen,
        caption="Zu diesen Anzahlen nennt die Quelle kein Ganzes für denselben Zeitraum und Zeitbezug; ein Anteil wäre geraten.",
        title=f"{base_name(known, base)}: Anzahlen ohne Anteil",
        key="anzahlen",
    )
subject.show_contradictions(pl.concat([mine.select(without.columns), without]), chosen)

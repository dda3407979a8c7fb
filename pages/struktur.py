"""Struktur: who is counted, by one dimension at a time; every share with its base and its own date."""

from dataclasses import replace

import polars as pl
import streamlit as st

from pages.charts.chart import Chart, source_notes
from pages.charts.reading import read_shares
from pages.charts.share_tables import base_name, share_table, share_text, when
from pages.charts.shares import share_bars
from pages.charts.tables import value_table
from pages.components import choose, html, show, subject, values
from pages.components.warehouse import catalog, kept, question_once
from warehouse.catalog import address
from warehouse.printed_tables import printed_tables
from warehouse.remainders import are_whole, remainders
from warehouse.schema import Row, rows_by
from warehouse.structure import newest_months, shares, uncounted

ONE_TIME = ["period_start", "period_end", "time_concept"]
"""What the shares of one chart have in common: two dates are not one."""

known = catalog()
page = known.pages["struktur"]
indicators = tuple(sorted(id_ for id_ in known.indicator_ids if known.indicator(id_).topic in page.topics))
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = choose.jobcenters()
    known = catalog()  # with the areas just chosen
    within = (*known.jobcenters, *known.regions)
    asked = {"areas": within, "indicators": indicators}
    every = kept("structure", within, answer=lambda: newest_months(question_once("newest_of_areas", **asked)))
    found = kept("shares", within, answer=lambda: shares(known, every))
    own = found.filter(pl.col("jobcenter").is_in(list(known.jobcenters)))
    bases = {base_name(known, id_): id_ for id_ in known.indicators if id_ in own["base"].to_list()}
    base = choose.one_of(
        "Grundgesamtheit", bases, key="basis", index=list(bases.values()).index(page.first_indicator)
    )
    of_base = own.filter(pl.col("base") == base).group_by("dimension")
    reporting = of_base.agg(by=pl.col("jobcenter").n_unique(), parts=pl.col("breakdown").n_unique())
    counts = {
        id_: (by, parts) for id_, by, parts in reporting.iter_rows()
    }  # of two alike the one with more parts
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
every_time = shown.filter(pl.col("jobcenter").is_in(chosen))
topic = f"{base_name(known, base)} nach {known.dimensions[dimension].name}"


def by_time() -> list[pl.DataFrame]:
    """Return the shares of each time, reference regions included: what most Jobcenter report first, then the newest."""
    split = every_time.partition_by(*ONE_TIME, maintain_order=True)
    ordered = sorted(
        split, key=lambda part: (-part["jobcenter"].n_unique(), -part["period_end"][0].toordinal())
    )
    return [shown.join(part, on=ONE_TIME, how="semi") for part in ordered]


times = by_time()
mine = times[0].filter(pl.col("jobcenter").is_in(chosen)) if times else every_time
rests = remainders(known, every_time)


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
    valued = every_time.filter(pl.col("value").is_not_null())
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


def message(own: pl.DataFrame) -> str:
    """Return the title of the chart of one time: the most frequent part where one Jobcenter reports all, else how many report."""
    reporting, time = own["jobcenter"].n_unique(), unnested(when(known, own.row(0, named=True)))
    certain = own.filter(pl.col("value").is_not_null()).sort("value", descending=True)
    if (
        reporting == 1
        and certain.height
        and are_whole(rests.join(own, on=[*ONE_TIME, "jobcenter"], how="semi"))
    ):
        row = certain.row(0, named=True)
        part = f"am häufigsten {known.breakdown_name(row['breakdown'])}, {share_text(known, row)}"
        return f"{topic}: {known.area_name(row['jobcenter'])} {part} ({time})"
    if reporting == 1:
        return f"{topic}: {known.area_name(own['jobcenter'][0])}, {time}"
    return f"{topic}: {reporting} Jobcenter, {time}"


def chart_of(part: pl.DataFrame) -> Chart:
    """Return the chart of one time."""
    own = part.filter(pl.col("jobcenter").is_in(chosen))
    left = rests.join(own, on=ONE_TIME, how="semi")
    subtitle = "Anteile in % der genannten Basis"
    drawn = share_bars(known, part, left, title=message(own), subtitle=subtitle)
    return replace(drawn, reading=read_shares(known, own))


def every_part() -> None:
    """Show the shares of all parts by every dimension, each with its own date."""
    of_base = found.filter(pl.col("base") == base, pl.col("jobcenter").is_in(chosen))
    body: list[list[html.Html] | html.Section] = []
    for name, id_ in dimensions.items():
        body.append(html.Section(name))
        own = rows_by(of_base.filter(dimension=id_).iter_rows(named=True), "breakdown")
        for (part,), rows in own.items():
            cells = [
                html.stacked(*(share_cell(row) for row in rows if row["jobcenter"] == area))
                for area in chosen
            ]
            label = html.text(known.breakdown_name(part))
            body.append([label, *(cell if cell.text else html.NOTHING for cell in cells)])
    caption = f"{base_name(known, base)}: alle genannten Anteile, jeder mit seinem Zeitpunkt; – heißt: nicht genannt"
    with st.expander(f"Alle Merkmale ({', '.join(dimensions)})"):
        head = ["Merkmal", *map(known.area_name, chosen)]
        show.table(
            html.table(head, body, caption=caption, figures_from=1),
            share_table(known, of_base),
            title=f"{base_name(known, base)} nach allen Merkmalen",
            notes=source_notes(known, of_base),
            key="alle-merkmale",
        )


def share_cell(row: Row) -> html.Html:
    """Return a share as a table cell: linked to its evidence, its time below."""
    series = address(row["indicator"], row["breakdown"])
    figure = html.link(
        html.text(share_text(known, row)), "nachweis", "Nachweis zeigen",
        jobcenter=known.area_name(row["jobcenter"]), reihe=series,
    )  # fmt: skip
    return html.stacked(html.beside(figure, show.intern(row["confidential"])), html.muted(when(known, row)))


with top:
    show.head("Wer wird betreut?", answer())
if mine.is_empty():
    show.missing(
        f"{topic}: kein Wert bei {', '.join(known.area_name(id_) for id_ in chosen)}.",
        "Eine Lieferung im Langformat mit Anzahl oder Anteil nach diesem Merkmal füllt die Lücke.",
    )
else:
    show.chart(chart_of(times[0]), key="anteile")
    if times[1:]:
        with st.expander(f"Zu anderen Zeitpunkten ({len(times) - 1})"):
            for number, part in enumerate(times[1:], 1):
                show.chart(chart_of(part), key=f"anteile-{number}")
    absent = [known.area_name(id_) for id_ in chosen if id_ not in every_time["jobcenter"].to_list()]
    if absent:
        show.missing(
            f"Keine Angabe zu diesem Merkmal: {', '.join(absent)}.",
            "Eine Lieferung im Langformat mit Anzahl oder Anteil füllt die Lücke.",
        )

every_part()
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
    with st.expander(f"Anzahlen ohne Anteil ({without.height})"):
        values.by_jobcenter(
            without,
            chosen,
            caption="Zu diesen Anzahlen nennt die Quelle kein Ganzes für dieselbe Zeit; ein Anteil wäre geraten.",
            title=f"{base_name(known, base)}: Anzahlen ohne Anteil",
            key="anzahlen",
        )
subject.show_contradictions(pl.concat([every_time.select(without.columns), without]), chosen)

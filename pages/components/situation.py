"""The state of the data as tables: by topic, by series, and which delivery would fill the gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pages.charts.reference_tables import STATES
from pages.components import html, show
from pages.components.warehouse import catalog
from warehouse.formatting import NBSP, format_number
from warehouse.gap_counts import by_topic, wanted_deliveries
from warehouse.periods import period_label

SIGNS = " · ".join(f"{sign} {word}" for sign, word in STATES.values())


def topic_matrix(cells: pl.DataFrame, chosen: Sequence[str]) -> html.Html:
    """Return topics as rows and Jobcenter as columns: how many of the known series each reports (SITUATION columns)."""
    known = catalog()
    counted = by_topic(cells)
    table = [
        [
            html.text(term.name),
            *(_topic_cell(row) for row in counted.filter(pl.col("topic") == term.id).iter_rows(named=True)),
        ]
        for term in known.topics.values()
    ]
    head = [html.text("Thema"), *(html.text(known.area_name(id_)) for id_ in chosen)]
    caption = f"Berichtete Reihen von allen, die mindestens ein Jobcenter nennt oder der Katalog hinterlegt. {SIGNS}"
    return html.table(head, table, caption=caption)


def _topic_cell(row: Mapping[str, Any]) -> html.Html:
    known = catalog()
    present = row["quantities"] - row["missing"]
    states = ("filled", "approximate", "contradictory")
    told = " · ".join(f"{STATES[id_][0]} {row[id_]}" for id_ in states if row[id_])
    area, topic = known.area_name(row["jobcenter"]), known.topics[row["topic"]].name
    label = html.text(f"{present} von {row['quantities']}")
    linked = html.link(label, "datenlage", "Reihen zeigen", jobcenter=area, thema=topic)
    return html.stacked(linked, html.bar(present / row["quantities"]), html.muted(told))


def series_matrix(rows: pl.DataFrame, chosen: Sequence[str], *, caption: str, with_topic: bool) -> html.Html:
    """Return indicators or series as rows, grouped by family: state, last period, and what would fill the gap.

    `rows`: SITUATION, of `by_indicator` or of single series; `with_topic` puts the topic into the headings.
    """
    known = catalog()
    table: list[Sequence[html.Html] | html.Section] = []
    heading = ""
    for _, cells in rows.group_by("family", "indicator", "breakdown", maintain_order=True):
        first = cells.row(0, named=True)
        section = _section(first, with_topic)
        if section != heading:
            heading = section
            table.append(html.Section(heading))
        has_gap = (cells["state"] == "missing").any()
        table.append([_name(first, has_gap), *(_state_cell(row) for row in cells.iter_rows(named=True))])
    head = [html.text("Kennzahl und Merkmal"), *(html.text(known.area_name(id_)) for id_ in chosen)]
    return html.table(head, table, caption=f"{caption}. {SIGNS}", numeric_from=9)


def _section(row: Mapping[str, Any], with_topic: bool) -> str:
    known = catalog()
    family = known.families[row["family"]].name if row["family"] in known.families else "Einzelne Kennzahlen"
    return f"{known.topics[row['topic']].name} – {family}" if with_topic else family


def _name(row: Mapping[str, Any], has_gap: bool) -> html.Html:
    known = catalog()
    part = html.text(known.breakdown_name(row["breakdown"])) if row["breakdown"] else html.Html("")
    delivery = known.deliveries[row["delivery"]]
    gap = html.muted(f"Lücke füllt: {delivery.name}") if has_gap and not delivery.fallback else html.Html("")
    return html.stacked(html.text(known.indicator(row["indicator"]).label), part, gap)


def _state_cell(row: Mapping[str, Any]) -> html.Html:
    """Return sign and word (leading to the evidence of a single series), last period, how much there is."""
    sign, word = STATES[row["state"]]
    if row["state"] == "missing":
        return html.muted(f"{sign}{NBSP}{word}")
    label = html.text(f"{sign}{NBSP}{word}")
    if row.get("parts", 1) == 1:
        address = {"jobcenter": catalog().area_name(row["jobcenter"]), "reihe": show.series_code(row)}
        label = html.link(label, "nachweis", "Nachweis zeigen", **address)
    parts = f"{row['series']} Merkmale · " if row.get("series", 1) > 1 else ""
    several = f"{row['periods']} Zeiträume, zuletzt " if row["periods"] != 1 else ""
    dated = html.muted(parts + several + period_label(row["last_start"], row["last_end"]))
    return html.stacked(
        label, dated, html.badge("INTERN", show.INTERN) if row["confidential"] else html.Html("")
    )


def delivery_table(cells: pl.DataFrame) -> html.Html:
    """Return the deliveries that would fill the gaps of `cells` (SITUATION columns), the one that fills most first."""
    table = []
    for row in wanted_deliveries(catalog(), cells).iter_rows(named=True):
        delivery = catalog().deliveries[row["delivery"]]
        about = [html.muted(line) for line in (delivery.source, *delivery.caveats)]
        name = html.stacked(html.text(delivery.name), html.muted(delivery.publisher))
        brings = html.stacked(html.text(delivery.contains), *about)
        table.append([name, brings, html.text(delivery.rhythm), html.text(format_number(row["gaps"]))])
    head = [html.text(name) for name in ("Lieferung", "Bringt", "Rhythmus", "Lücken")]
    caption = "Lücken: Reihen, die einem Jobcenter fehlen; die Lieferung, die am meisten füllt, steht zuerst."
    return html.table(head, table, caption=caption, numeric_from=3)

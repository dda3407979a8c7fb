"""The state of the data as tables: by topic, by series, and which delivery would fill the gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pages.charts.reference_tables import STATES
from pages.components import html, show
from pages.components.values import name_of
from pages.components.warehouse import catalog
from warehouse.catalog import address
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
    head = ["Thema", *map(known.area_name, chosen)]
    caption = f"Berichtete Reihen von allen, die mindestens ein Jobcenter nennt oder der Katalog hinterlegt. {SIGNS}"
    return html.table(head, table, caption=caption, figures_from=1)


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
    head = ["Kennzahl und Merkmal", *map(known.area_name, chosen)]
    return html.table(head, table, caption=f"{caption}. {SIGNS}")


def _section(row: Mapping[str, Any], with_topic: bool) -> str:
    known = catalog()
    family = known.families[row["family"]].name if row["family"] in known.families else "Einzelne Kennzahlen"
    return f"{known.topics[row['topic']].name} – {family}" if with_topic else family


def _name(row: Mapping[str, Any], has_gap: bool) -> html.Html:
    known = catalog()
    delivery = known.deliveries[row["delivery"]]
    gap = html.muted(f"Lücke füllt: {delivery.name}") if has_gap and not delivery.fallback else html.EMPTY
    return name_of(row["indicator"], row["breakdown"], coded=True, note=gap)


def _state_cell(row: Mapping[str, Any]) -> html.Html:
    """Return sign and word (leading to the evidence of a single series), last period, how much there is."""
    sign, word = STATES[row["state"]]
    if row["state"] == "missing":
        return html.muted(f"{sign}{NBSP}{word}")
    label = html.text(f"{sign}{NBSP}{word}")
    if row.get("parts", 1) == 1:
        label = html.link(
            label,
            "nachweis",
            "Nachweis zeigen",
            jobcenter=catalog().area_name(row["jobcenter"]),
            reihe=address(row["indicator"], row["breakdown"]),
        )
    parts = f"{row['series']} Merkmale · " if row.get("series", 1) > 1 else ""
    several = f"{row['periods']} Zeiträume, zuletzt " if row["periods"] != 1 else ""
    dated = html.muted(parts + several + period_label(row["last_start"], row["last_end"]))
    return html.stacked(label, dated, show.intern(row["confidential"]))


def delivery_table(cells: pl.DataFrame) -> html.Html:
    """Return the deliveries that would fill the gaps of `cells` (SITUATION columns), the one that fills most first.

    What only a planning document brings stands apart at the end and without a number: each Jobcenter writes its own
    series there, so that one series of one document would count as four gaps.
    """
    table: list[Sequence[html.Html] | html.Section] = []
    for row in wanted_deliveries(catalog(), cells).iter_rows(named=True):
        delivery = catalog().deliveries[row["delivery"]]
        about = [html.muted(line) for line in (delivery.source, *delivery.caveats)]
        name = html.stacked(html.text(delivery.name), html.muted(delivery.publisher))
        brings = html.stacked(html.text(delivery.contains), *about)
        if delivery.fallback:
            table.append(html.Section("Ohne eigene Lieferung"))
        gaps = html.muted("nicht gezählt") if delivery.fallback else html.text(format_number(row["gaps"]))
        table.append([name, brings, html.text(delivery.rhythm), gaps])
    head = ("Lieferung", "Bringt", "Rhythmus", "Lücken")
    caption = "Lücken: Reihen, die einem Jobcenter fehlen; die Lieferung, die am meisten füllt, steht zuerst."
    return html.table(head, table, caption=caption, figures_from=3)

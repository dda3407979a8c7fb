"""Where documents contradict themselves: how many of which kind, and each with its explanation and evidence."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import streamlit as st

from pages.charts.chart import dated_sources
from pages.charts.reference_tables import contradiction_table
from pages.components import choose, html, show
from pages.components.reference import evidence
from pages.components.show import intern_of
from pages.components.warehouse import catalog
from warehouse.dictionary import first_series
from warehouse.fields import matching

ANY = "Alle"


def contradiction_matrix(rows: pl.DataFrame, **address: str) -> html.Html:
    """Return kinds as rows and documents as columns: how many, each number leading to its list (`address`: the view)."""
    known = catalog()
    counted = rows.group_by("kind", "owner").len()
    numbers = {(row["kind"], row["owner"]): row["len"] for row in counted.iter_rows(named=True)}
    table: list[list[html.Html] | html.Section] = []
    for kind in known.contradiction_kinds.values():
        cells = [html.text(kind.name)]
        for area in known.jobcenters.values():
            number = numbers.get((kind.id, area.id))
            linked = html.link(
                html.text(number),
                "quellen",
                "Widersprüche zeigen",
                **address,
                jobcenter=area.short_name,
                art=kind.name,
            )
            cells.append(linked if number else html.muted("–"))
        table.append(cells)
    head = ["Was nicht passt", *(area.short_name for area in known.jobcenters.values())]
    caption = "Widersprüche je Dokument; ein Klick zeigt die Liste. Wer mehr Zahlen nennt, kann sich öfter widersprechen."
    return html.table(head, table, caption=caption, figures_from=1)


def contradiction_list(rows: pl.DataFrame, series: pl.DataFrame) -> html.Html:
    """Return contradictions grouped by the Jobcenter whose document contains them.

    `rows`: answer of the question `known_contradictions` with `owner`; `series`: that of `known_indicators`.
    """
    known = catalog()
    table: list[list[html.Html] | html.Section] = []
    for id_ in known.jobcenters:
        own = rows.filter(pl.col("owner") == id_)
        if own.height:
            table.append(html.Section(f"{known.area_name(id_)} ({own.height})"))
            table.extend(_row(row, series) for row in own.iter_rows(named=True))
    head = ("Angaben im Dokument", "Was nicht passt", "Fundstelle")
    caption = f"{rows.height} Widersprüche" if rows.height > 1 else "Ein Widerspruch"
    return html.table(head, table, caption=caption)


def _row(row: Mapping[str, str], series: pl.DataFrame) -> list[html.Html]:
    found = first_series(series, row["jobcenter"], row["indicators"], row["breakdown"])
    proof = evidence(html.text("Nachweis"), row["jobcenter"], found) if found else html.EMPTY
    place = html.text(row["place"].replace("|", "; "))
    line = html.muted(f"Textzeile {row['line'].replace('|', ', ')}")
    figures = html.beside(html.text(row["figures"]), intern_of(row["source"]))
    kind = html.muted(catalog().contradiction_kinds[row["kind"]].name)
    return [html.stacked(figures, kind), html.text(row["explanation"]), html.stacked(place, line, proof)]


def show_contradictions(recorded: pl.DataFrame, series: pl.DataFrame, view: str) -> None:
    """Show where documents contradict themselves: first how many of which kind, then the list, searchable.

    `recorded`, `series`: as in `contradiction_list`; `view`: the part of the page, for its link.
    """
    known = catalog()
    chosen, kind, words = _controls(view)
    of_kind = recorded.filter((pl.col("kind") == kind) if kind else pl.lit(True))
    found = matching(
        of_kind.filter(pl.col("owner").is_in(chosen)),
        words,
        names=("figures", "explanation", "place", "indicators"),
    )
    if found.is_empty():
        show.missing(
            "Zu dieser Auswahl ist kein Widerspruch festgehalten.",
            "Wählen Sie ein anderes Jobcenter, eine andere Art oder andere Suchwörter.",
        )
        return
    everything = len(chosen) > 1 and not (kind or words)
    shown = contradiction_matrix(found, bereich=view) if everything else contradiction_list(found, series)
    notes = {
        **dated_sources(known, ((source, None) for source in found["source"])),
        "Besonderheiten": "Beide Werte bleiben erhalten und werden gezeigt; keiner ist berichtigt oder gemittelt.",
    }
    show.table(
        shown,
        contradiction_table(known, found),
        title="Widersprüche in den Dokumenten",
        notes=notes,
        key="widersprueche",
    )


def _controls(view: str) -> tuple[tuple[str, ...], str, str]:
    """Let the reader choose Jobcenter, kind and words; return them."""
    known = catalog()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choose.all_or_one_jobcenter()
        kind = choose.one_of(
            "Art",
            {ANY: "", **{entry.name: entry.id for entry in known.contradiction_kinds.values()}},
            key="art",
        )
        words = choose.search("Suche", key="suche", placeholder="z. B. Summe")
        named = {"jobcenter": st.session_state["jobcenter"], "art": st.session_state["art"]}
        choose.link_here(
            "quellen",
            bereich=view,
            **{name: value for name, value in named.items() if value != ANY},
            suche=words,
        )
    return chosen, kind, words

"""Rows of the reference tables: indicators with their values, Jobcenter, sources, the load log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from etl.saved import format_name
from pages.charts.reference_tables import LOAD_ACTS
from pages.components import html
from pages.components.show import intern_of
from pages.components.signs import MARKERS
from pages.components.warehouse import catalog, vergleichstyp
from warehouse.catalog import Indicator, Jobcenter, Source, address
from warehouse.dictionary import first_series
from warehouse.formatting import NBSP, format_number

NAMED_EXTRACTS = 3
"""More extracts of one source are only counted."""


def indicator_row(entry: Indicator, figures: Mapping[str, int], series: pl.DataFrame) -> list[html.Html]:
    """Return an indicator with all one must know before using it, and how many values there are for whom.

    `figures`: Jobcenter → number of values; `series`: answer of the question `known_indicators`.
    """
    known = catalog()
    formula = html.muted(f"Formel: {entry.formula.text}") if entry.formula else html.EMPTY
    caveats = [html.muted(f"Zu beachten: {caveat}") for caveat in entry.caveats]
    source = html.muted(f"Quelle: {entry.source}") if entry.source else html.EMPTY
    names = html.muted(f"auch: {', '.join(entry.aliases)}") if entry.aliases else html.EMPTY
    concepts = ", ".join(known.time_concepts[id_].short for id_ in entry.time_concepts)
    values = [
        _values(area, entry, figures[area.id], series)
        for area in known.jobcenters.values()
        if area.id in figures
    ]
    return [
        html.stacked(html.text(entry.label), html.muted(entry.id), names),
        html.stacked(html.text(entry.definition), formula, *caveats, source),
        html.stacked(html.text(entry.unit), html.muted(known.direction_name(entry.id)), html.muted(concepts)),
        html.stacked(*values) if values else html.muted("keine Werte"),
    ]


def _values(area: Jobcenter, entry: Indicator, number: int, series: pl.DataFrame) -> html.Html:
    label = html.text(f"{area.short_name}: {format_number(number)}".replace(" ", NBSP))
    return evidence(label, area.id, first_series(series, area.id, entry.id, ""))


def evidence(label: html.Html, area: str, series: tuple[str, str] | None) -> html.Html:
    """Return a label leading to the evidence of a series, or the plain label where the warehouse has none."""
    if series is None:
        return label
    place = {"jobcenter": catalog().area_name(area), "reihe": address(*series)}
    return html.link(label, "nachweis", "Nachweis zeigen", **place)


def jobcenter_row(area: Jobcenter) -> list[html.Html]:
    """Return a Jobcenter with its official name, codes, Vergleichstyp and marks."""
    kinds = [
        html.stacked(
            html.text(member.type), html.muted(f"Ausgabe {member.edition}, {member.place or member.source}")
        )
        for member in vergleichstyp(area.id)
    ]
    spellings = html.muted("auch: " + "; ".join(area.aliases[:4]) + (" …" if len(area.aliases) > 4 else ""))
    numbers = html.stacked(html.text(f"Träger{NBSP}{area.traegernummer}"), html.text(f"AGS{NBSP}{area.ags}"))
    mark = html.beside(html.key(area.colour), html.text(MARKERS.get(area.marker, area.marker)))
    return [
        html.stacked(html.text(area.name), spellings),
        html.text(area.land),
        numbers,
        html.text(area.form),
        html.stacked(*kinds) if kinds else html.muted("nicht hinterlegt"),
        mark,
    ]


def source_row(source: Source, figures: Mapping[str, Any] | None) -> list[html.Html]:
    """Return a source with its date, its extracts and how many values came from it (`figures`: a row of the answer of
    `figures_by_source`, None where nothing of it is loaded)."""
    title = html.stacked(
        html.beside(html.text(source.title), intern_of(source.id)), html.muted(source.publisher)
    )
    extracts = figures["extracts"] if figures else []
    named = [html.muted(f"Kennung {extract[:12]}") for extract in extracts[:NAMED_EXTRACTS]]
    if extracts[NAMED_EXTRACTS:]:
        named.append(html.muted(f"und {len(extracts) - NAMED_EXTRACTS} weitere"))
    return [
        title,
        html.stacked(_source_date(source, figures), html.muted(source.date_note)),
        html.stacked(*named) if named else html.muted("–"),
        html.text(format_number(figures["figures"] if figures else 0)),
    ]


def _source_date(source: Source, figures: Mapping[str, Any] | None) -> html.Html:
    if source.data_date:
        return html.text(f"{source.data_date:%d.%m.%Y}{' (angesetzt)' if source.date_assumed else ''}")
    if figures is None:
        return html.muted("noch nichts geladen")
    first, last = figures["first_date"], figures["last_date"]
    return html.text(f"{first:%d.%m.%Y}" if first == last else f"{first:%d.%m.%Y} bis {last:%d.%m.%Y}")


def load_row(row: Mapping[str, object]) -> list[html.Html]:
    """Return one act of the load log (LOAD columns)."""
    act = LOAD_ACTS.get(str(row["act"]), str(row["act"]))
    about = (format_name(str(row["format"])), f"Kennung {str(row['extract'])[:12]}")
    acted = f"{row['acted_at']:%d.%m.%Y, %H:%M}{NBSP}Uhr"
    return [
        html.stacked(html.text(row["file_name"]), html.muted(" · ".join(part for part in about if part))),
        html.stacked(html.text(act), html.muted(row["reason"])),
        html.stacked(html.text(acted), html.muted(f"UTC, {row['who']}")),
        html.text(format_number(int(str(row["rows"])))),
    ]

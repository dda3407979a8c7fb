"""Fields, chances and risks at a glance: how many per category and Jobcenter, and chances beside risks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from pages.components import html
from pages.components.show import intern_of
from pages.components.warehouse import catalog
from warehouse.fields import counts

Named = Mapping[str, int]
"""Kind of field → how many a document names."""


def field_matrix(rows: pl.DataFrame, view: str, address: Mapping[str, str]) -> html.Html:
    """Return categories as rows and Jobcenter as columns: how many each document names, leading to the list.

    `rows`: FIELD columns; `address`: the parameters of the view that the links keep.
    """
    known = catalog()
    cells = _named(rows)
    most = max((sum(named.values()) for named in cells.values()), default=1)
    table = [
        [
            html.text(term.name),
            *(_cell(cells.get((id_, area), {}), id_, area, most, address) for area in known.jobcenters),
        ]
        for id_, term in known.field_categories.items()
    ]
    sources = {entry.jobcenter: entry.id for entry in known.sources.values() if entry.jobcenter}
    areas = known.jobcenters.values()
    head = [html.beside(html.text(area.short_name), intern_of(sources.get(area.id, ""))) for area in areas]
    caption = f"{view}: Anzahl je Thema und Jobcenter. Ein Klick auf die Zahl zeigt die Liste."
    return html.table(["Thema", *head], table, caption=caption, figures_from=1)


def _named(rows: pl.DataFrame) -> dict[tuple[str, str], dict[str, int]]:
    """Return (category, Jobcenter) → what its document names, in the order of the vocabulary."""
    counted = {
        (row["category"], row["jobcenter"], row["kind"]): row["named"]
        for row in counts(rows).iter_rows(named=True)
    }
    found: dict[tuple[str, str], dict[str, int]] = {}
    for kind in catalog().field_kinds:
        for (category, jobcenter, own), number in counted.items():
            if own == kind:
                found.setdefault((category, jobcenter), {})[kind] = number
    return found


def _cell(named: Named, category: str, jobcenter: str, most: int, address: Mapping[str, str]) -> html.Html:
    known = catalog()
    total = sum(named.values())
    if not total:
        return html.NOTHING
    told = ", ".join(f"{known.field_kinds[id_].name}: {number}" for id_, number in named.items())
    area, theme = known.area_name(jobcenter), known.field_categories[category].name
    kept = {name: value for name, value in address.items() if value}
    linked = html.link(
        html.text(total), "handlungsfelder", told, **{**kept, "jobcenter": area, "thema": theme}
    )
    return html.stacked(linked, html.bar(total / most))


def outlook_columns(rows: pl.DataFrame) -> html.Html:
    """Return chances and risks (FIELD columns) beside each other, one row per category that has any."""
    known = catalog()
    several = rows["jobcenter"].n_unique() > 1
    table: list[Sequence[html.Html] | html.Section] = []
    for id_, term in known.field_categories.items():
        own = rows.filter(pl.col("category") == id_)
        if own.height:
            columns = [own.filter(pl.col("kind") == kind) for kind in ("chance", "risiko")]
            table.append([html.text(term.name), *(_titles(column, several) for column in columns)])
    caption = "Was die Dokumente als Chance und als Risiko beschreiben"
    return html.table(("Thema", "Chancen", "Risiken"), table, caption=caption)


def outlook_matrix(rows: pl.DataFrame) -> html.Html:
    """Return rated chances and risks (FIELD columns) by impact (rows, the highest first) and likelihood (columns).

    Words and signs stand in the cells: ▲ Chance, ▼ Risiko. On a phone each impact is a list of its own.
    """
    known = catalog()
    several = rows["jobcenter"].n_unique() > 1
    head = ["Auswirkung", *(f"Eintritt {term.name}" for term in known.field_levels.values())]
    table = [
        [
            html.text(impact.name),
            *(
                _rated(
                    rows.filter((pl.col("impact") == impact.id) & (pl.col("likelihood") == likelihood)),
                    several,
                )
                for likelihood in known.field_levels
            ),
        ]
        for impact in reversed(known.field_levels.values())
    ]
    caption = f"Chancen (▲) und Risiken (▼) nach Eintritt und Auswirkung: {rows.height} bewertet"
    return html.table(head, table, caption=caption)


def _rated(rows: pl.DataFrame, several: bool) -> html.Html:
    pieces = []
    for row in rows.iter_rows(named=True):
        sign = "▲" if row["kind"] == "chance" else "▼"
        area = catalog().area_name(row["jobcenter"]) if several else ""
        about = " · ".join(filter(None, (catalog().field_kinds[row["kind"]].name, area, row["responsible"])))
        title = html.beside(html.text(f"{sign} {row['title']}"), intern_of(row["source"]))
        pieces.append(html.stacked(title, html.muted(about)))
    return html.listed(*pieces) if pieces else html.NOTHING


def _titles(rows: pl.DataFrame, several: bool) -> html.Html:
    """Return titles, each with its Jobcenter where several are shown, its place and its note."""
    pieces = []
    for row in rows.iter_rows(named=True):
        area = [catalog().area_name(row["jobcenter"])] if several else []
        place = f"{row['place']}, Textzeile {row['line']}" if row["line"] else row["place"]
        about = html.muted(" · ".join(filter(None, [*area, place, row["note"]])))
        pieces.append(html.stacked(html.beside(html.text(row["title"]), intern_of(row["source"])), about))
    return html.listed(*pieces) if pieces else html.NOTHING

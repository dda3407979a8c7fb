"""How fields, chances, deadlines and bodies look in tables: title, time, place, note, INTERN."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from pages.charts.reference_tables import UNRATED, stated_cells, time_label
from pages.components import html, show
from pages.components.warehouse import catalog
from warehouse.periods import period_label
from warehouse.states import SEEDED_BY


def title_cell(row: Mapping[str, Any]) -> html.Html:
    """Return what a row is called, for whom it is, and whether its document is INTERN."""
    group = html.muted(row["target_group"]) if row.get("target_group") else html.EMPTY
    return html.stacked(html.beside(html.text(row["title"]), show.intern_of(row["source"])), group)


def place_cell(row: Mapping[str, Any]) -> html.Html:
    """Return where a row stands in its document or delivery, and who stated it where a person did."""
    line = html.muted(f"Textzeile {row['line']}") if row["line"] else html.EMPTY
    said = row.get("who") and row["who"] != SEEDED_BY
    stated = html.muted(f"Stand {row['data_date']:%d.%m.%Y}, {row['who']}") if said else html.EMPTY
    return html.stacked(html.text(row["place"]), line, stated)


def state_cell(row: Mapping[str, Any]) -> html.Html:
    """Return how far an entry is and what comes of it; nothing where nobody states it."""
    stated = {name: text for name, text in stated_cells(catalog(), row).items() if text and text != UNRATED}
    state = html.text(stated.pop("Umsetzung")) if "Umsetzung" in stated else html.EMPTY
    return html.stacked(state, *(html.muted(f"{name}: {text}") for name, text in stated.items()))


def field_rows(rows: pl.DataFrame, *, by: str) -> list[list[html.Html] | html.Section]:
    """Return the rows of a list with a heading for each Jobcenter or category (`by`), in the order of the catalog."""
    known = catalog()
    names = (
        {id_: known.area_name(id_) for id_ in known.jobcenters}
        if by == "jobcenter"
        else {id_: term.name for id_, term in known.field_categories.items()}
    )
    kinds = {id_: number for number, id_ in enumerate(known.field_kinds)}
    order = pl.col("kind").replace_strict(kinds, return_dtype=pl.Int64)
    table: list[list[html.Html] | html.Section] = []
    for id_, name in names.items():
        own = rows.filter(pl.col(by) == id_)
        if own.height:
            table.append(html.Section(f"{name} ({own.height})"))
            table.extend(
                _field_row(row, by) for row in own.sort(order, maintain_order=True).iter_rows(named=True)
            )
    return table


def _field_row(row: Mapping[str, Any], by: str) -> list[html.Html]:
    known = catalog()
    category = html.muted(known.field_categories[row["category"]].name) if by == "jobcenter" else html.EMPTY
    kind = html.text(known.field_kinds[row["kind"]].name)
    state = state_cell(row)
    return [
        title_cell(row),
        html.stacked(kind, category),
        html.text(time_label(row)),
        state if state.text else html.NOTHING,
        html.text(row["note"]),
        place_cell(row),
    ]


FIELD_HEAD = ("Bezeichnung", "Art", "Zeit", "Umsetzung und Wirkung", "Anmerkung", "Fundstelle")
OCCASION_HEAD = ("Termin", "Was", "Jobcenter", "Zuständig", "Fundstelle")


def occasion_rows(rows: pl.DataFrame) -> list[list[html.Html]]:
    """Return dates that are due (OCCASION columns) as table rows, the next first."""
    known = catalog()
    return [
        [
            html.stacked(
                html.text(period_label(row["first"], row["last"])),
                html.muted(known.field_rhythms[row["rhythm"]].name if row["rhythm"] else ""),
            ),
            html.stacked(
                html.text(row["title"]),
                html.muted(" · ".join(filter(None, (known.field_kinds[row["kind"]].name, row["note"])))),
            ),
            html.beside(html.text(known.area_name(row["jobcenter"])), show.intern_of(row["source"])),
            html.text(row["responsible"]),
            place_cell(row),
        ]
        for row in rows.iter_rows(named=True)
    ]


def deadline_rows(rows: Iterable[Mapping[str, Any]]) -> list[list[html.Html] | html.Section]:
    """Return the rows of the calendar (DEADLINE columns): when, what, who, note, place; undated ones under their own heading."""
    table: list[list[html.Html] | html.Section] = []
    undated = False
    for row in rows:
        if row["kind_of_time"] == "undated" and not undated:
            undated = True
            table.append(html.Section("Wiederkehrend oder ohne Datum"))
        name = html.stacked(
            html.beside(html.text(catalog().area_name(row["jobcenter"])), show.intern_of(row["source"]))
        )
        table.append(
            [
                html.text(row["title"]),
                html.text(time_label(row)),
                name,
                html.text(row["note"]),
                place_cell(row),
            ]
        )
    return table

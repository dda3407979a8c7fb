"""Values as tables: figures as rows, Jobcenter as columns, every value with its date, its marks and the way to its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from pages.charts.chart import source_notes
from pages.charts.share_tables import when
from pages.charts.tables import value_table
from pages.components import html, show
from pages.components.warehouse import catalog
from warehouse.printed_tables import COLUMNS
from warehouse.schema import CURRENT

_HEADS = ("Gruppe", "Anzahl", "Veränderung zum Vorjahr", "in Prozent", "Anteil")


def name_of(
    indicator: str, breakdown: str, *, coded: bool = False, note: html.Html = html.EMPTY
) -> html.Html:
    """Return a quantity as the first cell of a row: its name (`coded`: the short code first), its part and a note below."""
    known = catalog()
    part = html.muted(known.breakdown_name(breakdown)) if breakdown else html.EMPTY
    return html.stacked(html.text(known.quantity_name(indicator, coded=coded)), part, note)


def area_name(id: str, names: Mapping[str, str]) -> str:
    """Return what any area is called: one of the catalog, or one of `names`; its number where nothing is known of it."""
    known = catalog()
    return known.area_name(id) if id in known.jobcenters or id in known.regions else names.get(id, id)


def by_jobcenter(
    rows: pl.DataFrame, jobcenters: Sequence[str], *, caption: str, title: str, key: str
) -> None:
    """Show values (CURRENT columns) with one column per Jobcenter that has any, and one for quoted reference regions."""
    known = catalog()
    own = [id_ for id_ in jobcenters if id_ in rows["jobcenter"].to_list()]
    outside = rows.filter(~pl.col("jobcenter").is_in(list(known.jobcenters)))
    head = ["Kennzahl", *map(known.area_name, own), *(["Vergleichsraum"] if outside.height else [])]
    body: list[Sequence[html.Html] | html.Section] = []
    for topic in known.topics.values():
        groups = [
            (key_, group)
            for key_, group in rows.group_by("indicator", "breakdown", maintain_order=True)
            if known.indicator(str(key_[0])).topic == topic.id
        ]
        body += [html.Section(topic.name)] if groups else []
        for (indicator, breakdown), group in groups:
            cells = [_cell(group.filter(pl.col("jobcenter") == id_)) for id_ in own]
            cells += (
                [_cell(group.join(outside, on="jobcenter", how="semi"), named=True)] if outside.height else []
            )
            body.append([name_of(str(indicator), str(breakdown)), *cells])
    shown = html.table(head, body, caption=caption, figures_from=1)
    show.table(shown, value_table(known, rows), title=title, notes=source_notes(known, rows), key=key)


def _cell(rows: pl.DataFrame, *, named: bool = False) -> html.Html:
    """Return all values of one area, below each other; a reference region is named."""
    cells = []
    for row in rows.iter_rows(named=True):
        area = html.muted(catalog().area_name(row["jobcenter"])) if named else html.EMPTY
        cells.append(html.stacked(area, show.value_cell(row)))
    return html.stacked(*cells) if cells else html.NOTHING


def printed(table: pl.DataFrame) -> tuple[html.Html, pl.DataFrame]:
    """Return one table of a document with all its columns, and its cells as values."""
    known = catalog()
    cells = [
        pl.DataFrame([cell for cell in table[name] if cell is not None]).select(list(CURRENT))
        for name in COLUMNS
    ]
    first = cells[0].row(0, named=True)
    caption = f"{known.area_name(first['jobcenter'])}, {when(known, first)}: {first['place'].split(', Zeile ')[0]}, wie gedruckt."
    body = []
    for row in table.iter_rows(named=True):
        name = (
            known.breakdown_name(row["breakdown"])
            if row["breakdown"]
            else known.indicator(row["indicator"]).name
        )
        body.append(
            [
                html.text(name),
                *(
                    html.muted("nicht genannt") if row[column] is None else show.figure_cell(row[column])
                    for column in COLUMNS
                ),
            ]
        )
    return html.table(_HEADS, body, caption=caption, figures_from=1), pl.concat(cells)

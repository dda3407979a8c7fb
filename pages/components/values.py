"""Values as tables: figures as rows, Jobcenter as columns, every value with its date, its marks and the way to its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from pages.charts.chart import source_notes
from pages.charts.share_tables import when
from pages.charts.tables import value_table
from pages.components import html, show
from pages.components.warehouse import catalog
from warehouse.printed_tables import COLUMNS
from warehouse.schema import CURRENT, Row, rows_by

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
    areas = set(rows["jobcenter"])
    own, outside = [id_ for id_ in jobcenters if id_ in areas], areas - set(known.jobcenters)
    head = ["Kennzahl", *map(known.area_name, own), *(["Vergleichsraum"] if outside else [])]
    groups = rows_by(rows.iter_rows(named=True), "indicator", "breakdown")
    body: list[Sequence[html.Html] | html.Section] = []
    for topic in known.topics.values():
        of_topic = [key_ for key_ in groups if known.indicator(key_[0]).topic == topic.id]
        body += [html.Section(topic.name)] if of_topic else []
        for key_ in of_topic:
            cells = [_cell(row for row in groups[key_] if row["jobcenter"] == id_) for id_ in own]
            beside = (row for row in groups[key_] if row["jobcenter"] in outside)
            body.append(
                [name_of(key_[0], key_[1]), *cells, *([_cell(beside, named=True)] if outside else [])]
            )
    shown = html.table(head, body, caption=caption, figures_from=1)
    show.table(shown, value_table(known, rows), title=title, notes=source_notes(known, rows), key=key)


def _cell(rows: Iterable[Row], *, named: bool = False) -> html.Html:
    """Return all values of one area, below each other; a reference region is named."""
    cells = []
    for row in rows:
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

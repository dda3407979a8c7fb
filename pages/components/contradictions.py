"""Where documents contradict themselves: how many of which kind, and each with its explanation and evidence."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pages.components import html
from pages.components.fields import intern
from pages.components.reference import evidence
from pages.components.warehouse import catalog
from warehouse.dictionary import first_series


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
    head = [html.text("Was nicht passt"), *(html.text(area.short_name) for area in known.jobcenters.values())]
    caption = "Widersprüche je Dokument; ein Klick zeigt die Liste. Wer mehr Zahlen nennt, kann sich öfter widersprechen."
    return html.table(head, table, caption=caption)


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
    head = [html.text(name) for name in ("Angaben im Dokument", "Was nicht passt", "Fundstelle")]
    caption = f"{rows.height} Widersprüche" if rows.height > 1 else "Ein Widerspruch"
    return html.table(head, table, caption=caption, numeric_from=9)


def _row(row: Mapping[str, str], series: pl.DataFrame) -> list[html.Html]:
    found = first_series(series, row["jobcenter"], row["indicators"], row["breakdown"])
    proof = evidence(html.text("Nachweis"), row["jobcenter"], found) if found else html.Html("")
    place = html.text(row["place"].replace("|", "; "))
    line = html.muted(f"Textzeile {row['line'].replace('|', ', ')}")
    figures = html.beside(html.text(row["figures"]), intern(row["source"]))
    kind = html.muted(catalog().contradiction_kinds[row["kind"]].name)
    return [html.stacked(figures, kind), html.text(row["explanation"]), html.stacked(place, line, proof)]

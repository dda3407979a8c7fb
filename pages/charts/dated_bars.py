"""Single values that share no period: a bar each from zero, a panel per Jobcenter and date; nothing is ranked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.chart import Chart, finish, present, source_notes
from pages.charts.drawing import Drawing
from pages.charts.panels import Bar, Panel, draw_panels, style_of
from pages.charts.reasons import uncertain_reasons
from pages.charts.share_tables import when
from pages.charts.tables import value_table
from warehouse.catalog import Catalog, Jobcenter
from warehouse.comparison import Level
from warehouse.drawable import level_between
from warehouse.formatting import NBSP, format_value
from warehouse.schema import KEY

_TIME = ["period_start", "period_end", "time_concept"]
_SIGNS = (
    "voll = Ist; hell umrandet = Soll oder Plan; schraffiert = Prognose; "
    "hohl, gepunktet = ungefähr oder unsicher; grau = Vergleichsraum"
)


def dated_bars(catalog: Catalog, rows: pl.DataFrame, *, title: str, subtitle: str) -> Chart:
    """Draw the values of one indicator (CURRENT columns), a panel per Jobcenter and date; reference regions quoted by the same
    source for that date stand below as grey bars."""
    figure = Drawing()
    panels = [panel for jobcenter in present(catalog, rows) for panel in _panels(catalog, rows, jobcenter)]
    inside = rows.filter(pl.col("jobcenter").is_in(list(catalog.jobcenters)))
    height = draw_panels(figure, panels)
    spoken = " ".join(
        f"{panel.title}: " + "; ".join(f"{bar.name} {bar.text}" for bar in panel.bars) + "."
        for panel in panels
    )
    notes = source_notes(catalog, rows)
    notes["Besonderheiten"] = " ".join(
        filter(None, (notes["Besonderheiten"], *uncertain_reasons(catalog, rows)))
    )
    notes["Zeichen"] = "; ".join(filter(None, (_SIGNS, notes["Zeichen"])))
    reporting = f"{len(present(catalog, rows))} von {len(catalog.jobcenters)} Jobcentern mit Wert"
    notes["Vergleichsgruppe"] = f"{reporting}; jede Angabe mit eigenem Datum, daher ohne Rang"
    return finish(
        figure,
        title=title,
        subtitle=" · ".join(filter(None, (subtitle, apart(catalog, inside)))),
        alt=f"{title}. {spoken}",
        table=value_table(catalog, rows),
        notes=notes,
        height=height,
    )


def apart(catalog: Catalog, rows: pl.DataFrame) -> str:
    """Say that lengths in different panels may not be compared, and why; nothing where all have one time."""
    level = level_between(catalog, rows)
    if level is Level.A or rows.select(*_TIME, "jobcenter").n_unique() < 2:
        return ""
    why = f" ({level.name_de})" if level else ""
    return f"Felder mit verschiedenen Daten{why}: Längen nur innerhalb eines Feldes vergleichen"


def _panels(catalog: Catalog, rows: pl.DataFrame, jobcenter: Jobcenter) -> list[Panel]:
    """Return the panels of one Jobcenter, newest date first."""
    own = rows.filter(pl.col("jobcenter") == jobcenter.id).sort(
        "period_end", "period_start", "breakdown", "kind", descending=[True, True, False, False]
    )
    every = rows.filter(~pl.col("jobcenter").is_in(list(catalog.jobcenters)))
    beside = [
        catalog.stands_beside(region, jobcenter.id, source)
        for region, source in every.select("jobcenter", "source").iter_rows()
    ]
    outside = every.filter(pl.Series(beside, dtype=pl.Boolean))
    panels, told = [], outside.clear()
    for _, dated in own.group_by(_TIME, maintain_order=True):
        quoted = outside.join(dated, on=[*_TIME, "source"], how="semi")
        told = pl.concat([told, quoted])
        bars = [_bar(catalog, row) for row in pl.concat([dated, quoted]).iter_rows(named=True)]
        title = f"{jobcenter.short_name} · {when(catalog, dated.row(0, named=True))}"
        panels.append(Panel(title, "", jobcenter, bars))
    others = outside.join(own, on="source", how="semi").join(told, on=[*KEY, "row", "source"], how="anti")
    for _, dated in others.group_by(_TIME, maintain_order=True):
        bars = [_bar(catalog, row) for row in dated.iter_rows(named=True)]
        panels.append(Panel(when(catalog, dated.row(0, named=True)), "", jobcenter, bars))
    return panels


def _bar(catalog: Catalog, row: Mapping[str, Any]) -> Bar:
    inside = str(row["jobcenter"]) in catalog.jobcenters
    part = catalog.breakdown_name(str(row["breakdown"])) if row["breakdown"] else ""
    kind = "" if row["kind"] == "ist" and (part or not inside) else catalog.kinds[str(row["kind"])].name
    area = "" if inside else f"zum Vergleich: {catalog.area_name(str(row['jobcenter']))}"
    name = " · ".join(filter(None, (area, part, kind)))
    signs = ("‼" if row["contradicted"] else "") + ("?" if row["status"] == "unsicher" else "")
    said = format_value(catalog, str(row["indicator"]), row["value"], precision=str(row["precision"]))
    return Bar(
        name, row["value"], NBSP.join(filter(None, (said, signs))), style_of(row) if inside else "reference"
    )

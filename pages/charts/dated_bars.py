"""Single values that share no period: a bar each from zero, its own date in its name; nothing is ranked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.chart import Chart, finish, is_soft, source_notes
from pages.charts.drawing import Drawing
from pages.charts.panels import Bar, Panel, Style, draw_panels
from pages.charts.reasons import uncertain_reasons
from pages.charts.share_tables import when
from pages.charts.tables import value_table
from warehouse.catalog import Catalog
from warehouse.formatting import NBSP, format_value

_SIGNS = (
    "voll = Ist; hell umrandet = Soll oder Plan; schraffiert = Prognose; "
    "hohl = ungefähr oder unsicher; grau = Vergleichsraum"
)


def dated_bars(catalog: Catalog, rows: pl.DataFrame, *, title: str, subtitle: str) -> Chart:
    """Draw the values of one indicator (CURRENT columns), a panel per Jobcenter; reference regions quoted by the same source
    stand below as grey bars."""
    figure = Drawing()
    panels = []
    for jobcenter in catalog.jobcenters.values():
        own = rows.filter(pl.col("jobcenter") == jobcenter.id).sort("breakdown", "period_end", "kind")
        if own.height:
            quoted = rows.filter(
                ~pl.col("jobcenter").is_in(list(catalog.jobcenters))
                & pl.col("source").is_in(own["source"].implode())
            )
            bars = [_bar(catalog, row) for row in own.iter_rows(named=True)] + [
                _bar(catalog, row) for row in quoted.iter_rows(named=True)
            ]
            panels.append(Panel(jobcenter.short_name, "", jobcenter, bars))
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
    notes["Vergleichsgruppe"] = (
        f"{len(panels)} von {len(catalog.jobcenters)} Jobcentern mit Wert; jede Angabe mit eigenem Datum, daher ohne Rang"
    )
    return finish(
        figure,
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {spoken}",
        table=value_table(catalog, rows),
        notes=notes,
        height=height,
    )


def _bar(catalog: Catalog, row: Mapping[str, Any]) -> Bar:
    inside = str(row["jobcenter"]) in catalog.jobcenters
    part = catalog.breakdown_name(str(row["breakdown"])) if row["breakdown"] else ""
    kind = "" if row["kind"] == "ist" else catalog.kinds[str(row["kind"])].name
    area = "" if inside else f"zum Vergleich: {catalog.area_name(str(row['jobcenter']))}"
    name = " · ".join(filter(None, (area, part, kind, when(catalog, row))))
    signs = ("‼" if row["contradicted"] else "") + ("?" if row["status"] == "unsicher" else "")
    said = format_value(catalog, str(row["indicator"]), row["value"], precision=str(row["precision"]))
    return Bar(
        name, row["value"], NBSP.join(filter(None, (said, signs))), _style(row) if inside else "reference"
    )


def _style(row: Mapping[str, Any]) -> Style:
    kinds: dict[str, Style] = {
        "soll": "target",
        "plan": "target",
        "prognose": "forecast",
        "vorjahr": "previous",
    }
    return kinds.get(
        str(row["kind"]), "soft" if is_soft(str(row["precision"]), str(row["status"])) else "solid"
    )

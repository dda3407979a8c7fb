"""Single values that share no period: a bar each from zero, a panel per Jobcenter and date; nothing is ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from warehouse.schema import Row, rows_by

_TIME = ["period_start", "period_end", "time_concept"]
_SIGNS = (
    "voll = Ist; hell umrandet = Soll oder Plan; schraffiert = Prognose; "
    "hohl, gepunktet = ungefähr oder unsicher; grau = Vergleichsraum"
)


def dated_bars(catalog: Catalog, rows: pl.DataFrame, *, title: str, subtitle: str) -> Chart:
    """Draw the values of one indicator (CURRENT columns), a panel per Jobcenter and date; reference regions quoted by the same
    source for that date stand below as grey bars."""
    figure = Drawing()
    outside = rows.filter(~pl.col("jobcenter").is_in(list(catalog.jobcenters))).to_dicts()
    panels = [
        panel
        for jobcenter in present(catalog, rows)
        for panel in _panels(catalog, rows.filter(jobcenter=jobcenter.id), outside, jobcenter)
    ]
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


def _panels(
    catalog: Catalog, rows: pl.DataFrame, outside: Sequence[Row], jobcenter: Jobcenter
) -> list[Panel]:
    """Return the panels of one Jobcenter, newest date first; what its sources quote of another time has panels of its own."""
    newest_first = [True, True, False, False]
    own = rows.sort("period_end", "period_start", "breakdown", "kind", descending=newest_first).to_dicts()
    beside = [row for row in outside if catalog.stands_beside(row["jobcenter"], jobcenter.id, row["source"])]
    panels, told = [], set()
    of_time = rows_by(beside, *_TIME)
    for time, dated in rows_by(own, *_TIME).items():
        sources = {row["source"] for row in dated}
        quoted = [row for row in of_time.get(time, ()) if row["source"] in sources]
        told |= {id(row) for row in quoted}
        title = f"{jobcenter.short_name} · {when(catalog, dated[0])}"
        panels.append(Panel(title, "", jobcenter, [_bar(catalog, row) for row in (*dated, *quoted)]))
    sources = {row["source"] for row in own}
    others = [row for row in beside if row["source"] in sources and id(row) not in told]
    for dated in rows_by(others, *_TIME).values():
        bars = [_bar(catalog, row) for row in dated]
        panels.append(Panel(when(catalog, dated[0]), "", jobcenter, bars))
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

"""Shares with their stated base: one panel per Jobcenter and time, one bar per part on a scale of 0 to 100 %."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.chart import Chart, finish, is_soft, source_notes
from pages.charts.dated_bars import apart
from pages.charts.drawing import Drawing
from pages.charts.panels import Bar, Panel, Style, draw_panels
from pages.charts.reasons import uncertain_reasons
from pages.charts.share_tables import base_name, share_table, share_text, when
from warehouse.catalog import Catalog
from warehouse.formatting import NBSP, format_number, format_percent, format_value
from warehouse.schema import rows_by

_PANEL = ["jobcenter", "source", "base", "dimension", "period_start", "period_end", "time_concept", "kind"]
_OWN = "Anteil = Anzahl ÷ Gesamtzahl derselben Quelle und desselben Zeitraums × 100"


def share_bars(
    catalog: Catalog, found: pl.DataFrame, rests: pl.DataFrame, *, title: str, subtitle: str
) -> Chart:
    """Draw shares (SHARE columns, reference regions included) and what the parts leave over (REST columns).

    Approximate or uncertain shares are hollow; of contradicting values all are drawn; a reference region stands as a grey
    bar below the share of the same part, time and source.
    """
    figure = Drawing()
    own = found.filter(pl.col("jobcenter").is_in(list(catalog.jobcenters)))
    groups = sorted(
        own.partition_by(_PANEL, maintain_order=True),
        key=lambda group: list(catalog.jobcenters).index(group["jobcenter"][0]),
    )
    several = own["dimension"].n_unique() > 1
    panels = [_panel(catalog, group, found, rests, named=several) for group in groups]
    height = draw_panels(figure, panels, whole=100)
    spoken = " ".join(
        f"{panel.title}: " + "; ".join(f"{bar.name} {bar.text}" for bar in panel.bars) + "."
        for panel in panels
    )
    return finish(
        figure,
        title=title,
        subtitle=" · ".join(
            filter(None, (subtitle, apart(catalog, own.with_columns(pl.col("base").alias("indicator")))))
        ),
        alt=f"{title}. {spoken}",
        table=share_table(catalog, found),
        notes=_notes(catalog, found, rests),
        height=height,
    )


def _panel(
    catalog: Catalog, group: pl.DataFrame, found: pl.DataFrame, rests: pl.DataFrame, *, named: bool
) -> Panel:
    first = group.row(0, named=True)
    jobcenter = catalog.jobcenters[first["jobcenter"]]
    kind = "" if first["kind"] == "ist" else f" · {catalog.kinds[first['kind']].name}"
    beside = found.filter(~pl.col("jobcenter").is_in(list(catalog.jobcenters)))
    beside = beside.join(group.head(1), on=[name for name in _PANEL if name != "jobcenter"], how="semi")
    all_own = bool(group["own"].all())
    bars = []
    parts = group["breakdown"].to_list()
    quoted = beside.to_dicts()
    for (part,), rows in rows_by(group.iter_rows(named=True), "breakdown").items():
        inner = any(entry.id == part and entry.within in parts for entry in catalog.breakdowns.values())
        bars += [
            _bar(catalog, row, all_own=all_own, again=place > 0, inner=inner)
            for place, row in enumerate(rows)
        ]
        bars += [
            _reference(catalog, row)
            for row in quoted
            if row["breakdown"] == part
            and catalog.stands_beside(row["jobcenter"], jobcenter.id, row["source"])
        ]
    left = rests.join(group.head(1), on=_PANEL, how="semi")
    bars += [bar for row in left.iter_rows(named=True) if (bar := _rest(catalog, row))]
    dimension = f"{catalog.dimensions[first['dimension']].name} · " if named and first["dimension"] else ""
    return Panel(
        f"{jobcenter.short_name} · {when(catalog, first)}{kind}",
        dimension + _base(catalog, first, own=all_own),
        jobcenter,
        bars,
    )


def _base(catalog: Catalog, row: Mapping[str, Any], *, own: bool) -> str:
    base = str(row["base"])
    if row["whole"] is None:
        known = catalog.indicator(base).base or catalog.indicator(base).unit != "%"
        text = f"Basis: {base_name(catalog, base)}, Zahl nicht genannt" if known else base_name(catalog, base)
    else:
        number = format_value(catalog, base, row["whole"], precision=str(row["whole_precision"]), unit=False)
        text = f"Basis: {base_name(catalog, base)} ({number})"
    return f"{text} · eigene Berechnung" if own else text


def _bar(catalog: Catalog, row: Mapping[str, Any], *, all_own: bool, again: bool, inner: bool) -> Bar:
    name = (
        ("darunter " if inner else "")
        + catalog.breakdown_name(str(row["breakdown"]))
        + (" – weitere Angabe" if again else "")
    )
    if row["count"] is not None and not again:
        doubt = f"{NBSP}?" if row["count_status"] == "unsicher" else ""
        name += f" · {format_value(catalog, str(row['count_indicator']), row['count'], unit=False)}{doubt}"
    if row["own"] and not all_own:
        name += " · eigene Berechnung"
    style: Style = "soft" if is_soft(str(row["precision"]), str(row["status"])) else "solid"
    if row["kind"] != "ist" and style == "solid":
        style = "target"
    return Bar(name, row["value"], share_text(catalog, row), style)


def _reference(catalog: Catalog, row: Mapping[str, Any]) -> Bar:
    return Bar(
        f"zum Vergleich: {catalog.area_name(str(row['jobcenter']))}",
        row["value"],
        share_text(catalog, row),
        "reference",
    )


def _rest(catalog: Catalog, row: Mapping[str, Any]) -> Bar | None:
    """Say what is left over or too much; nothing where rounding explains it."""
    rest, count = float(row["rest"]), row["rest_count"]
    if row["rounding"]:
        return None
    people = (
        f" · {format_value(catalog, str(row['base']), abs(count), unit=False)}" if count is not None else ""
    )
    mark = "" if row["exact"] else f"≈{NBSP}"
    if rest > 0:
        return Bar(f"im Dokument nicht aufgeteilt{people}", rest, mark + format_percent(rest), "rest")
    total = format_percent(float(row["total"]))
    excess = (
        f"{format_number(-rest, 1)}{NBSP}Prozentpunkte" if -rest >= 0.05 else f"unter 0,1{NBSP}Prozentpunkte"
    )
    return Bar(f"mehr als das Ganze: Teile ergeben {mark}{total}{people}", -rest, mark + excess, "rest")


def _notes(catalog: Catalog, found: pl.DataFrame, rests: pl.DataFrame) -> dict[str, str]:
    notes = source_notes(catalog, found)
    special = [notes["Besonderheiten"]]
    if found["dimension"].is_in([entry.id for entry in catalog.dimensions.values() if entry.multiple]).any():
        special.append(
            "Mehrfachnennungen: Eine Person kann in mehreren Teilen zählen, zusammen sind es mehr als 100 %."
        )
    special += [f"? {reason}" for reason in uncertain_reasons(catalog, found)]
    if (rests["rest"] > 0).any() and not rests["rounding"].all():
        special.append("Grau schraffiert: was die genannten Teile offenlassen.")
    signs = (
        "‼ widersprüchlich, ? Zuordnung unsicher"
        if found["contradicted"].any() or (found["status"] == "unsicher").any()
        else ""
    )
    notes["Eigene Berechnung"] = _OWN if found["own"].any() else ""
    notes["Besonderheiten"] = " ".join(filter(None, special))
    notes["Zeichen"] = "; ".join(filter(None, (notes["Zeichen"], signs)))
    return notes

"""Targets as bullet charts in IBCS notation, and how far the Ist lies from them as bars of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pages.charts.amounts import drawn_difference
from pages.charts.chart import Chart, finish, from_zero, is_soft, source_notes
from pages.charts.drawing import Drawing
from pages.charts.tables import in_fixed_order
from pages.charts.target_lanes import bar, lay_out
from pages.charts.theme import CLEAR, FAVOURABLE, PEER, UNFAVOURABLE
from pages.charts.verdicts import (
    DEVIATION_NOTE,
    PLAIN_CONCEPTS,
    actual_text,
    as_values,
    target_table,
    target_text,
    verdict,
)
from warehouse.catalog import Catalog
from warehouse.periods import period_label

TARGET, ACTUAL, RAIL = 26, 12, 6
"""Thickness in pixels of a target, of the Ist inside it, and of what is left of the target above and below."""

SIGNS = "schmal = Ist (hohl: unsicher oder ungefähr), umrandet = Soll oder Plan, schraffiert = Prognose, blass = Vorjahr"


def bullets(catalog: Catalog, found: pl.DataFrame, *, title: str, subtitle: str) -> Chart:
    """Draw every dated target of one quantity with its Ist inside, from zero.

    `found`: TARGET columns of one indicator and breakdown; a target without Ist stands alone and says so.
    """
    found = _drawable(catalog, found)
    figure, rows = Drawing(), found.to_dicts()
    texts = [
        f"{_period(catalog, row)}: {actual_text(catalog, row)} · {target_text(catalog, row)}" for row in rows
    ]
    height = lay_out(catalog, figure, rows, texts)
    for row in rows:
        _target_bars(catalog, figure, row)
        _actual_bar(catalog, figure, row)
    figure.update_xaxes(visible=False, range=from_zero([*found["target"], *found["actual"].drop_nulls()]))
    notes = _notes(catalog, found)
    notes["Zeichen"] = "; ".join(filter(None, (notes["Zeichen"], SIGNS)))
    return _finish(catalog, figure, found, texts, title=title, subtitle=subtitle, notes=notes, height=height)


def deviations(catalog: Catalog, found: pl.DataFrame, *, title: str, subtitle: str) -> Chart:
    """Draw Ist − target of one quantity as bars from zero; colour, sign and word say what it means.

    `found`: TARGET columns, at least one with an Ist. Without direction or judgement a bar is grey.
    """
    found = _drawable(catalog, found.filter(pl.col("actual").is_not_null()))
    figure, rows = Drawing(), found.to_dicts()
    texts = [
        f"{_period(catalog, row)}: {drawn_difference(catalog, row['indicator'], row['deviation'])} · {verdict(row)}"
        for row in rows
    ]
    height = lay_out(catalog, figure, rows, texts)
    colours = {"favourable": FAVOURABLE.colour, "unfavourable": UNFAVOURABLE.colour}
    for row, text in zip(rows, texts, strict=True):
        bar(figure, row, row["deviation"], ACTUAL + RAIL, {"color": colours.get(row["outcome"], PEER)}, text)
    figure.update_xaxes(visible=False, range=from_zero(found["deviation"].to_list()))
    notes = {**_notes(catalog, found), "Eigene Berechnung": DEVIATION_NOTE}
    return _finish(catalog, figure, found, texts, title=title, subtitle=subtitle, notes=notes, height=height)


def _drawable(catalog: Catalog, found: pl.DataFrame) -> pl.DataFrame:
    dated = found.filter(pl.col("target").is_not_null() & (pl.col("time_concept") != "dokumentstand"))
    return in_fixed_order(catalog, dated)


def _period(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """Return the period of a target, with its time concept where the period does not say it."""
    concept = catalog.time_concepts[row["time_concept"]]
    named = "" if concept.id in PLAIN_CONCEPTS else f" ({concept.short})"
    return period_label(row["period_start"], row["period_end"]) + named


def _target_bars(catalog: Catalog, figure: Drawing, row: Mapping[str, Any]) -> None:
    """Draw the target; hatching and paleness leave the middle free for the Ist, so that a hollow one stays hollow."""
    colour, hover = catalog.jobcenters[row["jobcenter"]].colour, target_text(catalog, row)
    common: dict[str, Any] = {"hover": hover, "name": catalog.kinds[row["kind"]].name}
    outline = {"color": CLEAR, "line": {"color": PEER, "width": 2}}
    hatch = {"shape": "/", "fgcolor": PEER, "bgcolor": CLEAR, "size": 6, "solidity": 0.3}
    rails = [-10, 10] if row["actual"] is not None else [0]
    thickness = RAIL if len(rails) > 1 else TARGET
    for shift in rails if row["kind"] in ("prognose", "vorjahr") else []:
        filled = {"color": colour} if row["kind"] == "vorjahr" else {"color": CLEAR, "pattern": hatch}
        pale = 0.35 if row["kind"] == "vorjahr" else 1
        bar(figure, row, row["target"], thickness, filled, shift=shift, opacity=pale, **common)
    if row["kind"] != "vorjahr":
        bar(figure, row, row["target"], TARGET, outline, **common)


def _actual_bar(catalog: Catalog, figure: Drawing, row: Mapping[str, Any]) -> None:
    if row["actual"] is None:
        return
    colour = catalog.jobcenters[row["jobcenter"]].colour
    soft = is_soft(row["actual_precision"], row["actual_status"]) or row["actual_contradicted"]
    marker = {"color": CLEAR if soft else colour, "line": {"color": colour, "width": 2}}
    bar(figure, row, row["actual"], ACTUAL, marker, actual_text(catalog, row), name="Ist")


def _notes(catalog: Catalog, found: pl.DataFrame) -> dict[str, str]:
    concepts = dict.fromkeys(catalog.time_concepts[id_].name for id_ in found["time_concept"])
    notes = source_notes(catalog, as_values(found))
    notes["Berichtszeitraum"] = f"Zeitbezug: {', '.join(concepts)}; Ist nur aus derselben Reihe"
    return notes


def _finish(
    catalog: Catalog, figure: Drawing, found: pl.DataFrame, texts: list[str], *,
    title: str, subtitle: str, notes: dict[str, str], height: int,
) -> Chart:  # fmt: skip
    areas = [catalog.area_name(id_) for id_ in found["jobcenter"]]
    spoken = "; ".join(f"{area} {text}" for area, text in zip(areas, texts, strict=True))
    table = target_table(catalog, found)
    return finish(
        figure,
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {spoken}.",
        table=table,
        notes=notes,
        height=height,
    )

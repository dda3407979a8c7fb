"""Targets as table rows: with their Ist and the deviation, or alone with everything the document says about them."""

from __future__ import annotations

from pages.charts.verdicts import PLAIN_CONCEPTS, verdict
from pages.components.html import EMPTY, NOTHING, Html, badge, muted, noted, stacked, text
from pages.components.show import figure_cell, value_cell
from pages.components.values import name_of
from pages.components.warehouse import catalog
from warehouse.formatting import format_difference, format_percent, format_value, unrounded
from warehouse.periods import period_label
from warehouse.schema import Row


def judged_row(row: Row) -> list[Html]:
    """Return a target (TARGET columns and those of `verdicts.as_values`) with its Ist, both deviations and the verdict."""
    deviation, printed = row["deviation"], row["printed_percent"]
    concept = (
        "" if row["time_concept"] in PLAIN_CONCEPTS else catalog().time_concepts[row["time_concept"]].short
    )
    kind = muted(catalog().kinds[row["kind"]].short)
    actual = {name: row[f"actual_{name}"] for name in ("status", "precision", "contradicted")}
    return [
        stacked(
            text(period_label(row["period_start"], row["period_end"])), muted(concept) if concept else EMPTY
        ),
        figure_cell(row, note=stacked(kind, _status(row))),
        muted("kein Ist")
        if row["actual"] is None
        else figure_cell({**row, **actual, "value": row["actual"]}),
        NOTHING if deviation is None else _deviation(row),
        _percent(row["deviation_percent"]),
        NOTHING if printed is None else stacked(_percent(printed), _agreement(row)),
        text(verdict(row)),
    ]


def open_row(row: Row) -> list[Html]:
    """Return a target that no Ist answers, with place and note."""
    return [
        name_of(row["indicator"], row["breakdown"]),
        value_cell(row, note=_status(row)),
        stacked(text(row["place"]), muted(row["target_note"]) if row["target_note"] else EMPTY),
    ]


def _deviation(row: Row) -> Html:
    known, indicator = catalog(), row["indicator"]
    target, actual = (format_value(known, indicator, row[name]) for name in ("value", "actual"))
    told = format_difference(known, indicator, row["deviation"])
    return noted(told, unrounded(target, actual, told))


def _percent(value: float | None) -> Html:
    return NOTHING if value is None else text(format_percent(value, signed=True))


def _agreement(row: Row) -> Html:
    """Say where the printed deviation is not what the printed values give, and whether rounding explains it."""
    if row["printed_agrees"] is None:
        return EMPTY
    if not row["printed_agrees"]:
        return badge(
            "‼ weicht ab", "Die gedruckte Abweichung folgt auch mit Rundung nicht aus den gedruckten Werten."
        )
    same = format_percent(row["deviation_percent"]) == format_percent(row["printed_percent"])
    return EMPTY if same else muted("im Rundungsspielraum")


def _status(row: Row) -> Html:
    """Return the status of a target where it is not final; an uncertain one has its own badge."""
    status = catalog().statuses[row["status"]]
    return EMPTY if status.id in ("endgueltig", "unsicher") else badge(status.name, "Status des Werts")

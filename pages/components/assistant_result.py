"""The result of an assignment so far: what was understood, the first values with their cells, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from etl.assignment import TRIED_ROWS, Trial
from etl.grouped import grouped
from pages.components import html
from pages.components.draft_tables import problem_table
from pages.components.values import area_name, name_of
from pages.components.warehouse import catalog
from warehouse.formatting import format_number, format_value
from warehouse.periods import period_label

_SHOWN = 8


def show_trial(trial: Trial, number_of_sheets: int) -> None:
    """Show what a format makes of the file as it is chosen now."""
    st.markdown("#### Ergebnis")
    if trial.open:
        items = html.listed(*(html.text(text) for text in trial.open))
        st.html(f'<div role="status">{html.strong("Noch offen:").text}{items.text}</div>')
        return
    st.html(f'<p class="jv-note" role="status">{html.text(_counted(trial, number_of_sheets)).text}</p>')
    if trial.rows.height:
        rows = [_row(row, trial.names) for row in trial.rows.head(_SHOWN).iter_rows(named=True)]
        caption = f"Die ersten {len(rows)} von {format_number(trial.rows.height)} Werten"
        head = ("Kennzahl", "Jobcenter", "Zeitraum", "Stelle in der Datei", "Wert")
        st.html(html.table(head, rows, caption=caption, figures_from=4).text)
    groups = grouped(trial.problems)
    if groups:
        st.html("".join(f'<div class="jv-problem">{problem_table(group).text}</div>' for group in groups))


def _counted(trial: Trial, number_of_sheets: int) -> str:
    rows = trial.rows
    if rows.is_empty():
        return "Kein Wert wird verstanden. Prüfen Sie Kopfzeilen, Datenzeilen und Bedeutungen."
    periods = rows.select("period_start", "period_end").unique().sort("period_start", "period_end").rows()
    areas = sorted({area_name(each, trial.names) for each in rows["jobcenter"]})
    parts = [
        f"{format_number(rows.height)} {'Wert' if rows.height == 1 else 'Werte'} verstanden",
        areas[0] if len(areas) == 1 else f"{format_number(len(areas))} Jobcenter und Vergleichsräume",
        f"{format_number(rows['indicator'].n_unique())} Kennzahl{'en' if rows['indicator'].n_unique() > 1 else ''}",
        period_label(*periods[0]) if len(periods) == 1 else f"{format_number(len(periods))} Zeiträume",
    ]
    if trial.is_cut:
        parts.append(
            f"hier aus den ersten {format_number(TRIED_ROWS)} Zeilen; geprüft werden nach dem Speichern alle"
        )
    if number_of_sheets > 1:
        parts.append(f"Blätter: {', '.join(trial.sheets)}")
    return " · ".join(parts) + "."


def _row(row: Mapping[str, Any], names: Mapping[str, str]) -> list[html.Html]:
    known = catalog()
    value = format_value(
        known, row["indicator"], row["value"], precision=row["precision"], status=row["status"]
    )
    return [
        name_of(row["indicator"], row["breakdown"], coded=True),
        html.text(area_name(row["jobcenter"], names)),
        html.text(period_label(row["period_start"], row["period_end"])),
        html.text(row["place"]),
        html.text(value),
    ]

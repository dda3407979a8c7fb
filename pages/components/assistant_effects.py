"""What a new version of a saved format would read differently in the files it has read before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from etl.changes import NEW, REVISED, VANISHED
from etl.failure import FAILURES, german_failure
from etl.formats import Format
from etl.log import Entry
from etl.revision import Effect, effect, readings
from pages.components import html, peers
from pages.components.inbox import Assignment
from pages.components.values import area_name, name_of
from pages.components.warehouse import catalog
from warehouse.formatting import format_number, format_value
from warehouse.periods import period_label
from warehouse.snapshots import warehouse_folder

_AT_ONCE, _SHOWN = 3, 8
_STAYS = (
    "Was geladen ist, bleibt, wie es gelesen wurde. Soll die neue Fassung auch dafür gelten: nach dem Speichern die Lieferung "
    "zurücknehmen und dieselbe Datei noch einmal laden."
)


def show_effects(assignment: Assignment, before: Format, version: Format) -> None:
    """Show for every file in force that was read by the format what its new version would read differently."""
    st.markdown("#### Was sich an gelesenen Dateien ändern würde")
    entries = readings(warehouse_folder(), before.id)
    if not entries:
        st.markdown("Von diesem Format gilt noch keine Lieferung.")
        return
    key = _without_moment(version)
    if key not in assignment.effects:
        label = f"{format_number(len(entries))} gelesene Dateien vergleichen"
        if len(entries) > _AT_ONCE and not st.button(label, key=f"wirkung-{before.id}"):
            st.markdown(f"Mit diesem Format sind {format_number(len(entries))} geltende Lieferungen gelesen.")
            return
        assignment.effects = {key: _compare(entries, version)}
    found = assignment.effects[key]
    if all(not each.rows.height and not each.problem for each in found):
        st.markdown(
            f"Nichts: {_files(len(found))} gibt dieselben Werte wie bisher."
            if len(found) == 1
            else f"Nichts: {_files(len(found))} geben dieselben Werte wie bisher."
        )
        return
    rows = [_row(each) for each in found]
    head = ("Datei", "gleich", "geändert", "neu", "entfällt")
    st.html(html.table(head, rows, caption="Gelesene Dateien, die neuesten zuerst", figures_from=1).text)
    st.html(_examples(found).text)
    st.markdown(_STAYS)


def _without_moment(version: Format) -> bytes:
    """Return what tells versions apart: everything but who saves it when."""
    return repr((version.given, version.assigned and {**vars(version.assigned), "made": ""})).encode()


def _compare(entries: Sequence[Entry], version: Format) -> list[Effect]:
    folder, found = warehouse_folder(), []
    bar = st.progress(0.0, "Gelesene Dateien werden verglichen …")
    for number, entry in enumerate(entries):
        bar.progress(number / len(entries), f"Datei {number + 1} von {len(entries)} wird verglichen …")
        try:
            found.append(effect(folder, entry, version, catalog()))
        except FAILURES as error:
            found.append(Effect(entry.file_name, problem=german_failure(error, folder)))
    bar.empty()
    return found


def _files(number: int) -> str:
    return "1 gelesene Datei" if number == 1 else f"{format_number(number)} gelesene Dateien"


def _row(each: Effect) -> list[html.Html]:
    if each.problem:
        told = html.stacked(
            html.text(each.file_name), html.muted(f"würde nicht mehr gelesen: {each.problem}")
        )
        return [told, *[html.NOTHING] * 4]
    counts = [each.rows.filter(pl.col("what") == what).height for what in (REVISED, NEW, VANISHED)]
    return [html.text(each.file_name), *(html.text(format_number(number)) for number in (each.same, *counts))]


def _examples(found: Sequence[Effect]) -> html.Html:
    rows = [
        (each.file_name, row)
        for each in found
        if each.rows.height
        for row in each.rows.head(_SHOWN).iter_rows(named=True)
    ]
    if not rows:
        return html.EMPTY
    names = peers.names()
    shown = [_example(file_name, row, names) for file_name, row in rows[:_SHOWN]]
    number = sum(each.rows.height for each in found)
    caption = (
        f"Die ersten {len(shown)} von {format_number(number)} Unterschieden"
        if number > len(shown)
        else "Die Unterschiede"
    )
    head = ("Kennzahl", "Jobcenter", "Zeitraum", "Was", "Bisher", "Künftig")
    return html.table(head, shown, caption=caption, figures_from=4)


def _example(file_name: str, row: Mapping[str, Any], names: Mapping[str, str]) -> list[html.Html]:
    dated = period_label(row["period_start"], row["period_end"])
    return [
        name_of(row["indicator"], row["breakdown"], coded=True),
        html.text(area_name(row["jobcenter"], names)),
        html.stacked(html.text(dated), html.muted(file_name)),
        html.text(row["what"]),
        _value(row, "old_value", "status"),
        _value(row, "new_value", "status_new"),
    ]


def _value(row: Mapping[str, Any], value: str, status: str) -> html.Html:
    if row[status] is None:
        return html.NOTHING
    return html.text(
        format_value(catalog(), row["indicator"], row[value], precision="exakt", status=row[status])
    )

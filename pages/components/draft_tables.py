"""What a person reads before accepting a draft: its problems by kind, and what would change, value by value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from etl.changes import NEW, REVISED
from etl.grouped import WHOLE_FILE, Finding, Group
from pages.components import html
from pages.components.values import area_name, name_of
from pages.components.warehouse import catalog
from warehouse.formatting import (
    NBSP,
    format_difference,
    format_number,
    format_percent,
    format_value,
    unrounded,
)
from warehouse.periods import period_label

_SHOWN_FINDINGS, _MOST_FINDINGS = 5, 200
_SHOWN_CHANGES, _SHOWN_SUMS = 8, 100
_RANKS = ("Fehler", "Hinweis, zu bestätigen", "Hinweis")
_WHAT = {REVISED: "geändert", NEW: "neu"}
_GONE = "nicht enthalten, gilt weiter"


def problem_table(group: Group) -> html.Html:
    """Return all problems of one kind: what is wrong and what to do, then every place; the long rest folded."""
    only = group.findings[0] if len(group.findings) == 1 else None
    where = f", {only.place}" if only and only.place != WHOLE_FILE else ""
    heading = html.beside(html.strong(f"{_RANKS[group.rank]}{where}:"), html.text(group.heading))
    remedy = html.text(group.remedy) if group.remedy else html.EMPTY
    if only:
        return html.stacked(heading, remedy)
    first, more = group.findings[:_SHOWN_FINDINGS], group.findings[_SHOWN_FINDINGS:_MOST_FINDINGS]
    rest = html.folded(f"{format_number(len(more))} weitere Funde", _findings(group, more))
    left = len(group.findings) - _SHOWN_FINDINGS - len(more)
    unsaid = html.muted(f"{format_number(left)} weitere Funde derselben Art sind hier nicht aufgeführt.")
    return html.stacked(
        heading,
        remedy,
        _findings(group, first),
        rest if more else html.EMPTY,
        unsaid if left > 0 else html.EMPTY,
    )


def _findings(group: Group, findings: tuple[Finding, ...]) -> html.Html:
    told = group.remedy or group.heading
    with_expected = any(each.expected and each.expected not in told + each.remedy for each in group.findings)
    head = ["Stelle", "Gefunden", *(["Erwartet oder bisher"] if with_expected else [])]
    head += [] if group.remedy else ["Was zu tun ist"]
    rows = []
    for each in findings:
        row = [html.text(each.place), html.text(each.found) if each.found else html.NOTHING]
        row += [html.text(each.expected)] if with_expected else []
        row += [] if group.remedy else [html.text(each.remedy)]
        rows.append(row)
    times = f"{format_number(group.times)} Stelle{'n' if group.times != 1 else ''}"
    return html.table(head, rows, caption=times)


def change_tables(
    changes: pl.DataFrame, sums: pl.DataFrame, number_of: int, names: Mapping[str, str]
) -> html.Html:
    """Return the most important changes, the further listed ones folded, and the sums where not all are listed.

    `changes`: CHANGE columns in order of importance; `sums`: by Jobcenter and indicator; `number_of`: all there are;
    `names`: of areas beyond the catalog.
    """
    if not number_of:
        return html.EMPTY
    first, more = changes.head(_SHOWN_CHANGES), changes.slice(_SHOWN_CHANGES)
    listed = f"{format_number(changes.height)} von {format_number(number_of)}"
    caption = "Was sich ändert; zuerst die Werte, die sich am stärksten ändern"
    parts = [_changes(first, f"{caption}.", names)]
    if more.height:
        named = f"{format_number(more.height)} weitere Änderungen"
        whole = f"{named} (aufgeführt sind {listed})" if number_of > changes.height else named
        parts.append(html.folded(whole, _changes(more, whole, names)))
    if number_of > _SHOWN_CHANGES:
        named = f"Alle {format_number(number_of)} Änderungen nach Jobcenter und Kennzahl gezählt"
        parts.append(html.folded(named, _sums(sums, named, names)))
    return html.stacked(*parts)


def _changes(rows: pl.DataFrame, caption: str, names: Mapping[str, str]) -> html.Html:
    head = ("Kennzahl", "Jobcenter", "Zeitraum", "Was", "Bisher", "Künftig", "Änderung")
    table = [_change(row, names) for row in rows.iter_rows(named=True)]
    return html.table(head, table, caption=caption, figures_from=4)


def _change(row: Mapping[str, Any], names: Mapping[str, str]) -> list[html.Html]:
    known = catalog()
    concept = known.time_concepts[row["time_concept"]]
    kind = "" if row["kind"] == "ist" else f" · {known.kinds[row['kind']].name}"
    dated = html.muted(concept.short + kind) if kind or concept.id not in ("stichtag", "jahr") else html.EMPTY
    return [
        name_of(row["indicator"], row["breakdown"], coded=True),
        html.text(area_name(row["jobcenter"], names)),
        html.stacked(html.text(period_label(row["period_start"], row["period_end"])), dated),
        html.text(_WHAT.get(row["what"], _GONE)),
        _value(row, "old"),
        _value(row, "new"),
        _difference(row),
    ]


def _value(row: Mapping[str, Any], prefix: str) -> html.Html:
    if row[f"{prefix}_status"] is None:
        return html.NOTHING
    known, value, status = catalog(), row[f"{prefix}_value"], row[f"{prefix}_status"]
    printed = format_value(
        known, row["indicator"], value, precision=row[f"{prefix}_precision"], status=status
    )
    told = html.EMPTY if status == "endgueltig" else html.muted(known.statuses[status].name)
    return html.stacked(html.text(printed.replace(" ", NBSP)), told)


def _difference(row: Mapping[str, Any]) -> html.Html:
    if row["what"] != REVISED or row["old_value"] is None or row["new_value"] is None:
        return html.NOTHING
    if row["old_value"] == row["new_value"]:
        return html.muted("nur Angaben zum Wert")
    known, difference = catalog(), row["new_value"] - row["old_value"]
    told = format_difference(known, row["indicator"], difference)
    ends = (format_value(known, row["indicator"], row[name]) for name in ("old_value", "new_value"))
    absolute = html.noted(told, unrounded(*ends, told))
    if known.unit(row["indicator"]).is_rate or row["old_value"] <= 0:
        return absolute
    return html.stacked(
        absolute, html.muted(format_percent(100 * difference / row["old_value"], signed=True))
    )


def _sums(sums: pl.DataFrame, caption: str, names: Mapping[str, str]) -> html.Html:
    shown = sums.head(_SHOWN_SUMS)
    left = sums.height - shown.height
    table = [
        [
            html.text(area_name(row["jobcenter"], names)),
            name_of(row["indicator"], "", coded=True),
            *(html.text(format_number(row[name])) for name in ("revised", "new", "vanished")),
        ]
        for row in shown.iter_rows(named=True)
    ]
    more = f"; {format_number(left)} weitere Zeilen mit weniger Änderungen nicht gezeigt" if left else ""
    head = ("Jobcenter", "Kennzahl", "geändert", "neu", "nicht enthalten")
    return html.table(head, table, caption=caption + more, figures_from=2)

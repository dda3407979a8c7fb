"""What is said about a trend, factually, or why nothing is said."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from warehouse.catalog import Catalog
from warehouse.formatting import format_difference, format_number, format_percent
from warehouse.periods import period_label
from warehouse.schema import Row
from warehouse.statements import Silence

_SILENT = {
    Silence.OVERLAPPING: "Keine Aussage zum Trend: Benachbarte Werte teilen die meisten ihrer Monate und bewegen sich deshalb "
    "von selbst gleichförmig. Vergleichbar ist ein Wert mit dem desselben Monats im Vorjahr.",
    Silence.CHANGE: "Keine Aussage zum Trend: Die Kennzahl ist selbst die Veränderung zum Vorjahresmonat; eine Veränderung der "
    "Veränderung sagt nichts. Die Bewegung zeigt die Bestandszahl.",
    Silence.NOT_MONTHLY: "Keine Aussage zum Trend: Dafür braucht es Monatswerte.",
}


def told_statements(
    catalog: Catalog, found: pl.DataFrame, indicator: str, spread: Mapping[str, Row] | None = None
) -> list[str]:
    """Return the statements about one indicator (STATEMENT columns) in words; where none may be made, why, once.

    `spread`: by Jobcenter p25, p75 and n of the changes to the year before in its Vergleichsgruppe, in the same month.
    """
    reasons = [
        silence for silence in Silence if silence.value in found["silence"].to_list() and silence in _SILENT
    ]
    if reasons:
        return [_SILENT[silence] for silence in reasons]
    said: dict[str, list[str]] = {}  # what is said of several Jobcenter alike is said once
    for row in found.iter_rows(named=True):
        words = _told(catalog, row, indicator, (spread or {}).get(row["jobcenter"]))
        said.setdefault(words, []).append(catalog.area_name(row["jobcenter"]))
    return [f"{', '.join(areas)}: {words}" for words, areas in said.items()]


def _told(catalog: Catalog, row: Row, indicator: str, spread: Row | None) -> str:
    if row["silence"]:
        least = format_number(catalog.thresholds["trend_pairs"].value)
        count = "keiner" if not row["pairs"] else f"nur {row['pairs']}"
        return (
            f"keine Aussage zum Trend; von den letzten zwölf Monaten ist {count} mit dem Vorjahresmonat "
            f"vergleichbar, nötig sind {least}."
        )
    side, number = ("über", row["above"]) if row["above"] > row["below"] else ("unter", row["below"])
    said = f"in {number} von {row['pairs']} Monaten {side} dem Vorjahresmonat"
    if row["above"] == row["below"]:
        said = f"in je {row['above']} von {row['pairs']} Monaten über und unter dem Vorjahresmonat"
    change = _change(catalog, row, indicator)
    if change:
        said += f", zuletzt {change} ({period_label(row['last_start'], row['last_end'])})"
    return f"{said}.{_against_peers(catalog, row, indicator, spread)}"


def _change(catalog: Catalog, row: Row, indicator: str) -> str:
    value = _drawn(catalog, row, indicator)
    return "" if value is None else _figure(catalog, indicator, value)


def _drawn(catalog: Catalog, row: Row, indicator: str) -> float | None:
    change: float | None = row["year_change" if catalog.unit(indicator).is_rate else "year_change_percent"]
    return change


def _figure(catalog: Catalog, indicator: str, value: float) -> str:
    if catalog.unit(indicator).is_rate:
        return format_difference(catalog, indicator, value)
    return format_percent(value, signed=True)


def _against_peers(catalog: Catalog, row: Row, indicator: str, spread: Row | None) -> str:
    own = _drawn(catalog, row, indicator)
    if own is None or spread is None or spread["p25"] is None:
        return ""
    low, high = (_figure(catalog, indicator, spread[edge]) for edge in ("p25", "p75"))
    where = "unterhalb" if own < spread["p25"] else "oberhalb" if own > spread["p75"] else "innerhalb"
    return (
        f" Das liegt {where} der mittleren Hälfte der Vergleichsgruppe ({low} bis {high}, n = {spread['n']})."
    )

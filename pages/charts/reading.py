"""How a chart is read, told with the reader's own numbers."""

from __future__ import annotations

import polars as pl

from pages.charts.amounts import drawn_difference, drawn_value
from pages.charts.change_bars import BEFORE
from pages.charts.share_tables import share_text, when
from pages.charts.verdicts import actual_text, target_text, verdict
from warehouse.catalog import OWN_CALCULATION, Catalog
from warehouse.formatting import format_dated, format_number, format_percent
from warehouse.periods import period_label
from warehouse.schema import Row


def _last(points: pl.DataFrame) -> Row:
    known = points.filter(pl.col("value").is_not_null(), ~pl.col("alternative"), pl.col("kind") == "ist")
    return (known if known.height else points).row(-1, named=True)


def _at(catalog: Catalog, row: Row) -> tuple[str, str, str]:
    """Return area, period and value of a point in words."""
    period = period_label(row["period_start"], row["period_end"])
    return catalog.area_name(row["jobcenter"]), period, drawn_value(catalog, row["indicator"], row["value"])


def read_course(catalog: Catalog, points: pl.DataFrame, band: Row | None = None) -> list[str]:
    """Tell how lines, bands and changes are read (TREND columns); `band`: the group of the last point's Jobcenter there."""
    row = _last(points)
    area, period, value = _at(catalog, row)
    own = f" Gerechnet aus: {row['note']}." if row["source"] == OWN_CALCULATION and row["note"] else ""
    said = [f"Der letzte Punkt von {area} heißt: {period} waren es {value}.{own}"]
    if row["change"] is not None:
        before = period_label(row["before_start"], row["before_end"])
        change = drawn_difference(catalog, row["indicator"], row["change"])
        said.append(f"Gegenüber {before} sind das {change}.")
    if row["year_change"] is not None:
        change = drawn_difference(catalog, row["indicator"], row["year_change"])
        said.append(f"Gegenüber demselben Zeitraum des Vorjahres sind es {change}.")
    if band is not None and band["median"] is not None:
        low, middle, high = (
            drawn_value(catalog, row["indicator"], band[name]) for name in ("p25", "median", "p75")
        )
        said.append(
            f"Von {band['n']} Mitgliedern der Vergleichsgruppe mit Wert liegt die mittlere Hälfte zwischen {low} und {high}, "
            f"die eine Hälfte unter, die andere über {middle} (Median)."
        )
    said.append("Wo die Linie abbricht, fehlt ein Wert oder die Reihe ist gebrochen; nichts wird überbrückt.")
    return said


def read_seasons(catalog: Catalog, points: pl.DataFrame) -> list[str]:
    """Tell how years on top of each other are read (TREND columns, monthly)."""
    row = _last(points)
    area, period, value = _at(catalog, row)
    said = [
        f"Jede Linie ist ein Jahr von Januar bis Dezember. Für {area} endet die kräftige bei {value} ({period})."
    ]
    if row["year_change"] is not None:
        change = drawn_difference(catalog, row["indicator"], row["year_change"])
        said.append(
            f"Der graue Punkt des Vorjahres im selben Monat liegt um diesen Betrag entfernt: {change}."
        )
    said.append(
        "Laufen die Linien gleich, ist die Bewegung jahreszeitlich; erst der Abstand zwischen ihnen ist eine Veränderung."
    )
    return said


def read_index(catalog: Catalog, points: pl.DataFrame, start: str) -> list[str]:
    """Tell how an index is read (answer of `indexed`); `start`: the month that is 100."""
    row = _last(points.filter(pl.col("index").is_not_null()))
    area, period, value = _at(catalog, row)
    index, percent = format_number(row["index"], 1), format_percent(row["index"] - 100, signed=True)
    return [
        f"Alle Linien beginnen im {start} bei 100. {area} steht im {period} bei {index}: "
        f"{percent} gegenüber dem Start ({value}).",
        "Der Index zeigt nur die Veränderung, nicht die Höhe; ein anderer Startmonat ergibt andere Linien.",
    ]


def read_changes(catalog: Catalog, points: pl.DataFrame, against: str) -> list[str]:
    """Tell how bars of changes are read (answer of `changed`)."""
    row = _last(points.filter(pl.col("drawn").is_not_null()))
    area, period, value = _at(catalog, row)
    rate = catalog.unit(row["indicator"]).is_rate
    change = (
        drawn_difference(catalog, row["indicator"], row["drawn"])
        if rate
        else format_percent(row["drawn"], signed=True)
    )
    season = (
        "Die Veränderung zum Vormonat enthält die Jahreszeit; zum Vorjahresmonat enthält sie sie nicht."
        if against == BEFORE
        else "Gleiche Monate zu vergleichen nimmt die Jahreszeit heraus."
    )
    return [f"Der letzte Balken von {area} heißt: {value} im {period} sind {change} {against}.", season]


def read_values(catalog: Catalog, rows: pl.DataFrame, how: str) -> str:
    """Tell `how` marks are read, and as an example what one of them says: a value of the chosen (CURRENT columns)."""
    inside = rows.filter(pl.col("jobcenter").is_in(list(catalog.jobcenters)), pl.col("value").is_not_null())
    if inside.is_empty():
        return how
    row = inside.row(0, named=True)
    name = catalog.quantity_name(row["indicator"], row["breakdown"])
    return f"{how} Beispiel {catalog.area_name(row['jobcenter'])}: {name} {format_dated(catalog, row)}."


def read_shares(catalog: Catalog, rows: pl.DataFrame) -> str:
    """Tell how shares are read (SHARE columns), with the first of them."""
    certain = rows.filter(pl.col("jobcenter").is_in(list(catalog.jobcenters)), pl.col("value").is_not_null())
    if certain.is_empty():
        return ""
    row = certain.row(0, named=True)
    part, time = (
        catalog.breakdown_name(row["breakdown"]),
        when(catalog, row).replace(" (", ", ").replace(")", ""),
    )
    return (
        f"Jeder Balken ist ein Anteil an der Basis, die über ihm steht. Beispiel {catalog.area_name(row['jobcenter'])}: "
        f"{part} {share_text(catalog, row)} ({time}). Die Anteile ergeben zusammen nur dann 100 %, wenn die Quelle alle Teile "
        "nennt; was sie offenlässt, ist nicht null."
    )


def read_targets(catalog: Catalog, found: pl.DataFrame) -> str:
    """Tell how Ist and target are read beside each other (TARGET columns), with the first of them."""
    row = found.filter(pl.col("target").is_not_null()).row(0, named=True)
    period = period_label(row["period_start"], row["period_end"])
    said = f"{catalog.area_name(row['jobcenter'])}, {period}: {target_text(catalog, row)}, {actual_text(catalog, row)}"
    return f"Die Fläche ist das Ist, der Rahmen oder Strich das Ziel derselben Reihe und Zeit. {said}: {verdict(row)}."


def read_deviations(catalog: Catalog, found: pl.DataFrame) -> str:
    """Tell how deviations are read (TARGET columns), with the first of them."""
    row = found.filter(pl.col("deviation").is_not_null()).row(0, named=True)
    period = period_label(row["period_start"], row["period_end"])
    told = drawn_difference(catalog, row["indicator"], row["deviation"])
    return (
        f"Jeder Balken ist Ist minus Ziel; bei null wäre das Ziel genau erreicht. {catalog.area_name(row['jobcenter'])}, "
        f"{period}: {told}, {verdict(row)}. Die Farbe folgt der Richtung: {catalog.direction_name(row['indicator'])}."
    )

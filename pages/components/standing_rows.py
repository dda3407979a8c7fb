"""What stands around the charts of standings: facts, positions in all groups, reading aids, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
import streamlit as st

from pages.charts.chart import unit_and_direction
from pages.charts.peer_tables import peer_notes
from pages.components import html, peers, show
from warehouse.catalog import Catalog
from warehouse.common_periods import newest_each
from warehouse.corridor import Corridor
from warehouse.formatting import NBSP, format_difference, format_number, format_plain, format_value
from warehouse.likeness import Likeness
from warehouse.movement import Movement
from warehouse.peer_values import At
from warehouse.periods import period_label
from warehouse.standing import NEUTRAL, Standing
from warehouse.standing_words import (
    corridor_text,
    direction_words,
    gap_text,
    left_out_text,
    month_of,
    percentile_text,
    persons_text,
    place_text,
    quantity_of,
    rank_text,
    ratio_text,
    strip_sentence,
    value_text,
    why_not_text,
)

NAMED = 4


def period_name(catalog: Catalog, at: At, *, several: bool) -> str:
    """Return a period as the picker names it; its time concept where there are several."""
    name = period_label(at.start, at.end)
    return f"{name} ({catalog.time_concepts[at.time_concept].short})" if several else name


def subtitle(catalog: Catalog, standing: Standing, *, several: bool = False) -> str:
    """Return the line below the title of a chart: unit, month, group with n, direction."""
    group = (
        "jedes in seiner Gruppe"
        if several
        else f"{standing.group.name}, n\u00a0=\u00a0{standing.n} von {standing.size}"
    )
    return unit_and_direction(catalog, standing.at.indicator, month_of(standing), group)


def to_loading(what: str) -> None:
    """Say which delivery fills a gap, with the way to load it."""
    st.info(html.plain(what))
    st.html(html.link(html.text("Daten laden"), "laden", "Lieferung prüfen und laden").text)


def explain(catalog: Catalog, standing: Standing, name: str, level: str) -> None:
    """Say what is missing for a standing and which delivery would fill it."""
    what, remedy = why_not_text(catalog, standing, name, level)
    if remedy:
        to_loading(f"{what} {remedy}")
    elif what:
        st.info(html.plain(what))


def explain_groups(every: Sequence[Standing], names: Mapping[str, str]) -> None:
    """Say who has no group, why, and what would fill it; each reason once."""
    said: dict[tuple[str, str], list[str]] = {}
    for each in every:
        if each.group.reason:
            said.setdefault((each.group.reason, each.group.remedy), []).append(names[each.area])
    for (reason, remedy), told in said.items():
        what = f"Keine Vergleichsgruppe für {', '.join(told)}. {reason}"
        if remedy:
            to_loading(f"{what} {remedy}")
        else:
            st.info(html.plain(what))


def no_answer(catalog: Catalog, shown: peers.View, name: str) -> str:
    """Return the first sentence of a page where nothing can be said of a standing; the reason follows below."""
    own = shown.peers.rows.filter(pl.col("area") == shown.area)["value"].to_list()
    value = (
        value_text(catalog, shown.standing, own[0]) if own and own[0] is not None else "kein Wert, der zählt"
    )
    quantity = quantity_of(catalog, shown.standing)
    return f"{name}, {quantity}, {month_of(shown.standing)}: {value}; ein Vergleich ist hier nicht möglich."


def say_newer(
    catalog: Catalog, newer: Mapping[str, tuple[date, date]], at: At, names: Mapping[str, str]
) -> None:
    """Name those who have a newer value than the period shown."""
    told = [f"{names[area]}: neuer Wert {period_label(*period)} verfügbar" for area, period in newer.items()]
    if told:
        more = f"; {len(told) - NAMED} weitere" if len(told) > NAMED else ""
        st.caption(
            html.plain(f"Gezeigt wird {period_label(at.start, at.end)}. {'; '.join(told[:NAMED])}{more}.")
        )


def facts_table(catalog: Catalog, standing: Standing, found: Corridor, names: Mapping[str, str]) -> html.Html:
    """Return what one wants to know of a standing, each figure named."""
    spread = standing.spread
    rows = {
        "Wert": value_text(catalog, standing, standing.value),
        "Lage in der Gruppe": place_text(standing),
        "Rang": ", ".join(filter(None, (rank_text(standing), percentile_text(standing)))),
        "Rangkorridor (Zufallsschwankung)": corridor_text(found),
        "Abstand zum Median": gap_text(catalog, standing),
        "Median der Mitglieder": value_text(catalog, standing, spread.median if spread else None),
        "Wert der Gruppe (Quotient der Summen)": ratio_text(catalog, standing),
        "Mittlere Hälfte der Mitglieder": _from_to(catalog, standing, "p25", "p75"),
        "Mittlere vier Fünftel": _from_to(catalog, standing, "p10", "p90"),
        "Nicht gezählt": left_out_text(catalog, standing) or "niemand: alle Mitglieder haben einen Wert",
    }
    body: list[list[html.Html] | html.Section] = [
        [html.text(label), html.text(said)] for label, said in rows.items() if said
    ]
    name = names.get(standing.area, standing.area)
    return html.table(
        [name, month_of(standing)], body, caption=f"{quantity_of(catalog, standing)} · {standing.group.name}"
    )


def _from_to(catalog: Catalog, standing: Standing, low: str, high: str) -> str:
    ends = (getattr(standing.spread, low), getattr(standing.spread, high)) if standing.spread else ()
    return " bis ".join(value_text(catalog, standing, end) for end in ends)


def robustness_table(catalog: Catalog, every: Sequence[Standing], names: Mapping[str, str]) -> html.Html:
    """Return the position under every comparator, groups with the same members once; those without say why."""
    body: list[list[html.Html] | html.Section] = []
    seen: set[tuple[str, ...]] = set()
    counted = []
    for each in every:
        if each.group.members and each.group.members in seen:
            continue
        seen.add(each.group.members)
        name = html.stacked(html.text(each.group.name), html.muted(_member_count(each)))
        if each.spread is None or each.value is None:
            why = each.group.reason or f"nur {each.n} von {each.size} mit Wert"
            body.append([name, html.NOTHING, html.muted(why)])
            continue
        counted.append(each)
        others = each.n - 1
        share = ((each.lower or 0) + (others - (each.lower or 0) - (each.higher or 0)) / 2) / others
        strip = html.position(share, f"höher als {share * 100:.0f} % der anderen")
        rank = html.stacked(html.text(_unbroken(rank_text(each))), html.muted(place_text(each)))
        body.append([name, strip, rank])
    caption = f"{names[every[0].area]} {strip_sentence(counted)}; links der niedrigste, rechts der höchste Wert der Gruppe."
    return html.table(["Vergleichsgruppe", "Lage", "Rang und Quartil"], body, caption=caption)


def likeness_table(catalog: Catalog, found: Likeness, names: Mapping[str, str]) -> html.Html:
    """Return the most alike areas with their distance and their standardised values, nearest first."""
    columns = [catalog.variables[id_].name for id_ in found.used]
    body: list[list[html.Html] | html.Section] = [
        [
            html.text(names.get(row["area"], row["area"])),
            html.text(format_number(row["distance"], 2)),
            *(html.text(format_number(row[id_], 1, signed=True)) for id_ in found.used),
        ]
        for row in found.distances.iter_rows(named=True)
    ]
    caption = (
        "Eigene Berechnung. Abstand: Wurzel aus dem gewichteten Mittel der quadrierten Unterschiede; 0 ist gleich. Daneben "
        "die standardisierten Merkmale: 0 ist der mittlere Wert aller Gebiete, 1 eine übliche Abweichung davon."
    )
    return html.table(["Nächste zuerst", "Abstand", *columns], body, caption=caption, figures_from=1)


def newest_subtitle(catalog: Catalog, found: Standing) -> str:
    """Return the line below the title of newest values: unit, n, and that they are not ranked."""
    number = f"{found.n} von {found.size} mit Wert"
    return unit_and_direction(
        catalog, found.at.indicator, found.group.name, number, "hohl: älter als der gemeinsame Zeitraum"
    )


def _unbroken(rank: str) -> str:
    """Return "Rang 5 von 27" in one line; longer sentences may break."""
    return rank.replace(" ", NBSP) if rank.startswith("Rang") else rank


def _member_count(standing: Standing) -> str:
    own = " · eigene Berechnung" if standing.group.own_calculation else ""
    return f"{standing.n} von {standing.size} mit Wert{own}" if standing.group.members else "ohne Mitglieder"


def spine_reading(catalog: Catalog, first: Standing) -> str:
    """Return how to read many indicators on the scale of a group, with one of the reader's own."""
    percentile = f", {percentile_text(first)}" if percentile_text(first) else ""
    return (
        f"Jede Zeile ist eine Kennzahl auf der Skala der Gruppe. Beispiel {quantity_of(catalog, first)}: {rank_text(first)}"
        f"{percentile}, {place_text(first)}. Rechts liegt immer der günstigste Wert, auch wo niedriger günstiger ist; graue "
        "Zeilen sind ohne Wertung."
    )


def scatter_reading(catalog: Catalog, shown: peers.View, variable: str, names: Mapping[str, str]) -> str:
    """Return how to read an indicator against a structural variable, with the reader's own numbers."""
    own = shown.known.structure.filter(pl.col("variable") == variable, pl.col("area") == shown.area)
    standing, entry = shown.standing, catalog.variables[variable]
    said = f"Jeder Punkt ist ein Mitglied der Gruppe: nach rechts {entry.name}, nach oben {quantity_of(catalog, standing)}. "
    if own.height and standing.value is not None:
        across = format_plain(round(own["value"][0], 1))
        own_value = value_text(catalog, standing, standing.value)
        said += f"{names[shown.area]} steht bei {across} und {own_value}. "
    return said + "Liegen die Punkte entlang einer Linie, hängt beides zusammen; eine Ursache ist das nicht."


def newest_reading(catalog: Catalog, shown: peers.View, names: Mapping[str, str]) -> str:
    """Return how to read newest values of several periods, with the reader's own."""
    how = "Jeder Punkt ist der neueste Wert eines Mitglieds; hohle sind älter. Verschiedene Zeiträume haben keinen Rang."
    return f"{how} {names[shown.area]}: {newest_answer(catalog, shown)}"


def strip_reading(catalog: Catalog, standing: Standing, names: Mapping[str, str]) -> str:
    """Return how to read a strip, with the reader's own numbers."""
    if standing.spread is None or standing.value is None:
        return ""
    name, median = names[standing.area], value_text(catalog, standing, standing.spread.median)
    low, high = (value_text(catalog, standing, end) for end in (standing.spread.p25, standing.spread.p75))
    said = (
        f"Jeder Punkt ist ein Mitglied der Gruppe »{standing.group.name}« im {month_of(standing)}. Die Hälfte der "
        f"{standing.n} Mitglieder mit Wert liegt unter {median} (Strich), "
        f"die mittlere Hälfte zwischen {low} und {high} (Fläche). "
        f"{name} hat {value_text(catalog, standing, standing.value)} und liegt damit {gap_text(catalog, standing)}. "
    )
    persons = persons_text(catalog, standing)
    if persons:
        said += f"Wären es {persons} {'weniger' if (standing.gap or 0) > 0 else 'mehr'}, läge der Wert am Median. "
    if standing.direction == NEUTRAL:
        return (
            said
            + "Diese Kennzahl wird nicht bewertet: höher oder niedriger ist weder günstig noch ungünstig."
        )
    shared = " Gleiche Werte teilen sich einen Rang." if standing.sharing > 1 else ""
    direction = "höher" if standing.direction == "higher" else "niedriger"
    return said + f"Rang 1 hat der günstigste Wert; {direction} ist günstiger. {rank_text(standing)}.{shared}"


def five_title(drawn: Sequence[Standing]) -> str:
    """Return how many lie on which side of the median of their own group."""
    placed = [each for each in drawn if each.gap is not None]
    if not placed:
        return "Keine der Gruppen hat genug Werte"
    neutral = placed[0].direction == NEUTRAL
    sign = -1 if placed[0].direction == "lower" else 1
    number = sum((each.gap or 0) * sign > 0 for each in placed)
    where = "über dem Median ihrer Gruppe" if neutral else "günstiger als der Median ihrer Gruppe"
    return f"{number} von {len(placed)} {'liegt' if number == 1 else 'liegen'} {where}"


def slope_title(catalog: Catalog, moved: Movement, names: Mapping[str, str]) -> str:
    """Return who moved how far, the median beside it."""
    own = moved.pairs.filter(pl.col("area") == moved.now.area)
    indicator = moved.now.at.indicator
    if moved.now.area in moved.broken:
        return f"{names[moved.now.area]}: Bruch der Reihe, keine Veränderung berechnet"
    if own.is_empty():
        return f"{names[moved.now.area]}: ohne Wert zu beiden Zeitpunkten"
    change = format_difference(catalog, indicator, own["change"][0])
    if moved.broken or not (moved.now.spread and moved.before.spread):
        return f"{names[moved.now.area]}: {change}"
    median = format_difference(catalog, indicator, moved.now.spread.median - moved.before.spread.median)
    return f"{names[moved.now.area]}: {change}, Median der Gruppe: {median}"


def slope_reading(catalog: Catalog, moved: Movement, names: Mapping[str, str]) -> str:
    """Return how to read the slopes, with the reader's own numbers."""
    own = moved.pairs.filter(pl.col("area") == moved.now.area)
    if own.is_empty():
        return ""
    before, now = (value_text(catalog, moved.now, own[name][0]) for name in ("before", "now"))
    rose = int((moved.pairs["change"] > 0).sum())
    return (
        f"Links steht {month_of(moved.before)}, rechts {month_of(moved.now)}. {names[moved.now.area]}: {before} → {now}. "
        f"Von {moved.pairs.height} Mitgliedern mit beiden Werten haben {rose} jetzt einen höheren Wert. "
        f"{direction_words(moved.now.direction).strip('←→ ').capitalize()}."
    )


def newest_answer(catalog: Catalog, shown: peers.View) -> str:
    """Return the own newest value with its month."""
    own = newest_each(peers.courses(shown.at.indicator, shown.at.breakdown, (shown.area,)), shown.at)
    if own.is_empty():
        return "Es gibt keinen eigenen Wert."
    row = own.row(0, named=True)
    value = format_value(
        catalog, shown.at.indicator, row["shown"], precision=row["precision"], status=row["status"]
    )
    return f"Eigener Wert: {value} ({period_label(row['period_start'], row['period_end'])})."


def newest_table(catalog: Catalog, shown: peers.View, names: Mapping[str, str]) -> None:
    """Show the newest value of every member with its month; older ones than the common period are hollow."""
    if not shown.group.members:
        explain(catalog, shown.standing, names[shown.area], shown.level)
        return
    rows = newest_each(peers.courses(shown.at.indicator, shown.at.breakdown, shown.group.members), shown.at)
    common = period_label(shown.at.start, shown.at.end)
    body: list[list[html.Html] | html.Section] = []
    for row in rows.sort("period_end", "shown", descending=True).iter_rows(named=True):
        month, older = period_label(row["period_start"], row["period_end"]), row["period_end"] < shown.at.end
        value = format_value(
            catalog, shown.at.indicator, row["shown"], precision=row["precision"], status=row["status"]
        )
        name = names.get(row["area"], row["area"])
        said = f"Für {common} liegt kein Wert vor; gezeigt wird {month}." if older else ""
        label = html.strong(name) if row["area"] == shown.area else html.text(name)
        body.append(
            [label, html.text(f"{'○' if older else '●'} {value}"), html.text(month), html.muted(said)]
        )
    caption = "Werte verschiedener Zeiträume: mit Datum gezeigt, nicht gereiht und nicht zusammengefasst. "
    caption += "○ älter als der gemeinsame Zeitraum."
    frame = rows.select(
        pl.col("area").replace_strict(dict(names), default=pl.col("area"), return_dtype=pl.String).alias("Jobcenter"),
        pl.col("shown").alias("Wert"), pl.col("period_start").alias("von"), pl.col("period_end").alias("bis"),
    )  # fmt: skip
    notes = peer_notes(catalog, [shown.standing], shown.level) | {
        "Berichtszeitraum": "jeweils neuester, siehe Spalte"
    }
    notes["Eigene Berechnung"] = ""
    show.table(
        html.table(["Jobcenter", "Wert", "Zeitraum", ""], body, caption=caption), frame,
        title=f"{quantity_of(catalog, shown.standing)} – jeweils neuester Wert", notes=notes, key="neueste",
    )  # fmt: skip

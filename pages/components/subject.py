"""What pages about one subject share: the charts that can be drawn, at most four at once, and all other values as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from pages.charts.chart import Chart, unit_and_direction
from pages.charts.dated_bars import dated_bars
from pages.charts.reading import read_shares, read_values
from pages.charts.share_tables import base_name, when
from pages.charts.shares import share_bars
from pages.charts.stacks import stacked_years
from pages.charts.years import chart_unit, short_value, year_columns
from pages.components import show
from pages.components.pinning import is_collecting
from pages.components.warehouse import catalog, newest_of, question
from warehouse.calculations import ratios, sums
from warehouse.contradictions import concerning
from warehouse.drawable import Drawable, Form, drawables
from warehouse.formatting import format_row
from warehouse.remainders import remainders
from warehouse.schema import KEY
from warehouse.structure import shares

_SAME = ["breakdown", "period_start", "period_end", "time_concept", "kind", "source"]
"""What a value and the one of a reference region must share to stand in one sentence."""
_STACKED = "Jede Säule ist die Summe ihrer Teile in einem Jahr; die Höhe eines Teils ist sein Betrag."
_COLUMNS = "Jede Säule ist ein Jahr eines Jobcenters; nur Säulen desselben Jahres gelten für dieselbe Zeit."
_DATED = "Jeder Balken trägt seinen eigenen Zeitraum; Balken verschiedener Zeiten sind nicht gegeneinander zu lesen."
VISIBLE = 4
"""One main chart and three supporting ones; more are folded away."""


def charts(
    rows: pl.DataFrame, indicators: Iterable[str], heads: pl.DataFrame
) -> tuple[list[Chart], pl.DataFrame]:
    """Return the charts of a subject, most telling first, and the values (CURRENT columns) that none of them shows.

    `rows`: all values of the subject, reference regions included; `heads`: what amounts per head are computed from.
    """
    drawn, seen = _sum_charts(rows)
    measured: list[Chart] = []
    aimed: list[Chart] = []  # what is only aimed at comes last
    for found in drawables(catalog(), rows, indicators):
        place = measured if (found.rows["kind"] == "ist").any() else aimed
        place.append(_years(found, heads) if found.form is Form.YEARS else _values(found))
        seen.append(found.rows.select(rows.columns))
    more, shared = _share_charts(rows)
    together = pl.concat([*seen, *shared]) if seen or shared else rows.clear()
    left = rows.join(together, on=[*KEY, "row", "source"], how="anti", nulls_equal=True)
    return drawn + measured + more + aimed, left.filter(~pl.col("indicator").str.contains(".", literal=True))


def show_charts(drawn: Sequence[Chart | Callable[[], Chart]], *, key: str) -> None:
    """Show charts below each other, drawn or to be drawn; what exceeds the four that one can take in is folded away and
    drawn when it is opened."""
    for number, chart in enumerate(drawn[:VISIBLE]):
        show.chart(_drawn(chart), key=f"{key}-{number}")
    if not drawn[VISIBLE:]:
        return
    label = f"Weitere Diagramme ({len(drawn) - VISIBLE})"
    box = st.expander(label, key=f"{key}-weitere", on_change="rerun")
    if box.open or is_collecting():
        with box:
            for number, chart in enumerate(drawn[VISIBLE:], VISIBLE):
                show.chart(_drawn(chart), key=f"{key}-{number}")


def _drawn(chart: Chart | Callable[[], Chart]) -> Chart:
    return chart if isinstance(chart, Chart) else chart()


def values_of(indicators: Sequence[str], chosen: Sequence[str]) -> pl.DataFrame:
    """Return the values of indicators and of their printed changes for the chosen Jobcenter, with what their sources quote.

    Of monthly series the newest month: their course is a page of its own. Of the regions of a statistic Deutschland and
    the Länder of the chosen.
    """
    known = catalog()
    wanted = tuple(sorted(id_ for id_ in known.indicator_ids if id_.partition(".")[0] in indicators))
    rows = newest_of((*chosen, *known.regions), wanted)
    foreign = [
        entry.id for entry in known.sources.values() if entry.jobcenter and entry.jobcenter not in chosen
    ]
    outside = (
        rows.filter(pl.col("jobcenter").is_in(list(known.regions))).select("jobcenter", "source").unique()
    )
    beside = [
        row
        for row in outside.iter_rows()
        if row[1] not in foreign and any(known.stands_beside(row[0], area, row[1]) for area in chosen)
    ]
    near = pl.DataFrame(
        beside, schema=["jobcenter", "source"], orient="row", schema_overrides={"source": pl.String}
    )
    quoted = rows.join(near.cast(pl.String), on=["jobcenter", "source"], how="semi", maintain_order="left")
    own = rows.filter(pl.col("jobcenter").is_in(list(chosen)))
    order = ["indicator", "breakdown", "jobcenter"]
    return pl.concat([own, quoted]).sort(order, maintain_order=True)


def leading(rest: pl.DataFrame, indicator: str) -> str:
    """Say the measured values of the first quantity of a subject that stand in no chart: "Beschäftigte: Lk Harburg 168 (…). "."""
    known = catalog()
    found = rest.filter(
        (pl.col("indicator") == indicator)
        & (pl.col("breakdown") == "")
        & (pl.col("kind") == "ist")
        & pl.col("value").is_not_null()
        & pl.col("jobcenter").is_in(list(known.jobcenters))
    )
    said = [
        f"{known.area_name(row['jobcenter'])} {_said(row)} ({when(known, row).replace(' (', ', ').replace(')', '')})"
        for row in found.iter_rows(named=True)
    ]
    return f"{known.indicator(indicator).name}: {', '.join(said)}. " if said else ""


def show_contradictions(rows: pl.DataFrame, chosen: Sequence[str]) -> None:
    """Show the recorded contradictions of the quantities among `rows` (CURRENT columns), each once."""
    areas = [*chosen, *rows["jobcenter"].unique()]
    recorded = question("known_contradictions").filter(pl.col("jobcenter").is_in(areas))
    quantities = rows.select("indicator", "breakdown").unique()
    if quantities.height and recorded.height:
        found = concerning(recorded, ((areas, *quantity) for quantity in quantities.iter_rows()))
        show.contradictions(recorded.join(found, on=recorded.columns, how="semi", nulls_equal=True))


def answer(rows: pl.DataFrame, chosen: Sequence[str], drawn: Sequence[Chart]) -> str:
    """Say who reports how much from which years, and what the main chart shows."""
    known = catalog()
    own = rows.filter(pl.col("jobcenter").is_in(list(known.jobcenters)) & pl.col("value").is_not_null())
    if own.is_empty():
        return "Die gewählten Jobcenter nennen dazu keinen Wert."
    years = own["period_end"].dt.year()
    span = str(years.min()) if years.min() == years.max() else f"{years.min()} bis {years.max()}"
    number = own["jobcenter"].n_unique()
    reporting = (
        f"{number} von {len(chosen)} Jobcentern {'nennt' if number == 1 else 'nennen'} Werte aus {span}"
    )
    told = f"{reporting}; verglichen wird nur, was dieselbe Zeit hat."
    return f"{drawn[0].title}. {told}" if drawn else told


def _sum_charts(rows: pl.DataFrame) -> tuple[list[Chart], list[pl.DataFrame]]:
    known, drawn, seen = catalog(), [], []
    inside = rows.filter(pl.col("jobcenter").is_in(list(known.jobcenters)))
    for (declared,), parts in sums(known, inside).group_by("sum", maintain_order=True):
        total = known.sums[str(declared)]
        used = inside.filter(pl.col("indicator").is_in([total.whole, *total.parts]))
        names = " und ".join(known.indicator(part).name for part in total.parts)
        kinds = ", ".join(known.kinds[kind].name for kind in parts["kind"].unique(maintain_order=True))
        title = known.indicator(total.whole).name + _course(used, total.whole)
        subtitle = f"{chart_unit(known, total.whole)} · {names} · {kinds}"
        chart = stacked_years(known, parts, used, title=title, subtitle=subtitle)
        drawn.append(replace(chart, reading=read_values(known, used, _STACKED)))
        seen.append(used)
    return drawn, seen


def _years(found: Drawable, heads: pl.DataFrame) -> Chart:
    known = catalog()
    ratio = next((ratio for ratio in known.ratios.values() if ratio.printed == found.indicator), None)
    own = ratios(known, heads).filter(pl.col("ratio") == ratio.id) if ratio else None
    part = found.rows["breakdown"][0]
    name = known.quantity_name(found.indicator, part)
    drawn = year_columns(
        known,
        found.rows,
        title=name + _course(found.rows, found.indicator),
        subtitle=unit_and_direction(known, found.indicator, unit=chart_unit(known, found.indicator)),
        own=own,
        own_text=ratio.text if ratio else "",
    )
    return replace(drawn, reading=read_values(known, found.rows, _COLUMNS))


def _values(found: Drawable) -> Chart:
    known = catalog()
    told = found.rows.filter(~pl.col("jobcenter").is_in(list(known.jobcenters)))
    title = known.indicator(found.indicator).name
    if not (found.rows["kind"] == "ist").any():
        title += ": nur Ziele, kein gemessener Wert"
    elif told.is_empty():
        title += f": {found.rows.height} Angaben, jede mit eigenem Datum"
    elif told.height == 1:
        beside = found.rows.filter(pl.col("jobcenter").is_in(list(known.jobcenters))).join(
            told, on=_SAME, how="semi"
        )
        sides = pl.concat([beside.head(1), told]).iter_rows(named=True) if beside.height else ()
        title += ": " * bool(beside.height) + ", ".join(
            f"{known.area_name(row['jobcenter'])} {_said(row)}" for row in sides
        )
    drawn = dated_bars(known, found.rows, title=title, subtitle=unit_and_direction(known, found.indicator))
    return replace(drawn, reading=read_values(known, found.rows, _DATED))


def _share_charts(rows: pl.DataFrame) -> tuple[list[Chart], list[pl.DataFrame]]:
    known, drawn, seen = catalog(), [], []
    found = shares(known, rows)
    for (base,), own in found.filter(pl.col("value").is_not_null()).group_by("base", maintain_order=True):
        if own["jobcenter"].is_in(list(known.jobcenters)).any() and own.height > 1:
            rests = remainders(known, own)
            dimensions = ", ".join(
                known.dimensions[id_].name for id_ in own["dimension"].unique(maintain_order=True) if id_
            )
            title = f"{base_name(known, str(base))}: Anteile nach {dimensions}"
            chart = share_bars(known, own, rests, title=title, subtitle="Anteile in %")
            drawn.append(replace(chart, reading=read_shares(known, own)))
            seen.append(
                rows.join(
                    own,
                    on=[*KEY, "row", "source"],
                    how="semi",
                    nulls_equal=True,
                )
            )
    return drawn, seen


def _course(rows: pl.DataFrame, indicator: str) -> str:
    """Say how the longest series of one indicator went: ": Halle (Saale) 48,4 Mio. € (2015) → 62,7 Mio. € (2019)".

    A limit or an approximate value is no point of a course: it is told beside the other without an arrow.
    """
    of_indicator = rows.filter((pl.col("indicator") == indicator) & pl.col("value").is_not_null()).sort(
        "period_end"
    )
    if of_indicator.is_empty():
        return ""
    longest = of_indicator.group_by("jobcenter", "kind", maintain_order=True).agg(
        pl.len().alias("points"), pl.col("kind").eq("ist").first().alias("measured")
    )
    best = longest.sort("points", "measured", descending=True, maintain_order=True).head(1)
    own = of_indicator.join(best, on=["jobcenter", "kind"], how="semi").sort("period_end")
    first, last = own.row(0, named=True), own.row(-1, named=True)
    kind = "" if first["kind"] in ("ist", "plan") else f"{catalog().kinds[first['kind']].name} "
    said = dict.fromkeys(f"{_said(row)} ({row['period_end'].year})" for row in (first, last))
    intern = " (INTERN)" if own["confidential"].any() else ""
    between = " → " if first["precision"] == last["precision"] == "exakt" else ", "
    return f": {catalog().area_name(first['jobcenter'])} {kind}{between.join(said)}{intern}"


def _said(row: Mapping[str, Any]) -> str:
    """Return a value in running text: thousands of euros as millions (T€ stand in tables only), limits in words."""
    known = catalog()
    indicator = str(row["indicator"])
    if chart_unit(known, indicator) != known.indicator(indicator).unit:
        text = f"{short_value(known, row)}\u00a0{chart_unit(known, indicator)}"
    else:
        text = format_row(known, row)
    precision = known.precisions[str(row["precision"])]
    return (
        text.replace(precision.mark, precision.name.split(", ")[-1], 1)
        if precision.bound == "limit"
        else text
    )

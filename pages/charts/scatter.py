"""An indicator against a structural variable: whether values go together, without saying why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from pages.charts.chart import Chart, escape_lines, finish, marker
from pages.charts.drawing import Drawing
from pages.charts.identity import identity
from pages.charts.peer_tables import peer_notes
from pages.charts.theme import BAND, PEER
from warehouse.catalog import Catalog
from warehouse.formatting import format_number
from warehouse.standing import Standing
from warehouse.standing_words import value_text

NO_CAUSE = "Das Diagramm zeigt, was zusammen vorkommt; über Ursachen sagt es nichts."


def scatter(
    catalog: Catalog, standing: Standing, structure: pl.DataFrame, variable: str, names: Mapping[str, str], *, title: str,
    subtitle: str, period: str, level: str,
) -> Chart:  # fmt: skip
    """Draw the members of a group: x is a structural variable (STRUCTURE rows), y the indicator."""
    entry = catalog.variables[variable]
    own = structure.filter(pl.col("variable") == variable).select("area", x="value")
    both = standing.peers.filter(pl.col("value").is_not_null()).join(own, on="area", maintain_order="left")
    figure = Drawing()
    known = (standing.area, *catalog.jobcenters)
    grey = both.filter(~pl.col("area").is_in(list(known)))
    hover = [_hover(catalog, standing, row, names) for row in grey.iter_rows(named=True)]
    figure.add_scatter(
        x=grey["x"].to_list(), y=grey["value"].to_list(), mode="markers", hovertext=hover, hoverinfo="text",
        marker={"color": PEER, "size": 8 if grey.height < 100 else 5, "opacity": 0.75 if grey.height < 100 else 0.5},
    )  # fmt: skip
    for row in (
        both.filter(pl.col("area").is_in(list(known)))
        .sort(pl.col("area") == standing.area)
        .iter_rows(named=True)
    ):
        area, is_own = row["area"], row["area"] == standing.area
        who = identity(catalog, area, names.get(area, area))
        figure.add_scatter(
            x=[row["x"]], y=[row["value"]], mode="markers+text",
            text=escape_lines([who.short_name]) if is_own else [""], textposition="top center",
            marker=marker(who, size=15 if is_own else 9), hoverinfo="text",
            hovertext=[_hover(catalog, standing, row, names)],
        )  # fmt: skip
    if standing.spread:
        median = {"width": 1, "color": BAND}
        figure.add_shape(
            type="line",
            xref="paper",
            x0=0,
            x1=1,
            yref="y",
            y0=standing.spread.median,
            y1=standing.spread.median,
            line=median,
        )
    axis = _logarithmic(both["x"].drop_nulls().to_list()) if entry.transform == "log" else {"nticks": 6}
    unit = "%" if entry.of_whole else catalog.indicator(entry.indicator).unit
    figure.update_xaxes(**axis)
    across = f"waagerecht: {entry.name} ({unit}, {period})"
    figure.update_yaxes(
        nticks=6,
        ticklabelposition="inside top",
        automargin=False,
        ticksuffix=" %" if catalog.unit(standing.at.indicator).suffix == "%" else "",
    )
    figure.update_layout(hovermode="closest")
    notes = peer_notes(catalog, [standing], level)
    notes["Besonderheiten"] = " ".join(filter(None, (NO_CAUSE, notes["Besonderheiten"])))
    notes["Zeichen"] = (
        "Punkt: ein Mitglied der Gruppe; Linie: Median der Kennzahl. Die Achsen beginnen nicht bei null."
    )
    alt = f"{title}. {both.height} Mitglieder der Gruppe."
    table = both.select(
        pl.col("area")
        .replace_strict(dict(names), default=pl.col("area"), return_dtype=pl.String)
        .alias("Jobcenter"),
        pl.col("x").alias(f"{entry.name} ({unit})"),
        pl.col("value").alias(catalog.indicator(standing.at.indicator).name),
    )
    return finish(
        figure, title=title, subtitle=f"{subtitle} · {across}", alt=alt, table=table, notes=notes, height=340
    )


def _logarithmic(values: Sequence[float]) -> dict[str, Any]:
    """Return an axis on which ten times as many are as far as a tenth, with round numbers in German."""
    low, high = (min(values), max(values)) if values else (1.0, 1.0)
    for steps in ((1, 2, 5), (1, 1.5, 2, 3, 5, 7)):
        ticks = [
            each * 10**power for power in range(-2, 9) for each in steps if low <= each * 10**power <= high
        ]
        if len(ticks) > 2:
            break
    texts = [format_number(tick, 0 if tick >= 1 else 2) for tick in ticks]
    return {"type": "log", "tickvals": ticks, "ticktext": texts}


def _hover(catalog: Catalog, standing: Standing, row: Mapping[str, float], names: Mapping[str, str]) -> str:
    area = str(row["area"])
    value = value_text(catalog, standing, row["value"])
    return escape_lines([f"{names.get(area, area)}: {format_number(row['x'], 1)} | {value}"])[0]

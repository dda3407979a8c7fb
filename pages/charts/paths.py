"""The path through the year to a Soll: Ist solid, Soll as a tick, the path grey, what is still needed hollow."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pages.charts.amounts import drawn_scale, drawn_value
from pages.charts.chart import Chart, escape_lines, finish, marker, source_notes, unit_and_direction
from pages.charts.drawing import Drawing
from pages.charts.multiples import NOT_FROM_ZERO
from pages.charts.path_words import RUNNING, needed_words, path_title, season_note, standing
from pages.charts.theme import BAND, PEER
from pages.charts.years import chart_unit
from warehouse.catalog import Catalog
from warehouse.paths import MONTHS_OF_YEAR, TargetPath
from warehouse.periods import MONTHS
from warehouse.schema import Row

HEIGHT = 280
_ROOM = 0.18
"""Room above and below what is drawn, as a share of its height: labels stand there."""
SIGNS = (
    "Linie mit Punkten = Ist seit Januar; grau = Pfad; hohl = was für das Soll noch nötig ist; Strich = Soll"
)


def path_chart(catalog: Catalog, target: Row, found: TargetPath, used: pl.DataFrame) -> Chart:
    """Draw the way to a Soll (TARGET columns) through its year; `used`: the values it rests on (CURRENT columns)."""
    scale = drawn_scale(catalog, target["indicator"])
    figure, months = Drawing(), found.months.to_dicts()
    numbers = list(range(1, MONTHS_OF_YEAR + 1))
    path = [row["path"] / scale for row in months]
    ist = [(row["month"], row["running"] / scale) for row in months if row["running"] is not None]
    ahead = [(month, value / scale) for month, value in still_needed(found)]
    aim = found.target / scale
    _path_line(figure, numbers, path)
    _ahead_marks(catalog, figure, target, ist, ahead)
    _actual_line(catalog, figure, target, ist)
    _soll_tick(catalog, figure, target, aim)
    drawn = [*path, aim, *(value for _, value in (*ist, *ahead))]
    is_level = found.rule.months == "mean"
    figure.update_axis(
        "y",
        1,
        range=_range(drawn, is_level=is_level),
        nticks=5,
        gridcolor=BAND,
        ticklabelposition="inside top",
        tickfont={"size": 12},
        automargin=False,
    )
    figure.update_xaxes(
        range=[-0.6, 12.7], tickvals=numbers[::2], ticktext=[MONTHS[n - 1] for n in numbers[::2]]
    )
    figure.update_layout(hovermode="closest")
    title = path_title(catalog, target, found)
    notes = source_notes(catalog, used)
    special = (notes.pop("Eigene Berechnung", ""), notes["Besonderheiten"], NOT_FROM_ZERO if is_level else "")
    notes |= {
        "Berichtszeitraum": f"Monate {found.year}; Soll: {catalog.time_concepts[target['time_concept']].name}",
        "Eigene Berechnung": season_note(catalog, target, found),
        "Besonderheiten": " ".join(filter(None, special)),
        "Zeichen": "; ".join(filter(None, (SIGNS, notes["Zeichen"]))),
    }
    unit = chart_unit(catalog, target["indicator"])
    return finish(
        figure,
        title=title,
        subtitle=unit_and_direction(catalog, target["indicator"], RUNNING[found.rule.months], unit=unit),
        alt=f"{title}. {standing(catalog, target, found)} {needed_words(catalog, target, found)}",
        table=path_table(catalog, target, found),
        notes=notes,
        height=HEIGHT,
    )


def still_needed(found: TargetPath) -> list[tuple[int, float]]:
    """Return month and value since January on the way that still leads to the Soll; nothing for a rate."""
    if found.rule.months == "ratio" or found.needed is None:
        return []
    before = found.months["actual"].head(found.reported).sum() if found.reported else 0.0
    way, total = [], float(before)
    for month, needed in (
        found.months.select("month", "needed").tail(MONTHS_OF_YEAR - found.reported).iter_rows()
    ):
        total += needed
        way.append((month, total / month if found.rule.months == "mean" else total))
    return way


def path_table(catalog: Catalog, target: Row, found: TargetPath) -> pl.DataFrame:
    """Return the months of a path as a table for people and spreadsheets."""
    entry = catalog.indicator(target["indicator"])
    monthly = catalog.indicator(found.rule.numerator or target["indicator"])
    month = [f"{MONTHS[number - 1]} {found.year}" for number in found.months["month"]]
    return pl.DataFrame({"Monat": month}).hstack(
        found.months.select(
            pl.col("actual").alias(f"Ist im Monat ({monthly.name}, {monthly.unit})"),
            pl.col("running").round(4).alias(f"Ist: {RUNNING[found.rule.months]} ({entry.unit})"),
            pl.col("path").round(4).alias(f"Pfad ({entry.unit})"),
            (pl.col("running") - pl.col("path")).round(4).alias("Abstand zum Pfad"),
            pl.col("expected").round(4).alias("Anteil des Monats am Soll"),
            pl.col("needed").round(4).alias(f"noch nötig im Monat ({monthly.unit})"),
        )
    )


def _path_line(figure: Drawing, numbers: Sequence[int], path: Sequence[float]) -> None:
    figure.add_scatter(
        x=list(numbers), y=list(path), mode="lines", line={"color": PEER, "width": 2, "dash": "dot"},
        name="Pfad", hovertext=[f"Pfad {MONTHS[number - 1]}" for number in numbers], hoverinfo="text+y",
    )  # fmt: skip


def _actual_line(catalog: Catalog, figure: Drawing, target: Row, ist: Sequence[tuple[int, float]]) -> None:
    if not ist:
        return
    jobcenter, scale = catalog.jobcenters[target["jobcenter"]], drawn_scale(catalog, target["indicator"])
    texts = [drawn_value(catalog, target["indicator"], value * scale) for _, value in ist]
    figure.add_scatter(
        x=[month for month, _ in ist], y=[value for _, value in ist], mode="lines+markers+text",
        line={"color": jobcenter.colour, "width": 3}, marker=marker(jobcenter, size=9),
        text=[*([""] * (len(ist) - 1)), f"Ist {escape_lines(texts[-1:])[0]}"],
        textposition="bottom right" if len(ist) < 10 else "bottom left",
        textfont={"size": 13, "shadow": "auto"}, cliponaxis=False, name="Ist",
        hovertext=[f"{MONTHS[month - 1]}: {text}" for (month, _), text in zip(ist, texts, strict=True)], hoverinfo="text",
    )  # fmt: skip


def _ahead_marks(
    catalog: Catalog,
    figure: Drawing,
    target: Row,
    ist: Sequence[tuple[int, float]],
    ahead: Sequence[tuple[int, float]],
) -> None:
    if not ahead:
        return
    jobcenter, scale = catalog.jobcenters[target["jobcenter"]], drawn_scale(catalog, target["indicator"])
    way = [*ist[-1:], *ahead]
    figure.add_scatter(
        x=[month for month, _ in way], y=[value for _, value in way], mode="lines", hoverinfo="skip",
        line={"color": jobcenter.colour, "width": 1, "dash": "dot"}, name="noch nötig",
    )  # fmt: skip
    figure.add_scatter(
        x=[month for month, _ in ahead], y=[value for _, value in ahead], mode="markers",
        marker=marker(jobcenter, hollow=True, size=9), name="noch nötig", hoverinfo="text",
        hovertext=[
            f"{MONTHS[month - 1]}: für das Soll {drawn_value(catalog, target['indicator'], value * scale)}"
            for month, value in ahead
        ],
    )  # fmt: skip


def _soll_tick(catalog: Catalog, figure: Drawing, target: Row, aim: float) -> None:
    text = f"Soll {drawn_value(catalog, target['indicator'], target['target'])}"
    figure.add_shape(
        type="line", x0=11.5, x1=12.5, y0=aim, y1=aim, line={"width": 4, "color": PEER}, xref="x", yref="y"
    )
    figure.add_annotation(
        text=escape_lines([text])[0], x=12.6, xanchor="right", y=aim, yanchor="bottom", yshift=8,
        showarrow=False, font={"size": 13, "weight": 600},
    )  # fmt: skip


def _range(drawn: Sequence[float], *, is_level: bool) -> list[float]:
    low, high = min(drawn), max(drawn)
    room = (high - low) * _ROOM or abs(high) * 0.05 or 1.0
    return [low - room if is_level else min(0.0, low), high + room]

"""Who moved: two dates, one line per area that has both; the others are listed, never drawn."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pages.charts.chart import MUTED, Chart, escape_lines, finish, marker
from pages.charts.drawing import Drawing
from pages.charts.identity import identity
from pages.charts.peer_tables import peer_notes
from pages.charts.theme import MEDIAN, PEER
from warehouse.catalog import Catalog
from warehouse.formatting import format_difference, format_value, told_difference
from warehouse.movement import Movement
from warehouse.standing_words import broken_text, month_of, value_text

MOST_LINES = 30
NAMED = 6


def slopes(
    catalog: Catalog, moved: Movement, names: Mapping[str, str], *, title: str, subtitle: str, level: str
) -> Chart:
    """Draw the change of every member between two periods; own and known areas in their colours, the others grey.

    More than 30 members are not drawn one by one: then own and known areas stand beside the median.
    """
    figure = Drawing()
    before, now = month_of(moved.before), month_of(moved.now)
    pairs = moved.pairs
    known = (moved.now.area, *catalog.jobcenters)
    grey = pairs.filter(~pl.col("area").is_in(list(known)))
    many = grey.height > MOST_LINES
    for row in () if many else grey.iter_rows(named=True):
        _line(figure, row, {"color": PEER, "width": 1}, _hover(catalog, moved, row, names))
    for row in (
        pairs.filter(pl.col("area").is_in(list(known)))
        .sort(pl.col("area") == moved.now.area)
        .iter_rows(named=True)
    ):
        _own(catalog, figure, moved, row, names)
    _names(catalog, figure, moved, names)
    for standing, x, anchor in ((moved.before, 0, "right"),):
        if standing.spread:
            text = value_text(catalog, standing, standing.spread.median)  # the word stands at the right end
            figure.add_annotation(
                x=x, y=standing.spread.median, text=text, xanchor=anchor, xshift=-10 if x == 0 else 10, showarrow=False,
                font={"size": 12}, opacity=MUTED,
            )  # fmt: skip
    if moved.before.spread and moved.now.spread and not moved.broken:
        ends = {"before": moved.before.spread.median, "now": moved.now.spread.median}
        _line(figure, ends, {"color": MEDIAN, "width": 2, "dash": "dash"}, "Median der Gruppe")
    figure.update_xaxes(range=[-0.45, 1.95], tickvals=[0, 1], ticktext=[before, now], showline=False)
    figure.update_yaxes(nticks=5, showticklabels=False)
    figure.update_layout(hovermode="closest")
    notes = peer_notes(catalog, [moved.now], level)
    notes["Berichtszeitraum"] = f"{before} und {now}"
    notes["Besonderheiten"] = " ".join(
        filter(None, (_unpaired(moved, names), broken_text(moved, names), notes["Besonderheiten"]))
    )
    lines = "Median und hervorgehobene" if many else f"{pairs.height}"
    notes["Zeichen"] = f"{lines} Linien; gestrichelt: Median der Gruppe. Die Achse beginnt nicht bei null."
    return finish(
        figure, title=title, subtitle=subtitle, alt=f"{title}. {_spoken(catalog, moved, names)}", notes=notes, height=330,
        table=_table(catalog, moved, names),
    )  # fmt: skip


def _line(figure: Drawing, row: Mapping[str, float], line: dict[str, object], hover: str) -> None:
    figure.add_scatter(
        x=[0, 1], y=[row["before"], row["now"]], mode="lines", line=line, hovertext=[hover] * 2, hoverinfo="text",
        opacity=0.7,
    )  # fmt: skip


def _own(
    catalog: Catalog, figure: Drawing, moved: Movement, row: Mapping[str, float], names: Mapping[str, str]
) -> None:
    area = str(row["area"])
    who = identity(catalog, area, names.get(area, area))
    is_own = area == moved.now.area
    figure.add_scatter(
        x=[0, 1], y=[row["before"], row["now"]], mode="lines+markers", marker=marker(who, size=11 if is_own else 8),
        line={"color": who.colour, "width": 4 if is_own else 2, "dash": who.dash}, hoverinfo="text",
        hovertext=[_hover(catalog, moved, row, names)] * 2, name=who.short_name,
    )  # fmt: skip
    if not is_own:
        return
    text = format_value(catalog, moved.now.at.indicator, row["before"])
    over = moved.before.spread is not None and row["before"] >= moved.before.spread.median
    figure.add_annotation(
        x=0, y=row["before"], text=f"<b>{escape_lines([text])[0]}</b>", xanchor="right", xshift=-12, yshift=9 if over else -9,
        showarrow=False,
    )  # fmt: skip


def _names(catalog: Catalog, figure: Drawing, moved: Movement, names: Mapping[str, str]) -> None:
    """Name the highlighted lines and the median at their right end, none over another."""
    known = moved.pairs.filter(pl.col("area").is_in([moved.now.area, *catalog.jobcenters]))
    ends = [
        (row["now"], names.get(row["area"], row["area"]), row["area"] == moved.now.area)
        for row in known.iter_rows(named=True)
    ]
    if moved.now.spread:
        ends.append((moved.now.spread.median, "Median", False))
    ends.sort()
    drawn = known if moved.pairs.height > MOST_LINES else moved.pairs
    heights = [*pl.concat([drawn["before"], drawn["now"]]).to_list(), *(value for value, *_ in ends)]
    gap = (max(heights) - min(heights)) * 0.062 if heights else 0.0
    for place, (value, name, is_own) in zip(_apart([end[0] for end in ends], gap), ends, strict=True):
        text = escape_lines([f"{format_value(catalog, moved.now.at.indicator, value)} {name}"])[0]
        figure.add_annotation(
            x=1,
            y=place,
            text=f"<b>{text}</b>" if is_own else text,
            xanchor="left",
            xshift=12,
            showarrow=False,
            font={"size": 12},
        )


def _apart(values: list[float], gap: float) -> list[float]:
    """Return places for labels of ascending values that are at least a gap apart, around where they belong."""
    places: list[float] = []
    for value in values:
        places.append(max(value, places[-1] + gap) if places else value)
    excess = (places[-1] - values[-1]) / 2 if places else 0.0
    return [place - excess for place in places]


def _hover(catalog: Catalog, moved: Movement, row: Mapping[str, float], names: Mapping[str, str]) -> str:
    area = str(row["area"])
    before, now = (format_value(catalog, moved.now.at.indicator, row[name]) for name in ("before", "now"))
    change = told_difference(before, now, format_difference(catalog, moved.now.at.indicator, row["change"]))
    return escape_lines([f"{names.get(area, area)}: {before} → {now} ({change})"])[0]


def _unpaired(moved: Movement, names: Mapping[str, str]) -> str:
    told = [names.get(area, area) for area in moved.unpaired]
    if not told:
        return ""
    more = f" und {len(told) - NAMED} weitere" if len(told) > NAMED else ""
    return f"Nicht gezeigt, weil einer der beiden Werte fehlt: {', '.join(told[:NAMED])}{more}."


def _spoken(catalog: Catalog, moved: Movement, names: Mapping[str, str]) -> str:
    own = moved.pairs.filter(pl.col("area") == moved.now.area)
    return (
        _hover(catalog, moved, own.row(0, named=True), names)
        if own.height
        else "Ohne eigenen Wert zu beiden Zeitpunkten."
    )


def _table(catalog: Catalog, moved: Movement, names: Mapping[str, str]) -> pl.DataFrame:
    before, now = month_of(moved.before), month_of(moved.now)
    rows = moved.pairs.sort("change", "area").select(
        pl.col("area")
        .replace_strict(dict(names), default=pl.col("area"), return_dtype=pl.String)
        .alias("Jobcenter"),
        pl.col("before").alias(before),
        pl.col("now").alias(now),
        pl.col("change").alias("Veränderung"),
    )
    unit = catalog.units[
        catalog.unit(moved.now.at.indicator).differs_in or catalog.indicator(moved.now.at.indicator).unit
    ].id
    return rows.with_columns(pl.lit(unit).alias("Einheit der Veränderung"))

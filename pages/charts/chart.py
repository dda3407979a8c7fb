"""What every chart is: a figure that can leave the app, its text alternative, its table twin and its footnotes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import plotly.graph_objects as go
import polars as pl

from pages.charts.drawing import Drawing
from pages.charts.tables import in_fixed_order
from pages.charts.theme import TEXT_SIZE, TITLE_SIZE  # importing it makes our template the default
from warehouse.catalog import CONFIDENTIAL, OWN_CALCULATION, Catalog, Jobcenter
from warehouse.formatting import format_dated
from warehouse.windows import INPUTS

# Characters a line: fits a phone, reads like a column of a newspaper on a desktop.
TITLE_WIDTH, SUBTITLE_WIDTH, NOTE_WIDTH = 40, 50, 59
TITLE_LINE, SUBTITLE_LINE, NOTE_LINE = 24, 19, 16  # pixels
NOTE_SIZE = 12
MUTED = 0.8  # opacity of secondary text: contrast 7:1 on light and dark
BORDER = 1  # Plotly sets annotations one pixel in
AXIS_ROOM = 36  # between drawing and footnotes, for the labels of the x axis
_DAY = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
LANE = 64
"""Height of one lane: the name of the Jobcenter above its marks, so that no margin is lost on a phone."""

NOTE_ORDER = (
    "Quelle",
    "Datenstand",
    "Berichtszeitraum",
    "Vergleichsgruppe",
    "Eigene Berechnung",
    "Besonderheiten",
    "Zeichen",
)
"""The fixed order of footnotes; a chart has those it needs."""


@dataclass(frozen=True)
class Chart:
    """A finished chart: `title` is its message, `alt` says the same to those who cannot see it, `table` are its data,
    `reading` says how it is read, with the reader's own numbers."""

    drawing: Drawing
    title: str
    alt: str
    table: pl.DataFrame
    notes: Mapping[str, str] = field(default_factory=dict)
    reading: str = ""

    @cached_property
    def figure(self) -> go.Figure:
        """Return the figure, for whoever reads or changes it."""
        return self.drawing.figure()

    @property
    def is_confidential(self) -> bool:
        """Tell whether figures of a source marked as internal are in it."""
        return CONFIDENTIAL in self.notes.get("Quelle", "")


def finish(
    figure: Drawing,
    *,
    title: str,
    subtitle: str,
    alt: str,
    table: pl.DataFrame,
    notes: Mapping[str, str],
    height: int,
) -> Chart:
    """Put title, subtitle and footnotes into the figure and return the chart; `height` is that of the drawing alone."""
    titles, subtitles = _wrapped(title, TITLE_WIDTH), _wrapped(subtitle, SUBTITLE_WIDTH)
    ordered = {name: notes[name] for name in NOTE_ORDER if notes.get(name)}
    lines = [line for name, note in ordered.items() for line in _wrapped(f"{name}: {note}", NOTE_WIDTH)]
    top = len(titles) * TITLE_LINE + len(subtitles) * SUBTITLE_LINE + 24
    bottom = len(lines) * NOTE_LINE + AXIS_ROOM + 8
    figure.update_layout(margin={"l": 0, "r": 0, "t": top, "b": bottom}, height=top + height + bottom)
    # Annotations, not `layout.title`: Plotly crops titles of several lines with a subtitle at the top edge.
    # The names tell exports, which have places of their own for these texts, from what belongs to the drawing.
    _block(figure, titles, name="title", y=1, shift=top - 4, size=TITLE_SIZE, weight=600)
    _block(
        figure,
        subtitles,
        name="subtitle",
        y=1,
        shift=top - 4 - len(titles) * TITLE_LINE,
        size=TEXT_SIZE,
        opacity=MUTED,
    )
    _block(figure, lines, name="notes", y=0, shift=-AXIS_ROOM, size=NOTE_SIZE, opacity=MUTED)
    return Chart(figure, title, alt, table, ordered)


def _block(
    figure: Drawing,
    lines: list[str],
    *,
    name: str,
    y: int,
    shift: int,
    size: int,
    weight: int = 400,
    opacity: float = 1,
) -> None:
    if lines:
        figure.add_annotation(
            name=name, text="<br>".join(escape_lines(lines)), xref="paper", yref="paper", x=0, y=y, xanchor="left", yanchor="top",
            yshift=shift, xshift=-BORDER, align="left", showarrow=False, font={"size": size, "weight": weight}, opacity=opacity,
        )  # fmt: skip


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)  # "ME-aktiv" stays together


def lanes(figure: Drawing, jobcenters: Sequence[Jobcenter]) -> dict[str, int]:
    """Give each Jobcenter a lane with its name at the top left; return id → y position of its marks."""
    for index, jobcenter in enumerate(jobcenters):
        figure.add_annotation(
            text=escape_lines([jobcenter.short_name])[0],
            x=0, xref="paper", xanchor="left", y=index, yanchor="bottom", yshift=14, showarrow=False, font={"size": 14},
        )  # fmt: skip
    figure.update_yaxes(range=[len(jobcenters) - 0.45, -0.75], visible=False)
    return {jobcenter.id: index for index, jobcenter in enumerate(jobcenters)}


def from_zero(values: Sequence[float], *, room: float = 0.02) -> list[float]:
    """Return the range of a horizontal axis that contains zero and all values; `room` beyond them is a share of it."""
    lowest, highest = min(0.0, *values), max(0.0, *values)
    space = (highest - lowest) * room or 1.0
    return [lowest - (space if lowest < 0 else 0), highest + (space if highest > 0 else 0)]


def escape_lines(lines: Iterable[str]) -> list[str]:
    """Return lines in which nothing is taken for Plotly's small markup language."""
    return [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]


def marker(
    jobcenter: Jobcenter, *, hollow: bool | Iterable[bool] = False, size: int = 11
) -> dict[str, object]:
    """Return the marker of a Jobcenter; hollow marks approximate or uncertain values."""
    flags = [hollow] if isinstance(hollow, bool) else list(hollow)
    symbols = [f"{jobcenter.marker}-open" if flag else jobcenter.marker for flag in flags]
    symbol = symbols[0] if isinstance(hollow, bool) else symbols
    return {
        "color": jobcenter.colour,
        "symbol": symbol,
        "size": size,
        "line": {"width": 2, "color": jobcenter.colour},
    }


def is_soft(precision: str, status: str) -> bool:
    """Tell whether a value is drawn hollow: approximate, estimated, provisional, or of uncertain assignment."""
    return precision != "exakt" or status != "endgueltig"


def present(catalog: Catalog, rows: pl.DataFrame) -> list[Jobcenter]:
    """Return the Jobcenter that have rows, in their fixed order."""
    reporting = set(rows["jobcenter"])
    return [jobcenter for jobcenter in catalog.jobcenters.values() if jobcenter.id in reporting]


def unit_and_direction(
    catalog: Catalog, indicator: str, *between: str, unit: str = "", reading: bool = True
) -> str:
    """Return the line below a chart's title: unit (or another `unit`), what stands `between`, direction.

    With `reading` the direction says where it is only our own reading.
    """
    entry = catalog.indicator(indicator)
    way = catalog.direction_name(indicator) if reading else catalog.directions[entry.direction].name
    return " · ".join((unit or entry.unit, *between, way))


def spoken(catalog: Catalog, title: str, rows: pl.DataFrame) -> str:
    """Return the text alternative of a chart: its message, then every value with Jobcenter and period."""
    values = (
        f"{catalog.area_name(row['jobcenter'])}: {format_dated(catalog, row)}"
        for row in rows.iter_rows(named=True)
    )
    return f"{title}. {'; '.join(values)}."


def _dated_source(catalog: Catalog, source: str, day: date, *, alone: bool) -> str:
    """Return the date of the data of a source: whose it is where there are several, and where it is only assumed."""
    known = catalog.sources.get(source)
    owner = catalog.area_name(known.jobcenter) if known and known.jobcenter else catalog.source_name(source)
    assumed = (
        " (angesetzt, Dokument undatiert)" if known and known.date_assumed and day == known.data_date else ""
    )
    return f"{'' if alone else owner + ' '}{day:%d.%m.%Y}{assumed}"


def dated_sources(catalog: Catalog, sources: Iterable[tuple[str, date | None]]) -> dict[str, str]:
    """Return the footnotes Quelle and Datenstand of what is no value, from (source, date of its data); without a date that of
    the source counts."""
    newest: dict[str, date | None] = {}
    for source, day in sources:
        known = catalog.sources.get(source)
        of_source = day or (known.data_date if known else None)
        newest[source] = max(filter(None, (of_source, newest.get(source))), default=None)
    dates = [_dated_source(catalog, id_, day, alone=len(newest) == 1) for id_, day in newest.items() if day]
    return {"Quelle": "; ".join(map(catalog.source_name, newest)), "Datenstand": ", ".join(dates)}


def source_notes(catalog: Catalog, rows: pl.DataFrame) -> dict[str, str]:
    """Return the footnotes that follow from the values (CURRENT columns): Quelle, Datenstand, Besonderheiten, Zeichen."""
    names, dates, special, signs = [], [], [], []
    newest = rows.group_by("source", maintain_order=True).agg(
        pl.col("jobcenter").first(), pl.col("data_date").max()
    )
    for source, _, day in in_fixed_order(catalog, newest).iter_rows():
        own = rows.filter(pl.col("source") == source)
        is_own = source == OWN_CALCULATION
        is_intern = is_own and "confidential" in own.columns and own["confidential"].any()
        used = f" aus {inputs}" if is_own and (inputs := _inputs(own)) else ""
        names.append(catalog.source_name(source) + used + (CONFIDENTIAL if is_intern else ""))
        dates.append(_dated_source(catalog, source, day, alone=newest.height == 1))
    if "contradicted" in rows.columns and rows["contradicted"].any():
        special.append("‼ Das Dokument nennt für dieselbe Angabe verschiedene Werte.")
    if (rows["status"] == "unsicher").any():
        special.append("Einzelne Zuordnungen sind unsicher.")
    if rows.select((pl.col("precision") != "exakt").any()).item():
        signs.append("≈ ungefähr, > über, < unter (hohle Zeichen)")
    soft = [s.name for s in catalog.statuses.values() if s.is_soft and s.id in rows["status"].to_list()]
    if soft:
        signs.append(f"hohle Zeichen: {', '.join(soft)}")
    if rows["value"].null_count():
        signs.append(
            "; ".join(
                f"{s.sign} {s.name}"
                for s in catalog.statuses.values()
                if s.sign and s.id in rows["status"].to_list()
            )
        )
    computed = rows.filter(pl.col("source") == OWN_CALCULATION)["place"].unique(maintain_order=True)
    formulas = dict.fromkeys(place.partition(INPUTS)[0] for place in computed)
    return {
        "Eigene Berechnung": "; ".join(_once_for_all_days(formulas)),
        "Quelle": "; ".join(dict.fromkeys(names)),
        "Datenstand": ", ".join(dict.fromkeys(dates)),
        "Besonderheiten": " ".join(special),
        "Zeichen": "; ".join(signs),
    }


def _inputs(computed: pl.DataFrame) -> str:
    """Return the sources that computed values (CURRENT columns) rest on, each once with its Stand."""
    places = computed["place"].unique(maintain_order=True)
    named = (each for place in places for each in place.partition(INPUTS)[2].split("; ") if each)
    return "; ".join(dict.fromkeys(named))


def _once_for_all_days(formulas: Iterable[str]) -> list[str]:
    """Return formulas that differ in the day of their basis as one that names all days."""
    days: dict[str, list[str]] = {}
    for formula in formulas:
        found = _DAY.search(formula)
        days.setdefault(_DAY.sub("{day}", formula, count=1), []).append(found[0] if found else "")
    return [formula.replace("{day}", ", ".join(sorted(own, key=_in_time))) for formula, own in days.items()]


def _in_time(day: str) -> list[str]:
    return day.split(".")[::-1]

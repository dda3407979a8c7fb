"""Small Mappen to try one thing with."""

from typing import Any

import polars as pl

from pages.charts.chart import Chart, finish
from pages.charts.drawing import Drawing
from pages.reports.view import Deck, View, of_chart

NOTES = {"Quelle": "Statistik der Bundesagentur für Arbeit", "Datenstand": "14.04.2020"}
ROWS: dict[str, list[Any]] = {
    "Jobcenter": ["Halle (Saale)", "Magdeburg"],
    "Kennzahl": ["ELB", "ELB"],
    "Merkmal": ["Insgesamt", "Insgesamt"],
    "Zeitraum": ["Jun 2019", "Jun 2019"],
    "Zeitbezug": ["Stichtag", "Stichtag"],
    "Art": ["Ist", "Ist"],
    "Angabe": ["22.389", "19.165"],
    "Wert": [22389.0, 19165.0],
    "Einheit": ["Personen", "Personen"],
    "Genauigkeit": ["exakt", "exakt"],
}


def table(**changes: list[Any]) -> pl.DataFrame:
    """Return a table of two values, with other columns where named."""
    return pl.DataFrame(ROWS | changes)


def bars(
    title: str = "Halle (Saale) hat mehr als Magdeburg", *, low: float = 0, frame: pl.DataFrame | None = None
) -> Chart:
    """Return two lying bars with their names above them."""
    figure = Drawing()
    for place, (name, value) in enumerate(zip(ROWS["Jobcenter"], ROWS["Wert"], strict=True)):
        figure.add_annotation(
            text=name,
            x=0,
            xref="paper",
            xanchor="left",
            y=place,
            yanchor="bottom",
            yshift=14,
            showarrow=False,
        )
        figure.add_bar(
            x=[value],
            y=[place],
            width=0.4,
            orientation="h",
            text=[f"{value:,.0f}".replace(",", ".")],
            name=name,
        )
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(range=[low, 30000], visible=False)
    figure.update_yaxes(range=[1.5, -0.7], visible=False)
    return made(figure, title, frame)


def made(
    figure: Drawing, title: str, frame: pl.DataFrame | None = None, notes: dict[str, str] | None = None
) -> Chart:
    """Return a finished chart of a drawing."""
    told = NOTES if notes is None else notes
    return finish(
        figure,
        title=title,
        subtitle="Personen",
        alt=f"{title}.",
        table=table() if frame is None else frame,
        notes=told,
        height=160,
    )


def lines(*series: dict[str, Any], title: str = "Verlauf") -> Chart:
    """Return lines in one panel; each with what `go.Scatter` is told."""
    figure = Drawing()
    for told in series:
        figure.add_scatter(**({"x": [1, 2, 3], "y": [1, 2, 3], "mode": "lines"} | told))
    return made(figure, title)


def unreadable() -> Chart:
    """Return a chart that no report can draw."""
    chart = bars("Kuchen")
    drawing = Drawing()
    drawing.add_scatter(x=[1], y=[1])
    drawing.update_layout(showlegend=True)
    return Chart(drawing, chart.title, chart.alt, chart.table, chart.notes)


def deck(*views: View | Chart, **told: Any) -> Deck:
    """Return a Mappe of views or charts."""
    return Deck("Mappe", tuple(view if isinstance(view, View) else of_chart(view) for view in views), **told)

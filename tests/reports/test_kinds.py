"""What charts may be built of, beyond those the bundled documents fill: every number of it stands in the slides."""

import io
from datetime import date
from typing import Any

import pytest
from pptx import Presentation

from pages.charts.chart import Chart
from pages.charts.drawing import Drawing
from pages.reports.examine import examine
from pages.reports.slides import powerpoint
from tests.reports.decks import deck, made
from tests.reports.test_same_numbers import drawn, squeezed, texts_of, written

MONTHS = [date(2019, month, 1) for month in (1, 2, 3, 4)]
NS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
GREY = "rgba(137, 137, 137, 0.22)"


def band(figure: Drawing) -> None:
    figure.add_scatter(x=MONTHS, y=[1.25, 1.5, 1.75, 2], mode="lines", line={"width": 0}, name="P25")
    figure.add_scatter(
        x=MONTHS,
        y=[3, 3.5, 4, 4.5],
        mode="lines",
        line={"width": 0},
        fill="tonexty",
        fillcolor=GREY,
        name="P75",
    )
    figure.add_scatter(
        x=MONTHS,
        y=[2, 2.5, 2.25, 3],
        mode="lines+markers+text",
        text=["2,0", "", "", "3,0"],
        textposition="top right",
        name="Halle",
    )


def steps(figure: Drawing) -> None:
    figure.add_scatter(
        x=MONTHS, y=[5, 5.5, 6, 7], mode="lines", line={"shape": "hv", "color": "#6c6c6c"}, name="Soll"
    )


def strip(figure: Drawing) -> None:
    figure.add_scatter(
        x=[4.5, 5.25, 6.75], y=[0, 0, 0], mode="markers", marker={"color": "#898989", "symbol": "circle-open"},
        error_x={"type": "data", "array": [0.5, 0.5, 0.5]}, name="andere",
    )  # fmt: skip
    figure.add_scatter(
        x=[6.25],
        y=[0],
        mode="markers+text",
        text=["Rang 2 von 4"],
        textposition="middle right",
        marker={"symbol": "star-diamond"},
    )
    figure.add_shape(
        type="rect", x0=5, x1=6, y0=-0.2, y1=0.2, fillcolor=GREY, line={"width": 0}, layer="below"
    )
    figure.add_annotation(text="Median", x=5.5, y=0.2, yanchor="bottom", showarrow=True, ax=0, ay=-20)


def floating(figure: Drawing) -> None:
    figure.add_bar(
        x=[2.5],
        base=[1.5],
        y=["Halle (Saale)"],
        orientation="h",
        width=[0.4],
        name="P25 bis P75",
        text=["1,5 bis 4,0"],
    )
    figure.add_scatter(x=[3.25], y=["Halle (Saale)"], mode="markers", name="Wert")


def beside(figure: Drawing) -> None:
    for offset, height in ((-0.2, 4.5), (0.2, 5.5)):
        figure.add_bar(
            x=[2018 + offset, 2019 + offset],
            y=[height, height + 1],
            width=0.4,
            text=["a", "b"],
            name=f"bei {offset}",
        )
    figure.add_scatter(
        x=[2018], y=[6.25], mode="markers+text", text=["6,3"], textposition="top center", name="nachgerechnet"
    )
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(tickvals=[2018, 2019], ticktext=["2018", "2019"], range=[2017.4, 2019.6])


def below_zero(figure: Drawing) -> None:
    figure.add_bar(
        x=[-2.5, 3.5], y=[0, 1], orientation="h", width=0.4, text=["−2,5", "+3,5"], name="Abweichung"
    )


def chart(build: Any) -> Chart:
    figure = Drawing()
    build(figure)
    return made(figure, f"Art {build.__name__}")


@pytest.mark.parametrize(
    "build", [band, steps, strip, floating, beside, below_zero], ids=lambda build: build.__name__
)
def test_every_number_and_text_stands_in_a_native_chart(build: Any) -> None:
    tried = chart(build)
    slide = Presentation(io.BytesIO(powerpoint(deck(tried)))).slides[2]
    native = [shape.chart for shape in slide.shapes if shape.has_chart]
    places = [
        v
        for one in native
        for v in one._chartSpace.iter(f"{NS}v")
        if v.getparent().getparent().tag == f"{NS}numCache"
    ]
    numbers = {float(place.text) for place in places}
    floats = {
        float(b + v)
        for t in tried.figure.data
        if t.type == "bar" and t.base
        for b, v in zip(t.base, t.x, strict=True)
    }
    assert (floats or drawn(tried)) <= numbers
    together = " ".join(text for one in native for text in texts_of(one))
    together += squeezed("".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame))
    assert {text for text in written(tried) if text not in together} == set()
    assert "diagramm" not in {finding.rule for finding in examine(deck(tried))}


def test_words_beside_the_marks_have_the_colour_of_the_theme(gallery: Any) -> None:
    """No colour is read at 4.5:1 on white and on the dark ground alike; inside a mark, its own colour is the ground."""
    for chart in gallery.charts:
        own = [note.text for note in chart.figure.layout.annotations if note.font.color]
        own += [each.name for each in chart.figure.data if each.type == "scatter" and each.textfont.color]
        assert own == [], chart.title

"""A figure is read as Plotly draws it, and what is not known is refused: no mark is lost in silence."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.reports.live import live_format, printed_by
from pages.reports.paint import ExportError
from pages.reports.plan import plans
from pages.reports.reading import read
from pages.reports.scene import SYMBOLS, Bars, Points, Scene
from pages.reports.svg import svg
from warehouse.formatting import format_number

DAYS = [date(2019, month, 1) for month in (1, 2, 3)]


def scene(*traces: Any, **layout: Any) -> Scene:
    return read(
        go.Figure(list(traces), {"height": 300, "margin": {"t": 50, "b": 50, "l": 0, "r": 0}, **layout}),
        width=400,
    )


def points(drawn: Scene, number: int = 0) -> Points:
    series = drawn.panels[0].series[number]
    assert isinstance(series, Points)
    return series


def bars(drawn: Scene) -> Bars:
    series = drawn.panels[0].series[0]
    assert isinstance(series, Bars)
    return series


@pytest.mark.parametrize(
    ("figure", "named"),
    [
        (go.Figure(go.Scatter(x=[1], y=[1]), {"showlegend": True}), "showlegend"),
        (go.Figure(go.Pie(values=[1, 2])), "pie"),
        (go.Figure(go.Scatter(x=[1], y=[1], mode="markers", marker={"symbol": "asterisk"})), "asterisk"),
        (go.Figure(go.Scatter(x=[1], y=[1], mode="lines", line={"shape": "spline"})), "spline"),
        (go.Figure(go.Scatter(x=[1, 2], y=[1, 2], fill="tonextx")), "tonextx"),
        (
            go.Figure(
                go.Scatter(x=[1], y=[1]), {"shapes": [{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]}
            ),
            "circle",
        ),
        (go.Figure(go.Scatter(x=[1], y=[1]), {"images": [{"source": "x"}]}), "images"),
        (
            go.Figure(go.Scatter(x=[1], y=[1]), {"yaxis2": {"overlaying": "y"}}).add_scatter(
                x=[1], y=[2], yaxis="y2"
            ),
            "overlaying",
        ),
        (
            go.Figure(
                go.Scatter(x=[1], y=[1]), {"annotations": [{"text": "a", "x": 1, "y": 1, "textangle": 90}]}
            ),
            "textangle",
        ),
        (go.Figure(go.Scatter(x=[1], y=[1], marker={"color": "tomato"})), "tomato"),
        (go.Figure(go.Bar(x=[1], y=[1], marker={"pattern": {"shape": "+"}})), "+"),
    ],
)
def test_what_no_report_can_draw_is_refused_by_name(figure: go.Figure, named: str) -> None:
    with pytest.raises(ExportError) as error:
        read(figure, width=400)
    assert named in str(error.value)


def test_lines_break_where_the_figure_breaks_them() -> None:
    drawn = points(scene(go.Scatter(x=[DAYS[0], None, DAYS[2]], y=[1.5, None, 2.5], mode="lines")))
    assert [point.is_gap for point in drawn.points] == [False, True, False]
    assert [point.x for point in drawn.points] == [17897.0, None, 17956.0]  # days since 1970


def test_places_are_where_plotly_draws_them() -> None:
    drawn = scene(
        go.Scatter(x=[0, 10], y=[0, 4], mode="markers"),
        xaxis_range=[0, 10],
        yaxis={"range": [4, 0], "visible": False},
    )
    panel = drawn.panels[0]
    assert (panel.x.pixel(5), panel.y.pixel(1)) == (200, 50)
    assert panel.y.number(panel.y.pixel(3.25)) == 3.25


def test_on_a_logarithmic_axis_ten_times_as_many_are_as_far_as_a_tenth() -> None:
    told = {"type": "log", "tickvals": [1, 10, 100], "ticktext": ["1", "10", "100"]}
    across = scene(go.Scatter(x=[1, 100], y=[0, 4], mode="markers"), xaxis=told).panels[0].x
    one, ten, hundred = (across.pixel(each) for each in (1, 10, 100))
    assert ten - one == pytest.approx(hundred - ten)
    assert across.number(ten) == pytest.approx(10)
    assert [text for _, text in across.ticks] == ["1", "10", "100"]
    for x, more in (
        ([0, 100], {}),
        ([None, None], {}),
        ([1, 100], {"tickvals": None}),
        ([1, 100], {"range": [0, 2]}),
    ):
        with pytest.raises(ExportError, match="logarithmisch"):
            scene(go.Scatter(x=x, y=[0, 4], mode="markers"), xaxis=told | more)


def test_names_stand_in_the_order_they_come() -> None:
    drawn = scene(go.Scatter(x=[1, 2, 3], y=["b", "a", "b"], mode="markers"))
    assert drawn.panels[0].y.categories == ("b", "a")
    assert [point.y for point in points(drawn).points] == [0, 1, 0]


def test_packed_arrays_are_read_like_lists() -> None:
    figure = go.Figure(
        go.Scatter(x=pl.Series([1, 2]).to_numpy(), y=pl.Series([0.25, 0.5]).to_numpy(), mode="lines")
    )
    assert [point.y for point in points(read(figure, width=400)).points] == [0.25, 0.5]


def test_stacked_bars_stand_on_each_other() -> None:
    drawn = scene(go.Bar(x=[1], y=[2.0]), go.Bar(x=[1], y=[3.0]), barmode="stack")
    upper = drawn.panels[0].series[1]
    assert isinstance(upper, Bars)
    assert (upper.bars[0].base, upper.bars[0].end, upper.bars[0].value) == (2, 5, 3)


def test_a_band_reaches_down_to_the_line_before_it() -> None:
    lower = go.Scatter(x=DAYS, y=[1, 2, 3], mode="lines", line={"width": 0})
    upper = go.Scatter(
        x=DAYS,
        y=[4, 5, 6],
        mode="lines",
        line={"width": 0},
        fill="tonexty",
        fillcolor="rgba(137, 137, 137, 0.22)",
    )
    band = points(scene(lower, upper), 1)
    assert [point.y for point in band.below] == [1, 2, 3]
    assert band.fill.alpha == 0.22


def test_error_bars_become_lines_from_end_to_end() -> None:
    drawn = scene(
        go.Scatter(x=[5], y=[1], error_x={"type": "data", "array": [2], "arrayminus": [1]}, mode="markers")
    )
    assert [(point.x, point.y) for point in points(drawn, 0).points] == [(4, 1), (7, 1), (None, None)]


def test_texts_are_taken_without_markup_and_escaped_in_the_drawing() -> None:
    drawn = scene(go.Scatter(x=[1], y=[1], mode="text", text=["<b>a</b> &lt;script&gt; &amp; b"]))
    assert points(drawn).points[0].text == "a <script> & b"
    assert "&lt;script&gt; &amp; b" in svg(drawn)


@pytest.mark.parametrize("symbol", sorted(SYMBOLS))
@pytest.mark.parametrize("hollow", [False, True])
def test_every_known_sign_is_drawn_on_paper_and_on_slides(symbol: str, hollow: bool) -> None:
    drawn = scene(
        go.Scatter(x=[1], y=[1], mode="markers", marker={"symbol": symbol + ("-open" if hollow else "")})
    )
    assert svg(drawn).count("<circle") + svg(drawn).count("<polygon") + svg(drawn).count("<path") >= 1
    series = plans(drawn)[0].build(400, 200).native.series
    assert any(item.mark or (item.label and item.label.text) for entry in series for item in entry.items)


@given(st.floats(-1e9, 1e9), st.integers(0, 4), st.booleans())
def test_a_live_label_prints_what_the_screen_prints(value: float, decimals: int, signed: bool) -> None:
    text = f"Ist {format_number(value, decimals, signed=signed)}\u00a0%"
    code = live_format(text, value)
    if code is not None:
        assert printed_by(code, value) == text


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("36,7\u00a0%", 36.66, '#,##0.0"\u00a0%";"−"#,##0.0"\u00a0%";#,##0.0"\u00a0%"'),
        ("22.389", 22389.0, '#,##0;"−"#,##0;#,##0'),
        ("+1,3\u00a0%", 1.3, '"+"#,##0.0"\u00a0%";"−"#,##0.0"\u00a0%";#,##0.0"\u00a0%"'),
        ("1 : 75", 75.0, '"1 : "#,##0;"1 : −"#,##0;"1 : "#,##0'),
        ("kein Ist", 5.0, None),
        ("24,1", 24120.0, None),
    ],
)
def test_formats_are_found_where_the_text_is_the_value(text: str, value: float, code: str | None) -> None:
    assert live_format(text, value) == code

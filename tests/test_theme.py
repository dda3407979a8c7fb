"""The shared look of the charts: German numbers, the right type, contrasts that can be read."""

import copy
import tomllib
from pathlib import Path

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from pages.charts import theme
from pages.charts.drawing import Drawing
from pages.reports.vision import contrast

REPOSITORY = Path(__file__).parents[1]
TOKENS = tomllib.loads((REPOSITORY / "pages/charts/tokens.toml").read_text(encoding="utf-8"))
STREAMLIT = tomllib.loads((REPOSITORY / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
MODES = ("light", "dark")


def test_new_figures_are_german_without_asking() -> None:
    assert pio.templates.default == "jobcenter-light"
    layout = go.Figure().layout.template.layout
    assert layout.separators == ",."
    assert layout.font.family.startswith("Fira Sans")
    assert layout.yaxis.exponentformat == "none"
    assert theme.CONFIG["locale"] == "de"


NAMES = {"dark": "jobcenter-dark", "light": "jobcenter-light", None: "jobcenter-light"}


@pytest.mark.parametrize(("mode", "name"), NAMES.items())
def test_template_follows_the_surroundings(mode: str | None, name: str) -> None:
    assert theme.template_name(mode) == name
    assert name in pio.templates


@pytest.mark.parametrize("mode", MODES)
def test_a_figure_on_screen_wears_its_look_itself(mode: str) -> None:
    """With a template in it Streamlit and Plotly would draw every chart twice."""
    lanes, template = Drawing(2), pio.templates[theme.template_name(mode)]
    lanes.add_scatter(x=[1, 2], y=[1, 2], mode="lines", line={"color": "red"}, marker={"size": [5, 6]})
    lanes.add_bar(lane=2, x=[1], y=[1], textposition="inside")
    lanes.add_scatter(x=[1], y=[1], yaxis="y7")
    lanes.add_annotation(text="ohne Pfeil", x=1, y=1)
    lanes.add_annotation(text="mit Pfeil", x=1, y=1, showarrow=True)
    lanes.update_axis("y", 2, tickfont={"size": 12}, showgrid=False)
    lanes.update_layout(margin={"t": 5})
    before = copy.deepcopy(lanes.told())

    told = lanes.sent(mode).to_dict()

    layout, (line, bar, point) = told["layout"], told["data"]
    assert "template" not in layout
    assert layout["datarevision"] == 1
    assert layout["margin"] == {"l": 8, "r": 8, "t": 5, "b": 8, "autoexpand": True}
    assert (layout["separators"], layout["paper_bgcolor"]) == (",.", TOKENS[mode]["background"])
    muted = TOKENS[mode]["muted"]
    assert [layout[axis]["tickfont"] for axis in ("xaxis", "yaxis", "yaxis7")] == [{"color": muted}] * 3
    assert layout["yaxis2"]["tickfont"] == {"color": muted, "size": 12}
    assert [layout[axis]["showgrid"] for axis in ("xaxis2", "yaxis", "yaxis2")] == [False, True, False]
    assert [note["showarrow"] for note in layout["annotations"]] == [False, True]
    assert (line["line"], line["marker"]) == ({"width": 2, "color": "red"}, {"size": [5, 6]})
    assert (bar["textposition"], bar["marker"]["line"]["width"]) == ("inside", 0)
    assert point["marker"]["size"] == template.data.scatter[0].marker.size == 7
    assert lanes.told() == before


def test_nothing_a_template_can_say_is_left_out() -> None:
    """What is not known here, `dressed` would not write into figures."""
    for mode in MODES:
        told = pio.templates[theme.template_name(mode)].to_plotly_json()
        assert set(told["data"]) == {"scatter", "bar"}
        assert [len(looks) for looks in told["data"].values()] == [1, 1]
        defaults = {name for name in told["layout"] if name.endswith("defaults")}
        assert defaults == {"annotationdefaults"}


@pytest.mark.parametrize("mode", MODES)
def test_charts_stand_on_the_background_of_the_page(mode: str) -> None:
    assert TOKENS[mode]["background"] == STREAMLIT[mode]["backgroundColor"]
    assert TOKENS[mode]["text"] == STREAMLIT[mode]["textColor"]


@pytest.mark.parametrize("mode", MODES)
def test_text_is_readable(mode: str) -> None:
    tokens, page = TOKENS[mode], STREAMLIT[mode]
    for background in (tokens["background"], tokens["hover"], page["secondaryBackgroundColor"]):
        for text in (tokens["text"], tokens["muted"], page["grayColor"], page["linkColor"]):
            assert contrast(text, background) >= 4.5
    for colour in ("red", "orange", "yellow", "blue", "green"):
        assert contrast(page[f"{colour}TextColor"], page[f"{colour}BackgroundColor"]) >= 4.5
        assert contrast(page[f"{colour}TextColor"], page["backgroundColor"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_greys_and_judgements_are_visible(mode: str) -> None:
    marks = (theme.PEER, theme.MEDIAN, theme.FAVOURABLE.colour, theme.UNFAVOURABLE.colour)
    for colour in (*marks, TOKENS[mode]["axis"]):
        assert contrast(colour, TOKENS[mode]["background"]) >= 3


@pytest.mark.parametrize("judgement", [theme.FAVOURABLE, theme.UNFAVOURABLE])
def test_a_judgement_is_never_only_a_colour(judgement: theme.Judgement) -> None:
    assert judgement.sign
    assert judgement.word


@pytest.mark.parametrize("colour", [theme.PEER, theme.MEDIAN])
def test_peers_are_grey(colour: str) -> None:
    assert colour[1:3] == colour[3:5] == colour[5:7]

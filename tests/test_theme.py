"""The shared look of the charts: German numbers, the right type, contrasts that can be read."""

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


@pytest.mark.parametrize("name", ["jobcenter-light", "jobcenter-dark"])
def test_what_is_sent_of_a_chart_carries_the_template_of_its_surroundings(name: str) -> None:
    figure = Drawing()
    figure.add_bar(x=[1, 2], y=[3, 4])
    assert figure.sent(name).to_dict()["layout"]["template"] == pio.templates[name].to_plotly_json()


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

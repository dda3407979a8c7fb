"""Everybody can tell the Jobcenter apart: on light and dark, colour-blind, and in black and white."""

import itertools
import tomllib
from pathlib import Path

import pytest

from pages.charts import theme
from pages.reports.vision import VISION, contrast, distance

REPOSITORY = Path(__file__).parents[1]
JOBCENTERS = tomllib.loads((REPOSITORY / "warehouse/catalog/jobcenters.toml").read_text(encoding="utf-8"))
COLOURS = {name: str(declared["colour"]).lower() for name, declared in JOBCENTERS.items()}
BACKGROUNDS = {"light": "#ffffff", "light surface": "#f3f4f7", "dark": "#131525", "dark surface": "#1d2034"}
DISTANCE = {"normal": 30.0, "protanopia": 12.0, "deuteranopia": 12.0, "tritanopia": 12.0}
"""The smallest allowed difference in CIELAB; 2.3 is just noticeable side by side."""


@pytest.mark.parametrize("jobcenter", COLOURS)
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_colour_stands_out_from_the_background(jobcenter: str, background: str) -> None:
    assert contrast(COLOURS[jobcenter], BACKGROUNDS[background]) >= 3


@pytest.mark.parametrize("vision", VISION)
def test_colours_are_told_apart(vision: str) -> None:
    too_near = {
        (first, second): round(distance(COLOURS[first], COLOURS[second], vision), 1)
        for first, second in itertools.combinations(COLOURS, 2)
        if distance(COLOURS[first], COLOURS[second], vision) < DISTANCE[vision]
    }
    assert too_near == {}


@pytest.mark.parametrize("property", ["marker", "dash"])
def test_without_colour_marker_and_dash_tell_them_apart(property: str) -> None:
    declared = [jobcenter[property] for jobcenter in JOBCENTERS.values()]
    assert len(set(declared)) == len(declared)


@pytest.mark.parametrize("jobcenter", COLOURS)
def test_identity_is_neither_a_judgement_nor_a_peer(jobcenter: str) -> None:
    for other in (theme.FAVOURABLE.colour, theme.UNFAVOURABLE.colour, theme.PEER, theme.MEDIAN):
        assert distance(COLOURS[jobcenter], other, "normal") >= 25


def test_the_highlight_of_any_other_jobcenter_is_nobody_elses_colour() -> None:
    for background in BACKGROUNDS.values():
        assert contrast(theme.HIGHLIGHT, background) >= 3
    for vision, least in DISTANCE.items():
        assert min(distance(theme.HIGHLIGHT, colour, vision) for colour in COLOURS.values()) >= least
    for other in (theme.FAVOURABLE.colour, theme.UNFAVOURABLE.colour, theme.PEER, theme.MEDIAN):
        assert distance(theme.HIGHLIGHT, other, "normal") >= 25

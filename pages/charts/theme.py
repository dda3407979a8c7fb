"""The look that all charts share: type, greys, grid, German separators – for light and dark surroundings.

Importing this module makes ``jobcenter-light`` the default template of Plotly. It is small on purpose: Plotly
copies the template into every figure, and its own default one costs more time than the chart.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import plotly.graph_objects as go
import plotly.io as pio

Mode = Literal["light", "dark"]


@dataclass(frozen=True)
class Judgement:
    """How a favourable or unfavourable difference is marked: colour, sign and word always go together."""

    colour: str
    sign: str
    word: str


_TOKENS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("tokens.toml").read_text(encoding="utf-8"))
_TYPE = _TOKENS["type"]
TITLE_SIZE: int = _TYPE["title"]
TEXT_SIZE: int = _TYPE["text"]

PEER: str = _TOKENS["grey"]["peer"]
MEDIAN: str = _TOKENS["grey"]["median"]
BAND: str = _TOKENS["grey"]["band"]
HIGHLIGHT: str = _TOKENS["highlight"]["other"]
FAVOURABLE = Judgement(**_TOKENS["judgement"]["favourable"])
UNFAVOURABLE = Judgement(**_TOKENS["judgement"]["unfavourable"])

CLEAR = "rgba(0,0,0,0)"
"""Nothing is painted: what lies behind a hollow mark stays visible."""

CONFIG: dict[str, Any] = {
    "locale": "de",
    "displaylogo": False,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "diagramm"},
}
"""The `config` every chart is shown with: German mode bar and month names, no advertising, few buttons."""


def template_name(mode: str | None) -> str:
    """Return the name of the template for the surroundings a chart is shown in; unknown counts as light."""
    return f"jobcenter-{mode if mode in ('light', 'dark') else 'light'}"


def build_template(mode: Mode) -> go.layout.Template:
    """Build the template for light or dark surroundings from `tokens.toml`."""
    tokens = _TOKENS[mode]
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": tokens["axis"],
        "ticks": "outside",
        "tickcolor": tokens["axis"],
        "ticklen": 4,
        "tickfont": {"color": tokens["muted"]},
        "title": {"font": {"color": tokens["muted"]}, "standoff": 8},
        "gridcolor": tokens["grid"],
        "automargin": True,
        "tickangle": 0,
        "fixedrange": True,
        "exponentformat": "none",
        "separatethousands": True,
    }
    layout = go.Layout(
        font={"family": _TYPE["family"], "size": _TYPE["text"], "color": tokens["text"]},
        paper_bgcolor=tokens["background"],
        plot_bgcolor=tokens["background"],
        colorway=[PEER],
        separators=",.",
        margin={"l": 8, "r": 8, "t": 72, "b": 8, "autoexpand": True},
        showlegend=False,
        datarevision=1,
        hovermode="x unified",
        hoverlabel={
            "bgcolor": tokens["hover"],
            "bordercolor": tokens["axis"],
            "font": {"family": _TYPE["family"], "size": _TYPE["text"], "color": tokens["text"]},
        },
        dragmode=False,
        xaxis=axis,
        yaxis={**axis, "showgrid": True, "showline": False, "ticks": ""},
        annotationdefaults={"showarrow": False},
        modebar={"bgcolor": CLEAR, "color": tokens["muted"], "activecolor": tokens["text"]},
    )
    lines = go.Scatter(line={"width": 2}, marker={"size": 7}, connectgaps=False)
    bars = go.Bar(marker={"line": {"width": 0}}, textposition="outside", cliponaxis=False)
    return go.layout.Template(layout=layout, data={"scatter": [lines], "bar": [bars]})


def dressed(told: Mapping[str, Any], mode: str | None) -> dict[str, Any]:
    """Return the data of a figure with the look for its surroundings (light or dark) written into it, instead of a template.

    Streamlit hands every figure to Plotly twice, the second time as a copy, and Plotly draws all of it again unless it finds that
    nothing has changed: `datarevision` makes it compare what figures say, but a copied template is always another one.
    """
    template = _template(template_name(mode))
    own = told["layout"]
    axes = {f"{letter}axis{trace.get(f'{letter}axis', '')[1:]}" for trace in told["data"] for letter in "xy"}
    axes |= {name for name in own if name[1:5] == "axis"}
    looks = {name: look for name, look in template["layout"].items() if name != "annotationdefaults"}
    looks |= {name: looks[name[:5]] for name in axes}
    note = template["layout"]["annotationdefaults"]
    layout = _over(looks, own)
    layout["annotations"] = [_over(note, each) for each in own.get("annotations", [])]
    traces = [_over(template["data"].get(trace["type"], [{}])[0], trace) for trace in told["data"]]
    return {"data": traces, "layout": layout}


@cache
def _template(name: str) -> Mapping[str, Any]:
    template: Mapping[str, Any] = pio.templates[name].to_plotly_json()
    return template


def _over(look: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a part over those of the look."""
    both = {name: (look.get(name), value) for name, value in own.items()}
    nested = {
        name: _over(below, value)
        for name, (below, value) in both.items()
        if isinstance(below, dict) and isinstance(value, dict)
    }
    return {**look, **own, **nested}


for _mode in ("light", "dark"):
    pio.templates[template_name(_mode)] = build_template(_mode)
pio.templates.default = template_name("light")

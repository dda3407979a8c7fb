"""»So lesen Sie diese Grafik« stands at each chart of every page, with the reader's own numbers."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES

OpenPage = Callable[..., AppTest]
CHARTLESS = {"ueberblick", "beirat", "datenlage", "laden", "nachweis", "quellen"}
"""Pages of tables."""
ELB = "ELB · Erwerbsfähige Leistungsberechtigte"
ASKED: dict[str, list[dict[str, str]]] = {
    "vergleichstyp": [{}, {"zeitraum": "Jeweils neuester"}],
    "zeitreihen": [{"kennzahl": ELB, "ansicht": view} for view in ("Verlauf", "Index", "Veränderung")],
    "auffaelligkeiten": [{"jobcenter": "Lk Harburg"}],
    "finanzen": [{"thema": "Leistungen zum Lebensunterhalt"}],
    "handlungsfelder": [{"ansicht": "Gremien und Fristen"}],
    "sitzung": [{"sitzung": "2025-11-30"}],
}


@pytest.mark.parametrize("page", [name for name in PAGES if name not in CHARTLESS])
def test_every_chart_says_how_it_is_read(
    page: str, synthetic: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(synthetic))
    for parameters in ASKED.get(page, [{}]):
        shown = open_page(page, **parameters)
        readings = [each for each in shown.expander if each.label == "So lesen Sie diese Grafik"]
        assert len(readings) == len(shown.get("plotly_chart")), parameters
        for each in readings:
            assert re.search(r"\d", " ".join(text.value for text in each.markdown)), (
                "no number of the reader's own"
            )


def test_pages_of_tables_have_no_charts(open_page: OpenPage) -> None:
    assert not open_page("ueberblick").get("plotly_chart")
    assert not open_page("datenlage").get("plotly_chart")

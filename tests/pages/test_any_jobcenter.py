"""Every page takes any of the 400 Jobcenter by the same parameter, and says what is missing instead of failing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES
from tests.pages.seen import seen

OpenPage = Callable[..., AppTest]
OTHER = "Musterjobcenter 007"
WITHOUT = {"barrierefreiheit", "beirat", "laden"}
"""Pages without a choice of Jobcenter."""
ASKED = {"quellen": {"bereich": "Widersprüche"}, "zeitreihen": {"kennzahl": "K2 · Integrationsquote (§ 48a)"}}


@pytest.mark.parametrize("page", [name for name in PAGES if name not in WITHOUT])
def test_a_jobcenter_beyond_the_five_is_shown_on_every_page(
    page: str, synthetic: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(synthetic))
    shown = open_page(page, jobcenter=OTHER, **ASKED.get(page, {}))
    warned = [each.value for each in shown.warning]
    assert not [each for each in warned if "Jobcenter" in each and "gibt es hier nicht" in each], warned
    said = " ".join([seen(shown), *(each.value for each in (*shown.caption, *shown.warning))])
    assert OTHER in said or shown.selectbox(key="jobcenter").value == OTHER
    link = next(each.value for each in shown.code if f"/{page}?" in each.value)
    assert f"jobcenter={OTHER.replace(' ', '+')}" in link


def test_an_unknown_jobcenter_is_named(open_page: OpenPage) -> None:
    shown = open_page("vergleich", jobcenter="Entenhausen")
    assert any("Jobcenter »Entenhausen« gibt es hier nicht" in each.value for each in shown.warning)

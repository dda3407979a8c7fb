"""Invented figures say so: on the page, in what leaves it, and nothing of it where the figures are real."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.synthetic import BANNER, NOTE
from tests.conftest import APP


@pytest.mark.parametrize("page", ["ueberblick", "nachweis", "quellen"])
def test_every_page_says_that_its_figures_are_invented(
    synthetic: Path, monkeypatch: pytest.MonkeyPatch, in_frame: None, page: str
) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(synthetic))
    test = AppTest.from_file(str(APP), default_timeout=120)
    test.run()
    if page != "ueberblick":
        test.switch_page(f"pages/{page}.py")
        test.run()
    assert not test.exception
    assert [each.value for each in test.error] == [BANNER]
    if page == "quellen":
        assert "aus 1 Quelle; Widersprüche innerhalb einer Quelle\\: 0." in test.markdown[0].value
    if page == "ueberblick":
        assert "Synthetische Daten (erfunden)" in " ".join(each.value for each in test.main.get("html"))
        assert "Die Werte stammen aus dem Jahr 2025\\: nur mit ihrem Datum" in " ".join(
            each.value for each in test.markdown
        )


def test_downloads_say_it_too(synthetic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(synthetic))

    def script() -> None:
        import streamlit as st

        from pages.components.state import state_note
        from pages.components.warehouse import ensure_warehouse

        ensure_warehouse()
        st.text(str(state_note()))

    test = AppTest.from_function(script, default_timeout=120)
    test.run()
    assert not test.exception
    assert NOTE in test.text[0].value


def test_real_figures_have_no_such_banner(open_page: Callable[..., AppTest]) -> None:
    assert not [each for each in open_page("nachweis").error if each.value == BANNER]

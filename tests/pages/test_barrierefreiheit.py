"""The accessibility statement says what was checked, who answers, and invents neither."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.accessibility import ARBITRATION, CONTACT, DECLARED, OPERATOR, STATES, linked
from pages.components.html import text
from tests.browser.visit import AXE
from tests.pages.seen import seen


def test_what_is_declared_fits_together() -> None:
    assert DECLARED["conformity"] in STATES
    assert (DECLARED["conformity"] == "vollständig") == (not DECLARED["limitations"])
    assert DECLARED["prepared"] <= DECLARED["assessed"]
    assert AXE.startswith(f"/*! axe v{DECLARED['axe']['version']}\n")


def test_without_a_contact_the_page_says_who_must_name_one(open_page: Callable[..., AppTest]) -> None:
    told = seen(open_page("barrierefreiheit"))
    assert "teilweise vereinbar" in told
    assert f"{DECLARED['assessed']:%d.%m.%Y}" in told
    assert "Ein Kontakt ist noch nicht eingetragen." in told
    assert CONTACT in told
    assert "mailto:" not in told
    for known in DECLARED["limitations"]:
        assert text(known["why"]).text in told


def test_what_the_house_names_is_shown(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OPERATOR, "Jobcenter Musterstadt")
    monkeypatch.setenv(CONTACT, "barrierefrei@example.org, Telefon 0000 <b>")
    monkeypatch.setenv(ARBITRATION, "Musterstelle, Musterweg 1")
    told = seen(open_page("barrierefreiheit"))
    assert "Betrieben wird sie von: Jobcenter Musterstadt." in told
    assert "Musterstelle, Musterweg 1" in told
    assert "nicht eingetragen" not in told
    assert "<b>" not in told


def test_an_address_becomes_a_link_and_everything_else_stays_text() -> None:
    shown = linked("Team <x>, a.b@example.org oder Telefon 1").text
    assert shown == 'Team &lt;x&gt;, <a href="mailto:a.b@example.org">a.b@example.org</a> oder Telefon 1'

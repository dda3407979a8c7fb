"""Zeitreihen in a real browser: from view to view, with another scale and another Jobcenter, and by the link to it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.test_every_page import english_leftovers
from tests.browser.visit import Visit

ELB = "zeitreihen?kennzahl=ELB+·+Erwerbsfähige+Leistungsberechtigte"


def test_from_view_to_view_and_back_by_the_link(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.open(ELB)
    chart = page.locator(".stPlotlyChart").first
    for view, seen in (
        ("Jahre übereinander", "2018"),
        ("Index", "Jan 2018 = 100"),
        ("Veränderung", "Prozent zum Vorjahresmonat"),
    ):
        page.get_by_role("radio", name=view, exact=True).click()
        expect(chart).to_contain_text(seen)
        window.wait_until_drawn()
        assert english_leftovers(window.visible_texts()) == []
    page.get_by_text("So lesen Sie diese Grafik").first.click()
    expect(page.get_by_text("Der letzte Balken von").first).to_be_visible()
    assert window.accessibility_problems() == []

    page.get_by_text("Eigene Skala", exact=True).click()
    expect(chart).to_contain_text("Skalen verschieden")
    window.wait_until_drawn()
    expect(page).to_have_url(re.compile("ansicht=Ver"))  # the run before may have been overtaken
    page.get_by_text("Link zu dieser Ansicht").click()
    link = page.get_by_test_id("stCode").first.inner_text()
    page = window.open(link.partition(f"{window.url}/")[2])
    expect(page.locator(".stPlotlyChart").first).to_contain_text("Skalen verschieden")
    expect(page.locator(".stPlotlyChart").first).to_contain_text("Prozent zum Vorjahresmonat")


def test_all_views_fit_a_phone(visit: Callable[..., Visit]) -> None:
    window = visit("phone")
    page = window.open(f"{ELB}&ansicht=Jahre+übereinander")
    expect(page.locator(".stPlotlyChart").first).to_contain_text("2019")
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390
    assert window.accessibility_problems() == []

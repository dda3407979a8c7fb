"""An older state of the data in a real browser: chosen, kept on every page and after a reload, linked, and left again."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from etl.load import load_extract
from tests.browser.conftest import DEVICES
from tests.browser.server import Server, running_app
from tests.browser.test_every_page import english_leftovers
from tests.browser.visit import Visit
from tests.etl.deliveries import delivery

HEADER = ("jobcenter", "kennzahl", "zeitraum", "wert", "datenstand", "quelle")
OLD, NEW = "20.968", "20.995"
BANNER = "Gezeigt wird der Stand vom"


@pytest.fixture(scope="module")
def revised(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The running app over the documents and one newer value of Halle."""
    folder = tmp_path_factory.mktemp("states")
    shutil.copytree(warehouse, folder / "warehouse")
    row = f"halle;ELB;2019-12;{NEW};2020-06-30;Statistik der BA"
    newer = delivery(row, header=HEADER, name="statistik-der-ba-juni-2020.csv")
    report = load_extract(folder / "warehouse", newer, who="M. Muster", accept_warnings="Revision")
    assert report.outcome == "loaded"
    with running_app(folder) as started:
        yield started


def shows(page: Page, figure: str, *, older: bool) -> None:
    """Wait until a page shows a figure, and the banner of an older state or none."""
    expect(page.get_by_text(figure, exact=True).first).to_be_visible()
    expect(page.get_by_text(BANNER)).to_have_count(1 if older else 0)
    expect(page).to_have_url(re.compile("vorgang=16" if older else r"^((?!vorgang).)*$"))


def test_an_older_state_is_chosen_kept_linked_and_left(browser: Browser, revised: Server) -> None:
    context = browser.new_context(locale="de-DE", **DEVICES["desktop"])
    window = Visit(context, revised.url, revised.last_output)
    page = window.open()
    shows(page, NEW, older=False)
    page.get_by_role("combobox", name="Stand vom").click()
    page.get_by_role("option", name="Grundbestand: 16 Dateien geladen").click()
    shows(page, OLD, older=True)

    page.reload()
    shows(page, OLD, older=True)
    window.take_screenshot("aelterer-stand-desktop")
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []

    page.get_by_role("link", name="Vergleich", exact=True).click()
    expect(page.locator("h1")).to_contain_text("erwerbsfähige Leistungsberechtigte")
    window.wait_until_drawn()
    expect(page.get_by_text(BANNER)).to_have_count(1)
    expect(page).to_have_url(re.compile("/vergleich.*vorgang=16"))
    page.get_by_text("Link zu dieser Ansicht").click()
    expect(page.get_by_test_id("stCode")).to_have_count(1)
    link = page.get_by_test_id("stCode").inner_text()
    assert "vorgang=16" in link

    page = window.open(link.partition(f"{revised.url}/")[2])
    expect(page.get_by_text(BANNER)).to_have_count(1)
    page.get_by_text("Neuesten Stand zeigen").click()
    expect(page.get_by_text(BANNER)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("vorgang"))
    assert window.complaints == []
    context.close()


def test_the_banner_is_at_the_top_of_a_phone(browser: Browser, revised: Server) -> None:
    context = browser.new_context(locale="de-DE", **DEVICES["phone"])
    window = Visit(context, revised.url, revised.last_output)
    page = window.open("nachweis?vorgang=16&reihe=elb")
    expect(page.get_by_text(BANNER)).to_be_in_viewport()
    assert window.accessibility_problems() == []
    page.get_by_test_id("stExpandSidebarButton").click()
    picker = page.get_by_role("combobox", name="Stand vom")
    picker.scroll_into_view_if_needed()  # below many pages; scrolling while the list is open would close it
    page.wait_for_timeout(500)  # the sidebar slides in
    picker.click()
    page.get_by_role("option", name="Neuester").click()
    shows(page, NEW, older=False)
    assert window.complaints == []
    context.close()


def test_a_value_of_an_older_state_leads_to_its_evidence_and_back_leads_back(
    browser: Browser, revised: Server
) -> None:
    context = browser.new_context(locale="de-DE", **DEVICES["desktop"])
    window = Visit(context, revised.url, revised.last_output)
    page = window.open("?vorgang=16")
    page.get_by_role("link", name=OLD, exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Woher kommt diese Zahl?")
    shows(page, OLD, older=True)
    expect(page.get_by_text(NEW)).to_have_count(0)

    page.get_by_role("combobox", name="Stand vom").click()
    page.get_by_role("option", name="Neuester").click()
    shows(page, NEW, older=False)
    expect(page.get_by_text("+27 gegenüber").first).to_be_visible()
    window.take_screenshot("nachweis-mit-revision")

    page.go_back()
    shows(page, OLD, older=True)
    assert window.complaints == []
    context.close()

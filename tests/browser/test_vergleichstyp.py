"""What a person does on Vergleichstyp: choose, read, send the link; over a small country whose numbers are known."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DEVICES
from tests.browser.server import Server, running_app
from tests.browser.visit import Visit
from tests.pages.sachsen import load_sachsen

PAGE = "vergleichstyp?kennzahl=K1E2+%C2%B7+Ver%C3%A4nderung+der+Zahl+der+erwerbsf%C3%A4higen+Leistungsberechtigten"


@pytest.fixture(scope="module")
def country(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app over a warehouse with ten Jobcenter of one Land."""
    folder = tmp_path_factory.mktemp("land")
    load_sachsen(warehouse, folder / "warehouse")
    with running_app(folder) as started:
        yield started


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_another_jobcenter_and_group_are_chosen_and_the_link_keeps_them(
    browser: Browser, country: Server, device: str
) -> None:
    window = Visit(browser.new_context(locale="de-DE", **DEVICES[device]), country.url, country.last_output)
    page = window.open(PAGE)
    window.take_screenshot(f"vergleichstyp-leer-{device}")
    for label, choice in (("Vergleichsgruppe", "Land"), ("Jobcenter", "JC Musterkreis 3")):
        box = page.get_by_role("combobox", name=label, exact=True).first
        box.click()
        box.fill(choice)
        page.get_by_role("option", name=choice, exact=True).click()
        window.wait_until_drawn()
    answer = page.get_by_text("JC Musterkreis 3, K1E2 Dez 2019: −3,0")
    expect(answer).to_contain_text("Rang 8 von 10")
    page.wait_for_url("**jobcenter=JC*Musterkreis*3*")
    page.reload()
    window.wait_until_drawn()
    expect(page.get_by_text("JC Musterkreis 3, K1E2 Dez 2019: −3,0").first).to_be_visible()
    window.take_screenshot(f"vergleichstyp-land-{device}")

    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    assert window.accessibility_problems() == []
    assert window.complaints == []
    window.context.close()

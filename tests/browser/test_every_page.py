"""Every page, at both sizes: German, accessible, without errors and without calls to the outside."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app import PAGES, START
from tests.browser.server import REPOSITORY
from tests.browser.visit import Visit

NewVisit = Callable[..., Visit]

ADDRESSES = {name: "" if name == START else name for name in PAGES}
TRANSLATIONS = json.loads((REPOSITORY / "pages/assets/translations.json").read_text(encoding="utf-8"))
ENGLISH = re.compile(
    r"\b(the|and|of|to|is|are|this|your|you|with|file|files|row|rows|options?|results?|more|per|available"
    r"|Search|Download|Press|Select|Clear|Choose|Close|Open|Show|Hide|Fullscreen|Expand|Collapse|Sort|Copy|Remove"
    r"|Add|Loading|Running|Connecting|Upload|Browse|Drag|Page|Undefined|None|null|NaN)\b"
)


def english_leftovers(texts: list[str]) -> list[str]:
    """Return the texts that are English, or that a page let slip from the program (None, NaN)."""
    return [text for text in texts if text in TRANSLATIONS["texts"] or ENGLISH.search(text)]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_german_accessible_and_without_errors(visit: NewVisit, name: str) -> None:
    """One visit for all that holds on every page: opening a page costs more than all the looks at it."""
    window = visit()
    page = window.open(ADDRESSES[name])
    window.take_screenshot(f"{name}-desktop")
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.title() == f"{PAGES[name]} · Jobcenter-Vergleich"
    assert page.get_by_role("link", name="Erklärung zur Barrierefreiheit").count() == 1
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []
    skip_to_content(page)

    window.switch_to_dark()
    window.take_screenshot(f"{name}-dunkel")
    assert page.locator('.main-svg[style*="background: rgb(255, 255, 255)"]').count() == 0
    assert window.accessibility_problems() == []

    window.resize(390, 844)
    window.take_screenshot(f"{name}-phone")
    assert window.reflow_problems() == []

    window.resize(320, 256)  # 1280 × 1024 at 400 %
    assert window.reflow_problems() == []
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []


def skip_to_content(page: Page) -> None:
    """Press the keys of somebody who will not hear the navigation again: the first stop leads into the page."""
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Zum Inhalt springen")
    page.keyboard.press("Enter")
    expect(page.locator("main:focus")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_everything_is_reached_seen_and_used_by_keyboard(visit: NewVisit) -> None:
    window = visit()
    page = window.open("vergleich")
    seen, lost = [], []
    for _ in range(60):
        page.keyboard.press("Tab")
        lost += window.focus_problems()
        seen.append(page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.innerText"))
    assert lost == []
    for name in ("Überblick", "Stand vom", "Halle (Saale)", "Thema", "Vollbild", "Zur Mappe"):
        assert name in seen

    page.get_by_role("button", name="Link zu dieser Ansicht").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)

    page.get_by_role("combobox", name="Thema").focus()
    page.keyboard.type("Bedarfs")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("thema=Bedarfs"))
    window.wait_until_drawn()
    page.locator("summary").filter(has_text="Als Tabelle").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("data-grid-canvas").first).to_be_visible()
    window.wait_until_drawn()
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []
    page.get_by_role("button", name="Zur Mappe").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ordnen und ausgeben: Seite Beirat").first).to_be_visible()


def test_fira_sans_comes_from_our_own_route(visit: NewVisit) -> None:
    page = visit().open()
    assert page.evaluate(
        "[...document.fonts].some(font => font.family.includes('Fira') && font.status == 'loaded')"
    )


def test_unknown_page_is_explained_in_german(visit: NewVisit) -> None:
    window = visit()
    page = window.open("gibt-es-nicht")
    page.get_by_text("Seite nicht gefunden").wait_for()
    assert english_leftovers(window.visible_texts()) == []
    window.complaints.clear()  # Streamlit reports the wrong address on the console


def test_a_request_to_the_outside_is_noticed(visit: NewVisit) -> None:
    window = visit(bypass_csp=True)
    page = window.open()
    page.evaluate("fetch('http://outside.example/pixel').catch(() => null)")
    assert "Anfrage nach außen: http://outside.example/pixel" in window.complaints
    window.complaints.clear()


def test_the_page_itself_refuses_requests_to_the_outside(visit: NewVisit) -> None:
    window = visit()
    page = window.open()
    outcome = page.evaluate("fetch('http://outside.example/pixel').then(() => 'sent', () => 'refused')")
    assert outcome == "refused"
    assert not any(complaint.startswith("Anfrage nach außen") for complaint in window.complaints)
    assert any("Content Security Policy" in complaint for complaint in window.complaints)
    window.complaints.clear()

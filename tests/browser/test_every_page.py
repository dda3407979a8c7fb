"""Every page, at both sizes: German, accessible, without errors and without calls to the outside."""

import json
import re
from collections.abc import Callable

import pytest

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


@pytest.mark.parametrize("device", ["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_german_accessible_and_without_errors(visit: NewVisit, name: str, device: str) -> None:
    window = visit(device)
    page = window.open(ADDRESSES[name])
    window.take_screenshot(f"{name}-{device}")

    assert page.locator("html").get_attribute("lang") == "de"
    assert page.title() == f"{PAGES[name]} · Jobcenter-Vergleich"
    assert english_leftovers(window.visible_texts()) == []
    assert window.accessibility_problems() == []


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_nothing_is_wider_than_the_window(visit: NewVisit, device: str) -> None:
    window = visit(device)
    for name, address in ADDRESSES.items():
        main = window.open(address).locator('[data-testid="stMain"]')
        hidden = main.evaluate("main => main.scrollWidth - main.clientWidth")
        assert hidden <= 0, f"{name} ist {hidden} Pixel breiter als das Fenster"


def test_start_page_is_accessible_in_the_dark(visit: NewVisit) -> None:
    window = visit(color_scheme="dark")
    window.open()
    window.take_screenshot("dunkel-desktop")
    assert window.accessibility_problems() == []


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

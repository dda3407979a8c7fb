"""The offline page: opens from a file, loads nothing, runs only its own scripts, filters and sorts; works without scripts too."""

import base64
import hashlib
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from pages.charts.theme import template_name
from pages.reports.offline import html
from pages.reports.view import of_chart
from tests.browser.chromium import ADVICE, QUIET, find_chromium
from tests.browser.visit import REFLOW, accessibility_problems
from tests.reports.decks import bars, deck

EVIL = "</script><script>document.title='x'</script><img src=x onerror=alert(1)>"


def test_only_its_own_scripts_may_run(page: bytes) -> None:
    text = page.decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy.group(1)
    assert "default-src 'none'" in policy.group(1)


def test_words_of_a_user_are_words() -> None:
    text = html(deck(of_chart(bars(EVIL), comment=EVIL))).decode()
    assert "<img src=x" not in text
    assert "</script><script>document" not in text


def test_a_chart_pinned_on_a_dark_screen_is_light_on_paper() -> None:
    dark = bars()
    dark.figure.update_layout(template=template_name("dark"))
    assert html(deck(dark)) == html(deck(bars()))


def test_sixty_views_stay_below_eight_megabytes() -> None:
    assert len(html(deck(*[bars(f"Ansicht {n}") for n in range(60)]))) < 8_000_000


@pytest.fixture(scope="module")
def window(page: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, list[str]]]:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip(ADVICE)
    place = tmp_path_factory.mktemp("offline") / "mappe.html"
    place.write_bytes(page)
    complaints: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=QUIET)
        opened = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=False).new_page()
        opened.on("console", lambda it: complaints.append(it.text) if it.type == "error" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("request", lambda it: complaints.append(it.url) if it.url.startswith("http") else None)
        opened.goto(place.as_uri())
        opened.locator(".drawing[data-figure]:not(:has(.main-svg))").first.wait_for(
            state="detached", timeout=60_000
        )
        yield opened, complaints
        browser.close()


@pytest.mark.browser
def test_it_opens_filters_and_sorts_without_network(window: tuple[Page, list[str]], gallery: Any) -> None:
    opened, complaints = window
    assert opened.locator(".drawing .main-svg").count() >= len(gallery.charts)
    assert opened.locator("html").get_attribute("lang") == "de"
    opened.keyboard.press("Tab")
    assert opened.locator(":focus").inner_text() == "Zum Inhalt springen"
    sections = opened.locator("section[data-jobcenter]:visible").count()
    boxes = opened.locator(".filter input").all()
    for box in boxes[1:]:
        box.uncheck()
    shown = opened.locator("section[data-jobcenter]:visible")
    assert 0 < shown.count() < sections
    assert opened.locator("#count").inner_text() == f"{shown.count()} von {sections} Ansichten"
    for box in boxes[1:]:
        box.check()
    opened.get_by_text("Als Tabelle").first.click()
    head = opened.locator("th", has_text="Jobcenter").first
    head.get_by_role("button").click()
    names = opened.locator("table").first.locator("tbody tr td:first-child").all_inner_texts()
    assert names == sorted(names, key=str.lower)
    assert head.get_attribute("aria-sort") == "ascending"
    assert complaints == []


@pytest.mark.browser
def test_axe_finds_nothing_and_nothing_is_cut_off_at_400_percent(window: tuple[Page, list[str]]) -> None:
    opened, _ = window
    for scheme, (wide, high) in product(("light", "dark"), ((1366, 768), (320, 256))):
        opened.emulate_media(color_scheme=scheme)
        opened.set_viewport_size({"width": wide, "height": high})
        assert accessibility_problems(opened) == []
        assert opened.evaluate(REFLOW) == []


@pytest.mark.browser
def test_letters_on_a_wall_stay_large_when_the_window_changes(window: tuple[Page, list[str]]) -> None:
    opened, complaints = window
    opened.set_viewport_size({"width": 1366, "height": 768})
    opened.set_viewport_size({"width": 1280, "height": 720})  # as a browser does that fills the screen
    opened.wait_for_timeout(400)  # Plotly fits its charts a moment later
    opened.get_by_role("button", name="Präsentieren").click()
    drawn = opened.locator("section.current:not(.parted) .drawing")
    for _ in range(60):
        if drawn.count():
            break
        opened.keyboard.press("ArrowRight")
    zoom = "drawn => Number(drawn.style.zoom)"
    large = drawn.evaluate(zoom)
    assert large >= 1.2
    opened.evaluate("window.dispatchEvent(new Event('resize'))")
    opened.wait_for_timeout(600)
    assert drawn.evaluate(zoom) == large
    opened.keyboard.press("Escape")
    assert complaints == []

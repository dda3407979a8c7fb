"""What a person waits for, measured in the system's Chromium: start to first page, page change, a click on a control."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from app import PAGES
from tests.browser.chromium import ADVICE, QUIET, find_chromium
from tests.browser.server import Server, running_app

STARTS, ROUNDS = 5, 3
START, CHANGE, CHANGE_P95 = 3000.0, 1000.0, 1500.0  # milliseconds
AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'
UNFINISHED = '[data-testid="stSkeleton"], [data-stale="true"], .stPlotlyChart:not(:has(.main-svg))'

Row = Callable[[str, list[float], float, float], bool]


def in_the_browser(row: Row) -> Iterator[bool]:
    """Yield for each measurement whether its goal is met; without a Chromium say how to get one and measure nothing."""
    path = find_chromium()
    if path is None:
        print(ADVICE)
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield row(
            "Start bis erste Seite (Browser)", [_first_page(browser) for _ in range(STARTS)], START, START
        )
        with tempfile.TemporaryDirectory() as folder, running_app(Path(folder)) as server:
            yield row("Seitenwechsel (Browser)", list(_changes(browser, server)), CHANGE, CHANGE_P95)
        browser.close()


def _first_page(browser: Browser) -> float:
    """Return the time from starting the process, with a warehouse in place, to the drawn start page."""
    with tempfile.TemporaryDirectory() as folder:
        with running_app(Path(folder)) as server:  # the first start builds the warehouse and is not measured
            _open(browser, server)
        began = time.perf_counter()
        with running_app(Path(folder)) as server:
            _open(browser, server)
            return (time.perf_counter() - began) * 1000


def _open(browser: Browser, server: Server) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(server.url, wait_until="domcontentloaded")
    _wait(page)
    return page


def _wait(page: Page) -> None:
    expect(page.locator("h1").first).to_be_visible(timeout=30_000)
    expect(page.locator(AT_REST)).to_have_count(1, timeout=30_000)
    expect(page.locator(UNFINISHED)).to_have_count(0, timeout=30_000)


def _changes(browser: Browser, server: Server) -> Iterator[float]:
    """Yield the time from a click in the navigation to the drawn page; the first round warms up."""
    page = _open(browser, server)
    for number in range(ROUNDS + 1):
        for title in list(PAGES.values())[1:] + list(PAGES.values())[:1]:
            link = page.get_by_test_id("stSidebarNavLink").filter(has_text=title).first
            before = page.locator("h1").first.inner_text()
            began = time.perf_counter()
            link.click()
            expect(page.locator("h1").first).not_to_have_text(before, timeout=30_000)
            _wait(page)
            if number:
                yield (time.perf_counter() - began) * 1000

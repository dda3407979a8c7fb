"""What a reader waits for over a national warehouse: from a click on a control to the redrawn chart, in the system's Chromium."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, expect, sync_playwright

from benchmarks.browser import AT_REST, UNFINISHED
from benchmarks.engines import subject
from tests.browser.chromium import ADVICE, QUIET, find_chromium
from tests.browser.server import Server, running_app
from warehouse.catalog import load_catalog
from warehouse.snapshots import current_snapshot

CLICKS, REDRAWN = 12, 450.0  # milliseconds
WATCH = """() => {
    window.clicked = window.redrawn = 0;
    document.addEventListener('click', () => { window.clicked = performance.now(); }, true);
    new MutationObserver((found) => {
        if (found.some(({target}) => target.parentElement?.closest('.js-plotly-plot'))) window.redrawn = performance.now();
    }).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
}"""
"""Notes in the page itself when it was clicked and when a chart last changed: the measuring process is not part of the time."""


def clicks(size: str, folder: Path) -> list[bool]:
    """Print the time from a click on "Eigene Skala" to the redrawn chart of a series; return whether the goal is met."""
    path = find_chromium()
    if path is None:
        print(ADVICE)
        return []
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    kennzahl = load_catalog().quantity_name(subject(snapshot).first, "", coded=True)
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as output,
        running_app(Path(output), keep_warehouse=True) as server,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        times = list(_redrawn(browser, server, kennzahl))
        browser.close()
    middle = statistics.median(times)
    verdict = "ja" if middle <= REDRAWN else "NEIN"
    print(f"\n{size}: Klick bis neu gezeichnetes Diagramm (ms) {'Median':>10}{'höchster':>10}")
    print(f"{'Zeitreihe, eigene Skala':<46}{middle:>8.0f}{max(times):>10.0f}  {verdict}")
    return [middle <= REDRAWN]


def _redrawn(browser: Browser, server: Server, kennzahl: str) -> Iterator[float]:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
    page.goto(f"{server.url}/zeitreihen?kennzahl={quote(kennzahl)}", wait_until="domcontentloaded")
    switch = page.get_by_text("Eigene Skala").first
    expect(switch).to_be_visible(timeout=120_000)
    for number in range(CLICKS + 2):
        expect(page.locator(AT_REST)).to_have_count(1, timeout=120_000)
        expect(page.locator(UNFINISHED)).to_have_count(0, timeout=120_000)
        page.evaluate(WATCH)
        switch.click()
        page.wait_for_function("window.clicked && window.redrawn > window.clicked", timeout=120_000)
        expect(page.locator(AT_REST)).to_have_count(1, timeout=120_000)
        page.wait_for_timeout(500)  # until nothing in the chart moves any more
        if number > 1:  # the first two warm up
            yield float(page.evaluate("window.redrawn - window.clicked"))

"""A real browser on the really started app, at the size of a desk and of a phone."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import ADVICE, QUIET, find_chromium
from tests.browser.server import Server, running_app
from tests.browser.visit import MILLISECONDS, Visit

DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}

expect.set_options(timeout=MILLISECONDS)  # a busy machine is slow; what appears is not waited for any longer


def pytest_pycollect_makemodule() -> None:
    """Skip this folder, with one line, where there is no browser – unless REQUIRE_BROWSER=1 (CI)."""
    if find_chromium() is None and os.environ.get("REQUIRE_BROWSER") != "1":
        pytest.skip(ADVICE, allow_module_level=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")  # Playwright keeps an event loop running, which other tests could not share
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = find_chromium()
    if path is None:
        pytest.fail(ADVICE, pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def server(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The running app with a temporary warehouse; pytest keeps its output in `server.txt`."""
    folder = tmp_path_factory.mktemp("app")
    shutil.copytree(warehouse, folder / "warehouse")
    with running_app(folder) as started:
        yield started


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens a window: `visit("phone")`; at the end no window may have complaints."""
    visits: list[Visit] = []

    def new_visit(device: str = "desktop", **options: Any) -> Visit:
        context = browser.new_context(locale="de-DE", **DEVICES[device], **options)
        visits.append(Visit(context, server.url, server.last_output))
        return visits[-1]

    yield new_visit
    for each in visits:
        each.context.close()
    complaints = [complaint for each in visits for complaint in each.complaints]
    assert not complaints, "\n".join(complaints)

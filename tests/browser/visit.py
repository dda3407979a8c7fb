"""One browser window on the app that notices everything a user should never meet."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, FilePayload, Page, Route, expect

HERE = Path(__file__).parent
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS", HERE / "screenshots"))
AXE = (HERE / "axe.min.js").read_text(encoding="utf-8")
TEXTS, REFLOW, FOCUS = (
    (HERE / name).read_text(encoding="utf-8") for name in ("visible_texts.js", "reflow.js", "focus.js")
)
STATEMENT = tomllib.loads((HERE.parents[1] / "pages/assets/accessibility.toml").read_text(encoding="utf-8"))
ONE_RUN = """() => { window.nextRun = new Promise((done, fail) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const look = () => app.dataset.testScriptState === "notRunning" && done();
  new MutationObserver(look).observe(app, { attributeFilter: ["data-test-script-state"] });
  setTimeout(() => fail(new Error("Die Seite wurde nicht neu gezeichnet")), 60000);
}); }"""
OUTSIDE = "Anfrage nach außen"
HOME = {"127.0.0.1", "localhost", "::1", "[::1]"}
MILLISECONDS = 60_000

SOMETHING_DRAWN = 'h1, [data-testid="stException"], [data-testid="stAlert"]'
SCRIPT_AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'
UNFINISHED = '[data-testid="stSkeleton"], [data-stale="true"], .stPlotlyChart:not(:has(.main-svg))'
TALLEST_SCREENSHOT = 6000


@dataclass
class Visit:
    """A window on the app; `complaints` grows with every error and every request to the outside."""

    context: BrowserContext
    url: str
    last_output: Callable[[], str] = field(repr=False)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.route("**/*", self._allow_home_only)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda it: self._complain(it.type == "error", f"Konsole: {it.text}"))
        self.page.on("pageerror", lambda error: self._complain(True, f"Fehler im Browser: {error}"))
        self.page.on("websocket", lambda it: self._complain(_is_outside(it.url), f"{OUTSIDE}: {it.url}"))

    def open(self, path: str = "") -> Page:
        """Open a page of the app and return it when Streamlit has drawn it completely; an error box is a complaint."""
        self.page.goto(f"{self.url}/{path}", wait_until="domcontentloaded")
        self.wait_until_drawn()
        broken = self.page.locator('[data-testid="stException"]').or_(
            self.page.get_by_text("Unerwarteter Fehler")
        )
        self._complain(broken.count() > 0, f"Fehlerkasten auf /{path}:\n{self.last_output()}")
        return self.page

    def wait_until_drawn(self) -> None:
        """Wait until the script has run, and every chart and table it sent has been drawn.

        Before its first run Streamlit reports "notRunning" as well, so the heading is awaited first.
        """
        page = self.page
        try:
            expect(page.locator(SOMETHING_DRAWN).first).to_be_visible(timeout=MILLISECONDS)
            expect(page.locator(SCRIPT_AT_REST)).to_have_count(1, timeout=MILLISECONDS)
            expect(page.locator(UNFINISHED)).to_have_count(0, timeout=MILLISECONDS)
        except AssertionError as error:
            raise AssertionError(f"{error}\nAusgabe der Anwendung:\n{self.last_output()}") from error
        page.evaluate("async () => { await document.fonts.ready; await new Promise(requestAnimationFrame) }")

    def upload(self, contents: Mapping[str, bytes]) -> None:
        """Drop files (name → content) into the box of the page; once more where the page was just drawing the box anew, which
        takes the browser's field away."""
        files: list[FilePayload] = [
            {"name": name, "mimeType": "text/csv", "buffer": content} for name, content in contents.items()
        ]
        box = self.page.get_by_test_id("stFileUploader").first
        for _ in range(4):
            self.wait_until_drawn()
            box.locator('input[type="file"]').set_input_files(files)
            with suppress(AssertionError):
                expect(box.get_by_text(files[0]["name"]).first).to_be_visible(timeout=10_000)
                break
        self.wait_until_drawn()

    def visible_texts(self) -> list[str]:
        """Return every text a user can read or hear on this page: text, labels, titles, placeholders."""
        texts: list[str] = self.page.evaluate(TEXTS)
        return texts

    def accessibility_problems(self) -> list[str]:
        """Return all that axe-core finds on this page by the rules the statement names, with the element concerned."""
        return accessibility_problems(self.page)

    def reflow_problems(self) -> list[str]:
        """Return what sticks out of the window, is cut off, or scrolls where the keyboard does not get to."""
        found: list[str] = self.page.evaluate(REFLOW)
        return found

    def focus_problems(self) -> list[str]:
        """Return why the element in focus could be missed: no outline, covered, nameless."""
        found: list[str] = self.page.evaluate(FOCUS)
        return found

    def resize(self, width: int, height: int) -> None:
        """Make the window another size and wait until everything has found its place."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.wait_until_drawn()

    def switch_to_dark(self) -> None:
        """Let the system change over to its dark colours, and wait until the app has drawn its charts for them."""
        self.page.evaluate(ONE_RUN)
        self.page.emulate_media(color_scheme="dark")
        self.page.evaluate("window.nextRun")
        self.wait_until_drawn()

    def take_screenshot(self, name: str) -> None:
        """Keep the whole page as a picture; Streamlit scrolls inside, so the window grows for it."""
        window = self.page.viewport_size or {"width": 1440, "height": 900}
        height = self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.set_viewport_size(
            {**window, "height": min(max(height, window["height"]), TALLEST_SCREENSHOT)}
        )
        self.wait_until_drawn()
        self.page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]', '_', name.lower())}.png")
        self.page.set_viewport_size(window)

    def _allow_home_only(self, route: Route) -> None:
        if _is_outside(route.request.url):
            self._complain(True, f"{OUTSIDE}: {route.request.url}")
            route.abort()
        else:
            route.continue_()

    def _complain(self, really: bool, complaint: str) -> None:
        if really:
            self.complaints.append(complaint)


def accessibility_problems(page: Page) -> list[str]:
    """Return all that axe-core finds on a page, of any impact, by the rules the accessibility statement names."""
    page.evaluate(AXE)
    rules = {"type": "tag", "values": STATEMENT["axe"]["tags"]}
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, { resultTypes: ['violations'], runOnly: rules })", rules
    )
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']} – {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def _is_outside(url: str) -> bool:
    address = urlsplit(url)
    return address.scheme in ("http", "https", "ws", "wss") and address.hostname not in HOME

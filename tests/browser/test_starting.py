"""The app starts over a warehouse of an older version: everybody sees what happens, and it happens once."""

import shutil
import urllib.request
from pathlib import Path

import duckdb
from playwright.sync_api import Browser, expect

from etl.load import loading
from tests.browser.conftest import DEVICES
from tests.browser.server import running_app
from tests.browser.test_every_page import english_leftovers
from tests.browser.visit import Visit
from warehouse.snapshots import current_snapshot


def test_an_older_warehouse_is_built_anew_once_for_all_who_look(
    browser: Browser, warehouse: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(warehouse, tmp_path / "warehouse"))
    older = current_snapshot(folder)
    assert older is not None
    with duckdb.connect(str(older)) as connection:  # as a version left it that knew no events
        connection.execute("drop table loaded_events")
    before = older.read_bytes()
    contexts = [browser.new_context(locale="de-DE", **DEVICES[device]) for device in ("desktop", "phone")]
    with running_app(tmp_path) as server:
        windows = [Visit(context, server.url, server.last_output) for context in contexts]
        with loading(folder):  # so that building cannot begin before all have looked
            for window in windows:
                window.page.goto(server.url, wait_until="domcontentloaded")
                heading = window.page.get_by_role("heading", name="Die Zahlen werden vorbereitet")
                expect(heading).to_be_visible()
                expect(window.page.get_by_text("bleiben dabei unverändert aufbewahrt")).to_be_visible()
                expect(window.page.get_by_text("Auf einen anderen Ladevorgang wird gewartet")).to_be_visible()
                assert english_leftovers(window.visible_texts()) == []
                assert window.page.evaluate("document.documentElement.scrollWidth") <= window.page.evaluate(
                    "window.innerWidth"
                )
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=5) as answer:
                assert answer.read() == b"ok"
            assert older.read_bytes() == before
        for window in windows:
            expect(window.page.get_by_text("20.968").first).to_be_visible()
            expect(window.page.get_by_role("heading", name="Die Zahlen werden vorbereitet")).to_have_count(0)
            assert window.complaints == []
    for context in contexts:
        context.close()
    newest = current_snapshot(folder)
    assert newest is not None
    assert int(newest.stem.rpartition("-")[2]) == int(older.stem.rpartition("-")[2]) + 1, "built once"

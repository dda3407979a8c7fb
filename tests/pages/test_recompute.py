"""Pages run beside the server: a process that is stuck or dies is named, the next one works."""

import sys
from pathlib import Path

import pytest

from pages.components.headless import Request, run
from pages.components.recompute import Worker, recompute
from warehouse.ready_mappen import ready_mappen
from warehouse.snapshots import current_snapshot

REQUEST = Request("/nowhere", "ziele", (), 1)


def test_a_page_that_is_stuck_is_given_up() -> None:
    stuck = Worker([sys.executable, "-c", "import time; time.sleep(60)"], patience=0.3)
    assert "nicht geantwortet" in stuck.ask(REQUEST).problem


def test_a_process_that_dies_is_named_and_begun_anew(warehouse: Path) -> None:
    dead = Worker([sys.executable, "-c", ""])
    assert "nicht geantwortet" in dead.ask(REQUEST).problem
    worker = Worker()
    good = Request(str(warehouse), "qualitaet", (), 99)
    assert worker.ask(good).shown
    process = worker._process
    assert process is not None
    process.kill()
    process.wait()
    assert worker.ask(good).shown
    worker.stop()


@pytest.mark.parametrize("page", ["server", "beirat", "gibtesnicht"])
def test_only_pages_with_views_are_run(page: str) -> None:
    assert "gibt es nicht mehr" in run(Request("/nowhere", page, (), 1)).problem


def test_ready_made_mappen_have_figures_in_the_documents(warehouse: Path) -> None:
    snapshot = current_snapshot(warehouse)
    assert snapshot is not None
    of_one, of_five = ready_mappen()
    found = recompute(of_five.pins(99), folder=warehouse, snapshot=snapshot)
    assert [each.problem for each in found] == [""] * len(of_five.views)
    found = recompute(of_one.pins(99, "Halle (Saale)"), folder=warehouse, snapshot=snapshot)
    there = {each.pin.page for each in found if each.told and each.told.rows}
    assert there >= {"struktur", "ziele", "zeitreihen", "finanzen", "qualitaet", "quellen"}
    assert not any("gibt es nicht mehr" in each.problem or "zur Wahl" in each.problem for each in found)
    undated = [each.pin.page for each in found if each.shown and not each.shown.notes.get("Datenstand")]
    assert undated == [], "what comes with the product passes its own Folien-TÜV"

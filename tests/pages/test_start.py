"""The app starts over damaged data: it shows the last acknowledged figures, or says what happened and shows none."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl import log
from etl.doctor import examine
from etl.extract import kept_path
from etl.load import load_extract
from tests.conftest import APP
from tests.etl.deliveries import delivery
from tests.pages.seen import seen
from tests.pages.test_laden import click, errors, give
from warehouse.snapshots import current_snapshot

FIGURE = "20.968"
"""ELB of Halle in December 2019, on the start page."""


@pytest.fixture
def folder(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a warehouse of its own, with one load of somebody."""
    own = Path(shutil.copytree(warehouse, tmp_path / "bestand"))
    extract = delivery("halle;ELB;2012-06;21.111", name="<b>eigene</b> [x](y).csv")
    assert load_extract(own, extract, who="Ada").outcome == "loaded"
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(own))
    return own


def start() -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not page.exception, page.exception[0].value
    return page


def snapshot_of(folder: Path) -> Path:
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    return snapshot


def scribble(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:12288] + bytes(byte ^ 0xFF for byte in content[12288:]))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


REPAIRABLE: dict[str, Callable[[Path], object]] = {
    "snapshot scribbled": lambda folder: scribble(snapshot_of(folder)),
    "snapshot cut": lambda folder: cut(snapshot_of(folder)),
    "snapshot gone": lambda folder: snapshot_of(folder).unlink(),
    "pointer gone": lambda folder: (folder / "current").unlink(),
    "pointer scribbled": lambda folder: (folder / "current").write_bytes(b"\xff\x00"),
    "pointer to an older snapshot": lambda folder: (folder / "current").write_text(
        sorted(path.name for path in (folder / "snapshots").iterdir())[-2]
    ),
}


@pytest.mark.parametrize("damage", REPAIRABLE.values(), ids=REPAIRABLE)
def test_what_can_be_restored_is_restored_and_said(folder: Path, damage: Callable[[Path], object]) -> None:
    damage(folder)

    page = start()

    assert not page.error
    assert FIGURE in seen(page)
    assert any("aus den aufbewahrten Lieferungen wiederhergestellt" in each.value for each in page.caption)
    assert all(finding.sound for finding in examine(folder))
    assert [entry.file_name for entry in log.active(log.read_log(folder))][-1].startswith("<b>eigene")


def lose_an_extract_and_the_snapshot(folder: Path) -> None:
    kept_path(folder, log.read_log(folder)[-1].extract).write_bytes(b"x")
    snapshot_of(folder).write_bytes(b"")


def damage_the_first_line(folder: Path) -> None:
    lines = log.log_path(folder).read_bytes().split(b"\n")
    log.log_path(folder).write_bytes(b"\n".join([b"kaputt", *lines[1:]]))


LOST: dict[str, tuple[Callable[[Path], object], str]] = {
    "log gone": (lambda folder: log.log_path(folder).unlink(), "fehlt oder ist leer"),
    "log emptied": (lambda folder: log.log_path(folder).write_bytes(b""), "fehlt oder ist leer"),
    "log damaged": (damage_the_first_line, "Zeile 1 des Protokolls"),
    "log cut": (lambda folder: cut(log.log_path(folder)), "Das Protokoll ist kürzer"),
    "extract and snapshot": (lose_an_extract_and_the_snapshot, "ist beschädigt (Prüfsumme falsch)"),
}


@pytest.mark.parametrize(("damage", "said"), LOST.values(), ids=LOST)
def test_what_is_lost_is_named_and_no_figure_is_shown(
    folder: Path, damage: Callable[[Path], object], said: str
) -> None:
    damage(folder)
    before = sorted(path for path in folder.rglob("*") if path.suffix != ".lock")

    page = start()

    (error,) = [re.sub(r"\\([^\w\s])", r"\1", each.value) for each in page.error]
    assert error.startswith("Es werden keine Zahlen gezeigt. ")
    assert said in error
    assert re.search(
        r"Letzter lesbarer Stand: \S+/snapshots/warehouse-\d+\.duckdb \(bis Vorgang 1[67]\)\.$", error
    )
    assert FIGURE not in seen(page)
    assert not page.get("html"), "no empty dashboard either"
    assert sorted(path for path in folder.rglob("*") if path.suffix != ".lock") == before
    told = [finding.text for finding in examine(folder) if not finding.sound]
    assert any(said in text and "Letzter lesbarer Stand" in text for text in told), told


def test_a_name_from_a_file_is_no_markdown_in_the_message(folder: Path) -> None:
    lose_an_extract_and_the_snapshot(folder)
    assert r"»\<b\>eigene\</b\> \[x\]\(y\).csv«" in start().error[0].value


def test_a_snapshot_that_is_damaged_while_the_app_runs_is_said_to_be(folder: Path, in_frame: None) -> None:
    page = start()
    newer = snapshot_of(folder).with_name("warehouse-000099.duckdb")  # as another process publishes it
    newer.write_bytes(b"\0" * snapshot_of(folder).stat().st_size)
    (folder / "current").write_text(newer.name)

    page.run()
    assert "Es werden keine Zahlen gezeigt" in page.error[0].value
    assert not page.get("html")
    assert all(finding.sound for finding in examine(folder)), "the doctor restores it"
    page.run()
    assert not page.error
    assert FIGURE in seen(page)


def test_the_page_and_the_command_line_may_load_at_once(folder: Path, tmp_path: Path) -> None:
    files = []
    for number in range(3):
        path = tmp_path / f"cli-{number}.csv"
        path.write_bytes(delivery(f"halle;ELB;2010-0{number + 1};1").content)
        files.append(str(path))
    page = start()
    page.switch_page("pages/laden.py").run()
    page.text_input(key="wer").set_value("Ada").run()
    give(page, *(delivery(f"halle;ELB;2011-0{number};1", name=f"web-{number}.csv") for number in range(1, 4)))
    command = [sys.executable, "-m", "etl", "load", "--json", *files]
    environment = {**os.environ, "JOBCENTER_WAREHOUSE": str(folder)}
    with subprocess.Popen(command, cwd=APP.parent, env=environment, stdout=subprocess.PIPE) as line:
        click(page, "alle-annehmen")
        answer = json.loads(line.communicate()[0])
    assert [each["outcome"] for each in answer] == ["loaded"] * 3
    if page.error:  # told that another one loads: nothing was changed, so again
        assert "Ein anderer Ladevorgang läuft. Es wurde nichts geändert" in errors(page)
        click(page, "alle-annehmen")
    entries = log.read_log(folder)
    assert [entry.no for entry in entries] == list(range(1, len(entries) + 1))
    names = {entry.file_name for entry in log.active(entries)}
    assert names >= {
        f"{who}-{number}.csv" for who, first in (("cli", 0), ("web", 1)) for number in range(first, first + 3)
    }
    assert all(finding.sound for finding in examine(folder))

"""A real disk that is full, a real folder that is read-only: one sentence, the old figures stay, and afterwards all goes on."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from etl import log
from etl.extract import Extract
from etl.failure import german_failure
from etl.load import load_extract, repair
from tests.etl.deliveries import delivery, values, workbook
from warehouse.snapshots import current_snapshot

ROOT = Path(__file__).parents[2]
MONTHS = [f"{year}-{month:02}" for year in range(2005, 2020) for month in range(1, 13)]
MEGABYTES = 12
STEP = 150_000
"""The disk is filled up to its last byte and freed by so many bytes at a time: a load fails later each time."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Nur Linux bindet so Dateisysteme ein.")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a file system of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    mounted = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"Hier darf kein Dateisystem eingebunden werden: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(ballast: Path, free: int) -> None:
    """Let so many bytes remain free on the disk of `ballast`."""
    ballast.unlink(missing_ok=True)
    with ballast.open("wb") as file:
        file.write(b"\0" * (shutil.disk_usage(ballast.parent).free - free))


def test_a_full_disk_costs_nothing_and_goes_on_once_there_is_space(disk: Path) -> None:
    folder, ballast = disk / "bestand", disk / "ballast"
    old = delivery(*(f"halle;ELB;{month};1" for month in MONTHS), name="alt.csv")
    new = workbook(*(["halle", "ELB", month, 2] for month in MONTHS), name="neu.xlsx")
    assert load_extract(folder, old, who="Test").outcome == "loaded"
    said, free = [], 0
    while True:
        fill(ballast, free)
        try:
            load_extract(folder, new, who="Test", accept_warnings="Probe")
            break
        except OSError as error:
            said.append(german_failure(error, folder))
        assert set(values(folder).values()) == {1.0}, "the last published figures are served"
        assert [entry.file_name for entry in log.read_log(folder)] == ["alt.csv"]
        assert not [path for path in folder.rglob("*") if path.suffix in (".new", ".wal")]
        free += STEP
    assert len(said) > 3, "the load failed at several stages"
    assert all(
        text.endswith("Es wurde nichts geändert.") and "kein Speicherplatz mehr frei" in text for text in said
    ), said
    assert set(values(folder).values()) == {2.0}, "in the same process, as soon as there was space"
    assert repair(folder) is False


# --- read-only

UNPRIVILEGED = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner"]
"""As root without the right to write where the mode of a folder does not allow it."""


AS_SOMEBODY = """
import contextlib, io, json, sys
from streamlit.testing.v1 import AppTest
from etl.__main__ import main
from tests.pages.seen import seen
answers = []
for command in json.loads(sys.argv[1]):
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(command)
    out.flush()
    answers.append([code, out.buffer.getvalue().decode(), err.getvalue()])
page = AppTest.from_file("app.py", default_timeout=60).run()
print(json.dumps([answers, seen(page), len(page.exception) + len(page.error)]))
"""


@pytest.fixture
def read_only(warehouse: Path, tmp_path: Path) -> Iterator[Path]:
    """Return a warehouse with the documents in which nothing may be written, to which nothing may be added."""
    if os.geteuid() == 0 and subprocess.run([*UNPRIVILEGED, "true"], check=False).returncode:
        pytest.skip("Rechte lassen sich hier nicht ablegen.")
    folder = Path(shutil.copytree(warehouse, tmp_path / "bestand"))
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    yield folder
    for path in paths:
        path.chmod(path.stat().st_mode | stat.S_IWUSR)


def test_a_read_only_warehouse_is_shown_and_refuses_with_one_sentence(
    read_only: Path, tmp_path: Path
) -> None:
    file = tmp_path / "neu.csv"
    file.write_bytes(delivery("halle;ELB;2012-06;1").content)
    refused = [["load", str(file)], ["retract", "0"], ["rebuild"]]
    served = [["seed"], ["list"], ["export"], ["doctor"], ["check", str(file)]]
    before, snapshot = sorted(read_only.rglob("*")), current_snapshot(read_only)

    who: Sequence[str] = UNPRIVILEGED if os.geteuid() == 0 else ()
    command = [*who, sys.executable, "-c", AS_SOMEBODY, json.dumps([*refused, *served])]
    environment = {**os.environ, "JOBCENTER_WAREHOUSE": str(read_only), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers, page, wrong = json.loads(done.stdout.splitlines()[-1])

    for code, out, said in answers[: len(refused)]:
        assert (code, out, said.count("\n")) == (1, "", 1), said
        assert "nicht beschreibbar" in said
        assert said.endswith("Es wurde nichts geändert.\n")
    assert [(code, said) for code, _, said in answers[len(refused) :]] == [(0, "")] * len(served)
    assert wrong == 0
    assert "20.968" in page, "the start page shows its figures"
    assert sorted(read_only.rglob("*")) == before
    assert current_snapshot(read_only) == snapshot


def test_a_kept_extract_is_the_file_as_delivered(tmp_path: Path) -> None:
    """P18: stored under a generated name, whatever the file is called."""
    for number, name in enumerate(["../../etc/passwd", "a/b\\c.csv", "Extrakt [1].csv", "CON", "-rf"]):
        extract = Extract(delivery(f"halle;ELB;2019-0{number + 1};1").content, name)
        assert load_extract(tmp_path / "w", extract, who="Test").outcome == "loaded"
    kept = sorted(
        path.relative_to(tmp_path / "w")
        for path in (tmp_path / "w" / "extracts").rglob("*")
        if path.is_file()
    )
    assert all(len(path.name) == 64 and path.parts == ("extracts", path.name[:2], path.name) for path in kept)
    assert len(kept) == 5
    assert not (tmp_path / "etc").exists()

"""The doctor names what is lost, repairs what the kept extracts allow, and writes nothing where something is missing."""

from pathlib import Path

import pytest

from etl import log
from etl.__main__ import main
from etl.doctor import examine
from etl.extract import kept_path
from etl.load import load_extract, retract
from tests.etl.deliveries import delivery, values
from warehouse.snapshots import current_snapshot

FIRST, SECOND = delivery("halle;ELB;2019-06;100"), delivery("halle;ELB;2019-07;101", name="zweite.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a warehouse of two loads."""
    for extract in (FIRST, SECOND):
        assert load_extract(tmp_path, extract, who="Test").outcome == "loaded"
    return tmp_path


def told(folder: Path) -> list[tuple[bool, str]]:
    return [(finding.sound, finding.text) for finding in examine(folder)]


def damage(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def test_a_sound_warehouse_is_sound(folder: Path) -> None:
    assert told(folder) == [
        (True, "Protokoll: 2 Vorgänge, lesbar und vollständig."),
        (True, "Aufbewahrte Lieferungen: alle 2 vorhanden und unverändert."),
        (True, "Veröffentlichter Stand: unversehrt (alle Blöcke gelesen) und wie das Protokoll."),
    ]


def test_an_empty_warehouse_is_sound(tmp_path: Path) -> None:
    assert told(tmp_path) == [(True, "Der Bestand ist leer: Es wurde noch nichts geladen.")]


@pytest.mark.parametrize("broken", ["snapshot", "pointer"])
def test_a_damaged_snapshot_or_pointer_is_built_anew(folder: Path, broken: str) -> None:
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    damage(snapshot if broken == "snapshot" else folder / "current")

    assert "neu gebaut" in told(folder)[-1][1]
    assert values(folder) == {("elb", "2019-06-01"): 100.0, ("elb", "2019-07-01"): 101.0}
    assert all(sound for sound, _ in told(folder))


def test_a_damaged_extract_is_named_and_the_published_figures_stay(folder: Path) -> None:
    damage(kept_path(folder, SECOND.id))

    (lost,) = [text for sound, text in told(folder) if not sound]
    assert "»zweite.csv« ist beschädigt (Prüfsumme falsch)" in lost
    assert values(folder) == {("elb", "2019-06-01"): 100.0, ("elb", "2019-07-01"): 101.0}


def test_a_lost_extract_that_was_taken_back_concerns_older_states_only(folder: Path) -> None:
    assert retract(folder, SECOND.id) is None
    kept_path(folder, SECOND.id).unlink()

    (lost,) = [text for sound, text in told(folder) if not sound]
    assert lost.endswith("Nur frühere Stände sind betroffen.")


def test_where_the_log_is_lost_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.log_path(folder).unlink()
    before = sorted(path.name for path in folder.rglob("*"))

    (only,) = told(folder)
    assert not only[0]
    assert "fehlt oder ist leer" in only[1]
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_the_command_says_so_and_its_code_tells_scripts(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out.startswith("in Ordnung – Protokoll: 2 Vorgänge")
    kept_path(folder, FIRST.id).unlink()
    assert main(["doctor"]) == 1
    assert "FEHLER – Die aufbewahrte Lieferung" in capsys.readouterr().out

"""The command line as people and scripts meet it: German, exit codes 0/1/2, JSON, any console."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.arguments import in_german
from tests.etl.deliveries import delivery, values

ROOT = Path(__file__).parent.parent.parent
GOOD = "halle;ELB;2019-06;22.389"
ENGLISH = (
    "usage",
    "positional",
    "optional",
    "options",
    "error",
    "required",
    "show this",
    "invalid",
    "expected",
    "argument ",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty warehouse named by JOBCENTER_WAREHOUSE, beside which files may be put."""
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(tmp_path / "bestand"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, *rows: str, name: str = "lieferung.csv") -> str:
    path = folder / name
    path.write_bytes(delivery(*rows).content)
    return str(path)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "etl", *words]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False
    )


def said(error: bytes) -> bytes:
    """Return what a command has said on standard error, without how far it was: a busy machine is slow enough for that."""
    so_far = tuple(" …\n".encode(console, "replace") for console in ("utf-8", "cp1252", "ascii"))
    return b"".join(line for line in error.splitlines(keepends=True) if not line.endswith(so_far))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that run here be done before they say how far they are."""
    monkeypatch.setattr("etl.progress_line.EVERY", 3600)


# --- the commands


def test_check_and_load(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(folder, GOOD, "halle;ELB;2019-07;22.374")

    assert main(["check", file]) == 0
    assert capsys.readouterr().out == "lieferung.csv: kann geladen werden (2 neu)\n"
    assert not (folder / "bestand").exists(), "check writes nothing"
    assert main(["load", file]) == 0
    assert capsys.readouterr().out == "lieferung.csv: geladen (2 neu)\n"
    assert main(["load", file]) == 0
    assert capsys.readouterr().out.startswith(
        "lieferung.csv: unverändert (2 unverändert)\n  Hinweis – Datei lieferung.csv: Genau diese"
    )


def test_a_rejected_file_prints_place_found_expected_and_remedy(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", put(folder, "Hale;ELB;2019-06;1")]) == 1
    assert capsys.readouterr().out == (
        "lieferung.csv: abgelehnt (1 übergangen)\n"
        "  Fehler – Datei lieferung.csv, Zeile 2, Spalte »jobcenter«: Das Jobcenter »Hale« ist nicht bekannt. "
        "Meinten Sie »Halle (Saale)«? Neue Schreibweisen trägt die Betreuung in warehouse/catalog/jobcenters.toml ein.\n"
    )


def test_json_has_the_promised_shape(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, good = put(folder, "halle;ELB;2019-13;1", name="schlecht.csv"), put(folder, GOOD)

    assert main(["check", "--json", bad, good]) == 1

    first, second = json.loads(capsys.readouterr().out)
    assert list(first) == ["file", "outcome", "extract_id", "counts", "problems"]
    assert (first["file"], first["outcome"], len(first["extract_id"])) == ("schlecht.csv", "rejected", 64)
    assert first["counts"] == {"new": 0, "revised": 0, "unchanged": 0, "vanished": 0, "skipped": 1}
    examples = "2019-06, 06/2019, Juni 2019, 2019, 2019-12-31 oder 2015/2018"
    assert first["problems"] == [
        {
            "severity": "error",
            "code": "bad_period",
            "sheet": "",
            "row": 2,
            "column": "zeitraum",
            "value": "2019-13",
            "expected": examples,
            "message": "Datei schlecht.csv, Zeile 2, Spalte »zeitraum«: »2019-13« ist kein Zeitraum. "
            f"Schreiben Sie ihn wie {examples}.",
        }
    ]
    assert (second["file"], second["outcome"], second["problems"]) == (
        "lieferung.csv",
        "needs_confirmation",
        [],
    )


def test_one_bad_file_of_two_gives_1_and_the_good_one_is_loaded(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(folder / "fehlt.csv"), str(folder), put(folder, GOOD)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "fehlt.csv: abgelehnt"
    assert lines[1].startswith("  Fehler – Datei fehlt.csv: Die Datei ist nicht lesbar: nicht gefunden.")
    assert "ein Ordner, keine Datei" in lines[3]
    assert lines[4] == "lieferung.csv: geladen (1 neu)"


def test_warnings_wait_for_a_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(folder, GOOD, GOOD.replace("22.389", "22.391"))

    assert main(["check", file]) == 0
    assert capsys.readouterr().out.endswith('  Zum Laden: --accept-warnings "Grund"\n')
    assert main(["load", file]) == 1
    assert capsys.readouterr().out.endswith(
        '  Nichts wurde geladen. Nach Prüfung: --accept-warnings "Grund"\n'
    )
    assert main(["load", file, "--accept-warnings", "beides gedruckt", "--who", "Amt"]) == 0
    capsys.readouterr()
    assert main(["list"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("2 Zeilen  Amt  lieferung.csv  beides gedruckt")


def test_list_retract_and_rebuild(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert capsys.readouterr().out == f"Noch keine Vorgänge in {folder / 'bestand'}.\n"
    main(["load", put(folder, GOOD)])
    main(["list", "--json"])
    (entry,) = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert (entry["act"], entry["file_name"], entry["counts"]["new"]) == ("loaded", "lieferung.csv", 1)
    assert main(["retract", entry["extract"][:8], "--reason", "falsch"]) == 0
    assert capsys.readouterr().out == "Die Lieferung ist zurückgenommen; die Werte davor gelten wieder.\n"
    assert main(["retract", "abc"]) == 1
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out.endswith("Bestand aus 0 Lieferungen neu gebaut.\n")
    assert main(["rebuild", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"loads": 0}


@pytest.mark.parametrize("name", ["aus.csv", "aus.xlsx"])
def test_export_and_template_can_be_loaded(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["export"]) == 1
    assert "noch nichts geladen" in capsys.readouterr().err
    main(["load", put(folder, GOOD)])
    assert main(["export", "--out", str(folder / name)]) == 0
    assert capsys.readouterr().out.endswith(f"1 Werte nach {folder / name} geschrieben.\n")
    assert main(["check", str(folder / name)]) == 0
    assert capsys.readouterr().out == f"{name}: unverändert (1 unverändert)\n"
    assert main(["template", "--out", str(folder / name)]) == 0
    assert main(["check", str(folder / name)]) == 0


def test_export_as_of_an_act_or_a_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, row in (("a.csv", "halle;ELB;2019-06;1"), ("b.csv", "halle;ELB;2019-06;2")):
        assert main(["load", put(folder, row, name=name)]) == 0
    today = f"{datetime.now(UTC):%Y-%m-%d}"

    values = {}
    for asked in ("1", "2", today):
        capsys.readouterr()
        assert main(["export", "--as-of", asked, "--json"]) == 0
        values[asked] = [row["wert"] for row in json.loads(capsys.readouterr().out)]
    assert values == {"1": ["1"], "2": ["2"], today: ["2"]}

    assert main(["export", "--as-of", "3"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "Den Stand »3« gibt es nicht. Erwartet wird die Nummer eines Vorgangs oder ein Tag seit dem ersten Laden, "
        "etwa 2026-11-21; »python -m etl list« zeigt alle Vorgänge.\n"
    )


def test_export_as_json_gives_the_rows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["load", put(folder, GOOD)])
    capsys.readouterr()
    assert main(["export", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["jobcenter"], row["kennzahl"], row["zeitraum"], row["wert"], row["einheit"]) == (
        *("halle", "elb", "2019-06", "22389", "Personen"),
    )


# --- wrong usage, in German


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["load"], "Es fehlt: DATEI."),
        (
            ["lod", "x"],
            "»lod« gibt es nicht; möglich: check, load, list, export, doctor, rebuild, retract, template, formats, seed, demo.",
        ),
        (["list", "--alles"], "Unbekannt: --alles."),
        (["retract", "x", "--reason"], "Nach --reason fehlt eine Angabe."),
        (["check", "--json=ja", "x"], "--json nimmt keine Angabe (»ja«)."),
        (["retract"], "Es fehlt: KENNUNG."),
    ],
)
def test_wrong_usage_gives_2_and_a_german_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)

    assert stopped.value.code == 2
    text = capsys.readouterr().err
    assert f"Falscher Aufruf. {said} »python -m etl" in text
    assert text.startswith("Aufruf: python -m etl")
    assert not [word for word in ENGLISH if word in text.lower()]


def test_without_a_command_it_explains_itself_and_gives_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    text = capsys.readouterr().err
    for command in ("check", "load", "list", "export", "rebuild", "retract", "template", "seed"):
        assert f"\n    {command} " in text
    assert not [word for word in ENGLISH if word in text.lower()]


@pytest.mark.parametrize(
    "command", ["", "check", "load", "list", "export", "rebuild", "retract", "template", "seed"]
)
def test_help_is_german(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*filter(None, [command]), "--help"])
    assert stopped.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("Aufruf: python -m etl")
    assert "zeigt diese Hilfe" in text
    assert not [word for word in ENGLISH if word in text.lower()]


def test_what_cannot_be_translated_stays() -> None:
    assert in_german("something new") == "something new"


# --- consoles, pipes, disks


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii", "utf-8"])
def test_no_console_makes_it_crash(folder: Path, encoding: str) -> None:
    file = put(folder, "halle;ELB;2019-06;viele", "halle;ELB;2019-06;−1", name="−…»ß.csv")

    done = run("check", file, PYTHONIOENCODING=encoding)

    assert (done.returncode, said(done.stderr)) == (1, b"")
    assert "Zeile 2, Spalte".encode(encoding) in done.stdout


@pytest.mark.parametrize("encoding", ["cp850", "utf-8"])
def test_json_loses_nothing_on_any_console(folder: Path, encoding: str) -> None:
    done = run("check", "--json", put(folder, "halle;ELB;2019-06;−…"), PYTHONIOENCODING=encoding)
    assert json.loads(done.stdout.decode(encoding))[0]["problems"][0]["value"] == "−…"


@pytest.mark.skipif(sys.platform == "win32", reason="Rohrleitungen brechen unter Windows anders.")
def test_a_reader_that_goes_away_is_no_crash(folder: Path) -> None:
    file = put(folder, *(f"halle;ELB;2019-06;viele{number}" for number in range(5000)))
    command = f"'{sys.executable}' -m etl check --json '{file}' | head -c 10"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert len(done.stdout) == 10
    assert said(done.stderr) == b""


def test_a_folder_that_cannot_be_written_gives_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(folder, GOOD)
    (folder / "keinordner").write_text("")
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder / "keinordner" / "bestand"))

    assert main(["load", file]) == 1

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        f"Der Bestand in {folder / 'keinordner' / 'bestand'} ist nicht lesbar oder nicht beschreibbar: "
        "ein Teil des Pfades ist kein Ordner. Es wurde nichts geändert.\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="Grenzt die Dateigröße mit ulimit ein.")
@pytest.mark.parametrize("blocks", [0, 100, 400])
def test_a_full_disk_gives_one_sentence_and_the_old_figures_stay(folder: Path, blocks: int) -> None:
    first, second = put(folder, GOOD), put(folder, GOOD.replace("22.389", "1"), name="zweite.csv")
    assert main(["load", first]) == 0
    command = f"ulimit -f {blocks}; trap '' XFSZ; exec '{sys.executable}' -m etl load '{second}'"

    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)

    assert done.returncode == 1
    assert said(done.stderr).count(b"\n") == 1
    assert done.stderr.endswith("Es wurde nichts geändert.\n".encode())
    assert list(values(folder / "bestand").values()) == [22389.0]
    assert main(["load", second]) == 0
    assert list(values(folder / "bestand").values()) == [1.0]


def test_out_that_cannot_be_written_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "--out", str(folder)]) == 1
    assert capsys.readouterr().err == f"{folder} lässt sich nicht schreiben: ein Ordner, keine Datei.\n"


def test_a_damaged_snapshot_is_said_to_be_damaged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["load", put(folder, GOOD)])
    (snapshot,) = (folder / "bestand" / "snapshots").iterdir()
    snapshot.write_bytes(b"")
    snapshot.rename(snapshot.with_name("warehouse-000007.duckdb"))
    (folder / "bestand" / "current").write_text("warehouse-000007.duckdb")

    assert main(["export"]) == 1
    assert "ist beschädigt. »python -m etl rebuild«" in capsys.readouterr().err
    assert main(["rebuild"]) == 0
    assert main(["export"]) == 0


def test_a_broken_catalog_is_one_message(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from warehouse.catalog import CatalogError

    def broken() -> None:
        raise CatalogError(["sources.toml: Die Datei fehlt."])

    monkeypatch.setattr("etl.verdict.load_catalog", broken)
    assert main(["check", put(folder, GOOD)]) == 1
    assert capsys.readouterr().err == "Der Katalog ist fehlerhaft:\n- sources.toml: Die Datei fehlt.\n"


def test_seed_says_what_it_does(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seed"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Bestand wird angelegt …"
    assert lines[1] == "  halle.csv: 78 Angaben geladen"
    assert lines[-1] == f"{len(lines) - 2} Dateien geladen."
    assert main(["seed"]) == 0
    assert capsys.readouterr().out == "Bestand wird geprüft …\nDer Bestand ist vollständig.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="Nur Linux hat Dateinamen aus beliebigen Bytes.")
def test_names_and_reasons_that_are_not_utf8_are_no_crash(folder: Path) -> None:
    path = os.fsencode(folder) + b"/\xdcbersicht.csv"
    with open(path, "wb") as file:
        file.write(delivery(GOOD, GOOD.replace("22.389", "1")).content)
    words = [b"load", b"--json", path, b"--who", b"M\xfcller", b"--accept-warnings", b"gepr\xfcft"]
    command = [os.fsencode(sys.executable), b"-m", b"etl", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, said(done.stderr)) == (0, b"")
    assert "\ufffdbersicht.csv" in done.stdout.decode()
    assert "M\ufffdller" in run("list").stdout.decode()


def test_an_interrupted_command_says_so_and_gives_130(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("etl.load.publish", interrupted)
    assert main(["load", put(folder, GOOD)]) == 130
    assert capsys.readouterr().err == "Abgebrochen, nichts geändert.\n"


def test_a_folder_of_nobody_and_a_file_as_folder_give_a_german_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(folder, GOOD)
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", "~gibtesnicht/x")
    assert main(["list"]) == 1
    assert capsys.readouterr().err == "Den Ordner »~gibtesnicht/x« (JOBCENTER_WAREHOUSE) gibt es nicht.\n"
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", file)
    assert main(["load", file]) == 1
    assert "eine Datei, kein Ordner" in capsys.readouterr().err


def test_a_huge_file_is_refused_before_it_is_read_with_all_counts(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / "gross.csv").open("wb") as file:
        file.truncate(100_000_001)
    monkeypatch.setattr("etl.__main__.Extract.from_file", lambda path: pytest.fail("read"))
    assert main(["check", "--json", str(folder / "gross.csv")]) == 1
    (report,) = json.loads(capsys.readouterr().out)
    assert report["problems"][0]["code"] == "too_large"
    assert report["counts"] == dict.fromkeys(("new", "revised", "unchanged", "vanished", "skipped"), 0)

"""Saved formats: what is broken says where, what is the same is refused, and a rebuild reads as it did then."""

import json
import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.__main__ import main
from etl.assigned import Assigned, Dimension, Made, ToldFile, Value, Word
from etl.assigned_toml import FormatError, format_toml, read_format
from etl.doctor import examine
from etl.export import export, langformat_csv
from etl.extract import DamagedWarehouseError
from etl.formats import Format
from etl.lexicon import Lexicon
from etl.load import load_extract, rebuild, retract
from etl.log import read_log
from etl.saved import format_name, id_of, remove_format, save_format, saved_formats, tell, version_path
from etl.verdict import check_extract
from tests.etl.assigned_files import REPORT, flat, monthly, text_file, toml
from warehouse.catalog import load_catalog
from warehouse.snapshots import current_snapshot

LEXICON = Lexicon(load_catalog())
TODAY = date(2026, 11, 28)
WORDS = st.text(max_size=12)
NAMES = st.text(min_size=1, max_size=12)


def exported(folder: Path) -> bytes:
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    return langformat_csv(export(snapshot, load_catalog()))


def told_wrong(folder: Path, source: bytes) -> str:
    with pytest.raises(FormatError) as error:
        save_format(folder, source, "neu.toml")
    return str(error.value)


def test_the_declaration_of_the_report_is_read_back_as_it_was() -> None:
    assert read_format(toml(REPORT), "x.toml", LEXICON) == REPORT
    text = format_toml(REPORT)
    assert text.startswith(
        "# Zugeordnet von Ada Lovelace am 28.11.2026, 09:00 Uhr (UTC) nach der Datei »monatsbericht.csv«."
    )
    assert r"pattern = '^berichtsmonat: ([^\W\d_]+ \d{4})$'" in text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(NAMES, min_size=2, max_size=5, unique=True),
    WORDS,
    WORDS,
    st.lists(st.tuples(NAMES, WORDS), max_size=3),
    st.integers(1, 8),
    st.booleans(),
)
def test_every_declaration_is_read_back_as_it_was(
    names: list[str], file: str, title: str, words: list[tuple[str, str]], headers: int, filled: bool
) -> None:
    first, *others = names
    assigned = Assigned(
        columns=(Dimension(first, "jobcenter", filled),),
        values=tuple(Value(name, "elb", "frauen") for name in others),
        headers=headers,
        title=title,
        ignored=(file,),
        words=tuple(Word("jobcenter", text, "halle" if means else "") for text, means in words),
        files=(ToldFile("00ff", file, "2019-10"),),
        made=Made(file, title, file, title),
    )
    made = Format("a-1", title.strip() or "x", "observations", given={"quelle": file}, assigned=assigned)
    assert read_format(toml(made), "x.toml", LEXICON) == made


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "monatsbericht"', "id = ", "neu.toml: kein gültiges TOML in UTF-8 (Invalid value (at line 3"),
        ('id = "monatsbericht"', 'id = "../x"', "id: »../x« ist keine Kennung"),
        ('id = "monatsbericht"', 'id = "langformat"', "heißt ein Format des Programms"),
        ("headers = 2", 'headers = "zwei"', "neu.toml, [sheet], Feld »headers«: 'zwei' hat den falschen Typ"),
        ("headers = 2", "headers = 2\nrows = 3", "[sheet]: Das Feld »rows« ist unbekannt"),
        ("headers = 2", "headers = 99", "99 Kopfzeilen. Möglich sind 1 bis 8"),
        (
            'kennzahl = "elb"',
            'kennzahl = "umsatz"',
            "[[values]], »elb | insgesamt«, kennzahl: »umsatz« ist nicht bekannt",
        ),
        ('read_as = "anmerkung"', 'read_as = "jobcenter"', "»Jobcenter« ist mehrfach angegeben"),
        ('read_as = "anmerkung"', 'read_as = "laune"', "»laune« gibt es nicht. Möglich: jobcenter"),
        ('read_as = "jobcenter"', 'read_as = "merkmal"', "Das Jobcenter fehlt. Nennen Sie die Spalte"),
        ('name = "bemerkung"', 'name = "jobcenter"', "Die Spalte »jobcenter« ist mehrfach angegeben"),
        ("[^\\W\\d_]+ \\d{4})", "\\d{4}", "kein reguläres Muster|Dem Muster fehlt eine Klammer"),
        ('merkmal = "frauen"', 'mermkal = "frauen"', "[[values]] Nr. 2: Das Feld »mermkal« ist unbekannt"),
        ("[given]", "[gegeben]", "Den Eintrag »gegeben« gibt es nicht"),
    ],
)
def test_a_broken_declaration_names_the_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = format_toml(REPORT)
    assert old in text
    found = told_wrong(tmp_path, text.replace(old, new, 1).encode())
    assert any(each in found for each in told.split("|")), found
    assert saved_formats(tmp_path).formats == ()


def test_a_broken_file_among_the_formats_is_named_and_the_others_work(tmp_path: Path) -> None:
    save_format(tmp_path, toml(REPORT))
    (tmp_path / "formats" / "kaputt.toml").write_text("id = 'x'\nname = 'x'")
    saved = saved_formats(tmp_path)
    assert [each.id for each in saved.formats] == ["monatsbericht"]
    assert any(fault.startswith("kaputt.toml") for fault in saved.faults)
    assert check_extract(tmp_path, monthly(), today=TODAY).outcome == "needs_confirmation"
    unknown = check_extract(tmp_path, text_file("a;b", "1;2"), today=TODAY)
    assert "kaputt.toml" in next(found for found in unknown.problems if found.code == "broken_format").message


def test_a_name_and_headings_that_are_taken_are_refused(tmp_path: Path) -> None:
    save_format(tmp_path, toml(REPORT))
    assert "trägt schon ein Format" in told_wrong(tmp_path, toml(REPORT))
    assert "trägt schon ein Format" in told_wrong(tmp_path, toml(replace(REPORT, id="anders")))
    assert "trägt schon ein Format" in told_wrong(tmp_path, toml(replace(REPORT, id="a", name="Langformat")))
    twin = replace(REPORT, id="anders", name="Anders")
    assert "Dieselben Überschriften erkennt schon das Format »Monatsbericht Controlling«" in told_wrong(
        tmp_path, toml(twin)
    )
    assert twin.assigned is not None
    own_title = replace(twin, assigned=replace(twin.assigned, title="Bericht Süd"))
    assert save_format(tmp_path, toml(own_title)).name == "Anders"


def test_a_rebuild_reads_as_then_whatever_became_of_the_format(tmp_path: Path) -> None:
    save_format(tmp_path, toml(REPORT))
    assert load_extract(tmp_path, monthly(), who="Ada", today=TODAY).outcome == "loaded"
    before = exported(tmp_path)
    assert read_log(tmp_path)[-1].format_version == saved_formats(tmp_path).formats[0].version
    remove_format(tmp_path, "monatsbericht")
    assert check_extract(tmp_path, monthly("November 2019"), today=TODAY).outcome == "rejected"
    rebuild(tmp_path)
    assert exported(tmp_path) == before

    assert REPORT.assigned is not None
    only_elb = replace(REPORT.assigned, values=REPORT.assigned.values[:1], ignored=("elb | frauen",))
    save_format(tmp_path, toml(replace(REPORT, assigned=only_elb)))
    load_extract(
        tmp_path, monthly("November 2019", stand="10.12.2019"), who="Ada", accept_warnings="ja", today=TODAY
    )
    after = exported(tmp_path)
    assert after != before
    rebuild(tmp_path)
    assert exported(tmp_path) == after
    assert all(finding.sound for finding in examine(tmp_path))
    assert retract(tmp_path, monthly("November 2019", stand="10.12.2019").id) is None
    assert exported(tmp_path) == before


def test_the_doctor_names_a_lost_version_and_a_copy_of_the_format_heals_it(tmp_path: Path) -> None:
    version = save_format(tmp_path, toml(REPORT)).version
    load_extract(tmp_path, monthly(), who="Ada", today=TODAY)
    version_path(tmp_path, version).unlink()
    assert all(finding.sound for finding in examine(tmp_path))  # the format itself is still the same
    (tmp_path / "formats" / "monatsbericht.toml").unlink()
    lost = [finding.text for finding in examine(tmp_path) if not finding.sound]
    assert "Die aufbewahrte Fassung des Formats »monatsbericht« fehlt" in lost[0]
    with pytest.raises(DamagedWarehouseError, match="aus einer Sicherung wieder her"):
        rebuild(tmp_path)
    save_format(tmp_path, toml(REPORT))
    assert rebuild(tmp_path) == 1


def test_what_is_told_of_one_file_makes_a_new_version(tmp_path: Path) -> None:
    october, november = text_file("JC;ELB", "Harburg;7"), text_file("JC;ELB", "Harburg;8")
    save_format(tmp_path, toml(flat(columns=(Dimension("jc", "jobcenter"),), asked=("zeitraum",))))
    for extract, month in ((october, "2019-10"), (november, "2019-11")):
        assert check_extract(tmp_path, extract, today=TODAY).outcome == "rejected"
        tell(tmp_path, "flach", ToldFile(extract.id, "x.csv", zeitraum=month))
        assert load_extract(tmp_path, extract, who="Ada", today=TODAY).outcome == "loaded"
    versions = [entry.format_version for entry in read_log(tmp_path)]
    assert len(set(versions)) == 2
    before = exported(tmp_path)
    rebuild(tmp_path)
    assert exported(tmp_path) == before


def test_a_removed_format_keeps_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(tmp_path))
    save_format(tmp_path, toml(REPORT))
    remove_format(tmp_path, "monatsbericht")
    assert format_name("monatsbericht") == "Monatsbericht Controlling"
    assert (format_name(""), format_name("nie-da")) == ("", "nie-da")


@given(st.text(max_size=80))
def test_every_name_has_an_id(name: str) -> None:
    made = id_of(name)
    assert made
    assert set(made) <= set(string.ascii_lowercase + string.digits + "-")
    assert id_of("Monatsbericht Größe 2") == "monatsbericht-groesse-2"


def test_a_format_travels_by_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other, file = tmp_path / "eins", tmp_path / "zwei", tmp_path / "bericht.toml"
    save_format(one, toml(REPORT))
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(one))
    assert main(["formats", "show", "monatsbericht"]) == 0
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(other))
    assert main(["formats"]) == 0
    assert "ist kein Format gespeichert" in capsys.readouterr().out
    assert main(["formats", "check", str(file)]) == 0
    assert "»Monatsbericht Controlling« (monatsbericht) ist in Ordnung." in capsys.readouterr().out
    assert main(["formats", "add", str(file)]) == 0
    assert main(["formats", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out.split("\n", 1)[1])["formats"]
    assert (listed["id"], listed["by"], listed["file"]) == (
        "monatsbericht",
        "Ada Lovelace",
        "monatsbericht.csv",
    )
    assert main(["formats", "add", str(file)]) == 1
    assert "trägt schon ein Format" in capsys.readouterr().err
    assert main(["formats", "remove", "monatsbericht"]) == 0
    assert main(["formats", "remove", "monatsbericht"]) == 1
    assert main(["formats", "add"]) == 1
    assert main(["formats", "check", str(tmp_path / "fehlt")]) == 1
    assert "nicht gefunden" in capsys.readouterr().err

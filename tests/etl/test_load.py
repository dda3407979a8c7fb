"""The road: twice is once, nothing is overwritten, every row is counted, every load can be taken back."""

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from etl import log
from etl.export import export, langformat_csv, langformat_xlsx
from etl.extract import DamagedWarehouseError, Extract, keep, kept_path
from etl.load import load_extract, rebuild, repair, retract
from etl.seed import FOLDERS, seed
from etl.verdict import Report, check_extract
from tests.etl.deliveries import HEADER, delivery, published, values, workbook
from warehouse.catalog import load_catalog
from warehouse.snapshots import current_snapshot

CATALOG = load_catalog()
DOCUMENTS = sum(len(list(folder.glob("*.csv"))) for folder in FOLDERS)
DATED = (*HEADER, "datenstand")
DAY, NEXT_DAY = date(2020, 12, 30), date(2020, 12, 31)
ROWS = ("halle;ELB;2019-06;22.389", "halle;ELB;2019-07;22.374", "Lk Harburg;K2;2019-07;27,4")


def load(folder: Path, extract: Extract, reason: str = "", today: date = DAY) -> Report:
    return load_extract(folder, extract, who="Test", accept_warnings=reason, today=today)


def exported(folder: Path) -> bytes:
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    return langformat_csv(export(snapshot, CATALOG))


def acts(folder: Path) -> list[str]:
    return [entry.act for entry in log.read_log(folder)]


# --- twice is once


def test_a_load_is_published_logged_and_kept(tmp_path: Path) -> None:
    report = load(tmp_path, delivery(*ROWS))

    assert report.outcome == "loaded"
    assert report.counts == {"new": 3, "revised": 0, "unchanged": 0, "vanished": 0, "skipped": 0}
    assert values(tmp_path) == {
        ("elb", "2019-06-01"): 22389.0,
        ("elb", "2019-07-01"): 22374.0,
        ("k2", "2019-07-01"): 27.4,
    }
    (entry,) = log.read_log(tmp_path)
    assert (entry.no, entry.act, entry.who, entry.file_name, entry.rows) == (
        1,
        "loaded",
        "Test",
        "lieferung.csv",
        3,
    )
    assert kept_path(tmp_path, entry.extract).read_bytes() == delivery(*ROWS).content


@pytest.mark.parametrize(
    "again",
    [
        delivery(*ROWS),
        delivery(*ROWS, name="anderer Name.csv"),
        delivery(*reversed(ROWS)),
        delivery(*ROWS, encoding="utf-16"),
        delivery(*ROWS, encoding="utf-8-sig"),
        delivery(
            "Halle;eLb;Juni 2019;22389",
            "15002;ELB;07/2019;22 374",
            "3353;K2;202607;27,40%".replace("2026", "2019"),
        ),
        workbook(
            ["halle", "ELB", "2019-06", 22389],
            ["halle", "ELB", "2019-07", 22374],
            ["harburg", "K2", 201907, 27.4],
        ),
    ],
    ids=["same bytes", "other name", "other order", "utf-16", "utf-8 with bom", "other spellings", "xlsx"],
)
@pytest.mark.parametrize("today", [DAY, NEXT_DAY], ids=["same day", "next day"])
def test_the_same_content_again_changes_nothing_and_is_logged(
    tmp_path: Path, again: Extract, today: date
) -> None:
    load(tmp_path, delivery(*ROWS))
    before = current_snapshot(tmp_path)

    report = load(tmp_path, again, today=today)

    assert report.outcome == "unchanged"
    assert report.counts == {"new": 0, "revised": 0, "unchanged": 3, "vanished": 0, "skipped": 0}
    assert current_snapshot(tmp_path) == before
    assert acts(tmp_path) == ["loaded", "unchanged"]


def test_the_same_file_again_says_who_loaded_it_and_does_not_undo_later_corrections(tmp_path: Path) -> None:
    first, second = delivery("halle;ELB;2019-06;1", name="erste.csv"), delivery("halle;ELB;2019-06;2")
    load(tmp_path, first)
    load(tmp_path, second)

    report = load(tmp_path, Extract(first.content, "nochmal.csv"), today=NEXT_DAY)

    assert (report.outcome, report.counts["unchanged"], report.counts["revised"]) == ("unchanged", 1, 0)
    (found,) = report.problems
    assert found.message.startswith("Datei nochmal.csv: Genau diese Datei wurde schon geladen: am ")
    assert "von Test als »erste.csv«" in found.message
    assert values(tmp_path) == {("elb", "2019-06-01"): 2.0}


def test_check_says_the_same_as_load_and_writes_nothing(tmp_path: Path) -> None:
    load(tmp_path, delivery(*ROWS))
    again = delivery(*ROWS[:2], "harburg;K2;2019-07;28,1")

    checked = check_extract(tmp_path, again, today=DAY)

    assert (checked.outcome, acts(tmp_path)) == ("needs_confirmation", ["loaded"])
    assert checked.counts == load(tmp_path, again).counts


def test_a_rejected_file_changes_nothing_and_is_logged(tmp_path: Path) -> None:
    load(tmp_path, delivery(*ROWS))
    before = exported(tmp_path)

    report = load(tmp_path, delivery(ROWS[0].replace("22.389", "1"), "Entenhausen;ELB;2019-06;1"))

    assert report.outcome == "rejected"
    assert exported(tmp_path) == before
    assert acts(tmp_path) == ["loaded", "rejected"]


def test_warnings_have_to_be_accepted_with_a_reason_that_is_kept(tmp_path: Path) -> None:
    doubtful = delivery("halle;ELB;2019-06;1", "halle;ELB;2019-06;2")

    assert load(tmp_path, doubtful).outcome == "needs_confirmation"
    assert current_snapshot(tmp_path) is None
    assert load(tmp_path, doubtful, reason="so gedruckt").outcome == "loaded"
    assert log.read_log(tmp_path)[-1].reason == "so gedruckt"
    assert published(tmp_path)["contradicted"].to_list() == [True, True]


# --- vintages


def test_the_newer_data_date_wins_and_the_older_value_stays_known(tmp_path: Path) -> None:
    load(tmp_path, delivery("halle;ELB;2019-06;100;2019-09-30", header=DATED))
    report = load(tmp_path, delivery("halle;ELB;2019-06;110;2019-12-31", header=DATED))

    assert report.counts["revised"] == 1
    assert values(tmp_path) == {("elb", "2019-06-01"): 110.0}
    known = published(tmp_path, "known_observations", indicators=["elb"], first=date(2019, 1, 1))
    rows = known.sort("data_date")
    assert rows.select("value", "data_date").rows() == [
        (100.0, date(2019, 9, 30)),
        (110.0, date(2019, 12, 31)),
    ]


def test_an_older_vintage_delivered_later_does_not_win(tmp_path: Path) -> None:
    load(tmp_path, delivery("halle;ELB;2019-06;110;2019-12-31", header=DATED))
    older = delivery("halle;ELB;2019-06;100;2019-09-30", header=DATED)

    doubted, report = load(tmp_path, older), load(tmp_path, older, reason="zur Vollständigkeit")

    assert (doubted.outcome, [(found.code, found.value) for found in doubted.problems]) == (
        "needs_confirmation",
        [("older", "1")],
    )
    assert "älter als der geltende Stand" in doubted.problems[0].message
    assert (report.outcome, report.counts["new"]) == ("loaded", 1)
    assert values(tmp_path) == {("elb", "2019-06-01"): 110.0}
    assert load(tmp_path, delivery("halle;ELB;2019-06;100;30.09.2019", header=DATED)).outcome == "unchanged"


def test_the_same_value_with_a_newer_date_is_unchanged_yet_its_date_is_kept(tmp_path: Path) -> None:
    load(tmp_path, delivery("halle;ELB;2019-06;100;2019-09-30", header=DATED))
    report = load(tmp_path, delivery("halle;ELB;2019-06;100;2019-12-31", header=DATED))

    assert (report.outcome, report.counts["unchanged"], report.counts["revised"]) == ("loaded", 1, 0)
    assert published(tmp_path)["data_date"].to_list() == [date(2019, 12, 31)]


def test_a_correction_with_the_same_date_wins_and_may_be_corrected_back(tmp_path: Path) -> None:
    for value, outcome in (("100", "loaded"), ("110", "loaded"), ("100", "loaded"), ("100", "unchanged")):
        row = f"halle;ELB;2019-06;{value};2019-09-30"
        extract = delivery(row, header=DATED, name=f"{len(acts(tmp_path))}.csv")
        extract = Extract(extract.content + b";;;;\r\n" * len(acts(tmp_path)), extract.file_name)
        assert load(tmp_path, extract).outcome == outcome
    assert values(tmp_path) == {("elb", "2019-06-01"): 100.0}


SOURCED = (*DATED, "quelle")


@pytest.mark.parametrize(("value", "asked"), [("110", True), ("100", False), ("x", True)])
def test_another_value_from_another_source_waits_for_confirmation(
    tmp_path: Path, value: str, asked: bool
) -> None:
    load(tmp_path, delivery("halle;ELB;2019-06;100;2019-09-30;Amt A", header=SOURCED))
    other = delivery(f"halle;ELB;2019-06;{value};2019-12-31;Amt B", header=SOURCED)

    report = load(tmp_path, other)

    assert report.outcome == ("needs_confirmation" if asked else "loaded")
    assert [found.code for found in report.problems] == ["other_source"] * asked
    if asked:
        assert "Bisher gilt 100" in report.problems[0].message
        assert "Quelle: Amt A" in report.problems[0].message
    assert load(tmp_path, other, reason="so gemeint").outcome == ("loaded" if asked else "unchanged")
    assert load(tmp_path, other, reason="so gemeint").outcome == "unchanged"


def test_a_corrected_note_place_or_line_alone_is_loaded(tmp_path: Path) -> None:
    header = (*HEADER, "anmerkung", "fundstelle", "zeile")
    load(tmp_path, delivery("halle;ELB;2019-06;1;alt;S. 1;10", header=header))
    for cells in ("neu;S. 1;10", "neu;S. 2;10", "neu;S. 2;11"):
        report = load(tmp_path, delivery(f"halle;ELB;2019-06;1;{cells}", header=header))
        assert (report.outcome, report.counts["revised"]) == ("loaded", 1)
    assert published(tmp_path).select("note", "place", "line").rows() == [("neu", "S. 2", "11")]
    assert load(tmp_path, delivery("halle;ELB;2019-06;1")).outcome == "unchanged", "nothing said about them"


def test_blanks_are_no_reason(tmp_path: Path) -> None:
    doubtful = delivery("halle;ELB;2019-06;1", "halle;ELB;2019-06;2")
    assert load(tmp_path, doubtful, reason=" \t ").outcome == "needs_confirmation"


def test_the_same_bytes_again_heal_a_lost_or_damaged_kept_extract(tmp_path: Path) -> None:
    load(tmp_path, delivery(*ROWS))
    path = kept_path(tmp_path, delivery(*ROWS).id)
    for damage in (path.unlink, lambda: path.write_bytes(b"x")):
        damage()
        assert load(tmp_path, delivery(*ROWS)).outcome == "unchanged"
        assert path.read_bytes() == delivery(*ROWS).content


def test_a_newly_suppressed_value_disappears_from_the_current_figures(tmp_path: Path) -> None:
    load(tmp_path, delivery("halle;ELB;2019-06;100;2019-09-30", header=DATED))
    report = load(tmp_path, delivery("halle;ELB;2019-06;*;2019-12-31", header=DATED))

    assert report.counts["revised"] == 1
    assert published(tmp_path).select("value", "status").rows() == [(None, "anonymisiert")]


# --- every row is counted


def test_rows_new_revised_unchanged_and_skipped_make_all_rows_of_the_file(tmp_path: Path) -> None:
    load(
        tmp_path,
        delivery(
            "halle;ELB;2019-01;1", "halle;ELB;2019-02;2", "halle;ELB;2019-03;3", "harburg;ELB;2019-03;4"
        ),
    )
    six_rows = (
        "halle;ELB;2019-02;2",
        "halle;ELB;2019-03;33",
        "halle;ELB;2019-04;4",
        "halle;ELB;2019-04;4",
        "halle;BG;2019;5",
    )

    report = load(tmp_path, delivery(*six_rows, ";;;"))

    assert report.counts == {"new": 2, "revised": 1, "unchanged": 1, "vanished": 1, "skipped": 1}
    assert [found.code for found in report.problems] == ["duplicate"]


def test_both_rows_of_a_contradiction_count(tmp_path: Path) -> None:
    report = load(tmp_path, delivery("halle;ELB;2019-06;1", "halle;ELB;2019-06;2"), reason="beide gedruckt")
    assert report.counts["new"] == 2
    assert load(tmp_path, delivery("halle;ELB;2019-06;2", "halle;ELB;2019-06;1")).counts["unchanged"] == 2
    assert load(tmp_path, delivery("halle;ELB;2019-06;2")).counts["revised"] == 1


@pytest.mark.parametrize("seed_", range(8))
def test_the_balance_holds_for_any_mixture(tmp_path: Path, seed_: int) -> None:
    rng = random.Random(seed_)

    def any_row() -> str:
        area, month = rng.choice(["halle", "harburg", "Entenhausen"]), rng.randint(1, 13)
        return f"{area};ELB;2019-{month:02d};{rng.choice(['1', '2', 'x', 'viele', '1.5'])}" + rng.choice(
            ["", "", ";"]
        )

    for _ in range(4):
        rows = [any_row() for _ in range(rng.randint(1, 30))]
        counts = load(tmp_path, delivery(*rows), reason="Test").counts
        assert sum(counts[name] for name in ("new", "revised", "unchanged", "skipped")) == len(rows)
        good = [
            row
            for row in rows
            if "Enten" not in row and "-13" not in row and row.endswith((";1", ";2", ";x"))
        ]
        if good:
            load(tmp_path, delivery(*good), reason="Test")


# --- taken back, rebuilt, exported


def test_retract_brings_the_older_value_back_and_later_loads_stay(tmp_path: Path) -> None:
    for value in ("1", "2"):
        load(tmp_path, delivery(f"halle;ELB;2019-06;{value}"))
    load(tmp_path, delivery("halle;BG;2019-06;3"))
    middle = log.read_log(tmp_path)[1].extract

    assert retract(tmp_path, middle[:12], who="Test", reason="falsche Datei") is None

    assert values(tmp_path) == {("elb", "2019-06-01"): 1.0, ("bg", "2019-06-01"): 3.0}
    assert acts(tmp_path) == ["loaded", "loaded", "loaded", "retracted"]
    assert published(tmp_path, "load_numbers")["load_no"].to_list() == [1, 3]
    assert load(tmp_path, delivery("halle;ELB;2019-06;2")).outcome == "loaded", "it can be loaded again"
    assert values(tmp_path)["elb", "2019-06-01"] == 2.0


def test_retract_says_what_it_cannot_find(tmp_path: Path) -> None:
    load(tmp_path, delivery("halle;ELB;2019-06;1"))
    load(tmp_path, delivery("halle;ELB;2019-07;1"))

    unknown, ambiguous = retract(tmp_path, "zz"), retract(tmp_path, "")

    assert unknown is not None
    assert unknown.message == "Die Lieferung »zz« gibt es nicht. »python -m etl list« zeigt alle."
    assert ambiguous is not None
    assert ambiguous.code == "several_extracts"


@pytest.fixture(scope="module")
def seeded(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the five documents that may be rebuilt."""
    return Path(shutil.copytree(warehouse, tmp_path_factory.mktemp("seeded") / "warehouse"))


def test_rebuild_gives_a_bit_identical_export(seeded: Path) -> None:
    before = exported(seeded)
    assert rebuild(seeded) == DOCUMENTS
    assert exported(seeded) == before


@pytest.mark.parametrize("write", [langformat_csv, langformat_xlsx])
def test_an_export_loaded_elsewhere_gives_the_same_export(
    seeded: Path, tmp_path: Path, write: object
) -> None:
    snapshot = current_snapshot(seeded)
    assert snapshot is not None
    frame = export(snapshot, CATALOG)
    name = "export.xlsx" if write is langformat_xlsx else "export.csv"

    report = load(tmp_path, Extract(write(frame), name), reason="Widersprüche der Dokumente")  # type: ignore[operator]

    assert (report.outcome, report.counts["new"]) == ("loaded", frame.height)
    assert exported(tmp_path) == exported(seeded)
    assert published(tmp_path)["contradicted"].to_list() == published(seeded)["contradicted"].to_list()


def test_an_export_loaded_where_it_came_from_changes_nothing(seeded: Path) -> None:
    report = check_extract(seeded, Extract(exported(seeded), "export.csv"))
    assert (report.outcome, report.counts["vanished"]) == ("unchanged", 0)


def test_texts_that_look_like_formulas_survive_the_export(tmp_path: Path) -> None:
    header = (*HEADER, "anmerkung", "fundstelle")
    load(tmp_path, delivery("halle;ELB;2019-06;1;'=Summe;'-Zeile", header=header))
    assert published(tmp_path).select("note", "place").rows() == [("=Summe", "-Zeile")]
    assert b";'-Zeile;;'=Summe\r\n" in exported(tmp_path)


def test_seeding_again_does_nothing_and_a_corrected_document_replaces_its_older_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    monkeypatch.setattr("etl.seed.FOLDERS", (documents,))
    folder = tmp_path / "warehouse"
    for name, value in (("a", "1"), ("b", "2")):
        (documents / f"{name}.csv").write_bytes(delivery(f"halle;ELB;201{value}-06;{value}").content)
    assert (seed(folder), seed(folder)) == (2, 0)

    (documents / "a.csv").write_bytes(delivery("halle;ELB;2011-06;7").content)

    assert seed(folder) == 1
    assert values(folder) == {("elb", "2011-06-01"): 7.0, ("elb", "2012-06-01"): 2.0}
    assert acts(folder) == ["loaded", "loaded", "retracted", "loaded"]


# --- what is kept


def test_a_damaged_kept_extract_is_noticed_and_named(tmp_path: Path) -> None:
    load(tmp_path, delivery(*ROWS))
    path = kept_path(tmp_path, delivery(*ROWS).id)
    path.write_bytes(path.read_bytes().replace(b"22.389", b"92.389"))
    before = exported(tmp_path)

    with pytest.raises(
        DamagedWarehouseError, match=r"»lieferung.csv« ist beschädigt \(Prüfsumme falsch\).*Sicherung"
    ):
        rebuild(tmp_path)

    assert exported(tmp_path) == before, "the published figures stay"
    keep(tmp_path, delivery(*ROWS))
    assert rebuild(tmp_path) == 1, "delivering the same bytes again heals it"


def test_a_lost_kept_extract_is_named(tmp_path: Path) -> None:
    load(tmp_path, delivery(*ROWS))
    kept_path(tmp_path, delivery(*ROWS).id).unlink()
    with pytest.raises(DamagedWarehouseError, match=r"»lieferung.csv« fehlt"):
        rebuild(tmp_path)


def test_an_extract_the_catalog_no_longer_understands_is_not_lost_silently(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path, delivery(*ROWS))
    monkeypatch.setattr("etl.lexicon.Lexicon.area", lambda self, text: None if "Harburg" in text else "halle")
    with pytest.raises(DamagedWarehouseError, match=r"ergibt nicht mehr die 3 Angaben.*sondern 2.*Katalog"):
        rebuild(tmp_path)
    assert len(values(tmp_path)) == 3


def test_repair_does_nothing_where_all_is_well_or_nothing_is(tmp_path: Path) -> None:
    assert repair(tmp_path) is False
    load(tmp_path, delivery(*ROWS))
    assert repair(tmp_path) is False


def test_a_document_that_a_person_took_back_stays_taken_back(warehouse: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(warehouse, tmp_path / "warehouse"))
    taken = next(entry for entry in log.read_log(folder) if entry.file_name == "harburg.csv")

    assert retract(folder, taken.extract, who="Controlling", reason="zum Vergleich") is None
    before = published(folder, "current_observations").height

    assert seed(folder) == 0
    assert published(folder, "current_observations").height == before == 921

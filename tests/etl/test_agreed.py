"""What is agreed and assigned: Zielvereinbarungen become a Soll, lists of Vergleichstypen become memberships."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl.__main__ import main
from etl.draft import Draft, understand
from etl.export import export, langformat_csv
from etl.extract import Extract
from etl.load import load_extract, rebuild, repair, retract
from tests.etl.deliveries import delivery, published, workbook
from warehouse.catalog import load_catalog
from warehouse.memberships import vergleichstyp
from warehouse.snapshots import current_snapshot
from warehouse.targets import targets

CATALOG = load_catalog()
TODAY = date(2026, 11, 21)
AGREED = ("jobcenter", "kennzahl", "jahr", "soll", "zeitbezug", "fassung", "quelle")
ASSIGNED = ("Jobcenter", "Vergleichstyp", "Fassung", "gueltig_ab", "Quelle")
LIST = "Liste der Vergleichstypen"


def agreed(*rows: str, header: tuple[str, ...] = AGREED) -> Extract:
    return delivery(*rows, header=header, name="zielvereinbarung.csv")


def assigned(*rows: str, header: tuple[str, ...] = ASSIGNED) -> Extract:
    return delivery(*rows, header=header, name="vergleichstypen.csv")


def read(extract: Extract) -> Draft:
    return understand(extract, CATALOG, TODAY)


def only(made: Draft, *names: str) -> tuple[object, ...]:
    assert made.tidied is not None, [found.message for found in made.problems]
    (row,) = made.tidied.frame.select(names).rows()
    return row


def load(folder: Path, extract: Extract) -> str:
    return load_extract(folder, extract, today=TODAY, accept_warnings="geprüft").outcome


# --- Zielvereinbarungen


def test_a_row_of_a_zielvereinbarung_is_a_soll() -> None:
    made = read(agreed("Nordsachsen;LZB;2026;4.250,5;jdw;2026-01-15;Zielvereinbarung 2026"))

    assert made.format_id == "zielvereinbarung"
    assert not made.problems
    assert only(made, "jobcenter", "indicator", "breakdown", "kind", "value", "time_concept", "status", "precision") == (
        "nordsachsen", "lzb", "", "soll", 4250.5, "jdw", "endgueltig", "exakt",
    )  # fmt: skip
    assert only(made, "period_start", "period_end", "data_date", "source", "place") == (
        date(2026, 1, 1), date(2026, 12, 31), date(2026, 1, 15), "Zielvereinbarung 2026", "Zeile 2 der Lieferung",
    )  # fmt: skip


def test_columns_may_stand_in_any_order_and_most_may_be_missing() -> None:
    made = read(agreed("24,5;2026;K2;halle", header=("Soll", "Jahr", "Kennzahl", "Jobcenter")))

    assert only(made, "indicator", "value", "time_concept", "source", "data_date") == (
        "k2", 24.5, "planjahr", "zielvereinbarung", TODAY,
    )  # fmt: skip


def test_a_workbook_with_numbers_is_read_like_text() -> None:
    made = read(workbook(("halle", "LLU", 2026, 63.5, "Mio. €"), header=(*AGREED[:4], "einheit")))

    assert only(made, "indicator", "value", "period_end") == ("llu", 63500.0, date(2026, 12, 31))


def test_problems_name_the_columns_of_the_file() -> None:
    made = read(agreed("halle;LZB;26;4250.5;jdwx;gestern;", "halle;LZB;;1;;;"))

    assert [(found.code, found.row, found.column) for found in made.problems] == [
        ("bad_period", 2, "jahr"),
        ("bad_date", 2, "fassung"),
        ("bad_number", 2, "soll"),
        ("missing_cell", 3, "jahr"),
    ]


def test_a_newer_fassung_replaces_the_soll_and_the_older_one_stays_known(tmp_path: Path) -> None:
    first = agreed("halle;LZB;2026;4.300;jdw;2026-01-15;Zielvereinbarung 2026")
    second = agreed("halle;LZB;2026;4.250;jdw;2026-06-30;Zielvereinbarung 2026")
    assert [load(tmp_path, extract) for extract in (second, first)] == ["loaded", "loaded"]
    current = published(tmp_path).select("value", "data_date", "kind").rows()

    assert current == [(4250.0, date(2026, 6, 30), "soll")]
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    frame = export(snapshot, CATALOG)
    again = read(Extract(langformat_csv(frame), "export.csv"))
    assert only(again, "kind", "value", "time_concept") == ("soll", 4250.0, "jdw")
    assert retract(tmp_path, second.id) is None
    assert published(tmp_path)["value"].to_list() == [4300.0]


def test_the_soll_meets_the_ist_of_the_series_it_was_agreed_for(tmp_path: Path) -> None:
    load(tmp_path, agreed("halle;LZB;2025;4.300;jdw;2025-01-15;Zielvereinbarung 2025"))
    header = ("jobcenter", "kennzahl", "zeitraum", "wert", "zeitbezug")
    load(tmp_path, delivery("halle;LZB;2025;4.200;jdw", "halle;LZB;2025;4.900;jahr", header=header))

    (row,) = targets(CATALOG, published(tmp_path)).rows(named=True)
    assert (row["target"], row["actual"], row["deviation"], row["outcome"]) == (
        4300,
        4200,
        -100,
        "favourable",
    )


# --- Vergleichstypen


def test_an_assignment_becomes_a_membership() -> None:
    made = read(assigned(f"Nordsachsen;iiid;2024;2024;{LIST}"))

    assert (made.format_id, made.problems) == ("vergleichstypen", [])
    assert only(made, "jobcenter", "type", "edition", "valid_from", "source", "place") == (
        "nordsachsen", "IIId", "2024", date(2024, 1, 1), LIST, "Zeile 2 der Lieferung",
    )  # fmt: skip


def test_columns_of_an_assignment_may_stand_in_any_order() -> None:
    header = ("Quelle", "gueltig_ab", "Fassung", "Traegernummer", "Vergleichstyp", "Jobcenter")
    made = read(assigned(f"{LIST};01.02.2024;2024;t04402;Typ IIIc;JC Halle (Saale), Stadt", header=header))

    assert only(made, "jobcenter", "type", "valid_from") == ("halle", "IIIc", date(2024, 2, 1))


def test_an_unknown_type_is_refused_with_the_nearest() -> None:
    made = read(assigned(f"Nordsachsen;IIIId;2024;2024;{LIST}"))

    (refused,) = made.problems
    assert (refused.code, refused.row, refused.column) == ("unknown_type", 2, "vergleichstyp")
    assert "Meinten Sie »IIId«" in refused.message


def test_a_jobcenter_beyond_the_catalog_needs_its_number(tmp_path: Path) -> None:
    header = ("Jobcenter", "Traegernummer", "Vergleichstyp", "Fassung", "gueltig_ab", "Quelle")
    numbered = assigned(f"Regensburg, JC;73906;Ib;2024;2024;{LIST}", header=header)

    assert [found.code for found in read(assigned(f"Regensburg, JC;Ib;2024;2024;{LIST}")).problems] == [
        "unknown_jobcenter"
    ]
    assert load(tmp_path, numbered) == "loaded"
    assert published(tmp_path, "known_memberships")["jobcenter"].to_list() == ["jc-73906"]
    moved = read(assigned(f"Magdeburg;04402;Ib;2024;2024;{LIST}", header=header))
    assert [found.code for found in moved.problems] == ["key_and_name"]


def types(folder: Path, jobcenter: str, on: date = TODAY) -> list[str]:
    loaded = published(folder, "known_memberships")
    return [entry.type for entry in vergleichstyp(CATALOG, loaded, jobcenter, on)]


def test_the_newest_edition_valid_on_a_day_counts(tmp_path: Path) -> None:
    load(tmp_path, assigned(f"Nordsachsen;IIIe;2024;2024;{LIST}", f"halle;IIIc;2027;2027;{LIST}"))

    assert types(tmp_path, "nordsachsen") == ["IIIe"]
    assert types(tmp_path, "nordsachsen", date(2020, 1, 1)) == ["IIId"], "as the catalog documents it"
    assert types(tmp_path, "halle") == [], "not valid yet"
    assert types(tmp_path, "magdeburg") == [], "nicht hinterlegt"


def test_a_later_load_corrects_its_source_and_other_sources_contradict(tmp_path: Path) -> None:
    wrong, right = (assigned(f"halle;{type_};2024;2024;{LIST}") for type_ in ("IIIa", "IIIc"))
    for extract in (wrong, right):
        assert load(tmp_path, extract) == "loaded"
    assert types(tmp_path, "halle") == ["IIIc"]
    load(tmp_path, assigned("halle;IIIb;2024;2024;Bericht des Landes"))

    assert types(tmp_path, "halle") == ["IIIb", "IIIc"]


def test_assignments_are_retracted_and_rebuilt(tmp_path: Path) -> None:
    first, second = (assigned(f"halle;IIIc;{year};{year};{LIST}") for year in (2022, 2024))
    for extract in (first, second):
        assert load(tmp_path, extract) == "loaded"
    assert load(tmp_path, assigned(f"halle;IIIc;2024;2024;{LIST}", "")) == "unchanged"
    before = published(tmp_path, "known_memberships")
    rebuild(tmp_path)

    assert published(tmp_path, "known_memberships").equals(before)
    assert retract(tmp_path, second.id) is None
    assert published(tmp_path, "known_memberships")["edition"].to_list() == ["2022"]


@pytest.mark.parametrize("table", ["known_memberships", "read_everything"])
def test_an_empty_warehouse_answers(tmp_path: Path, table: str) -> None:
    load(tmp_path, delivery("halle;ELB;2019-06;1"))

    assert published(tmp_path, table).select(pl.len()).item() <= 1


@pytest.mark.parametrize("format_id", ["zielvereinbarung", "vergleichstypen"])
def test_the_template_can_be_loaded(tmp_path: Path, format_id: str) -> None:
    file = tmp_path / "vorlage.csv"
    assert main(["template", "--format", format_id, "--out", str(file)]) == 0

    made = read(Extract.from_file(file))
    assert (made.format_id, made.problems) == (format_id, [])


def test_a_snapshot_of_an_older_version_takes_assignments(tmp_path: Path) -> None:
    load(tmp_path, delivery("halle;ELB;2019-06;1"))
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    with duckdb.connect(str(snapshot)) as connection:
        connection.execute("drop view memberships")
        connection.execute("drop table loaded_memberships")

    assert repair(tmp_path), "the app does so at every start"
    assert load(tmp_path, assigned(f"halle;IIIc;2024;2024;{LIST}")) == "loaded"
    assert types(tmp_path, "halle") == ["IIIc"]

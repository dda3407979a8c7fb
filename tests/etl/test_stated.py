"""Comments, measures, chances and dates on the one road: loaded, revised, taken back, rebuilt, asked as of any act."""

import html
import re
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl import published as published_
from etl.__main__ import main
from etl.draft import Draft, draft, understand
from etl.extract import Extract
from etl.load import load_extract, rebuild, repair, retract
from etl.stated import entered, list_of
from pages.components.entry_changes import entry_table
from tests.etl.deliveries import delivery, published
from warehouse.catalog import load_catalog
from warehouse.schema import COMMENT, FIELD
from warehouse.snapshots import current_snapshot

TODAY = date(2026, 4, 30)
CATALOG = load_catalog()
COMMENTS = ("jobcenter", "kennzahl", "zeitraum", "kommentar", "wer", "wann")
MEASURES = ("jobcenter", "art", "kategorie", "bezeichnung", "umsetzung", "datenstand")


def comments(*rows: str, header: tuple[str, ...] = COMMENTS) -> Extract:
    return delivery(*rows, header=header, name="kommentare.csv")


def measures(*rows: str, header: tuple[str, ...] = MEASURES) -> Extract:
    return delivery(*rows, header=header, name="massnahmen.csv")


def read(extract: Extract) -> Draft:
    return understand(extract, CATALOG, TODAY)


def load(folder: Path, extract: Extract, **more: str) -> str:
    return load_extract(folder, extract, who="M. Muster", today=TODAY, **more).outcome


def texts(folder: Path, **parameters: object) -> list[tuple[str, int]]:
    found = published(folder, "known_comments", **parameters)
    return list(found.select("text", "vintage").iter_rows())


def states(folder: Path, **parameters: object) -> list[tuple[str, str]]:
    return list(published(folder, "known_fields", **parameters).select("title", "state").iter_rows())


def test_a_comment_is_read_with_series_month_author_and_moment() -> None:
    made = read(
        comments("Nordsachsen;LZB;2026-03;Zwei Maßnahmen begannen später.;M. Muster;2026-04-20 14:30")
    )

    assert (made.format_id, made.problems) == ("kommentare", [])
    assert made.tidied is not None
    assert made.tidied.frame.schema == COMMENT
    row = made.tidied.frame.row(0, named=True)
    assert (row["jobcenter"], row["indicator"], row["author"]) == ("nordsachsen", "lzb", "M. Muster")
    assert (row["period_start"], row["period_end"]) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (row["written_at"], row["place"]) == (datetime(2026, 4, 20, 14, 30), "Zeile 2 der Lieferung")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Entenhausen;LZB;2026-03;Text;Ich;", "unknown_jobcenter"),
        ("halle;Enten;2026-03;Text;Ich;", "unknown_indicator"),
        ("halle;LZB;2026-13;Text;Ich;", "bad_period"),
        ("halle;LZB;2027-01;Text;Ich;", "not_yet"),
        ("halle;LZB;2026-03;;Ich;", "missing_cell"),
        ("halle;LZB;2026-03;Text;;", "missing_cell"),
        ("halle;LZB;2026-03;Te\x07xt;Ich;", "unreadable_file"),
        ("halle;LZB;2026-03;Te\u202ext;Ich;", "unreadable_sign"),
        (f"halle;LZB;2026-03;{'x' * 100_000};Ich;", "long_cell"),
        ("halle;LZB;2026-03;Text;Ich;gestern", "bad_date"),
        ("halle;LZB;2026-03;Text;Ich;2026-05-01", "not_yet"),
    ],
)
def test_a_bad_comment_is_refused(row: str, code: str) -> None:
    assert [found.code for found in read(comments(row)).problems if found.severity == "error"] == [code]


def test_a_delivery_with_a_bad_comment_writes_nothing(tmp_path: Path) -> None:
    load(tmp_path, comments("halle;LZB;2026-02;Vorher;Ich;"))

    assert (
        load(tmp_path, comments("halle;LZB;2026-03;Gut;Ich;", "halle;LZB;2026-13;Schlecht;Ich;"))
        == "rejected"
    )
    assert texts(tmp_path) == [("Vorher", 1)]


def test_the_newest_of_an_author_counts_and_nothing_is_overwritten(tmp_path: Path) -> None:
    load(tmp_path, comments("halle;LZB;2026-03;Erst;Ich;2026-04-02", "halle;LZB;2026-03;Auch;Du;2026-04-03"))
    later = comments("halle;LZB;2026-03;Dann;Ich;2026-04-05")
    assert load(tmp_path, later) == "loaded"
    assert texts(tmp_path) == [("Dann", 1), ("Auch", 1), ("Erst", 2)]
    assert texts(tmp_path, as_of=1) == [("Auch", 1), ("Erst", 1)]

    retract(tmp_path, later.id)
    assert texts(tmp_path) == [("Auch", 1), ("Erst", 1)]
    assert texts(tmp_path, as_of=2) == [("Dann", 1), ("Auch", 1), ("Erst", 2)]


def test_a_comment_derives_no_figure_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a warehouse of the size of Germany every comment would take minutes."""
    own = comments("halle;LZB;2026-03;Erst;Ich;2026-04-02")
    load(tmp_path, own)
    monkeypatch.setattr(published_, "SHORTEST", 0)
    for name in ("derive", "derive_changed", "summarise"):
        monkeypatch.setattr(published_, name, lambda *_: pytest.fail("derived anew"))
    others = [comments(f"halle;LZB;2026-03;{n};Du;2026-04-03") for n in range(published_.MOST_LOADS + 1)]
    assert {load(tmp_path, other) for other in others} == {"loaded"}
    retract(tmp_path, own.id)
    assert texts(tmp_path)[0][0] == str(published_.MOST_LOADS)


def test_a_later_statement_of_a_measure_is_a_vintage_of_it(tmp_path: Path) -> None:
    load(tmp_path, measures("halle;Projekt;Fachkräfte und Qualifizierung;Pflege;geplant;2026-01-31"))
    again = measures("halle;Projekt;fachkraefte;Pflege;läuft;2026-03-31", "halle;Projekt;fachkraefte;Holz;;")
    report = load_extract(tmp_path, again, today=TODAY)

    assert (report.counts["new"], report.counts["revised"]) == (1, 1)
    assert states(tmp_path) == [("Pflege", "laeuft"), ("Holz", "")]
    assert states(tmp_path, as_of=1) == [("Pflege", "geplant")]
    (entry,) = published(tmp_path, "known_fields").filter(pl.col("title") == "Pflege")["entry"].to_list()
    history = published(tmp_path, "field_history", entry=entry)
    assert history.select("state", "retracted").rows() == [("laeuft", False), ("geplant", False)]
    retract(tmp_path, again.id)
    assert states(tmp_path) == [("Pflege", "geplant")]
    assert published(tmp_path, "field_history", entry=entry)["retracted"].to_list() == [True, False]


def test_what_measures_would_change_is_listed_before_they_are_accepted(tmp_path: Path) -> None:
    load(tmp_path, measures("halle;Projekt;Fachkräfte und Qualifizierung;Pflege;geplant;2026-01-31"))
    same = "halle;Projekt;Fachkräfte und Qualifizierung;Pflege;geplant;2026-01-31"
    assert draft(tmp_path, measures(same), CATALOG, TODAY).entries.is_empty()

    again = measures("halle;Projekt;fachkraefte;Holz;;", "halle;Projekt;fachkraefte;Pflege;läuft;2026-03-31")
    found = draft(tmp_path, again, CATALOG, TODAY).entries
    assert found.select("title", "what", "old_state", "state").rows() == [
        ("Pflege", "geändert", "geplant", "laeuft"),
        ("Holz", "neu", None, ""),
    ]
    told = html.unescape(re.sub(r"<[^>]+>", "|", entry_table(found, 2).text))
    for part in ("Umsetzung: geplant", "Umsetzung: läuft", "Stand: 31.01.2026", "Stand: 31.03.2026"):
        assert part in told, part
    assert "Thema" not in told.partition("Holz")[0], "what stays the same is not repeated"
    many = entry_table(pl.concat([found] * 15), 40).text
    assert "20 weitere Einträge, 10 davon hier nicht aufgeführt" in many


def test_an_older_statement_loaded_later_does_not_count(tmp_path: Path) -> None:
    load(tmp_path, measures("halle;Projekt;fachkraefte;Pflege;läuft;2026-03-31"))
    load(tmp_path, measures("halle;Projekt;fachkraefte;Pflege;geplant;2026-01-31"))

    assert states(tmp_path) == [("Pflege", "laeuft")]


def test_what_is_taken_from_the_list_stays_in_the_record_and_may_come_back(tmp_path: Path) -> None:
    for state, day in (
        ("läuft", "2026-01-31"),
        ("aus der Liste genommen", "2026-02-28"),
        ("läuft", "2026-03-31"),
    ):
        load(tmp_path, measures(f"halle;Projekt;fachkraefte;Pflege;{state};{day}"))

    assert [states(tmp_path, as_of=act) for act in (1, 2, 3)] == [
        [("Pflege", "laeuft")], [], [("Pflege", "laeuft")],
    ]  # fmt: skip


def test_entries_of_one_name_in_one_delivery_stay_apart(tmp_path: Path) -> None:
    quarters = (
        f"halle;Frist;steuerung;Quartalsbericht;2026-{month};" for month in ("01-15", "04-15", "07-15")
    )
    header = ("jobcenter", "art", "kategorie", "bezeichnung", "ende", "anmerkung")
    load(tmp_path, measures(*quarters, header=header))

    assert published(tmp_path, "known_fields")["end"].to_list() == ["2026-01-15", "2026-04-15", "2026-07-15"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"umsetzung": "fast fertig"}, "unknown_word"),
        ({"eintritt": "sehr hoch"}, "unknown_word"),
        ({"turnus": "ab und zu"}, "unknown_word"),
        ({"kennzahl": "Enten"}, "unknown_indicator"),
        ({"wirkung_geplant": "viel"}, "bad_number"),
        ({"beginn": "2026-05", "ende": "2026-04"}, "ends_before"),
        ({"bezeichnung": "A\u202eB"}, "unreadable_sign"),
    ],
)
def test_a_bad_measure_is_refused(cells: dict[str, str], code: str) -> None:
    row = {"jobcenter": "halle", "art": "projekt", "kategorie": "fachkraefte", "bezeichnung": "X", **cells}
    made = read(entered("handlungsfelder", [row], who="Ich", at=datetime(2026, 4, 30)))

    assert [found.code for found in made.problems if found.severity == "error"] == [code]


def test_what_a_person_enters_is_a_delivery_that_keeps_every_sign(tmp_path: Path) -> None:
    nasty = '=1+1; "Zitat"\nzweite Zeile, <b>*fett*</b>'
    rows = [
        {"jobcenter": "halle", "kennzahl": "lzb", "zeitraum": "2026-03", "kommentar": nasty, "wer": "=Ich"}
    ]
    first = entered("kommentare", rows, who="=Ich; du", at=datetime(2026, 4, 30, 10, 0, 0, tzinfo=UTC))
    again = entered("kommentare", rows, who="=Ich; du", at=datetime(2026, 4, 30, 10, 0, 1, tzinfo=UTC))

    assert b"'=1+1" in first.content, "opened in a spreadsheet it is no formula"
    assert load(tmp_path, first, reason="weil") == "loaded"
    assert published(tmp_path, "known_comments").select("text", "author").row(0) == (nasty, "=Ich")
    assert published(tmp_path, "loads")["reason"].to_list() == ["weil"]
    assert first.id != again.id


def test_an_amount_below_zero_goes_the_road_and_back() -> None:
    row = {
        "jobcenter": "halle",
        "art": "projekt",
        "kategorie": "fachkraefte",
        "bezeichnung": "-X",
        "kennzahl": "lzb",
    }
    made = read(
        entered(
            "handlungsfelder", [row | {"wirkung_geplant": "-1.250,5"}], who="-Ich", at=datetime(2026, 4, 30)
        )
    )
    assert made.problems == []
    assert made.tidied is not None
    frame = made.tidied.frame
    assert frame.select("title", "intended").row(0) == ("-X", -1250.5)

    again = read(Extract(list_of(frame), "liste.csv"))
    assert again.tidied is not None
    assert again.problems == []
    assert again.tidied.frame.drop("row").equals(frame.drop("row"))


def test_back_to_an_earlier_wording_on_the_same_day_is_a_change(tmp_path: Path) -> None:
    def say(state: str, second: int) -> str:
        row = {"jobcenter": "halle", "art": "projekt", "kategorie": "fachkraefte", "bezeichnung": "X"}
        row |= {"umsetzung": state, "datenstand": "2026-04-30", "kennung": "x"}
        return load(
            tmp_path, entered("handlungsfelder", [row], who="Ich", at=datetime(2026, 4, 30, 9, 0, second))
        )

    assert [say(state, second) for second, state in enumerate(("läuft", "geplant", "läuft", "läuft"))] == [
        "loaded", "loaded", "loaded", "unchanged",
    ]  # fmt: skip
    assert states(tmp_path) == [("X", "laeuft")]


def test_rebuilt_from_the_kept_files_everything_is_the_same(tmp_path: Path) -> None:
    load(tmp_path, comments("halle;LZB;2026-03;Erst;Ich;2026-04-02"))
    load(tmp_path, measures("halle;Projekt;fachkraefte;Pflege;läuft;"))
    load(tmp_path, measures("halle;Projekt;fachkraefte;Pflege;abgeschlossen;"))
    questions = ("known_comments", "known_fields", "incomplete_loads")
    before = [published(tmp_path, name) for name in questions]
    rebuild(tmp_path)

    assert all(published(tmp_path, name).equals(was) for name, was in zip(questions, before, strict=True))
    assert published(tmp_path, "incomplete_loads").is_empty()


def test_a_snapshot_of_an_older_version_takes_comments(tmp_path: Path) -> None:
    load(tmp_path, measures("halle;Projekt;fachkraefte;Pflege;;"))
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    with duckdb.connect(str(snapshot)) as connection:
        connection.execute("drop view comments")
        connection.execute("drop table loaded_comments")
        connection.execute("alter table loaded_fields drop column entry")

    assert repair(tmp_path), "the app does so at every start"
    assert load(tmp_path, comments("halle;LZB;2026-03;Text;Ich;")) == "loaded"
    assert states(tmp_path) == [("Pflege", "")]


def test_documents_state_no_progress_and_no_rating(warehouse: Path) -> None:
    found = published(warehouse, "known_fields")

    assert found.height == 616
    assert found["entry"].n_unique() == 616
    assert found.select(pl.col("state", "likelihood", "impact", "rhythm", "indicator").unique()).rows() == [
        ("",) * 5
    ]
    assert {*FIELD.names(), "who", "acted_at", "statements"} <= set(found.columns)


@pytest.mark.parametrize("format_id", ["kommentare", "handlungsfelder"])
def test_the_template_can_be_loaded(tmp_path: Path, format_id: str) -> None:
    file = tmp_path / "vorlage.xlsx"
    assert main(["template", "--format", format_id, "--out", str(file)]) == 0

    made = read(Extract.from_file(file))
    assert (made.format_id, made.problems) == (format_id, [])

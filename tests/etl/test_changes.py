"""What a delivery would change, value by value, and what was delivered before."""

import time
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from etl import log
from etl.changes import CHANGE, NEW, REVISED, VANISHED, changes, sums
from etl.compare import compare
from etl.extract import Extract
from etl.grouped import grouped
from etl.history import history
from etl.load import discard, load_extract, retract
from etl.problem import problem
from etl.review import review
from etl.tidy import Tidied
from etl.verdict import drafted
from tests.etl.deliveries import HEADER, delivery
from warehouse.catalog import load_catalog
from warehouse.schema import OBSERVATION

CATALOG = load_catalog()
DATED = (*HEADER, "datenstand", "quelle")
DAY = date(2020, 12, 30)
ROWS = (
    "halle;ELB;2019-06;20.000;2020-01-01;BA",
    "halle;ELB;2019-07;22.374;2020-01-01;BA",
    "harburg;K2;2019-07;20;2020-01-01;BA",
    "harburg;ELB;2019-07;10.000;2020-01-01;BA",
    "magdeburg;ELB;2019-07;0;2020-01-01;BA",
)
COLUMNS = ("jobcenter", "indicator", "what", "old_value", "new_value", "relative")


def load(folder: Path, extract: Extract, reason: str = "") -> str:
    return load_extract(folder, extract, who="Test", accept_warnings=reason, today=DAY).outcome


def listed(folder: Path, extract: Extract) -> list[tuple[object, ...]]:
    return drafted(folder, extract, CATALOG, DAY).listed.select(COLUMNS).rows()


# --- the single changes


def test_everything_is_new_where_nothing_is_known(tmp_path: Path) -> None:
    assert listed(tmp_path, delivery(*ROWS[:2], header=DATED)) == [
        ("halle", "elb", NEW, None, 20000.0, None),
        ("halle", "elb", NEW, None, 22374.0, None),
    ]


def test_revised_values_come_first_the_largest_relative_change_at_the_top(tmp_path: Path) -> None:
    load(tmp_path, delivery(*ROWS, header=DATED))
    later = [row.replace("2020-01-01", "2020-06-30") for row in ROWS]
    again = delivery(
        later[1],
        later[0].replace("20.000", "21.000"),  # + 5 %
        later[2].replace("K2;2019-07;20;", "K2;2019-07;25;"),  # + 25 %
        later[4].replace("07;0;", "07;8;"),  # from nothing
        "nordsachsen;ELB;2019-07;9.000;2020-06-30;BA",
        header=DATED,
    )

    made = drafted(tmp_path, again, CATALOG, DAY)

    assert made.counts == {"new": 1, "revised": 3, "unchanged": 1, "vanished": 1, "skipped": 0}
    assert made.listed.schema == CHANGE
    assert made.listed.select(COLUMNS).rows() == [
        ("magdeburg", "elb", REVISED, 0.0, 8.0, float("inf")),
        ("harburg", "k2", REVISED, 20.0, 25.0, 0.25),
        ("halle", "elb", REVISED, 20000.0, 21000.0, 0.05),
        ("nordsachsen", "elb", NEW, None, 9000.0, None),
        ("harburg", "elb", VANISHED, 10000.0, None, None),
    ]
    assert sums(made.listed).rows() == [
        ("halle", "elb", 1, 0, 0),
        ("harburg", "elb", 0, 0, 1),
        ("harburg", "k2", 1, 0, 0),
        ("magdeburg", "elb", 1, 0, 0),
        ("nordsachsen", "elb", 0, 1, 0),
    ]


def test_a_value_that_becomes_a_sign_is_the_largest_change(tmp_path: Path) -> None:
    load(tmp_path, delivery(ROWS[0], header=DATED))
    sign = delivery(ROWS[0].replace("20.000", "*"), header=DATED)
    (row,) = drafted(tmp_path, sign, CATALOG, DAY).listed.iter_rows(named=True)
    assert (row["old_value"], row["new_value"], row["relative"]) == (20000.0, None, float("inf"))
    assert (row["old_status"], row["new_status"]) == ("endgueltig", "anonymisiert")


def test_both_ends_of_a_range_meet_their_own_end(tmp_path: Path) -> None:
    header = (*DATED, "genauigkeit")
    ends = ("halle;ELB;2019-06;100;2020-01-01;BA;von", "halle;ELB;2019-06;200;2020-01-01;BA;bis")
    load(tmp_path, delivery(*ends, header=header))
    wider = delivery(ends[1].replace("200", "250"), ends[0], header=header)
    assert [row[3:5] for row in listed(tmp_path, wider)] == [(200.0, 250.0), (100.0, 100.0)]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, delivery(*ROWS, header=DATED))
    load(tmp_path, delivery(ROWS[0].replace("20.000", "1"), header=DATED))
    assert listed(tmp_path, delivery(*ROWS, header=DATED)) == []


def test_a_month_of_all_germany_is_compared_in_seconds() -> None:
    days = [date(2000, 1, 1) + timedelta(31 * number) for number in range(24)]
    known = frame([f"jc-{number}" for number in range(1000)], days, [f"i{number}" for number in range(30)])
    assert known.height == 720_000
    new = known.filter(pl.col("period_start") == days[-1]).with_columns(
        pl.col("value") + 1, row=pl.int_range(pl.len())
    )
    delivered = Tidied("observations", new, 0)

    begun = time.process_time()
    counts, found = compare(delivered, known), changes(delivered, known)

    assert time.process_time() - begun < 10, "of the processor: the machine may be busy"
    assert (counts.revised, found.height) == (30_000, 30_000)
    assert sums(found).height == 30_000


def frame(areas: list[str], days: list[date], indicators: list[str]) -> pl.DataFrame:
    """Return one observation for every area, day and indicator."""
    keys = pl.DataFrame({"jobcenter": areas}).join(pl.DataFrame({"period_start": days}), how="cross")
    rows = keys.join(pl.DataFrame({"indicator": indicators}), how="cross").with_columns(
        period_end="period_start", data_date="period_start", value=pl.lit(100.0), row=pl.lit(0, pl.Int64)
    )
    texts = {
        "time_concept": "stichtag",
        "kind": "ist",
        "status": "endgueltig",
        "precision": "exakt",
        "source": "BA",
    }
    empty = dict.fromkeys(("breakdown", "place", "line", "note"), "")
    return rows.with_columns(pl.lit(text).alias(name) for name, text in {**texts, **empty}.items()).select(
        list(OBSERVATION)
    )


# --- what is shown of it


def test_a_review_says_what_the_file_is_and_how_far_it_reaches(tmp_path: Path) -> None:
    rows = (*ROWS, "Deutschland;ELB;2019-07;4.000.000;2020-01-01;BA")
    seen = review(tmp_path, delivery(*rows, header=DATED), CATALOG, DAY)
    assert (seen.outcome, seen.format_name, seen.jobcenters, seen.regions, seen.periods) == (
        "needs_confirmation",
        "Langformat",
        3,
        1,
        2,
    )
    assert (seen.first, seen.last, seen.listed_of) == (date(2019, 6, 1), date(2019, 7, 31), 6)
    nothing = review(tmp_path, Extract(b"", "leer.csv"), CATALOG, DAY)
    assert (nothing.outcome, nothing.jobcenters, nothing.first, nothing.listed_of) == ("rejected", 0, None, 0)
    assert list(tmp_path.iterdir()) == []


def test_alike_problems_are_said_once_and_placed() -> None:
    groups = grouped(
        [
            problem("unknown_column", column="Bemerkung", expected="jobcenter, wert"),
            problem("tiny_rate", row=4, column="wert", found="0,4 %"),
            *(
                problem("bad_number", row=row, column="wert", found="k. A.", expected="1.234,5")
                for row in (7, 9)
            ),
            problem("bad_number", row=8, column="wert", found="1.5", expected="1.234,5"),
        ]
    )
    assert [(group.code, group.rank, group.times) for group in groups] == [
        ("bad_number", 0, 3),
        ("tiny_rate", 1, 1),
        ("unknown_column", 2, 1),
    ]
    first = groups[0]
    assert first.heading == "»…« ist keine eindeutige Zahl in deutscher Schreibweise."
    assert first.remedy == "Erwartet wird 1.234,5; nichts wird geraten."
    assert [(found.place, found.found, found.times) for found in first.findings] == [
        ("Zeilen 7, 9, Spalte »wert«", "k. A.", 2),
        ("Zeile 8, Spalte »wert«", "1.5", 1),
    ]


# --- what was delivered


def test_what_differs_everywhere_is_called_by_its_name_instead_of_dots() -> None:
    found = [
        problem("fewer_areas", found=name, expected=f"{name}, zuletzt Mai 2019") for name in ("JC 1", "JC 2")
    ]
    (group,) = grouped(found)
    assert group.heading == "Jobcenter oder Kreise, die zuletzt geliefert wurden und jetzt fehlen."
    (alone,) = grouped(found[:1])
    assert alone.heading.startswith("Es fehlen Jobcenter oder Kreise, die zuletzt geliefert wurden: JC 1 (")


def test_a_discarded_draft_leaves_a_line_in_the_log_and_nothing_else(tmp_path: Path) -> None:
    made = review(tmp_path, delivery(*ROWS, header=DATED), CATALOG, DAY).draft
    discard(tmp_path, made, who="Test", reason="falscher Monat")
    (entry,) = log.read_log(tmp_path)
    assert (entry.act, entry.rows, entry.reason) == ("discarded", 5, "falscher Monat")
    assert {path.name for path in tmp_path.iterdir()} <= {"log.jsonl", "loading.lock"}
    assert load(tmp_path, delivery(*ROWS, header=DATED)) == "loaded"


def test_a_reason_accepts_only_the_warnings_it_was_given_for(tmp_path: Path) -> None:
    doubtful = delivery("harburg;K2;2019-07;0,3")
    seen = review(tmp_path, doubtful, CATALOG, DAY)
    accept = {"who": "Test", "accept_warnings": "geprüft", "today": DAY}
    assert load_extract(tmp_path, doubtful, seen=(), **accept).outcome == "needs_confirmation"
    assert load_extract(tmp_path, doubtful, seen=seen.to_confirm, **accept).outcome == "loaded"


def test_every_extract_is_told_once_with_what_became_of_it(tmp_path: Path) -> None:
    good, bad = delivery(ROWS[0], header=DATED), delivery("Entenhausen;ELB;2019-06;1", name="falsch.csv")
    load(tmp_path, good)
    load(tmp_path, good)
    load(tmp_path, bad)
    told = [(each.last.act, each.counts, each.was_loaded) for each in history(log.read_log(tmp_path))]
    assert told == [("rejected", False, False), ("loaded", True, True)]
    retract(tmp_path, good.id, who="Test", reason="Irrtum")
    first, _ = history(log.read_log(tmp_path))
    assert (first.last.act, first.last.reason, first.counts, first.was_loaded) == (
        "retracted",
        "Irrtum",
        False,
        True,
    )

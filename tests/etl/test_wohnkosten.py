"""Wohn- und Kostensituation: "pro BG" stands below every kind of cost, so a row is known by the labels it stands under."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.draft import Draft, understand
from etl.extract import Extract
from etl.load import load_extract, rebuild
from tests.etl.deliveries import published
from tests.etl.eckwerte import Cell, book
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
TODAY = date(2026, 8, 27)
SIZES: Sequence[Cell] = (
    "Insgesamt", "1 Person", "2 Personen", "3 Personen", "4 Personen", "5 Personen", "6 und mehr Personen",
)  # fmt: skip
TYPES: Sequence[Sequence[Cell]] = (
    ("Insgesamt", "Single-BG", "Alleinerziehende-BG", None, "Partner-BG", None, None),
    (None, None, "1 Kind", "2 Kinder", "ohne Kinder", "1 Kind", "2 Kinder"),
)
FIVE, TEN = " " * 5, " " * 10


def block(kind: str, start: float) -> list[list[Cell]]:
    """Return the rows of one kind of cost; every value is another, the first column tells which row it is in."""
    rows: list[list[Cell]] = [[f"{FIVE}Laufende {kind} Kosten der Unterkunft insgesamt", *[start * 1000] * 7]]
    rows += [[f"{FIVE}pro BG", *(start + column for column in range(7))]]
    rows += [[f"{FIVE}pro qm", *(start / 50 + column / 4 for column in range(7))]]
    rows += [[f"{FIVE}pro Person in der Haushaltsgemeinschaft", *[start / 2] * 7]]
    for at, part in enumerate(("Unterkunftskosten 7)", "laufende Betriebskosten 7)", "Heizkosten"), 1):
        rows += [[f"{FIVE}dav. {part}", *[start * 100 * at] * 7]]
        rows += [[f"{TEN}pro BG", *(start / 10 * at + column for column in range(7))]]
        rows += [[f"{TEN}pro qm", *(start / 500 * at + column / 8 for column in range(7))]]
    return rows


def table(
    title: str = "Tabelle 1b: Wohn- und Wohnkostensituation",
    headings: Sequence[Sequence[Cell]] = (SIZES,),
    *,
    area: Cell = "Halle (Saale), Stadt, JC",
    month: Cell = "April 2026",
    body: Sequence[Sequence[Cell]] | None = None,
) -> list[list[Cell]]:
    """Return the cells of one sheet in the published order."""
    head: list[list[Cell]] = [[title], [area], [month], []]
    rows = body or [
        ["Bestand Bedarfsgemeinschaften"],
        [f"{FIVE}Bestand Bedarfsgemeinschaften (BG)", 700, 100, 101, 102, 103, 104, 190],
        [f"{FIVE}Anteil der jeweiligen Haushaltsgröße in %", 100, 14, 14, 15, 15, 15, 27],
        [f"{FIVE}Bestand BG mit laufenden anerkannten Kosten der Unterkunft", 690, "*", 100, "-", 1, 2, 3],
        [f"{FIVE}durchschnittliche Wohnfläche pro BG 4)", 70.25, 50, 60, 70, 80, 90, 100],
        [
            f"{FIVE}durchschnittliche Wohnfläche pro Person in der Haushaltsgemeinschaft 4)",
            30,
            *[None] * 5,
            9,
        ],
        ["Lfd. Kosten der Unterkunft (in Euro) 2) 3) 4) 6)"],
        *block("tatsächliche", 600),
        *block("anerkannte", 500),
    ]
    notes: list[list[Cell]] = [
        [],
        ["Erstellungsdatum: 20.08.2026"],
        ["7) Manche Träger buchen anders, pro BG 12"],
    ]
    return [*head, *([None, *row] for row in headings), *map(list, rows), *notes]


def both(**first: list[list[Cell]]) -> Extract:
    """Return the workbook with both tables about rented homes, between those about all homes and the notes."""
    types = table("Tabelle 2b: Wohn- und Wohnkostensituation", TYPES)
    sheets = {
        "Tabelle 1a HH": table("Tabelle 1a"),
        "Tabelle 1b HH Miete": first.get("table") or table(),
        "Tabelle 2a BG": table("Tabelle 2a", TYPES),
        "Tabelle 2b BG Miete": types,
        "Hinweis_SGB-II_Wohnkosten": [["Methodische Hinweise"]],
    }
    return book(sheets, "kdu-t04402-0-202604-xlsx.xlsx")


def read(extract: Extract) -> Draft:
    return understand(extract, CATALOG, TODAY)


def values(made: Draft) -> dict[str, float | None]:
    assert made.tidied is not None, [found.message for found in made.problems]
    rows = made.tidied.frame.select("indicator", "breakdown", "value").rows()
    found = {f"{indicator}/{breakdown}": number for indicator, breakdown, number in rows}
    assert len(found) == len(rows), "every series once"
    return found


def test_a_row_is_known_by_the_labels_it_stands_under() -> None:
    made = read(both())

    assert (made.format_id, made.problems) == ("ba-wohnkosten", [])
    found = values(made)
    assert found["kdu-tatsaechlich-bg/"] == 600
    assert found["kdu-tatsaechlich-bg/haushalt-1"] == 601
    assert found["kdu-tatsaechlich-bg/unterkunftskosten"] == 60
    assert found["kdu-tatsaechlich-bg/betriebskosten+haushalt-2"] == 122
    assert found["kdu-tatsaechlich-bg/haushalt-ab-6+heizkosten"] == 186
    assert found["kdu-tatsaechlich-qm/"] == 12
    assert found["kdu-anerkannt-bg/haushalt-5"] == 505
    assert found["kdu-anerkannt-bg/heizkosten"] == 150
    assert found["kdu-anerkannt-qm/haushalt-4+unterkunftskosten"] == 1.5
    assert found["wohnflaeche-bg/"] == 70.25
    assert found["bg-miete/haushalt-ab-6"] == 190


def test_the_second_table_divides_by_type_of_household() -> None:
    found = values(read(both()))

    parts = ("single", "alleinerziehenden-bg-1-kind", "alleinerziehenden-bg-2-kinder")
    couples = ("partner-ohne-kinder", "partner-1-kind", "partner-2-kinder")
    assert [found[f"kdu-anerkannt-bg/{part}"] for part in (*parts, *couples)] == [
        501,
        502,
        503,
        504,
        505,
        506,
    ]
    assert found["kdu-tatsaechlich-bg/heizkosten+single"] == 181
    assert len(found) == 19 * 7 + 19 * 6


def test_month_area_place_and_signs() -> None:
    made = read(both())

    assert made.tidied is not None
    frame = made.tidied.frame.cast({pl.Categorical: pl.String})
    assert frame.select("jobcenter", "period_start", "period_end", "data_date", "source").unique().rows() == [
        ("halle", date(2026, 4, 1), date(2026, 4, 30), date(2026, 8, 20), "ba-wohnkosten")
    ]
    signs = frame.filter(pl.col("value").is_null() & (pl.col("breakdown").str.starts_with("haushalt")))
    assert signs.select("indicator", "breakdown", "status", "place").rows() == [
        ("bg-miete-kdu", "haushalt-1", "anonymisiert", "Blatt Tabelle 1b HH Miete, Zelle C9"),
        ("bg-miete-kdu", "haushalt-3", "nichts", "Blatt Tabelle 1b HH Miete, Zelle E9"),
    ]


def test_the_blanks_decide_where_the_order_does_not() -> None:
    rows = block("tatsächliche", 600)
    total, per_bg, per_qm, person, *parts = rows
    moved = read(both(table=table(body=[["Lfd. Kosten"], total, *parts, per_bg, per_qm, person])))

    found = values(moved)
    assert not moved.problems
    assert (found["kdu-tatsaechlich-bg/"], found["kdu-tatsaechlich-bg/heizkosten"]) == (600, 180)


@pytest.mark.parametrize("blanks", ["lost", "doubled", "protected"])
def test_the_blanks_may_be_lost_or_others(blanks: str) -> None:
    def drifted(cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell
        other = {"lost": "", "doubled": FIVE * 2, "protected": "\u00a0" * 5}[blanks]
        return cell.replace(FIVE, other)

    found = values(read(both(table=[[drifted(cell) for cell in row] for row in table()])))
    assert found == values(read(both()))


def test_the_file_of_a_kreis_is_that_of_its_jobcenter() -> None:
    kreis = table(area="Harburg")
    made = read(book({"Tabelle 1b HH Miete": kreis}, "kdu-03353-0-202604-xlsx.xlsx"))

    assert made.tidied is not None
    assert made.tidied.frame["jobcenter"].unique().to_list() == ["harburg"]


def test_an_unknown_kind_of_cost_is_told_and_not_loaded() -> None:
    body = [
        ["Lfd. Kosten"], *block("tatsächliche", 600),
        [f"{FIVE}dav. Stromkosten", *[7] * 7], [f"{TEN}pro BG", *[8] * 7],
    ]  # fmt: skip
    made = read(both(table=table(body=body)))

    assert [(found.code, found.row) for found in made.problems] == [("unknown_row", 20), ("unknown_row", 21)]
    assert "dav. stromkosten > pro bg" in made.problems[1].message
    assert values(made)["kdu-tatsaechlich-bg/"] == 600


def test_load_and_rebuild(tmp_path: Path) -> None:
    assert load_extract(tmp_path, both(), today=TODAY, accept_warnings="geprüft").outcome == "loaded"
    before = published(tmp_path)
    rebuild(tmp_path)

    assert before.height == 19 * 13
    assert published(tmp_path).equals(before)

"""Tables of the Regionaldatenbank: every cell becomes an observation, is left out by declaration, or is told."""

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from etl.draft import Draft, draft, understand
from etl.extract import Extract
from etl.load import load_extract
from tests.etl.deliveries import published
from tests.etl.regional import FOOTER, HEADINGS, KREISE, TITLES, TOTALS, genesis, values
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
TODAY = date(2026, 11, 21)
REAL = Path(__file__).parents[3] / "shared/extracts/regionalstatistik"
YEAR_END = date(2016, 12, 31)
HALLE = 7
"""Row of Halle (Saale) in the fixture."""


def read(extract: Extract) -> Draft:
    return understand(extract, CATALOG, TODAY)


def of(made: Draft, area: str) -> list[tuple[str, str, float | None]]:
    assert made.tidied is not None, [found.message for found in made.problems]
    frame = made.tidied.frame.filter(pl.col("jobcenter") == area)
    return frame.select("indicator", "breakdown", "value").rows()


def told(made: Draft) -> dict[str, str]:
    return {found.code: found.message for found in made.problems}


MEANT = {
    "22811-02-02-4": [
        ("pers", ""), ("rlb", ""), ("rlb", "auslaender"), ("rlb", "frauen"), ("elb", ""), ("elb", "frauen"),
        ("elb", "unter-25"), ("elb", "25-bis-50"), ("elb", "50-bis-55"), ("elb", "ab-55"), ("nef", ""), ("nef", "frauen"),
        ("nef", "unter-15"),
    ],
    "22811-01-01-4": [
        ("mindestsicherung", ""), ("rlb", ""), ("elb", ""), ("nef", ""), ("hilfe-lebensunterhalt", ""),
        ("grundsicherung-alter", ""), ("asylbewerberleistungen", ""),
    ],
    "13211-02-05-4": [
        ("arbeitslose", ""), ("arbeitslose", "auslaender"), ("arbeitslose", "schwerbehinderte"), ("arbeitslose", "15-bis-20"),
        ("arbeitslose", "15-bis-25"), ("arbeitslose", "55-bis-65"), ("arbeitslose", "lza"), ("alq-abhaengige", ""), ("alq", ""),
        ("alq", "maenner"), ("alq", "frauen"), ("alq", "auslaender"), ("alq", "15-bis-25"),
    ],
    "12411-01-01-4": [("einwohner", ""), ("einwohner", "maenner"), ("einwohner", "frauen")] * 2,
    "82411-01-03-4": [("einkommen-haushalte", ""), ("einkommen-einwohner", "")],
}  # fmt: skip


def expected(table: str, at: int) -> list[tuple[str, str, float]]:
    """Return what the fixture's row `at` means: 15002 is 15.002 people, or 15,002 Mio. € where T€ stand above it."""
    numbers = [float(cell.replace(",", ".")) for cell in values(table, at)]
    factors = [0.001 if unit == "Tsd. EUR" else 1 for unit in HEADINGS[table][-1]]
    return [
        (*meant, round(number * factor, 3))
        for meant, number, factor in zip(MEANT[table], numbers, factors, strict=True)
    ]


@pytest.mark.parametrize("table", TITLES)
def test_every_cell_of_a_kreis_becomes_an_observation(table: str) -> None:
    made = read(genesis(table))

    assert made.format_id == f"regionalstatistik-{table}"
    assert not made.must_confirm
    assert of(made, "halle") == expected(table, HALLE)
    assert of(made, "de") == expected(table, 0)
    assert of(made, "ni") == expected(table, 1)
    assert of(made, "kr-01001") == expected(table, 3)
    assert made.tidied is not None
    areas = {"de", "ni", "kr-01001", "harburg", "me-aktiv", "nordsachsen", "halle", "magdeburg"}
    assert set(made.tidied.frame["jobcenter"]) == areas
    assert made.tidied.frame.height == len(areas) * len(MEANT[table])
    assert [(area.id, area.kind) for area in made.tidied.areas] == [("kr-01001", "kreis")]
    assert (
        "1 Zeile zu Gebieten anderer Ebenen; 1 Zeile zu aufgelösten Gebieten (nur »-«)"
        in told(made)["left_out"]
    )
    assert set(told(made)) == {"left_out"}


@pytest.mark.parametrize(
    ("table", "concept", "start", "end"),
    [
        ("22811-02-02-4", "stichtag", YEAR_END, YEAR_END),
        ("22811-01-01-4", "stichtag", date(2015, 12, 31), date(2015, 12, 31)),
        ("13211-02-05-4", "jdw", date(2016, 1, 1), YEAR_END),
        ("82411-01-03-4", "jahr", date(2014, 1, 1), date(2014, 12, 31)),
        ("12411-01-01-4", "stichtag", date(2015, 12, 31), date(2015, 12, 31)),
    ],
)
def test_what_kind_of_time_a_table_speaks_of(table: str, concept: str, start: date, end: date) -> None:
    made = read(genesis(table))

    assert made.tidied is not None
    row = made.tidied.frame.filter(pl.col("jobcenter") == "halle").row(0, named=True)
    assert (row["time_concept"], row["period_start"], row["period_end"]) == (concept, start, end)
    assert (row["data_date"], row["source"]) == (date(2017, 10, 10), f"regionalstatistik-{table}")
    assert row["note"] == "Wert des Kreises; das Jobcenter ist für genau diesen Kreis zuständig."
    above = 1 + len(TITLES[table]) + len(HEADINGS[table])
    assert row["place"] == f"Zeile {above + HALLE + 1}, Spalte »{'C' if table.startswith('12411') else 'D'}«"


def test_years_across_are_kept_apart() -> None:
    made = read(genesis("12411-01-01-4"))

    assert made.tidied is not None
    halle = made.tidied.frame.filter(pl.col("jobcenter") == "halle", pl.col("breakdown") == "frauen")
    assert halle.select("period_end", "value").rows() == [
        (date(2015, 12, 31), 7601.0),
        (date(2014, 12, 31), 7551.0),
    ]


def test_signs_become_a_status() -> None:
    rows = [["15002", "      Halle (Saale), Kreisfreie Stadt", "-", "."], ["15003", "Magdeburg", "x", "7"]]
    made = read(genesis("82411-01-03-4", rows=rows))

    assert made.tidied is not None
    assert made.tidied.frame["status"].to_list() == [
        "nichts",
        "nicht_verfuegbar",
        "nicht_sinnvoll",
        "endgueltig",
    ]


def of_2023(text: str) -> str:
    return text.replace("Ausländer", "ausländisch")


def with_points(cell: str) -> str:
    """Return a count with points for thousands, as a spreadsheet saves what it shows."""
    return f"{int(cell):,}".replace(",", ".") if cell.isdigit() else cell


LABOUR = HEADINGS["13211-02-05-4"]
DRIFTS: dict[str, Extract] = {
    "cp1252, as of 2023": genesis(
        "13211-02-05-4",
        word="Tabelle: ",
        headings=[[of_2023(cell) for cell in row] for row in LABOUR],
        encoding="cp1252",
    ),
    "utf-8 with mark": genesis("13211-02-05-4", encoding="utf-8-sig"),
    "without the number of the table": genesis("13211-02-05-4", word=""),
    "headings one line deeper": genesis("13211-02-05-4", headings=[["Deutschland insgesamt"] * 13, *LABOUR]),
    "headings one line less": genesis("13211-02-05-4", headings=LABOUR[:-1]),
    "headings with footnotes": genesis(
        "13211-02-05-4", headings=[[cell and f"{cell} 1)" for cell in row] for row in LABOUR]
    ),
    "leading zeros lost": genesis(
        "13211-02-05-4",
        rows=[
            [key.lstrip("0"), name, *values("13211-02-05-4", at)]
            for at, (key, name) in enumerate((*TOTALS, *KREISE))
        ],
    ),
    "saved by Excel": genesis(
        "13211-02-05-4",
        rows=[
            [*area, *map(with_points, values("13211-02-05-4", at))]
            for at, area in enumerate((*TOTALS, *KREISE))
        ],
        footer=(";" * 15, "__________" + ";" * 15, *FOOTER),
    ),
    "no notes": genesis("13211-02-05-4", footer=()),
    "notes without a line above": genesis("13211-02-05-4", footer=FOOTER),
}


@pytest.mark.parametrize("extract", DRIFTS.values(), ids=DRIFTS)
def test_the_layout_may_drift(extract: Extract) -> None:
    made = read(extract)

    assert set(told(made)) == {"left_out"}, told(made)
    assert of(made, "halle") == expected("13211-02-05-4", HALLE)
    assert of(made, "kr-01001") == expected("13211-02-05-4", 3)
    assert "1 Zeile zu Gebieten anderer Ebenen" in told(made)["left_out"]


def test_a_workbook_with_merged_headings_is_the_same_table() -> None:
    memory = io.BytesIO()
    merged = [
        [cell if not at or cell != row[at - 1] else None for at, cell in enumerate(row)] for row in LABOUR
    ]
    with xlsxwriter.Workbook(memory) as book:
        page = book.add_worksheet("13211-02-05-4")
        lines = [
            ["Tabelle: 13211-02-05-4"],
            *([None, None, None, *row] for row in (*merged[:-1], LABOUR[-1])),
        ]
        area = [2016.0, 15002.0, "      Halle (Saale), kreisfreie Stadt"]
        numbers = [float(cell.replace(",", ".")) for cell in values("13211-02-05-4", HALLE)]
        for at, row in enumerate([*lines, [*area, *numbers]]):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(at, column, cell)
    made = read(Extract(memory.getvalue(), "tabelle.xlsx"))

    assert of(made, "halle") == expected("13211-02-05-4", HALLE)


def test_a_part_that_nobody_declared_is_never_taken_for_the_whole() -> None:
    wider = [
        [*row, extra] for row, extra in zip(LABOUR, ("Arbeitslose", "ohne Wohnung", "Anzahl"), strict=True)
    ]
    rows = [["15002", "Halle (Saale)", *values("13211-02-05-4", HALLE), "77"]]
    made = read(genesis("13211-02-05-4", headings=wider, rows=rows))

    assert "arbeitslose | ohne wohnung | anzahl" in told(made)["unknown_heading"]
    assert not made.must_confirm
    assert of(made, "halle") == expected("13211-02-05-4", HALLE)


def test_fewer_columns_are_what_they_are() -> None:
    made = read(
        genesis(
            "13211-02-05-4",
            headings=[row[:2] for row in LABOUR],
            rows=[["15002", "Halle (Saale)", "15002", "1"]],
        )
    )

    assert of(made, "halle") == [("arbeitslose", "", 15002.0), ("arbeitslose", "auslaender", 1.0)]


def test_another_unit_is_converted_and_an_unknown_one_not_loaded() -> None:
    names = HEADINGS["82411-01-03-4"][0]
    rows = [["15002", "Halle (Saale)", "3807,7", "16411"]]
    millions = read(genesis("82411-01-03-4", headings=[names, ("Mio. EUR", "EUR")], rows=rows))
    dollars = read(genesis("82411-01-03-4", headings=[names, ("Tsd. USD", "EUR")], rows=rows))

    assert of(millions, "halle") == [
        ("einkommen-haushalte", "", 3807.7),
        ("einkommen-einwohner", "", 16411.0),
    ]
    assert of(dollars, "halle") == [("einkommen-einwohner", "", 16411.0)]
    assert "tsd. usd" in told(dollars)["unknown_heading"]


def test_other_years_and_no_date_of_the_data() -> None:
    made = read(genesis("22811-02-02-4", period="31.12.2021", stand=""))

    assert made.tidied is not None
    assert made.tidied.frame["period_end"].unique().to_list() == [date(2021, 12, 31)]
    assert made.tidied.frame["data_date"].unique().to_list() == [TODAY]
    assert made.tidied.undated


def test_a_row_without_a_period_is_refused() -> None:
    made = read(genesis("22811-02-02-4", period="gestern"))

    assert made.is_rejected
    rows = [found.row for found in made.problems if found.code == "bad_period"]
    assert rows == [
        9,
        10,
        12,
        13,
        14,
        15,
        16,
        17,
    ]  # not 11: left out, and not 18: an area that no longer exists
    assert "»gestern« ist kein Zeitraum" in told(made)["bad_period"]


def test_a_column_without_a_date_above_it_is_refused() -> None:
    heads = [["31.12.2015", "31.12.2015", "2014"], ["Insgesamt", "männlich", "Insgesamt"]]
    rows = [["15002", "Halle (Saale)", "236991", "114581", "232470"]]
    made = read(genesis("12411-01-01-4", headings=heads, rows=rows))

    assert made.is_rejected
    assert "»2014 | insgesamt« ist kein Zeitraum" in told(made)["bad_period"]


def test_a_later_edition_revises_and_loading_it_again_changes_nothing(tmp_path: Path) -> None:
    later = [["15002", "Halle (Saale)", "15003", "16411"]]
    first = genesis("82411-01-03-4")
    second = genesis("82411-01-03-4", rows=later, stand="Stand: 09.07.2026 / 11:01:42")
    assert load_extract(tmp_path, first, today=TODAY).outcome == "loaded"

    made = draft(tmp_path, second, CATALOG, TODAY)
    assert (made.counts["new"], made.counts["revised"], made.counts["unchanged"]) == (0, 1, 1)
    assert load_extract(tmp_path, second, today=TODAY, accept_warnings="geprüft").outcome == "loaded"
    known = published(tmp_path).filter(
        pl.col("jobcenter") == "halle", pl.col("indicator") == "einkommen-haushalte"
    )
    assert known.sort("data_date")["value"].to_list()[-1] == 15.003
    assert load_extract(tmp_path, second, today=TODAY).outcome == "unchanged"


def loaded_cells(path: Path, encoding: str) -> int:
    """Count independently what must become an observation: all cells of areas with two or five digits that have a value."""
    with path.open(encoding=encoding, newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=";") if len(row) > 3]
    key = 0 if path.name.startswith("12411") else 1
    areas = [
        row[key + 2 :] for row in rows if row[key] == "DG" or (row[key].isdigit() and len(row[key]) in (2, 5))
    ]
    return sum(len(cells) for cells in areas if set(cells) != {"-"})


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/extracts/regionalstatistik ist nicht da")
@pytest.mark.parametrize(
    ("name", "cells", "left_out", "day", "halle"),
    [
        ("12411-01-01-4_00", 30681, (38, 1), date(2017, 10, 10), ("einwohner", "", 236991.0)),
        ("13211-02-05-4_00", 93626, (608, 606), date(2017, 10, 10), ("arbeitslose", "", 12503.0)),
        ("13211-02-05-4_2023", 5395, (50, 74), date(2026, 7, 9), ("arbeitslose", "", 11132.0)),
        ("22811-01-01-4_00", 17738, (228, 394), date(2017, 10, 10), ("mindestsicherung", "", 40739.0)),
        ("22811-02-02-4_00", 37934, (266, 498), date(2017, 10, 10), ("pers", "", 36313.0)),
        ("82411-01-03-4_00", 14190, (570, 225), date(2017, 10, 10), ("einkommen-haushalte", "", 3807.699)),
    ],
)
def test_the_real_tables_load_without_a_hand_on_them(
    name: str, cells: int, left_out: tuple[int, int], day: date, halle: tuple[str, str, float]
) -> None:
    path = REAL / f"{name}.csv"
    made = read(Extract.from_file(path))

    assert not made.is_rejected
    assert not made.must_confirm, told(made)
    levels, dissolved = left_out
    found = f"{levels} Zeilen zu Gebieten anderer Ebenen; {dissolved} Zeile"
    assert found in told(made)["left_out"]
    assert made.tidied is not None
    assert made.tidied.skipped == 0
    assert made.tidied.frame.height == cells
    assert cells == loaded_cells(path, "cp1252" if "2023" in name else "utf-8")
    assert made.tidied.frame["data_date"].unique().to_list() == [day]
    assert of(made, "halle")[0] == halle
    regions = made.tidied.frame.filter(pl.col("jobcenter").is_in(list(CATALOG.regions)))
    assert regions["jobcenter"].n_unique() == 17  # Deutschland and sixteen Länder

"""Workbooks about one Jobcenter: a row is found by its heading, label and place, however the layout drifts."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.draft import Draft, understand
from etl.extract import Extract
from etl.formats import load_formats
from etl.load import load_extract, rebuild, retract
from etl.outline import label_of
from tests.etl.deliveries import published
from tests.etl.eckwerte import BG, ROWS, Cell, Row, book, eckwerte, older, whole
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
TODAY = date(2025, 2, 10)
JANUARY = date(2025, 1, 1)


def read(extract: Extract) -> Draft:
    return understand(extract, CATALOG, TODAY)


def value(made: Draft, series: str, month: date = JANUARY) -> tuple[float | None, str]:
    assert made.tidied is not None
    indicator, _, breakdown = series.partition("/")
    same = (
        pl.col("indicator") == indicator,
        pl.col("breakdown") == breakdown,
        pl.col("period_start") == month,
    )
    ((number, status),) = made.tidied.frame.filter(*same).select("value", "status").rows()
    return number, status


def codes(made: Draft) -> list[str]:
    return [found.code for found in made.problems]


def swapped(*rows: Row, label: str) -> list[Row]:
    """Return the rows of sheet 1.1 with others in the place of the first row of a label."""
    at = next(at for at, row in enumerate(ROWS) if str(row[0]).startswith(label))
    return [*ROWS[:at], *rows, *ROWS[at + 1 :]]


def test_both_columns_become_observations_and_nothing_is_left_untold() -> None:
    made = read(whole())

    assert (made.format_id, made.problems) == ("ba-eckwerte", [])
    assert made.tidied is not None
    assert made.tidied.frame["jobcenter"].unique().to_list() == ["halle"]
    january = made.tidied.frame.filter(pl.col("period_start") == JANUARY)
    found = {(row[0], row[1]): row[2] for row in january.select("indicator", "breakdown", "value").rows()}
    assert found == {
        ("arbeitslose", ""): 3743, ("arbeitslose-sgb2", ""): 1470,
        ("arbeitslose", "maenner"): 2185, ("arbeitslose-sgb2", "maenner"): 780,
        ("arbeitslose", "frauen"): 1558, ("arbeitslose-sgb2", "frauen"): 690,
        ("arbeitslose", "15-bis-25"): 373, ("arbeitslose-sgb2", "15-bis-25"): 148,
        ("arbeitslose", "25-bis-50"): 1900, ("arbeitslose-sgb2", "25-bis-50"): 848,
        ("arbeitslose", "ab-50"): 1470, ("arbeitslose-sgb2", "ab-50"): 474,
        ("arbeitslose", "ab-55"): 1114, ("arbeitslose-sgb2", "ab-55"): 307,
        ("arbeitslose", "lza"): 687, ("arbeitslose-sgb2", "lza"): 502, ("lza", ""): 502,
        ("arbeitslose", "schwerbehinderte"): 324, ("arbeitslose-sgb2", "schwerbehinderte"): 116,
        ("arbeitslose", "auslaender"): 1300, ("arbeitslose-sgb2", "auslaender"): 760,
        ("alq", ""): 3.2, ("alq-sgb2", ""): 1.3,
        ("bg", ""): 2797.30338102, ("pers", ""): 5488.03327359, ("rlb", ""): 5202.27047674,
        ("elb", ""): 3730.59085177, ("nef", ""): 1471.67962497,
    }  # fmt: skip
    row = january.row(1, named=True)
    assert (row["period_end"], row["time_concept"], row["kind"]) == (date(2025, 1, 31), "stichtag", "ist")
    assert (row["source"], row["data_date"]) == ("ba-eckwerte", date(2025, 1, 31))
    assert row["place"] == "Blatt 1.1 Eckwerte, Zelle G16"


def test_figures_of_june_2026() -> None:
    rows: list[Row] = [
        ("Arbeitslose",), ("Bestand 2) 4)", 3900, 1500), ("Langzeitarbeitslose 3)", 950, 709),
        ("Grundsicherung für Arbeitsuchende",), ("Bedarfsgemeinschaften (BG) 1)", None, 2673.353373),
        ("Personen in Bedarfsgemeinschaften (PERS)", None, 5149.986005),
    ]  # fmt: skip
    made = understand(book({"1.1 Eckwerte": eckwerte(rows, month="Juni 2026")}), CATALOG, date(2026, 7, 1))

    june = date(2026, 6, 1)
    assert value(made, "arbeitslose-sgb2", june) == (1500, "endgueltig")
    assert value(made, "lza", june) == (709, "endgueltig")
    assert value(made, "bg", june) == (2673.353373, "hochgerechnet")
    assert value(made, "pers", june) == (5149.986005, "hochgerechnet")


def test_every_sheet_has_its_own_month() -> None:
    made = read(whole())

    assert value(made, "bg") == (2797.30338102, "hochgerechnet")
    assert value(made, "bg", date(2024, 10, 1)) == (2750, "endgueltig")
    assert value(made, "lzb", date(2024, 7, 1)) == (2211, "endgueltig")


def test_the_name_of_a_sheet_counts_before_a_title_in_it() -> None:
    titled = [["Eckwerte für Jobcenter"], *BG]
    made = read(book({"1.1 Eckwerte": eckwerte(), "3.1 Bedarfsgemeinschaften": titled}))

    assert not made.problems
    assert value(made, "bg", date(2024, 10, 1)) == (2750, "endgueltig")


def test_the_month_above_the_column_wins_over_the_one_of_the_file() -> None:
    stale = [[*row] for row in BG]
    stale[2] = ["Januar 2025"]
    made = read(book({"3.1 Bedarfsgemeinschaften": stale}))

    assert value(made, "bg", date(2024, 10, 1)) == (2750, "endgueltig")


def typed(cell: Cell) -> Cell:
    """Return a number as text in German notation, with points for thousands."""
    text = f"{cell:,.6f}" if isinstance(cell, float | int) else ""
    return text.translate(str.maketrans(",.", ".,")) or cell


DRIFTS = {
    "sheet renamed": book({"1.1. eckwerte ": eckwerte()}),
    "sheet called something else": book({"Tabelle1": eckwerte()}, "download (3).xlsx"),
    "month only in a text cell": book({"1.1 Eckwerte": [
        [None if at > 4 and cell == "Januar 2025" else cell for cell in row] for at, row in enumerate(eckwerte())
    ]}),
    "month as BM": book({"1.1 Eckwerte": eckwerte(month="Berichtsmonat: Januar 2025")}),
    "columns in another order": book({
        "1.1 Eckwerte": eckwerte(headings=("Rechtskreis SGB II", "Insgesamt (SGB II und SGB III)"))
    }),
    "headings broken over lines": book({
        "1.1 Eckwerte": eckwerte(headings=("Insgesamt\n(SGB II und SGB III) 1)", "Rechts-\nkreis SGB II"))
    }),
    "month in short": book({"1.1 Eckwerte": eckwerte(month="Jan 25")}),
    "columns not counted": book({"1.1 Eckwerte": eckwerte(counted=False)}),
    "footnotes differ": book({"1.1 Eckwerte": eckwerte([
        (f"{str(row[0]).split(' 1)')[0]} 2) 4)", *row[1:]) for row in ROWS
    ])}),
    "footnotes raised": book({"1.1 Eckwerte": eckwerte([(f"{row[0]}¹⁾", *row[1:]) for row in ROWS])}),
    "a row more": book({"1.1 Eckwerte": eckwerte(swapped(("Männer", 2185, 780), ("divers", 3, 1), label="Männer"))}),
    "labels indented": book({"1.1 Eckwerte": eckwerte([(f"   {row[0]}" if len(row) > 1 else row[0], *row[1:]) for row in ROWS])}),
    "Jobcenter by number": book({"1.1 Eckwerte": eckwerte(area="Region: t04402")}),
    "Jobcenter as JC": book({"1.1 Eckwerte": eckwerte(area="JC Halle (Saale), Stadt (Gebietsstand Januar 2025)")}),
    "numbers typed as text": book({"1.1 Eckwerte": eckwerte([(row[0], *map(typed, row[1:])) for row in ROWS])}),
}  # fmt: skip


@pytest.mark.parametrize("extract", DRIFTS.values(), ids=DRIFTS)
def test_the_layout_may_drift(extract: Extract) -> None:
    made = read(extract)

    assert not made.is_rejected, [found.message for found in made.problems]
    assert made.tidied is not None
    assert made.tidied.frame["jobcenter"].unique().to_list() == ["halle"]
    assert value(made, "arbeitslose") == (3743, "endgueltig")
    assert value(made, "arbeitslose-sgb2/frauen") == (690, "endgueltig")
    assert value(made, "alq-sgb2") == (1.3, "endgueltig")
    assert value(made, "elb")[1] == "hochgerechnet"


def test_an_unknown_row_is_told_and_not_loaded() -> None:
    made = read(DRIFTS["a row more"])

    (told,) = made.problems
    assert (told.code, told.row, told.sheet) == ("unknown_row", 18, "1.1 Eckwerte")
    assert "arbeitslose > divers" in told.message
    assert not made.must_confirm


def test_a_row_that_comes_twice_under_its_heading_is_refused() -> None:
    made = read(book({"1.1 Eckwerte": eckwerte(swapped(("Männer", 20, 7), label="Unterbeschäf"))}))

    assert made.is_rejected
    (refused,) = [found for found in made.problems if found.severity == "error"]
    assert (refused.code, refused.row) == ("repeated_row", 29)
    assert "arbeitslose > männer" in refused.message


def test_a_missing_column_is_refused() -> None:
    made = read(
        book({"1.1 Eckwerte": eckwerte(headings=("Insgesamt (SGB II und SGB III)", "Rechtskreis SGB III"))})
    )

    assert made.is_rejected
    assert codes(made) == ["missing_heading", "unknown_heading"]
    assert "rechtskreis sgb ii" in made.problems[0].message


def test_signs_become_a_status() -> None:
    made = read(
        book({"1.1 Eckwerte": eckwerte(swapped(("schwerbehinderte Menschen", "*", "x"), label="schwerbeh"))})
    )

    assert value(made, "arbeitslose/schwerbehinderte") == (None, "anonymisiert")
    assert value(made, "arbeitslose-sgb2/schwerbehinderte") == (None, "nicht_sinnvoll")


def test_a_doubtful_number_is_refused_with_its_cell() -> None:
    made = read(book({"1.1 Eckwerte": eckwerte(swapped(("Frauen", "1.5", 690), label="Frauen"))}))

    (refused,) = made.problems
    assert (refused.code, refused.row, refused.value) == ("bad_number", 18, "1.5")


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ("Regensburg, JC", "unknown_jobcenter"),
        ("t73906", "unknown_jobcenter"),
        ("Deutschland", "no_jobcenter"),
        ("4402", "no_jobcenter"),
    ],
)
def test_without_a_known_jobcenter_nothing_is_loaded(area: str, code: str) -> None:
    made = read(book({"1.1 Eckwerte": eckwerte(area=area)}))

    assert codes(made) == [code]
    assert made.tidied is not None
    assert made.tidied.frame.is_empty()
    if code == "unknown_jobcenter":
        assert area in made.problems[0].message


def test_the_sheets_with_values_say_whose_they_are_not_the_imprint() -> None:
    imprint: list[list[Cell]] = [["Rückfragen an:", "Halle"]]
    made = read(book({"Impressum": imprint, "1.1 Eckwerte": eckwerte(area="Regensburg, JC")}))
    unnamed = read(book({"Impressum": imprint, "1.1 Eckwerte": eckwerte(area=None)}))
    region: list[list[Cell]] = [["Region:", "Halle (Saale), Stadt, JC"]]
    covered = read(book({"Impressum": region, "1.1 Eckwerte": eckwerte(area=None)}))

    assert codes(made) == ["unknown_jobcenter"]
    assert codes(unnamed) == ["no_jobcenter"], "a town in the imprint may be the publisher's"
    assert value(covered, "arbeitslose") == (3743, "endgueltig")


def test_two_jobcenters_in_one_file_are_refused() -> None:
    other = older("3.1 Bedarfsgemeinschaften", [("Bestand Bedarfsgemeinschaften (BG)", 2750)])
    other[1] = ["Magdeburg, Landeshauptstadt, JC"]
    made = read(book({"1.1 Eckwerte": eckwerte(), "3.1 Bedarfsgemeinschaften": other}))

    assert codes(made) == ["several_jobcenters"]


def test_without_a_month_a_sheet_is_refused() -> None:
    made = read(book({"1.1 Eckwerte": eckwerte(month=None)}))

    assert codes(made) == ["no_period"]


def test_a_sheet_nobody_declared_is_told() -> None:
    made = read(book({"1.1 Eckwerte": eckwerte(), "5.1 Neues": [["Neues"], ["Ganz Neues", 12]]}))

    assert codes(made) == ["unread_sheet"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Bestand 1)", "bestand"),
        ("  Bestand 2) 4) ", "bestand"),
        ("Zugang (12-Monatssumme) 12)", "zugang (12-monatssumme)"),
        ("Bedarfsgemeinschaften (BG)", "bedarfsgemeinschaften (bg)"),
        ("Leistungen (§ 22)", "leistungen (§ 22)"),
        ("Frauen*)", "frauen"),
        ("Arbeitslose:", "arbeitslose"),
    ],
)
def test_labels_lose_the_marks_of_footnotes_and_nothing_else(text: str, label: str) -> None:
    assert label_of(text) == label


def test_final_figures_replace_projected_ones_and_may_be_taken_back(tmp_path: Path) -> None:
    april = older(
        "3.1 Bedarfsgemeinschaften",
        [("Bestand Bedarfsgemeinschaften (BG)", 2801, 1, 0.1)],
        month="Januar 2025",
    )
    april = [["Erstellungsdatum: 30.04.2025"] if "Erstellungs" in str(row[:1]) else row for row in april]
    first, final = whole(), book({"3.1 Bedarfsgemeinschaften": april})
    for extract, day in ((first, TODAY), (final, date(2025, 5, 5))):
        assert load_extract(tmp_path, extract, today=day, accept_warnings="geprüft").outcome == "loaded"
    january = pl.col("indicator") == "bg", pl.col("period_start") == JANUARY
    assert published(tmp_path).filter(*january).select("value", "status").rows() == [(2801, "endgueltig")]
    before = published(tmp_path)
    rebuild(tmp_path)

    assert published(tmp_path).equals(before)
    assert retract(tmp_path, final.id) is None
    assert published(tmp_path).filter(*january)["status"].to_list() == ["hochgerechnet"]


def test_every_line_of_an_outline_names_known_series() -> None:
    outlines = [format_.outline for format_ in load_formats() if format_.outline]
    assert outlines
    for outline in outlines:
        assert outline.source in CATALOG.sources
        assert outline.time_concept in CATALOG.time_concepts
        for series in outline.series():
            indicator, _, breakdown = series.partition("/")
            assert CATALOG.indicator(indicator)
            assert CATALOG.breakdown_name(breakdown)
        for page in outline.pages:
            assert len(page.parts) == len(page.columns)
            assert set(page.parts) <= {"", *CATALOG.breakdowns}
            assert all(len(line.values) in (0, len(page.columns)) for line in page.rows)

"""Workbooks of a statistic: every cell becomes an observation with its place, however the layout drifts."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.draft import Draft, understand
from etl.export import export
from etl.extract import Extract
from etl.formats import load_formats
from etl.load import load_extract, rebuild, retract
from tests.etl.deliveries import HEADER, delivery, published
from tests.etl.statistics import REGIONS, sheet, statistic
from warehouse.catalog import load_catalog
from warehouse.snapshots import current_snapshot

CATALOG = load_catalog()
TODAY = date(2026, 11, 21)
REAL = Path(__file__).parents[3] / "shared/extracts/ba_sanktionen"


def read(extract: Extract) -> Draft:
    return understand(extract, CATALOG, TODAY)


def value(made: Draft, area: str, indicator: str, breakdown: str = "") -> tuple[float | None, str]:
    assert made.tidied is not None
    same = (pl.col("jobcenter") == area, pl.col("indicator") == indicator, pl.col("breakdown") == breakdown)
    ((number, status),) = made.tidied.frame.filter(*same).select("value", "status").rows()
    return number, status


def codes(made: Draft) -> set[str]:
    return {found.code for found in made.problems}


def test_every_column_of_a_row_becomes_an_observation() -> None:
    made = read(statistic())

    assert made.format_id == "ba-sanktionen"
    assert made.tidied is not None
    halle = made.tidied.frame.filter(pl.col("jobcenter") == "halle")
    assert halle.select("indicator", "breakdown", "value").rows() == [
        ("sanktionen-neu", "", 614.0),
        ("elb-neu-sanktioniert", "", 389.0),
        ("elb-neu-sanktioniert", "arbeitslose", 199.0),
        ("sanktionen-wirksam", "", 1510.0),
        ("elb", "", 22781.0),
        ("elb-mit-sanktion", "", 813.0),
        ("sanktionsquote", "", 3.568762),
        ("elb", "arbeitslose", 7794.0),
        ("elb-mit-sanktion", "arbeitslose", 465.0),
        ("sanktionsquote", "arbeitslose", 5.97),
    ]
    row = halle.row(4, named=True)
    assert (row["period_start"], row["period_end"]) == (date(2018, 1, 1), date(2018, 1, 31))
    assert (row["time_concept"], row["kind"], row["source"]) == ("stichtag", "ist", "ba-sanktionen")
    assert row["data_date"] == date(2018, 5, 9)
    assert row["place"] == "Blatt 3.1 ELB insg, Zelle G17"


def test_signs_become_a_status_and_never_a_number() -> None:
    made = read(statistic())

    assert value(made, "jc-03204", "elb-neu-sanktioniert") == (None, "anonymisiert")
    assert value(made, "jc-03204", "elb-neu-sanktioniert", "arbeitslose") == (None, "nicht_verfuegbar")
    assert value(made, "jc-03204", "elb-mit-sanktion", "arbeitslose") == (None, "nichts")
    assert value(made, "jc-03204", "sanktionsquote", "arbeitslose") == (None, "nicht_sinnvoll")


def test_counts_with_fractions_are_projections() -> None:
    made = read(statistic())

    assert value(made, "de", "elb") == (4257186.5, "hochgerechnet")
    assert value(made, "west", "elb") == (3126086.0, "endgueltig")
    assert value(made, "halle", "sanktionsquote") == (3.568762, "endgueltig")


def test_a_land_that_stands_twice_counts_once() -> None:
    again = [REGIONS[4], ("JC Halle (Saale), Stadt", "04402", *[1.0] * 10)]
    made = read(statistic(**{"3.1": sheet(rows=[*REGIONS[:5], None, *again])}))

    assert value(made, "st", "elb") == (160000.0, "endgueltig")
    assert made.counts["skipped"] == 0


def test_a_land_and_a_jobcenter_of_one_name_are_two_areas() -> None:
    made = read(statistic())

    assert made.tidied is not None
    assert set(made.tidied.frame["jobcenter"]) == {"de", "west", "hh", "st", "halle", "jc-12302", "jc-03204"}
    assert [(area.id, area.name, area.key) for area in made.tidied.areas] == [
        ("jc-12302", "JC Hamburg", "12302"),
        ("jc-03204", "JC Bad Doberan", "03204"),
    ]


@pytest.mark.parametrize(
    ("title", "group", "breakdown"),
    [
        (
            "3.2 Sanktionen gegenüber männlichen erwerbsfähigen Leistungsberechtigten (ELB)",
            "männliche ELB",
            "maenner",
        ),
        (
            "3.3 Sanktionen gegenüber weiblichen erwerbsfähigen Leistungsberechtigten (ELB)",
            "weibliche ELB",
            "frauen",
        ),
        (
            "3.4 Sanktionen gegenüber ausländischen erwerbsfähigen Leistungsberechtigten",
            "ausländische ELB",
            "auslaender",
        ),
        ("3.5 Sanktionen gegenüber ELB im Alter von unter 25 Jahren", "ELB unter 25 Jahren", "unter-25"),
        (
            "3.6 Sanktionen gegenüber ELB im Alter von 25 bis unter 55 Jahren",
            "ELB von 25 bis unter 55 Jahren",
            "25-bis-55",
        ),
        (
            "3.7 Sanktionen gegenüber ELB im Alter von 55 Jahren und älter",
            "ELB im Alter von 55 Jahren und älter",
            "ab-55",
        ),
    ],
)
def test_the_sheet_says_which_part_is_counted(title: str, group: str, breakdown: str) -> None:
    made = read(statistic(**{"3.x": sheet(title, group=group)}))

    assert value(made, "halle", "elb", breakdown) == (22781.0, "endgueltig")
    both = "+".join(sorted((breakdown, "arbeitslose")))
    assert value(made, "halle", "elb", both) == (7794.0, "endgueltig")
    assert value(made, "halle", "sanktionsquote", both) == (5.97, "endgueltig")


def typed(cell: str | float | None) -> str | float | None:
    """Return a number as text in German notation, with points for thousands."""
    text = f"{cell:,.6f}" if isinstance(cell, float | int) else ""
    return text.translate(str.maketrans(",.", ".,")) or cell


DRIFTS = {
    "sheet renamed": {"3.1_eLb_insg": sheet()},
    "title without number": {"Tabelle": sheet("Sanktionen gegenüber erwerbsfähigen Leistungsberechtigten (eLb)")},
    "one row up": {"3.1": sheet(above=((),))},
    "prose above": {"3.1": sheet(above=((), ("Hinweis: Wegen Revision sind Werte vorläufig.",), ("Seite 1",), ()))},
    "columns not counted": {"3.1": sheet(numbered=False)},
    "called Leistungsminderungen": {
        "3.1": [
            [cell.replace("Sanktion", "Leistungsminderung") if isinstance(cell, str) else cell for cell in row]
            for row in sheet()
        ]
    },
    "fewer columns": {"3.1": sheet(without=(4, 5))},
    "footnotes at names": {
        "3.1": sheet(rows=[(f"{row[0]} 1)", *row[1:]) if row else None for row in REGIONS])
    },
    "leading zeros lost": {
        "3.1": sheet(rows=[(row[0], row[1] and float(str(row[1])), *row[2:]) if row else None for row in REGIONS])
    },
    "numbers typed as text": {"3.1": sheet(rows=[[typed(cell) for cell in row] if row else None for row in REGIONS])},
}  # fmt: skip


@pytest.mark.parametrize("sheets", DRIFTS.values(), ids=DRIFTS)
def test_the_layout_may_drift(sheets: dict[str, list[list[str | float | None]]]) -> None:
    made = read(statistic(**sheets))

    assert not made.is_rejected, [found.message for found in made.problems]
    assert value(made, "halle", "elb") == (22781.0, "endgueltig")
    assert value(made, "hh", "elb-mit-sanktion", "arbeitslose") == (1892.0, "endgueltig")
    assert value(made, "jc-12302", "sanktionsquote") == (0.4, "endgueltig")


def test_the_month_may_stand_in_the_imprint_only() -> None:
    imprint = {"3.1": sheet(month=""), "Hinweise_": [["Berichtsmonat:", "Januar 2018"]]}
    made = read(statistic(**imprint))

    assert made.tidied is not None
    assert made.tidied.frame["period_start"].unique().to_list() == [date(2018, 1, 1)]


def test_without_a_month_nothing_is_loaded() -> None:
    made = read(statistic(**{"3.1": sheet(month="")}))

    assert made.is_rejected
    assert "no_period" in codes(made)


def test_sheets_of_different_months_are_asked_about() -> None:
    men = sheet(
        "3.2 Sanktionen gegenüber männlichen erwerbsfähigen Leistungsberechtigten",
        group="männliche ELB",
        month="Berichtsmonat Februar 2018",
    )
    made = read(statistic(**{"3.1": sheet(), "3.2": men}))

    (asked,) = [found for found in made.problems if found.code == "months_differ"]
    assert "Jan 2018 (Blatt 3.1)" in asked.message
    assert "Feb 2018 (Blatt 3.2)" in asked.message
    assert made.must_confirm


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("sanktionen-d-0-201802-xlsx.xlsx", True),
        ("sanktionen-d-0-201801.xlsx", False),
        ("JC 04402.xlsx", False),
    ],
)
def test_a_file_named_after_another_month_is_asked_about(name: str, asked: bool) -> None:
    made = read(statistic(name))

    told = [found.message for found in made.problems if found.code == "other_month_in_name"]
    assert bool(told) == asked
    assert all("von Jan 2018, der Name der Datei von Feb 2018" in each for each in told)


def test_a_number_that_does_not_belong_to_the_name_is_refused() -> None:
    moved = [("JC Magdeburg, Landeshauptstadt", "04402", *[1.0] * 10)]
    made = read(statistic(**{"3.1": sheet(rows=[*REGIONS, *moved])}))

    (refused,) = [found for found in made.problems if found.code == "key_and_name"]
    assert refused.row == 20
    assert "Halle (Saale) oder Magdeburg" in refused.message


def test_an_unknown_heading_is_told_and_not_loaded() -> None:
    wider = [
        [*row, "Bestand der Zufriedenen" if "Regionen" in row else 7.0 if len(row) == 12 else None]
        for row in sheet()
    ]
    made = read(statistic(**{"3.1": wider}))

    (told,) = [found for found in made.problems if found.code == "unknown_heading"]
    assert "bestand der zufriedenen" in told.message
    assert not made.must_confirm


def test_a_doubtful_number_is_refused_with_its_cell() -> None:
    doubtful = [("JC Halle (Saale), Stadt", "04402", *["1,234.5"] + [1.0] * 9)]
    made = read(statistic(**{"3.1": sheet(rows=doubtful)}))

    (refused,) = [found for found in made.problems if found.code == "bad_number"]
    assert (refused.sheet, refused.row, refused.value) == ("3.1", 11, "1,234.5")


def test_a_statistic_needs_no_confirmation_against_a_document(tmp_path: Path) -> None:
    document = delivery(
        "halle;ELB;2018-01;20.000;halle-amip-2020;2018-02-01", header=(*HEADER, "quelle", "datenstand")
    )
    load_extract(tmp_path, document, today=TODAY)
    report = load_extract(tmp_path, statistic(), today=TODAY)

    assert report.outcome == "loaded"
    (told,) = [found for found in report.problems if found.code == "beside_document"]
    assert "20.000 (Quelle: halle-amip-2020)" in told.message
    assert "22.781" in told.message


def test_load_retract_and_rebuild(tmp_path: Path) -> None:
    january, february = statistic(), statistic(**{"3.1": sheet(month="Berichtsmonat Februar 2018")})
    for extract in (january, february):
        assert load_extract(tmp_path, extract, today=TODAY, accept_warnings="geprüft").outcome == "loaded"
    elb = published(tmp_path).filter(
        pl.col("jobcenter") == "halle", pl.col("indicator") == "elb", pl.col("breakdown") == ""
    )
    assert elb["period_start"].to_list() == [date(2018, 1, 1), date(2018, 2, 1)]
    snapshot = current_snapshot(tmp_path)
    assert snapshot is not None
    before = export(snapshot, CATALOG)

    assert retract(tmp_path, february.id) is None
    assert published(tmp_path)["period_start"].unique().to_list() == [date(2018, 1, 1)]
    assert load_extract(tmp_path, february, today=TODAY, accept_warnings="geprüft").outcome == "loaded"
    rebuild(tmp_path)
    again = current_snapshot(tmp_path)
    assert again is not None
    assert export(again, CATALOG).equals(before)


def test_every_measure_names_a_known_indicator_and_unit() -> None:
    for format_ in load_formats():
        if format_.layout is None:
            continue
        for measure in format_.layout.measures:
            assert not measure.indicator or CATALOG.indicator(measure.indicator)
            assert not measure.unit or CATALOG.units[measure.unit]
            assert CATALOG.breakdown_name(measure.breakdown)
        for part in format_.layout.parts:
            assert part.breakdown in CATALOG.breakdowns
        assert format_.layout.source in CATALOG.sources
        assert format_.layout.time_concept in CATALOG.time_concepts


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/extracts/ba_sanktionen ist nicht da")
@pytest.mark.parametrize(
    ("month", "jobcenters", "halle", "unemployed"),
    [
        ("201801", 407, 24604.0, None),
        ("201812", 407, None, None),
        ("201901", 406, 22781.0, 7794.0),
        ("201912", 406, None, None),
    ],
)
def test_the_real_workbooks_load_without_a_hand_on_them(
    month: str, jobcenters: int, halle: float | None, unemployed: float | None
) -> None:
    made = read(Extract.from_file(REAL / f"sanktionen-d-0-{month}-xlsx.xlsx"))

    assert not made.is_rejected
    assert not made.must_confirm, [found.message for found in made.problems if found.must_confirm][:5]
    assert made.tidied is not None
    frame = made.tidied.frame
    regions = pl.col("jobcenter").is_in(list(CATALOG.regions))
    assert frame.filter(~regions)["jobcenter"].n_unique() == jobcenters
    assert frame.filter(regions)["jobcenter"].n_unique() == 19  # Deutschland, West, Ost and sixteen Länder
    assert frame["period_start"].unique().to_list() == [date(int(month[:4]), int(month[4:]), 1)]
    if halle is not None:
        assert value(made, "halle", "elb") == (halle, "endgueltig")
    if unemployed is not None:
        assert value(made, "halle", "elb", "arbeitslose") == (unemployed, "endgueltig")

"""Exports of INKAR: the indicator above every column, the year below it, Kreise with or without leading zero."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.draft import Draft, understand
from etl.extract import Extract
from warehouse.catalog import load_catalog

CATALOG = load_catalog()
TODAY = date(2026, 11, 21)
REAL = Path(__file__).parents[3] / "shared/extracts/inkar/Arbeitslosenquote.xls"
ROWS = (
    "01001;Flensburg, Stadt;krsfr. Stadt;9;8,9",
    "03353;Harburg;Landkreis;4,4;4,2",
    "15002;Halle (Saale), Stadt;krsfr. Stadt;10,8;9,9",
)


def export(
    *rows: str, head: str = "Kennziffer;Raumeinheit;Aggregat", name: str = "Arbeitslosenquote"
) -> Extract:
    """Return an export of one indicator for 2016 and 2017 as CSV."""
    lines = (f"{head};{name};{name}", ";;;2016;2017", *(rows or ROWS))
    return Extract("\r\n".join(lines).encode("cp1252"), "tabelle.csv")


def read(extract: Extract) -> Draft:
    return understand(extract, CATALOG, TODAY)


def values(frame: pl.DataFrame, area: str) -> list[tuple[object, ...]]:
    own = frame.filter(pl.col("jobcenter") == area)
    return own.select("indicator", "period_start", "period_end", "time_concept", "value").rows()


def year(number: int) -> tuple[date, date, str]:
    return date(number, 1, 1), date(number, 12, 31), "jahr"


def test_every_year_of_a_kreis_becomes_an_observation() -> None:
    made = read(export())

    assert made.format_id == "inkar"
    assert made.problems == []
    assert made.tidied is not None
    frame = made.tidied.frame
    assert values(frame, "halle") == [("alq-inkar", *year(2016), 10.8), ("alq-inkar", *year(2017), 9.9)]
    assert values(frame, "harburg") == [("alq-inkar", *year(2016), 4.4), ("alq-inkar", *year(2017), 4.2)]
    assert values(frame, "kr-01001") == [("alq-inkar", *year(2016), 9.0), ("alq-inkar", *year(2017), 8.9)]
    assert frame["data_date"].unique().to_list() == [TODAY]
    assert frame.filter(pl.col("jobcenter") == "halle")["place"][0] == "Zeile 5, Spalte »D«"


def test_leading_zeros_may_be_lost() -> None:
    made = read(export(*(row.removeprefix("0") for row in ROWS)))

    assert made.tidied is not None
    assert values(made.tidied.frame, "harburg")[0][-1] == 4.4
    assert values(made.tidied.frame, "kr-01001")[0][-1] == 9.0


def test_regions_of_another_level_are_left_out_though_their_number_reads_like_a_kreis() -> None:
    made = read(export(*ROWS, "1001;Saar;Raumordnungsregion;7,1;6,8"))

    assert made.tidied is not None
    assert made.tidied.frame.height == 6
    (told,) = made.problems
    assert "1 Zeile zu Gebieten anderer Ebenen" in told.message


def test_an_indicator_that_is_not_declared_is_told() -> None:
    made = read(export(name="Mietpreise"))

    assert sorted(found.code for found in made.problems) == [
        "nothing_to_load",
        "unknown_heading",
    ]  # once, not per year


@pytest.mark.skipif(not REAL.is_file(), reason="../shared/extracts/inkar ist nicht da")
def test_every_cell_of_the_real_export_becomes_an_observation() -> None:
    made = read(Extract.from_file(REAL))

    assert made.format_id == "inkar"
    assert not made.is_rejected
    assert not made.must_confirm
    assert made.tidied is not None
    assert made.tidied.skipped == 0
    frame = made.tidied.frame
    assert frame.height == 401 * 20  # Kreise × years 1998–2017
    assert frame["jobcenter"].n_unique() == 401
    assert frame["status"].unique().to_list() == ["endgueltig"]
    assert frame["data_date"].unique().to_list() == [date(2020, 12, 31)]
    assert values(frame, "halle")[-1] == ("alq-inkar", *year(2017), 9.9)
    assert values(frame, "nordsachsen")[0] == ("alq-inkar", *year(1998), 18.8)

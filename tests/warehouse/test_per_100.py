"""ELB and Regelleistungsberechtigte per 100 inhabitants from the real tables, recomputed from their text by nothing but csv."""

import csv
from datetime import date
from pathlib import Path

import pytest

from etl.extract import Extract
from etl.load import load_extract
from tests.etl.deliveries import published
from warehouse.catalog import load_catalog
from warehouse.formulas import computed, inputs_of

FOLDER = Path(__file__).parents[3] / "shared" / "extracts" / "regionalstatistik"
PEOPLE, COUNTED = "12411-01-01-4_00.csv", "22811-02-02-4_00.csv"
SHARES = {"rlb-je-100-einwohner": 4, "elb-je-100-einwohner": 7}
"""Indicator → column of its numerator in the table, as one counts them in a spreadsheet from 0."""

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=f"Die Tabellen liegen nicht in {FOLDER}.")


def lines(name: str) -> list[list[str]]:
    text = (FOLDER / name).read_bytes().decode("utf-8", "replace")
    return list(csv.reader(text.splitlines(), delimiter=";"))


def expected() -> dict[tuple[str, str, date], float]:
    """Return what the columns of the two files give: (key, indicator, day) → share."""
    people: dict[tuple[str, int], int] = {}
    table = lines(PEOPLE)
    heading = next(row for row in table if "31.12.2015" in row)
    for row in table:
        for column, day in enumerate(heading):
            if day and heading.index(day) == column and len(row) > column and row[column].isdigit():
                people[row[0], int(day[-4:])] = int(row[column])
    shares = {}
    for row in lines(COUNTED):
        if row[0].startswith("31.12.") and len(row) > 10:
            year = int(row[0][-4:])
            known = next((at for at in (year, year - 1) if (row[1], at) in people), None)
            for indicator, column in SHARES.items():
                if known and row[column].isdigit() and people[row[1], known]:
                    shares[row[1], indicator, date(year, 12, 31)] = (
                        int(row[column]) / people[row[1], known] * 100
                    )
    return shares


def test_the_shares_are_those_of_the_two_files(tmp_path: Path) -> None:
    for name in (PEOPLE, COUNTED):
        extract = Extract.from_file(FOLDER / name)
        assert load_extract(tmp_path, extract, who="Test", accept_warnings="geprüft").outcome == "loaded"
    catalog = load_catalog()
    areas = {entry.ags: id_ for id_, entry in catalog.jobcenters.items()}
    areas |= {entry.key: id_ for id_, entry in catalog.regions.items() if entry.kind in ("land", "bund")}

    rows = published(
        tmp_path,
        "observations_of",
        indicators=list(inputs_of(catalog, tuple(SHARES))),
        areas=list(areas.values()),
        kinds=["ist"],
    )
    found = {
        (row["jobcenter"], row["indicator"], row["period_end"]): row["value"]
        for row in computed(catalog, rows, tuple(SHARES)).iter_rows(named=True)
    }

    wanted = {
        (areas[key], name, day): share for (key, name, day), share in expected().items() if key in areas
    }
    assert found == pytest.approx(wanted)
    assert len({area for area, *_ in found}) == 5 + 16 + 1
    assert found["halle", "elb-je-100-einwohner", date(2016, 12, 31)] == pytest.approx(24960 / 236991 * 100)
    assert found["halle", "elb-je-100-einwohner", date(2015, 12, 31)] == pytest.approx(23559 / 236991 * 100)
    assert found["de", "rlb-je-100-einwohner", date(2016, 12, 31)] == pytest.approx(5972889 / 82175684 * 100)

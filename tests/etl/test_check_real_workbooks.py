"""The checks over the 24 real workbooks »Sanktionen (Monatszahlen)« 2018 and 2019: the true oddities and hardly
anything else.

The workbooks are not part of the product; where they are not beside the repository these tests are skipped.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from etl.check import check
from etl.problem import Problem
from etl.tidy import Tidied
from tests.etl.observations import CATALOG, frame, month, observation

FOLDER = Path(__file__).parents[3] / "shared" / "extracts" / "ba_sanktionen"
MONTHS = [f"{year}-{number:02}" for year in (2018, 2019) for number in range(1, 13)]
COLUMNS = {6: "elb", 9: "arbeitslose-sgb2"}
AREAS = {"Deutschland": "de", "Westdeutschland": "west", "Ostdeutschland": "ost"}
SIGNS = {".": "nicht_verfuegbar", "*": "anonymisiert"}

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=f"Die Arbeitsmappen liegen nicht in {FOLDER}.")


@pytest.fixture(scope="module")
def found() -> dict[str, list[Problem]]:
    """Return what the checks say about each month, everything before it known."""
    said, deliveries, names = {}, [], {}
    for text in MONTHS:
        rows, named = _read(text)
        names |= named
        known = pl.concat([frame(), *deliveries])
        deliveries.append(frame(*rows))
        said[text] = check(Tidied("observations", deliveries[-1], 0), CATALOG, "3.1", known, names)[1]
    return said


def _read(text: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return ELB and unemployed ELB of Jobcenter, Deutschland, West and Ost, and the names of the Jobcenter."""
    book = CalamineWorkbook.from_path(FOLDER / f"sanktionen-d-0-{text.replace('-', '')}-xlsx.xlsx")
    rows, names = [], {}
    for number, cells in enumerate(book.get_sheet_by_name("3.1 ELB insg").to_python(), 1):
        name, key = str(cells[0]).strip(), str(cells[1]).strip()
        area = AREAS.get(name, key)
        if name not in AREAS and not re.fullmatch("[0-9]{5}", key):
            continue
        names[area] = name
        for column, indicator in COLUMNS.items():
            value = cells[column]
            stated = SIGNS.get(value, value) if isinstance(value, str) else float(value)  # type: ignore[arg-type]
            own = {"jobcenter": area, "indicator": indicator, "row": number}
            rows.append(observation(stated, period=text, data_date=month(text)["period_end"], **own))
    return rows, names


def test_no_month_needs_a_hand(found: dict[str, list[Problem]]) -> None:
    assert [entry.message for said in found.values() for entry in said if entry.must_confirm] == []


def test_the_new_landkreis_rostock_is_recognised(found: dict[str, list[Problem]]) -> None:
    (grown,) = [entry for said in found.values() for entry in said if entry.code == "territory"]
    assert grown in found["2019-01"]
    assert (grown.value, grown.expected) == ("JC Landkreis Rostock", "JC Bad Doberan")


def test_the_jumps_are_few_and_true(found: dict[str, list[Problem]]) -> None:
    jumps = [(text, entry) for text, said in found.items() for entry in said if entry.code == "jump"]
    assert [(text, entry.value) for text, entry in jumps] == [
        ("2018-03", "3.167"),
        ("2019-10", "2.079"),
    ]
    assert "JC Oder-Spree, Okt 2019, im Zeitraum davor 3.677, ein Jahr davor 4.020" in jumps[1][1].message


def test_the_months_in_which_a_jobcenter_did_not_deliver_are_named(found: dict[str, list[Problem]]) -> None:
    missing = {
        text: entry.value for text, said in found.items() for entry in said if entry.code == "fewer_areas"
    }
    assert missing["2019-08"] == "JC Schmalkalden-Meiningen, JC Ennepe-Ruhr-Kreis, JC Main-Kinzig-Kreis"
    assert missing["2019-01"] == "JC Bad Doberan"


def test_nothing_else_is_said(found: dict[str, list[Problem]]) -> None:
    counts = Counter(entry.code for said in found.values() for entry in said)
    assert counts.keys() <= {"territory", "jump", "fewer_areas", "more_areas"}
    assert counts.total() < 20

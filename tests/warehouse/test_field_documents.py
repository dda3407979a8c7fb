"""The transcribed fields keep their promises: own short titles, each once, with a place one can look up."""

import csv
from pathlib import Path

import pytest

from warehouse.catalog import load_catalog

DOCUMENTS = Path(__file__).parents[2] / "etl" / "documents"
KNOWN = load_catalog()
LONGEST_TITLE = 8  # words


@pytest.mark.parametrize("jobcenter", KNOWN.jobcenters)
def test_titles_are_short_and_named_once_and_every_row_has_its_place(jobcenter: str) -> None:
    with (DOCUMENTS / f"{jobcenter}_handlungsfelder.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    seen = set()
    for row in rows:
        assert 0 < len(row["bezeichnung"].split()) <= LONGEST_TITLE, row
        assert row["fundstelle"], row
        assert row["zeile"].isdigit(), row
        assert row["art"] in KNOWN.field_kinds, row
        assert row["kategorie"] in KNOWN.field_categories, row
        key = (row["art"], row["bezeichnung"].casefold(), row["ende"])
        assert key not in seen, row
        seen.add(key)

"""The reference book: found by any name, contradictions lead to a series that exists."""

import polars as pl

from warehouse.catalog import load_catalog
from warehouse.dictionary import figures_by_area, find_indicators, first_series, of_documents

KNOWN = load_catalog()
SERIES = pl.DataFrame(
    {
        "indicator": ["elb", "elb.vj-prozent", "elb", "anteil-personal", "beschaeftigte"],
        "breakdown": ["", "", "frauen", "befristet", ""],
        "jobcenter": ["halle", "halle", "de", "harburg", "harburg"],
        "figures": [3, 2, 5, 1, 1],
    }
)


def test_an_indicator_is_found_by_code_name_and_spelling() -> None:
    assert [entry.id for entry in find_indicators(KNOWN, "K2E3")] == ["k2e3"]
    assert "lzb" in [entry.id for entry in find_indicators(KNOWN, "langzeitleistungsbezieher")]
    assert find_indicators(KNOWN, "gibt es nicht") == []
    assert {entry.topic for entry in find_indicators(KNOWN, topic="finanzen")} == {"finanzen"}


def test_changes_count_with_their_indicator_and_regions_do_not_count() -> None:
    assert figures_by_area(KNOWN, SERIES)["elb"] == {"halle": 5}


def test_a_contradiction_leads_to_the_part_it_speaks_of() -> None:
    assert first_series(SERIES, "harburg", "beschaeftigte|anteil-personal", "befristet") == (
        "anteil-personal",
        "befristet",
    )
    assert first_series(SERIES, "harburg", "beschaeftigte", "frauen") == ("beschaeftigte", "")
    assert first_series(SERIES, "halle", "lza", "") is None


def test_a_contradiction_about_a_region_belongs_to_the_document_that_contains_it() -> None:
    rows = pl.DataFrame({"jobcenter": ["ni", "halle"], "source": ["harburg-amip-2022", "unbekannt"]})
    assert of_documents(KNOWN, rows)["owner"].to_list() == ["harburg", "halle"]

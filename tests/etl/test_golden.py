"""Delivered files found by glob: for each file, `<name>.expected.json` says what `check` must answer.

A new sample is a new test: put the file there, write what is expected beside it. The day of loading is 2020-12-31.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from etl.extract import Extract
from etl.readings import Readings
from etl.review import review
from etl.verdict import check_extract
from warehouse.catalog import load_catalog

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2020, 12, 31)


SAMPLES = {path.stem: path for path in sorted(GOLDEN.iterdir()) if path.suffix != ".json"}


def _names() -> list[str]:
    return sorted(SAMPLES)


@pytest.mark.parametrize("name", _names())
def test_check_answers_as_expected(name: str, tmp_path: Path) -> None:
    expected = json.loads((GOLDEN / f"{name}.expected.json").read_text(encoding="utf-8"))

    report = check_extract(tmp_path, Extract.from_file(SAMPLES[name]), today=DAY).as_dict()

    assert len(report.pop("extract_id")) == 64
    assert report == expected
    assert list(tmp_path.iterdir()) == [], "check writes nothing"


@pytest.mark.parametrize("name", _names())
def test_every_message_is_a_german_sentence_that_names_the_file(name: str, tmp_path: Path) -> None:
    report = check_extract(tmp_path, Extract.from_file(SAMPLES[name]), today=DAY)

    for problem in report.problems:
        assert problem.message.startswith(f"Datei {SAMPLES[name].name}")
        assert problem.message.endswith((".", "?"))
        if problem.row is not None:
            assert f"Zeile {problem.row}" in problem.message.partition(":")[0]
        if problem.column:
            assert f"Spalte »{problem.column}«" in problem.message.partition(":")[0]
        if problem.value:
            assert problem.value in problem.message


@pytest.mark.parametrize("name", _names())
def test_the_page_gives_the_verdict_of_the_command_line(name: str, tmp_path: Path) -> None:
    extract = Extract.from_file(SAMPLES[name])

    line, kept = check_extract(tmp_path, extract, today=DAY), Readings()
    for _ in range(2):  # read, and what was set aside of it
        page = review(tmp_path, extract, load_catalog(), DAY, kept.understand)
        assert (page.outcome, page.draft.counts, page.draft.problems) == (
            line.outcome,
            line.counts,
            line.problems,
        )


def test_every_sample_has_an_expectation_and_the_other_way_round() -> None:
    assert _names() == sorted(path.name.removesuffix(".expected.json") for path in GOLDEN.glob("*.json"))

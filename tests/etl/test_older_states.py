"""Every question asked as of an act gives what it gave right after this act, when the warehouse knew nothing else."""

import random
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from etl import log
from etl import published as published_
from etl.extract import Extract
from etl.load import retract
from tests.etl.deliveries import delivery
from tests.etl.regional import genesis
from tests.etl.test_states import DATED, asked, load
from warehouse.areas import Ask
from warehouse.questions import SQL_FOLDER, statement
from warehouse.since import changed_between, since
from warehouse.snapshots import current_snapshot

AREAS, INDICATORS, BREAKDOWNS = ["halle", "harburg", "magdeburg"], ["bg", "elb"], ["", "frauen"]
NOT_OF_STATES = {"read_everything", "unsorted_loads", "has_columns", "changed_periods"}
"""What is asked about the file of a snapshot or about how two states differ, not about what is known."""
IN_ANY_ORDER = {"known_observations", "observations_of", "wholes_of"}
"""What does not say in which order rows of several sources stand."""
GIVEN: dict[str, list[object]] = {
    "areas": [AREAS, ["halle"]],
    "indicators": [INDICATORS, ["elb"]],
    "breakdowns": [BREAKDOWNS, [""]],
    "jobcenters": [["halle"]],
    "kinds": [["ist", "soll"]],
    "statistics": [["amt-a"]],
    "first": [date(2019, 2, 1), date(1990, 1, 1)],
    "last": [date(2019, 3, 31), date(2060, 12, 31)],
    "start": [date(2019, 2, 1), date(2019, 1, 1)],
    "end": [date(2019, 2, 28), date(2019, 12, 31)],
    "time_concept": ["stichtag", "jahr"],
    "area": ["halle", "harburg"],
    "indicator": ["elb", "bg"],
    "breakdown": ["", "frauen"],
    "ends": [[date(2019, 12, 31), date(2019, 2, 28)], [date(2019, 1, 31)]],
    "extract": ["none"],
    "entry": ["none"],
}
"""What is given for each parameter of a question, first and second time it is asked."""


def questions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every question of `warehouse/sql`, each asked twice where its parameters allow."""
    for path in sorted(SQL_FOLDER.glob("*.sql")):
        text = re.sub(r"--.*\n", "", statement(path.stem)).strip()
        if path.stem not in NOT_OF_STATES and re.match(r"(with|select)\b", text):
            names = sorted(set(re.findall(r"\$(\w+)", text)))
            for turn in range(2 if names else 1):
                yield path.stem, {name: GIVEN[name][turn % len(GIVEN[name])] for name in names}


def any_delivery(rng: random.Random) -> Extract:
    rows = {}
    for _ in range(rng.randint(12, 20)):
        quantity = rng.choice([("ELB", ""), ("ELB", "frauen"), ("BG", "")])
        period = rng.choice(["2018", "2019"] if quantity[0] == "BG" else ["2019-01", "2019-02", "2019-03"])
        source, kind = rng.choice(["Amt A", "Amt B"]), rng.choice(["ist", "ist", "soll"])
        key = (rng.choice(["halle", "halle", *AREAS]), *quantity, period)
        said = (rng.choice(["1", "2", "*", "3"]), rng.choice(["2020-01-31", "2020-02-29"]))
        rows[(*key, source, kind)] = ";".join((*key, *said, source, kind))
    header = ("jobcenter", "kennzahl", "merkmal", *DATED[2:], "art")
    return delivery(*rows.values(), header=header, name=f"{rng.random()}.csv")


@pytest.mark.parametrize("number", range(2))
def test_every_question_is_answered_as_right_after_every_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    if number:  # derive load by load, as at national size
        monkeypatch.setattr(published_, "SHORTEST", 0)
        monkeypatch.setattr(published_, "MOST_LOADS", 4)
    rng = random.Random(number)
    right_after: dict[int, list[pl.DataFrame]] = {}
    while len(right_after) < 6:
        active = log.active(log.read_log(tmp_path))
        if len(active) > 1 and len(right_after) % 3 == 2:
            assert retract(tmp_path, rng.choice(active).extract, who="Test") is None
        else:
            load(tmp_path, any_delivery(rng))
        last = log.read_log(tmp_path)[-1]
        if current_snapshot(tmp_path) is not None and last.act in (log.LOADED, log.RETRACTED):
            right_after[last.no] = [asked(tmp_path, name, **given) for name, given in questions()]

    assert {log.LOADED, log.RETRACTED} <= {entry.act for entry in log.read_log(tmp_path)}
    differ = {frame.height for answers in right_after.values() for frame in answers}
    assert len(differ) > 10, "answers of one height everywhere would prove little"
    check_what_changed(tmp_path, sorted(right_after))
    for act in rng.sample(sorted(right_after), len(right_after)):  # as people ask
        for (name, given), expected in zip(questions(), right_after[act], strict=True):
            told = f"{name} as of {act}, given {given}"
            try:
                found = asked(tmp_path, name, act, **given)
                is_ordered = "\norder by" in statement(name) and name not in IN_ANY_ORDER
                assert_frame_equal(found, expected, check_row_order=is_ordered)
            except AssertionError as error:
                raise AssertionError(told) from error


def check_what_changed(folder: Path, acts: list[int]) -> None:
    """Compare what is read to tell two states apart with the whole of both."""

    def state(act: int | None) -> Ask:
        return lambda name, /, **given: asked(folder, name, act, **given)

    for then, now in [*pairwise(acts), (acts[0], None)]:
        older = [state(each) for each in (then, now) if each]
        for area in AREAS:
            both = [state(act)("values_of_area", area=area) for act in (then, now)]
            found = changed_between(state(then), state(now), older, area)
            assert_frame_equal(found, since(*both))


def test_periods_of_other_areas_are_those_of_the_state(tmp_path: Path) -> None:
    """A Kreis beyond the catalog: two years of one table, then another table that ends on the same day as the second of them."""
    given = {"indicators": ["rlb", "arbeitslose"], "breakdowns": [""], "jobcenters": []}
    right_after = {}
    for table, period in (
        ("22811-02-02-4", "31.12.2015"),
        ("22811-02-02-4", "31.12.2016"),
        ("13211-02-05-4", "2016"),
    ):
        assert load(tmp_path, genesis(table, period=period)) == "loaded"
        right_after[log.read_log(tmp_path)[-1].no] = asked(tmp_path, "reported_periods", **given)
    assert [frame.height for frame in right_after.values()] == [1, 2, 3]
    for act, expected in right_after.items():
        assert_frame_equal(asked(tmp_path, "reported_periods", act, **given), expected)

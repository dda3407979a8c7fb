"""Courses of a group: only exact values count, indexes and changes are made area by area, too few give no band."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from tests.warehouse.test_comparison import CATALOG, frame
from tests.warehouse.test_formulas import monthly
from warehouse.areas import FIRST_DAY, LAST_DAY
from warehouse.catalog import Event
from warehouse.events import broken_between
from warehouse.guests import with_guests
from warehouse.peer_bands import COURSE, as_changes, as_index, bands, peer_courses
from warehouse.questions import ask as ask_snapshot
from warehouse.snapshots import current_snapshot

JANUARY = date(2018, 1, 1)
BREAK = Event(
    "x",
    "Neue Software",
    "oertlich",
    date(2018, 2, 1),
    "",
    "Vermerk",
    indicators=("elb",),
    areas=("a",),
    breaks=True,
)
"""A break that concerns one area alone, as a loaded table says."""
ASKED = [
    "jobcenter", "time_concept", "period_start", "period_end", "value", "source", "precision", "contradicted"
]  # fmt: skip
"""What the question `peer_courses` answers."""


def of(area: str, *values: float | None, indicator: str = "elb", **more: object) -> list[dict[str, object]]:
    return [{**row, "jobcenter": area} for row in monthly(indicator, (2018, 1), *values, **more)]


def courses(
    *rows: dict[str, object], indicator: str = "elb", concept: str = "", breaks: Sequence[Event] | None = None
) -> pl.DataFrame:
    known = frame(*rows)

    def ask(name: str, /, **asked: Any) -> pl.DataFrame:
        of_areas = known.filter(pl.col("jobcenter").is_in(asked["areas"]))
        if name == "peer_courses":
            return of_areas.filter(pl.col("indicator") == asked["indicator"]).select(ASKED)
        assert name == "series_of_areas"
        return of_areas.filter(pl.col("indicator").is_in(asked["indicators"]))

    areas = sorted({str(row["jobcenter"]) for row in rows})
    return peer_courses(CATALOG, ask, indicator, "", areas, concept, breaks)


def test_only_exact_values_are_part_of_a_course() -> None:
    found = courses(
        *of("a", 1.0, None),
        *of("b", 2.0, precision="ungefaehr"),
        *of("c", 3.0, contradicted=True),
        *of("d", 4.0),
    )
    assert found.schema == COURSE
    assert found.select("jobcenter", "value").rows() == [("a", 1.0), ("d", 4.0)]


def test_of_several_sources_the_one_that_most_areas_have_speaks() -> None:
    rows = [*of("a", 1.0, source="wide"), *of("b", 2.0, source="wide"), *of("a", 9.0, source="narrow")]
    assert courses(*rows)["value"].to_list() == [1.0, 2.0]


@given(seed=st.integers(0, 1000))
def test_the_order_of_what_is_asked_changes_no_course(seed: int) -> None:
    rows = [
        *of("a", 1.0, 2.0, source="wide"), *of("b", 3.0, None, source="wide"), *of("a", 9.0, 9.0, source="narrow"),
        *of("c", 4.0, 4.0, source="narrow"), *of("c", 4.0, source="narrow"), *of("b", 5.0, 6.0, source="alone"),
        *of("d", 7.0, source="wide"),
    ]  # fmt: skip
    found = courses(*random.Random(seed).sample(rows, len(rows)))
    assert found.select("jobcenter", "period_start", "value").rows() == [
        ("a", JANUARY, 1.0), ("a", date(2018, 2, 1), 2.0), ("b", JANUARY, 3.0), ("b", date(2018, 2, 1), 6.0),
        ("c", JANUARY, 4.0), ("c", date(2018, 2, 1), 4.0), ("d", JANUARY, 7.0),
    ]  # fmt: skip


def test_peer_courses_are_asked_as_every_series_is(synthetic: Path) -> None:
    snapshot = current_snapshot(synthetic)
    assert snapshot is not None
    areas = ask_snapshot(snapshot, "areas")["id"].to_list()
    whole = {"first": FIRST_DAY, "last": LAST_DAY, "areas": areas}
    every = ask_snapshot(snapshot, "series_of_areas", indicators=["elb"], breakdowns=["frauen"], **whole)
    found = ask_snapshot(snapshot, "peer_courses", indicator="elb", breakdown="frauen", areas=areas)
    assert found.height > 400
    assert_frame_equal(found.select(ASKED), every.select(ASKED), check_row_order=False, check_exact=True)


def test_derived_and_computed_courses_follow_the_same_rules() -> None:
    stock = [*of("a", *[100.0] * 12, 90.0), *of("b", *[50.0] * 13)]
    assert courses(*stock, concept="gjdw")["value"].to_list() == pytest.approx([100.0, 1190 / 12, 50.0, 50.0])
    assert courses(*stock, indicator="k1e2")["value"].to_list() == pytest.approx([-10.0, 0.0])


def test_bands_are_quantiles_of_the_members_and_none_of_too_few() -> None:
    found = courses(*(row for number in range(1, 7) for row in of(f"jc-{number}", float(number))))
    (band,) = bands(found, [f"jc-{number}" for number in range(1, 6)], least=5).iter_rows(named=True)
    assert (band["n"], band["p25"], band["median"], band["p75"]) == (5, 2.0, 3.0, 4.0)
    (few,) = bands(found, ["jc-1", "jc-2"], least=5).iter_rows(named=True)
    assert (few["n"], few["median"]) == (2, None)


def test_an_index_needs_the_start_and_a_change_both_months() -> None:
    found = courses(*of("a", 200.0, 150.0), *of("b", None, 60.0))
    assert as_index(found, JANUARY).select("jobcenter", "value").rows() == [("a", 100.0), ("a", 75.0)]
    assert as_changes(CATALOG, found, "elb", "1mo").select("jobcenter", "value").rows() == [("a", -25.0)]
    rates = courses(*of("a", 4.0, 3.5, indicator="sanktionsquote"), indicator="sanktionsquote")
    assert as_changes(CATALOG, rates, "sanktionsquote", "1mo")["value"].to_list() == [-0.5]


def test_nothing_is_computed_across_a_break_of_one_area() -> None:
    rows = [*of("a", 200.0, 150.0, 90.0), *of("b", 100.0, 90.0, 81.0)]
    found = courses(*rows, breaks=[BREAK])
    changes = as_changes(CATALOG, found, "elb", "1mo")
    assert [(area, round(value, 6)) for area, value in changes.select("jobcenter", "value").rows()] == [
        ("a", -40.0), ("b", -10.0), ("b", -10.0),
    ]  # fmt: skip
    assert as_index(found, JANUARY).filter(pl.col("jobcenter") == "a")["value"].to_list() == [100.0]
    year = [*of("a", *[100.0] * 12, 90.0), *of("b", *[50.0] * 13)]
    assert courses(*year, indicator="k1e2", breaks=[BREAK])["jobcenter"].to_list() == ["b"]
    assert set(courses(*year, concept="gjdw", breaks=[BREAK])["jobcenter"]) == {"a", "b"}
    ends = (date(2018, 1, 31), date(2018, 2, 28))
    assert broken_between(CATALOG, [BREAK], "elb", ("a", "b"), ends) == {"a"}
    assert broken_between(CATALOG, [BREAK], "lzb", ("a", "b"), ends) == frozenset()


def test_guests_stand_behind_the_jobcenter_of_the_catalog_and_change_nothing_else() -> None:
    both = with_guests(CATALOG, {"jc-1": "JC Probe", "halle": "x"}, ["jc-1", "halle"])
    assert list(both.jobcenters) == [*CATALOG.jobcenters, "jc-1"]
    assert both.area_name("jc-1") == "JC Probe"
    assert both.jobcenters["halle"] == CATALOG.jobcenters["halle"]
    assert both.jobcenters["jc-1"].colour not in {entry.colour for entry in CATALOG.jobcenters.values()}
    assert with_guests(CATALOG, {}, []) is CATALOG

"""Sums beside printed totals, amounts per head only of one time, and what is measured at all."""

from datetime import date

import polars as pl

from tests.warehouse.test_comparison import CATALOG, YEAR, value
from warehouse.calculations import ratios, sums
from warehouse.drawable import Form, drawables
from warehouse.measured import measurements
from warehouse.schema import CURRENT

BEFORE = (date(2017, 1, 1), date(2017, 12, 31))


def frame(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=CURRENT)


def planned(indicator: str, amount: float) -> dict[str, object]:
    return value("halle", indicator, *BEFORE, value=amount, kind="plan", time_concept="planjahr")


def test_a_printed_total_is_shown_beside_the_sum_of_its_parts() -> None:
    found = sums(CATALOG, frame(planned("egt", 27160.0), planned("vk", 28132.0), planned("budget", 55298.0)))
    assert found["part"].to_list() == ["egt", "vk"]
    assert set(found.select("printed", "recomputed", "difference").rows()) == {(55298.0, 55292.0, -6.0)}


def test_a_missing_part_is_no_zero() -> None:
    found = sums(CATALOG, frame(planned("egt", 8388.0)))
    assert found.select("recomputed", "printed", "difference").rows() == [(None, None, None)]


def spent(**more: object) -> dict[str, object]:
    return value("halle", "kdu-ausgaben", *YEAR, value=12000.0, time_concept="jahr", **more)


def households(**more: object) -> dict[str, object]:
    return {**value("halle", "kdu-bg", *YEAR, value=2000.0, time_concept="jdw"), **more}


def test_an_amount_per_head_and_month() -> None:
    (found,) = ratios(CATALOG, frame(spent(), households())).rows(named=True)
    assert (found["ratio"], found["value"], found["denominator"]) == ("kdu-je-bg", 500.0, 2000.0)


def test_nothing_is_divided_by_another_time_or_a_contradicted_number() -> None:
    other_year = households(period_start=BEFORE[0], period_end=BEFORE[1])
    for denominator in (
        other_year,
        households(time_concept="stichtag"),
        households(contradicted=True),
        households(source="y"),
    ):
        assert ratios(CATALOG, frame(spent(), denominator)).is_empty()


def test_a_ratio_is_as_uncertain_as_its_inputs() -> None:
    (found,) = ratios(CATALOG, frame(spent(status="unsicher"), households(precision="ungefaehr"))).rows(
        named=True
    )
    assert (found["status"], found["precision"]) == ("unsicher", "ungefaehr")


def test_measured_goes_before_aimed_and_neutral_figures_are_not_judged() -> None:
    rows = frame(
        value("me-aktiv", "prozessindex", *BEFORE, value=100.0),
        value("me-aktiv", "prozessindex", *YEAR, value=105.0, kind="soll"),
        value("nordsachsen", "bearbeitungsdauer", *YEAR, value=14.0, kind="soll", breakdown="neuantraege"),
    )
    found = {
        (row["indicator"], row["jobcenter"]): row
        for row in measurements(CATALOG, rows, ("qualitaet",)).rows(named=True)
    }
    assert found["prozessindex", "me-aktiv"]["state"] == "measured"
    assert found["prozessindex", "me-aktiv"]["last_end"] == BEFORE[1]
    assert found["bearbeitungsdauer", "nordsachsen"]["state"] == "aimed"
    assert found["kundenzufriedenheit", "halle"]["state"] == "none"
    assert ("kundenbefragungen-jahr", "halle") not in found


def test_two_years_are_a_course_and_a_lonely_value_is_none() -> None:
    two = frame(
        value("halle", "kdu-bg", *BEFORE, time_concept="jdw"),
        value("halle", "kdu-bg", *YEAR, time_concept="jdw"),
    )
    assert [(found.form, found.rows.height) for found in drawables(CATALOG, two, ["kdu-bg"])] == [
        (Form.YEARS, 2)
    ]
    assert drawables(CATALOG, two.head(1), ["kdu-bg"]) == []


def test_a_quoted_region_is_something_to_hold_a_value_against() -> None:
    rows = frame(value("harburg", "luh-bg", *YEAR, value=593.0), value("ni", "luh-bg", *YEAR, value=481.0))
    assert [(found.form, found.rows.height) for found in drawables(CATALOG, rows, ["luh-bg"])] == [
        (Form.VALUES, 2)
    ]

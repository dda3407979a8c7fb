"""The Vergleichbarkeitsstufe: computed from catalog and data, symmetric, and never kinder than the facts."""

from datetime import date
from itertools import product

import polars as pl
import pytest

from warehouse.catalog import load_catalog
from warehouse.comparison import Level, compare_family, compare_values
from warehouse.schema import CURRENT

CATALOG = load_catalog()


def value(jobcenter: str, indicator: str, start: date, end: date, **more: object) -> dict[str, object]:
    """Return a row with CURRENT columns; what is not given has the usual value."""
    usual: dict[str, object] = {
        "breakdown": "", "time_concept": "stichtag", "kind": "ist", "value": 1.0, "status": "endgueltig", "precision": "exakt",
        "source": "x", "data_date": end, "place": "", "line": "", "note": "", "row": 1, "extract": "", "load_no": 1,
        "contradicted": False, "confidential": False,
    }  # fmt: skip
    return {
        **usual,
        "jobcenter": jobcenter,
        "indicator": indicator,
        "period_start": start,
        "period_end": end,
        **more,
    }


JUNE = (date(2019, 6, 1), date(2019, 6, 30))
JULY = (date(2019, 7, 1), date(2019, 7, 31))
YEAR = (date(2018, 1, 1), date(2018, 12, 31))
THREE_YEARS = (date(2015, 1, 1), date(2018, 12, 31))
TWO_YEARS = (date(2017, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        (value("halle", "elb", *JUNE), value("magdeburg", "elb", *JUNE), Level.A),
        (value("halle", "elb", *JUNE), value("magdeburg", "elb", *JULY), Level.B),
        (value("halle", "elb", *JUNE), value("nordsachsen", "elb", *YEAR, time_concept="jdw"), Level.C),
        (
            value("magdeburg", "arbeitslose-sgb2", *JUNE),
            value("halle", "elb", *JUNE, breakdown="arbeitslose"),
            Level.C,
        ),
        (value("halle", "elb", *JUNE), value("magdeburg", "lzb", *JUNE), Level.D),
        (value("halle", "elb", *JUNE), value("magdeburg", "elb", *JUNE, breakdown="frauen"), Level.D),
        (value("halle", "elb", *JUNE), value("magdeburg", "elb", *JUNE, kind="prognose"), Level.D),
        (value("halle", "elb", *JUNE), value("magdeburg", "elb.vj-prozent", *JUNE), Level.D),
        (
            value("halle", "elb.span-prozent", *THREE_YEARS, time_concept="spanne"),
            value("magdeburg", "elb.span-prozent", *TWO_YEARS, time_concept="spanne"),
            Level.C,
        ),
    ],
)
def test_level_of_two_values(first: dict[str, object], second: dict[str, object], level: Level) -> None:
    assert compare_values(CATALOG, first, second) is level
    assert compare_values(CATALOG, second, first) is level


def test_level_is_symmetric_and_a_value_is_comparable_to_itself() -> None:
    values = [
        value("halle", indicator, *period, time_concept=concept, breakdown=breakdown)
        for indicator, breakdown in (("elb", ""), ("elb", "lza"), ("lza", ""), ("iq", ""), ("k2", ""))
        for period, concept in ((JUNE, "stichtag"), (YEAR, "jdw"), (YEAR, "jahr"))
    ]
    for first, second in product(values, repeat=2):
        assert compare_values(CATALOG, first, second) is compare_values(CATALOG, second, first)
    assert all(compare_values(CATALOG, one, one) is Level.A for one in values)


def frame(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=CURRENT)


def test_a_shared_period_is_compared_and_the_rest_is_told_not_dropped() -> None:
    rows = frame(
        value("halle", "elb", *JUNE, value=22389.0),
        value("magdeburg", "elb", *JUNE, value=19500.0),
        value("halle", "elb", *JULY, value=22374.0),
        value("nordsachsen", "elb", *YEAR, time_concept="jdw", value=10973.0),
    )
    (found,) = compare_family(CATALOG, rows)
    assert found.level is Level.A
    assert found.rows["value"].to_list() == [22389.0, 19500.0]
    assert sorted(found.others["value"].to_list()) == [10973.0, 22374.0]


def test_undated_values_share_no_period_even_where_the_documents_have_the_same_one() -> None:
    rows = frame(
        value("halle", "elb", *YEAR, time_concept="dokumentstand"),
        value("magdeburg", "elb", *YEAR, time_concept="dokumentstand"),
    )
    (found,) = compare_family(CATALOG, rows)
    assert found.level is Level.C


def test_of_several_shared_periods_the_one_of_most_jobcenters_wins_then_the_newest() -> None:
    rows = frame(
        *(value(jobcenter, "elb", *JUNE) for jobcenter in ("halle", "magdeburg", "harburg")),
        *(value(jobcenter, "elb", *JULY) for jobcenter in ("halle", "magdeburg")),
    )
    (found,) = compare_family(CATALOG, rows)
    assert found.jobcenters == ["halle", "magdeburg", "harburg"]
    assert set(found.rows["period_end"]) == {JUNE[1]}


def test_one_jobcenter_alone_is_not_comparable_and_a_missing_value_does_not_count() -> None:
    alone = value("halle", "elb", *JUNE)
    missing = value("magdeburg", "elb", *JUNE, value=None, status="anonymisiert")
    (found,) = compare_family(CATALOG, frame(alone, missing))
    assert found.level is Level.D
    assert found.jobcenters == ["halle"]


def test_alike_quantities_of_two_jobcenters_are_level_c() -> None:
    rows = frame(
        value("magdeburg", "arbeitslose-sgb2", *JUNE), value("halle", "elb", *JUNE, breakdown="arbeitslose")
    )
    assert [(found.indicator, found.level) for found in compare_family(CATALOG, rows)] == [
        ("arbeitslose-sgb2", Level.C),
        ("elb", Level.C),
    ]


def test_a_plan_is_compared_with_plans_and_never_with_an_ist() -> None:
    rows = frame(
        value("halle", "egt", *YEAR, time_concept="planjahr", kind="plan", value=24120.0),
        value("me-aktiv", "egt", *YEAR, time_concept="planjahr", kind="plan", value=19413.5),
        value("harburg", "egt", *YEAR, time_concept="planjahr", kind="ist", value=8000.0),
    )
    found = {entry.kind: (entry.level, entry.jobcenters) for entry in compare_family(CATALOG, rows)}
    assert found == {"plan": (Level.A, ["halle", "me-aktiv"]), "ist": (Level.D, ["harburg"])}


def test_of_periods_that_end_together_the_month_goes_before_the_year() -> None:
    december, year = (date(2018, 12, 1), date(2018, 12, 31)), YEAR
    rows = frame(
        *(value(jobcenter, "elb", *december) for jobcenter in ("halle", "harburg")),
        *(value(jobcenter, "elb", *year, time_concept="jahr") for jobcenter in ("halle", "harburg")),
    )
    (found,) = compare_family(CATALOG, rows)
    assert set(found.rows["time_concept"]) == {"stichtag"}


def test_single_months_stay_told_beside_the_course_of_another_jobcenter() -> None:
    """Values computed here share one row number: a course of Halle must not take away the months of Harburg."""
    months = [(date(2019, month, 1), date(2019, month + 1, 1) - date.resolution) for month in range(1, 12)]
    course = [value("halle", "k1e2", *month, row=0, extract="", source="own") for month in months]
    single = [
        value("harburg", "k1e2", *month, row=0, extract="", source="own", value=9.0) for month in months[-2:]
    ]
    (found,) = compare_family(CATALOG, frame(*course, *single))

    earlier, others = found.earlier
    assert set(earlier["jobcenter"]) == {"halle"}
    assert others.select("jobcenter", "value").rows() == [("harburg", 9.0)]
    assert earlier.height + others.height == found.others.height

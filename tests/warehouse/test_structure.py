"""Shares from counts only with a whole of the same time; what is left over is told; the document's table is put together."""

from datetime import date

import polars as pl
import pytest

from tests.warehouse.test_comparison import CATALOG, JULY, JUNE, value
from warehouse.printed_tables import printed_tables
from warehouse.remainders import are_whole, remainders
from warehouse.schema import CURRENT
from warehouse.structure import newest_months, shares, uncounted


def frame(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=CURRENT)


WHOLE = value("halle", "bg", *JUNE, value=1000.0)
SINGLE = value("halle", "bg", *JUNE, breakdown="single", value=600.0)
COUPLES = value("halle", "bg", *JUNE, breakdown="partner-ohne-kinder", value=300.0)


def test_a_count_becomes_a_share_where_the_whole_has_the_same_time() -> None:
    found = shares(CATALOG, frame(WHOLE, SINGLE))
    assert found.select("value", "count", "whole", "own", "precision").rows() == [
        (60.0, 600.0, 1000.0, True, "exakt")
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"period_start": JULY[0], "period_end": JULY[1]},
        {"time_concept": "jdw"},
        {"source": "y"},
        {"kind": "prognose"},
        {"precision": "ueber"},
    ],
)
def test_no_share_is_guessed_from_another_time_source_or_limit(other: dict[str, object]) -> None:
    rows = frame({**WHOLE, **other}, SINGLE)
    found = shares(CATALOG, rows)
    assert found.is_empty()
    assert uncounted(CATALOG, rows, found)["breakdown"].to_list() == ["single"]


def test_two_exact_wholes_make_no_share_but_exact_goes_before_approximate() -> None:
    assert shares(CATALOG, frame(WHOLE, {**WHOLE, "value": 1200.0}, SINGLE)).is_empty()
    found = shares(CATALOG, frame({**WHOLE, "value": 990.0, "precision": "ungefaehr"}, WHOLE, SINGLE))
    assert found["whole"].to_list() == [1000.0]


def test_a_printed_share_is_not_computed_again_and_keeps_its_count() -> None:
    printed = value("halle", "anteil-bg", *JUNE, breakdown="single", value=59.9)
    found = shares(CATALOG, frame(WHOLE, SINGLE, printed))
    assert found.select("value", "count", "own").rows() == [(59.9, 600.0, False)]


def test_what_the_parts_leave_over_is_told_in_percent_and_number() -> None:
    rests = remainders(CATALOG, shares(CATALOG, frame(WHOLE, SINGLE, COUPLES)))
    (rest,) = rests.rows(named=True)
    assert (round(rest["rest"], 6), rest["rest_count"], rest["rounding"]) == (10.0, 100.0, False)


def test_rounding_is_no_excess_and_inner_parts_are_not_added_twice() -> None:
    ages = {"15-bis-25": 8.8, "25-bis-35": 28.5, "35-bis-50": 35.4, "ab-50": 27.4, "ab-55": 15.5}
    rows = frame(
        *(value("halle", "anteil-elb", *JUNE, breakdown=part, value=share) for part, share in ages.items())
    )
    (rest,) = remainders(CATALOG, shares(CATALOG, rows)).rows(named=True)
    assert round(rest["total"], 6) == 100.1
    assert rest["rounding"]


@pytest.mark.parametrize(
    ("ages", "rest"),
    [
        ({"unter-25": 742.0, "25-bis-55": 2242.0, "ab-55": 595.0}, 0.0),
        ({"unter-25": 742.0, "25-bis-55": 2242.0, "ab-50": 595.0, "ab-55": 400.0, "55-bis-65": 400.0}, 0.0),
        ({"unter-25": 742.0, "25-bis-55": 2242.0, "55-bis-65": 500.0}, 95.0),
    ],
)
def test_an_inner_part_is_left_out_only_where_its_wider_one_is_reported(
    ages: dict[str, float], rest: float
) -> None:
    parts = [value("halle", "bg", *JUNE, breakdown=part, value=count) for part, count in ages.items()]
    whole = value("halle", "bg", *JUNE, value=3579.0)
    (found,) = remainders(CATALOG, shares(CATALOG, frame(whole, *parts))).rows(named=True)
    assert found["rest_count"] == rest


def test_only_parts_that_make_up_the_whole_have_a_largest() -> None:
    whole = [
        value("halle", "anteil-elb", *JUNE, breakdown=part, value=51.0) for part in ("maenner", "frauen")
    ]
    half = [{**part, "value": 30.0} for part in whole]
    assert are_whole(remainders(CATALOG, shares(CATALOG, frame(*whole))))
    assert not are_whole(remainders(CATALOG, shares(CATALOG, frame(*half))))
    assert not are_whole(remainders(CATALOG, shares(CATALOG, frame(*whole)).head(1)))


def test_contradicting_parts_are_not_added_up() -> None:
    rows = frame(
        value("halle", "anteil-elb", *JUNE, breakdown="maenner", value=52.0, contradicted=True),
        value("halle", "anteil-elb", *JUNE, breakdown="maenner", value=53.0, contradicted=True),
        value("halle", "anteil-elb", *JUNE, breakdown="frauen", value=48.0),
    )
    assert remainders(CATALOG, shares(CATALOG, rows)).is_empty()


def test_equal_values_from_text_and_table_are_one_share_the_certain_one() -> None:
    twice = value("magdeburg", "anteil-elb", *JUNE, breakdown="lzb", value=75.0)
    found = shares(CATALOG, frame({**twice, "status": "unsicher"}, twice))
    assert found["status"].to_list() == ["endgueltig"]


def test_a_table_of_a_document_is_put_together_with_its_four_columns() -> None:
    november = (date(2019, 11, 1), date(2019, 11, 30))
    cells = []
    for part, count in {"maenner": 4168.0, "frauen": 3016.0, "ab-50": 1964.0}.items():
        place = f"Abschnitt 4.2, Tabelle Bestand, Zeile {part}"
        for indicator, printed in {
            "arbeitslose-sgb2": count,
            "arbeitslose-sgb2.vj-abs": -10.0,
            "arbeitslose-sgb2.vj-prozent": -1.0,
            "anteil-arbeitslose-sgb2": 30.0,
        }.items():
            cells.append(value("magdeburg", indicator, *november, breakdown=part, value=printed, place=place))
    elsewhere = value("magdeburg", "arbeitslose-sgb2", *november, value=7200.0, place="Abschnitt 4.2")
    (table,) = printed_tables(CATALOG, frame(*cells, elsewhere))
    assert table["breakdown"].to_list() == ["maenner", "frauen", "ab-50"]
    first = table.row(0, named=True)
    assert [first[name]["value"] for name in ("value", "change", "change_percent", "share")] == [
        4168,
        -10,
        -1,
        30,
    ]


def test_of_a_series_of_days_only_the_newest_makes_a_structure() -> None:
    ends = [date(year, 12, 31) for year in (2014, 2015, 2016)]
    course = [value("halle", "bg", end, end, value=float(end.year)) for end in ends]
    assert newest_months(frame(*course))["value"].to_list() == [2016.0]
    assert newest_months(frame(*course[:2])).height == 2, "two printed days are no series"

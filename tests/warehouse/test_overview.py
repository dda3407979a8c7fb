"""What the overview shows: the newest Ist of each, only what several report, dated before undated."""

from datetime import date

from tests.warehouse.test_comparison import CATALOG, JULY, JUNE, YEAR, frame, value
from warehouse.overview import common_figure, courses, shared_figures
from warehouse.trends import trends


def test_newest_value_of_each_and_only_what_two_report() -> None:
    rows = frame(
        value("halle", "elb", *JUNE, value=22389.0),
        value("halle", "elb", *JULY, value=22374.0),
        value("magdeburg", "elb", *JUNE, value=19500.0),
        value("halle", "bg", *JUNE, value=17168.0),
    )
    shown = shared_figures(CATALOG, rows)
    assert shown.select("jobcenter", "value", "reporting").rows() == [
        ("halle", 22374.0, 2),
        ("magdeburg", 19500.0, 2),
    ]


def test_dated_goes_before_undated_and_exact_before_approximate() -> None:
    rows = frame(
        value("halle", "elb", *YEAR, time_concept="dokumentstand", value=1.0, row=1),
        value("halle", "elb", *YEAR, time_concept="jdw", precision="ungefaehr", value=2.0, row=2),
        value("halle", "elb", *YEAR, time_concept="jahr", value=3.0, row=3),
        value("magdeburg", "elb", *JUNE, value=4.0),
    )
    assert shared_figures(CATALOG, rows).filter(jobcenter="halle")["value"].to_list() == [3.0]


def test_plans_stand_in_only_where_there_is_no_ist_and_targets_never() -> None:
    later = (date(2022, 1, 1), date(2022, 12, 31))
    rows = frame(
        value("halle", "egt", *YEAR, kind="plan", value=30852.0),
        value("harburg", "egt", *later, kind="plan", value=8388.4),
        value("harburg", "egt", *YEAR, kind="ist", value=8000.0),
        value("halle", "lzb", *YEAR, kind="soll"),
        value("harburg", "lzb", *YEAR, kind="soll"),
    )
    assert shared_figures(CATALOG, rows).select("jobcenter", "value", "kind").rows() == [
        ("halle", 30852.0, "plan"),
        ("harburg", 8000.0, "ist"),
    ]


def test_printed_changes_and_missing_values_are_no_figures() -> None:
    rows = frame(
        value("halle", "elb.vj-prozent", *JUNE),
        value("magdeburg", "elb.vj-prozent", *JUNE),
        value("halle", "elb", *JUNE, value=None, status="folgt"),
        value("magdeburg", "elb", *JUNE),
    )
    assert shared_figures(CATALOG, rows).is_empty()


def test_an_alike_quantity_stands_in_the_row_of_the_others_and_says_so() -> None:
    rows = frame(
        value("magdeburg", "lza", *JUNE, value=2640.0),
        value("nordsachsen", "lza", *JUNE, value=2760.0),
        value("halle", "elb", *JUNE, breakdown="lza", value=2551.0),
    )
    shown = shared_figures(CATALOG, rows)
    assert shown.select("row_indicator", "jobcenter", "value", "alike", "reporting").rows() == [
        ("lza", "halle", 2551.0, True, 3),
        ("lza", "magdeburg", 2640.0, False, 3),
        ("lza", "nordsachsen", 2760.0, False, 3),
    ]


def test_an_alike_quantity_never_replaces_the_same_one() -> None:
    rows = frame(
        value("halle", "lza", *JUNE, value=1.0),
        value("magdeburg", "lza", *JUNE, value=2.0),
        value("halle", "elb", *JULY, breakdown="lza", value=3.0),
    )
    assert shared_figures(CATALOG, rows).filter(jobcenter="halle", row_indicator="lza")[
        "value"
    ].to_list() == [1.0]


def test_a_course_begins_anew_after_a_gap() -> None:
    rows = frame(
        value("halle", "elb", *JUNE, value=1.0),
        value("halle", "elb", *JULY, value=2.0),
        value("halle", "elb", date(2020, 6, 1), date(2020, 6, 30), value=3.0),
    )
    assert list(courses(trends(CATALOG, rows)).values()) == [[1.0], [1.0, 2.0], [3.0]]


def test_the_common_figure_is_the_first_that_all_report_for_the_same_time() -> None:
    rows = frame(
        value("halle", "bg", *JUNE, value=1.0),
        value("magdeburg", "bg", *JULY, value=2.0),
        value("halle", "elb", *JUNE, value=3.0),
        value("magdeburg", "elb", *JUNE, value=4.0),
        value("halle", "lzb", *JUNE, value=5.0),
        value("magdeburg", "lzb", *JUNE, value=6.0),
    )
    shared = shared_figures(CATALOG, rows)
    assert common_figure(shared, 2)["value"].to_list() == [3.0, 4.0]
    assert common_figure(shared, 3).is_empty()


def test_what_is_contradicted_planned_or_of_other_times_is_no_common_figure() -> None:
    other: dict[str, dict[str, object]] = {
        "bg": {"contradicted": True},
        "elb": {"time_concept": "jdw"},
        "egt": {"kind": "plan"},
    }
    other["lzb"] = {"confidential": True}
    rows = frame(
        *(value("halle", indicator, *JUNE, **about) for indicator, about in other.items()),
        *(value("magdeburg", indicator, *JUNE) for indicator in other),
    )
    assert common_figure(shared_figures(CATALOG, rows), 2).is_empty()

"""Targets meet only the Ist of their own series; deviations follow the direction and the printed digits."""

from datetime import date

import polars as pl
import pytest

from tests.warehouse.test_comparison import CATALOG, frame, value
from warehouse.contradictions import concerning, contradictions_of
from warehouse.schema import CONTRADICTION, CURRENT
from warehouse.targets import TARGET, charted, tally, targets, without_actual
from warehouse.verdict import agrees

Y2015 = (date(2015, 1, 1), date(2015, 12, 31))
Y2016 = (date(2016, 1, 1), date(2016, 12, 31))


def yearly(indicator: str, kind: str, number: float, **more: object) -> dict[str, object]:
    """Return a value of Nordsachsen for 2015."""
    usual = {"time_concept": "jahr", "kind": kind, "value": number}
    return value("nordsachsen", indicator, *Y2015, **{**usual, **more})


@pytest.mark.parametrize(
    ("indicator", "aim", "actual", "deviation", "outcome"),
    [
        ("iq", 24.0, 23.5, -0.5, "unfavourable"),  # higher is better
        ("iq", 22.5, 23.0, 0.5, "favourable"),
        ("lzb", 11427.0, 11167.0, -260.0, "favourable"),  # lower is better
        ("lzb", 100.0, 101.0, 1.0, "unfavourable"),
        ("lzb", 100.0, 100.0, 0.0, "met"),
        ("iq", 24.0, 24.0, 0.0, "met"),
        ("alleinerziehende", 100.0, 90.0, -10.0, "lower"),  # without direction: no judgement
        ("alleinerziehende", 100.0, 110.0, 10.0, "higher"),
        ("alleinerziehende", 100.0, 100.0, 0.0, "equal"),
    ],
)
def test_a_deviation_is_judged_by_the_direction(
    indicator: str, aim: float, actual: float, deviation: float, outcome: str | None
) -> None:
    found = targets(CATALOG, frame(yearly(indicator, "soll", aim), yearly(indicator, "ist", actual)))
    assert found.schema == TARGET
    assert found.select("deviation", "outcome").rows() == [(deviation, outcome)]


def test_a_target_is_never_joined_with_another_series() -> None:
    aim = yearly("lzb", "soll", 100.0, time_concept="jdw")
    others = [
        yearly("lzb", "ist", 90.0, time_concept="stichtag"),
        yearly("lzb", "ist", 90.0, time_concept="gjdw"),
        yearly("lzb", "ist", 90.0, time_concept="jdw", breakdown="frauen"),
        yearly("lzb", "ist", 90.0, time_concept="jdw", period_start=Y2016[0], period_end=Y2016[1]),
        yearly("elb", "ist", 90.0, time_concept="jdw"),
        yearly("lzb", "ist", 90.0, time_concept="jdw") | {"jobcenter": "halle"},
    ]
    assert targets(CATALOG, frame(aim, *others))["actual"].to_list() == [None]
    declared = yearly(
        "lzb", "ist", 90.0, time_concept="jahr"
    )  # targets_on names jdw, planjahr and jahr as one series
    assert targets(CATALOG, frame(aim, declared))["actual"].to_list() == [90.0]


def test_the_printed_previous_year_is_the_target_of_the_next() -> None:
    before = yearly("luh", "vorjahr", 38737.0)
    now = yearly("luh", "ist", 35601.0, period_start=Y2016[0], period_end=Y2016[1])
    found = targets(CATALOG, frame(before, now)).row(0, named=True)
    assert (found["period_start"], found["target"], found["actual"]) == (Y2016[0], 38737.0, 35601.0)


def test_own_deviation_stands_beside_the_printed_one() -> None:
    rows = frame(yearly("iq", "soll", 24.0), yearly("iq", "ist", 23.5), yearly("iq.soll-abw", "ist", -2.0))
    found = targets(CATALOG, rows).row(0, named=True)
    assert found["deviation_percent"] == pytest.approx(-2.0833, abs=1e-4)
    assert (found["printed_percent"], found["printed_agrees"]) == (-2.0, True)


@pytest.mark.parametrize(
    ("target", "actual", "printed", "decimals", "same"),
    [
        (24.0, 23.5, -2.0, 1, True),  # −2,1 from the printed values, within their rounding
        (24.0, 23.5, -2.6, 1, False),
        (11427.0, 11167.0, -2.3, 0, True),
        (11427.0, 11167.0, -2.2, 0, False),
        (0.4, 0.4, 20.0, 0, True),  # digits beyond the declared ones count: 0,4 may be 0,35 to 0,45
        (0.4, 0.4, 30.0, 0, False),
    ],
)
def test_a_printed_deviation_agrees_within_the_rounding_of_the_printed_digits(
    target: float, actual: float, printed: float, decimals: int, same: bool
) -> None:
    assert agrees(target, actual, printed, decimals) is same


def test_of_contradicting_ist_the_first_printed_stands_and_nothing_is_judged() -> None:
    rows = frame(
        yearly("lzb", "soll", 100.0),
        yearly("lzb", "ist", 95.0, row=1, contradicted=True),
        yearly("lzb", "ist", 90.0, row=2, contradicted=True),
    )
    assert targets(CATALOG, rows).select("actual", "outcome", "actual_contradicted").rows() == [
        (95.0, None, True)
    ]


@pytest.mark.parametrize(("precision", "outcome"), [("ungefaehr", None), ("unter", "unfavourable")])
def test_an_approximate_target_is_not_judged_a_limit_is(precision: str, outcome: str | None) -> None:
    rows = frame(yearly("lzb", "soll", 100.0, precision=precision), yearly("lzb", "ist", 101.0))
    assert targets(CATALOG, rows)["outcome"].to_list() == [outcome]


def test_contradicting_targets_both_stand() -> None:
    aims = [
        yearly("iq", "soll", 21.7, place="a", contradicted=True),
        yearly("iq", "soll", 21.4, place="b", contradicted=True),
    ]
    found = targets(CATALOG, frame(*aims))
    assert found["target"].to_list() == [21.7, 21.4]
    assert found["target_contradicted"].all()


def test_a_chart_needs_an_ist_or_two_dated_targets() -> None:
    rows = frame(
        yearly("iq", "soll", 24.0),
        yearly("iq", "ist", 23.5),
        yearly("lzb", "soll", 100.0),
        yearly("lzb", "prognose", 110.0),
        yearly("elb", "soll", 100.0),
        yearly("bearbeitungsdauer", "soll", 14.0, time_concept="dokumentstand", breakdown="neuantraege"),
    )
    assert charted(targets(CATALOG, rows)).select("indicator", "actuals", "targets").rows() == [
        ("iq", 1, 1),
        ("lzb", 0, 2),
    ]


def test_undated_standards_are_a_group_of_their_own_among_what_no_ist_answers() -> None:
    rows = frame(
        yearly("bearbeitungsdauer", "soll", 14.0, time_concept="dokumentstand", breakdown="neuantraege"),
        yearly("elb", "prognose", 100.0),
        yearly("lzb", "soll", 100.0),
        yearly("iq", "soll", 24.0),
        yearly("iq", "ist", 23.5),
    )
    found = without_actual(targets(CATALOG, rows))
    assert dict(found.select("indicator", "group").iter_rows()) == {
        "bearbeitungsdauer": "standard",
        "elb": "prognose",
        "lzb": "soll",
    }


def test_what_came_of_targets_is_counted_per_kind_soll_first() -> None:
    rows = frame(
        yearly("elb", "prognose", 100.0),
        yearly("elb", "ist", 90.0),
        yearly("iq", "soll", 24.0),
        yearly("iq", "ist", 23.5),
        yearly("alleinerziehende", "soll", 9.0),
        yearly("alleinerziehende", "ist", 8.0),
        yearly("lzb", "plan", 9.0),
    )
    assert [row[:3] for row in tally(targets(CATALOG, rows)).rows()] == [("soll", 2, 1), ("prognose", 1, 1)]


def test_nothing_asked_gives_an_empty_frame() -> None:
    assert targets(CATALOG, pl.DataFrame(schema=CURRENT)).schema == TARGET


def test_a_contradiction_is_found_by_any_indicator_it_names() -> None:
    rows = [
        dict.fromkeys(CONTRADICTION, "") | {"jobcenter": "halle", "indicators": "egt|budget.vj-abs", "row": 1}
    ]
    recorded = pl.DataFrame(rows, schema=CONTRADICTION)
    found = {id_: contradictions_of(recorded, ["halle"], id_).height for id_ in ("egt", "budget", "vk")}
    assert found == {"egt": 1, "budget": 1, "vk": 0}
    assert contradictions_of(recorded, ["harburg"], "egt").is_empty()
    assert contradictions_of(recorded, ["halle"], "egt", "frauen").height == 1, "the whole concerns its parts"
    parts = recorded.with_columns(breakdown=pl.lit("maenner|lzb"))
    found = {part: contradictions_of(parts, ["halle"], "egt", part).height for part in ("", "lzb", "frauen")}
    assert found == {"": 0, "lzb": 1, "frauen": 0}


def test_contradictions_of_several_quantities_stand_in_the_order_asked_each_once() -> None:
    named = {1: "egt", 2: "budget", 3: "vk"}
    rows = [
        dict.fromkeys(CONTRADICTION, "") | {"jobcenter": "halle", "indicators": id_, "row": row}
        for row, id_ in named.items()
    ]
    asked = [(["halle"], "budget.vj-abs", ""), (["halle"], "egt", ""), (["halle"], "budget", "frauen")]
    found = concerning(pl.DataFrame(rows, schema=CONTRADICTION), asked)
    assert found["row"].to_list() == [2, 1]
    assert concerning(pl.DataFrame(rows, schema=CONTRADICTION), []).schema == CONTRADICTION

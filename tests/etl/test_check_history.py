"""What a delivery is against what was known before: coverage, fractions, jumps, areas that grew by another."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.check import check
from etl.problem import Problem
from etl.tidy import Tidied
from tests.etl.observations import CATALOG, against, frame, observation

NOTHING = frame()
AREAS = [f"{number:05}" for number in range(1, 41)]
NAMES = {id_: f"JC {int(id_)}" for id_ in AREAS}


def areas(period: str, value: float | str, ids: Iterable[str] = AREAS, **named: Any) -> list[dict[str, Any]]:
    """Return one row for each area, all with the same value."""
    return [observation(value, period=period, jobcenter=id_, **named) for id_ in ids]


def with_value(rows: list[dict[str, Any]], id_: str, value: float | str) -> list[dict[str, Any]]:
    """Return the rows with another value for one area."""
    stated = {"value": None, "status": value} if isinstance(value, str) else {"value": value}
    return [{**row, **stated} if row["jobcenter"] == id_ else row for row in rows]


def problems(
    *rows: dict[str, Any], known: pl.DataFrame, names: dict[str, str] | None = None
) -> list[Problem]:
    return against(known, *rows, names=names)


def codes(*rows: dict[str, Any], known: pl.DataFrame) -> list[str]:
    return [found.code for found in against(known, *rows)]


# --- coverage


def test_a_jobcenter_that_is_gone_is_named() -> None:
    known = frame(*areas("2019-05", 100, ["halle", "magdeburg", "harburg"]))
    (found,) = problems(*areas("2019-06", 100, ["halle", "harburg"]), known=known)
    assert (found.code, found.must_confirm, found.value) == ("fewer_areas", False, "Magdeburg")
    assert found.expected == "Erwerbsfähige Leistungsberechtigte, zuletzt Mai 2019"


def test_a_new_jobcenter_is_only_noted_and_named_by_the_names_given() -> None:
    known = frame(*areas("2019-05", 100, AREAS[:3]))
    (found,) = problems(*areas("2019-06", 100, AREAS[:4]), known=known, names=NAMES)
    assert (found.code, found.must_confirm, found.value) == ("more_areas", False, "JC 4")


def test_all_of_germany_after_a_few_is_another_table_and_nobody_in_it_is_new() -> None:
    assert codes(*areas("2019-06", 100), known=frame(*areas("2019-05", 100, AREAS[:5]))) == []
    assert codes(*areas("2019-06", 100, AREAS[:10]), known=frame(*areas("2019-05", 100, AREAS[:5]))) == [
        "more_areas"
    ]


def test_a_dot_is_nothing_but_a_star_is_something() -> None:
    known, now = frame(*areas("2019-05", 100)), areas("2019-06", 100)
    assert codes(*with_value(now, AREAS[0], "nicht_verfuegbar"), known=known) == ["fewer_areas"]
    assert codes(*with_value(now, AREAS[0], "anonymisiert"), known=known) == []


def test_a_tenth_missing_of_a_large_delivery_must_be_confirmed() -> None:
    known = frame(*areas("2019-05", 100))
    assert codes(*areas("2019-06", 100, AREAS[4:]), known=known) == ["fewer_areas"]
    (found,) = problems(*areas("2019-06", 100, AREAS[20:]), known=known, names=NAMES)
    assert (found.code, found.must_confirm) == ("many_areas_missing", True)
    assert found.value.endswith("JC 11, JC 12 und 8 weitere")


def test_the_same_names_for_several_indicators_are_told_once() -> None:
    ids = ["halle", "magdeburg", "harburg"]
    known = frame(*areas("2019-05", 100, ids), *areas("2019-05", 50, ids, indicator="lzb"))
    now = [*areas("2019-06", 100, ids[:2]), *areas("2019-06", 50, ids[:2], indicator="lzb")]
    (found,) = problems(*now, known=known)
    assert found.expected == "Erwerbsfähige Leistungsberechtigte und eine weitere Kennzahl, zuletzt Mai 2019"


def test_coverage_is_asked_of_the_newest_period_and_the_same_source_and_kind_of_period() -> None:
    ids = ["halle", "magdeburg", "harburg"]
    assert codes(*areas("2019-06", 100, ids[:1]), known=frame(*areas("2019-05", 100, ids, source="B"))) == []
    year = {"period_start": date(2018, 1, 1), "period_end": date(2018, 12, 31)}
    assert codes(*areas("2019-06", 100, ids[:1]), known=frame(*areas("2018-12", 100, ids, **year))) == []
    both = [*areas("2019-05", 100, ids[:1]), *areas("2019-06", 100, ids)]
    assert codes(*both, known=frame(*areas("2019-04", 100, ids))) == []
    later = frame(*areas("2019-07", 100, ids))
    assert codes(*areas("2019-06", 100, ids[:1]), known=later) == [], "an older period delivered afterwards"


def test_who_delivers_one_by_one_or_a_few_of_many_is_not_asked_for_the_others() -> None:
    known = frame(*areas("2019-05", 100))
    assert codes(*areas("2019-06", 100, AREAS[:1]), known=known) == []
    assert codes(*areas("2019-06", 100, AREAS[:19]), known=known) == ["fewer_areas"]


# --- fractions where percentages are meant


def rate(value: float, id_: str = "halle", period: str = "2019-06", **named: Any) -> dict[str, Any]:
    return observation(value, period=period, jobcenter=id_, indicator="k2", time_concept="12m", **named)


def test_a_column_of_fractions_is_asked_about_once() -> None:
    (found,) = problems(rate(0.274), rate(0.31, "magdeburg"), rate(0.19, "harburg"), known=NOTHING)
    assert (found.code, found.must_confirm, found.row) == ("tiny_rate", True, 4)
    assert found.value == "3 Werte von 0,19\u00a0% bis 0,31\u00a0%"


def test_a_column_of_fractions_is_asked_about_where_known_values_are_a_hundred_times_larger() -> None:
    known = frame(rate(27.4, period="2019-05"), rate(31, "magdeburg", "2019-05"))
    (found,) = problems(rate(0.274), rate(0.31, "magdeburg"), known=known)
    assert found.code == "tiny_rate"
    assert "bisher üblich 29,2\u00a0%" in found.message


def test_one_small_rate_that_was_small_before_does_not_hide_a_column_of_fractions() -> None:
    known = frame(
        *(rate(value, id_, "2019-05") for id_, value in (("halle", 27), ("magdeburg", 31), ("harburg", 0.1)))
    )
    now = [rate(value, id_) for id_, value in (("halle", 0.27), ("magdeburg", 0.31), ("harburg", 0.1))]
    (found,) = problems(*now, known=known)
    assert found.value == "3 Werte von 0,1\u00a0% bis 0,31\u00a0%"


def test_small_rates_that_were_always_small_say_nothing() -> None:
    known = frame(rate(0.4, period="2019-05"), rate(0.6, "magdeburg", "2019-05"))
    assert codes(rate(0.41), rate(0.58, "magdeburg"), known=known) == []


def test_small_rates_of_an_area_that_always_had_them_say_nothing_where_others_have_large_ones() -> None:
    known = frame(rate(0.4, period="2019-05"), *(rate(30, id_, "2019-05") for id_ in AREAS))
    assert codes(rate(0.41), known=known) == []


def test_a_small_rate_among_larger_ones_says_nothing() -> None:
    assert codes(rate(0.4), rate(3.1, "magdeburg"), known=NOTHING) == []
    assert codes(rate(0.4), rate(3.1, "magdeburg"), known=frame(rate(0.6, period="2019-05"))) == []


def test_a_single_fraction_among_percentages_is_found_by_its_own_past() -> None:
    known = frame(rate(27.1, period="2019-05"), rate(31, "magdeburg", "2019-05"))
    (found,) = problems(rate(31, "magdeburg"), rate(0.274), known=known)
    assert (found.code, found.row, found.value) == ("tiny_rate", 3, "0,274\u00a0%")
    assert "zuletzt 27,1\u00a0%" in found.message


@settings(deadline=None)
@given(st.lists(st.floats(1.001, 100), min_size=1, max_size=5))
def test_percentages_above_one_never_ask(values: list[float]) -> None:
    rows = [rate(value, id_) for value, id_ in zip(values, AREAS, strict=False)]
    assert codes(*rows, known=frame(rate(50, AREAS[0], "2019-05"))) == []


# --- jumps


def test_a_value_that_halves_while_all_others_stay_is_a_note() -> None:
    now = with_value(areas("2019-06", 4000), AREAS[5], 2000)
    (found,) = problems(*now, known=frame(*areas("2019-05", 4000)), names=NAMES)
    assert (found.code, found.must_confirm, found.row, found.value) == ("jump", False, 7, "2.000")
    assert found.expected == (
        "Erwerbsfähige Leistungsberechtigte, JC 6, Jun 2019, im Zeitraum davor 4.000; die Gebiete im Mittel 0,0\u00a0%"
    )


def test_a_slipped_decimal_point_must_be_confirmed() -> None:
    known = frame(*areas("2019-05", 4000))
    for wrong in (40000, 400):
        (found,) = problems(*with_value(areas("2019-06", 4000), AREAS[5], wrong), known=known)
        assert (found.code, found.must_confirm) == ("gross_jump", True)


def test_what_all_areas_do_is_no_jump_and_who_does_not_is() -> None:
    known = frame(*areas("2019-05", 4000))
    assert codes(*areas("2019-06", 2000), known=known) == []
    (found,) = problems(*with_value(areas("2019-06", 2000), AREAS[5], 4000), known=known)
    assert "die Gebiete im Mittel −50,0\u00a0%" in found.message


def test_small_counts_may_double() -> None:
    assert codes(*with_value(areas("2019-06", 15), AREAS[5], 30), known=frame(*areas("2019-05", 15))) == []
    assert codes(
        *with_value(areas("2019-06", 1500), AREAS[5], 3000), known=frame(*areas("2019-05", 1500))
    ) == ["jump"]


def test_what_returns_every_year_is_no_jump() -> None:
    may, june = areas("2019-05", 4000), with_value(areas("2019-06", 4000), AREAS[5], 2000)
    last_june = areas("2018-06", 4000)
    assert codes(*june, known=frame(*may, *last_june)) == ["jump"]
    assert codes(*june, known=frame(*may, *with_value(last_june, AREAS[5], 2100))) == []


def test_the_same_month_of_the_year_before_serves_where_the_month_before_is_unknown() -> None:
    june = with_value(areas("2019-06", 4000), AREAS[5], 2000)
    assert codes(*june, known=frame(*areas("2018-06", 4000))) == ["jump"]
    assert codes(*june, known=frame(*areas("2019-04", 4000))) == []


def test_a_delivery_of_several_months_is_its_own_past() -> None:
    months = [*areas("2019-05", 4000), *with_value(areas("2019-06", 4000), AREAS[5], 2000)]
    assert codes(*months, known=NOTHING) == ["jump"]


def test_a_quarter_follows_a_quarter_and_a_year_a_year() -> None:
    def of(start: date, end: date, value: float) -> list[dict[str, Any]]:
        rows = areas("2019-06", 4000, period_start=start, period_end=end, time_concept="jdw")
        return with_value(rows, AREAS[5], value)

    first, second = (date(2019, 1, 1), date(2019, 3, 31)), (date(2019, 4, 1), date(2019, 6, 30))
    assert codes(*of(*second, 2000), known=frame(*of(*first, 4000))) == ["jump"]
    one, next_ = (date(2018, 1, 1), date(2018, 12, 31)), (date(2019, 1, 1), date(2019, 12, 31))
    assert codes(*of(*next_, 2000), known=frame(*of(*one, 4000))) == ["jump"]
    assert codes(*of(*next_, 2000), known=frame(*of(*first, 4000))) == []


def test_a_single_day_is_compared_with_the_same_day_of_the_year_before() -> None:
    def of(day: date) -> list[dict[str, Any]]:
        return areas("2019-12", 4000, period_start=day, period_end=day)

    now = with_value(of(date(2019, 12, 31)), AREAS[5], 2000)
    assert codes(*now, known=frame(*of(date(2018, 12, 31)))) == ["jump"]
    assert codes(*now, known=frame(*of(date(2019, 6, 30)))) == []


def test_the_parts_that_jump_with_their_whole_are_told_with_it() -> None:
    def of(period: str, value: float) -> list[dict[str, Any]]:
        whole, part = areas(period, 4000), areas(period, 2000, breakdown="frauen")
        return [*with_value(whole, AREAS[5], value), *with_value(part, AREAS[5], value / 2)]

    (found,) = problems(*of("2019-06", 2000), known=frame(*of("2019-05", 4000)))
    assert (found.value, found.expected.endswith("; ebenso ein Teil davon")) == ("2.000", True)


def test_five_areas_are_too_few_to_know_their_spread_so_only_much_is_said() -> None:
    known, ids = frame(*areas("2019-05", 4000, AREAS[:5])), AREAS[:5]
    assert codes(*with_value(areas("2019-06", 4000, ids), AREAS[0], 5000), known=known) == []
    assert codes(*with_value(areas("2019-06", 4000, ids), AREAS[0], 8000), known=known) == ["jump"]
    assert codes(*with_value(areas("2019-06", 4000, ids), AREAS[0], 40000), known=known) == ["gross_jump"]


def test_only_the_newest_known_vintage_is_the_past() -> None:
    old, new = areas("2019-05", 9000, data_date=date(2019, 6, 30)), areas("2019-05", 4000)
    assert codes(*with_value(areas("2019-06", 4000), AREAS[5], 4100), known=frame(*old, *new)) == []


@pytest.mark.parametrize("named", [{"kind": "soll"}, {"indicator": "k2"}, {"precision": "ungefaehr"}])
def test_targets_rates_and_rough_numbers_do_not_jump(named: dict[str, Any]) -> None:
    now = with_value(areas("2019-06", 40, **named), AREAS[5], 90)
    assert codes(*now, known=frame(*areas("2019-05", 40, **named))) == []


@settings(deadline=None)
@given(st.floats(0.2, 5), st.integers(100, 10**5))
def test_a_common_movement_never_jumps(factor: float, value: int) -> None:
    moved = float(round(value * factor))
    assert codes(*areas("2019-06", moved), known=frame(*areas("2019-05", value))) == []


# --- areas that took over another one


def test_an_area_that_grew_by_a_vanished_one_is_named_with_it_and_not_called_a_jump() -> None:
    before = with_value(areas("2019-05", 4000), AREAS[5], 2400)
    now = [row for row in with_value(areas("2019-06", 4000), AREAS[6], 6400) if row["jobcenter"] != AREAS[5]]

    found = {entry.code: entry for entry in problems(*now, known=frame(*before), names=NAMES)}

    assert found.keys() == {"fewer_areas", "territory"}
    assert (found["territory"].value, found["territory"].expected) == ("JC 7", "JC 6")
    assert not found["territory"].must_confirm


def test_an_area_that_grew_by_something_else_is_a_jump() -> None:
    before = with_value(areas("2019-05", 4000), AREAS[5], 2400)
    now = [row for row in with_value(areas("2019-06", 4000), AREAS[6], 7400) if row["jobcenter"] != AREAS[5]]
    assert codes(*now, known=frame(*before)) == ["fewer_areas", "jump"]


def test_a_jobcenter_of_another_land_cannot_have_been_taken_over() -> None:
    ids = [*AREAS, "halle", "harburg"]
    before = with_value(areas("2019-05", 4000, ids), "harburg", 2400)
    now = with_value(areas("2019-06", 4000, ids[:-1]), "halle", 6400)
    assert codes(*now, known=frame(*before)) == ["fewer_areas", "jump"]


# --- where it stands


def test_a_problem_names_the_sheet_and_the_cell_its_value_comes_from() -> None:
    def first(place: str) -> Problem:
        return problems(rate(0.274, place=place), known=NOTHING)[0]

    one, other = first("Blatt 3.1 ELB insg, Zelle AB35"), first("Blatt Daten, Zeile 2")
    assert (one.sheet, one.row, one.column) == ("3.1 ELB insg", 2, "AB")
    assert (other.sheet, other.row, other.column) == ("Daten", 2, "wert")
    assert (first("Abschnitt 4.3").sheet, first("Abschnitt 4.3").column) == ("Blatt 1", "wert")


# --- nothing known


def test_nothing_known_is_no_reason_to_ask() -> None:
    assert codes(*areas("2019-06", 4000), known=NOTHING) == []
    assert codes(known=frame(*areas("2019-05", 1))) == [], "an empty delivery"


def test_the_entrance_asks_both_what_is_in_the_delivery_and_what_was_known() -> None:
    parts = (observation(100), observation(70, "maenner"), observation(60, "frauen"))
    rows = frame(*parts, observation(100, jobcenter="magdeburg"))
    known = frame(*areas("2019-05", 100, ["halle", "magdeburg", "harburg"]))
    tidied = Tidied("observations", rows, 0)
    assert [found.code for found in check(tidied, CATALOG)[1]] == ["sum_mismatch"]
    assert [found.code for found in check(tidied, CATALOG, known=known)[1]] == ["sum_mismatch", "fewer_areas"]

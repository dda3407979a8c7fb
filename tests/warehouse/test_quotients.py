"""The value of a group is a ratio of sums; numerator and denominator drop together; chance makes a corridor of ranks."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.peers import CATALOG, JUNE, counts, current, letters, standing
from warehouse.catalog import Formula, Operand
from warehouse.corridor import corridor
from warehouse.quotients import SIDES, Sides, in_persons, ratio_of_sums, sides_of

PAIRS = st.lists(st.tuples(st.integers(0, 900), st.integers(1000, 9000)), min_size=1, max_size=12)


def test_the_value_of_a_group_is_a_ratio_of_sums_and_not_a_mean_of_ratios() -> None:
    sides = counts({"a": (10, 100), "b": (10, 1000)})

    assert ratio_of_sums(sides, ["a", "b"]) == (20 / 1100 * 100, 2)


def test_where_one_side_is_missing_both_are_left_out_and_counted() -> None:
    rows = current(
        {"jobcenter": "a", "indicator": "elb-mit-sanktion", "value": 10},
        {"jobcenter": "a", "indicator": "elb", "value": 100},
        {"jobcenter": "b", "indicator": "elb-mit-sanktion", "value": None, "status": "anonymisiert"},
        {"jobcenter": "b", "indicator": "elb", "value": 5000},
        {"jobcenter": "c", "indicator": "elb-mit-sanktion", "value": 7},
    )
    sides = sides_of(CATALOG, "sanktionsquote", rows, JUNE.start)

    assert sides.areas == ("a",)
    assert ratio_of_sums(sides, ["a", "b", "c"]) == (10.0, 1), "5000 people without a numerator do not count"


def test_a_distance_in_persons_is_a_share_of_the_denominator() -> None:
    sides = counts({"a": (925, 4625)})

    assert in_persons(sides, "a", 0.8) == pytest.approx(37)  # »0,8 Prozentpunkte = 37«
    assert in_persons(sides, "b", 0.8) is None


def monthly(**values: list[float]) -> pl.DataFrame:
    """Return values of two months for areas: `a=[elb of June 2018, elb of June 2019]`."""
    days = [(date(2018, 6, 1), date(2018, 6, 30)), (JUNE.start, JUNE.end)]
    return current(
        *(
            {"jobcenter": area, "indicator": "elb", "value": value, "period_start": start, "period_end": end}
            for area, both in values.items()
            for value, (start, end) in zip(both, days, strict=True)
        )
    )


def test_a_change_of_a_group_is_the_change_of_its_sums() -> None:
    sides = sides_of(CATALOG, "k1e2", monthly(a=[100, 90], b=[900, 900]), JUNE.start)

    assert sides.of("a") == (90, 100)
    value, members = ratio_of_sums(sides, ["a", "b"])
    assert (value, members) == (pytest.approx(-1.0), 2)  # 990 ÷ 1000 − 1, not the mean of −10 and 0
    assert sides.chance == "", "two stocks of nearly the same people do not vary independently"


def test_a_mean_of_monthly_rates_has_no_single_numerator() -> None:
    side = Operand("elb", 1, "sum")
    sides = Sides(pl.DataFrame(schema=SIDES), formula=Formula(side, side, "ratio", "Ø", average_of=12))

    assert sides.averaged
    assert sides.of("a") is None


@given(PAIRS)
@settings(max_examples=60, deadline=None)
def test_a_ratio_of_sums_lies_between_the_smallest_and_the_largest_member(
    pairs: list[tuple[int, int]],
) -> None:
    sides = counts(dict(zip(letters(len(pairs)), pairs, strict=True)))
    rates = [above / below * 100 for above, below in pairs]
    value, members = ratio_of_sums(sides, letters(len(pairs)))

    assert members == len(pairs)
    assert value is not None
    assert min(rates) - 1e-9 <= value <= max(rates) + 1e-9


def ranked(numerators: list[int], people: int, own: int, chance: str = "binomial", direction: str = "higher"):  # type: ignore[no-untyped-def]
    names = letters(len(numerators))
    sides = counts({name: (above, people) for name, above in zip(names, numerators, strict=True)}, chance)
    return corridor(
        CATALOG,
        standing([above / people * 100 for above in numerators], own, sides=sides, direction=direction),
    )


@pytest.mark.parametrize("chance", ["binomial", "poisson"])
def test_where_counts_are_large_and_far_apart_chance_changes_no_rank(chance: str) -> None:
    found = ranked([100_000, 200_000, 300_000, 400_000, 500_000], 1_000_000, 2, chance)

    assert (found.best, found.worst, found.n, found.draws) == (3, 3, 5, 2000)


@pytest.mark.parametrize("chance", ["binomial", "poisson"])
def test_where_counts_are_small_and_alike_every_rank_is_plausible(chance: str) -> None:
    found = ranked([10, 10, 10, 10, 10, 11], 1000, 0, chance)

    assert (found.best, found.worst) == (1, 6)


def test_a_corridor_is_the_same_every_time_and_turns_with_the_direction() -> None:
    numerators = [30, 45, 50, 55, 80, 90]
    once, again = ranked(numerators, 1000, 1), ranked(numerators, 1000, 1)
    lower, neutral = (ranked(numerators, 1000, 1, direction=each) for each in ("lower", "neutral"))

    assert once == again
    assert 1 <= once.best <= 5 <= once.worst <= 6
    assert lower.best <= 2 <= lower.worst
    assert neutral.by_height
    assert not once.by_height
    assert (neutral.best, neutral.worst) == (once.best, once.worst), "by height, the highest value first"


def test_without_counts_there_is_no_corridor_and_the_reason_is_named() -> None:
    assert corridor(CATALOG, standing([1, 2, 3, 4, 5])).why_not == "no_counts"
    assert corridor(CATALOG, standing([1, 2, 3, None])).why_not == "no_standing"
    assert ranked([1, 2, 3, 4, 5], 100, 0, "").why_not == "changes"

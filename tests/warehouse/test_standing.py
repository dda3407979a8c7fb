"""Rank, percentile, distance and distribution: exact values, rules that hold for any values, direction × outcome."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.peers import CATALOG, counts, group, letters, peers, standing
from warehouse.comparison import Level
from warehouse.quantiles import distribution, quantiles
from warehouse.standing import place_of, stand

VALUES = st.lists(st.integers(-50, 50).map(float), min_size=5, max_size=30)


def test_median_quartiles_and_deciles_are_interpolated_linearly() -> None:
    spread = distribution(pl.Series([10.0, 20, 30, 40, 50]), least=5)

    assert spread is not None
    assert (spread.n, spread.minimum, spread.maximum) == (5, 10, 50)
    assert (spread.p10, spread.p25, spread.median, spread.p75, spread.p90) == (14, 20, 30, 40, 46)


def test_below_five_values_nothing_is_said() -> None:
    assert distribution(pl.Series([1.0, 2, 3, 4]), least=5) is None
    assert distribution(pl.Series([1.0, 2, 3, 4, None]), least=5) is None

    found = standing([1, 2, 3, 4, None])
    assert (found.why_not, found.n, found.size, found.rank, found.percentile) == ("too_few", 4, 5, None, None)


def test_quantiles_by_month_count_only_what_is_there() -> None:
    frame = pl.DataFrame({"month": [1] * 5 + [2] * 5, "value": [1.0, 2, 3, 4, 5, 1, 2, 3, 4, None]})

    assert quantiles(frame, ["month"], least=5).select("month", "n", "median").rows() == [
        (1, 5, 3.0),
        (2, 4, None),
    ]


@pytest.mark.parametrize(
    ("direction", "own", "rank", "percentile"),
    [
        ("higher", 0, 5, 0.0),  # 10 is the lowest: the other four are more favourable
        ("higher", 4, 1, 100.0),
        ("higher", 2, 3, 50.0),
        ("lower", 0, 1, 100.0),
        ("lower", 4, 5, 0.0),
        ("neutral", 0, None, None),
        ("neutral", 4, None, None),
    ],
)
def test_direction_decides_what_is_favourable(
    direction: str, own: int, rank: int | None, percentile: float | None
) -> None:
    found = standing([10, 20, 30, 40, 50], own, direction=direction)

    assert (found.rank, found.percentile) == (rank, percentile)
    assert (found.lower, found.higher) == (own, 4 - own), "height is told whatever the direction"
    assert found.level is Level.A


def test_equal_values_share_a_rank_and_count_half() -> None:
    found = standing([20, 20, 10, 30, 30], 0)

    assert (found.rank, found.sharing) == (3, 2)
    assert found.percentile == (1 + 0.5) / 4 * 100
    assert standing([20, 20, 10, 30, 30], 2).rank == 5, "after two on rank 3 comes rank 5"


def test_all_equal_is_said() -> None:
    found = standing([7] * 6)

    assert (found.why_not, found.rank, found.sharing, found.percentile, found.place) == (
        "all_equal",
        1,
        6,
        50.0,
        None,
    )


def test_the_own_value_may_be_missing_while_the_group_has_a_spread() -> None:
    found = standing([None, 1, 2, 3, 4, 5])

    assert (found.why_not, found.n, found.size, found.rank, found.gap) == ("no_value", 5, 6, None, None)
    assert found.spread is not None
    assert found.spread.median == 3
    assert found.left_out == {"absent": 1}


def test_values_of_several_periods_are_never_ranked() -> None:
    made = peers([1, 2, 3, 4, 5, 6])
    other = pl.when(pl.col("area") == "a000").then(pl.date(2019, 5, 1)).otherwise("period_start")
    mixed = made.rows.with_columns(period_start=other)
    found = stand(CATALOG, type(made)(made.at, mixed, made.sides), group(letters(6)), "a000")

    assert (found.level, found.why_not, found.rank, found.spread) == (Level.B, "several_periods", None, None)


def test_only_members_count() -> None:
    found = stand(CATALOG, peers([1, 2, 3, 4, 5, 99, 99]), group(letters(5)), "a004")

    assert (found.rank, found.n, found.spread and found.spread.maximum) == (1, 5, 5.0)


def test_distance_to_the_median_in_points_and_persons() -> None:
    sides = counts(
        {name: (value * 10, 1000) for name, value in zip(letters(5), (1, 2, 3, 4, 5), strict=True)}
    )
    found = standing([1, 2, 3, 4, 5], 0, sides=sides)

    assert found.gap == -2  # percentage points
    assert found.gap_persons == -20  # of 1000


def test_a_count_is_its_own_distance() -> None:
    made = peers([100, 200, 300, 400, 500])
    at = type(made.at)("elb", "", made.at.time_concept, made.at.start, made.at.end)
    found = stand(CATALOG, type(made)(at, made.rows, made.sides), group(letters(5)), "a000")

    assert (found.gap, found.gap_persons, found.ratio) == (-200, -200, None)


@pytest.mark.parametrize(
    ("value", "place"), [(10, "low"), (20, "low"), (25, "below"), (30, "median"), (35, "above"), (40, "high")]
)
def test_the_place_in_the_spread_is_told_by_height(value: float, place: str) -> None:
    spread = distribution(pl.Series([10.0, 20, 30, 40, 50]), least=5)

    assert spread is not None
    assert place_of(value, spread) == place


@given(VALUES)
@settings(max_examples=60, deadline=None)
def test_percentiles_are_fifty_on_average_and_ranks_are_shared(values: list[float]) -> None:
    ranked = standing(values).peers

    assert ranked["favourable"].mean() == pytest.approx(50)
    assert ranked["rank"].min() == 1
    # a shared rank takes as many places as share it: the sum of mean places is that of 1…n
    places = (ranked["rank"] + (ranked["sharing"] - 1) / 2).sum()
    assert places == pytest.approx(len(values) * (len(values) + 1) / 2)


@given(VALUES)
@settings(max_examples=60, deadline=None)
def test_a_rank_does_not_change_with_the_scale_and_turns_with_the_direction(values: list[float]) -> None:
    ranked = standing(values).peers
    stretched = standing([value**3 + 7 for value in values]).peers
    turned = standing([-value for value in values], direction="lower").peers

    for other in (stretched, turned):
        assert other.select("rank", "sharing", "favourable").equals(
            ranked.select("rank", "sharing", "favourable")
        )


@given(VALUES, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rows_does_not_matter(values: list[float], random: object) -> None:
    made = peers(values)
    mixed = type(made)(made.at, made.rows.sample(fraction=1, shuffle=True, seed=3), made.sides)
    names = letters(len(values))
    one, other = (stand(CATALOG, each, group(names), names[0]) for each in (made, mixed))

    assert one.peers.equals(other.peers.sort("area"))
    assert (one.spread, one.rank, one.percentile, one.gap) == (
        other.spread,
        other.rank,
        other.percentile,
        other.gap,
    )


@given(st.lists(st.one_of(st.none(), st.integers(1, 50).map(float)), min_size=6, max_size=20))
@settings(max_examples=60, deadline=None)
def test_missing_never_counts_as_zero(values: list[float | None]) -> None:
    there = [value for value in values if value is not None]
    found = standing(values)

    assert found.n == len(there)
    if len(there) >= 5:
        assert found.spread is not None
        assert found.spread.minimum == min(there)
        assert found.peers.filter(pl.col("value").is_null())["rank"].null_count() == len(values) - len(there)
        assert found.peers["rank"].max() <= len(there)  # type: ignore[operator]

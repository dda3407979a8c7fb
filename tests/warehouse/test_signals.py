"""Auffälligkeiten: each rule speaks from its limit on, never below, and never for what chance alone explains."""

from dataclasses import replace

import pytest

from tests.warehouse.peers import CATALOG, counts, group, letters, peers, standing
from warehouse.catalog.rules import broken_rules
from warehouse.movement import Movement, movement
from warehouse.peer_values import Peers
from warehouse.quotients import Sides
from warehouse.signal_words import figures, headline, judgement_text, reason
from warehouse.signals import FAVOURABLE, UNFAVOURABLE, Signal, signals
from warehouse.standing import Standing, stand
from warehouse.standing_words import broken_text

TWENTY = [float(each) for each in range(10, 30)]


def rules(*names: str) -> object:
    """Return the catalog with these rules alone, as declared."""
    return replace(CATALOG, signals={name: CATALOG.signals[name] for name in names})


def found(rule: str, now: Standing, moved: Movement | None = None) -> list[Signal]:
    """Return what stands out by one rule."""
    return signals(rules(rule), [(now, moved)])  # type: ignore[arg-type]


def at(indicator: str, values: list[float | None], own: int, sides: Sides | None = None) -> Standing:
    """Return how area number `own` stands by an indicator."""
    made = peers(values, sides=sides)
    renamed = Peers(replace(made.at, indicator=indicator), made.rows, made.sides)
    return stand(CATALOG, renamed, group(letters(len(values))), letters(len(values))[own])


def a_year(before: list[float | None], now: list[float | None], own: int, indicator: str = "elb") -> Movement:
    """Return the movement of area number `own` between two sets of values."""
    return movement(at(indicator, before, own), at(indicator, now, own))


def test_without_cases_only_what_lies_beyond_the_fence_is_at_the_edge() -> None:
    far = standing([*TWENTY[:-1], 100.0], 19)
    (signal,) = found("rand", far)
    assert (signal.higher, signal.judgement, signal.guarded) == (True, FAVOURABLE, False)
    assert found("rand", standing(TWENTY, 19)) == []  # the highest of an even row is nothing special


@pytest.mark.parametrize(
    ("direction", "own", "judgement"),
    [("higher", 100.0, FAVOURABLE), ("higher", -100.0, UNFAVOURABLE), ("lower", 100.0, UNFAVOURABLE),
     ("lower", -100.0, FAVOURABLE), ("neutral", 100.0, "neutral"), ("neutral", -100.0, "neutral")],
)  # fmt: skip
def test_the_edge_is_judged_by_the_direction(direction: str, own: float, judgement: str) -> None:
    (signal,) = found("rand", standing([*TWENTY[:-1], own], 19, direction=direction))
    assert signal.judgement == judgement
    assert signal.higher == (own > 0)


def test_a_small_area_at_the_edge_by_chance_does_not_stand_out() -> None:
    names = letters(20)
    values = [10.0] * 10 + [11.0] * 9 + [20.0]
    small = counts({name: (value / 100 * 20, 20.0) for name, value in zip(names, values, strict=True)})
    large = counts(
        {name: (value / 100 * 20_000, 20_000.0) for name, value in zip(names, values, strict=True)}
    )
    assert found("rand", standing(values, 19, direction="neutral", sides=small)) == []
    (signal,) = found("rand", standing(values, 19, direction="neutral", sides=large))
    assert signal.guarded
    assert signal.ranks is not None
    assert (signal.ranks.best, signal.ranks.worst) == (1, 1)


def test_nine_members_say_nothing() -> None:
    assert found("rand", standing([1.0] * 4 + [2.0] * 4 + [100.0], 8)) == []


def test_a_count_stands_out_by_its_movement_only() -> None:
    before: list[float | None] = [10_000.0] * 20
    now: list[float | None] = [10_000.0 * (1 + (each % 5 - 2) / 100) for each in range(19)] + [8_000.0]
    moved = a_year(before, now, 19)
    assert found("rand", moved.now) == []
    (signal,) = found("bewegung", moved.now, moved)
    assert signal.own == pytest.approx(-20.0)
    assert signal.usual == pytest.approx(0.0)
    assert signal.guarded
    assert not signal.higher


def test_the_movement_of_a_handful_of_cases_is_chance() -> None:
    before: list[float | None] = [10.0] * 20
    now: list[float | None] = [10.0 + each % 3 - 1 for each in range(19)] + [16.0]
    moved = a_year(before, now, 19)
    assert found("bewegung", moved.now, moved) == []  # 6 more of 10: the root of 26 is 5


def test_a_change_of_a_change_is_never_told() -> None:
    before: list[float | None] = [0.0] * 20
    now: list[float | None] = [float(each % 3 - 1) for each in range(19)] + [50.0]
    moved = a_year(before, now, 19, "k1e2")
    assert found("bewegung", moved.now, moved) == []


def test_without_a_year_before_only_the_edge_can_speak() -> None:
    now = at("elb", [10_000.0] * 19 + [20_000.0], 19)
    assert signals(CATALOG, [(now, None)]) == []


def test_a_place_is_told_where_the_corridors_do_not_touch() -> None:
    names = letters(20)
    before = [20.0 + each for each in range(20)]
    now = [20.0 + each for each in range(19)] + [15.0]

    def moved(people: float) -> Movement:
        sides = [
            counts({name: (value / 100 * people, people) for name, value in zip(names, values, strict=True)})
            for values in (before, now)
        ]
        return movement(standing(before, 19, sides=sides[0]), standing(now, 19, sides=sides[1]))

    large, small = moved(50_000.0), moved(20.0)
    (signal,) = found("platz", large.now, large)
    assert (signal.own, signal.usual, signal.judgement) == (0.0, 100.0, UNFAVOURABLE)
    assert found("platz", small.now, small) == []


def test_the_strongest_comes_first_and_a_place_contains_its_movement() -> None:
    names = letters(20)
    before = [20.0 + each % 7 for each in range(19)] + [40.0]
    now = [20.0 + each % 7 + (each % 3 - 1) / 10 for each in range(19)] + [10.0]
    sides = [
        counts({name: (value / 100 * 50_000, 50_000.0) for name, value in zip(names, values, strict=True)})
        for values in (before, now)
    ]
    moved = movement(standing(before, 19, sides=sides[0]), standing(now, 19, sides=sides[1]))
    told = signals(CATALOG, [(moved.now, moved)])
    assert {each.rule.id for each in told} == {"rand", "platz"}
    assert [each.strength for each in told] == sorted((each.strength for each in told), reverse=True)


def test_the_order_of_the_members_does_not_matter() -> None:
    values: list[float | None] = [*TWENTY[:-1], 100.0]
    made = peers(values)
    turned = Peers(made.at, made.rows.reverse(), made.sides)
    one, other = (stand(CATALOG, each, group(letters(20)), "a019") for each in (made, turned))
    assert found("rand", one)[0].strength == found("rand", other)[0].strength


def test_every_word_is_german_and_dated() -> None:
    (edge,) = found("rand", standing([*TWENTY[:-1], 100.0], 19))
    assert headline(CATALOG, edge).endswith("bei den höchsten Werten der Gruppe")
    assert "Jun 2019" in figures(CATALOG, edge)
    assert "Rang 1 von 20" in figures(CATALOG, edge)
    assert judgement_text(edge) == "▲ günstig"
    assert "Am Rand der Gruppe" in reason(edge)
    assert "es gilt die strengere Regel ohne Fallzahlen" in reason(edge)


def test_a_fall_among_rises_is_another_movement_not_a_weaker_rise() -> None:
    before: list[float | None] = [10_000.0] * 20
    rising: list[float | None] = [10_000.0 * (1.1 + (each % 5 - 2) / 1000) for each in range(19)]
    falls, rises = (a_year(before, [*rising, last], 19) for last in (9_000.0, 10_200.0))
    (signal,) = found("bewegung", falls.now, falls)
    assert headline(CATALOG, signal).endswith("anders bewegt als die Gruppe")
    (signal,) = found("bewegung", rises.now, rises)
    assert headline(CATALOG, signal).endswith("schwächer gestiegen als die Gruppe")


def test_rules_that_nobody_can_apply_are_refused() -> None:
    wrong = replace(CATALOG, signals={"rand": replace(CATALOG.signals["rand"], rule="guess")})
    assert any("signals.toml" in problem and "»guess«" in problem for problem in broken_rules(wrong))


def test_who_moved_is_not_told_across_a_break() -> None:
    now = at("elb", [10.0, 20.0, 30.0], 0)
    moved = movement(at("elb", [11.0, 22.0, None], 0), now, broken=("a000", "unknown"))
    assert moved.pairs["area"].to_list() == ["a001"]
    assert (moved.broken, moved.unpaired) == (("a000",), ("a002",))
    assert broken_text(moved, {"a000": "JC Probe"}) == (
        "Nicht verglichen, weil zwischen Jun 2019 und Jun 2019 ein Bruch der Reihe liegt: JC Probe."
    )

"""The path to a Soll: numbers one can check in the head, and rules that hold for any year."""

import calendar
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.test_comparison import CATALOG, value
from warehouse.paths import PATH, TargetPath, inputs_of_year, judged, target_path, why_no_path
from warehouse.schema import CURRENT, Row

SPRING = [50.0, 50.0, 100.0, 150.0, 150.0, 100.0, 50.0, 50.0, 100.0, 100.0, 50.0, 50.0]
"""A year of 1.000 events: 20 % up to March."""


def month(indicator: str, year: int, number: int, amount: float | None, **more: object) -> dict[str, object]:
    end = date(year, number, calendar.monthrange(year, number)[1])
    return value("halle", indicator, date(year, number, 1), end, value=amount, **more)


def year(indicator: str, number: int, amounts: list[float | None], **more: object) -> list[dict[str, object]]:
    return [month(indicator, number, at, amount, **more) for at, amount in enumerate(amounts, 1)]


def rows(*lists: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame([row for each in lists for row in each], schema=CURRENT)


def aim(indicator: str, amount: float, concept: str = "jahr", number: int = 2026) -> Row:
    return {
        "jobcenter": "halle", "indicator": indicator, "breakdown": "", "time_concept": concept, "target": amount,
        "period_start": date(number, 1, 1), "period_end": date(number, 12, 31),
    }  # fmt: skip


def column(found: TargetPath, name: str) -> list[float | None]:
    return [None if number is None else round(number, 6) for number in found.months[name]]


def test_a_sum_follows_the_season_and_says_what_is_needed() -> None:
    known = rows(year("integrationen", 2025, [*SPRING]), year("integrationen", 2026, [60.0, 70.0, 80.0]))
    found = target_path(CATALOG, aim("integrationen", 1200.0), known)

    assert found.months.schema == PATH
    assert (found.years, found.reported, found.gap, found.is_closed) == ((2025,), 3, 0, False)
    assert column(found, "path")[:4] == [60.0, 120.0, 240.0, 420.0]  # 5, 10, 20, 35 % of 1.200
    assert column(found, "expected")[:4] == [60.0, 60.0, 120.0, 180.0]
    assert column(found, "running")[:4] == [60.0, 130.0, 210.0, None]
    assert found.needed == pytest.approx(110.0)  # (1.200 − 210) ÷ 9
    assert column(found, "needed")[3] == pytest.approx(
        990 * 150 / 800, abs=1e-6
    )  # April: 150 of the 800 left
    assert found.outcome == "unfavourable"  # 210 of 240


def test_a_stock_is_a_mean_and_its_need_a_mean_of_the_months_left() -> None:
    before = [100.0] * 6 + [300.0] * 6
    known = rows(year("lzb", 2025, [*before]), year("lzb", 2026, [90.0, 90.0, 90.0]))
    found = target_path(CATALOG, aim("lzb", 200.0, "jdw"), known)

    assert column(found, "path")[2] == 100.0, "half of the year's mean in the first half of the year"
    assert column(found, "path")[11] == 200.0
    assert column(found, "running")[:3] == [90.0] * 3
    assert found.needed == pytest.approx((200 * 12 - 270) / 9)
    assert found.outcome == "favourable", "lower is better"


def test_a_rate_needs_numerator_and_denominator() -> None:
    people = year("elb", 2025, [1000.0] * 12)
    known = rows(people, year("integrationen", 2026, [20.0, 20.0]), year("elb", 2026, [1000.0]))
    target = aim("iq", 24.0)
    found = target_path(CATALOG, target, known)

    assert inputs_of_year(CATALOG, "iq") == ("integrationen", "elb")
    assert column(found, "running")[:3] == [2.0, 4.0, None], "the denominator is that of the months before"
    assert column(found, "path")[:2] == [2.0, 4.0], "no complete year before: a straight line"
    assert found.years == ()
    assert found.needed == pytest.approx((240 - 40) / 10)
    assert set(column(found, "expected")) == {None}
    assert why_no_path(CATALOG, target, rows(year("integrationen", 2026, [20.0]))) == "no_months"


def test_money_of_a_year_comes_from_the_monthly_indicator() -> None:
    known = rows(year("llu-monat", 2025, [10.0] * 12), year("llu-monat", 2026, [11.0, 11.0]))
    found = target_path(CATALOG, aim("llu", 120.0, "planjahr"), known)

    assert (column(found, "path")[1], found.outcome, found.needed) == (
        20.0,
        "unfavourable",
        pytest.approx(9.8),
    )


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (aim("lzb", 1.0, "stichtag"), "other_series"),
        (aim("lzb", 1.0, "gjdw"), "other_series"),
        (aim("elb", 1.0, "planjahr"), "other_series"),  # nobody says that this Soll is a mean
        (aim("lzb", 1.0, "planjahr"), ""),
        (aim("integrationen", 1.0, "12m"), "other_series"),
        (aim("anteil-elb", 1.0), "no_rule"),
        ({**aim("lzb", 1.0, "jdw"), "period_end": date(2026, 6, 30)}, "not_a_year"),
        ({**aim("lzb", 1.0, "jdw"), "jobcenter": "harburg"}, "no_months"),
    ],
)
def test_a_soll_is_only_on_the_series_it_was_agreed_for(target: Row, reason: str) -> None:
    known = rows(*(year(name, 2026, [1.0]) for name in ("lzb", "elb", "integrationen")))
    assert why_no_path(CATALOG, target, known) == reason


def test_missing_and_suppressed_months_are_no_zero_and_end_the_sum() -> None:
    hidden = month("integrationen", 2026, 2, None, status="anonymisiert")
    known = rows([month("integrationen", 2026, 1, 10.0), hidden, month("integrationen", 2026, 3, 10.0)])
    found = target_path(CATALOG, aim("integrationen", 120.0), known)

    assert (found.reported, found.gap) == (1, 2)
    assert column(found, "running")[:3] == [10.0, None, None]
    assert found.needed == pytest.approx(10.0)


def test_an_incomplete_year_shows_no_season_and_three_are_enough() -> None:
    def years(*numbers: int) -> tuple[int, ...]:
        each = [year("integrationen", number, [1.0] * (11 if number == 2024 else 12)) for number in numbers]
        return target_path(CATALOG, aim("integrationen", 1.0), rows(*each)).years

    assert years(2021, 2022, 2023, 2024, 2025) == (2025, 2023)
    assert years(2022, 2023, 2025) == (2025, 2023)
    assert (
        target_path(CATALOG, aim("integrationen", 12.0), rows(year("integrationen", 2026, [1.0]))).years == ()
    )


def test_a_year_with_all_months_is_closed() -> None:
    found = target_path(CATALOG, aim("integrationen", 1000.0), rows(year("integrationen", 2026, [*SPRING])))

    assert (found.is_closed, found.needed, found.outcome) == (True, None, "met")
    assert set(column(found, "needed")) == {None}


@pytest.mark.parametrize("indicator", ["integrationen", "lzb", "alleinerziehende"])
@pytest.mark.parametrize("deviation", [-1.0, 0.0, 1.0])
def test_direction_and_deviation_make_the_outcome(indicator: str, deviation: float) -> None:
    table = {
        "integrationen": ("unfavourable", "met", "favourable"),
        "lzb": ("favourable", "met", "unfavourable"),
        "alleinerziehende": ("lower", "equal", "higher"),
    }
    assert judged(CATALOG, indicator, deviation) == table[indicator][int(deviation) + 1]
    assert judged(CATALOG, indicator, deviation, tolerance=1.0) in ("met", "equal")


AMOUNTS = st.lists(st.integers(1, 500).map(float), min_size=12, max_size=12)


@given(before=AMOUNTS, now=AMOUNTS, reported=st.integers(0, 11), soll=st.integers(1, 9000), seed=st.randoms())
def test_reported_and_needed_make_the_soll_whatever_the_order_of_rows(
    before: list[float], now: list[float], reported: int, soll: int, seed: object
) -> None:
    for indicator, concept, whole in (("integrationen", "jahr", soll), ("lzb", "jdw", soll * 12)):
        each = [*year(indicator, 2025, [*before]), *year(indicator, 2026, [*now[:reported]])]
        target = aim(indicator, float(soll), concept)
        found = target_path(CATALOG, target, rows(each))
        seed.shuffle(each)  # type: ignore[attr-defined]
        again = target_path(CATALOG, target, rows(each))

        assert sum(now[:reported]) + found.months["needed"].sum() == pytest.approx(whole)
        assert found.months["path"][11] == pytest.approx(soll)
        assert found.months["expected"].sum() == pytest.approx(whole)
        assert found.needed == pytest.approx(found.months["needed"].drop_nulls().mean())
        assert again.months.equals(found.months)

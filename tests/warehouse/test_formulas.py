"""Official formulas on monthly inputs: exact where every month is there, silent where one is missing."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.test_comparison import CATALOG, frame, value
from warehouse.catalog import OWN_CALCULATION
from warehouse.formulas import computed, inputs_of
from warehouse.schema import CURRENT
from warehouse.windows import INPUTS


def monthly(
    indicator: str, first: tuple[int, int], *values: float | None, **more: object
) -> list[dict[str, object]]:
    """Return one value per month from `first` (year, month) on."""
    year, month = first
    rows = []
    for number, amount in enumerate(values):
        at = year * 12 + month - 1 + number
        start, after = date(at // 12, at % 12 + 1, 1), date((at + 1) // 12, (at + 1) % 12 + 1, 1)
        status = {"status": "anonymisiert"} if amount is None else {}
        rows.append(
            value(
                "halle",
                indicator,
                start,
                after - date.resolution,
                time_concept="stichtag",
                value=amount,
                **status,
                **more,
            )
        )
    return rows


def k1e2(*rows: dict[str, object]) -> list[tuple[date, float]]:
    return computed(CATALOG, frame(*rows), ("k1e2",)).select("period_start", "value").rows()


def test_the_change_to_the_same_month_of_the_year_before() -> None:
    rows = monthly("elb", (2018, 1), *[200.0] * 12, 190.0, 210.0)

    assert k1e2(*rows) == [(date(2019, 1, 1), -5.0), (date(2019, 2, 1), 5.0)]


def test_a_missing_month_gives_nothing_and_never_zero() -> None:
    rows = monthly("elb", (2018, 1), None, *[200.0] * 11, 190.0, None)

    assert k1e2(*rows) == []


def test_contradicting_or_approximate_months_are_no_inputs() -> None:
    past = monthly("elb", (2018, 1), 200.0)
    assert k1e2(*past, *monthly("elb", (2019, 1), 190.0, contradicted=True)) == []
    assert k1e2(*past, *monthly("elb", (2019, 1), 190.0, precision="ungefaehr")) == []


def test_a_year_is_not_twelve_months() -> None:
    years = [
        value("halle", "elb", date(year, 1, 1), date(year, 12, 31), time_concept="jdw", value=200.0)
        for year in (2018, 2019)
    ]
    assert k1e2(*years) == []


def test_k2_divides_twelve_months_by_the_mean_of_the_twelve_before() -> None:
    stock = monthly("elb", (2018, 12), *[1000.0] * 6, *[2000.0] * 6)
    integrations = monthly("integrationen", (2019, 1), *[30.0] * 12)

    (row,) = computed(CATALOG, frame(*stock, *integrations), ("k2",)).iter_rows(named=True)
    assert (row["period_start"], row["period_end"]) == (date(2019, 12, 1), date(2019, 12, 31))
    assert row["value"] == 24.0  # 360 ÷ 1500
    assert computed(CATALOG, frame(*stock[1:], *integrations), ("k2",)).is_empty()


def test_k1e3_is_the_mean_of_twelve_monthly_rates_not_the_rate_of_their_sums() -> None:
    stock = monthly("elb", (2019, 1), *[100.0] * 6, *[200.0] * 6)
    gone = monthly("elb-zugang", (2019, 1), *[10.0] * 12)

    (row,) = computed(CATALOG, frame(*stock, *gone), ("k1e3",)).iter_rows(named=True)
    assert row["value"] == 7.5  # (6 × 10 % + 6 × 5 %) ÷ 12


def test_a_computed_value_says_so_and_where_it_comes_from() -> None:
    rows = monthly("elb", (2018, 1), 200.0) + monthly("elb", (2019, 1), 190.5, status="hochgerechnet")
    found = computed(CATALOG, frame(*rows), ("k1e2",))

    assert found.schema == CURRENT
    (row,) = found.iter_rows(named=True)
    assert (row["source"], row["status"], row["place"]) == (
        OWN_CALCULATION,
        "hochgerechnet",
        "Formel: (ELB im Bezugsmonat ÷ ELB im Vorjahresmonat − 1) × 100; Werte aus: x (Stand 31.01.2019)",
    )
    assert inputs_of(CATALOG, ("k1e2", "k2", "lza")) == ("elb", "integrationen")


def test_what_rests_on_one_internal_input_is_internal() -> None:
    stock = monthly("elb", (2018, 12), *[1000.0] * 12, confidential=True)
    found = computed(CATALOG, frame(*stock, *monthly("integrationen", (2019, 1), *[30.0] * 12)), ("k2",))

    assert found["confidential"].to_list() == [True]


# --- per 100 inhabitants: the population is known for single days only


def day(
    indicator: str, at: date, amount: float | None, jobcenter: str = "halle", **more: object
) -> dict[str, object]:
    """Return the value of a single day; a population is that of the table which counts."""
    status = {"status": "anonymisiert"} if amount is None else {}
    more = {"source": "regionalstatistik-12411-01-01-4"} | more if indicator == "einwohner" else more
    return value(jobcenter, indicator, at, at, time_concept="stichtag", value=amount, **status, **more)


def per_100(
    *rows: dict[str, object], indicator: str = "elb-je-100-einwohner"
) -> list[tuple[str, date, float, str]]:
    found = computed(CATALOG, frame(*rows), (indicator,))
    assert found.schema == CURRENT
    rule = pl.col("place").str.split(INPUTS).list.first()
    return found.select("jobcenter", "period_end", "value", rule).rows()


def test_days_and_months_are_divided_by_the_population_of_the_last_31_december_which_is_named() -> None:
    people = [
        day("einwohner", date(year, 12, 31), amount)
        for year, amount in ((2014, 200_000.0), (2015, 250_000.0))
    ]
    counted = [
        day("elb", date(2014, 12, 31), 24_000.0),
        *monthly("elb", (2015, 11), 24_000.0, 25_000.0, 26_000.0),  # November, December 2015, January 2016
    ]

    text = "Formel: ELB ÷ Bevölkerung insgesamt am 31.12.{} (Regionalstatistik 12411-01-01-4) × 100"
    assert per_100(*people, *counted) == [
        ("halle", date(2014, 12, 31), 12.0, text.format(2014)),
        ("halle", date(2015, 11, 30), 12.0, text.format(2014)),
        ("halle", date(2015, 12, 31), 10.0, text.format(2015)),
        ("halle", date(2016, 1, 31), 10.4, text.format(2015)),
    ]


def test_a_population_older_than_23_months_or_younger_is_no_base() -> None:
    people = day("einwohner", date(2015, 12, 31), 250_000.0)
    rows = monthly("elb", (2015, 10), *[25_000.0] * 30)
    found = [end for _, end, *_ in per_100(people, *rows)]
    assert (found[0], found[-1], len(found)) == (date(2015, 12, 31), date(2017, 11, 30), 24)


def test_each_area_has_its_own_population_and_a_missing_one_gives_nothing() -> None:
    at = date(2015, 12, 31)
    rows = [
        day("einwohner", at, 1000.0, "de"), day("rlb", at, 80.0, "de"),
        day("einwohner", at, None), day("rlb", at, 5.0),
        day("einwohner", at, 100.0, "harburg"), day("rlb", at, None, "harburg"),
        day("rlb", at, 7.0, "mettmann"),
        day("einwohner", at, 0.0, "nordsachsen"), day("rlb", at, 7.0, "nordsachsen"),
    ]  # fmt: skip
    assert [(area, number) for area, _, number, _ in per_100(*rows, indicator="rlb-je-100-einwohner")] == [
        ("de", 8.0)
    ]


def test_parts_years_contradictions_and_rough_values_are_no_inputs() -> None:
    at = date(2015, 12, 31)
    people = day("einwohner", at, 1000.0)
    year = value("halle", "elb", date(2015, 1, 1), at, time_concept="jdw", value=50.0)
    assert per_100(people, year, day("elb", at, 50.0, breakdown="frauen")) == []
    assert per_100(people, day("elb", at, 50.0, contradicted=True)) == []
    assert per_100(people, day("elb", at, 50.0, precision="ungefaehr")) == []
    assert per_100(day("einwohner", at, 1000.0, breakdown="frauen"), day("elb", at, 50.0)) == []
    assert per_100(day("einwohner", at, 1000.0, source="halle-2020"), day("elb", at, 50.0)) == []


def test_it_is_marked_as_projected_and_intern_where_one_input_is() -> None:
    at = date(2015, 12, 31)
    (row,) = computed(
        CATALOG,
        frame(day("einwohner", at, 1000.0), day("elb", at, 80.5, status="hochgerechnet", confidential=True)),
        ("elb-je-100-einwohner",),
    ).iter_rows(named=True)
    assert (row["value"], row["status"], row["confidential"]) == (8.05, "hochgerechnet", True)
    assert (row["source"], row["time_concept"], row["kind"]) == (OWN_CALCULATION, "stichtag", "ist")


def test_they_are_never_called_what_officially_divides_by_an_age_group() -> None:
    for id_ in ("elb-je-100-einwohner", "rlb-je-100-einwohner"):
        entry = CATALOG.indicator(id_)
        assert "Quote" not in entry.name
        assert "Bevölkerung insgesamt" in entry.name
        assert entry.caveats[0].startswith("Nicht die ")


@given(st.lists(st.one_of(st.none(), st.integers(1, 10**6)), min_size=1, max_size=30))
def test_there_is_a_change_exactly_where_both_months_have_a_value(values: list[int | None]) -> None:
    found = k1e2(*monthly("elb", (2018, 1), *[None if each is None else float(each) for each in values]))

    pairs = [(values[at - 12], values[at], at) for at in range(12, len(values))]
    expected = {
        date(2018 + at // 12, at % 12 + 1, 1): new / old * 100 - 100 for old, new, at in pairs if old and new
    }
    assert dict(found) == expected
    assert pl.Series([start for start, _ in found], dtype=pl.Date).is_sorted()

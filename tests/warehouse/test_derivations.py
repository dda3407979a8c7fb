"""JDW, gJDW, JFW and 12-month sums: exact where every month is there, silent where one is missing or a break lies inside."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.warehouse.test_comparison import CATALOG, frame
from tests.warehouse.test_formulas import monthly
from warehouse.catalog import OWN_CALCULATION, OWN_READING, Event
from warehouse.derivations import derivations_of, derived, inputs_of_derived
from warehouse.formulas import computed
from warehouse.schema import CURRENT

BREAK = Event(
    "b",
    "Bruch",
    "bruch",
    date(2019, 4, 1),
    "Text",
    "Quelle",
    indicators=("lzb", "integrationen"),
    breaks=True,
)


def series(indicator: str, concept: str, *rows: dict[str, object], **more: object) -> dict[date, float]:
    """Return the values of one time concept at the ends of months."""
    found = derived(CATALOG, frame(*rows), indicator, **more)  # type: ignore[arg-type]
    monthly_ones = found.filter(
        pl.col("time_concept") == concept,
        pl.col("period_start").dt.month() == pl.col("period_end").dt.month(),
    )
    return dict(monthly_ones.select("period_end", "value").iter_rows())


def test_the_jdw_is_the_mean_of_the_months_so_far_and_says_how_many() -> None:
    rows = monthly("lzb", (2019, 1), 10.0, 20.0, 30.0, 40.0, 50.0)
    found = derived(CATALOG, frame(*rows), "lzb").filter(pl.col("time_concept") == "jdw")

    assert found.schema == CURRENT
    assert found["value"].to_list() == [10.0, 15.0, 20.0, 25.0, 30.0]
    last = found.row(-1, named=True)
    assert last["note"] == "Januar bis Mai, 5 Monate"
    assert last["source"] == OWN_CALCULATION
    assert last["place"].endswith(
        f"{OWN_READING}; Werte aus: x (Stand 31.05.2019)"
    )  # no source states the rule
    assert (last["period_start"], last["period_end"]) == (date(2019, 5, 1), date(2019, 5, 31))


def test_a_whole_year_is_also_the_value_of_the_year() -> None:
    rows = monthly("lzb", (2018, 1), *map(float, range(1, 14)))
    found = derived(CATALOG, frame(*rows), "lzb").filter(pl.col("time_concept") == "jdw")
    years = found.filter(pl.col("period_end").dt.month() - pl.col("period_start").dt.month() == 11)

    assert years.select("period_start", "period_end", "value", "note").rows() == [
        (date(2018, 1, 1), date(2018, 12, 31), 6.5, "Januar bis Dezember, 12 Monate")
    ]


def test_the_gjdw_is_the_mean_of_the_last_twelve_months() -> None:
    rows = monthly("lzb", (2018, 7), *[100.0] * 12, 220.0)
    assert series("lzb", "gjdw", *rows) == {date(2019, 6, 30): 100.0, date(2019, 7, 31): 110.0}


def test_events_are_added_up_since_january_and_over_twelve_months() -> None:
    rows = monthly("integrationen", (2018, 12), 5.0, *[10.0] * 3)
    assert series("integrationen", "jfw", *rows) == {
        date(2019, 1, 31): 10.0,
        date(2019, 2, 28): 20.0,
        date(2019, 3, 31): 30.0,
    }
    whole = monthly("integrationen", (2018, 12), 5.0, *[10.0] * 12)
    assert series("integrationen", "12m", *whole) == {date(2019, 11, 30): 115.0, date(2019, 12, 31): 120.0}


def test_the_jfw_of_k2_is_january_to_march_by_the_mean_stock_of_december_to_february() -> None:
    """The reading example of BIAJ, Materialien 19.07.2015 (biaj.de, 644): integrations Jan–Mar ÷ ELB Dec–Feb."""
    stock = monthly("elb", (2018, 12), 900.0, 1000.0, 1100.0, 5000.0)  # March itself is not used
    integrations = monthly("integrationen", (2019, 1), 10.0, 20.0, 30.0)

    found = derived(CATALOG, frame(*stock, *integrations), "k2")
    assert found.select("period_end", "time_concept", "value").row(-1) == (date(2019, 3, 31), "jfw", 6.0)
    assert found["note"].to_list()[-1] == "Januar bis März, 3 Monate"
    without_december = frame(*stock[1:], *integrations)
    assert derived(CATALOG, without_december, "k2").is_empty()


def test_the_official_reading_of_k2_april_to_march_by_march_to_february() -> None:
    """BIAJ 644: integrations of April 2014 to March 2015 ÷ mean ELB of March 2014 to February 2015."""
    stock = monthly("elb", (2014, 3), *[1000.0] * 12)
    integrations = monthly("integrationen", (2014, 4), *[20.0] * 12)
    (row,) = computed(CATALOG, frame(*stock, *integrations), ("k2",)).iter_rows(named=True)

    assert (row["period_end"], row["value"], row["note"]) == (date(2015, 3, 31), 24.0, "12 Monate")
    assert row["time_concept"] == "12m"  # the key of the printed value, which so takes its place


def test_the_official_reading_of_k1_and_k3_a_quotient_is_told_as_a_change() -> None:
    """sgb2.info, Erklärgrafik: −1,4 % is the quotient 98,6 % of this month and the same month of the year before."""
    rows = monthly("lzb", (2018, 5), 1000.0) + monthly("lzb", (2019, 5), 986.0)
    (row,) = computed(CATALOG, frame(*rows), ("k3",)).iter_rows(named=True)
    assert row["value"] == pytest.approx(-1.4)
    assert row["note"] == "2 Monate"


def test_outflow_is_divided_by_the_stock_of_the_month_before() -> None:
    stock = monthly("elb", (2018, 12), *[100.0] * 6, *[200.0] * 6)
    gone = monthly("elb-abgang", (2019, 1), *[10.0] * 12)
    (row,) = computed(CATALOG, frame(*stock, *gone), ("k1e4",)).iter_rows(named=True)
    assert row["value"] == 7.5  # 6 × 10 % and 6 × 5 %


def test_rates_are_never_added_up_or_averaged() -> None:
    assert derivations_of(CATALOG, "sanktionsquote") == ()
    assert [rule.id for rule in derivations_of(CATALOG, "k2")] == ["jfw"]
    assert [rule.id for rule in derivations_of(CATALOG, "elb")] == ["jdw", "gjdw"]
    assert inputs_of_derived(CATALOG, "k2") == ("elb", "integrationen")
    assert inputs_of_derived(CATALOG, "elb") == ("elb",)


def test_no_window_leads_across_a_break() -> None:
    rows = monthly("lzb", (2018, 4), *[100.0] * 14)  # to May 2019, break in April
    means = series("lzb", "gjdw", *rows, breaks=[BREAK])
    assert list(means) == [date(2019, 3, 31)]
    assert max(series("lzb", "jdw", *rows, breaks=[BREAK])) == date(2019, 3, 31)
    change = computed(CATALOG, frame(*rows), ("k3",), breaks=[BREAK])
    assert change.is_empty()
    elsewhere = replace(BREAK, areas=("harburg",))
    assert len(series("lzb", "gjdw", *rows, breaks=[elsewhere])) == 3


def test_areas_and_parts_do_not_run_into_each_other() -> None:
    rows = monthly("lzb", (2018, 1), *[1.0] * 11) + monthly("lzb", (2018, 12), 1.0, breakdown="frauen")
    assert series("lzb", "gjdw", *rows) == {}


months_with_gaps = st.lists(st.one_of(st.none(), st.integers(0, 10**7)), min_size=1, max_size=40)


@settings(deadline=None)
@given(months_with_gaps, st.randoms())
def test_a_window_with_a_gap_gives_none_and_order_is_irrelevant(
    values: list[int | None], shuffled: Random
) -> None:
    rows = monthly("lzb", (2018, 1), *[None if each is None else float(each) for each in values])
    expected = {}
    for at in range(11, len(values)):
        window = values[at - 11 : at + 1]
        if None not in window:
            expected[at] = sum(filter(None, window)) / 12
    found = series("lzb", "gjdw", *rows)
    assert list(found.values()) == pytest.approx(list(expected.values()))
    assert [(day.year - 2018) * 12 + day.month - 1 for day in found] == list(expected)
    shuffled.shuffle(rows)
    assert series("lzb", "gjdw", *rows) == found


@settings(deadline=None)
@given(months_with_gaps)
def test_a_running_year_stops_at_its_first_gap(values: list[int | None]) -> None:
    rows = monthly("integrationen", (2018, 1), *[None if each is None else float(each) for each in values])
    found = {(day.year, day.month): value for day, value in series("integrationen", "jfw", *rows).items()}
    for year in range(4):
        total, complete = 0.0, True
        for month, value in enumerate(values[year * 12 : year * 12 + 12], 1):
            complete = complete and value is not None
            total += value or 0
            assert found.get((2018 + year, month)) == (total if complete else None)


REAL = Path(__file__).parents[3] / "shared/extracts/ba_sanktionen"
SQL = """
with elb as (
    select jobcenter, period_end, value, row_number() over (partition by jobcenter order by period_end) as n
    from current_observations
    where indicator = 'elb' and breakdown = '' and source = 'ba-sanktionen' and kind = 'ist' and value is not null
)
select last.jobcenter, last.period_end, avg(months.value) filter (where months.n > last.n - 12) as gjdw,
    avg(months.value) filter (where year(months.period_end) = year(last.period_end)) as jdw,
    (max(last.value) / min(months.value) filter (where months.n = last.n - 12) - 1) * 100 as k1e2
from elb as last
inner join elb as months on last.jobcenter = months.jobcenter and months.n <= last.n
where last.period_end = date '2019-12-31' and last.jobcenter in (select unnest(?))
group by all
order by last.jobcenter
"""


def stock_of_the_five() -> pl.DataFrame:
    """Return the stock of ELB of the five in the real workbooks, read straight from sheet 3.1 (columns B and G)."""
    own = {entry.traegernummer: id_ for id_, entry in CATALOG.jobcenters.items()}
    rows = []
    for path in sorted(REAL.glob("*.xlsx")):
        month = (int(path.name.split("-")[3][:4]), int(path.name.split("-")[3][4:]))
        for cells in CalamineWorkbook.from_path(path).get_sheet_by_name("3.1 ELB insg").to_python():
            if area := own.get(str(cells[1]).strip()):
                (row,) = monthly("elb", month, float(cells[6]))
                rows.append({**row, "jobcenter": area, "source": "ba-sanktionen"})
    return frame(*rows)


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/extracts/ba_sanktionen ist nicht da")
def test_real_workbooks_give_what_plain_sql_gives() -> None:
    rows = stock_of_the_five()
    connection = duckdb.connect()
    connection.register("current_observations", rows.to_arrow())
    own = list(CATALOG.jobcenters)
    recomputed = connection.sql(SQL, params=[own]).pl()
    assert recomputed.height == len(own)
    december = date(2019, 12, 31)
    means = derived(CATALOG, rows, "elb").filter(
        pl.col("period_end") == december,
        pl.col("period_start") == date(2019, 12, 1),
        pl.col("breakdown") == "",
    )
    changes = computed(CATALOG, rows, ("k1e2",)).filter(pl.col("period_end") == december)
    for row in recomputed.iter_rows(named=True):
        of_area = pl.col("jobcenter") == row["jobcenter"]
        for concept in ("jdw", "gjdw"):
            value = means.filter(of_area, pl.col("time_concept") == concept)["value"].item()
            assert value == pytest.approx(row[concept], rel=1e-12)
        assert changes.filter(of_area)["value"].item() == pytest.approx(row["k1e2"], rel=1e-12)

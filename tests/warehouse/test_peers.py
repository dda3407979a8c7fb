"""Values of many areas: one per area, each with its state; periods they share; the whole road from a delivery on."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from etl.extract import Extract
from etl.load import load_extract, repair
from tests.etl.deliveries import delivery
from tests.warehouse.peers import CATALOG, JUNE, current
from warehouse.areas import Ask, every_area, ids, of_level
from warehouse.common_periods import course, last_common, newer, newest_each, offered
from warehouse.comparators import Known, group_of
from warehouse.likeness import structure
from warehouse.peer_values import At, peer_values, settled
from warehouse.questions import ask as ask_snapshot
from warehouse.questions import opened
from warehouse.quotients import ratio_of_sums
from warehouse.robustness import standings, strip
from warehouse.snapshots import current_snapshot
from warehouse.standing import stand

REAL = Path(__file__).parents[3] / "shared" / "extracts" / "ba_sanktionen"


def asking(folder: Path) -> Ask:
    """Return what answers questions from the newest snapshot of a folder."""
    snapshot = current_snapshot(folder)
    assert snapshot is not None

    def ask(name: str, /, **parameters: Any) -> pl.DataFrame:
        return ask_snapshot(snapshot, name, **parameters)

    return ask


def load(folder: Path, extract: Extract) -> None:
    report = load_extract(folder, extract, who="Test", accept_warnings="Test")
    assert report.outcome == "loaded", [found.message for found in report.problems]


def test_of_several_sources_the_one_with_most_areas_speaks() -> None:
    rows = current(
        {"jobcenter": "a", "value": 1, "source": "bericht", "contradicted": True},
        {"jobcenter": "a", "value": 2, "source": "ba", "contradicted": True},
        {"jobcenter": "b", "value": 3, "source": "ba"},
        {"jobcenter": "c", "value": 4, "source": "bericht"},
        {"jobcenter": "b", "value": 5, "source": "bericht2"},
    )
    assert settled(rows, ["a", "b", "c", "d"]).select("area", "value", "state").rows() == [
        ("a", 2.0, "value"),
        ("b", 3.0, "value"),
        ("c", 4.0, "value"),
        ("d", None, "absent"),
    ]


def test_missing_approximate_and_contradicting_values_do_not_count_and_are_told() -> None:
    rows = current(
        {"jobcenter": "a", "status": "anonymisiert"},
        {"jobcenter": "b", "value": 7, "precision": "ungefaehr"},
        {"jobcenter": "c", "value": 1},
        {"jobcenter": "c", "value": 2, "row": 2},
    )
    assert settled(rows, ["a", "b", "c"]).select("value", "shown", "state").rows() == [
        (None, None, "missing"),
        (None, 7.0, "approximate"),
        (None, 1.0, "contradicted"),
    ]


@pytest.fixture
def five(tmp_path: Path) -> Path:
    """Return a warehouse with two months of the five; Nordsachsen has a third, Harburg a sign."""
    rows = [
        f"{id_};ELB;{month};{value}"
        for month, values in (("2018-06", (100, 200, 300, 400, 500)), ("2019-06", (90, 200, 330, "*", 400)))
        for id_, value in zip(
            ("halle", "magdeburg", "nordsachsen", "harburg", "me-aktiv"), values, strict=True
        )
    ]
    load(tmp_path, delivery(*rows, "nordsachsen;ELB;2019-07;340"))
    return tmp_path


def test_the_newest_common_month_is_shown_and_who_has_newer_values_is_named(five: Path) -> None:
    ask = asking(five)
    offer = offered(CATALOG, ask, "elb")
    every = course(CATALOG, ask, "elb", "", tuple(CATALOG.jobcenters))

    assert (offer.level, offer.periods.select("period_start", "areas", "figures", "common").rows()) == (
        "jobcenter",
        [(date(2019, 7, 1), 1, 1, False), (date(2019, 6, 1), 5, 4, True), (date(2018, 6, 1), 5, 5, True)],
    )
    chosen = last_common(offer, every.filter(pl.col("area") == "nordsachsen"))
    assert chosen == ("stichtag", date(2019, 6, 1), date(2019, 6, 30))
    at = At("elb", "", *chosen)
    assert newer(every, at, CATALOG.jobcenters) == {"nordsachsen": (date(2019, 7, 1), date(2019, 7, 31))}
    each = newest_each(every, at)
    assert each.select("area", "value", "period_start").rows()[-1] == ("nordsachsen", 340.0, date(2019, 7, 1))
    assert each.filter(pl.col("area") == "harburg")["period_start"].item() == date(2018, 6, 1)


def test_a_formula_works_for_all_areas_and_for_their_sums(five: Path) -> None:
    ask = asking(five)
    offer = offered(CATALOG, ask, "k1e2")
    at = offer.ats("k1e2")[0]
    peers = peer_values(CATALOG, ask, at, tuple(CATALOG.jobcenters))

    assert at.start == date(2019, 6, 1)
    assert dict(peers.rows.select("area", "value").iter_rows()) == {
        "halle": pytest.approx(-10),
        "harburg": None,
        "magdeburg": pytest.approx(0),
        "me-aktiv": pytest.approx(-20),
        "nordsachsen": pytest.approx(10),
    }
    value, members = ratio_of_sums(peers.sides, tuple(CATALOG.jobcenters))
    assert (value, members) == (pytest.approx((1020 / 1100 - 1) * 100), 4), (
        "Harburg drops out with both of its sides"
    )


def test_a_snapshot_from_before_areas_knew_their_land_is_built_anew(five: Path) -> None:
    snapshot = current_snapshot(five)
    assert snapshot is not None
    with duckdb.connect(str(snapshot)) as connection:
        connection.execute("alter table areas drop column land")

    assert repair(five), "the app does so at every start"
    assert asking(five)("areas").columns == ["id", "name", "kind", "key", "land"]


def test_the_order_of_what_is_asked_changes_no_value(five: Path) -> None:
    """Where one source says two things of one area, the one that stands first in its delivery is shown, however rows come in."""
    asked, areas = asking(five), tuple(CATALOG.jobcenters)
    at = At("elb", "", "stichtag", date(2018, 6, 1), date(2018, 6, 30))
    twice = asked("values_of_areas", indicators=("elb",), breakdowns=("",), areas=areas, start=at.start, end=at.end,
                  time_concept=at.time_concept)  # fmt: skip
    twice = pl.concat([twice, twice.with_columns(pl.col("value") + 1, row=pl.col("row") + 1)])
    shuffled = [twice.sample(fraction=1, shuffle=True, seed=seed) for seed in range(8)]
    found = [peer_values(CATALOG, lambda *_, rows=rows, **__: rows, at, areas).rows for rows in shuffled]
    assert set(found[0]["state"]) == {"contradicted"}
    assert all(each.equals(found[0]) for each in found)


def test_dissolved_areas_of_the_past_do_not_hide_the_newest_period(tmp_path: Path) -> None:
    """The Regionaldatenbank keeps rows of dissolved Kreise, with a sign: they were no reporting areas then either."""
    rows = [f"{id_};ELB;2018-06;1" for id_ in ("halle", "magdeburg")]
    rows += [f"{id_};ELB;2018-06;." for id_ in ("nordsachsen", "harburg", "me-aktiv")]
    load(tmp_path, delivery(*rows, "halle;ELB;2019-06;1", "magdeburg;ELB;2019-06;1"))

    offer = offered(CATALOG, asking(tmp_path), "elb")
    assert offer.periods.select("period_start", "common").rows()[0] == (date(2019, 6, 1), True)


def test_own_numbers_of_a_month_are_found_in_an_empty_warehouse(five: Path) -> None:
    ask = asking(five)

    assert offered(CATALOG, ask, "k2").periods.is_empty()
    assert last_common(offered(CATALOG, ask, "k2"), course(CATALOG, ask, "k2", "", ("halle",))) is None
    assert peer_values(CATALOG, ask, At("k2", "", "stichtag", JUNE.start, JUNE.end), ("halle",)).rows[
        "state"
    ].to_list() == ["absent"]


# --- real workbooks ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with two real workbooks, a year apart."""
    if not REAL.is_dir():
        pytest.skip("../shared/extracts/ba_sanktionen ist nicht da")
    folder = tmp_path_factory.mktemp("real")
    for month in ("201812", "201912"):
        load(folder, Extract.from_file(REAL / f"sanktionen-d-0-{month}-xlsx.xlsx"))
    return folder


def test_every_jobcenter_lies_in_its_land_and_berlin_counts_to_the_east(real: Path) -> None:
    ask = asking(real)
    areas = every_area(CATALOG, ask("areas"))
    jobcenters = of_level(areas, "jobcenter")
    where = dict(areas.select("key", "land").iter_rows())

    assert jobcenters.height == 407
    assert jobcenters.filter(pl.col("land") == "").is_empty()
    assert (where["12302"], where["11102"], where["07610"]) == ("hh", "sh", "sn")
    assert jobcenters.filter(pl.col("land") == "be").height == 12
    rows = ask(
        "values_of_areas", indicators=["elb"], breakdowns=[""], areas=["de", *CATALOG.regions], start=date(2019, 12, 1),
        end=date(2019, 12, 31), time_concept="stichtag",
    )  # fmt: skip
    printed = dict(rows.select("jobcenter", "value").iter_rows())
    for part in ("ost", "west"):
        laender = [id_ for id_, region in CATALOG.regions.items() if region.part == part]
        assert sum(printed[id_] for id_ in laender) == pytest.approx(printed[part], rel=1e-12)
    assert sum(CATALOG.regions[id_].part == "ost" for id_ in CATALOG.regions) == 6


PLAIN_SQL = """
    with members as (
        select distinct id from areas where land = 'st'
        union all select unnest(['halle', 'magdeburg'])
    ), wide as (
        select
            jobcenter,
            any_value(value) filter (indicator = 'sanktionsquote') as quota,
            any_value(value) filter (indicator = 'elb-mit-sanktion') as above,
            any_value(value) filter (indicator = 'elb') as below
        from current_observations
        where breakdown = '' and period_start = '2019-12-01' and jobcenter in (select id from members)
        group by jobcenter
    )
    select
        median(quota), quantile_cont(quota, 0.25), quantile_cont(quota, 0.9), count(quota),
        count(*) filter (quota < (select quota from wide where jobcenter = 'halle')), sum(above) / sum(below) * 100
    from wide
"""
"""Median, quartile, decile, n, how many are lower than Halle, and the ratio of sums of Sachsen-Anhalt."""


def test_standings_agree_with_plain_sql(real: Path) -> None:
    ask = asking(real)
    at = At("sanktionsquote", "", "stichtag", date(2019, 12, 1), date(2019, 12, 31))
    areas = every_area(CATALOG, ask("areas"))
    peers = peer_values(CATALOG, ask, at, ids(of_level(areas, "jobcenter")))
    group = group_of(CATALOG, Known(areas), "land", "halle", at.end)
    found = stand(CATALOG, peers, group, "halle")
    snapshot = current_snapshot(real)
    assert snapshot is not None
    answer = opened(snapshot).cursor().execute(PLAIN_SQL).fetchone()
    median, p25, p90, n, lower, rate = answer or ()

    assert found.spread is not None
    assert (found.spread.median, found.spread.p25, found.spread.p90) == pytest.approx((median, p25, p90))
    assert (found.n, found.size, found.lower) == (n, 14, lower)
    assert (found.ratio, found.ratio_n) == (pytest.approx(rate), n)
    assert found.gap_persons == pytest.approx(found.gap * found.sides.of("halle")[1] / 100)  # type: ignore[operator, index]


def test_all_comparators_at_once(real: Path) -> None:
    ask = asking(real)
    areas = every_area(CATALOG, ask("areas"))
    offer = offered(CATALOG, ask, "k1e2")
    at = offer.ats("k1e2")[0]
    assert (at.start, offer.periods["figures"][0]) == (date(2019, 12, 1), 405)
    peers = peer_values(CATALOG, ask, at, ids(of_level(areas, "jobcenter")))
    known = Known(areas, structure=structure(CATALOG, ask, areas, at.end))
    found = strip(standings(CATALOG, known, peers, "jc-11102", level="jobcenter"))

    said = {row["comparator"]: row for row in found.iter_rows(named=True)}
    assert said["land"]["size"] == 15
    assert (
        said["deutschland"]["n"] == 404
    )  # the Landkreis Rostock grew by Bad Doberan: no change across that break
    assert said["aehnlich"]["size"] == 21
    assert said["typ"]["why_not"] == "no_group"
    for row in said.values():
        assert row["percentile"] is None or row["percentile"] == pytest.approx(
            100 - row["lower_share"]
        )  # lower is favourable

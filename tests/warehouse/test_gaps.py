"""The state of the data: nothing declared is forgotten, and every gap names a delivery."""

from datetime import date

import polars as pl

from warehouse.catalog import load_catalog
from warehouse.gap_counts import by_indicator, by_topic, wanted_deliveries
from warehouse.gaps import situation, summary
from warehouse.schema import CURRENT

KNOWN = load_catalog()


def series(*rows: tuple[str, str, str, int, int, bool]) -> pl.DataFrame:
    """Return answers of `known_indicators`: indicator, breakdown, Jobcenter, figures, approximate ones, contradicted."""
    return pl.DataFrame(
        [
            {
                "indicator": indicator,
                "breakdown": breakdown,
                "jobcenter": jobcenter,
                "kind": "ist",
                "figures": figures,
                "periods": figures,
                "first_start": date(2018, 1, 1),
                "last_start": date(2019, 6, 1),
                "last_end": date(2019, 6, 30),
                "approximate": approximate,
                "uncertain": 0,
                "missing": 0,
                "contradicted": contradicted,
                "confidential": False,
            }
            for indicator, breakdown, jobcenter, figures, approximate, contradicted in rows
        ]
    )


KNOWN_SERIES = series(
    ("elb", "", "halle", 3, 0, False),
    ("elb", "", "magdeburg", 2, 0, True),
    ("elb", "frauen", "halle", 1, 1, False),
    ("elb.vj-prozent", "", "harburg", 1, 0, False),
    ("egt", "", "harburg", 1, 0, False),
)
CELLS = situation(KNOWN, KNOWN_SERIES)


def state(indicator: str, breakdown: str, jobcenter: str) -> str:
    """Return the state of one cell."""
    return CELLS.row(
        by_predicate=(pl.col("indicator") == indicator)
        & (pl.col("breakdown") == breakdown)
        & (pl.col("jobcenter") == jobcenter),
        named=True,
    )["state"]


def test_every_cell_has_a_state() -> None:
    assert state("elb", "", "halle") == "filled"
    assert state("elb", "", "magdeburg") == "contradictory"
    assert state("elb", "frauen", "halle") == "approximate"
    assert state("elb", "", "harburg") == "missing"  # a printed change is no value of the series


def test_what_nobody_reports_is_missing_for_all_with_the_delivery_that_would_bring_it() -> None:
    k2 = CELLS.filter(pl.col("indicator") == "k2")
    assert k2["jobcenter"].to_list() == list(KNOWN.jobcenters)
    assert set(k2["state"]) == {"missing"}
    assert set(k2["delivery"]) == {"kennzahlen-48a"}


def test_all_of_the_catalog_is_there_in_its_order() -> None:
    assert set(CELLS["indicator"]) == set(KNOWN.indicators)
    assert CELLS["topic"].unique(maintain_order=True).to_list() == list(KNOWN.topics)


def test_the_summary_counts_series_and_shared_periods() -> None:
    def value(jobcenter: str, start: date, end: date) -> dict[str, object]:
        empty = dict.fromkeys(CURRENT.names())
        named = {"jobcenter": jobcenter, "indicator": "elb", "breakdown": "", "kind": "ist", "value": 1.0}
        return empty | named | {"time_concept": "stichtag", "period_start": start, "period_end": end}

    june, july = (date(2019, 6, 1), date(2019, 6, 30)), (date(2019, 7, 1), date(2019, 7, 31))
    found = summary(
        CELLS,
        CELLS,
        pl.DataFrame([value("halle", *june), value("magdeburg", *july), value("de", *june)], schema=CURRENT),
    )
    assert (found.reported, found.by_one, found.by_all, found.sharing_period) == (3, 2, 0, 0)
    shared = pl.DataFrame([value("halle", *june), value("magdeburg", *june)], schema=CURRENT)
    assert summary(CELLS, CELLS, shared).sharing_period == 1
    elb = CELLS.filter(pl.col("indicator") == "elb")
    found = summary(by_indicator(elb), elb, shared)
    families = elb["family"].n_unique()
    assert (found.counted, found.reported, found.sharing_period) == (families, families, 1)
    alone = elb.filter(pl.col("jobcenter") == "halle")
    assert (summary(alone, alone, shared).reported, summary(alone, alone, shared).sharing_period) == (2, 0)


def test_counting_by_topic_and_indicator_loses_nothing() -> None:
    topic = by_topic(CELLS).row(
        by_predicate=(pl.col("topic") == "bestand") & (pl.col("jobcenter") == "halle"), named=True
    )
    assert topic["filled"] == 1
    assert topic["approximate"] == 1
    assert (
        topic["filled"] + topic["approximate"] + topic["contradictory"] + topic["missing"]
        == topic["quantities"]
    )
    elb = by_indicator(CELLS).row(
        by_predicate=(pl.col("indicator") == "elb")
        & (pl.col("jobcenter") == "halle")
        & (pl.col("parts") == 2),
        named=True,
    )
    assert (elb["state"], elb["series"], elb["breakdown"]) == ("filled", 2, "")


def test_the_fallback_delivery_comes_last() -> None:
    wanted = wanted_deliveries(KNOWN, CELLS)["delivery"].to_list()
    assert wanted[0] == "kennzahlen-48a"
    assert wanted[-1] == "planungsdokument"


def test_the_most_exact_declaration_of_a_delivery_wins() -> None:
    assert KNOWN.delivery_for("arbeitslose-sgb2", "frauen").id == "eckwerte"
    assert KNOWN.delivery_for("elb", "frauen").id == "regionalstatistik-sgb2"
    assert KNOWN.delivery_for("elb", "gefluechtete").id == "planungsdokument"
    assert KNOWN.delivery_for("elb.vj-prozent").id == "eckwerte"
    assert KNOWN.delivery_for("egt").id == "haushaltsplan"

"""Views of a course: years on top of each other, index, changes, bands, events; what they draw and what they say."""

from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.charts.bands import Behind
from pages.charts.change_bars import BEFORE, YEAR_BEFORE, change_panels, changed
from pages.charts.chart import Chart
from pages.charts.index_lines import index_panels, without_index
from pages.charts.labels import apart
from pages.charts.lines import series_panels
from pages.charts.reading import read_changes, read_course, read_index, read_seasons
from pages.charts.seasons import season_panels, years_of
from pages.charts.trend_words import told_statements
from tests.warehouse.test_comparison import CATALOG, frame
from tests.warehouse.test_formulas import monthly
from warehouse.catalog import Event
from warehouse.indexed import common_starts, indexed
from warehouse.statements import Silence, silence_about, statements
from warehouse.trends import trends

BREAK = Event("b", "Bruch", "bruch", date(2018, 7, 1), "Anders gezählt.", "Quelle", breaks=True)
SPAN = Event(
    "s", "Umzug", "oertlich", date(2018, 3, 1), "Zwei Monate.", "Haus", date(2018, 4, 30), areas=("halle",)
)


def points(*rows: dict[str, object], **more: Any) -> pl.DataFrame:
    return trends(CATALOG, frame(*rows), every_value=True, **more)


def halle(*values: float | None, indicator: str = "lzb", **more: object) -> list[dict[str, object]]:
    return monthly(indicator, (2018, 1), *values, **more)


def harburg(*values: float | None) -> list[dict[str, object]]:
    return [{**row, "jobcenter": "harburg"} for row in halle(*values)]


def texts(chart: Chart) -> list[str]:
    return [annotation.text for annotation in chart.figure.layout.annotations]


def test_each_year_is_a_line_the_newest_strong_and_named_at_its_end() -> None:
    own = points(*halle(*map(float, range(100, 115))))  # to March 2019
    chart = season_panels(CATALOG, own, title="Titel", subtitle="Personen")
    old, new = chart.figure.data
    assert (list(old.x), list(new.x)) == (list(range(1, 13)), [1, 2, 3])
    assert new.line.color == CATALOG.jobcenters["halle"].colour
    assert old.line.color != new.line.color
    assert {"2018", "2019"} <= set(texts(chart))
    assert years_of(own) == (date(2018, 1, 1), date(2019, 3, 1))
    assert years_of(points(*halle(1.0, 2.0))) is None


def test_every_year_is_named_within_its_panel_also_at_the_foot_of_the_common_axis() -> None:
    own = points(*halle(*[20_000.0] * 24), *harburg(*[7_100.0] * 12, *[7_000.0] * 12))
    chart = season_panels(CATALOG, own, title="Titel", subtitle="Personen")
    low, high = chart.figure.layout.yaxis2.range
    ends = [each for each in chart.figure.layout.annotations if each.yref == "y2"]
    assert [each.text for each in ends] == ["2018", "2019"]
    assert all(low < each.y < high for each in ends), "Plotly leaves out what stands beyond the axis"


def test_a_missing_month_breaks_the_line_of_a_year() -> None:
    chart = season_panels(CATALOG, points(*halle(1.0, None, 3.0, *[4.0] * 10)), title="T", subtitle="")
    assert list(chart.figure.data[0].y)[:3] == [1.0, None, 3.0]


def test_the_index_begins_at_one_hundred_and_the_others_stand_behind_in_grey() -> None:
    own = indexed(points(*halle(200.0, 150.0, 300.0), *harburg(50.0, 60.0, None)), date(2018, 1, 1))
    assert own["index"].to_list() == [100.0, 75.0, 150.0, 100.0, 120.0, None]
    chart = index_panels(CATALOG, own, "Jan 2018", title="Titel", subtitle="Index")
    strong = [trace for trace in chart.figure.data if trace.name]
    assert [list(trace.y) for trace in strong] == [[100.0, 75.0, 150.0], [100.0, 120.0]]
    assert [trace.text[-1] for trace in strong] == ["150,0", "120,0"]
    assert "Wert im Jan 2018 × 100" in chart.notes["Eigene Berechnung"]
    assert chart.table["Index"].to_list() == [100.0, 75.0, 150.0, 100.0, 120.0]


@pytest.mark.parametrize(
    ("values", "median", "place"),
    [
        ((100.0, 110.0, 105.0), None, "bottom center"),
        ((100.0, 90.0, 95.0), None, "top center"),
        ((100.0, 90.0, 95.0), 97.0, "bottom center"),
        ((100.0, 110.0, 105.0), 97.0, "top center"),
    ],
)
def test_the_last_index_stands_where_neither_the_line_nor_the_name_of_the_median_is(
    values: tuple[float, ...], median: float | None, place: str
) -> None:
    own = indexed(points(*halle(*values)), date(2018, 1, 1))
    edges = {name: pl.lit(median) for name in ("p10", "p25", "median", "p75", "p90")}
    band = {} if median is None else {"halle": own.select("period_start", "period_end", **edges, n=27)}
    chart = index_panels(CATALOG, own, "Jan 2018", title="T", subtitle="", behind=Behind(bands=band))
    (marks,) = [trace for trace in chart.figure.data if trace.mode == "markers+text"]
    assert marks.textposition == place


def test_who_has_no_value_at_the_start_has_no_index_and_is_named() -> None:
    own = points(*halle(200.0, 150.0), *harburg(None, 60.0, 70.0))
    found = indexed(own, date(2018, 1, 1))
    assert without_index(CATALOG, found) == ["Lk Harburg"]
    assert common_starts(own) == [date(2018, 2, 1)]  # the only month both have


def test_no_index_leads_across_a_break() -> None:
    found = indexed(points(*halle(*[10.0] * 8), breaks=[BREAK]), date(2018, 1, 1))
    assert found["index"].to_list() == [100.0] * 6 + [None, None]


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=20), st.data())
def test_an_index_is_one_hundred_at_its_start_and_keeps_ratios(
    values: list[int], data: st.DataObject
) -> None:
    own = points(*halle(*map(float, values)))
    at = data.draw(st.integers(0, len(values) - 1))
    start = own["period_start"].to_list()[at]
    index = indexed(own, start)["index"].to_list()
    assert index[at] == 100.0
    assert index == pytest.approx([value / values[at] * 100 for value in values])


def test_changes_are_bars_in_percent_of_rates_in_points() -> None:
    own = changed(CATALOG, points(*halle(*[200.0] * 12, 150.0, 300.0)), YEAR_BEFORE)
    chart = change_panels(CATALOG, own, YEAR_BEFORE, title="Titel", subtitle="Prozent")
    (bars,) = chart.figure.data
    assert list(bars.y) == [-25.0, 50.0]
    assert "Feb 2019: +50,0 %" in [text.replace("\u00a0", " ") for text in texts(chart)]
    rate = changed(CATALOG, points(*halle(4.0, 3.0, indicator="sanktionsquote")), BEFORE)
    assert rate["drawn"].to_list() == [None, -1.0]


def test_a_change_to_the_month_before_needs_that_month() -> None:
    own = changed(CATALOG, points(*halle(100.0, None, 90.0, 99.0)), BEFORE)
    assert own["drawn"].drop_nulls().to_list() == pytest.approx([10.0])


def test_bands_stand_behind_the_line_and_are_said_in_the_signs() -> None:
    own = points(*halle(5.0, 6.0, 7.0))
    band = own.select(
        "period_start", "period_end", p10=1.0, p25=pl.lit(2.0), median=pl.lit(3.0), p75=pl.lit(4.0), p90=pl.lit(9.0), n=27
    )  # fmt: skip
    behind = Behind(bands={"halle": band}, group="Vergleichstyp IIIc (27)")
    chart = series_panels(CATALOG, own, title="T", subtitle="", behind=behind)
    (median,) = [trace for trace in chart.figure.data if trace.name == "Median"]
    assert list(median.y) == [3.0, 3.0, 3.0]
    assert median.hovertext[0] == "Median der Vergleichsgruppe (n = 27)"
    assert len([trace for trace in chart.figure.data if trace.fill == "tonexty"]) == 2
    assert "Median" in texts(chart)
    assert chart.figure.layout.yaxis.range[1] > 9.0
    assert "mittlere Hälfte" in chart.notes["Zeichen"]
    assert chart.notes["Vergleichsgruppe"] == "Vergleichstyp IIIc (27)"


def test_events_are_numbered_lines_and_areas_in_their_panels_and_footnoted() -> None:
    own = points(*halle(*[5.0] * 9), *harburg(*[4.0] * 9), breaks=[BREAK])
    chart = series_panels(CATALOG, own, title="T", subtitle="", behind=Behind(events=(SPAN, BREAK)))
    assert texts(chart).count("1") == 1  # only the panel of Halle
    assert texts(chart).count("2") == 2
    lines = [shape for shape in chart.figure.layout.shapes if shape.type == "line"]
    assert [line.line.dash for line in lines] == ["dot", "dash", "dash"]
    special = chart.notes["Besonderheiten"]
    assert "(1) 01.03.2018 bis 30.04.2018 Umzug: Zwei Monate. Quelle: Haus." in special
    assert "(2) 01.07.2018 Bruch: Anders gezählt." in special
    course = next(trace for trace in chart.figure.data if trace.mode == "lines")
    assert list(course.y)[6] is None  # between June and July


def test_a_provisional_end_is_dotted_and_its_marks_are_hollow() -> None:
    rows = [*halle(5.0, 6.0), *monthly("lzb", (2018, 3), 7.0, 8.0, status="hochgerechnet")]
    chart = series_panels(CATALOG, points(*rows), title="T", subtitle="")
    firm, tail, silent, printed = chart.figure.data
    assert (list(firm.y), list(tail.y)) == ([5.0, 6.0], [6.0, 7.0, 8.0])
    assert tail.line.dash == "dot"
    assert (list(silent.y), list(silent.marker.symbol)) == ([6.0, 7.0], ["circle", "circle-open"])
    assert (list(printed.y), list(printed.marker.symbol)) == ([5.0, 8.0], ["circle", "circle-open"])
    assert "vorläufig oder hochgerechnet" in chart.notes["Zeichen"]


def test_a_long_series_is_told_by_its_ends_and_extremes() -> None:
    chart = series_panels(CATALOG, points(*halle(*map(float, range(20)))), title="T", subtitle="")
    assert (
        "20 Werte, erster Jan 2018 0, niedrigster Jan 2018 0, höchster Aug 2019 19, letzter Aug 2019 19"
        in chart.alt
    )


def said(*rows: dict[str, object], **more: Any) -> list[str]:
    found = points(*rows)
    told = told_statements(CATALOG, statements(CATALOG, found), str(found["indicator"][0]), **more)
    return [sentence.replace("\u00a0", " ") for sentence in told]


def test_a_trend_is_counted_in_months_against_the_year_before() -> None:
    rows = halle(*[100.0] * 12, *[90.0] * 9, *[110.0] * 3)
    assert said(*rows) == [
        "Halle (Saale): in 9 von 12 Monaten unter dem Vorjahresmonat, zuletzt +10,0 % (Dez 2019)."
    ]


def test_a_trend_without_a_side_takes_none() -> None:
    rows = halle(*[100.0] * 12, *[90.0] * 6, *[110.0] * 6)
    assert said(*rows)[0].startswith(
        "Halle (Saale): in je 6 von 12 Monaten über und unter dem Vorjahresmonat"
    )


def test_the_last_change_is_held_against_the_changes_of_the_peers() -> None:
    rows = halle(*[100.0] * 12, *[90.0] * 12)
    spread = {"halle": {"p25": -8.0, "p75": -2.0, "n": 27}}
    (sentence,) = said(*rows, spread=spread)
    assert (
        "Das liegt unterhalb der mittleren Hälfte der Vergleichsgruppe (−8,0 % bis −2,0 %, n = 27" in sentence
    )


def test_too_few_months_or_overlapping_ones_say_nothing_about_a_trend() -> None:
    assert "von den letzten zwölf Monaten ist nur 1 mit dem" in said(*halle(*[100.0] * 12, 90.0))[0]
    assert silence_about(CATALOG, "lzb", "gjdw", 1) is Silence.OVERLAPPING
    assert silence_about(CATALOG, "k2", "12m", 1) is Silence.OVERLAPPING
    assert silence_about(CATALOG, "k3", "stichtag", 1) is Silence.CHANGE
    assert silence_about(CATALOG, "lzb", "jahr", 12) is Silence.NOT_MONTHLY
    assert silence_about(CATALOG, "k3e2", "stichtag", 1) is None
    (sentence,) = said(*({**row, "time_concept": "gjdw"} for row in halle(*[100.0] * 24)))
    assert sentence.startswith("Keine Aussage zum Trend: Benachbarte Werte teilen")


def test_charts_are_read_with_the_readers_own_numbers() -> None:
    own = points(*halle(*[200.0] * 12, 150.0))
    band = {"p25": 100.0, "median": 120.0, "p75": 140.0, "n": 27}
    course = " ".join(read_course(CATALOG, own, band))
    assert "Der letzte Punkt von Halle (Saale) heißt: Jan 2019 waren es 150." in course
    assert (
        "Von 27 Mitgliedern der Vergleichsgruppe mit Wert liegt die mittlere Hälfte zwischen 100 und 140"
        in course
    )
    assert "endet die kräftige bei 150 (Jan 2019)" in read_seasons(CATALOG, own)[0]
    index = read_index(CATALOG, indexed(own, date(2018, 1, 1)), "Jan 2018")[0].replace("\u00a0", " ")
    assert "steht im Jan 2019 bei 75,0: −25,0 % gegenüber dem Start (150)" in index
    bars = read_changes(CATALOG, changed(CATALOG, own, YEAR_BEFORE), YEAR_BEFORE)[0].replace("\u00a0", " ")
    assert (
        bars == "Der letzte Balken von Halle (Saale) heißt: 150 im Jan 2019 sind −25,0 % zum Vorjahresmonat."
    )


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=12), st.floats(0.1, 50))
def test_labels_are_apart_in_the_same_order(heights: list[float], least: float) -> None:
    moved = apart(heights, least)
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    for before, after in pairwise(order):
        assert moved[after] - moved[before] >= least * 0.999
    if all(heights[b] - heights[a] >= least for a, b in pairwise(order)):
        assert moved == pytest.approx(heights)
    low, high = min(heights), min(heights) + least * len(heights)
    kept = apart(heights, least, (low, high))
    assert all(low - 1e-9 <= each <= high + 1e-9 for each in kept)
    assert all(kept[after] - kept[before] >= least * 0.999 for before, after in pairwise(order))

"""Bars only from zero and outlined where soft; dots at their own dates; the figure says everything by itself."""

import json

import polars as pl
import pytest

from pages.charts.bars import compared_bars
from pages.charts.chart import Chart
from pages.charts.dots import dated_dots
from pages.reports.plan import plans
from pages.reports.reading import read
from tests.warehouse.test_comparison import CATALOG, JULY, JUNE, frame, value

SAME_MONTH = frame(
    value("magdeburg", "elb", *JUNE, value=19500.0, precision="ungefaehr", source="magdeburg-amip-2020"),
    value("halle", "elb", *JUNE, value=22389.0, source="halle-amip-2020"),
)
TWO_MONTHS = frame(
    value("halle", "elb", *JULY, value=22374.0, source="halle-amip-2020"),
    value(
        "me-aktiv",
        "elb",
        *JUNE,
        value=26697.0,
        source="me-aktiv-planung-2015",
        status="unsicher",
        contradicted=True,
    ),
)


@pytest.fixture
def bars() -> Chart:
    return compared_bars(CATALOG, SAME_MONTH, title="ELB im Juni 2019", subtitle="Personen")


@pytest.fixture
def dots() -> Chart:
    return dated_dots(
        CATALOG, TWO_MONTHS, title="ELB", subtitle="Personen", left_out="Nicht im Diagramm: X 5."
    )


def words(chart: Chart) -> str:
    """Return everything written inside the figure."""
    return " ".join(annotation.text.replace("<br>", " ") for annotation in chart.figure.layout.annotations)


def test_bars_stand_in_the_fixed_order_with_german_figures(bars: Chart) -> None:
    assert [trace.name for trace in bars.figure.data] == ["Halle (Saale)", "Magdeburg"]
    assert [trace.text[0] for trace in bars.figure.data] == ["22.389", "≈\u00a019.500"]


def test_bars_start_at_zero_and_approximate_ones_are_outlined(bars: Chart) -> None:
    assert bars.figure.layout.xaxis.range[0] == 0
    exact, approximate = (trace.marker.color for trace in bars.figure.data)
    assert exact == CATALOG.jobcenters["halle"].colour
    assert approximate == "rgba(0,0,0,0)"


def test_negative_bars_still_include_zero() -> None:
    rows = frame(
        value("halle", "elb.vj-prozent", *JUNE, value=-4.4),
        value("harburg", "elb.vj-prozent", *JUNE, value=-1.0),
    )
    low, high = compared_bars(CATALOG, rows, title="t", subtitle="s").figure.layout.xaxis.range
    assert low < -4.4
    assert high == 0


def test_no_figure_is_struck_through_by_the_line_of_a_region() -> None:
    region = SAME_MONTH.head(1).with_columns(jobcenter=pl.lit("de"))
    chart = compared_bars(CATALOG, SAME_MONTH, title="T", subtitle="", beside=region)
    (line,) = [shape for shape in chart.figure.layout.shapes if shape.line.dash == "dash"]
    assert line.layer == "between"
    assert {bar.textfont.shadow for bar in chart.figure.data} == {"auto"}
    for rows in (SAME_MONTH, SAME_MONTH.head(1)):  # on a slide, too, it is a dashed line and no grid
        chart = compared_bars(CATALOG, rows, title="T", subtitle="", beside=region)
        for plan in plans(read(chart.figure, width=640)):
            assert "dash" in {each.line.dash for each in plan.build(640, 300).overlays if each.line}


def test_the_figure_names_source_date_period_and_group(bars: Chart) -> None:
    inside = words(bars)
    for part in (
        "Quelle: Jobcenter Halle (Saale), Arbeitsmarkt- und Integrationsprogramm 2020–2025; Jobcenter Landeshauptstadt Magdeburg",
        "Berichtszeitraum: Jun 2019 (Stichtag / Berichtsmonat)",
        "Vergleichsgruppe: 2 von 5 Jobcentern mit Wert",
        "Datenstand: Halle (Saale) 30.06.2019, Magdeburg 30.06.2019",
        "≈ ungefähr",
    ):
        assert part in inside


def test_alternative_text_and_table_tell_the_same(bars: Chart) -> None:
    assert (
        bars.alt == "ELB im Juni 2019. Halle (Saale): 22.389 (Jun 2019); Magdeburg: ≈\u00a019.500 (Jun 2019)."
    )
    assert bars.table.select("Jobcenter", "Zeitraum", "Wert").rows() == [
        ("Halle (Saale)", "Jun 2019", 22389.0),
        ("Magdeburg", "Jun 2019", 19500.0),
    ]


def test_dots_carry_their_own_dates_and_uncertain_ones_are_hollow(dots: Chart) -> None:
    halle, me_aktiv = dots.figure.data
    assert halle.text == ("22.374 (Jul 2019)",)
    assert halle.marker.symbol == ("circle",)
    assert me_aktiv.marker.symbol == ("cross-open",)


def test_dots_tell_what_was_left_out_what_is_internal_and_what_contradicts(dots: Chart) -> None:
    inside = words(dots)
    assert "Nicht im Diagramm: X 5." in inside
    assert "(INTERN)" in inside
    assert "‼ Das Dokument nennt für dieselbe Angabe verschiedene Werte." in inside
    assert "ohne Rang" in inside


def test_figures_are_plain_json_without_default_colours(bars: Chart, dots: Chart) -> None:
    for chart in (bars, dots):
        drawn = json.loads(chart.figure.to_json())
        assert "#636efa" not in json.dumps(drawn["data"]).lower()

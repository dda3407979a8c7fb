"""Shares, sums and courses as figures: bases and dates printed, soft values hollow, disagreements said."""

import polars as pl

from pages.charts.chart import Chart
from pages.charts.dated_bars import dated_bars
from pages.charts.panels import readable
from pages.charts.shares import share_bars
from pages.charts.stacks import stacked_years
from pages.charts.years import year_columns
from tests.warehouse.test_calculations import BEFORE, frame, planned
from tests.warehouse.test_comparison import CATALOG, JUNE, YEAR, value
from tests.warehouse.test_structure import COUPLES, SINGLE, WHOLE
from warehouse.calculations import sums
from warehouse.remainders import remainders
from warehouse.structure import shares

NOTHING = "rgba(0,0,0,0)"


def words(chart: Chart) -> str:
    """Return everything written inside the figure."""
    return " ".join(annotation.text.replace("<br>", " ") for annotation in chart.figure.layout.annotations)


def bars(*rows: dict[str, object]) -> Chart:
    found = shares(CATALOG, frame(*rows))
    return share_bars(CATALOG, found, remainders(CATALOG, found), title="BG nach Typ", subtitle="%")


def test_every_panel_says_its_date_its_base_and_whose_calculation_it_is() -> None:
    written = words(bars({**WHOLE, "source": "halle-amip-2020"}, {**SINGLE, "source": "halle-amip-2020"}))
    assert "Halle (Saale) · Jun 2019" in written
    assert "Basis: Bedarfsgemeinschaften (1.000) · eigene Berechnung" in written
    assert "Single-BG · 600" in written
    assert "Eigene Berechnung: Anteil = Anzahl ÷ Gesamtzahl" in written


def test_the_rest_is_a_bar_of_its_own_in_grey() -> None:
    chart = bars(WHOLE, SINGLE, COUPLES)
    assert [trace.text[0] for trace in chart.figure.data] == ["60,0\u00a0%", "30,0\u00a0%", "10,0\u00a0%"]
    assert "im Dokument nicht aufgeteilt · 100" in words(chart)
    assert chart.figure.data[2].marker.pattern.shape == "/"


def test_an_excess_is_called_an_excess() -> None:
    chart = bars(
        value("halle", "anteil-elb", *JUNE, breakdown="maenner", value=55.0),
        value("halle", "anteil-elb", *JUNE, breakdown="frauen", value=49.0),
    )
    assert "mehr als das Ganze: Teile ergeben 104,0\u00a0%" in words(chart)
    assert chart.figure.data[2].text[0] == "4,0\u00a0Prozentpunkte"


def test_uncertain_shares_are_hollow_marked_and_explained() -> None:
    chart = bars(
        value(
            "magdeburg",
            "anteil-elb",
            *JUNE,
            breakdown="lzb",
            value=75.0,
            status="unsicher",
            note="Tabelle verschoben",
        )
    )
    assert chart.figure.data[0].marker.color == NOTHING
    assert chart.figure.data[0].text[0] == "75,0\u00a0%\u00a0?"
    assert "Langzeitleistungsbeziehende: Tabelle verschoben." in words(chart)


def test_a_region_stands_grey_below_the_share_it_belongs_to() -> None:
    chart = bars(
        value("harburg", "anteil-elb", *JUNE, breakdown="lza", value=21.9),
        value("ni", "anteil-elb", *JUNE, breakdown="lza", value=24.6),
    )
    assert [trace.name for trace in chart.figure.data] == [
        "Langzeitarbeitslose",
        "zum Vergleich: Niedersachsen",
    ]


def test_two_dates_are_two_panels() -> None:
    july = {"period_start": YEAR[0], "period_end": YEAR[1], "time_concept": "jdw"}
    share = value("halle", "anteil-elb", *JUNE, breakdown="lzb", value=60.0)
    written = words(bars(share, {**share, **july}))
    assert "Halle (Saale) · Jun 2019" in written
    assert "Halle (Saale) · 2018 (JDW)" in written


def test_a_total_that_its_parts_do_not_reach_is_marked_and_told() -> None:
    rows = frame(planned("egt", 27160.0), planned("vk", 28132.0), planned("budget", 55298.0))
    chart = stacked_years(CATALOG, sums(CATALOG, rows), rows, title="Budget", subtitle="Mio. €")
    assert [(trace.base[0], trace.y[0]) for trace in chart.figure.data] == [(0, 27160.0), (27160.0, 28132.0)]
    written = words(chart)
    assert "‼\u00a055,3" in written
    assert "gedruckt 55.298\u00a0T€, Teile zusammen 55.292\u00a0T€ (−6\u00a0T€)" in written.replace(
        " T€", "\u00a0T€"
    )
    assert chart.table["Unterschied"].to_list() == [-6.0]


def test_a_lonely_part_has_no_total() -> None:
    rows = frame(planned("egt", 8388.0))
    chart = stacked_years(CATALOG, sums(CATALOG, rows), rows, title="Budget", subtitle="Mio. €")
    assert "Gesamtbudget nicht genannt" in words(chart)
    assert chart.table["Summe der Teile (eigene Berechnung)"].to_list() == [None]


def test_plan_and_ist_of_a_year_are_never_stacked_on_each_other() -> None:
    plan = [planned("egt", 100.0), planned("vk", 200.0)]
    spent = [{**row, "kind": "ist", "value": 90.0} for row in plan]
    rows = frame(*plan, *spent)
    chart = stacked_years(CATALOG, sums(CATALOG, rows), rows, title="Budget", subtitle="Mio. €")
    assert [(trace.base[0], trace.y[0]) for trace in chart.figure.data] == [(0, 90.0), (90.0, 90.0)]


def test_soll_stands_before_ist_and_a_year_without_value_stays_empty() -> None:
    rows = frame(
        value("nordsachsen", "iq", *BEFORE, value=23.7, time_concept="jahr"),
        value("nordsachsen", "iq", *BEFORE, value=23.2, time_concept="jahr", kind="soll"),
        value("me-aktiv", "iq", *YEAR, value=21.5, time_concept="jahr", kind="prognose", status="unsicher"),
    )
    chart = year_columns(CATALOG, rows, title="IQ", subtitle="%")
    assert [(trace.name, trace.text[0]) for trace in chart.figure.data] == [
        ("Nordsachsen", "23,2"),
        ("Nordsachsen", "23,7"),
        ("ME-aktiv", "21,5\u00a0?"),
    ]
    assert chart.figure.data[0].x[0] < chart.figure.data[1].x[0]
    assert chart.figure.data[2].marker.pattern.shape == "/"
    assert chart.figure.layout.yaxis.range == chart.figure.layout.yaxis2.range


def test_a_repeated_previous_year_is_no_column_and_a_corrected_one_is_told() -> None:
    luh = {"time_concept": "jahr", "status": "unsicher", "note": "T€ angenommen"}
    rows = frame(
        value("nordsachsen", "luh", *BEFORE, value=35601.0, **luh),
        value("nordsachsen", "luh", *BEFORE, value=35613.0, kind="vorjahr", **luh),
        value("nordsachsen", "luh", *YEAR, value=32720.0, **luh),
    )
    chart = year_columns(CATALOG, rows, title="LUH", subtitle="Mio. €")
    assert [trace.text[0] for trace in chart.figure.data] == ["35,6‼\u00a0?", "32,7\u00a0?"]
    assert [trace.marker.pattern.shape for trace in chart.figure.data] == [".", "."]  # dotted: no Soll
    told = words(chart).replace("\u00a0", " ")
    assert "‼ Nordsachsen 2017: Ist 35.601 T€, ein Jahr später als Vorjahr 35.613 T€." in told
    assert chart.table.height == 3


def test_figures_on_tinted_columns_take_the_colour_of_the_theme() -> None:
    rows = frame(planned("egt", 27160.0), planned("vk", 28132.0))
    chart = stacked_years(CATALOG, sums(CATALOG, rows), rows, title="Budget", subtitle="Mio. €")
    assert [trace.text[0] for trace in chart.figure.data] == ["", ""]
    inside = [note for note in chart.figure.layout.annotations if note.text in ("27,2", "28,1")]
    assert [note.y for note in inside] == [13580.0, 27160.0 + 14066.0]
    assert [note.font.color for note in inside] == [None, None]


def test_values_of_other_dates_are_other_panels_and_the_subtitle_warns() -> None:
    rows = frame(
        value("harburg", "luh-bg", *YEAR, value=593.0),
        value("harburg", "luh-bg", *BEFORE, value=580.0),
        value("halle", "luh-bg", *YEAR, value=500.0, time_concept="jdw"),
    )
    written = words(dated_bars(CATALOG, rows, title="LUH je BG", subtitle="€"))
    for panel in ("Lk Harburg · 2018", "Lk Harburg · 2017", "Halle (Saale) · 2018 (JDW)"):
        assert panel in written
    assert "anderer Zeitbezug): Längen nur innerhalb eines Feldes vergleichen" in written
    assert "Längen nur" not in words(dated_bars(CATALOG, rows.head(1), title="LUH je BG", subtitle="€"))


def test_single_values_carry_their_own_dates() -> None:
    rows = frame(
        value(
            "harburg", "luh-bg", *YEAR, value=593.0, time_concept="dokumentstand", source="harburg-amip-2022"
        ),
        value("ni", "luh-bg", *YEAR, value=481.0, time_concept="dokumentstand", source="harburg-amip-2022"),
    )
    chart = dated_bars(CATALOG, rows, title="LUH je BG", subtitle="€")
    assert [trace.text[0] for trace in chart.figure.data] == ["593,00\u00a0€", "481,00\u00a0€"]
    assert "Stand des Dokuments (2018)" in words(chart)


def test_markup_in_notes_is_shown_not_obeyed() -> None:
    chart = bars(
        value("halle", "anteil-elb", *JUNE, breakdown="lzb", value=60.0, status="unsicher", note="<b>x</b>")
    )
    assert "<b>" not in words(chart)
    assert "&lt;b>x&lt;/b>" in words(chart)


def test_letters_stand_out_on_every_colour() -> None:
    assert readable("#ffffff") == "#000000"
    assert readable("#202020") == "#ffffff"


def test_the_table_twin_says_where_a_share_comes_from() -> None:
    table: pl.DataFrame = bars(WHOLE, SINGLE).table
    assert table.select("Herkunft", "Anzahl", "Grundgesamtheit (Zahl)").rows() == [
        ("eigene Berechnung", 600.0, 1000.0)
    ]

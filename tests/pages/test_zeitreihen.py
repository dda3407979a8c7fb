"""Zeitreihen: the overview, one quantity, the scale, the Jobcenter that have nothing."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.seen import seen

OpenPage = Callable[..., AppTest]
IQ = "IQ · Integrationsquote (Zielindikator)"


def test_enters_with_all_series_at_a_glance(open_page: OpenPage) -> None:
    page = open_page("zeitreihen")
    assert page.title[0].value == "Wie hat es sich entwickelt?"
    text = seen(page)
    assert "36 Zeitreihen zu 19 Kennzahlen, die längste mit 24 Zeitpunkten" in text
    for part in (
        "kennzahl=LZB",
        "2015–2018",
        "Soll · 2015–2018",
        "data:image/svg+xml",
        "INTERN",
        "‼ Widerspruch",
        "mit Lücke",
    ):
        assert part in text
    assert not page.get("plotly_chart")
    assert not page.toggle


def test_one_quantity_shows_chart_changes_and_who_has_no_series(open_page: OpenPage) -> None:
    page = open_page("zeitreihen", kennzahl=IQ)
    text = seen(page)
    assert (
        "Nordsachsen von 23,5\u00a0% \\(2015\\) auf 23,4\u00a0% \\(2018\\)\\: −0,1\u00a0Prozentpunkte"
        in page.markdown[0].value
    )
    assert len(page.get("plotly_chart")) == 2  # Jahr and Planjahr are never one line
    assert "+0,7\u00a0Prozentpunkte" in text
    assert 'data-label="in Prozent"' not in text  # a rate changes in Prozentpunkten only
    assert "Veränderung zum vorigen Zeitraum" in text
    assert "Keine Zeitreihe: Halle (Saale) (kein Wert)" in text
    assert "21,7\u00a0%" in text
    assert "21,4\u00a0%" in text
    assert page.header[0].value == "Widersprüche im Dokument"


def test_counts_also_change_in_percent_and_a_gap_names_its_start(open_page: OpenPage) -> None:
    text = seen(open_page("zeitreihen", kennzahl="Alleinerziehende", jobcenter=["Lk Harburg"]))
    for part in ("−4,8\u00a0%", "seit Jul 2020", 'data-label="in Prozent"', "Jahresdurchschnittswert (JDW)"):
        assert part in text


def test_sums_are_told_in_millions(open_page: OpenPage) -> None:
    label = "LUH · Summe der Leistungen für Unterkunft und Heizung"
    page = open_page("zeitreihen", kennzahl=label)
    assert page.selectbox(key="kennzahl").value == label
    told = page.markdown[0].value.replace("\u00a0", " ")
    assert "35,6 Mio" in told
    assert "T€" not in told


def test_the_switch_is_visible_in_the_chart(open_page: OpenPage) -> None:
    page = open_page("zeitreihen", kennzahl=IQ)
    specs = [chart.proto.spec for chart in page.get("plotly_chart")]
    assert not any("Skalen verschieden" in spec for spec in specs)
    page.toggle(key="skala").set_value(True).run()
    assert not page.exception
    assert all("Skalen verschieden" in chart.proto.spec for chart in page.get("plotly_chart"))


def test_a_choice_without_series_says_so(open_page: OpenPage) -> None:
    page = open_page("zeitreihen", kennzahl=IQ)
    page.multiselect(key="jobcenter").set_value(["Magdeburg"]).run()
    assert not page.exception
    assert page.markdown[0].value.endswith("keine Zeitreihe.")
    assert not page.get("plotly_chart")
    page.selectbox(key="kennzahl").set_value("Alle Zeitreihen (Übersicht)").run()
    assert not page.exception
    assert "Es gibt 3 Zeitreihen zu 3 Kennzahlen" in page.markdown[0].value


@pytest.mark.parametrize("broken", ["gibt es nicht", "<b>x</b>"])
def test_an_unknown_quantity_in_a_link_leads_to_the_overview(open_page: OpenPage, broken: str) -> None:
    assert "36 Zeitreihen" in seen(open_page("zeitreihen", kennzahl=broken))


def test_the_change_to_the_year_before_is_computed_where_no_source_prints_it(open_page: OpenPage) -> None:
    page = open_page(
        "zeitreihen", kennzahl="K1E2 · Veränderung der Zahl der erwerbsfähigen Leistungsberechtigten"
    )
    text = seen(page).replace("<br>", " ")
    for part in (
        "\u22127,4\u00a0%</div>",  # Halle, Jan 2019: 22.781 ÷ 24.604
        "Formel: (ELB im Bezugsmonat ÷ ELB im Vorjahresmonat − 1) × 100",
        "Quelle: eigene Berechnung aus ",  # what the inputs are from, each with its Stand
        "Arbeitsmarkt- und Integrationsprogramm 2020–2025 (Stand 22.01.2020)",
        "graue Linie = Deutschland, gepunktet = Land des Jobcenters",
        "reihe=elb",
        ">eigene Berechnung</span>",
    ):
        assert part in text, part


ELB = "ELB · Erwerbsfähige Leistungsberechtigte"


def spec(page: AppTest) -> str:
    """Return the specification of all charts as text."""
    charts = (json.loads(chart.proto.spec) for chart in page.get("plotly_chart"))
    return " ".join(json.dumps(chart, ensure_ascii=False) for chart in charts).replace("<br>", " ")


def test_months_lie_on_top_of_each_other_as_years(open_page: OpenPage) -> None:
    page = open_page("zeitreihen", kennzahl=ELB, ansicht="Jahre übereinander")
    assert "Jahre übereinander" in spec(page)
    assert "kräftige Linie = neuestes Jahr" in spec(page).replace("<br>", " ")
    text = seen(page)
    assert "in 12 von 12 Monaten unter dem Vorjahresmonat" in text
    assert "Jede Linie ist ein Jahr" in text


def test_the_index_has_a_chosen_start_and_says_it(open_page: OpenPage) -> None:
    page = open_page("zeitreihen", kennzahl=ELB, ansicht="Index", start="Jan 2019")
    assert "Jan 2019 = 100" in spec(page)
    assert "beginnen im Jan 2019 bei 100" in seen(page)
    page.selectbox(key="start").set_value("Jul 2018").run()
    assert not page.exception
    assert "Jul 2018 = 100" in spec(page)


def test_changes_are_to_the_month_or_to_the_year_before(open_page: OpenPage) -> None:
    page = open_page("zeitreihen", kennzahl=ELB, ansicht="Veränderung")
    assert "Veränderung zum Vorjahresmonat" in spec(page).replace("<br>", " ")
    page.button_group(key="gegen").set_value("zum Vormonat").run()
    assert not page.exception
    assert "Veränderung zum Vormonat" in spec(page).replace("<br>", " ")


def test_a_derived_series_says_that_it_is_one_and_from_how_many_months(open_page: OpenPage) -> None:
    text = seen(open_page("zeitreihen", kennzahl=ELB, zeitbezug="JDW", jobcenter=["Halle (Saale)"]))
    for part in (
        "Januar bis Dezember, 12 Monate",
        "Mittel der Monatswerte des Kalenderjahres bis zum Berichtsmonat (eigene Lesart)",
        ">eigene Berechnung</span>",
        "Keine Aussage zum Trend",
        "22.071",  # the mean of 2019 of Halle, and its yearly value
    ):
        assert part in text.replace("<br>", " "), part


def test_a_view_that_cannot_be_drawn_says_so_in_a_sentence(open_page: OpenPage) -> None:
    page = open_page("zeitreihen", kennzahl=IQ, ansicht="Jahre übereinander")
    assert not page.get("plotly_chart")
    assert any("Monatswerte aus zwei Kalenderjahren" in box.value for box in page.info)


def test_without_an_assignment_the_comparison_says_what_is_missing(open_page: OpenPage) -> None:
    page = open_page(
        "zeitreihen", kennzahl=ELB, vergleichsgruppe="Vergleichstyp", jobcenter=["Halle (Saale)"]
    )
    assert any("Zuordnung zu Vergleichstypen" in box.value for box in page.info)
    assert page.get("plotly_chart")


def test_changing_the_quantity_keeps_the_view(open_page: OpenPage) -> None:
    page = open_page("zeitreihen", kennzahl=ELB, zeitbezug="gJDW", ansicht="Veränderung")
    page.selectbox(key="kennzahl").set_value(IQ).run()
    assert not page.exception
    assert page.selectbox(key="zeitbezug").value == "Wie angegeben"  # a rate has no gJDW


@pytest.mark.parametrize("name", ["zeitreihen", "ziele"])
def test_a_link_to_a_quantity_that_does_not_exist_says_so(open_page: OpenPage, name: str) -> None:
    assert "Kennzahl »Quatsch« gibt es hier nicht" in open_page(name, kennzahl="Quatsch").warning[0].value

"""Struktur, Finanzen & Personal, Qualität & Wirkung: what a reader sees, and what choices change."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from warehouse.catalog import load_catalog

OpenPage = Callable[..., AppTest]


def everything(page: AppTest) -> str:
    """Return all text and figures of a page."""
    charts = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    written = [
        note["text"].replace("<br>", " ") for chart in charts for note in chart["layout"]["annotations"]
    ]
    figures = [str(text) for chart in charts for trace in chart["data"] for text in trace.get("text", [])]
    told = [entry.value for entry in (*page.title, *page.markdown, *page.header, *page.info)]
    shown = " ".join([block.proto.body for block in page.get("html")] + written + figures + told)
    return shown.replace("\\", "")  # what Markdown must not obey is escaped


def test_struktur_shows_the_rest_of_halle_as_a_rest(open_page: OpenPage) -> None:
    page = open_page("struktur")
    assert page.title[0].value == "Wer wird betreut?"
    page.selectbox(key="basis").set_value("Bedarfsgemeinschaften").run()
    page.selectbox(key="merkmal").set_value("Haushaltstyp").run()
    assert not page.exception
    shown = everything(page)
    assert "Halle (Saale) · Jun 2019" in shown
    assert "Basis: Bedarfsgemeinschaften (17.168) · eigene Berechnung" in shown
    assert "im Dokument nicht aufgeteilt · 237" in shown
    assert "Keine Angabe zu diesem Merkmal: Magdeburg" in shown


def test_struktur_compares_one_part_and_names_who_does_not_print_it(open_page: OpenPage) -> None:
    page = open_page("struktur", basis="Bedarfsgemeinschaften")
    told = page.markdown[0].value.replace("\\", "")
    assert "Partner-BG mit Kindern: Halle (Saale) 15,6\u00a0% (Jun 2019); Lk Harburg 17,4\u00a0%" in told
    assert "Diesen Anteil nennen nicht: Magdeburg, Nordsachsen, ME-aktiv." in told
    page.multiselect(key="jobcenter").set_value(["Lk Harburg"]).run()
    assert "genannt: Ein-Personen-BG 53,8\u00a0% (" in page.markdown[0].value.replace("\\", "")
    page.multiselect(key="jobcenter").set_value(["Halle (Saale)"]).run()
    assert "Größter Anteil: Single-BG 57,3\u00a0% (Jun 2019)" in page.markdown[0].value.replace("\\", "")
    assert "9.844 + 3.097 + 1.317 + 2.673" in everything(page)


def test_finanzen_makes_no_course_of_a_limit(open_page: OpenPage) -> None:
    shown = everything(open_page("finanzen"))
    assert "höchstens\u00a018,45\u00a0% (2014), 23,1\u00a0% (2015)" in shown


def test_finanzen_puts_measured_staff_before_targets(open_page: OpenPage) -> None:
    page = open_page("finanzen", thema="Personal")
    assert "Lk Harburg 168" in page.markdown[0].value
    assert "≈\u00a0500\u00a0VZÄ" in everything(page)
    titles = [json.loads(chart.proto.spec)["layout"]["annotations"] for chart in page.get("plotly_chart")]
    assert "nur Ziele" not in " ".join(note["text"] for note in titles[0])


def test_struktur_says_multiple_mentions_and_doubt(open_page: OpenPage) -> None:
    shown = everything(open_page("struktur", merkmal="Handlungsstrategie"))
    assert "Mehrfachnennungen" in shown
    assert "Tabelle bei der Umwandlung verschoben" in shown


def test_struktur_tells_the_excess_of_the_profiles(open_page: OpenPage) -> None:
    page = open_page("struktur", basis="Langzeitleistungsbeziehende")
    page.selectbox(key="merkmal").set_value("Profillage / Integrationsprognose").run()
    assert "mehr als das Ganze: Teile ergeben" in everything(page)
    assert "104,0" in everything(page)


def test_struktur_shows_the_whole_table_of_magdeburg_only_with_magdeburg(open_page: OpenPage) -> None:
    page = open_page("struktur", basis="Arbeitslose im Rechtskreis SGB II")
    shown = everything(page)
    for cell in ("7.184", "−489", "−6,4\u00a0%", "36,7\u00a0%", "Langzeitarbeitslose"):
        assert cell in shown
    page.multiselect(key="jobcenter").set_value(["Lk Harburg"]).run()
    assert "−489" not in everything(page)


def test_every_base_opens(open_page: OpenPage) -> None:
    page = open_page("struktur")
    for base in page.selectbox(key="basis").options:
        page.selectbox(key="basis").set_value(base).run()
        assert not page.exception, base


def test_finanzen_shows_the_contradiction_of_2017(open_page: OpenPage) -> None:
    page = open_page("finanzen")
    shown = everything(page)
    assert "‼\u00a055,3" in shown
    assert "Teile zusammen 55.292" in shown
    assert "(INTERN)" in shown
    assert "Eingliederungsbudget je ELB und Jahr: nicht berechnet" in shown


def test_finanzen_recomputes_per_head_beside_the_printed_value(open_page: OpenPage) -> None:
    shown = everything(open_page("finanzen", thema="Unterkunft und Heizung"))
    assert "302,43" in shown
    assert "312,81" in shown
    assert "zum Vergleich: Niedersachsen" in shown


@pytest.mark.parametrize(
    "subject", ["Leistungen zum Lebensunterhalt", "Personal", "Betreuung und Prozesse", "Weitere Angaben"]
)
def test_every_subject_of_finanzen_opens_by_its_link(open_page: OpenPage, subject: str) -> None:
    page = open_page("finanzen", thema=subject)
    assert page.selectbox(key="thema").value == subject
    assert page.title[0].value.endswith("?")


def test_finanzen_says_who_reports_nothing(open_page: OpenPage) -> None:
    page = open_page("finanzen")
    page.multiselect(key="jobcenter").set_value(["Nordsachsen"]).run()
    assert not page.exception
    assert "nennen keinen Wert: Nordsachsen" in everything(page)


def test_qualitaet_says_what_is_missing_and_which_delivery_fills_it(open_page: OpenPage) -> None:
    page = open_page("qualitaet")
    shown = everything(page)
    satisfaction = load_catalog().indicator("kundenzufriedenheit")
    assert f"{satisfaction.name} (KZI): noch kein Wert" in shown
    assert "mit der Kennzahl KZI füllt die Lücke" in shown
    assert "14,0\u00a0Tage" in shown


def test_qualitaet_turns_to_integration(open_page: OpenPage) -> None:
    page = open_page("qualitaet", thema="Integration und Wirkung")
    shown = everything(page)
    assert "Niedersachsen-Bremen" in shown
    for figure in ("78,1", "68,9", "45,0", "53,0", "60,0"):
        assert figure in shown


def test_confidential_figures_in_sentences_are_marked(open_page: OpenPage) -> None:
    page = open_page("struktur", merkmal="Langzeitbezug und -arbeitslosigkeit")
    told = page.markdown[0].value.replace("\\", "")
    assert "ME-aktiv 66,0\u00a0% (Dez 2014, gJDW, INTERN)" in told


@pytest.mark.parametrize("jobcenter", ["Halle (Saale)", "Lk Harburg", "Magdeburg", "Nordsachsen", "ME-aktiv"])
@pytest.mark.parametrize("page", ["struktur", "finanzen", "qualitaet"])
def test_every_page_stands_with_one_jobcenter_alone(open_page: OpenPage, page: str, jobcenter: str) -> None:
    shown = open_page(page)
    shown.multiselect(key="jobcenter").set_value([jobcenter]).run()
    assert not shown.exception
    assert jobcenter in everything(shown)


def test_struktur_dates_every_share_of_a_single_jobcenter(open_page: OpenPage) -> None:
    page = open_page("struktur", jobcenter="Nordsachsen")
    page.selectbox(key="basis").set_value("Erwerbsfähige Leistungsberechtigte").run()
    choice = page.selectbox(key="merkmal")
    choice.set_value(load_catalog().dimensions["profillage"].name).run()
    told = page.markdown[0].value.replace("\\", "")
    assert "nicht marktnah 66,0\u00a0%\u00a0? (Dez 2018)" in told
    assert "(I-Profil) 12,0\u00a0%\u00a0? (Stand des Dokuments, 2018)" in told

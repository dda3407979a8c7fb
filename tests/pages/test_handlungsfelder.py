"""Handlungsfelder: a number leads to its list, choices narrow it, the calendar shows the quarterly report."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.seen import seen

OpenPage = Callable[..., AppTest]


def shown(page: AppTest) -> str:
    """Return the HTML of a page."""
    return " ".join(block.proto.body for block in page.get("html"))


def test_the_matrix_leads_to_the_lists_and_says_that_counting_is_not_judging(open_page: OpenPage) -> None:
    page = open_page("handlungsfelder")
    assert "nicht, was getan wird" in page.markdown[0].value.replace("\\", "")
    assert "jobcenter=ME-aktiv&amp;thema=Kommunale+Leistungen" in shown(page)
    assert shown(page).count("INTERN</span>") == 1  # beside the name of ME-aktiv


def test_a_number_of_the_matrix_is_the_length_of_its_list(open_page: OpenPage) -> None:
    page = open_page("handlungsfelder", jobcenter="ME-aktiv", thema="Kommunale Leistungen")
    text = shown(page)
    assert "Kommunale Leistungen (11)" in text
    assert text.count('role="rowheader"') == 11
    assert text.count("INTERN</span>") == 11
    assert "Textzeile 194" in text


def test_searching_and_switching_the_view(open_page: OpenPage) -> None:
    page = open_page("handlungsfelder")
    page.text_input(key="suche").set_value("jugendberufsagentur").run()
    assert not page.exception
    assert "Handlungsfelder und Projekte: Anzahl" not in shown(page)
    page.segmented_control(key="ansicht").set_value("Gremien und Fristen").run()
    assert not page.exception
    assert shown(page).count(">Jugendberufsagentur") >= 3
    page.text_input(key="suche").set_value("xyz gibt es nicht").run()
    assert "nennen die Dokumente nichts" in page.info[0].value


def test_chances_and_risks_stand_beside_each_other(open_page: OpenPage) -> None:
    page = open_page("handlungsfelder", ansicht="Chancen und Risiken", jobcenter="Lk Harburg")
    text = shown(page)
    assert 'data-label="Chancen"' in text
    assert 'data-label="Risiken"' in text
    assert "Folgen der Corona-Pandemie" in text


def test_the_calendar_shows_the_quarterly_report_of_me_aktiv(open_page: OpenPage) -> None:
    page = open_page(
        "handlungsfelder", ansicht="Gremien und Fristen", jobcenter="ME-aktiv", art="Frist oder Termin"
    )
    text = shown(page)
    days = [text.index(day) for day in ("15.01.2015", "15.04.2015", "15.07.2015", "15.10.2015")]
    assert days == sorted(days)
    assert len(page.get("plotly_chart")) == 1


def test_a_kind_of_another_view_does_not_break_the_page(open_page: OpenPage) -> None:
    page = open_page("handlungsfelder", art="Instrument")
    page.segmented_control(key="ansicht").set_value("Chancen und Risiken").run()
    assert not page.exception
    assert page.selectbox(key="art").value == "Alle"


def test_the_answer_speaks_of_the_choice_and_each_view_has_its_question(open_page: OpenPage) -> None:
    page = open_page("handlungsfelder", jobcenter="ME-aktiv", thema="Finanzen")
    assert "Das Dokument von ME-aktiv nennt zum Thema »Finanzen« einen Eintrag" in seen(page)
    questions = {page.title[0].value}
    for view in ("Chancen und Risiken", "Gremien und Fristen"):
        page.segmented_control(key="ansicht").set_value(view).run()
        questions.add(page.title[0].value)
    assert len(questions) == 3
    page.selectbox(key="thema").set_value("Alle").run()
    assert "alle lagen schon vor dem jüngsten Datenstand 01.01.2022 (angesetzt)" in seen(page)
    page.selectbox(key="jobcenter").set_value("Alle").run()
    assert "kein Datum reicht über den 31.12.2025 hinaus" in seen(page)


def test_what_a_choice_leaves_out_is_not_called_absent(open_page: OpenPage) -> None:
    page = open_page("handlungsfelder", ansicht="Chancen und Risiken", art="Chance")
    assert "51 Chancen, die meisten" in seen(page)

"""Ziele: bullets, deviations, printed and recomputed; what no Ist answers; choices that change."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.seen import seen

OpenPage = Callable[..., AppTest]
IQ = "IQ · Integrationsquote (Zielindikator)"


def test_shows_soll_ist_and_both_deviations(open_page: OpenPage) -> None:
    page = open_page("ziele")
    assert page.title[0].value == "Wurden die Ziele erreicht?"
    assert "2 von 4 Werten günstiger als das Soll" in page.markdown[0].value
    assert "Über alle Kennzahlen\\: Zu 17 von 124" in page.markdown[0].value
    assert "Prognosen" in page.markdown[0].value.partition("Soll\\:")[2]  # each kind for itself
    text = seen(page)
    for part in (
        "−0,5\u00a0Prozentpunkte",
        "−2,1\u00a0%",
        "−2,0\u00a0%",
        "im Rundungsspielraum",
        "▼ ungünstig",
        "▲ günstig",
    ):
        assert part in text
    assert "eigene Lesart" not in text
    assert "weicht ab" not in text
    assert len(page.get("plotly_chart")) == 2
    assert "21,40 %" in text  # the contradiction of the two targets for 2015 is told


def test_targets_without_ist_are_grouped_by_kind(open_page: OpenPage) -> None:
    page = open_page("ziele")
    assert [block.label for block in page.expander if ":" in block.label] == [
        "Halle (Saale): 3", "Magdeburg: 2", "Nordsachsen: 2", "ME-aktiv: 24",
    ]  # fmt: skip
    text = seen(page)
    for part in (
        "1 : 75",
        "Zielvereinbarung 2015",
        "vorläufig",
        "17.970",
        "INTERN",
        "nachweis?jobcenter=ME-aktiv",
    ):
        assert part in text
    page.segmented_control(key="art").set_value("Standards ohne Datum").run()
    assert not page.exception
    assert "14,0\u00a0Tage" in seen(page)


def test_another_jobcenter_offers_its_own_quantities(open_page: OpenPage) -> None:
    page = open_page("ziele")
    page.selectbox(key="jobcenter").set_value("Halle (Saale)").run()
    assert not page.exception
    assert "Zu keinem von 26" in page.markdown[0].value
    assert page.selectbox(key="kennzahl").value == "Gesamtbudget"
    assert len(page.get("plotly_chart")) == 1  # no Ist, no deviations
    assert "kein Dokument ein Ist derselben Reihe" in page.info[0].value
    page.selectbox(key="jobcenter").set_value("Lk Harburg").run()
    assert not page.exception
    assert not page.get("plotly_chart")
    assert "keine zwei Ziele derselben Kennzahl" in page.info[0].value
    page.selectbox(key="jobcenter").set_value("Alle").run()
    page.selectbox(key="kennzahl").set_value(IQ).run()
    assert not page.exception
    assert len(page.get("plotly_chart")) == 2


def test_a_link_opens_its_view(open_page: OpenPage) -> None:
    page = open_page("ziele", jobcenter="ME-aktiv", kennzahl=IQ, art="Prognosen")
    text = seen(page)
    for part in (
        "Soll 21,7\u00a0% ‼",
        "Soll 21,4\u00a0% ‼ (vorläufig)",
        "kein Ist",
        "noch nicht veröffentlicht",
    ):
        assert part in text
    assert "Nordsachsen" not in page.markdown[0].value


def test_every_quantity_can_be_chosen(open_page: OpenPage) -> None:
    page = open_page("ziele")
    for label in page.selectbox(key="kennzahl").options:
        page.selectbox(key="kennzahl").set_value(label).run()
        assert not page.exception, label


def test_a_kind_that_the_next_jobcenter_does_not_have_gives_way(open_page: OpenPage) -> None:
    page = open_page("ziele", art="Standards ohne Datum")
    assert page.segmented_control(key="art").value == "Standards ohne Datum"
    page.selectbox(key="jobcenter").set_value("ME-aktiv").run()
    assert not page.exception
    assert page.segmented_control(key="art").value == "Vereinbarte und eigene Ziele"
    assert not open_page("ziele", jobcenter="ME-aktiv", art="Standards ohne Datum").exception

"""Nachweis: place, line, source, extract and contradictions of every digit."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]


def shown(page: AppTest) -> str:
    """Return the HTML of a page."""
    return " ".join(block.proto.body for block in page.get("html"))


def test_a_link_opens_the_evidence_of_its_value(open_page: OpenPage) -> None:
    page = open_page("nachweis", jobcenter="Halle (Saale)", reihe="elb/frauen")
    text = shown(page)
    for part in (
        "10.726",
        "Abschnitt 4.3",
        "Textzeile 173",
        "Datenstand 30.06.2019",
        "halle.csv",
        "11.665 + 10.726",
    ):
        assert part in text


def test_choosing_another_jobcenter_offers_its_series(open_page: OpenPage) -> None:
    page = open_page("nachweis", jobcenter="Halle (Saale)", reihe="elb")
    page.selectbox(key="jobcenter").set_value("ME-aktiv").run()
    assert not page.exception
    page.selectbox(key="reihe-me-aktiv").set_value("iq").run()
    text = shown(page)
    assert "21,7\u00a0%" in text
    assert "21,4\u00a0%" in text
    assert "INTERN" in text
    assert "vorläufig" in text


def test_own_calculations_stand_beside_what_is_printed(open_page: OpenPage) -> None:
    page = open_page("nachweis", jobcenter="Halle (Saale)", reihe="elb")
    assert "Eigene Berechnungen aus den Monatswerten" in [each.value for each in page.header]
    text = shown(page)
    for part in (
        "Januar bis Dezember, 12 Monate",
        "Mittel der letzten 12 Monatswerte (eigene Lesart)",
        "gJDW",
    ):
        assert part in text, part


def test_without_a_figure_the_page_says_what_it_is_for_and_leads_on(open_page: OpenPage) -> None:
    page = open_page("nachweis")
    assert any(
        "Ein Klick auf irgendeine Zahl der Anwendung führt hierher" in each.value for each in page.markdown
    )
    text = shown(page)
    assert "Oft gefragt für Halle (Saale):" in text
    assert 'href="nachweis?jobcenter=Halle+%28Saale%29&amp;reihe=egt"' in text
    assert page.selectbox(key="reihe-halle").value == "elb", "what the catalog declares to be asked first"
    page = open_page("nachweis", jobcenter="Halle (Saale)", reihe="iq")
    assert "Oft gefragt" not in shown(page)

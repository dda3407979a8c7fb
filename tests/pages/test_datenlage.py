"""Datenlage: the whole is summed up, parts are found, gaps name their delivery."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.seen import seen

OpenPage = Callable[..., AppTest]


def shown(page: AppTest) -> str:
    """Return the HTML of a page."""
    return " ".join(block.proto.body for block in page.get("html"))


def test_the_first_sentence_says_how_little_is_shared(open_page: OpenPage) -> None:
    page = open_page("datenlage")
    assert "aus einem einzigen Jobcenter" in page.markdown[0].value
    assert "0 von 15" in shown(page)
    assert {button.label for button in page.get("download_button")} >= {"Vorlage CSV", "Vorlage XLSX"}


def test_the_figures_of_48a_are_missing_and_name_their_delivery(open_page: OpenPage) -> None:
    text = shown(open_page("datenlage", thema="Kennzahlen nach § 48a SGB II"))
    assert "K2 · Integrationsquote" in text
    assert text.count("–\u00a0fehlt") == 75
    assert text.count("Lücke füllt: Kennzahlen nach § 48a SGB II") == 15


def test_signs_come_with_words_and_periods(open_page: OpenPage) -> None:
    text = shown(open_page("datenlage", thema="Bestand"))
    for part in (
        "●\u00a0vorhanden",
        "≈\u00a0nur ungefähr",
        "‼\u00a0widersprüchlich",
        "3 Zeiträume, zuletzt Jul 2019",
    ):
        assert part in text


def test_filters_and_detail(open_page: OpenPage) -> None:
    page = open_page("datenlage", stand="‼ widersprüchlich")
    assert "widersprüchlich</a>" in shown(page)
    assert "0 von 15" not in shown(page)
    page.selectbox(key="stand").set_value("Alle").run()
    page.selectbox(key="thema").set_value("Bestand").run()
    rows = shown(page).count('role="rowheader"')
    page.toggle(key="merkmale").set_value(True).run()
    assert not page.exception
    assert shown(page).count('role="rowheader"') > rows
    page.multiselect(key="jobcenter").set_value(["Magdeburg"]).run()
    assert 'data-label="Halle (Saale)"' not in shown(page)


def test_sentence_and_gaps_follow_the_choice(open_page: OpenPage) -> None:
    page = open_page("datenlage", thema="Leistungen")
    assert "Von 16 Kennzahlen zum Thema »Leistungen«" in seen(page)
    assert "Leistungen: 16 Kennzahlen" in shown(page)
    alone = open_page("datenlage", thema="Leistungen", jobcenter=["ME-aktiv"])
    assert "ME-aktiv berichtet" in seen(alone)


def test_what_only_planning_documents_bring_stands_apart_without_a_number(open_page: OpenPage) -> None:
    text = shown(open_page("datenlage"))
    assert "1.040" not in text
    assert text.index("Ohne eigene Lieferung") > text.index("Kennzahlen nach § 48a SGB II")
    assert "je Zelle der jüngste Zeitraum" not in text


def test_a_state_narrows_the_gaps_too(open_page: OpenPage) -> None:
    text = shown(open_page("datenlage", stand="‼ widersprüchlich"))
    assert "K1 bis K3E4 für jedes Jobcenter" not in text

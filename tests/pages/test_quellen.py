"""Quellen & Definitionen: every part opens by its link and says what the catalog says."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]


def shown(page: AppTest) -> str:
    """Return the HTML of a page."""
    return " ".join(block.proto.body for block in page.get("html"))


def test_searching_looks_into_all_topics(open_page: OpenPage) -> None:
    page = open_page("quellen")
    page.text_input(key="suche").set_value("k2e3").run()
    assert "Kontinuierliche Beschäftigung nach Integration" in shown(page)
    assert "(eigene Lesart)" in shown(page)
    page.text_input(key="suche").set_value("gibt es nicht").run()
    assert "kommt in keiner Kennzahl vor" in page.info[0].value


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("Kennzahlen", ("reihe=elb", "höher")),
        ("Jobcenter", ("nicht hinterlegt", "IIId", "Träger\u00a004402", "Dreieck")),
        ("Quellen", ("INTERN</span>", "22.01.2020", "SIL OFL 1.1")),
        (
            "Zeichen und Begriffe",
            ("noch nicht veröffentlicht", "gleiche Definition, gleicher Zeitraum", "Prognose"),
        ),
        ("Lieferungen", ("zeitbezug", "nötig", "me-aktiv_handlungsfelder.csv", "geladen")),
    ],
)
def test_every_part_opens_by_its_link(open_page: OpenPage, part: str, expected: tuple[str, ...]) -> None:
    page = open_page("quellen", bereich=part)
    assert page.segmented_control(key="bereich").value == part
    for words in expected:
        assert words in shown(page)


def test_contradictions_are_counted_then_listed_with_explanation_and_evidence(open_page: OpenPage) -> None:
    page = open_page("quellen", bereich="Widersprüche")
    assert "bereich=Widerspr" in shown(page)
    page.selectbox(key="jobcenter").set_value("Halle (Saale)").run()
    text = shown(page)
    for part in (
        "27.160 + 28.132",
        "Summe passt nicht",
        "Textzeile 512, 513, 514",
        "nachweis?jobcenter=Halle",
    ):
        assert part in text
    page.text_input(key="suche").set_value("55.298").run()
    assert "Ein Widerspruch" in shown(page)


def test_contradictions_about_a_region_are_listed_with_their_document(open_page: OpenPage) -> None:
    page = open_page("quellen", bereich="Widersprüche", jobcenter="Lk Harburg")
    assert "Lk Harburg (16)" in shown(page)


def test_the_template_can_be_downloaded(open_page: OpenPage) -> None:
    page = open_page("quellen", bereich="Lieferungen")
    names = [button.label for button in page.get("download_button")]
    assert names[:4] == ["Vorlage CSV", "Vorlage XLSX", "Alle Angaben CSV", "Alle Angaben XLSX"]


@pytest.mark.parametrize("part", ["Kennzahlen", "Jobcenter", "Quellen", "Widersprüche", "Lieferungen"])
def test_every_part_has_a_link_to_itself(open_page: OpenPage, part: str) -> None:
    page = open_page("quellen", bereich=part)
    moving, fixed = [block.value for block in page.code if "quellen?bereich=" in block.value]
    assert fixed == f"{moving}&vorgang=16", (
        "one link to the newest state, one that keeps the figures of today"
    )


def test_assumed_data_dates_say_so(open_page: OpenPage) -> None:
    text = shown(open_page("quellen", bereich="Quellen"))
    assert "01.01.2022 (angesetzt)" in text
    assert "22.01.2020 (angesetzt)" not in text

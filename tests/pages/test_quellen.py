"""Quellen & Definitionen: every part opens by its link and says what the catalog says."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.load import load_extract
from tests.etl.deliveries import delivery

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
    told = page.info[0].value
    assert "»gibt es nicht« kommt in keiner Kennzahl vor" in told
    assert "nennen Sie der Betreuung Name, Definition und Quelle" in told
    assert "/" not in told, "no path of a program"


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


def test_a_loaded_assignment_is_shown_as_vergleichstyp(
    open_page: OpenPage, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "warehouse"
    shutil.copytree(warehouse, own)
    header = ("jobcenter", "vergleichstyp", "fassung", "gueltig_ab", "quelle")
    rows = (
        "halle;IIIc;2024;2024;Liste A",
        "halle;IIIb;2024;2024;Liste B",
        "nordsachsen;IIIe;2024;2024;Liste A",
    )
    assert load_extract(own, delivery(*rows, header=header), accept_warnings="geprüft").outcome == "loaded"
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(own))

    text = shown(open_page("quellen", bereich="Jobcenter"))
    for type_, kept in {"IIIb": True, "IIIc": True, "IIIe": True, "IIId": False}.items():
        assert (f">{type_}<" in text) == kept
    assert "Ausgabe 2024, Zeile 2 der Lieferung" in text


def test_events_are_listed_with_what_they_concern_and_who_says_so(open_page: OpenPage) -> None:
    text = shown(open_page("quellen", bereich="Ereignisse"))
    for part in (
        "05.11.2019",
        "BVerfG, Urteil vom 05.11.2019, 1 BvL 7/16",
        "K2E3",
        ">Bruch</span>",
        "nummerierte Linien",
    ):
        assert part in text, part

"""Entries are changed by people: noted, reviewed, handed in with name and reason; nobody overwrites what another did."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.load import load_extract
from etl.log import read_log
from tests.etl.deliveries import delivery, published
from tests.pages.seen import seen
from warehouse.schema import Row

OpenPage = Callable[..., AppTest]
HEADER = (
    "jobcenter",
    "art",
    "kategorie",
    "bezeichnung",
    "kennung",
    "umsetzung",
    "eintritt",
    "auswirkung",
    "beginn",
    "turnus",
)


@pytest.fixture(scope="module")
def folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with a project, a rated risk and a date that comes back, of Halle."""
    folder = tmp_path_factory.mktemp("bearbeiten") / "warehouse"
    shutil.copytree(warehouse, folder)
    rows = (
        "halle;projekt;fachkraefte;Pflege <i>neu</i>;pflege;geplant;;;;",
        "halle;risiko;finanzen;Kürzung des Budgets;kuerzung;;hoch;mittel;;",
        "halle;gremium;steuerung;Beirat;beirat;;;;2020-03-15;vierteljährlich",
    )
    extract = delivery(*rows, header=HEADER, name="plan.csv")
    assert load_extract(folder, extract, who="Plan", accept_warnings="Test").outcome == "loaded"
    return folder


@pytest.fixture
def open_view(
    folder: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, in_frame: None
) -> Callable[[str], AppTest]:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    return lambda view: open_page("handlungsfelder", ansicht=view, jobcenter="Halle (Saale)")


def entry_of(folder: Path, id_: str) -> Row:
    return next(row for row in published(folder, "known_fields").iter_rows(named=True) if row["entry"] == id_)


def choose(page: AppTest, entry: str) -> None:
    next(box for box in page.selectbox if box.label == "Eintrag").set_value(entry).run()


def field(page: AppTest, name: str, entry: str) -> str:
    """Return the key of a field of the form."""
    keys = [box.key or "" for box in (*page.selectbox, *page.text_input)]
    return next(key for key in keys if key.startswith(f"feld-{name}-") and key.endswith(f"-{entry}"))


def take(page: AppTest, who: str, reason: str) -> None:
    page.text_input(key="wer").set_value(who)
    page.text_input(key="felder-grund").set_value(reason)
    page.button(key="felder-uebernehmen").click().run()
    assert not page.exception


def test_a_measure_is_changed_by_review_name_and_reason(
    open_view: Callable[[str], AppTest], folder: Path
) -> None:
    page = open_view("Handlungsfelder und Projekte")
    choose(page, "pflege")
    page.selectbox(key=field(page, "umsetzung", "pflege")).set_value("laeuft")
    page.selectbox(key=field(page, "kennzahl", "pflege")).set_value("integrationen")
    page.text_input(key=field(page, "wirkung_geplant", "pflege")).set_value("25")
    page.button(key="vormerken").click().run()
    shown = seen(page)
    assert "geschrieben ist noch nichts" in shown
    assert "Pflege &lt;i&gt;neu&lt;/i&gt;" in shown
    assert entry_of(folder, "pflege")["state"] == "geplant"

    take(page, "", "Maßnahmenrunde")
    assert "nennen Sie Ihren Namen" in page.error[0].value
    take(page, "M. Muster", "")
    assert "nennen Sie einen Grund" in page.error[0].value
    take(page, "M. Muster", "Maßnahmenrunde")
    assert "gespeichert" in page.success[0].value
    row = entry_of(folder, "pflege")
    assert (row["state"], row["indicator"], row["intended"], row["who"]) == (
        "laeuft",
        "integrationen",
        25.0,
        "M. Muster",
    )
    assert (read_log(folder)[-1].reason, read_log(folder)[-1].counts) == (
        "Maßnahmenrunde", {"new": 0, "revised": 1, "unchanged": 0, "vanished": 0, "skipped": 0},
    )  # fmt: skip
    assert "Integrationen: +25" in seen(page)
    choose(page, "pflege")
    assert "Verlauf (2 Fassungen)" in seen(page)


def test_what_cannot_be_read_is_not_noted(open_view: Callable[[str], AppTest]) -> None:
    page = open_view("Handlungsfelder und Projekte")
    choose(page, "pflege")
    page.text_input(key=field(page, "beginn", "pflege")).set_value("demnächst")
    page.button(key="vormerken").click().run()
    assert "kein Zeitraum" in page.error[0].value
    page.text_input(key=field(page, "beginn", "pflege")).set_value("")
    page.text_input(key=field(page, "bezeichnung", "pflege")).set_value(" ")
    page.button(key="vormerken").click().run()
    assert "steht nichts" in page.error[0].value
    assert "felder-uebernehmen" not in [button.key for button in page.button]


def test_who_was_slower_is_told_and_nothing_is_overwritten(
    open_view: Callable[[str], AppTest], folder: Path
) -> None:
    page = open_view("Chancen und Risiken")
    choose(page, "kuerzung")
    page.selectbox(key=field(page, "eintritt", "kuerzung")).set_value("gering")
    page.button(key="vormerken").click().run()
    header = ("jobcenter", "art", "kategorie", "bezeichnung", "kennung", "eintritt", "auswirkung")
    other = delivery(
        "halle;risiko;finanzen;Kürzung des Budgets;kuerzung;hoch;hoch", header=header, name="anders.csv"
    )
    assert load_extract(folder, other, who="A. Andere").outcome == "loaded"
    take(page, "M. Muster", "neu bewertet")

    assert "inzwischen von A. Andere geändert" in page.error[0].value.replace("\\", "")
    assert entry_of(folder, "kuerzung")["impact"] == "hoch"


def test_the_matrix_has_words_and_says_what_nobody_rated(open_view: Callable[[str], AppTest]) -> None:
    text = seen(open_view("Chancen und Risiken"))

    assert "▼ Kürzung des Budgets" in text
    assert 'data-label="Eintritt hoch"' in text
    assert "Bewertungen stammen von Personen, nicht aus den Dokumenten" in text


def test_dates_that_come_back_are_due(open_view: Callable[[str], AppTest]) -> None:
    page = open_view("Gremien und Fristen")
    (shown,) = [
        block.proto.body for block in page.get("html") if "Termine der nächsten 12 Monate" in block.proto.body
    ]
    first, _, every = shown.partition("<details")

    assert first.count("Beirat") == 1, "each entry with its next date"
    assert every.count("Beirat") >= 4
    assert "vierteljährlich" in first


def test_a_new_entry_needs_a_theme_and_is_taken_back_as_a_load(
    open_view: Callable[[str], AppTest], folder: Path
) -> None:
    page = open_view("Handlungsfelder und Projekte")
    page.text_input(key=field(page, "bezeichnung", "neu")).set_value("Lotsendienst")
    page.button(key="vormerken").click().run()
    assert "Thema" in page.error[0].value
    page.selectbox(key=field(page, "kategorie", "neu")).set_value("netzwerke")
    page.button(key="vormerken").click().run()
    take(page, "M. Muster", "beschlossen")

    added = published(folder, "known_fields").filter(title="Lotsendienst")
    assert added.select("category", "source", "state").rows() == [
        ("netzwerke", "Eingabe in der Anwendung", "")
    ]


def test_all_jobcenters_at_once_are_not_edited(open_page: OpenPage) -> None:
    page = open_page("handlungsfelder")
    assert "Wählen Sie oben ein Jobcenter" in seen(page)
    assert not [button for button in page.button if button.key == "vormerken"]

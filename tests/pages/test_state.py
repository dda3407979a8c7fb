"""The state of the data: chosen once, shown on every page, kept in the URL and in every link."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.load import load_extract, retract
from tests.conftest import APP
from tests.etl.deliveries import delivery
from tests.pages.seen import seen

Open = Callable[..., AppTest]

SEEDED, NEWER, WRONG, BACK = 16, 17, 18, 19
HEADER = ("jobcenter", "kennzahl", "zeitraum", "wert", "datenstand", "quelle")
NEWER_VALUE, WRONG_VALUE, OLD_VALUE = "20.995", "28.593", "20.968"


@pytest.fixture(scope="module")
def folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with the documents, a newer value of Halle, and a wrong one that was taken back."""
    folder = tmp_path_factory.mktemp("states") / "warehouse"
    shutil.copytree(warehouse, folder)
    for day, value, name in (
        ("2020-06-30", NEWER_VALUE, "neu.csv"),
        ("2020-09-30", WRONG_VALUE, "falsch.csv"),
    ):
        row = f"halle;ELB;2019-12;{value};{day};Statistik der BA"
        extract = delivery(row, header=HEADER, name=name)
        assert load_extract(folder, extract, who="M. Muster", accept_warnings="Revision").outcome == "loaded"
    assert retract(folder, extract.id, who="A. Beispiel", reason="Zahlendreher") is None
    return folder


@pytest.fixture
def open_app(folder: Path, monkeypatch: pytest.MonkeyPatch, in_frame: None) -> Open:
    """Return a function that opens the app as a link would and goes to a page as the navigation does."""
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))

    def open_(page: str = "ueberblick", **parameters: str) -> AppTest:
        test = AppTest.from_file(str(APP), default_timeout=30)
        test.query_params.update(parameters)
        test.run()
        return go(test, page, **{name: value for name, value in parameters.items() if name != "vorgang"})

    return open_


def go(test: AppTest, page: str, **parameters: str) -> AppTest:
    """Go to another page; Streamlit empties the URL then."""
    if page != "ueberblick":
        test.switch_page(f"pages/{page}.py")
        test.query_params.clear()
        test.query_params.update(parameters)
        test.run()
    assert not test.exception, test.exception[0].value
    return test


def banner(test: AppTest) -> str:
    """Return the banner of an older state as it reads, "" where there is none."""
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", entry.value) for entry in test.warning)


def test_the_newest_state_is_shown_without_banner_and_without_parameter(open_app: Open) -> None:
    page = open_app()
    assert NEWER_VALUE in seen(page)
    assert banner(page) == ""
    assert "vorgang" not in page.query_params
    assert "vorgang" not in seen(page)


def test_the_states_are_offered_newest_first_and_the_first_start_is_one(open_app: Open) -> None:
    names = open_app().selectbox(key="stand-vom").options
    when = r"\d\d\.\d\d\.20\d\d, \d\d:\d\d Uhr \(UTC\)"
    expected = [
        rf"Neuester: {when} – zurückgenommen: falsch\.csv \(Vorgang 19\)",
        rf"{when} – geladen: falsch\.csv \(Vorgang 18\)",
        rf"{when} – geladen: neu\.csv \(Vorgang 17\)",
        rf"{when} – Grundbestand: 16 Dateien geladen",
    ]
    assert len(names) == len(expected)
    for name, pattern in zip(names, expected, strict=True):
        assert re.fullmatch(pattern, name), name


def test_an_older_state_shows_the_older_figure_a_banner_and_its_number_in_the_url(open_app: Open) -> None:
    page = open_app()
    page.selectbox(key="stand-vom").select(str(SEEDED)).run()

    assert OLD_VALUE in seen(page)
    assert NEWER_VALUE not in seen(page)
    assert page.query_params["vorgang"] == str(SEEDED)
    assert "Gezeigt wird der Stand vom" in banner(page)
    assert "Grundbestand: 16 Dateien geladen; ausgeblendet: 3 spätere Vorgänge." in banner(page)


def test_a_state_with_a_load_that_was_taken_back_later_shows_its_figure(open_app: Open) -> None:
    page = open_app(vorgang=str(WRONG))
    assert WRONG_VALUE in seen(page)
    assert "geladen: falsch.csv (Vorgang 18); ausgeblendet: 1 späterer Vorgang." in banner(page)


def test_the_state_is_kept_on_another_page_and_all_links_carry_it(open_app: Open) -> None:
    page = go(open_app(vorgang=str(SEEDED)), "vergleich")

    assert page.query_params["vorgang"] == str(SEEDED)
    assert "Gezeigt wird der Stand vom" in banner(page)
    assert f"vorgang={SEEDED}" in page.code[0].value
    links = re.findall(r'<a href="([^"]+)"', seen(go(page, "nachweis")) + seen(open_app(vorgang=str(SEEDED))))
    assert links
    assert all(f"vorgang={SEEDED}" in link for link in links)


@pytest.mark.parametrize(
    "name", ["zeitreihen", "struktur", "finanzen", "datenlage", "quellen", "handlungsfelder"]
)
def test_every_page_shows_the_banner_and_keeps_the_state_in_its_links(open_app: Open, name: str) -> None:
    page = open_app(name, vorgang=str(SEEDED))
    assert "Gezeigt wird der Stand vom" in banner(page)
    assert all("vorgang=16" in link for link in re.findall(r'<a href="([^"]+)"', seen(page)))


def test_the_banner_leads_back_to_the_newest_state(open_app: Open) -> None:
    page = open_app("nachweis", vorgang=str(SEEDED), reihe="elb")
    assert NEWER_VALUE not in seen(page)
    next(button for button in page.button if button.label == "Neuesten Stand zeigen").click().run()

    assert NEWER_VALUE in seen(page)
    assert banner(page) == ""
    assert "vorgang" not in page.query_params
    assert page.query_params["reihe"] == "elb", "the rest of the view stays"


def test_a_link_changed_by_hand_wins_over_the_state_shown(open_app: Open) -> None:
    page = open_app(vorgang=str(SEEDED))
    page.query_params["vorgang"] = str(WRONG)
    page.run()
    assert WRONG_VALUE in seen(page)
    del page.query_params["vorgang"]
    page.run()
    assert NEWER_VALUE in seen(page)
    assert banner(page) == ""


def test_a_day_means_its_last_state_and_an_act_among_others_stands_by_itself(open_app: Open) -> None:
    today = open_app(vorgang=f"{date.today():%Y-%m-%d}")
    assert (banner(today), NEWER_VALUE in seen(today)) == ("", True)
    first = open_app(vorgang="1")
    assert "geladen: halle.csv (Vorgang 1); ausgeblendet: 18 spätere Vorgänge." in banner(first)
    assert first.query_params["vorgang"] == "1"


@pytest.mark.parametrize("asked", ["99", "2014-01-01", "<b>neu</b>"])
def test_a_state_that_does_not_exist_is_named_and_the_newest_shown(open_app: Open, asked: str) -> None:
    page = open_app(vorgang=asked)
    assert banner(page) == f"Den Stand »{asked}« gibt es hier nicht. Gezeigt wird der neueste."
    assert NEWER_VALUE in seen(page)


def test_the_newest_state_has_a_link_that_stays_and_one_that_moves_on(open_app: Open) -> None:
    moving, fixed = (code.value for code in open_app().code)
    assert "vorgang" not in moving
    assert fixed == f"{moving}&vorgang={BACK}"


def test_the_evidence_tells_every_vintage_with_difference_and_who_took_it_back(open_app: Open) -> None:
    text = seen(open_app("nachweis", jobcenter="Halle (Saale)", reihe="elb")).replace("\u00a0", " ")
    for part in (
        "davon 3 überholt und 1 zurückgenommen",
        f"<del>{WRONG_VALUE}</del>",
        "+7.598 gegenüber 20.995 (Datenstand 30.06.2020)",
        "+27 gegenüber 20.968 (Datenstand 14.04.2020)",
        "von M. Muster: Revision",
        "von A. Beispiel: Zahlendreher",
    ):
        assert part in text, part
    order = [text.index(value) for value in (WRONG_VALUE, NEWER_VALUE, f">{OLD_VALUE}<")]
    assert order == sorted(order), "newest first"


def test_the_evidence_of_an_older_state_knows_nothing_of_later_acts(open_app: Open) -> None:
    before = seen(open_app("nachweis", jobcenter="Halle (Saale)", reihe="elb", vorgang=str(WRONG)))
    assert f"<del>{WRONG_VALUE}</del>" not in before
    assert ">zurückgenommen<" not in before
    assert "davon 4 überholt" in before
    oldest = seen(open_app("nachweis", jobcenter="Halle (Saale)", reihe="elb", vorgang=str(SEEDED)))
    assert NEWER_VALUE not in oldest
    assert "davon 2 überholt" in oldest, "of June and July 2019 the newer statistic counts, not the document"


def _notes() -> None:
    import streamlit as st

    from pages.components.state import choose_state, state_note
    from pages.components.warehouse import ensure_warehouse

    ensure_warehouse()
    choose_state("")
    st.text("; ".join(f"{name}: {note}" for name, note in state_note().items()))


def test_downloads_of_an_older_state_name_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    page = AppTest.from_function(_notes).run()
    assert page.text[0].value == ""
    page.query_params["vorgang"] = str(WRONG)
    note = page.run().text[0].value
    assert note.startswith("Stand der Anwendung: ")
    assert note.endswith("Uhr (UTC) (Vorgang 18); spätere Vorgänge sind nicht enthalten")

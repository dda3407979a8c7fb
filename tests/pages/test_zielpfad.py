"""The way of a Soll on the page: chart, words, versions; a comment that is written, shown everywhere and never interpreted."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from etl.load import load_extract
from etl.log import read_log
from tests.etl.deliveries import delivery, published
from tests.pages.seen import seen
from warehouse.catalog import load_catalog
from warehouse.comments import comment_notes, comments_on
from warehouse.downloads import table_xlsx

OpenPage = Callable[..., AppTest]
INT = "INT · Integrationen"
NASTY = "=1+1 <b>fett</b> *Stern* [Link](http://example.org)"
SPRING = (50, 50, 100, 150, 150, 100, 50, 50, 100, 100, 50, 50)


@pytest.fixture(scope="module")
def folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with a Soll for 2025 in two versions, the months of 2024 and three of 2025."""
    folder = tmp_path_factory.mktemp("zielpfad") / "warehouse"
    shutil.copytree(warehouse, folder)
    months = [f"halle;INT;2024-{month:02d};{amount}" for month, amount in enumerate(SPRING, 1)]
    months += [f"halle;INT;2025-{month:02d};{amount}" for month, amount in enumerate((60, 70, 80), 1)]
    header = ("jobcenter", "kennzahl", "jahr", "soll", "zeitbezug", "fassung", "quelle")
    aims = (
        f"halle;INT;2025;{soll};jahr;{day};ZV 2025"
        for soll, day in (("1.100", "2024-12-01"), ("1.200", "2025-02-01"))
    )
    for extract in (delivery(*months), delivery(*aims, header=header)):
        assert load_extract(folder, extract, who="Test", accept_warnings="Test").outcome == "loaded"
    return folder


@pytest.fixture
def page(folder: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, in_frame: None) -> AppTest:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    return open_page("ziele", jobcenter="Halle (Saale)", kennzahl=INT)


def save(page: AppTest, text: str, who: str) -> None:
    page.text_area[0].set_value(text)
    page.text_input(key="wer").set_value(who)
    page.button(key="kommentar-speichern").click().run()
    assert not page.exception


def test_the_page_says_where_the_year_stands_and_what_is_needed(page: AppTest) -> None:
    answer = page.markdown[0].value.replace("\\", "").replace("\u00a0", " ")
    assert "Integrationen 2025: bis Mär ▼ ungünstiger als der Pfad" in answer
    assert "Soll von 1.200 noch nötig: mindestens 110 in jedem der 9 verbleibenden Monate im Mittel" in answer
    assert "nach der Jahreszeit im Apr 186" in answer
    text = seen(page).replace("\u00a0", " ")
    assert "Summe seit Januar bis Mär: 210; Pfad 240, Abstand −30." in text
    assert "1 vollständigen Jahr davor (2024)" in text.replace("<br>", " ")
    assert "1.100" in text, "the older version of the Soll"
    assert "überholt" in text
    assert len(page.get("plotly_chart")) == 1


def test_without_text_or_name_nothing_is_written(page: AppTest, folder: Path) -> None:
    before = len(read_log(folder))
    save(page, "   ", "M. Muster")
    assert "Bitte schreiben Sie einen Text" in page.error[0].value
    save(page, "Text", "")
    assert "nennen Sie Ihren Namen" in page.error[0].value
    save(page, "unsicht\u202ebar", "M. Muster")
    assert "unsichtbares Zeichen" in page.error[0].value.replace("\\", "")
    assert len(read_log(folder)) == before


def test_a_comment_is_saved_shown_and_never_interpreted(
    page: AppTest, folder: Path, open_page: OpenPage
) -> None:
    save(page, NASTY, "M. Muster")
    assert "gespeichert" in page.success[0].value
    assert "&lt;b&gt;fett&lt;/b&gt; *Stern*" in " ".join(block.proto.body for block in page.get("html"))
    last = read_log(folder)[-1]
    assert (last.act, last.who, last.format) == ("loaded", "M. Muster", "kommentare")

    evidence = open_page("nachweis", jobcenter="Halle (Saale)", reihe="integrationen")
    assert "&lt;b&gt;fett&lt;/b&gt;" in " ".join(block.proto.body for block in evidence.get("html"))
    notes = comment_notes(
        load_catalog(), comments_on(published(folder, "known_comments"), ["halle"], "integrationen", "")
    )
    (name,) = notes
    assert name.startswith("Kommentar Halle (Saale), Dez 2025 (M. Muster")
    book = CalamineWorkbook.from_filelike(io.BytesIO(table_xlsx(published(folder, "loads"), notes, "Titel")))
    assert book.get_sheet_by_name("Hinweise").to_python()[1] == [name, NASTY]


def test_of_an_older_state_nothing_can_be_entered(
    folder: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    page = open_page("ziele", jobcenter="Halle (Saale)", kennzahl=INT, vorgang="18")

    assert not [button for button in page.button if button.key == "kommentar-speichern"]


def test_where_no_months_are_loaded_the_page_says_which_would_do(open_page: OpenPage) -> None:
    text = seen(open_page("ziele", jobcenter="Nordsachsen", kennzahl="LZB · Langzeitleistungsbeziehende"))

    assert "Monatswerte von Nordsachsen für 2018 oder die drei Jahre davor sind nicht geladen" in text
    assert "Zu dieser Reihe ist nichts kommentiert" in text

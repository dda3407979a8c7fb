"""Seit der letzten Sitzung: what was new, revised and taken back since a day; nothing that stayed as it was."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.load import load_extract, retract
from etl.seed import seed
from tests.etl.deliveries import delivery
from tests.pages.seen import seen

OpenPage = Callable[..., AppTest]
HEADER = ("jobcenter", "kennzahl", "zeitraum", "wert", "datenstand", "quelle")


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse seeded in January, with a wrong value loaded then, and three acts in February 2026."""
    folder = tmp_path_factory.mktemp("dated") / "warehouse"
    wrong = delivery("halle;ELB;2021-02;19.000;2021-06-30;Statistik der BA", header=HEADER, name="falsch.csv")
    rows = ("2019-12;20.995;2021-06-30", "2021-01;19.500;2021-06-30", "2021-03;19.400;2021-06-30")
    news = delivery(*(f"halle;ELB;{row};Statistik der BA" for row in rows), header=HEADER, name="neu.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("etl.acts._now", lambda: "2026-01-10T08:00:00+00:00")
        seed(folder)
        assert load_extract(folder, wrong, who="Test", accept_warnings="Test").outcome == "loaded"
        patch.setattr("etl.acts._now", lambda: "2026-02-10T08:00:00+00:00")
        assert load_extract(folder, news, who="Test", accept_warnings="Revision").outcome == "loaded"
        assert retract(folder, wrong.id, who="Test", reason="Zahlendreher") is None
    return folder


@pytest.fixture
def open_dated(dated: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Return a function that opens the page on that warehouse."""
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(dated))
    return open_page


def test_what_changed_is_counted_and_shown_old_beside_new(open_dated: OpenPage) -> None:
    text = seen(open_dated("sitzung", sitzung="2026-01-31", jobcenter="Halle (Saale)"))
    assert (
        "Seit dem 31.01.2026 (2 Vorgänge) sind für Halle (Saale) 2 Werte neu, 1 geändert, 1 entfallen."
        in text
    )
    assert "20.968" in text
    assert "20.995" in text
    assert "+27" in text
    assert "Entfallen: zurückgenommen und durch nichts ersetzt" in text
    assert "Zahlendreher" in text
    assert "Jan 2021 bis Mär 2021" in " ".join(re.sub("<[^>]*>", " ", text).split())


def test_another_jobcenter_is_told_that_nothing_changed_for_it(open_dated: OpenPage) -> None:
    text = seen(open_dated("sitzung", sitzung="2026-01-31", jobcenter="Magdeburg"))
    assert "gab es 2 Vorgänge; für Magdeburg hat sich dadurch kein Wert geändert" in text


def test_since_a_day_after_the_last_act_nothing_happened(open_dated: OpenPage) -> None:
    text = seen(open_dated("sitzung", sitzung="2026-02-10", jobcenter="Halle (Saale)"))
    assert "Seit dem 10.02.2026 wurde nichts geladen und nichts zurückgenommen" in text


def test_before_everything_all_is_new_and_it_is_said(open_dated: OpenPage) -> None:
    page = open_dated("sitzung", sitzung="2026-01-09", jobcenter="Halle (Saale)")
    assert "Am 09.01.2026 war noch nichts geladen; alles ist neu." in seen(page)
    assert "geändert" not in page.markdown[0].value


def test_at_first_the_day_before_the_newest_act_is_meant(open_dated: OpenPage) -> None:
    assert "Seit dem 09.02.2026" in seen(open_dated("sitzung", jobcenter="Halle (Saale)"))


@pytest.mark.parametrize("asked", ["gestern", "2026-13-40", "<b>x</b>", "2099-01-01", "1900-01-01"])
def test_a_link_with_an_impossible_day_says_so_and_shows_the_usual_one(
    open_dated: OpenPage, asked: str
) -> None:
    page = open_dated("sitzung", sitzung=asked, jobcenter="Halle (Saale)")
    (warning,) = [each.value for each in page.warning]
    assert "ist kein Tag, seit dem sich etwas zeigen lässt" in warning
    assert "Gezeigt wird der 09.02.2026." in warning
    assert "Seit dem 09.02.2026" in seen(page)

"""Auffälligkeiten: nothing special is said of what is ordinary; what stands out is said with figures, rule and way on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.sachsen import LOSS, SAXONS, load_sachsen
from tests.pages.seen import seen
from warehouse.own_groups import OwnGroup, save_group

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def of_sachsen(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with ten Jobcenter of Sachsen that lost 1, 2, … 10 % of their ELB."""
    folder = tmp_path_factory.mktemp("signals") / "warehouse"
    load_sachsen(warehouse, folder)
    return folder


def test_before_anything_is_loaded_the_page_says_what_is_missing(open_page: OpenPage) -> None:
    text = seen(open_page("auffaelligkeiten", vergleichsgruppe="Land"))
    assert "gibt es in dieser Gruppe noch nichts zu vergleichen" in text
    assert 'href="laden"' in text


def test_an_even_row_has_nothing_unusual_and_the_rules_stand_below(
    of_sachsen: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(of_sachsen))
    text = seen(open_page("auffaelligkeiten", jobcenter="Nordsachsen", vergleichsgruppe="Land"))
    assert "keine auf: Nach den Regeln unten ist nichts ungewöhnlich" in text
    assert "Am Rand der Gruppe" in text


def test_what_stands_out_has_figures_a_rule_questions_and_a_way_on(
    warehouse: Path, tmp_path: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LOSS, "07602", 40)
    load_sachsen(warehouse, tmp_path / "warehouse")
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(tmp_path / "warehouse"))
    page = open_page("auffaelligkeiten", jobcenter="Nordsachsen", vergleichsgruppe="Land")
    text = seen(page).replace("\u00a0", " ")
    assert "Auffälligkeit" in page.markdown[0].value
    assert "stärker gesunken als die Gruppe" in text
    assert (
        "600 (Dez 2019), −40,0 % gegenüber Dez 2018; mittlere Veränderung der Gruppe »Sachsen« (10 mit"
        in text
    )
    assert "Regel »Anders bewegt als die Gruppe«" in text
    assert 'href="vergleichstyp?jobcenter=Nordsachsen' in text
    assert "vergleichsgruppe=Land" in text
    assert any("Rückfragen" in box.label for box in page.expander)


def test_a_group_that_was_edited_is_compared_anew(
    warehouse: Path, tmp_path: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "warehouse"
    monkeypatch.setitem(LOSS, "07602", 40)
    load_sachsen(warehouse, folder)
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    others = tuple(f"jc-{number}" for number in SAXONS if number != "07602")
    save_group(folder, OwnGroup("Probe", ("nordsachsen", *others)))
    assert (
        "2 Auffälligkeiten"
        in open_page("auffaelligkeiten", vergleichsgruppe="Probe", jobcenter="Nordsachsen").markdown[0].value
    )
    save_group(folder, OwnGroup("Probe", ("nordsachsen", *others[:2])))
    text = seen(open_page("auffaelligkeiten", vergleichsgruppe="Probe", jobcenter="Nordsachsen"))
    assert "noch nichts zu vergleichen" in text

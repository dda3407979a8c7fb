"""What cannot be compared is said in a sentence with its time on every page with a Vergleichsgruppe; no chart is empty."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.load import load_extract
from tests.etl.deliveries import delivery
from tests.pages.seen import seen
from warehouse.catalog import load_catalog

OpenPage = Callable[..., AppTest]
CATALOG = load_catalog()
FIVE = tuple(CATALOG.jobcenters)
OURS = {"jobcenter": "Halle (Saale)", "vergleichsgruppe": "Unsere fünf"}
WITH_GROUPS = ("vergleichstyp", "profil", "auffaelligkeiten", "sitzung", "zeitreihen")


def named(indicator: str) -> str:
    return CATALOG.quantity_name(indicator, "", coded=True)


@pytest.fixture(scope="module")
def folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse where K3E1 is suppressed everywhere, K3E2 has one value, and Halle lacks a month of K1E1."""
    own = Path(shutil.copytree(warehouse, tmp_path_factory.mktemp("bad") / "warehouse"))
    rows = [f"{id_};K3E1;{month};*" for id_ in FIVE for month in ("2019-11", "2019-12")]
    rows += ["halle;K3E2;2019-12;5,0"]
    rows += [f"{id_};K1E1;2019-12;{number}" for number, id_ in enumerate(FIVE, 1)]
    rows += [f"{id_};K1E1;2019-11;{number}" for number, id_ in enumerate(FIVE, 1) if id_ != "halle"]
    assert load_extract(own, delivery(*rows), who="Test", accept_warnings="Test").outcome == "loaded"
    return own


@pytest.fixture
def page(folder: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(folder))
    return open_page


def told(shown: AppTest) -> str:
    """Return everything a page says, with the spaces people see."""
    captions = (each.value for each in (*shown.caption, *shown.warning))
    return " ".join([seen(shown), *captions]).replace("\\", "").replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["vergleichstyp", "zeitreihen"])
def test_an_indicator_that_is_suppressed_everywhere_says_so_and_since_when(name: str, page: OpenPage) -> None:
    text = told(page(name, kennzahl=named("k3e1"), **OURS))
    assert (
        "stehen nur Zeichen statt Zahlen: 10 aus Datenschutzgründen anonymisiert (Nov 2019–Dez 2019)." in text
    )
    assert "füllt die Lücke" in text


@pytest.mark.parametrize("name", ["vergleichstyp", "zeitreihen"])
def test_an_indicator_with_one_value_names_it_with_its_date(name: str, page: OpenPage) -> None:
    text = told(page(name, kennzahl=named("k3e2"), **OURS))
    assert "gibt es nur einen Wert: Halle (Saale) 5,0 % (Dez 2019)." in text


def test_an_indicator_that_nobody_delivered_says_so(page: OpenPage) -> None:
    text = told(page("vergleichstyp", kennzahl=named("k3e3"), **OURS))
    assert f"Zu »{CATALOG.indicator('k3e3').name}« ist noch kein Wert geladen." in text


def test_a_month_without_the_own_value_says_who_has_none(page: OpenPage) -> None:
    shown = page("vergleichstyp", kennzahl=named("k1e1"), zeitraum="Nov 2019", **OURS)
    assert "Nov 2019: kein Wert, der zählt" in told(shown)
    assert "Nur 4 von 5 Jobcentern haben einen Wert" in told(shown)
    profile = told(page("profil", zeitraum="Nov 2019", **OURS))
    assert "Nur 4 von 5 Jobcentern haben einen Wert" in profile
    assert "Zeitraum »Jan 1999« gibt es hier nicht" in told(page("profil", zeitraum="Jan 1999", **OURS))


@pytest.mark.parametrize("name", WITH_GROUPS)
@pytest.mark.parametrize("group", ["Vergleichstyp", "Strukturähnliche"])
def test_a_group_without_members_says_why_and_as_of_when(name: str, group: str, page: OpenPage) -> None:
    more = {"kennzahl": "ELB · Erwerbsfähige Leistungsberechtigte"} if name == "zeitreihen" else {}
    shown = page(name, jobcenter="Halle (Saale)", vergleichsgruppe=group, **more)
    text = told(shown)
    why = {
        "Vergleichstyp": "Der Vergleichstyp ist nicht hinterlegt (gesucht: gültig am 31.12.2019)",
        "Strukturähnliche": "Strukturmerkmalen liegen für diese Gebiete vor",
    }
    if name != "sitzung" or "war noch nichts geladen" not in text:
        assert why[group] in text

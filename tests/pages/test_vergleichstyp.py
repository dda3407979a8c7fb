"""Vergleichstyp and Profil: any Jobcenter in one click, against every group; what is missing is said with its remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.sachsen import load_sachsen
from tests.pages.seen import seen

OpenPage = Callable[..., AppTest]
K1E2 = "K1E2 · Veränderung der Zahl der erwerbsfähigen Leistungsberechtigten"
SQ = "SQ · Sanktionsquote"


@pytest.fixture(scope="module")
def of_sachsen(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with the documents and a small country."""
    folder = tmp_path_factory.mktemp("national") / "warehouse"
    load_sachsen(warehouse, folder)
    return folder


@pytest.fixture
def national(of_sachsen: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let pages show the warehouse of Sachsen."""
    monkeypatch.setenv("JOBCENTER_WAREHOUSE", str(of_sachsen))
    return of_sachsen


def test_before_anything_is_loaded_the_pages_say_what_is_missing(open_page: OpenPage) -> None:
    page = open_page("vergleichstyp")
    text = seen(page)
    assert page.title[0].value == "Wo stehen wir im Vergleichstyp?"
    assert "Der Vergleichstyp ist nicht hinterlegt" in text
    assert "Zuordnung zu Vergleichstypen" in text
    assert 'href="laden"' in text
    assert not page.get("plotly_chart")
    profile = open_page("profil")
    assert profile.title[0].value == "Was ist unser Profil?"
    assert "Nicht geladen sind: K1, K1E1" in seen(profile)
    assert not profile.get("plotly_chart")


@pytest.mark.usefixtures("national")
class TestWithSachsen:
    """Ten Jobcenter of one Land, values one can check in the head."""

    def test_the_answer_stands_in_the_first_sentence(self, open_page: OpenPage) -> None:
        page = open_page("vergleichstyp", jobcenter="Nordsachsen", kennzahl=K1E2, vergleichsgruppe="Land")
        text = seen(page).replace("\u00a0", " ")
        assert (
            "Nordsachsen, K1E2 Dez 2019: −10,0 %, in der Gruppe »Sachsen« Rang 1 von 10, günstiger als 100 % der "
            "Vergleichsgruppe; 4,5 Prozentpunkte = 45 erwerbsfähige Leistungsberechtigte unter dem Median (−5,5 %)."
        ) in text
        assert "−5,5 % (Summe der Zähler ÷ Summe der Nenner, 10 mit beiden)" in text
        assert "unteres Quartil (günstig)" in text
        assert "nicht berechnet: Veränderungen von Beständen" in text
        assert "Für Dez 2018 gibt es keinen Wert." in text, "no year before the year before is loaded"

    def test_any_jobcenter_is_one_click_away(self, open_page: OpenPage) -> None:
        page = open_page("vergleichstyp", kennzahl=K1E2, vergleichsgruppe="Land")
        names = page.selectbox(key="jobcenter").options
        assert names[:5] == ["Halle (Saale)", "Lk Harburg", "Magdeburg", "Nordsachsen", "ME-aktiv"]
        assert len(names) == 5 + 9
        page.selectbox(key="jobcenter").set_value("JC Musterkreis 3").run()
        assert not page.exception
        assert "JC Musterkreis 3, K1E2 Dez 2019: −3,0\u00a0%, in der Gruppe »Sachsen« Rang 8 von 10" in seen(
            page
        )
        assert "#60843c" in seen(page), "an area of no colour of its own gets the neutral highlight"

    def test_each_stands_in_its_own_type_and_the_rest_says_why_not(self, open_page: OpenPage) -> None:
        text = seen(open_page("vergleichstyp", jobcenter="Nordsachsen", kennzahl=K1E2)).replace("\u00a0", " ")
        assert "in der Gruppe »Vergleichstyp IIId« Rang 1 von 6" in text
        assert "Zuordnungen stammen aus mehreren Fassungen" in text
        assert (
            "Keine Vergleichsgruppe für Halle (Saale), Lk Harburg, Magdeburg, ME-aktiv. Der Vergleichstyp"
            in text
        )
        assert "Für 5 Jobcenter" not in text
        assert "Hält das Ergebnis in anderen Gruppen?" in text

    def test_a_neutral_indicator_is_never_better_or_worse(self, open_page: OpenPage) -> None:
        page = open_page("vergleichstyp", jobcenter="Nordsachsen", kennzahl=SQ, vergleichsgruppe="Land")
        text = seen(page).replace("\u00a0", " ")
        assert "höchster Wert von 9" in text
        assert "ohne Wertung" in text
        assert "günstiger als" not in page.markdown[0].value
        assert (
            "Ohne Wert, der zählt: 1 (1 keine Berechnung möglich" in text or "Ohne Wert, der zählt: 1" in text
        )
        assert "Platz nach Höhe 1 bis" in text
        assert "2.000 Ziehungen" in text
        assert "Wer hat sich seit dem Vorjahr bewegt?" in text
        assert "Nicht gezeigt" not in text, "who has neither value is missing twice, not unpaired"
        assert len(page.get("plotly_chart")) >= 3

    def test_a_group_of_less_than_five_has_no_ranks(self, open_page: OpenPage) -> None:
        page = open_page("vergleichstyp", jobcenter="Halle (Saale)", kennzahl=SQ, vergleichsgruppe="Land")
        text = seen(page)
        assert "Nur 1 von 2 Jobcentern haben einen Wert" in text or "Nur 1 von" in text
        assert "unter 5 gibt es weder Median noch Rang" in text
        assert "Rang 1" not in page.markdown[0].value

    def test_a_month_without_own_value_is_said(self, open_page: OpenPage) -> None:
        page = open_page("vergleichstyp", jobcenter="JC Musterkreis 9", kennzahl=SQ, vergleichsgruppe="Land")
        assert "JC Musterkreis 9 hat für" in seen(page)

    def test_newest_values_show_their_month_and_are_not_ranked(self, open_page: OpenPage) -> None:
        page = open_page(
            "vergleichstyp",
            jobcenter="Nordsachsen",
            kennzahl=SQ,
            vergleichsgruppe="Land",
            zeitraum="Jeweils neuester",
        )
        text = seen(page)
        assert "Eigener Wert: 2,2\u00a0% (Dez 2019)" in text
        assert "nicht gereiht" in text
        assert "Rang 1" not in text
        assert "2,2\u00a0% (Dez 2019) · ohne Rang" in text
        assert len(page.get("plotly_chart")) == 1

    def test_a_link_that_names_nothing_known_says_so(self, open_page: OpenPage) -> None:
        page = open_page(
            "vergleichstyp", jobcenter="JC Nirgendwo", vergleichsgruppe="Fantasie", zeitraum="Mai 1900"
        )
        assert [warning.value for warning in page.warning] == [
            "Jobcenter »JC Nirgendwo« gibt es hier nicht. Gezeigt wird »Halle \\(Saale\\)«.",
            "Vergleichsgruppe »Fantasie« gibt es hier nicht. Gezeigt wird »Vergleichstyp«.",
            "Zeitraum »Mai 1900« gibt es hier nicht. Gezeigt wird »Letzter gemeinsamer«.",
        ]

    def test_own_groups_are_made_chosen_and_deleted_on_the_page(
        self, open_page: OpenPage, national: Path
    ) -> None:
        page = open_page("vergleichstyp", jobcenter="Nordsachsen", kennzahl=K1E2)
        page.text_input(key="gruppe-name-Neue Gruppe").set_value("Nachbarn")
        page.multiselect(key="gruppe-mitglieder-Neue Gruppe").set_value(
            [f"JC Musterkreis {each}" for each in range(1, 6)]
        )
        next(button for button in page.button if button.label == "Gruppe speichern").click().run()
        assert not page.exception
        assert page.selectbox(key="vergleichsgruppe").value == "Nachbarn"
        assert "in der Gruppe »Nachbarn« Rang 1 von 6" in seen(page)
        assert (national / "gruppen.json").exists()
        page.selectbox(key="gruppe-welche").set_value("Nachbarn").run()
        next(button for button in page.button if button.label == "Gruppe löschen").click().run()
        assert page.selectbox(key="vergleichsgruppe").value == "Vergleichstyp"

    def test_a_broken_file_of_groups_leaves_the_other_groups(
        self, open_page: OpenPage, national: Path
    ) -> None:
        (national / "gruppen.json").write_text("{")
        page = open_page("vergleichstyp", jobcenter="Nordsachsen", kennzahl=K1E2, vergleichsgruppe="Land")
        assert "nicht lesbar" in page.warning[0].value
        assert "Rang 1 von 10" in seen(page)
        (national / "gruppen.json").unlink()

    def test_the_profile_turns_every_indicator_so_that_right_is_favourable(
        self, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said: list[str] = []
        spinner = st.spinner
        monkeypatch.setattr(st, "spinner", lambda told: said.append(told) or spinner(told))
        page = open_page("profil", jobcenter="Nordsachsen", vergleichsgruppe="Land")
        assert "Kennzahlen werden verglichen …" in said, "the first view takes seconds at national size"
        text = seen(page).replace("\u00a0", " ")
        assert (
            "Nordsachsen in der Gruppe »Sachsen«: 1 bewertete Kennzahl, davon 1 im günstigen und 0 im ungünstigen Viertel"
        ) in text
        assert "−10,0 % (Dez 2019) · Rang 1 von 10" in text
        assert "(ohne Wertung)" in text
        assert "Nicht geladen sind: K1, K1E1" in text

"""Vergleich: the level decides what is drawn; choices change it; nothing is lost."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from warehouse.catalog import load_catalog

OpenPage = Callable[..., AppTest]


def everything(page: AppTest) -> str:
    """Return all text and figures of a page."""
    return " ".join(
        [block.proto.body for block in page.get("html")]
        + [chart.proto.spec for chart in page.get("plotly_chart")]
        + [entry.value for entry in (*page.title, *page.markdown, *page.header)]
    )


def test_same_definition_at_other_dates_is_drawn_as_dated_dots_without_rank(open_page: OpenPage) -> None:
    page = open_page("vergleich", thema="Bedarfsgemeinschaften")
    assert page.title[0].value.startswith("Wie viele Bedarfsgemeinschaften")
    assert "keinen Rang" in page.markdown[0].value
    (spec,) = [chart.proto.spec for chart in page.get("plotly_chart")][:1]
    assert "17.121\u00a0BG (Jul 2019)" in json.dumps(json.loads(spec), ensure_ascii=False)
    assert {trace["type"] for trace in json.loads(spec)["data"]} == {"scatter"}


def test_the_same_month_of_all_is_drawn_as_bars_and_other_times_are_told(open_page: OpenPage) -> None:
    page = open_page("vergleich")
    assert page.title[0].value.startswith("Wie viele erwerbsfähige Leistungsberechtigte")
    drawn = json.loads(page.get("plotly_chart")[0].proto.spec)
    assert [trace["text"] for trace in drawn["data"]] == [
        ["20.968"],
        ["6.937"],
        ["19.165"],
        ["9.230"],
        ["24.730"],
    ]
    assert {trace["type"] for trace in drawn["data"]} == {"bar"}
    written = " ".join(note["text"].replace("<br>", " ") for note in drawn["layout"]["annotations"])
    assert "Berichtszeitraum: Dez 2019" in written
    assert "115 Werte früherer oder späterer Monate stehen unter Zeitreihen." in written


def test_choosing_another_subject_changes_title_and_values(open_page: OpenPage) -> None:
    page = open_page("vergleich")
    page.selectbox(key="thema").set_value("Langzeitleistungsbezug").run()
    assert page.title[0].value == "Wie viele Menschen sind lange im Leistungsbezug?"
    shown = everything(page)
    assert "61,6\u00a0%" in shown
    assert "60,5\u00a0%" in shown
    assert "Nordsachsen nennt den Anteil am »Kundenpotenzial«, die anderen an den ELB." in shown


def test_leaving_out_jobcenters_leaves_out_their_values(open_page: OpenPage) -> None:
    page = open_page("vergleich")
    page.multiselect(key="jobcenter").set_value(["Halle (Saale)", "Lk Harburg"]).run()
    shown = everything(page)
    assert "20.968" in shown
    assert "19.165" not in shown


@pytest.mark.parametrize("family", [family.name for family in load_catalog().families.values()])
def test_every_subject_opens_by_its_link(open_page: OpenPage, family: str) -> None:
    page = open_page("vergleich", thema=family)
    assert page.selectbox(key="thema").value == family


def test_budgets_of_one_year_are_compared_although_they_are_plans(open_page: OpenPage) -> None:
    page = open_page("vergleich", thema="Budget")
    assert "Für denselben Zeitraum vergleichbar" in page.markdown[0].value
    shown = everything(page)
    for part in ("24.120", "19.414", "(Plan)", "ME-aktiv am niedrigsten"):
        assert part in shown


def test_one_jobcenter_alone_is_told_that_a_second_is_missing(open_page: OpenPage) -> None:
    page = open_page("vergleich", jobcenter="Halle (Saale)")
    assert "Gewählt ist nur Halle" in page.markdown[0].value
    assert "jedes Jobcenter etwas anderes" not in page.markdown[0].value
    block = next(each for each in page.expander if each.label.startswith("Stufe D"))
    assert not block.proto.expanded, "many values open on a click"


def test_a_link_to_a_subject_that_does_not_exist_says_so(open_page: OpenPage) -> None:
    page = open_page("vergleich", thema="Quatsch")
    assert "»Quatsch« gibt es hier nicht" in page.warning[0].value

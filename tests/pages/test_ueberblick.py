"""Überblick: what stands there, and that a choice changes it."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.seen import seen

OpenPage = Callable[..., AppTest]


def table_of(page: AppTest) -> str:
    """Return the HTML of the main table."""
    return next(block.proto.body for block in page.get("html") if "jv-table" in block.proto.body)


def test_shows_the_five_in_order_with_values_periods_and_badges(open_page: OpenPage) -> None:
    page = open_page("ueberblick")
    assert page.title[0].value == "Wie stehen die fünf Jobcenter da?"
    table = table_of(page)
    order = [
        table.index(f">{name}</th>")
        for name in ("Halle (Saale)", "Lk Harburg", "Magdeburg", "Nordsachsen", "ME-aktiv")
    ]
    assert order == sorted(order)
    for part in (
        ">20.968</a>",
        ">Dez 2019<",
        ">Jul 2019<",
        ">≈\u00a015.173\u00a0BG</a>",
        ">INTERN</span>",
        "‼ Widerspruch",
    ):
        assert part in table


def test_every_value_leads_to_its_evidence(open_page: OpenPage) -> None:
    assert 'href="nachweis?jobcenter=Halle+%28Saale%29&amp;reihe=elb"' in table_of(open_page("ueberblick"))


def test_asking_for_two_jobcenters_lengthens_the_table_and_back(open_page: OpenPage) -> None:
    page = open_page("ueberblick")
    before = table_of(page).count('role="rowheader"')
    page.segmented_control[0].set_value("2 Jobcentern").run()
    more = table_of(page).count('role="rowheader"')
    assert 0 < before < more
    page.segmented_control[0].set_value("3 Jobcentern").run()
    assert table_of(page).count('role="rowheader"') == before


def test_the_answer_names_what_all_report_for_the_same_time(open_page: OpenPage) -> None:
    page = open_page("ueberblick")
    told = "Erwerbsfähige Leistungsberechtigte, Dez 2019: Halle (Saale) 20.968, Lk Harburg 6.937, Magdeburg 19.165, "
    assert told in seen(page)
    page.multiselect[0].set_value(["Halle (Saale)"]).run()
    assert "Halle (Saale) nennt " in seen(page)
    assert told not in seen(page)

"""The Folien-TÜV: every rule speaks where it should and is silent where all is well."""

from typing import Any

import pytest

from pages.charts.chart import Chart
from pages.charts.drawing import Drawing
from pages.reports.examine import RULES, examine
from pages.reports.view import Deck, View, of_chart
from tests.reports.decks import NOTES, bars, deck, lines, made, table, unreadable

LONG = "Ein Satz, der auf keiner Folie Platz findet. " * 30


def side_by_side(figure: dict[str, Any]) -> Chart:
    drawing = Drawing()
    drawing.add_bar(x=[5], y=[0], orientation="h", width=0.4, text=["5"], name="a", **figure)
    drawing.update_yaxes(range=[1, -1], visible=False)
    drawing.update_xaxes(range=[0, 6], visible=False)
    return made(drawing, "Ein Balken")


SAME = {"line": {"color": "#e35e4e", "dash": "solid"}}
CASES: dict[str, View | Chart] = {
    "leer": View("Nichts", table().clear(), NOTES),
    "quelle": View("Ohne Quelle", table(), {"Datenstand": "14.04.2020"}),
    "stand": View("Ohne Datum", table(), {"Quelle": "BA"}),
    "monate": bars(frame=table(Zeitraum=["Jun 2019", "Jul 2019"])),
    "einheiten": bars(frame=table(Einheit=["%", "Prozentpunkte"])),
    "nullachse": bars(low=15000),
    "reihen": lines(*[{"name": f"R{n}", "line": {"dash": "solid"}} for n in range(8)]),
    "schrift": of_chart(bars(), comment=LONG),
    "fusszeile": View("Lange Hinweise", table(), {**NOTES, "Besonderheiten": LONG * 2}),
    "folien": View("Viele", table(), NOTES, made(Drawing(), "Viele")),
    "kontrast": side_by_side({"marker": {"color": "#ffe9a8"}}),
    "textkontrast": side_by_side({"marker": {"color": "#007598"}, "textfont": {"color": "#bbbbbb"}}),
    "farben": lines({"name": "rot", **SAME}, {"name": "grün", "line": {"color": "#8f8a3c", "dash": "solid"}}),
    "schwarzweiss": lines(
        {"name": "rot", **SAME}, {"name": "blau", "line": {"color": "#4f86ff", "dash": "solid"}}
    ),
    "ungefaehr": of_chart(
        bars(
            "3.500 Personen",
            frame=table(Angabe=["≈\u00a03.500", "19.165"], Genauigkeit=["ungefähr", "exakt"]),
        )
    ),
    "soll": bars(
        frame=table(Jobcenter=["Halle (Saale)"] * 2, Art=["Ist", "Soll"], Zeitbezug=["Stichtag", "JDW"])
    ),
    "diagramm": unreadable(),
}


def many_panels() -> Chart:
    drawing = Drawing(9, gap=0.02)
    for lane in range(1, 10):
        drawing.add_scatter(x=[1, 2], y=[1, 2], mode="lines", lane=lane)
    return made(drawing, "Viele Felder")


CASES["folien"] = many_panels()


def rules(mappe: Deck) -> set[str]:
    return {finding.rule for finding in examine(mappe)}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_speaks_where_it_should(rule: str) -> None:
    found = [finding for finding in examine(deck(bars(), CASES[rule])) if finding.rule == rule]
    assert found
    assert {finding.view for finding in found} == {2}
    assert all("{" not in finding.message for finding in found)


def test_all_is_well_where_all_is_well() -> None:
    assert rules(deck(bars(), View("Tabelle", table(), NOTES))) == set()


@pytest.mark.parametrize(
    "text", ["rund 3.500 Personen", "≈\u00a03.500 Personen", "23.500 Personen", "3.500,5 Personen"]
)
def test_an_approximate_value_may_be_named_as_one(text: str) -> None:
    frame = table(Angabe=["≈\u00a03.500", "19.165"], Genauigkeit=["ungefähr", "exakt"])
    assert "ungefaehr" not in rules(deck(bars(text, frame=frame)))


def test_bars_that_carry_their_dates_may_stand_together() -> None:
    chart = bars(frame=table(Zeitraum=["Halle (Saale)", "Magdeburg"]))  # what stands above each bar
    assert "monate" not in rules(deck(chart))


def test_lines_that_a_dash_tells_apart_need_no_colour() -> None:
    dashed = {"name": "grün", "line": {"color": "#8f8a3c", "dash": "dot"}}
    assert rules(deck(lines({"name": "rot", **SAME}, dashed))) <= {"kontrast"}


def test_the_gallery_has_no_chart_that_cannot_be_exported(gallery: Any) -> None:
    assert "diagramm" not in rules(gallery.deck())

"""Bullets: from zero, IBCS kinds, hollow where uncertain; deviations with colour, sign and word."""

from datetime import date
from typing import Any

from pages.charts.bullets import bullets, deviations
from pages.charts.chart import Chart
from pages.charts.theme import FAVOURABLE, PEER, UNFAVOURABLE
from pages.charts.verdicts import distance, tallied, target_sentences, target_table
from tests.warehouse.test_comparison import CATALOG, frame, value
from warehouse.targets import targets


def yearly(
    indicator: str, kind: str, number: float | None, year: int = 2015, **more: object
) -> dict[str, object]:
    """Return a yearly value of Nordsachsen."""
    usual = {"time_concept": "jahr", "kind": kind, "value": number, "source": "nordsachsen-amip-2019"}
    return value("nordsachsen", indicator, date(year, 1, 1), date(year, 12, 31), **{**usual, **more})


def drawn(*rows: dict[str, object]) -> Chart:
    """Return the bullets of some values."""
    return bullets(CATALOG, targets(CATALOG, frame(*rows)), title="Titel", subtitle="%")


def bars(chart: Chart, name: str) -> list[Any]:
    """Return the bars of one kind."""
    return [trace for trace in chart.figure.data if trace.name == name]


def texts(chart: Chart) -> list[str]:
    """Return everything written in a chart."""
    return [annotation.text for annotation in chart.figure.layout.annotations]


def test_ist_is_filled_and_narrow_soll_is_outlined_and_wide() -> None:
    chart = drawn(yearly("iq", "soll", 24.0), yearly("iq", "ist", 23.5))
    (soll,), (ist,) = bars(chart, "Soll"), bars(chart, "Ist")
    assert (list(soll.x), list(ist.x)) == ([24.0], [23.5])
    assert list(soll.y) == list(ist.y)
    assert (soll.width, ist.width) == (26, 12)
    assert (soll.marker.color, ist.marker.color) == (
        "rgba(0,0,0,0)",
        CATALOG.jobcenters["nordsachsen"].colour,
    )
    assert chart.figure.layout.xaxis.range[0] == 0
    assert "2015: Ist 23,5\u00a0% · Soll 24,0\u00a0%" in texts(chart)


def test_prognose_is_hatched_vorjahr_is_pale_and_an_uncertain_ist_is_hollow() -> None:
    rows = [
        yearly("llu", "prognose", 51335.0),
        yearly("llu", "vorjahr", 52000.0, 2014),
        yearly("llu", "ist", 49479.0, status="unsicher"),
    ]
    chart = drawn(*rows)
    hatched = [bar for bar in bars(chart, "Prognose") if bar.marker.pattern.shape]
    assert [bar.marker.pattern.shape for bar in hatched] == ["/", "/"]
    pale = bars(chart, "Vorjahr (gedruckt)")
    assert {bar.opacity for bar in pale} == {0.35}
    assert {ist.marker.color for ist in bars(chart, "Ist")} == {"rgba(0,0,0,0)"}
    assert len({row for bar in bars(chart, "Ist") for row in bar.y}) == 2  # one lane per target


def test_a_target_without_ist_stands_alone_and_says_so() -> None:
    chart = drawn(
        yearly("iq", "soll", 21.7, contradicted=True),
        yearly("iq", "soll", 21.4, place="ZV", contradicted=True, status="vorlaeufig"),
    )
    assert not bars(chart, "Ist")
    assert {"2015: kein Ist · Soll 21,7\u00a0% ‼", "2015: kein Ist · Soll 21,4\u00a0% ‼ (vorläufig)"} <= set(
        texts(chart)
    )
    assert "‼" in chart.notes["Besonderheiten"]


def test_the_time_concept_is_named_where_the_period_does_not_say_it_and_undated_targets_are_left_out() -> (
    None
):
    rows = [
        yearly("lzb", "soll", 100.0, time_concept="jdw"),
        yearly("lzb", "soll", 90.0, time_concept="dokumentstand", place="b"),
    ]
    chart = drawn(*rows)
    assert [text for text in texts(chart) if "kein Ist" in text] == ["2015 (JDW): kein Ist · Soll 100"]
    assert chart.table["Soll-Wert"].to_list() == [100.0]


def test_several_jobcenter_are_named_in_the_fixed_order() -> None:
    other = yearly("iq", "soll", 21.7) | {"jobcenter": "halle"}
    written = texts(drawn(yearly("iq", "soll", 24.0), other))
    assert written.index("Halle (Saale)") < written.index("Nordsachsen")
    assert "Nordsachsen" not in texts(drawn(yearly("iq", "soll", 24.0)))


def test_deviations_carry_colour_sign_and_word_by_direction() -> None:
    rows = [
        yearly("iq", "soll", 24.0),
        yearly("iq", "ist", 23.5),
        yearly("iq", "soll", 22.7, 2016),
        yearly("iq", "ist", 23.0, 2016),
    ]
    rows += [yearly("iq", "soll", 25.0, 2017)]
    chart = deviations(CATALOG, targets(CATALOG, frame(*rows)), title="Titel", subtitle="Prozentpunkte")
    assert [bar.marker.color for bar in chart.figure.data] == [UNFAVOURABLE.colour, FAVOURABLE.colour]
    assert "2015: −0,5\u00a0Prozentpunkte · ▼ ungünstig" in texts(chart)
    assert "2016: +0,3\u00a0Prozentpunkte · ▲ günstig" in texts(chart)
    low, high = chart.figure.layout.xaxis.range
    assert low < -0.5 < 0 < 0.3 < high


def test_an_indicator_without_direction_is_grey_and_not_judged() -> None:
    found = targets(
        CATALOG, frame(yearly("alleinerziehende", "soll", 100.0), yearly("alleinerziehende", "ist", 90.0))
    )
    chart = deviations(CATALOG, found, title="Titel", subtitle="Personen")
    assert chart.figure.data[0].marker.color == PEER
    assert "2015: −10 · niedriger, ohne Wertung" in texts(chart)
    assert CATALOG.direction_name("alleinerziehende") == "ohne Wertung"


def test_our_own_reading_of_a_direction_says_so() -> None:
    assert CATALOG.direction_name("elb") == "niedriger ist günstiger (eigene Lesart)"
    assert CATALOG.direction_name("k2") == "höher ist günstiger"


def test_the_table_has_deviation_recomputed_printed_and_verdict() -> None:
    rows = frame(yearly("iq", "soll", 24.0), yearly("iq", "ist", 23.5), yearly("iq.soll-abw", "ist", -2.0))
    table = target_table(CATALOG, targets(CATALOG, rows))
    columns = ("Soll", "Soll-Wert", "Ist", "Abweichung", "Einheit der Abweichung", "nachgerechnet in %")
    assert table.select(columns).row(0) == (
        "24,0\u00a0%", 24.0, "23,5\u00a0%", -0.5, "Prozentpunkte", -2.0833,
    )  # fmt: skip
    assert table.select("gedruckt in %", "Bewertung").row(0) == (-2.0, "▼ ungünstig")


def test_charts_write_millions_the_table_thousands_and_both_name_the_kind() -> None:
    rows = [yearly("luh", "vorjahr", 38737.0, 2014), yearly("luh", "ist", 35601.0)]
    rows += [yearly("luh", "vorjahr", 35613.0), yearly("luh", "ist", 35601.0, 2016)]
    found = targets(CATALOG, frame(*rows))
    chart = deviations(CATALOG, found, title="Titel", subtitle="Mio. €")
    assert "2015: −3,1\u00a0Mio.\u00a0€ · ▲ günstig" in texts(chart)
    assert any("−0,012\u00a0Mio." in text for text in texts(chart))  # never a difference of zero
    assert any("Vorjahr 38,7\u00a0Mio." in text for text in texts(drawn(*rows)))
    columns = ("Vorjahr", "Vorjahr-Wert", "Abweichung", "Einheit der Abweichung")
    assert chart.table.select(columns).row(0) == ("38.737\u00a0T€", 38737.0, -3136.0, "T€")
    assert distance(found) == "Abstand des Ist vom Vorjahr"


def test_the_kinds_of_targets_are_counted_apart_soll_first() -> None:
    rows = [yearly("llu", "prognose", 100.0), yearly("llu", "ist", 90.0), yearly("iq", "ist", 23.5)]
    rows += [
        yearly("iq", "soll", 24.0),
        yearly("alleinerziehende", "plan", 9.0),
        yearly("alleinerziehende", "ist", 8.0),
    ]
    found = targets(CATALOG, frame(*rows))
    assert tallied(found) == "Soll: 0 von 1 Werten günstiger; Prognosen: 1 von 1; Pläne: ohne Wertung"


def test_the_result_in_words() -> None:
    rows = [yearly("iq", "soll", 24.0, n) for n in (2015, 2016)] + [
        yearly("iq", "ist", v, n) for n, v in ((2015, 23.5), (2016, 25.0))
    ]
    assert target_sentences(CATALOG, targets(CATALOG, frame(*rows))) == [
        "Nordsachsen 2015–2016: 1 von 2 Werten günstiger als das Soll"
    ]
    single = [yearly("llu", "prognose", 100.0), yearly("llu", "ist", 110.0)]
    assert target_sentences(CATALOG, targets(CATALOG, frame(*single))) == [
        "Nordsachsen 2015: ungünstiger als die Prognose"
    ]
    assert target_sentences(CATALOG, targets(CATALOG, frame(yearly("iq", "soll", 24.0)))) == []

"""The chart and the words of a path: what is drawn solid, hollow and as a tick, and sentences one can check in the head."""

import pytest

from pages.charts.path_words import needed_words, no_path_words, path_title, season_note, standing
from pages.charts.paths import path_chart, still_needed
from tests.warehouse.test_comparison import CATALOG
from tests.warehouse.test_paths import SPRING, aim, rows, year
from warehouse.paths import target_path
from warehouse.schema import Row


def target(indicator: str, amount: float, concept: str = "jahr") -> Row:
    whole = {
        "kind": "soll",
        "target_precision": "exakt",
        "target_status": "endgueltig",
        "target_contradicted": False,
    }
    return {**aim(indicator, amount, concept), **whole}


MONTHS = rows(year("integrationen", 2025, [*SPRING]), year("integrationen", 2026, [60.0, 70.0, 80.0]))
SOLL = target("integrationen", 1200.0)
FOUND = target_path(CATALOG, SOLL, MONTHS)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_ist_is_solid_the_rest_of_the_year_hollow_and_the_soll_a_tick() -> None:
    drawn = path_chart(CATALOG, SOLL, FOUND, MONTHS)
    traces = {trace.name: trace for trace in drawn.figure.data if "markers" in trace.mode}
    path = next(trace for trace in drawn.figure.data if trace.name == "Pfad")

    assert list(traces["Ist"].y) == [60.0, 130.0, 210.0]
    assert traces["noch nötig"].marker.symbol.endswith("-open")
    assert traces["noch nötig"].y[-1] == pytest.approx(1200.0)
    assert (len(path.y), path.y[2]) == (12, pytest.approx(240.0))
    assert [shape.y0 for shape in drawn.figure.layout.shapes] == [1200.0]
    assert drawn.title == "Halle (Saale), Integrationen 2026: bis Mär ▼ ungünstiger als der Pfad"
    assert "mindestens 110" in drawn.alt
    assert drawn.table.height == 12
    assert list(drawn.notes) == ["Quelle", "Datenstand", "Berichtszeitraum", "Eigene Berechnung", "Zeichen"]


def test_the_words_say_what_the_numbers_say() -> None:
    assert standing(CATALOG, SOLL, FOUND) == "Summe seit Januar bis Mär: 210; Pfad 240, Abstand −30."
    assert plain(needed_words(CATALOG, SOLL, FOUND)) == (
        "Für das Soll von 1.200 noch nötig: mindestens 110 in jedem der 9 verbleibenden Monate im Mittel; "
        "nach der Jahreszeit im Apr 186."
    )
    assert "in 1 vollständigen Jahr davor (2025)" in season_note(CATALOG, SOLL, FOUND)


def words(indicator: str, soll: float, amounts: list[float], concept: str = "jahr") -> str:
    return plain(needed_words(CATALOG, target(indicator, soll, concept), target_path(
        CATALOG, aim(indicator, soll, concept), rows(year(indicator, 2026, [*amounts]))
    )))  # fmt: skip


def test_what_is_reached_used_up_or_over_is_said() -> None:
    assert words("integrationen", 100.0, [120.0]).startswith("Das Soll ist schon erreicht")
    assert words("lzb", 10.0, [200.0], "jdw").startswith("Das Soll ist schon aufgebraucht")
    assert words("integrationen", 12.0, [1.0] * 12).startswith("Jahr abgeschlossen")
    assert "mindestens 1,0 im letzten Monat" in words("integrationen", 12.0, [1.0] * 11)
    assert words("lzb", 200.0, [190.0], "jdw").startswith("Für das Soll von 200 noch nötig: höchstens 201")
    assert "mindestens" not in words("alleinerziehende", 100.0, [90.0], "jdw")


def test_a_rate_names_its_numerator_and_its_assumption() -> None:
    known = rows(
        year("elb", 2025, [1000.0] * 12),
        year("integrationen", 2026, [20.0, 20.0]),
        year("elb", 2026, [1000.0]),
    )
    soll = target("iq", 24.0, "planjahr")
    found = target_path(CATALOG, soll, known)

    assert plain(needed_words(CATALOG, soll, found)) == (
        "Für das Soll von 24,0 % noch nötig: mindestens 20,0 Integrationen in jedem der 10 verbleibenden Monate im Mittel "
        "(bei gleichbleibendem Durchschnitt des Nenners)."
    )
    assert still_needed(found) == []
    assert "Pfad gerade, weil kein vollständiges Jahr davor geladen ist" in season_note(CATALOG, soll, found)


def test_without_months_the_missing_delivery_is_named() -> None:
    what, remedy = no_path_words(CATALOG, target("iq", 24.0), "no_months")

    assert what == "Monatswerte von Halle (Saale) für 2026 oder die drei Jahre davor sind nicht geladen."
    assert "»Integrationen« und »Erwerbsfähige Leistungsberechtigte« je Monat" in remedy
    assert all(
        no_path_words(CATALOG, SOLL, reason)[0] for reason in ("not_a_year", "no_rule", "other_series")
    )


def test_a_gap_is_named_and_before_the_first_month_nothing_is_judged() -> None:
    known = rows(year("integrationen", 2026, [10.0, None, 10.0]))
    found = target_path(CATALOG, aim("integrationen", 120.0), known)
    assert "Feb fehlt: Spätere Monate zählen erst, wenn er geliefert ist." in standing(CATALOG, SOLL, found)

    none_yet = target_path(CATALOG, aim("integrationen", 120.0), rows(year("integrationen", 2025, [*SPRING])))
    assert path_title(CATALOG, SOLL, none_yet).endswith("noch kein Monat gemeldet")
    assert path_chart(CATALOG, SOLL, none_yet, MONTHS).table.height == 12

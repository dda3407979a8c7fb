"""What each kind of view says: the figures are those of its table, and number, noun and verb agree."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.reports.kinds import course, message, spread
from pages.reports.sentences import headline, paragraph, sentence
from pages.reports.wording import counted, points, verb
from warehouse.mappen import Told

NBSP = "\N{NO-BREAK SPACE}"


def told(title: str, *rows: dict[str, str], **more: str) -> Told:
    return Told(title, f"{title}.", rows=rows, notes={"Quelle": "BA", "Datenstand": "14.04.2020"}, **more)


def member(area: str, value: float, rank: int, share: int, name: str = "K2") -> dict[str, str]:
    figure = f"{value:.1f}".replace(".", ",")
    return {
        "Jobcenter": area, "Vergleichsgruppe": "VT IIc", "Kennzahl": name, "Zeitraum": "Jun 2019", "Angabe": f"{figure}{NBSP}%",
        "Wert": str(value), "Einheit": "%", "Rang": str(rank), "günstiger als (%)": str(share),
    }  # fmt: skip


def aim(year: int, ist: int, soll: int, good: bool, area: str = "Magdeburg") -> dict[str, str]:
    return {
        "Jobcenter": area, "Kennzahl": "ELB", "Zeitraum": str(year), "Art": "Soll", "Soll": str(soll), "Ist": str(ist),
        "Abweichung": str(ist - soll).replace("-", "−"), "Einheit der Abweichung": "Personen",
        "Bewertung": "▲ günstig" if good else "▼ ungünstig",
    }  # fmt: skip


def month(number: int, value: int, year: int = 2019) -> dict[str, str]:
    name = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun")[number - 1]
    return {
        "Jobcenter": "Halle (Saale)",
        "Kennzahl": "ELB",
        "Zeitraum": f"{name} {year}",
        "Angabe": str(value),
        "Wert": str(value),
    }


def test_a_comparison_tells_value_rank_and_distance_in_points_and_persons() -> None:
    rows = [member("Cottbus", 30, 1, 100), member("Magdeburg", 20, 3, 0), member("Halle (Saale)", 24, 2, 50)]
    said = told(
        "Magdeburg: Rang 3 von 3",
        *rows,
        reading="Magdeburg liegt 4,0 Prozentpunkte = 37 Integrationen unter dem Median.",
    )
    assert sentence(said) == (
        f"Im Juni 2019 hat Magdeburg bei »K2« 20,0{NBSP}%; das ist Rang 3 von 3 in der Gruppe »VT IIc«. "
        f"Der Wert liegt 4,0{NBSP}Prozentpunkte unter dem Median, das sind 37 Integrationen."
    )
    assert "liegt am Median" in sentence(told("Halle (Saale): Rang 2", *rows))
    assert message(told("Alle", *rows)) == ""  # nobody's view


def test_a_profile_tells_the_best_and_the_worst() -> None:
    rows = [
        member("Magdeburg", 20, 1, 100, "K1"),
        member("Halle", 24, 2, 0, "K1"),
        member("Magdeburg", 9, 2, 0),
        member("Halle", 8, 1, 100),
    ]
    assert message(told("Magdeburg: 2 Kennzahlen", *rows)) == (
        "Magdeburg: 2 Kennzahlen (Jun 2019). Am besten steht Magdeburg bei »K1« (Rang 1 von 2), "
        "am schwächsten bei »K2« (Rang 2 von 2)."
    )


def test_a_target_tells_the_newest_distance_and_how_often_it_was_reached() -> None:
    assert message(told("Ziele", aim(2018, 90, 100, True), aim(2019, 103, 100, False))) == (
        "Bei »ELB« war von zwei Ist-Werten einer günstiger als das Soll. "
        "Im Jahr 2019 lag das Ist von »ELB« in Magdeburg bei 103, 3 Personen über dem Soll von 100 (ungünstig)."
    )
    assert message(told("Ziele", aim(2019, 100, 100, False))).endswith(
        "bei 100, genau am Soll von 100 (ungünstig)."
    )
    several = [aim(2019, 1, 2, False), aim(2019, 1, 2, False, "Halle (Saale)")]
    assert (
        message(told("Ziele", *several)) == "Bei »ELB« war von zwei Ist-Werten keiner günstiger als das Soll."
    )
    path = Told(
        "Halle 2026: bis Mär",
        "Halle 2026: bis Mär. Noch nötig: 110 in jedem Monat.",
        rows=({"Pfad (Anzahl)": "1"},),
    )
    assert message(path) == "Halle 2026: bis Mär. Noch nötig: 110 in jedem Monat."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((5, 4, 3), "Der Wert sinkt über den ganzen gezeigten Zeitraum, seit Januar 2019."),
        ((5, 3, 4), "Der Wert steigt seit Februar 2019, zum ersten Mal wieder."),
        ((3, 5, 4, 3), "Der Wert sinkt seit Februar 2019, zweimal in Folge."),
        ((3, 5, 5), "Zuletzt, seit Februar 2019, ist der Wert gleich geblieben."),
        ((3, 5), ""),
    ],
)
def test_a_course_tells_its_direction_and_since_when(values: tuple[int, ...], said: str) -> None:
    rows = [month(number, value) for number, value in enumerate(values, 1)]
    assert course(told("Verlauf", *rows)) == said
    assert course(told("Verlauf", *reversed(rows))) == said
    assert course(told("Verlauf", *rows, {**month(1, 9), "Jobcenter": "Magdeburg"})) == ""
    assert said in sentence(told("Verlauf", *rows))


def test_a_movement_counts_who_rose_and_who_fell() -> None:
    def moved(area: str, change: str) -> dict[str, str]:
        return {
            "Jobcenter": area,
            "Jun 2018": "9",
            "Jun 2019": "8",
            "Veränderung": change,
            "Einheit der Veränderung": "Prozentpunkte",
        }

    rows = [moved("Halle", "−1"), moved("Cottbus", "1"), moved("Magdeburg", "0")]
    assert message(told("Halle: −1,0", *rows)) == (
        f"Von Juni 2018 bis Juni 2019 ist der Wert in Halle um 1,0{NBSP}Prozentpunkt gesunken. "
        "Von 3 Jobcentern mit beiden Werten ist er bei einem gestiegen und bei einem gesunken."
    )


def test_shares_tell_the_largest_and_budgets_their_sum() -> None:
    def share(part: str, value: float) -> dict[str, str]:
        return {"Jobcenter": "Magdeburg", "Merkmal": part, "Zeitraum": "Jun 2019", "Art": "Ist", "Angabe": f"{value} %",
                "Wert": str(value), "Grundgesamtheit": "ELB"}  # fmt: skip

    assert message(told("ELB: Magdeburg", share("Männer", 42), share("Frauen", 58))) == (
        "Im Juni 2019 hat in Magdeburg das Merkmal »Frauen« mit 58 % den größten Anteil (ELB), »Männer« mit 42 % den kleinsten."
    )

    def budget(year: int, total: str) -> dict[str, str]:
        return {
            "Jobcenter": "Halle",
            "Zeitraum": str(year),
            "Art": "Ist",
            "Einheit": "T€",
            "Summe der Teile (eigene Berechnung)": total,
        }

    assert message(told("Budget", budget(2018, "1.000"), budget(2019, "1.200"))) == (
        "Die Teile des Budgets von Halle ergeben zusammen 1.200 T€ (2019), 200 T€ mehr als 2018."
    )


def test_highest_and_lowest_are_told_of_three_areas_of_one_time() -> None:
    rows = [
        {**month(1, value), "Jobcenter": area, "Einheit": "Personen"}
        for area, value in (("A", 5), ("B", 9), ("C", 7))
    ]
    assert (
        spread(told("Vergleich", *rows))
        == "Zwischen dem höchsten (B) und dem niedrigsten Wert (A) liegen 4 Personen."
    )
    assert spread(told("Vergleich", *rows[:2])) == ""
    assert spread(told("Vergleich", rows[0], rows[1], {**rows[2], "Zeitraum": "Feb 2019"})) == ""
    assert "liegen 4 Personen." in paragraph(told("Vergleich", *rows))


@given(
    st.integers(0, 40),
    st.sampled_from(["m", "f", "n"]),
    st.sampled_from(["nominative", "dative", "accusative"]),
)
def test_number_noun_and_verb_agree(number: int, gender: str, case: str) -> None:
    text = f"{counted(number, 'X', 'Xe', gender, case)} {verb(number, 'ist', 'sind')}"
    assert text.endswith("X ist" if number < 2 else "Xe sind")
    endings = {"m": ("", "em", "en"), "f": ("e", "er", "e"), "n": ("", "em", "")}[gender]
    ending = endings[("nominative", "dative", "accusative").index(case)]
    if number < 2:
        assert text.split()[0].removeprefix("k") == "ein" + ending
    else:
        assert text[0].isdigit() == (number > 12)


@given(st.lists(st.booleans(), min_size=2, max_size=30))
def test_reached_targets_are_counted_in_one_grammatical_sentence(reached: list[bool]) -> None:
    said = message(told("Ziele", *[aim(1990 + n, 1, 2, good) for n, good in enumerate(reached)]))
    number, what = re.match(r"Bei »ELB« (war|waren) von \S+ Ist-Werten (\S+) günstiger", said).groups()  # type: ignore[union-attr]
    good = sum(reached)
    assert (number, what in ("keiner", "einer")) == (("war", True) if good < 2 else ("waren", False))


@given(st.floats(-1e6, 1e6).filter(bool))
def test_a_single_point_is_singular_and_no_size_has_a_sign(difference: float) -> None:
    said = points(difference, "%")
    assert said.endswith("Prozentpunkt") == said.startswith(f"1,0{NBSP}")
    assert said[0].isdigit()


def test_a_title_without_figures_gives_way_to_the_message() -> None:
    rows = [aim(2018, 90, 100, True), aim(2019, 103, 100, False)]
    assert (
        headline(told("Abstand vom Soll", *rows))
        == "Bei »ELB« war von zwei Ist-Werten einer günstiger als das Soll"
    )
    assert headline(told("ELB: 1 von 2 Werten günstiger", *rows)) == "ELB: 1 von 2 Werten günstiger"
    assert headline(told("Verlauf")) == "Verlauf"

"""Sums inside one delivery: every number here can be checked in the head."""

import re
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.etl.observations import CATALOG, codes, observation, problems
from warehouse.catalog import Region

CHECKS = Path(__file__).parents[2] / "etl" / "checks"
WAREHOUSE = Path(__file__).parents[2] / "warehouse"
SUPPRESSED, UNKNOWN, NOTHING = "anonymisiert", "nicht_verfuegbar", "nichts"


def parts(**values: float | str) -> list[dict[str, object]]:
    """Return the parts of one whole (`insgesamt`) as rows."""
    named = {"insgesamt": "", "u25": "unter-25", "bis55": "25-bis-55", "ab55": "ab-55"}
    return [observation(value, named.get(name, name.replace("_", "-"))) for name, value in values.items()]


# --- parts of a whole


def test_parts_that_add_up_say_nothing() -> None:
    assert codes(*parts(insgesamt=100, maenner=60, frauen=40, u25=20, bis55=50, ab55=30)) == []


def test_parts_that_do_not_add_up_are_named_with_their_numbers() -> None:
    (found,) = problems(*parts(insgesamt=100, maenner=60, frauen=30))

    assert (found.code, found.must_confirm) == ("sum_mismatch", True)
    assert (found.sheet, found.row, found.column, found.value) == ("Blatt 1", 2, "wert", "100")
    assert "Männer 60 + Frauen 30 = 90" in found.expected or "Frauen 30 + Männer 60 = 90" in found.expected
    assert "Erwerbsfähige Leistungsberechtigte, Halle (Saale), Jun 2019" in found.message


def test_two_persons_of_unknown_sex_are_a_note_and_need_no_reason() -> None:
    (found,) = problems(*parts(insgesamt=100, maenner=60, frauen=38))
    assert (found.code, found.must_confirm, found.row) == ("sum_near", False, None)
    assert found.expected.endswith("Halle (Saale), Jun 2019 (um 2)")
    assert codes(*parts(insgesamt=100, maenner=60, frauen=37)) == ["sum_mismatch"]


def test_many_small_differences_are_one_note_that_names_the_largest() -> None:
    def of(period: str, frauen: float) -> list[dict[str, object]]:
        values = {"": 1000, "maenner": 600, "frauen": frauen}
        return [observation(value, part, period) for part, value in values.items()]

    (found,) = problems(*of("2019-01", 399), *of("2019-02", 397), *of("2019-03", 400))
    assert found.code == "sum_near"
    assert found.expected == (
        "bei 2 Angaben, am weitesten Erwerbsfähige Leistungsberechtigte, Halle (Saale), Feb 2019 (um 3)"
    )


def test_the_three_ages_are_added_only_when_all_are_there() -> None:
    assert codes(*parts(insgesamt=100, u25=20, bis55=50, ab55=20)) == ["sum_mismatch"]
    assert codes(*parts(insgesamt=100, u25=20, bis55=50)) == []
    assert codes(*parts(insgesamt=100, u25=20, bis55=50, ab55=UNKNOWN)) == []


def test_known_parts_may_not_exceed_their_whole_even_where_one_is_missing() -> None:
    assert codes(*parts(insgesamt=100, maenner=SUPPRESSED, frauen=130)) == ["sum_mismatch"]


def test_the_sign_for_nothing_counts_as_zero_and_no_other_does() -> None:
    assert codes(*parts(insgesamt=100, maenner=60, frauen=NOTHING)) == ["sum_mismatch"]
    assert codes(*parts(insgesamt=100, maenner=100, frauen=NOTHING)) == []
    assert codes(*parts(insgesamt=100, maenner=60, frauen=UNKNOWN)) == []


def test_parts_joined_with_another_breakdown_add_up_to_that() -> None:
    crossed = {"arbeitslose": 50, "arbeitslose+maenner": 30, "arbeitslose+frauen": 10}
    crossed = {"+".join(sorted(name.split("+"))): value for name, value in crossed.items()}
    (found,) = problems(observation(100), *(observation(value, part) for part, value in crossed.items()))
    assert (found.code, found.row, found.value) == ("sum_mismatch", 3, "50")
    crossed["arbeitslose+frauen"] = 20
    assert codes(observation(100), *(observation(value, part) for part, value in crossed.items())) == []


def test_nationalities_may_leave_five_of_a_hundred_unstated_and_give_nothing_away() -> None:
    assert codes(*parts(insgesamt=1000, deutsche=600, auslaender=350)) == []
    assert codes(*parts(insgesamt=1000, deutsche=600, auslaender=300)) == ["sum_mismatch"]
    assert codes(*parts(insgesamt=1000, deutsche=600, auslaender=500)) == ["sum_mismatch"]
    assert codes(*parts(insgesamt=1000, deutsche=600, auslaender=SUPPRESSED)) == []


def test_a_row_delivered_twice_in_two_places_is_added_once() -> None:
    again = {"place": "Zeile 31"}
    rows = parts(insgesamt=1000, maenner=600, frauen=400)
    assert codes(*rows, *({**row, **again} for row in rows)) == []
    rows = parts(insgesamt=1000, maenner=600, frauen=300)
    assert codes(*rows, *({**row, **again} for row in rows)) == ["sum_mismatch"]


def test_a_part_that_is_divided_itself() -> None:
    rows = [observation(30, "unter-25"), observation(10, "unter-15"), observation(10, "15-bis-25")]
    assert codes(*rows) == ["sum_mismatch"]


def test_fractions_and_estimates_may_be_off_by_a_half_each() -> None:
    assert codes(*parts(insgesamt=100, maenner=60.4, frauen=40.4)) == []
    assert codes(*parts(insgesamt=1000, maenner=600.4, frauen=402.4)) == ["sum_near"]
    estimated = [
        observation(v, p, status="hochgerechnet") for p, v in (("", 100), ("maenner", 60), ("frauen", 41))
    ]
    assert codes(*estimated) == []


def test_numbers_rounded_to_ten_may_be_off_by_five_each() -> None:
    def of(*values: float) -> list[str]:
        rows = zip(("", "maenner", "frauen"), values, strict=True)
        return codes(*(observation(value, part, precision="auf_zehn") for part, value in rows))

    assert of(100, 60, 50) == []
    assert of(100, 70, 50) == ["sum_mismatch"]


@pytest.mark.parametrize(
    "other",
    [
        {"jobcenter": "magdeburg"},
        {"indicator": "lzb"},
        {"period": "2019-07"},
        {"time_concept": "jdw"},
        {"kind": "soll"},
        {"source": "Amt B"},
        {"data_date": date(2019, 9, 30)},
    ],
)
def test_only_what_shares_area_quantity_time_kind_source_and_date_is_added(other: dict[str, object]) -> None:
    whole, man = observation(100), observation(60, "maenner")
    assert codes(whole, man, observation(10, "frauen", **other)) == []  # type: ignore[arg-type]


def test_rates_changes_and_rough_numbers_are_never_added() -> None:
    for named in ({"indicator": "k2"}, {"indicator": "elb.vj-abs"}, {"precision": "ungefaehr"}):
        rows = [observation(v, p, **named) for p, v in (("", 30), ("maenner", 20), ("frauen", 40))]  # type: ignore[arg-type]
        assert codes(*rows) == []


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 10**6), min_size=3, max_size=3),
    st.lists(st.sampled_from(["", SUPPRESSED, UNKNOWN]), min_size=4, max_size=4),
)
def test_a_partition_that_adds_up_never_fires_whatever_is_suppressed(
    ages: list[int], signs: list[str]
) -> None:
    values = dict(zip(("insgesamt", "u25", "bis55", "ab55"), [sum(ages), *ages], strict=True))
    shown = {name: sign or values[name] for name, sign in zip(values, signs, strict=True)}
    assert set(codes(*parts(**shown))) <= {"recomputable"}


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**5), min_size=2, max_size=2))
def test_rounding_to_ten_never_fires(values: list[int]) -> None:
    rounded = [10 * round(value / 10) for value in (sum(values), *values)]
    rows = zip(("", "maenner", "frauen"), rounded, strict=True)
    assert codes(*(observation(value, part, precision="auf_zehn") for part, value in rows)) == []


# --- areas and the larger ones they lie in


def area(id: str, value: float | str, **named: object) -> dict[str, object]:
    return observation(value, jobcenter=id, **named)  # type: ignore[arg-type]


def test_a_jobcenter_has_at_most_what_its_land_has_and_a_land_what_germany_has() -> None:
    (found,) = problems(area("halle", 500), area("st", 100), area("de", 9000))
    assert (found.code, found.row, found.value, found.must_confirm) == ("area_exceeds", 3, "100", True)
    assert found.expected.endswith("Sachsen-Anhalt, Jun 2019 – Halle (Saale) 500")
    assert codes(area("st", 500), area("de", 100)) == ["area_exceeds"]
    assert (
        codes(area("halle", 50), area("magdeburg", 40), area("st", 100), area("harburg", 70), area("de", 200))
        == []
    )
    assert codes(area("halle", 500), area("ni", 100)) == [], "another Land"


def test_east_and_west_are_germany() -> None:
    assert codes(area("de", 100), area("west", 70), area("ost", 30)) == []
    assert codes(area("de", 100), area("west", 70), area("ost", 20)) == ["sum_mismatch"]
    assert codes(area("de", 100), area("west", 70), area("ost", UNKNOWN)) == []
    assert codes(area("de", 60), area("west", 70), area("ost", UNKNOWN)) == ["area_exceeds"]


LAENDER = {f"l{number}": Region(f"l{number}", f"Land {number}", "land") for number in range(16)}
WITH_LAENDER = replace(
    CATALOG, regions={id_: r for id_, r in CATALOG.regions.items() if r.kind != "land"} | LAENDER
)


def test_sixteen_laender_are_germany_and_fifteen_are_at_most_it() -> None:
    rows = [area(id_, 10) for id_ in LAENDER]
    assert codes(area("de", 160), *rows, catalog=WITH_LAENDER) == []
    assert codes(area("de", 200), *rows, catalog=WITH_LAENDER) == ["sum_mismatch"]
    assert codes(area("de", 200), *rows[:15], catalog=WITH_LAENDER) == []
    assert codes(area("de", 100), *rows[:15], catalog=WITH_LAENDER) == ["area_exceeds"]


def test_rates_of_areas_are_never_compared() -> None:
    assert codes(area("halle", 40, indicator="k2"), area("st", 20, indicator="k2")) == []


def test_areas_nobody_knows_are_skipped() -> None:
    assert codes(area("99999", 500), area("st", 100)) == []


# --- suppressed cells that follow from the others


def test_one_suppressed_part_of_a_known_whole_is_noted_without_telling_its_value() -> None:
    (found,) = problems(*parts(insgesamt=100, maenner=98, frauen=SUPPRESSED))
    assert (found.code, found.must_confirm) == ("recomputable", False)
    assert found.value == "Männer und Frauen in Zeile 4"
    assert "Halle (Saale)" in found.message
    assert "98" not in found.message


def test_a_suppressed_whole_of_known_parts_is_noted() -> None:
    assert codes(*parts(insgesamt=SUPPRESSED, maenner=98, frauen=2)) == ["recomputable"]


@pytest.mark.parametrize(
    "values",
    [
        {"insgesamt": 100, "maenner": SUPPRESSED, "frauen": SUPPRESSED},
        {"insgesamt": SUPPRESSED, "maenner": 98, "frauen": SUPPRESSED},
        {"insgesamt": 100, "u25": 10, "bis55": SUPPRESSED, "ab55": SUPPRESSED},
        {"insgesamt": 100, "maenner": 98, "frauen": UNKNOWN},
        {"insgesamt": 100, "u25": 10, "bis55": SUPPRESSED},
    ],
)
def test_what_does_not_follow_is_not_noted(values: dict[str, float | str]) -> None:
    assert codes(*parts(**values)) == []


def test_numbers_rounded_to_ten_give_nothing_away() -> None:
    rows = parts(insgesamt=100, maenner=90, frauen=SUPPRESSED)
    assert codes(*({**row, "precision": "auf_zehn"} for row in rows)) == []


# --- numbers rounded to ten that claim to be exact


def test_counts_that_all_end_with_zero_are_doubted_once_for_their_source() -> None:
    months = [f"{year}-{number:02d}" for year, number in product((2017, 2018, 2019), range(1, 13))]
    rounded = [observation(1000 + 10 * number, period=text) for number, text in enumerate(months)]
    (found,) = problems(*rounded)
    assert (found.code, found.value, found.must_confirm) == ("rounded", "BA", False)
    assert "auf_zehn" in found.message
    assert codes(*rounded[:29]) == [], "too few to tell"
    assert codes(*({**row, "precision": "auf_zehn"} for row in rounded)) == []
    assert codes(*(observation(1000 + number, period=text) for number, text in enumerate(months))) == []


# --- from where on the checks speak


def test_every_threshold_is_used_and_says_why() -> None:
    files = (*CHECKS.glob("*.py"), *WAREHOUSE.glob("*.py"))
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    assert set(re.findall(r'threshold(?:\("|s\[")(\w+)"[])]', code)) == CATALOG.thresholds.keys()
    assert all(entry.reason.endswith(".") for entry in CATALOG.thresholds.values())


# --- so many that nobody would read them


def test_more_problems_than_one_reads_are_told_together() -> None:
    months = [f"{year}-{number:02d}" for year, number in product(range(2014, 2020), range(1, 13))][:60]
    rows = [
        observation(v, p, text) for text in months for p, v in (("", 101), ("maenner", 61), ("frauen", 11))
    ]
    found = problems(*rows)
    assert [entry.code for entry in found] == ["sum_mismatch"] * 50 + ["further"]
    assert found[-1].value == "10 weitere Zeilen"
    assert found[-1].expected == "Summen, die nicht aufgehen (Halle (Saale))"

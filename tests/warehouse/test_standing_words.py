"""What a standing says in German: exact sentences, and one for everything that may be missing."""

from dataclasses import replace

import polars as pl
import pytest

from tests.warehouse.peers import CATALOG, counts, group, letters, peers, standing
from warehouse.corridor import Corridor
from warehouse.standing import Standing, beside, stand
from warehouse.standing_words import (
    answer,
    corridor_method,
    corridor_text,
    gap_text,
    group_note,
    left_out_text,
    percentile_text,
    place_text,
    rank_text,
    ratio_text,
    strip_sentence,
    why_not_text,
)

FIVE: list[float | None] = [10.0, 20, 30, 40, 50]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "own", "direction", "rank", "percentile"),
    [
        (FIVE, 4, "higher", "Rang 1 von 5", "günstiger als 100 % der Vergleichsgruppe"),
        (FIVE, 3, "lower", "Rang 4 von 5", "günstiger als 25 % der Vergleichsgruppe"),
        (FIVE, 3, "neutral", "höher als 3 von 4 anderen", ""),
        (FIVE, 0, "neutral", "niedrigster Wert von 5", ""),
        (FIVE, 4, "neutral", "höchster Wert von 5", ""),
        ([10, 10, 10, 40, 50], 2, "neutral", "mit 2 anderen niedrigster Wert von 5", ""),
        ([10, 20, 30, 50, 50], 3, "neutral", "mit 1 anderem höchster Wert von 5", ""),
        (
            [10, 20, 20, 40, 50],
            1,
            "higher",
            "geteilter Rang 3 von 5",
            "günstiger als 38 % der Vergleichsgruppe",
        ),
        ([None, 1, 2, 3, 4, 5], 0, "higher", "ohne Rang", ""),
    ],
)
def test_rank_and_percentile(
    values: list[float | None], own: int, direction: str, rank: str, percentile: str
) -> None:
    found = standing(values, own, direction=direction)

    assert (rank_text(found), plain(percentile_text(found))) == (rank, percentile)


@pytest.mark.parametrize(
    ("own", "direction", "place"),
    [(0, "higher", "unteres Quartil (ungünstig)"), (0, "lower", "unteres Quartil (günstig)"), (0, "neutral", "unteres Quartil"),
     (2, "higher", "am Median"), (4, "lower", "oberes Quartil (ungünstig)")],
)  # fmt: skip
def test_the_lowest_quarter_is_never_called_bad(own: int, direction: str, place: str) -> None:
    assert place_text(standing(FIVE, own, direction=direction)) == place


def sanctioned() -> Standing:
    """Return 20 of 1,000 among groups with 10, 20, 30, 40, 50 of 1,000: one percentage point below the median."""
    names = letters(5)
    sides = counts({name: (10.0 * number, 1000) for number, name in enumerate(names, 1)})
    return standing([1.0, 2, 3, 4, 5], 1, direction="neutral", sides=sides)


def test_a_distance_is_told_in_points_and_in_persons() -> None:
    found = sanctioned()

    assert plain(gap_text(CATALOG, found)) == (
        "1,0 Prozentpunkte = 10 erwerbsfähige Leistungsberechtigte mit Sanktion unter dem Median"
    )
    assert plain(answer(CATALOG, found, "Ort")) == (
        "Ort, SQ Jun 2019: 2,0 %, in der Gruppe »Testgruppe« höher als 1 von 4 anderen; 1,0 Prozentpunkte = 10 erwerbsfähige "
        "Leistungsberechtigte mit Sanktion unter dem Median (3,0 %)."
    )
    assert plain(ratio_text(CATALOG, found)) == "3,0 % (Summe der Zähler ÷ Summe der Nenner, 5 mit beiden)"
    assert plain(gap_text(CATALOG, standing(FIVE, 2))) == "genau am Median"
    assert "Zähler und Nenner sind nicht geladen" in ratio_text(CATALOG, standing(FIVE))


def test_who_does_not_count_is_told() -> None:
    found = standing([1, 2, 3, 4, 5, None, None])

    assert left_out_text(CATALOG, found) == "Ohne Wert, der zählt: 2 (2 nicht geliefert)."
    missing = pl.when(pl.col("value").is_null())
    hidden = found.peers.with_columns(
        state=missing.then(pl.lit("missing")).otherwise("state"),
        status=missing.then(pl.lit("anonymisiert")).otherwise("status"),
    )
    told = left_out_text(CATALOG, replace(found, peers=hidden))
    assert told == "Ohne Wert, der zählt: 2 (2 aus Datenschutzgründen anonymisiert)."
    assert group_note(CATALOG, found, "jobcenter") == "Testgruppe: 5 von 7 Jobcentern mit Wert."
    dated = replace(found, group=group(letters(7), edition="2024", source="Liste", notes=("Ein Hinweis.",)))
    told = group_note(CATALOG, dated, "kreis")
    assert told == "Testgruppe, Fassung 2024: 5 von 7 Kreisen mit Wert; Zuordnung: Liste. Ein Hinweis."


def test_a_corridor_says_how_it_was_made_or_why_there_is_none() -> None:
    found = Corridor(3, 8, 27, 2000, 0.9, "poisson")

    assert corridor_text(found) == "Rang 3 bis 8 von 27 mit Zähler und Nenner"
    assert "Ereignisse nach Poisson" in corridor_method(found)
    assert corridor_text(Corridor(3, 3, 27, 2000, 0.9, "binomial", by_height=True)).startswith(
        "Platz nach Höhe 3 von"
    )
    for why in ("no_counts", "averaged", "changes", "no_standing"):
        assert corridor_text(Corridor(why_not=why)).startswith("nicht berechnet")
        assert corridor_method(Corridor(why_not=why)) == ""


def test_all_groups_in_one_sentence() -> None:
    low, high, below = standing(FIVE, 0), standing(FIVE, 4), standing([10, 20, 25, 30, 40, 50], 2)

    assert strip_sentence([low, low, high]) == "in 2 von 3 Gruppen im unteren Quartil"
    assert strip_sentence([below, below, low]) == "in 3 von 3 Gruppen unter dem Median"
    assert strip_sentence([standing(FIVE, 2)]) == "in 1 von 1 Gruppe am Median"
    assert strip_sentence([standing([1, 2, 3, 4])]) == ""


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (stand(CATALOG, peers(FIVE), group([], reason="Nicht hinterlegt."), "a000"), "Nicht hinterlegt."),
        (standing([1, 2, 3, 4, None]), "Nur 4 von 5 Jobcentern haben einen Wert für Integrationsquote (§ 48a)"),
        (standing([None] * 6), "Nur 0 von 6 Jobcentern"),
        (standing([None, 1, 2, 3, 4, 5]), "keinen Wert für Integrationsquote (§ 48a), der zählt (nicht geliefert)."),
        (standing([7] * 5), "Alle 5 Werte sind gleich"),
        (beside(CATALOG, peers(FIVE), group(letters(5)), "a000"), "aus verschiedenen Zeiträumen"),
    ],
)  # fmt: skip
def test_everything_that_is_missing_has_a_sentence(found: Standing, what: str) -> None:
    said, _ = why_not_text(CATALOG, found, "Ort", "jobcenter")

    assert what in said
    assert answer(CATALOG, found, "Ort") == "" or found.why_not == "all_equal"


def test_a_gap_names_the_delivery_that_would_fill_it() -> None:
    _, remedy = why_not_text(CATALOG, standing([None] * 6), "Ort", "jobcenter")

    assert remedy == "Die Lieferung »Kennzahlen nach § 48a SGB II« mit diesem Zeitraum füllt die Lücke."


def test_a_distance_in_money_has_its_unit_and_one_in_people_their_name() -> None:
    sides = counts({area: (each * 10, 1000.0) for area, each in zip(letters(5), FIVE, strict=True) if each})
    found = standing(FIVE, 4, sides=sides)
    assert "= 200 erwerbsfähige Leistungsberechtigte mit Sanktion" in plain(gap_text(CATALOG, found))
    money = replace(found, sides=replace(found.sides, counted="llu-monat"))
    unit = CATALOG.unit("llu-monat").suffix
    assert f"200 {unit} Leistungen zum Lebensunterhalt" in plain(gap_text(CATALOG, money))

"""What is confidential is found: alone, and in what views show together."""

from typing import Any

import polars as pl

from pages.reports.guard import INTERN, RECOMPUTABLE, SMALL, Secret, secrets
from pages.reports.view import View
from tests.reports.decks import NOTES
from warehouse.catalog import load_catalog

SUPPRESSED = "aus Datenschutzgründen anonymisiert"


def view(*rows: tuple[str, float | None], notes: dict[str, str] | None = None, **columns: Any) -> View:
    """Return a view of counts of one Jobcenter: part of the whole, value (None: suppressed)."""
    table = pl.DataFrame(
        [
            {
                "Jobcenter": "Magdeburg", "Kennzahl": "ELB", "Merkmal": part, "Zeitraum": "Jun 2019", "Zeitbezug": "Stichtag",
                "Art": "Ist", "Wert": value, "Einheit": "Personen", "Genauigkeit": "exakt",
                "Status": SUPPRESSED if value is None else "endgültig", **columns,
            }
            for part, value in rows
        ],
        schema_overrides={"Wert": pl.Float64},
    )  # fmt: skip
    return View("Bestand", table, notes or NOTES)


def found(*views: View) -> list[tuple[int, str]]:
    return [(secret.view, secret.rule) for secret in secrets(list(views), load_catalog())]


def test_a_suppressed_part_follows_from_the_whole_and_the_other_part() -> None:
    assert found(view(("Insgesamt", 100), ("Männer", 60), ("Frauen", None))) == [(1, RECOMPUTABLE)]
    assert found(view(("Insgesamt", 100), ("Frauen", None))) == []
    assert found(view(("Insgesamt", None), ("Männer", 60), ("Frauen", 40))) == [(1, RECOMPUTABLE)]


def test_what_two_views_show_together_is_found_in_both_and_the_value_is_never_told() -> None:
    told = secrets([view(("Insgesamt", 100), ("Frauen", None)), view(("Männer", 93))], load_catalog())
    assert [(secret.view, secret.rule) for secret in told] == [(1, RECOMPUTABLE), (2, RECOMPUTABLE)]
    assert all(
        "aus den Ansichten 1, 2 zusammen" in secret.message and "7" not in secret.message for secret in told
    )


def test_a_part_that_is_not_shown_but_below_three_follows_from_the_rest() -> None:
    assert found(view(("Insgesamt", 100), ("Männer", 98))) == [(1, RECOMPUTABLE)]
    assert found(view(("Insgesamt", 100), ("Männer", 97))) == []


def test_different_times_or_rounded_values_give_nothing_away() -> None:
    assert found(view(("Insgesamt", 100), ("Frauen", None)), view(("Männer", 60), Zeitraum="Jul 2019")) == []
    assert found(view(("Insgesamt", 100), ("Männer", 60), ("Frauen", None), Genauigkeit="ungefähr")) == []


def test_small_counts_and_internal_sources_are_named_rates_and_zero_are_not() -> None:
    assert found(view(("Insgesamt", 2))) == [(1, SMALL)]
    assert found(view(("Insgesamt", 0)), view(("Insgesamt", 3)), view(("Insgesamt", 2), Einheit="%")) == []
    assert found(view(("Insgesamt", 50), notes={"Quelle": "ME-aktiv, Bericht (INTERN)"})) == [(1, INTERN)]
    assert secrets([view(("Frauen", 1))], load_catalog()) == [
        Secret(1, SMALL, "Eine Anzahl unter 3: Magdeburg, ELB, Frauen, Jun 2019.")
    ]


def test_a_count_behind_a_rate_or_a_share_is_named() -> None:
    rate = pl.DataFrame(
        {"Jobcenter": ["Halle (Saale)"], "Wert": [0.1], "Einheit": ["%"], "Zähler": [2.0], "Nenner": [2000.0]}
    )
    share = pl.DataFrame(
        {"Jobcenter": ["Halle (Saale)"], "Wert": [2.0], "Einheit": ["%"], "Grundgesamtheit (Zahl)": [100.0]}
    )
    assert found(View("Quote", rate, NOTES), View("Anteil", share, NOTES)) == [(1, SMALL), (2, SMALL)]
    assert found(View("Anteil", share.with_columns(Wert=3.0), NOTES)) == []


def test_shares_with_their_base_give_away_what_another_view_suppresses() -> None:
    shares = pl.DataFrame(
        {
            "Jobcenter": ["Magdeburg"], "Merkmal": ["Männer"], "Zeitraum": ["Jun 2019"], "Zeitbezug": ["Stichtag"],
            "Art": ["Ist"], "Wert": [90.0], "Einheit": ["%"], "Anzahl": [90.0], "Grundgesamtheit": ["ELB"],
            "Grundgesamtheit (Zahl)": [100.0], "Status": ["endgültig"],
        }
    )  # fmt: skip
    assert found(view(("Frauen", None)), View("Struktur", shares, NOTES)) == [
        (1, RECOMPUTABLE),
        (2, RECOMPUTABLE),
    ]


def areas(*rows: tuple[str, float | None], **columns: Any) -> View:
    """Return a view of one count of several areas."""
    return View(
        "Bestand",
        pl.concat([view(("Insgesamt", value), Jobcenter=name, **columns).table for name, value in rows]),
        NOTES,
    )


def test_a_region_follows_from_the_whole_and_all_others() -> None:
    assert found(areas(("Deutschland", 100), ("Westdeutschland", 60), ("Ostdeutschland", None))) == [
        (1, RECOMPUTABLE)
    ]
    assert found(areas(("Westdeutschland", 60), ("Ostdeutschland", None))) == []
    laender = [entry.name for entry in load_catalog().regions.values() if entry.kind == "land"]
    shown = areas(("Deutschland", 1000), *((name, 50.0) for name in laender[1:]), (laender[0], None))
    assert found(shown) == [(1, RECOMPUTABLE)]
    assert (
        found(areas(("Deutschland", 1000), *((name, 50.0) for name in laender[2:]), (laender[0], None))) == []
    )


def test_a_member_of_a_land_or_a_group_follows_from_the_sum_and_all_other_members() -> None:
    group = {"Vergleichstyp IIc": ("Magdeburg", "Halle (Saale)", "Cottbus")}
    shown = [
        areas(("Vergleichstyp IIc", 100), ("Magdeburg", 50)),
        areas(("Halle (Saale)", 20), ("Cottbus", None)),
    ]
    assert [(s.view, s.rule) for s in secrets(shown, load_catalog(), group)] == [
        (1, RECOMPUTABLE),
        (2, RECOMPUTABLE),
    ]
    assert secrets(shown, load_catalog()) == []
    assert (
        secrets(
            [areas(("Vergleichstyp IIc", 100), ("Magdeburg", 50), ("Cottbus", None))], load_catalog(), group
        )
        == []
    )


def test_several_sums_together_give_away_what_none_gives_away_alone() -> None:
    rows = [
        ("Insgesamt", 100),
        ("Männer", 60),
        ("Arbeitslose, Frauen", None),
        ("Arbeitslose", 30),
        ("Arbeitslose, Männer", 20),
    ]
    assert found(view(*rows)) == [(1, RECOMPUTABLE)]
    # neither value follows alone from the row of Magdeburg; with the sums of both areas it does
    west = view(("Insgesamt", 60), ("Männer", None), ("Frauen", None), Jobcenter="Westdeutschland").table
    all_ = view(("Insgesamt", 100), ("Männer", 50), ("Frauen", 50), Jobcenter="Deutschland").table
    east = view(("Männer", 20), ("Frauen", None), Jobcenter="Ostdeutschland").table
    assert found(View("B", pl.concat([west, all_]), NOTES)) == []
    assert set(found(View("B", pl.concat([west, all_, east]), NOTES))) == {(1, RECOMPUTABLE)}


def test_a_rate_and_its_denominator_give_the_numerator_away() -> None:
    catalog = load_catalog()
    (rate, quotient), *_ = catalog.quotients.items()
    names = [catalog.indicator(id_).name for id_ in (rate, quotient.denominator, quotient.numerator)]
    percent = view(("Insgesamt", 2.0), Kennzahl=names[0], Einheit="%")
    base = view(("Insgesamt", 1000), Kennzahl=names[1])
    assert found(percent, base, view(("Insgesamt", None), Kennzahl=names[2])) == [
        (1, RECOMPUTABLE),
        (2, RECOMPUTABLE),
        (3, RECOMPUTABLE),
    ]
    assert found(percent, view(("Insgesamt", None), Kennzahl=names[2])) == []


def test_a_change_told_beside_the_next_month_gives_the_month_before_away() -> None:
    before = view(("Insgesamt", None), Zeitraum="Mai 2019")
    after = View(
        "Verlauf",
        view(("Insgesamt", 90)).table.with_columns(
            pl.lit("Mai 2019").alias("Verglichen mit"), pl.lit(-10.0).alias("Veränderung")
        ),
        NOTES,
    )
    assert found(before, after) == [(1, RECOMPUTABLE), (2, RECOMPUTABLE)]


def test_shares_of_all_parts_but_one_give_the_last_away() -> None:
    shares = pl.DataFrame(
        {
            "Jobcenter": ["Magdeburg"] * 2, "Merkmal": ["Männer", "Frauen"], "Zeitraum": ["Jun 2019"] * 2, "Art": ["Ist"] * 2,
            "Wert": [90.0, None], "Einheit": ["%"] * 2, "Grundgesamtheit": ["ELB"] * 2, "Status": ["endgültig", SUPPRESSED],
        }
    )  # fmt: skip
    assert found(View("Struktur", shares, NOTES)) == [(1, RECOMPUTABLE)]

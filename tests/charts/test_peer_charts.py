"""Strips, slopes, scatter and spine: what is drawn, in which colour, and that nothing is drawn that may not be."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.charts.scatter import NO_CAUSE, scatter
from pages.charts.slopes import slopes
from pages.charts.spines import on_scale, spine
from pages.charts.strips import strips
from pages.charts.theme import HIGHLIGHT, PEER
from tests.warehouse.peers import CATALOG, JUNE, counts, group, letters, peers
from warehouse.catalog import OWN_CALCULATION
from warehouse.likeness import STRUCTURE
from warehouse.movement import movement, year_before
from warehouse.peer_values import At
from warehouse.quantiles import Distribution
from warehouse.standing import Standing, stand

NAMES = {name: f"JC {name}" for name in letters(40)} | {"halle": "Halle (Saale)", "harburg": "Lk Harburg"}
TEN = letters(10)


def of(values: list[float | None], own: str = "a000", *, direction: str = "lower") -> Standing:
    made = peers(values, direction=direction, sides=counts(dict.fromkeys(letters(len(values)), (10, 100))))
    return stand(CATALOG, made, group(letters(len(values))), own)


def earlier(standing: Standing) -> Standing:
    return replace(standing, at=year_before(standing.at))


def test_a_strip_shows_every_value_once_and_the_own_one_large() -> None:
    standing = of([-1.0, -2, -3, -4, -5, -6, -7, -8, -9, None])
    drawn = strips(CATALOG, [standing], NAMES, title="T", subtitle="S", level="jobcenter")
    grey, own = drawn.figure.data

    assert sorted(grey.x) == [-9, -8, -7, -6, -5, -4, -3, -2]
    assert (grey.marker.color, own.x, own.marker.color) == (PEER, (-1,), HIGHLIGHT)
    box, median = drawn.figure.layout.shapes
    assert (box.x0, box.x1, median.x0) == (-7, -3, -5)
    texts = [text.text for text in drawn.figure.layout.annotations]
    assert "−1,0\u00a0% · Rang 9 von 9" in texts
    assert "← niedriger ist günstiger" in texts
    sides = [
        (text.align, text.xanchor) for text in drawn.figure.layout.annotations if text.xanchor != "center"
    ]
    assert ("right", "right") in sides
    assert all(align == anchor for align, anchor in sides), (
        "a saved picture has wider letters: none may stick out"
    )
    assert drawn.alt.startswith("T. JC a000: −1,0\u00a0%, Rang 9 von 9 in Testgruppe, Median −5,0\u00a0%")
    assert drawn.notes["Vergleichsgruppe"] == "Testgruppe: 9 von 10 Jobcentern mit Wert."
    assert drawn.notes["Besonderheiten"] == "Ohne Wert, der zählt: 1 (1 nicht geliefert)."
    assert drawn.table.height == 10


def test_dots_of_equal_value_stand_above_each_other() -> None:
    drawn = strips(CATALOG, [of([5.0] * 9 + [6.0])], NAMES, title="T", subtitle="S", level="jobcenter")
    grey = drawn.figure.data[0]

    assert len(set(zip(grey.x, grey.y, strict=True))) == 9


def test_a_slope_draws_pairs_only_and_lists_the_rest() -> None:
    now, before = of([1.0, 2, 3, 4, 5, 6, 7]), earlier(of([2.0, 2, 3, 4, 5, 6, None]))
    moved = movement(before, now)
    drawn = slopes(CATALOG, moved, NAMES, title="T", subtitle="S", level="jobcenter")

    assert moved.pairs.select("area", "change").rows()[0] == ("a000", -1.0)
    assert moved.unpaired == ("a006",)
    assert "Nicht gezeigt, weil einer der beiden Werte fehlt: JC a006." in drawn.notes["Besonderheiten"]
    lines = [trace for trace in drawn.figure.data if trace.mode == "lines"]
    assert len(lines) == 5 + 1  # five grey members and the median; the own one has marks
    own = next(trace for trace in drawn.figure.data if trace.mode == "lines+markers")
    assert tuple(own.y) == (2, 1)
    left = [note.text for note in drawn.figure.layout.annotations if note.x == 0]
    assert "3,5\u00a0%" in left, (
        "the word Median does not fit left of the first date; it stands at the right end"
    )


def test_more_than_thirty_lines_are_not_drawn() -> None:
    many = of([float(each) for each in range(40)])
    drawn = slopes(CATALOG, movement(earlier(many), many), NAMES, title="T", subtitle="S", level="jobcenter")

    assert len([trace for trace in drawn.figure.data if trace.mode == "lines"]) == 1, "the median alone"


def test_the_same_month_a_year_before() -> None:
    def bounds(at: At) -> tuple[str, str]:
        return at.start.isoformat(), at.end.isoformat()

    assert bounds(year_before(JUNE)) == ("2018-06-01", "2018-06-30")
    february = At(
        "k2",
        "",
        "stichtag",
        JUNE.start.replace(year=2020, month=2),
        JUNE.end.replace(year=2020, month=2, day=29),
    )
    assert bounds(year_before(february)) == ("2019-02-01", "2019-02-28")
    leap = At(
        "k2",
        "",
        "stichtag",
        JUNE.start.replace(year=2021, month=2),
        JUNE.end.replace(year=2021, month=2, day=28),
    )
    assert bounds(year_before(leap)) == ("2020-02-01", "2020-02-29")


def test_a_scatter_says_nothing_about_causes() -> None:
    rows = [(area, "frauen", 40.0 + number, JUNE.start, JUNE.end) for number, area in enumerate(TEN)]
    standing = of([float(each) for each in range(10)])
    frame = pl.DataFrame(rows, schema=STRUCTURE, orient="row")
    drawn = scatter(
        CATALOG,
        standing,
        frame,
        "frauen",
        NAMES,
        title="T",
        subtitle="S",
        period="Jun 2019",
        level="jobcenter",
    )

    assert NO_CAUSE in drawn.notes["Besonderheiten"]
    assert len(drawn.figure.data[0].x) == 9
    assert drawn.figure.data[1].text == ("JC a000",)


SPREAD = Distribution(n=5, minimum=0, p10=1, p25=10, median=20, p75=40, p90=90, maximum=100)


@pytest.mark.parametrize(
    ("value", "direction", "place"),
    [(0, "higher", 0), (10, "higher", 0.25), (20, "higher", 0.5), (30, "higher", 0.625), (40, "higher", 0.75), (100, "higher", 1),
     (0, "lower", 1), (10, "lower", 0.75), (100, "lower", 0), (100, "neutral", 1)],
)  # fmt: skip
def test_a_profile_puts_quartiles_at_quarters_and_the_favourable_end_right(
    value: float, direction: str, place: float
) -> None:
    assert on_scale(value, SPREAD, direction) == place


@given(st.floats(0, 100), st.floats(0, 100))
@settings(deadline=None)
def test_the_scale_of_a_profile_never_turns_order_around(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= on_scale(low, SPREAD, "higher") <= on_scale(high, SPREAD, "higher") <= 1
    assert on_scale(low, SPREAD, "lower") == 1 - on_scale(low, SPREAD, "higher")


def test_a_profile_shows_indicators_without_judgement_in_grey() -> None:
    values: list[float | None] = [float(each) for each in range(10)]
    drawn = spine(
        CATALOG,
        [of(values), of(values, direction="neutral")],
        NAMES,
        title="T",
        subtitle="S",
        level="jobcenter",
    )

    assert [trace.marker.color for trace in drawn.figure.data] == [HIGHLIGHT, PEER]
    assert [trace.x for trace in drawn.figure.data] == [(1.0,), (0.0,)]
    first, last = drawn.figure.layout.xaxis.range
    assert min(-first, last - 1) >= 0.035, "on a phone a dot at either end is whole"


def test_the_notes_of_a_profile_say_of_which_indicator_they_speak() -> None:
    whole: list[float | None] = [float(each) for each in range(10)]
    every = {"k2": of(whole, direction="higher"), "k1e2": of([*whole[:9], None])}
    computed = [
        replace(each, peers=each.peers.with_columns(source=pl.lit(OWN_CALCULATION)))
        for each in every.values()
    ]
    notes = spine(CATALOG, computed, NAMES, title="T", subtitle="S", level="jobcenter").notes
    formulas = [entry.text for id_ in every if (entry := CATALOG.indicator(id_).formula)]
    assert f"Werte nach der Formel: K2: {formulas[0]}; K1E2: {formulas[1]}" in notes["Eigene Berechnung"]
    assert notes["Vergleichsgruppe"] == (
        "K2: Testgruppe: 10 von 10 Jobcentern mit Wert. | K1E2: Testgruppe: 9 von 10 Jobcentern mit Wert."
    )
    assert notes["Besonderheiten"] == "K1E2: Ohne Wert, der zählt: 1 (1 nicht geliefert)."


def test_a_profile_of_nothing_that_is_judged_names_its_ends_by_height() -> None:
    values: list[float | None] = [float(each) for each in range(10)]

    def ends(*directions: str) -> set[str]:
        standings = [of(values, direction=each) for each in directions]
        drawn = spine(CATALOG, standings, NAMES, title="T", subtitle="S", level="jobcenter")
        return {each.text for each in drawn.figure.layout.annotations if "←" in each.text or "→" in each.text}

    assert ends("neutral") == {"← niedriger", "höher →"}
    assert ends("neutral", "higher") == {"← ungünstiger", "günstiger →"}

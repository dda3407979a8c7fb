"""Small multiples: exact values, broken lines, one scale or said otherwise, kinds told apart, changes in the twin."""

from datetime import date
from typing import Any

import polars as pl

from pages.charts.changes import told, told_together
from pages.charts.chart import Chart
from pages.charts.lines import series_panels
from tests.warehouse.test_comparison import CATALOG, frame, value
from warehouse.catalog import OWN_CALCULATION
from warehouse.spans import spans
from warehouse.trends import trends


def yearly(jobcenter: str, year: int, number: float | None, **more: object) -> dict[str, object]:
    """Return a yearly number of Langzeitleistungsbeziehende."""
    usual = {"time_concept": "jahr", "value": number, "source": "halle-amip-2020"}
    return value(jobcenter, "lzb", date(year, 1, 1), date(year, 12, 31), **{**usual, **more})


def drawn(*rows: dict[str, object], own_scale: bool = False) -> Chart:
    """Return the chart of some values."""
    points = trends(CATALOG, frame(*rows), every_value=True)
    return series_panels(CATALOG, points, title="Titel", subtitle="Personen", own_scale=own_scale)


def traces(chart: Chart, name: str) -> list[Any]:
    """Return the traces of one Jobcenter and kind: the line first, then the points, those with a printed value last."""
    return [trace for trace in chart.figure.data if trace.name == name]


def test_a_line_breaks_where_a_year_is_missing() -> None:
    chart = drawn(yearly("halle", 2014, 5.0), yearly("halle", 2015, 4.0), yearly("halle", 2017, 3.0))
    line, silent, printed = traces(chart, "Halle (Saale) Ist")
    assert list(line.y) == [5.0, 4.0, None, 3.0]
    assert (list(silent.y), list(printed.y)) == ([4.0], [5.0, 3.0])
    assert printed.x[0] == date(2014, 7, 2)  # above its own year
    assert "fehlen Werte" in chart.notes["Besonderheiten"]


def test_first_and_last_value_are_printed_and_inexact_ones_are_hollow() -> None:
    rows = [
        yearly("halle", 2014, 5000.0),
        yearly("halle", 2015, 4000.0),
        yearly("halle", 2016, 3000.0, precision="ungefaehr"),
    ]
    _, silent, printed = traces(drawn(*rows), "Halle (Saale) Ist")
    assert (silent.mode, silent.text, list(silent.marker.symbol)) == ("markers", None, ["circle"])
    assert list(printed.text) == ["5.000", "≈\u00a03.000"]
    assert list(printed.marker.symbol) == ["circle", "circle-open"]
    assert silent.marker.size == printed.marker.size == 10
    assert len(silent.hovertext) + len(printed.hovertext) == 3


def test_panels_stand_in_the_fixed_order_with_identity_and_one_scale() -> None:
    rows = [yearly(id_, n, v) for id_, v in (("me-aktiv", 100.0), ("halle", 50.0)) for n in (2015, 2016)]
    chart = drawn(*rows)
    names = [a.text for a in chart.figure.layout.annotations if a.text in ("Halle (Saale)", "ME-aktiv")]
    assert names == ["Halle (Saale)", "ME-aktiv"]
    assert chart.figure.layout.yaxis.range == chart.figure.layout.yaxis2.range
    for id_, axis in (("halle", "y"), ("me-aktiv", "y2")):
        jobcenter = CATALOG.jobcenters[id_]
        line, points = traces(chart, f"{jobcenter.short_name} Ist")
        assert (line.line.color, line.line.dash, points.marker.symbol[0]) == (
            jobcenter.colour,
            jobcenter.dash,
            jobcenter.marker,
        )
        assert (line.yaxis, points.yaxis) == (axis, axis)


def test_own_scales_are_said_in_every_panel_and_framed_differently() -> None:
    rows = [yearly(id_, n, v + n) for id_, v in (("me-aktiv", 9000.0), ("halle", 50.0)) for n in (2015, 2016)]
    common, own = drawn(*rows), drawn(*rows, own_scale=True)
    assert own.figure.layout.yaxis.range != own.figure.layout.yaxis2.range
    assert [a.text for a in own.figure.layout.annotations].count("Skalen verschieden") == 2
    assert "Skalen verschieden" in own.notes["Besonderheiten"]
    assert "Skalen verschieden" not in [a.text for a in common.figure.layout.annotations]
    assert {shape.line.dash for shape in own.figure.layout.shapes} == {"dash"}
    assert {shape.line.dash for shape in common.figure.layout.shapes} == {None}


def test_an_axis_from_zero_is_not_said_to_begin_elsewhere() -> None:
    from_zero = drawn(yearly("halle", 2015, 100.0), yearly("halle", 2016, 1.0))
    above = drawn(yearly("halle", 2015, 100.0), yearly("halle", 2016, 99.0))
    assert from_zero.figure.layout.yaxis.range[0] == 0
    assert "Besonderheiten" not in from_zero.notes
    assert above.notes["Besonderheiten"] == "Die senkrechte Achse beginnt nicht bei 0."


def test_a_soll_is_ticks_without_line_and_named_like_the_ist_beside_it() -> None:
    rows = [
        yearly("nordsachsen", n, v, kind=kind)
        for kind, v in (("ist", 90.0), ("soll", 100.0))
        for n in (2015, 2016)
    ]
    chart = drawn(*rows)
    assert len(traces(chart, "Nordsachsen Ist")) == 2
    (soll,) = traces(chart, "Nordsachsen Soll")
    assert soll.marker.symbol == "line-ew"
    assert list(soll.text) == ["Soll<br>100", "Soll<br>100"]
    assert list(soll.textposition) == ["top center"] * 2
    assert list(traces(chart, "Nordsachsen Ist")[1].textposition) == ["bottom center"] * 2


def costs(year: int, kind: str, number: float) -> dict[str, object]:
    """Return a yearly sum of Nordsachsen in T€."""
    return value(
        "nordsachsen", "luh", date(year, 1, 1), date(year, 12, 31),
        time_concept="jahr", kind=kind, value=number, source="nordsachsen-amip-2019",
    )  # fmt: skip


def test_a_printed_previous_year_stands_only_where_no_ist_does_and_disputes_another_value() -> None:
    actuals = [costs(n, "ist", v) for n, v in ((2015, 35601.0), (2016, 32720.0), (2017, 31368.0))]
    before = [costs(n, "vorjahr", v) for n, v in ((2014, 38737.0), (2015, 35613.0), (2016, 32720.0))]
    chart = drawn(*actuals, *before)
    assert list(traces(chart, "Nordsachsen Vorjahr (gedruckt)")[1].y) == [38.737]
    line, silent, printed = traces(chart, "Nordsachsen Ist")
    assert list(line.y) == [35.601, 32.72, 31.368]
    assert list(silent.y) == [32.72]
    assert [text.replace("\u00a0", " ") for text in printed.text] == [
        "Ist<br>35,6 Mio. € ‼", "Ist<br>31,4 Mio. €",
    ]  # fmt: skip
    assert "Vorjahreswert weicht vom Ist" in chart.notes["Besonderheiten"]
    assert chart.table.height == 6
    assert set(chart.table["Einheit der Veränderung"]) == {"", "T€"}


def test_both_contradicting_values_are_drawn_marked_and_unjoined() -> None:
    chart = drawn(
        yearly("halle", 2014, 5.0),
        yearly("halle", 2015, 7.0, contradicted=True, row=2),
        yearly("halle", 2015, 6.0, contradicted=True, row=3),
    )
    line, points = traces(chart, "Halle (Saale) Ist")
    assert list(line.y) == [5.0, None, 7.0]
    assert list(points.text) == ["5", "7 ‼", "6 ‼"]
    assert list(points.marker.symbol) == ["circle", "circle-open", "circle-open"]


def test_the_twin_has_changes_and_the_text_alternative_every_value() -> None:
    chart = drawn(yearly("halle", 2014, 200.0), yearly("halle", 2015, 150.0))
    assert chart.table.select(
        "Zeitraum", "Angabe", "Verglichen mit", "Veränderung", "Veränderung in %"
    ).rows() == [
        ("2014", "200", "", None, None),
        ("2015", "150", "2014", -50.0, -25.0),
    ]
    assert chart.alt == "Titel. Halle (Saale), 2014: Ist 200; Halle (Saale), 2015: Ist 150."
    assert "Eigene Berechnung" in chart.notes


def test_a_course_in_words_has_no_figures_where_they_are_not_exact() -> None:
    def words(*rows: dict[str, object]) -> str:
        return told(
            CATALOG, spans(CATALOG, trends(CATALOG, frame(*rows), every_value=True)).row(0, named=True)
        )

    exact = words(yearly("halle", 2014, 200.0), yearly("halle", 2015, 150.0))
    assert exact == "Halle (Saale) von 200 (2014) auf 150 (2015): −50 (−25,0\u00a0%)"
    about = words(
        yearly("halle", 2014, 200.0, kind="soll"),
        yearly("halle", 2015, 150.0, kind="soll", precision="ungefaehr"),
    )
    assert about == "Halle (Saale) (Soll) 2014 bis 2015, Veränderung nicht berechenbar"


def test_markup_in_names_is_shown_not_interpreted() -> None:
    rows = [yearly("halle", 2015, 5.0, source="<b>x</b>"), yearly("halle", 2016, 4.0, source="<b>x</b>")]
    texts = [annotation.text for annotation in drawn(*rows).figure.layout.annotations]
    assert not any("<b>" in text for text in texts)


def test_what_was_computed_from_internal_figures_is_marked_internal() -> None:
    months = [(date(2019, month, 1), date(2019, month + 1, 1) - date.resolution) for month in (1, 2)]
    rows = [value("halle", "k1e2", *month, source=OWN_CALCULATION, confidential=True) for month in months]
    assert drawn(*rows).is_confidential
    assert not drawn(*({**row, "confidential": False} for row in rows)).is_confidential


def test_of_several_series_every_one_is_counted() -> None:
    told = told_together(pl.DataFrame({"change": [2.0, 1.0, -3.0, 0.0, None]}))
    assert (
        told
        == "bei 2 von 5 Jobcentern höher als zu Beginn, bei 1 niedriger, bei 1 unverändert, bei 1 nicht berechenbar"
    )
    falling = pl.DataFrame({"change": [-1.0, None]})
    assert told_together(falling) == "bei 1 von 2 Jobcentern niedriger als zu Beginn, bei 1 nicht berechenbar"
    nothing = pl.DataFrame({"change": [None, None]}, {"change": pl.Float64})
    assert told_together(nothing) == "2 Reihen, Veränderungen nicht berechenbar"

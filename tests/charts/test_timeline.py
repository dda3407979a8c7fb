"""Terms and deadlines: drawn from day to day, nothing nameless drawn, nothing lost in the table."""

from datetime import date

import polars as pl

from pages.charts.reference_tables import deadline_table, time_label
from pages.charts.timeline import terms_over_time
from warehouse.catalog import load_catalog
from warehouse.fields import deadlines
from warehouse.schema import FIELD

ROWS = [
    {"jobcenter": "halle", "title": "Laufzeit", "start": "2020", "end": "2025"},
    {"jobcenter": "me-aktiv", "title": "Meldung <1>", "end": "2015-01-15", "source": "me-aktiv-planung-2015"},
    {"jobcenter": "halle", "title": "Angebote", "start": "2020"},
    {"jobcenter": "halle", "title": "Planung", "note": "jährlich"},
]
EMPTY = {name: "" for name, kind in FIELD.items() if kind == pl.String} | {"kind": "frist", "row": 1}
FRAME = deadlines(pl.DataFrame([EMPTY | row for row in ROWS], schema=FIELD))
NOTES = {"Quelle": "Test"}
CHART = terms_over_time(load_catalog(), FRAME, date(2022, 1, 1), NOTES)


def test_a_term_runs_from_its_first_to_its_last_day_with_its_years_beside_it() -> None:
    (drawn,) = CHART.figure.data
    assert [str(day) for day in drawn.x] == ["2020-01-01", "2025-12-31"]
    assert "2020–2025" in [text.text for text in CHART.figure.layout.annotations]


def test_single_dates_are_not_drawn_without_a_name() -> None:
    assert "Meldung" not in CHART.alt
    assert CHART.table["Bezeichnung"].to_list() == ["Laufzeit"]
    assert "Meldung <1>" in deadline_table(load_catalog(), FRAME)["Bezeichnung"].to_list()


def test_the_title_says_until_when_and_whether_all_is_over() -> None:
    assert CHART.title == "Die Laufzeit endet am 31.12.2025"
    later = terms_over_time(load_catalog(), FRAME, date(2026, 1, 1), NOTES)
    assert later.title == "Abgelaufen: Die Laufzeit endete am 31.12.2025"


def test_times_are_written_as_people_say_them() -> None:
    said = [
        time_label({"start": start, "end": end})
        for start, end in (("2019", "2024"), ("2020", ""), ("", "2015-06-30"), ("", "2016-03"), ("", ""))
    ]
    assert said == ["2019–2024", "ab 2020", "30.06.2015", "bis Mär 2016", ""]

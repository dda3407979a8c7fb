"""Terms and deadlines: at their day, nothing undated drawn, nothing lost in the table."""

import polars as pl

from pages.charts.reference_tables import when
from pages.charts.timeline import deadlines_over_time
from warehouse.catalog import load_catalog
from warehouse.fields import deadlines
from warehouse.schema import FIELD

ROWS = [
    {"jobcenter": "halle", "title": "Laufzeit", "start": "2020", "end": "2025"},
    {"jobcenter": "me-aktiv", "title": "Meldung <1>", "end": "2015-01-15", "source": "me-aktiv-planung-2015"},
    {"jobcenter": "halle", "title": "Angebote", "start": "2020"},
    {"jobcenter": "halle", "title": "Planung", "note": "jährlich"},
]
EMPTY = {name: "" for name in FIELD.names() if name != "row"} | {"kind": "frist", "row": 1}
FRAME = deadlines(pl.DataFrame([EMPTY | row for row in ROWS], schema=FIELD))
CHART = deadlines_over_time(load_catalog(), FRAME, notes={"Quelle": "Test"})


def test_a_term_runs_from_its_first_to_its_last_day_and_a_deadline_stands_at_its_day() -> None:
    drawn = {(trace.name, trace.mode): [str(day) for day in trace.x] for trace in CHART.figure.data}
    assert drawn["Halle (Saale)", "lines+markers"] == ["2020-01-01", "2025-12-31"]
    assert drawn["Halle (Saale)", "markers"] == ["2020-01-01"]
    assert drawn["ME-aktiv", "markers"] == ["2015-01-15"]


def test_what_has_no_date_is_in_the_table_only() -> None:
    assert CHART.title == "Laufzeiten: 1, datierte Termine: 2"
    assert "Planung" not in CHART.alt
    assert CHART.table["Bezeichnung"].to_list()[-1] == "Planung"
    assert "(INTERN)" in CHART.table.filter(pl.col("Jobcenter") == "ME-aktiv")["Quelle"][0]


def test_times_are_written_as_people_say_them() -> None:
    said = [
        when({"start": start, "end": end})
        for start, end in (("2019", "2024"), ("2020", ""), ("", "2015-06-30"), ("", "2016-03"), ("", ""))
    ]
    assert said == ["2019–2024", "ab 2020", "30.06.2015", "bis Mär 2016", ""]

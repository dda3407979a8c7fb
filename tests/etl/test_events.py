"""Local events of a Jobcenter come by the same road as everything else and interrupt what they break."""

from datetime import date
from pathlib import Path

import pytest

from etl.draft import Draft, understand
from etl.extract import Extract
from etl.load import load_extract, rebuild, retract
from tests.etl.deliveries import delivery, published
from tests.etl.observations import CATALOG
from tests.warehouse.test_comparison import frame as current
from tests.warehouse.test_formulas import monthly
from warehouse.events import loaded_events
from warehouse.schema import EVENT
from warehouse.trends import trends

HEADER = ("jobcenter", "ereignis", "von", "bis", "kennzahl", "bruch", "beschreibung", "quelle")
MOVED = "Halle;Umzug;2019-06;2019-07;ELB|LZB;;Anträge wurden später erfasst.;Vermerk 12.06.2019"
SOFTWARE = "Halle;Neue Software;2019-06-15;;ELB;ja;Seither wird anders gezählt.;Vermerk"


def events(*rows: str, header: tuple[str, ...] = HEADER) -> Extract:
    return delivery(*rows, header=header, name="was-war.csv")


def read(extract: Extract) -> Draft:
    return understand(extract, CATALOG, date(2026, 1, 1))


def test_a_table_of_events_is_found_by_its_columns_in_any_order() -> None:
    made = read(events(MOVED, ";Sturm;2018;;;;Geschlossen.;Presse"))
    assert (made.format_id, made.problems) == ("ereignisse", [])
    assert made.tidied is not None
    assert made.tidied.frame.schema == EVENT
    first, second = made.tidied.frame.iter_rows(named=True)
    assert (first["jobcenter"], first["kind"], first["indicators"], first["breaks"]) == (
        "halle", "oertlich", "elb|lzb", False,
    )  # fmt: skip
    assert (first["start"], first["until"]) == (date(2019, 6, 1), date(2019, 7, 31))
    assert (second["jobcenter"], second["until"], second["indicators"]) == ("", None, "")
    turned = read(
        delivery("Presse;Geschlossen.;2018;Sturm", header=("quelle", "beschreibung", "von", "ereignis"))
    )
    assert (turned.format_id, turned.problems) == ("ereignisse", [])


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (MOVED.replace("Halle", "Halla"), "unknown_jobcenter", "jobcenter"),
        (MOVED.replace("ELB|LZB", "ELB|XYZ"), "unknown_indicator", "kennzahl"),
        (MOVED.replace("2019-06;", "irgendwann;"), "bad_period", "von"),
        (MOVED.replace("2019-07", "2018-07"), "bad_period", "bis"),
        (SOFTWARE.replace(";ja;", ";vielleicht;"), "unknown_word", "bruch"),
        (MOVED.replace("Vermerk 12.06.2019", ""), "missing_cell", "quelle"),
    ],
)
def test_what_is_not_understood_is_named_with_its_place(row: str, code: str, column: str) -> None:
    (found,) = read(events(row)).problems
    assert (found.code, found.row, found.column) == (code, 2, column)


def test_a_loaded_break_interrupts_the_series_until_it_is_taken_back(tmp_path: Path) -> None:
    extract = events(SOFTWARE)
    assert load_extract(tmp_path, extract, accept_warnings="Probe").outcome == "loaded"
    assert load_extract(tmp_path, extract, accept_warnings="Probe").outcome == "unchanged"
    rebuild(tmp_path)
    (known,) = loaded_events(published(tmp_path, "known_events"))
    assert (known.areas, known.indicators, known.breaks, known.start) == (
        ("halle",),
        ("elb",),
        True,
        date(2019, 6, 15),
    )

    points = trends(CATALOG, current(*monthly("elb", (2019, 5), 1.0, 2.0, 3.0)), breaks=[known])
    assert points["adjoining"].to_list() == [False, False, True]
    assert retract(tmp_path, extract.id) is None
    assert published(tmp_path, "known_events").is_empty()

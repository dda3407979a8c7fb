"""When printed values contradict each other: where no number fits them all."""

from pathlib import Path

import duckdb
import pytest

from warehouse.contradictions import contradictions_of
from warehouse.derived import derive
from warehouse.questions import ask, statement
from warehouse.snapshots import current_snapshot


def contradicted(*values: tuple[float | None, str]) -> bool:
    """Tell whether values of one key, given with their precision, are marked as contradicting each other."""
    connection = duckdb.connect()
    connection.execute(statement("create_tables"))
    connection.execute(statement("create_views"))
    connection.execute("insert into loads by name select 1 as load_no, 'loaded' as act, 'e' as extract")
    for row, (value, precision) in enumerate(values, 1):
        status = "endgueltig" if value is not None else "anonymisiert"
        connection.execute(
            "insert into superseded_rows by name select 'halle' as jobcenter, 'elb' as indicator, '' as breakdown, "
            "date '2019-06-01' as period_start, date '2019-06-30' as period_end, 'stichtag' as time_concept, "
            "'ist' as kind, ? as value, ? as status, ? as precision, 'x' as source, date '2020-01-01' as data_date, "
            "? as row, 'e' as extract, 1 as load_no",
            [value, status, precision, row],
        )
    derive(connection)
    marks = {
        mark for (mark,) in connection.execute("select contradicted from current_observations").fetchall()
    }
    assert len(marks) == 1, "all values of a key are marked alike"
    return bool(marks.pop())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([(22389.0, "exakt")], False),
        ([(22389.0, "exakt"), (22389.0, "exakt")], False),
        ([(22389.0, "exakt"), (22391.0, "exakt")], True),
        ([(7200.0, "ungefaehr"), (7184.0, "exakt")], False),
        ([(7200.0, "ungefaehr"), (7251.0, "exakt")], True),
        ([(2700.0, "ungefaehr"), (2640.0, "exakt")], True),
        ([(19500.0, "ungefaehr"), (18975.0, "exakt")], True),
        ([(50.0, "ueber"), (57.0, "exakt")], False),
        ([(75.0, "ueber"), (66.7, "unter")], True),
        ([(66.7, "unter"), (76.4, "exakt")], True),
        ([(20.0, "von"), (25.0, "bis")], False),
        ([(20.0, "von"), (25.0, "bis"), (26.0, "exakt")], True),
        ([(1230.0, "auf_zehn"), (1234.0, "exakt")], False),
        ([(None, "exakt"), (None, "exakt")], False),
        ([(None, "exakt"), (5.0, "exakt")], True),
    ],
)
def test_values_contradict_where_no_number_fits_them_all(
    values: list[tuple[float | None, str]], expected: bool
) -> None:
    assert contradicted(*values) is expected
    assert contradicted(*reversed(values)) is expected


def test_every_contradicted_value_of_the_documents_is_explained(warehouse: Path) -> None:
    snapshot = current_snapshot(warehouse)
    assert snapshot is not None
    recorded = ask(snapshot, "known_contradictions")
    marked = ask(snapshot, "current_observations").filter("contradicted")
    series = set(marked.select("jobcenter", "indicator", "breakdown").iter_rows())
    assert len(series) == 7  # Magdeburg's two ELB of November 2019 gave way to the newer statistic
    for area, indicator, breakdown in series:
        assert contradictions_of(recorded, [area], indicator, breakdown).height, (area, indicator, breakdown)

"""Charts that need more than the bundled documents: many areas, monthly counts with a Soll, two states of the data."""

from datetime import date

import polars as pl

from pages.charts.chart import Chart
from pages.charts.paths import path_chart
from pages.charts.scatter import scatter
from pages.charts.shifts import shift_chart
from pages.charts.slopes import slopes
from pages.charts.spines import spine
from pages.charts.strips import strips
from tests.charts.test_paths import FOUND, MONTHS, SOLL
from tests.charts.test_peer_charts import CATALOG, NAMES, TEN, earlier, of
from tests.warehouse.peers import JUNE
from warehouse.likeness import STRUCTURE
from warehouse.movement import movement
from warehouse.shifts import Shift


def built() -> list[Chart]:
    """Return one chart of each kind."""
    ten = of([1.5, 2.25, 3, 4.75, 5, 6, 7.5, 8, 9, None])
    before = earlier(of([2.5, 2, 3, 4, 5, 6, None, 8, 9, 10]))
    shares = pl.DataFrame(
        [(area, "frauen", 40.0 + number, JUNE.start, JUNE.end) for number, area in enumerate(TEN)],
        STRUCTURE,
        orient="row",
    )
    sizes = pl.DataFrame(
        [(area, "groesse", 1500.0 * 1.5**number, JUNE.start, JUNE.end) for number, area in enumerate(TEN)],
        STRUCTURE,
        orient="row",
    )
    common = {"subtitle": "S", "level": "jobcenter"}
    return [
        strips(CATALOG, [ten], NAMES, title="Streifen", **common),
        slopes(CATALOG, movement(before, ten), NAMES, title="Steigung", **common),
        scatter(CATALOG, ten, shares, "frauen", NAMES, title="Wolke", period="Jun 2019", **common),
        scatter(CATALOG, ten, sizes, "groesse", NAMES, title="Größe", period="Jun 2019", **common),
        spine(
            CATALOG,
            [ten, of([float(n) for n in range(10)], direction="neutral")],
            NAMES,
            title="Profil",
            **common,
        ),
        shift_chart(
            CATALOG, [Shift(before, ten)], "JC a000", date(2026, 11, 1), title="Verschiebung", **common
        ),
        path_chart(CATALOG, SOLL, FOUND, MONTHS),
    ]

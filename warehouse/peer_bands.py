"""How a group is spread month by month: its values, their changes, or their index, as medians, quartiles and deciles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from warehouse.areas import FIRST_DAY, LAST_DAY, Ask
from warehouse.catalog import Catalog, Event
from warehouse.derivations import derived, inputs_of_derived
from warehouse.events import segment
from warehouse.formulas import computed
from warehouse.peer_values import formula_inputs
from warehouse.quantiles import quantiles
from warehouse.schema import CURRENT

COURSE = pl.Schema(
    {
        "jobcenter": pl.String,
        "time_concept": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "value": pl.Float64,
        "segment": pl.Int64,  # number of breaks passed: nothing is computed from values of different ones
    }
)
"""One exact value of one area: what is approximate, contradicting or missing counts nowhere."""
_KEY = ["jobcenter", "time_concept", "period_start", "period_end"]


def peer_courses(
    catalog: Catalog, ask: Ask, indicator: str, breakdown: str, areas: Sequence[str], concept: str = "",
    breaks: Iterable[Event] | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Ask for the courses of many areas as a COURSE frame: as delivered, or in one derived time `concept`.

    A printed value takes the place of a computed one. Of several sources the one with most areas speaks.
    Without `breaks` those of the catalog count.
    """
    known = tuple(catalog.events.values() if breaks is None else breaks)
    asked = tuple(areas)
    whole: dict[str, date] = {"first": FIRST_DAY, "last": LAST_DAY}
    rows = ask("peer_courses", indicator=indicator, breakdown=breakdown, areas=asked)
    if concept:
        needed = inputs_of_derived(catalog, indicator)
        parts = (breakdown if needed == (indicator,) else "",)
        inputs = ask("series_of_areas", indicators=needed, breakdowns=parts, areas=asked, **whole)
        own = derived(catalog, inputs, indicator, known).filter(pl.col("breakdown") == breakdown)
    else:
        inputs = formula_inputs(catalog, ask, indicator, breakdown, asked, date(1991, 1, 1), LAST_DAY)
        own = (
            computed(catalog, inputs, (indicator,), known) if inputs.height else pl.DataFrame(schema=CURRENT)
        )
    columns = [*_KEY, "value", "source", "precision", "contradicted"]
    both = pl.concat([rows.select(columns), own.join(rows, on=_KEY, how="anti").select(columns)])
    asked_for = both.filter(pl.col("time_concept") == concept) if concept else both
    named = asked_for.with_columns(indicator=pl.lit(indicator))
    return _once(named.with_columns(segment=segment(catalog, named, known)))


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    certain = rows.filter(
        pl.col("value").is_not_null(), pl.col("precision") == "exakt", ~pl.col("contradicted")
    )
    reach = certain.group_by("source").agg(pl.col("jobcenter").n_unique().alias("reach"))
    ranked = certain.join(reach, on="source").sort(
        *_KEY, "reach", "source", descending=[False] * 4 + [True, False]
    )
    return ranked.unique(_KEY, keep="first", maintain_order=True).select(COURSE.names())


def as_index(courses: pl.DataFrame, start: date) -> pl.DataFrame:
    """Return courses (COURSE columns) as an index: the month that begins on `start` is 100; without it, and beyond
    a break, an area has none."""
    base = courses.filter(pl.col("period_start") == start, pl.col("value") != 0)
    joined = courses.join(
        base.select("jobcenter", "time_concept", "segment", base="value"),
        on=["jobcenter", "time_concept", "segment"],
    )
    return joined.with_columns(value=pl.col("value") / pl.col("base") * 100).select(COURSE.names())


def as_changes(catalog: Catalog, courses: pl.DataFrame, indicator: str, back: str) -> pl.DataFrame:
    """Return courses (COURSE columns) as changes to the month `back` ("1mo", "1y"): of a rate in Prozentpunkten, else in
    percent. Only what has both months without a break between."""
    key = ["jobcenter", "time_concept", "segment", "period_start"]
    earlier = courses.select(*key[:3], pl.col("period_start").dt.offset_by(back), before="value")
    both = courses.join(earlier, on=key)
    if catalog.unit(indicator).is_rate:
        changed = pl.col("value") - pl.col("before")
    else:
        both = both.filter(pl.col("before") != 0)
        changed = (pl.col("value") / pl.col("before") - 1) * 100
    return both.with_columns(value=changed).select(COURSE.names())


def bands(courses: pl.DataFrame, members: Sequence[str], *, least: int) -> pl.DataFrame:
    """Return for each period of monthly courses how the members of a group are spread: period_start, period_end, n, minimum,
    p10, p25, median, p75, p90, maximum; fewer than `least` values give nulls."""
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days()
    own = courses.filter(pl.col("jobcenter").is_in(list(members)), days.is_between(27, 30))
    return quantiles(own, ["period_start", "period_end"], least=least)

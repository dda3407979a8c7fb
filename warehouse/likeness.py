"""Which areas are most alike in their structure: distances over declared, standardised variables (eigene Berechnung)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from warehouse.areas import JOBCENTER, OWN, Ask, ids, of_level
from warehouse.catalog import Catalog, Variable
from warehouse.peer_values import Period, printed_values
from warehouse.periods import period_label

MAD = 1.4826
"""Makes the median of absolute deviations comparable with a standard deviation of normally spread values."""
STRUCTURE = pl.Schema(
    {
        "area": pl.String,
        "variable": pl.String,
        "value": pl.Float64,
        "period_start": pl.Date,
        "period_end": pl.Date,
    }
)
"""One structural value: shares in percent, all others in the unit of their indicator."""


@dataclass(frozen=True)
class Likeness:
    """The neighbours of an area, nearest first. `distances`: area, distance, and one column per used variable (its
    standardised value); `used` with their period; `dropped`: variables that could not be used, with the reason."""

    distances: pl.DataFrame
    used: dict[str, str]
    dropped: dict[str, str]
    excluded: int = 0

    @property
    def neighbours(self) -> tuple[str, ...]:
        """Return the ids of the neighbours, nearest first."""
        return tuple(self.distances["area"].to_list())


def structure(
    catalog: Catalog, ask: Ask, areas: pl.DataFrame, on: date, level: str = JOBCENTER
) -> pl.DataFrame:
    """Ask for the structural values of all areas of a level, each variable for its newest broadly reported period that
    ends by `on`; a STRUCTURE frame."""
    variables, of = catalog.variables.values(), of_level(areas, level)
    reported = ask(
        "reported_periods",
        indicators=tuple(sorted({each.indicator for each in variables})),
        breakdowns=tuple(sorted({"", *(each.breakdown for each in variables)})),
        jobcenters=tuple(catalog.jobcenters),
    )
    shared = reported.filter(pl.col("level").is_in([level, OWN]), pl.col("period_end") <= on)
    frames = [pl.DataFrame(schema=STRUCTURE)]
    for variable in variables:
        newest = _newest(variable, shared, catalog.method.coverage * of.height)
        if newest:
            rows = printed_values(ask, (variable.indicator,), _parts(variable), ids(of), newest)
            frames.append(_values(variable, rows))
    return pl.concat(frames)


def _parts(variable: Variable) -> tuple[str, ...]:
    return tuple(sorted({variable.breakdown, *([""] if variable.of_whole else [])}))


def _newest(variable: Variable, reported: pl.DataFrame, enough: float) -> Period | None:
    """Return the newest period for which enough areas reported a variable, part and whole."""
    period, parts = ["period_start", "period_end", "time_concept"], _parts(variable)
    own = reported.filter(pl.col("indicator") == variable.indicator, pl.col("breakdown").is_in(list(parts)))
    counted = own.group_by("breakdown", *period).agg(pl.col("figures").sum())
    whole = counted.group_by(period).agg(pl.col("figures").min(), pl.len())
    broad = whole.filter(pl.col("len") == len(parts), pl.col("figures") >= enough)
    if broad.is_empty():
        return None
    start, end, concept = broad.sort("period_end", "period_start", "time_concept").select(period).row(-1)
    return concept, start, end


def _values(variable: Variable, rows: pl.DataFrame) -> pl.DataFrame:
    key = ["jobcenter", "period_start", "period_end"]
    certain = rows.filter(
        pl.col("value").is_not_null(), ~pl.col("contradicted"), pl.col("precision") == "exakt"
    )
    once = certain.unique([*key, "breakdown"], keep="first", maintain_order=True)
    part = once.filter(pl.col("breakdown") == variable.breakdown).select(*key, "value")
    if variable.of_whole:
        whole = once.filter(pl.col("breakdown") == "", pl.col("value") > 0).select(*key, whole="value")
        part = part.join(whole, on=key).with_columns(value=pl.col("value") / pl.col("whole") * 100)
    return part.select(
        pl.col("jobcenter").alias("area"), pl.lit(variable.id).alias("variable"), "value", *key[1:]
    )


def most_alike(catalog: Catalog, structure: pl.DataFrame, area: str, candidates: int) -> Likeness:
    """Return the areas most like one, by the declared variables and weights; the area itself is not among them.

    `structure`: STRUCTURE columns; `candidates`: how many areas there are. Equally near ones are taken by id.
    """
    structure = _transformed(catalog, structure)
    used, dropped = _usable(catalog, structure, area, candidates)
    if len(used) < catalog.method.least:
        return Likeness(pl.DataFrame(schema={"area": pl.String, "distance": pl.Float64}), used, dropped)
    wide = structure.filter(pl.col("variable").is_in(list(used))).pivot(
        "variable", index="area", values="value"
    )
    complete = wide.drop_nulls().sort("area").with_columns(_standardised(catalog, id_) for id_ in used)
    own = complete.row(by_predicate=pl.col("area") == area, named=True)
    weights = {id_: catalog.variables[id_].weight for id_ in used}
    squares = sum((weights[id_] * (pl.col(id_) - own[id_]) ** 2 for id_ in used), start=pl.lit(0.0))
    distance = (squares / sum(weights.values())).sqrt()
    near = complete.with_columns(distance=distance).filter(pl.col("area") != area).sort("distance", "area")
    chosen = near.head(catalog.method.neighbours).select("area", "distance", *used)
    return Likeness(chosen, used, dropped, excluded=candidates - complete.height)


def _usable(
    catalog: Catalog, structure: pl.DataFrame, area: str, candidates: int
) -> tuple[dict[str, str], dict[str, str]]:
    used: dict[str, str] = {}
    dropped: dict[str, str] = {}
    for id_ in catalog.variables:
        values = structure.filter(pl.col("variable") == id_)
        if values.is_empty():
            dropped[id_] = "nicht für die meisten Gebiete geladen"
        elif values.height < catalog.method.coverage * candidates:
            dropped[id_] = f"nur für {values.height} von {candidates} Gebieten geladen"
        elif values.filter(pl.col("area") == area).is_empty():
            dropped[id_] = "fehlt für das gewählte Jobcenter"
        elif not _spread(catalog, values):
            dropped[id_] = "überall gleich"
        else:
            used[id_] = period_label(values["period_start"][0], values["period_end"][0])
    return used, dropped


def _spread(catalog: Catalog, values: pl.DataFrame) -> float:
    return float(values.select(_centre_and_spread(catalog, pl.col("value"))[1]).item() or 0)


def _standardised(catalog: Catalog, id_: str) -> pl.Expr:
    centre, spread = _centre_and_spread(catalog, pl.col(id_))
    return ((pl.col(id_) - centre) / spread).alias(id_)


def _transformed(catalog: Catalog, structure: pl.DataFrame) -> pl.DataFrame:
    """Take the logarithm of the variables declared so; what has none is left out."""
    logarithmic = [id_ for id_, entry in catalog.variables.items() if entry.transform == "log"]
    value = pl.col("value")
    logarithm = pl.when(value > 0).then(value.log10())
    chosen = pl.when(pl.col("variable").is_in(logarithmic)).then(logarithm).otherwise(value)
    return structure.with_columns(value=chosen).drop_nulls("value")


def _centre_and_spread(catalog: Catalog, value: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    if catalog.method.standardisation == "plain":
        return value.mean(), value.std()
    return value.median(), MAD * (value - value.median()).abs().median()

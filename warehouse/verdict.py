"""How an Ist compares with its target: the deviation, what it means, and whether the printed one agrees."""

from __future__ import annotations

from itertools import product

import polars as pl

from warehouse.catalog import Catalog


def judge(catalog: Catalog, joined: pl.DataFrame) -> pl.DataFrame:
    """Add deviation, deviation_percent, outcome and printed_agrees to targets with their Ist.

    `joined`: columns of the target (CURRENT), of its Ist (actual, actual_precision, …) and printed_percent. The
    outcome follows the direction of the indicator and, where one is declared, its tolerance; without direction it says only
    higher, lower or equal; approximate or contradicting values are not judged.
    """
    ids = joined["indicator"].unique()
    direction = pl.col("indicator").replace_strict(
        {id_: catalog.indicator(id_).direction for id_ in ids}, return_dtype=pl.String
    )
    agreed = {id_: rule.tolerance for id_, rule in catalog.targets.items() if rule.tolerance}
    tolerance = (
        pl.col("indicator").replace_strict(agreed, default=0.0, return_dtype=pl.Float64)
        if agreed
        else pl.lit(0.0)
    )
    deviation = pl.col("actual") - pl.col("value")
    beyond = pl.when(deviation.abs() > tolerance).then(deviation.sign()).otherwise(deviation * 0)
    better = pl.when(direction == "higher").then(beyond).when(direction == "lower").then(-beyond)
    sure = (
        (pl.col("actual_precision") == "exakt")
        & ~pl.col("actual_contradicted")
        & pl.col("precision").is_in(["exakt", *catalog.limits])
    )
    relative = (pl.col("value") != 0) & ~pl.col("indicator").str.contains(".", literal=True)
    judged = joined.with_columns(
        *(
            pl.col(name).alias(f"target_{name}")
            for name in ("status", "precision", "place", "note", "contradicted")
        ),
        target=pl.col("value"),
        deviation=deviation,
        deviation_percent=pl.when(relative).then((pl.col("actual") / pl.col("value") - 1) * 100),
        outcome=pl.when(~sure)
        .then(None)
        .when(better > 0)
        .then(pl.lit("favourable"))
        .when(better < 0)
        .then(pl.lit("unfavourable"))
        .when(better == 0)
        .then(pl.lit("met"))
        .when(beyond > 0)
        .then(pl.lit("higher"))
        .when(beyond < 0)
        .then(pl.lit("lower"))
        .when(beyond == 0)
        .then(pl.lit("equal")),
    )
    return judged.with_columns(printed_agrees=_agreement(catalog, judged))


def _agreement(catalog: Catalog, judged: pl.DataFrame) -> pl.Series:
    answers: list[bool | None] = []
    for indicator, target, actual, own, printed in judged.select(
        "indicator", "target", "actual", "deviation_percent", "printed_percent"
    ).iter_rows():
        entry, unit = catalog.indicator(indicator), catalog.unit(indicator)
        decimals = unit.decimals if entry.decimals is None else entry.decimals
        known = own is not None and printed is not None
        answers.append(agrees(target, actual, printed, decimals) if known else None)
    return pl.Series(answers, dtype=pl.Boolean)


def agrees(target: float, actual: float, printed: float, decimals: int) -> bool:
    """Tell whether a printed deviation in percent can come from `target` and `actual`, all three being rounded.

    `decimals`: digits with which values of this indicator are printed; more digits in a value count as printed.
    """
    half_target, half_actual = _half_step(target, decimals), _half_step(actual, decimals)
    possible = [
        ((actual + one * half_actual) / (target + other * half_target) - 1) * 100
        for one, other in product((-1, 1), repeat=2)
        if target + other * half_target
    ]
    half = _half_step(printed, 1) + 1e-9
    return min(possible) - half <= printed <= max(possible) + half


def _half_step(value: float, decimals: int) -> float:
    shown = len(repr(value).partition(".")[2].rstrip("0"))
    return float(0.5 * 10.0 ** -max(decimals, shown))

"""Parts against their whole: Männer + Frauen and Insgesamt, Länder and Deutschland, a Jobcenter and its Land."""

from __future__ import annotations

import polars as pl

from etl.checks.inspection import Inspection
from etl.checks.partitions import OPEN, areas, breakdowns, of_rows, with_parts
from etl.problem import Problem
from warehouse.formatting import format_plain
from warehouse.schema import Row


def sums(inspection: Inspection) -> list[Problem]:
    """Find counts whose parts do not add up to them, or already exceed them where some are missing.

    Large differences are told one by one; small ones, as statistics have them, once for each partition.
    """
    return [
        *_judged(inspection, breakdowns(inspection), "breakdown"),
        *_judged(inspection, areas(inspection), "jobcenter"),
    ]


def _judged(inspection: Inspection, added: pl.DataFrame, over: str) -> list[Problem]:
    difference, tolerance = pl.col("difference"), pl.col("tolerance")
    is_whole = (pl.col("given") == pl.col("size")) & (pl.col("size") != OPEN)
    unstated = pl.col("unstated") * pl.col("number")
    off = of_rows(
        inspection, added.filter((difference > tolerance) | (is_whole & (difference < -tolerance - unstated)))
    )
    allowed = pl.max_horizontal(
        pl.lit(inspection.threshold("sum_count")), pl.col("number") * inspection.threshold("sum_share")
    )
    gross = difference.abs() > tolerance + allowed
    exceeds = (over == "jobcenter") & (difference > 0)

    def tell(row: Row) -> Problem:
        found = inspection.number(row["indicator"], row["number"])
        code = "area_exceeds" if row["exceeds"] else "sum_mismatch"
        return inspection.found(
            code, row, found, f"{inspection.subject(row)} – {_parts(inspection, row, over)}"
        )

    told = off.filter(gross).with_columns(exceeds=exceeds)
    return [
        problem
        for kind in (False, True)
        for problem in inspection.told(
            told.filter(pl.col("exceeds") == kind), tell, lambda rows: with_parts(inspection, rows, over)
        )
    ] + _near(inspection, off.filter(~gross & (pl.col("partition") != "")))


def _parts(inspection: Inspection, row: Row, over: str) -> str:
    name = inspection.area if over == "jobcenter" else inspection.catalog.breakdown_name
    pairs = [
        (part, number)
        for part, number in zip(row["parts"], row["numbers"], strict=True)
        if number is not None
    ]
    shown = [f"{name(part)} {format_plain(number)}" for part, number in pairs]
    if len(shown) == 1:
        return shown[0]
    return f"{' + '.join(shown)} = {format_plain(row['total'])}"


def _near(inspection: Inspection, off: pl.DataFrame) -> list[Problem]:
    problems = []
    for _, group in off.sort(pl.col("difference").abs(), descending=True).group_by(
        "partition", maintain_order=True
    ):
        most = group.row(0, named=True)
        by = format_plain(round(abs(most["difference"]), 1))
        count = f"bei {format_plain(group.height)} Angaben, am weitesten " if group.height > 1 else ""
        expected = f"{count}{inspection.subject(most)} (um {by})"
        name = inspection.catalog.partitions[most["partition"]].name
        problems.append(inspection.noted("sum_near", name, expected))
    return problems

"""A small country whose standings one can check in the head: ten Jobcenter of Sachsen, two months, an invented assignment."""

import shutil
from pathlib import Path

from etl.extract import Extract
from etl.load import load_extract
from tests.etl.deliveries import delivery
from tests.etl.statistics import sheet, statistic

SAXONS = {"07602": "JC Nordsachsen"} | {f"0761{each}": f"JC Musterkreis {each}" for each in range(1, 10)}
"""Ten Jobcenter of Sachsen: the first loses 10 % of its ELB within a year, the others 1, 2, … 9 %."""
LOSS = dict(zip(SAXONS, (10, *range(1, 10)), strict=True))


def month(name: str, *, later: bool) -> Extract:
    """Return a workbook of one month: Sachsen with its ten Jobcenter, Halle in Sachsen-Anhalt."""
    total = ("Deutschland", None, 70799.6, 55574, 28331, 206373, 4257186.5, 132294, 3.1, 1626989, 70647, 4.3)
    rows: list[tuple[object, ...] | None] = [total, None, ("Sachsen", "14", *[1] * 10)]
    for number, jobcenter in SAXONS.items():
        elb = 1000 - (10 * LOSS[number] if later else 0)
        sanctioned: object = "*" if number == "07619" else 10 + LOSS[number]
        share: object = "x" if number == "07619" else (10 + LOSS[number]) / elb * 100
        rows.append((jobcenter, number, 9, 8, 7, 6, elb, sanctioned, share, 500, 5, 1.0))
    rows += [
        ("Sachsen-Anhalt", "15", *[1] * 10),
        ("JC Halle (Saale), Stadt", "04402", 9, 8, 7, 6, 2000, 80, 4.0, 500, 5, 1.0),
    ]
    cells = sheet(month=f"Berichtsmonat {name}", rows=rows)  # type: ignore[arg-type]
    return statistic(f"{name}.xlsx", "09.05.2020", **{"3.1_ELB_insg": cells})


def assignment(*rows: str) -> Extract:
    header = ("jobcenter", "traegernummer", "vergleichstyp", "fassung", "gueltig_ab", "quelle")
    return delivery(*rows, header=header, name="zuordnung.csv")


def load_sachsen(seeded: Path, folder: Path) -> None:
    """Copy a seeded warehouse to `folder` and load both months and an invented assignment of five into it."""
    shutil.copytree(seeded, folder)
    types = [f"{SAXONS[number]};{number};IIId;2018;2018;Erfundene Liste" for number in list(SAXONS)[1:6]]
    extracts = [month("Dezember 2018", later=False), month("Dezember 2019", later=True), assignment(*types)]
    for extract in extracts:
        report = load_extract(folder, extract, who="Test", accept_warnings="Test")
        assert report.outcome == "loaded", [found.message for found in report.problems]

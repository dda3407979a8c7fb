"""Tables on slides: the figure is never what is left out, and Jobcenter stand side by side."""

import io
import re
from datetime import date

import polars as pl
from pptx import Presentation

from pages.reports.offline import html
from pages.reports.printed import matrix, printed
from pages.reports.slides import powerpoint
from pages.reports.view import View
from tests.reports.decks import NOTES, bars, deck, table

NBSP = "\N{NO-BREAK SPACE}"
LONG = "Anteil an den Langzeitleistungsbeziehenden im Rechtskreis SGB II, die am Stichtag in Maßnahmen waren"


def test_jobcenter_stand_side_by_side_and_a_time_is_told_once_where_it_is_the_same() -> None:
    more = table(Kennzahl=["BG", "BG"], Zeitraum=["Jun 2019", "Jul 2019"], Art=["Plan", "Ist"])
    shown = matrix(pl.concat([table(), more]))
    assert shown is not None
    assert shown.columns == ("Kennzahl", "Halle (Saale)", "Magdeburg")
    assert shown.rows == (
        (f"ELB, Jun{NBSP}2019", "22.389", "19.165"),
        (f"BG (Plan), Jun{NBSP}2019", "22.389", "k. A."),
        (f"BG, Jul{NBSP}2019", "k. A.", "19.165"),
    )
    assert matrix(table()) is None  # one row says it as well
    assert matrix(table(Jobcenter=["Magdeburg"] * 2)) is None


def test_a_slide_of_a_table_always_shows_its_figures() -> None:
    frame = table(
        Jobcenter=["Magdeburg"] * 2, Kennzahl=[LONG, "ELB"], Merkmal=["unter 25", "Frauen"]
    ).with_columns(pl.lit(LONG).alias("Anmerkung"), pl.lit(LONG).alias("Fundstelle"))
    slides = Presentation(io.BytesIO(powerpoint(deck(View("Bestand", frame, NOTES))))).slides
    shown = next(shape.table for slide in slides for shape in slide.shapes if shape.has_table)
    assert {"Kennzahl", "Angabe"} <= {cell.text for cell in shown.rows[0].cells}
    assert {"22.389", "19.165"} <= {cell.text for row in shown.rows for cell in row.cells}


def parts_of(content: bytes) -> list[str]:
    return re.findall(r'<div class="part" hidden>(.*?)</div>', content.decode(), re.DOTALL)


def test_on_a_wall_a_table_stands_in_even_parts_and_says_what_is_left() -> None:
    many = pl.concat([table(Kennzahl=[f"Kennzahl {n}"] * 2) for n in range(7)])
    parts = parts_of(html(deck(View("Bestand", many, NOTES))))
    assert [part.count("<tr>") - 1 for part in parts] == [4, 3]
    assert all("22.389" in part for part in parts)
    more = pl.concat([table(Kennzahl=[f"Kennzahl {n}"] * 2) for n in range(30)])
    parts = parts_of(html(deck(View("Bestand", more, NOTES))))
    assert len(parts) == 4
    assert "6 weitere Zeilen stehen in der Mappe." in parts[-1]


def test_on_a_wall_a_table_of_texts_says_what_it_is_about() -> None:
    columns = {
        "Art": "Summe passt nicht",
        "Angaben": "1 + 1 = 3",
        "Erklärung": "verrechnet",
        "Fundstelle": "4.3",
    }
    frame = pl.DataFrame(
        [{"Jobcenter": "Halle (Saale)", "Zeitraum": time, **columns} for time in ("2018", "2019")]
    )
    frame = frame.with_columns(pl.Series("Angaben", ["1 + 1 = 3", "2 + 2 = 5"]))
    part = parts_of(html(deck(View("A", frame, NOTES))))[0]
    assert "2 + 2 = 5" in part


def test_a_chart_that_fits_the_wall_has_no_parts() -> None:
    assert parts_of(html(deck(bars()))) == []


def test_no_mappe_goes_undated() -> None:
    views = [
        View("A", pl.DataFrame(), {"Datenstand": day}) for day in ("22.01.2020", "Halle (Saale) 31.07.2019")
    ]
    assert deck(*views).dated == "Datenstände 31.07.2019 bis 22.01.2020"
    assert deck(views[0], occasion="Beirat", day=date(2020, 3, 1)).dated == (
        "Beirat · 01.03.2020 · Datenstand 22.01.2020"
    )
    assert deck(View("A", pl.DataFrame(), {"Datenstand": "undatiert"})).dated == ""


def test_paper_shows_a_figure_once_and_not_its_raw_number_beside_it() -> None:
    shown = printed(
        pl.DataFrame(
            {
                "Jobcenter": ["Harburg", "Nordsachsen"],
                "Soll": ["2,1 %", "3,0 %"],
                "Soll-Wert": [2.0833, 3.0],
                "Ist": ["2,2 %", "3,1 %"],
                "Ist-Wert": [2.1667, 3.1],
            }
        )
    )
    assert shown.columns == ("Jobcenter", "Soll", "Ist")
    assert shown.figures == (False, True, True)
    assert shown.rows == (("Harburg", "2,1 %", "2,2 %"), ("Nordsachsen", "3,0 %", "3,1 %"))

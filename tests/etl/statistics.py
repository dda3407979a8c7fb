"""Builds workbooks in the layout of the Bundesagentur's "Sanktionen (Monatszahlen)", with what varies from year to year."""

import io
from collections.abc import Sequence

import xlsxwriter

from etl.extract import Extract

Cell = str | float | None
REGIONS: Sequence[Sequence[Cell]] = (
    # name, number, new sanctions, newly sanctioned (of them unemployed), effective, ELB, with sanction, %, unemployed, …, %
    ("Deutschland", None, 70799.6, 55574, 28331, 206373, 4257186.5, 132294, 3.1, 1626989, 70647, 4.3),
    ("Westdeutschland", None, 45972, 36463, 19364, 132394, 3126086, 87449, 2.8, 1189406, 47925, 4.0),
    None,
    ("Hamburg", "02", 2296, 1922, 692, 6586, 133876, 4408, 3.3, 45786, 1892, 4.1),
    ("Sachsen-Anhalt", "15", 3100, 2400, 1200, 9000, 160000, 6400, 4.0, 70000, 3500, 5.0),
    None,
    ("JC Halle (Saale), Stadt", "04402", 614, 389, 199, 1510, 22781, 813, 3.568762, 7794, 465, 5.97),
    ("JC Hamburg", "12302", 2296, 1922, 692, 6586, 133876, 4408, 0.4, 45786, 1892, 4.1),
    ("JC Bad Doberan", "03204", 12, "*", ".", 40, 3000, "*", 1.2, 900, "-", "x"),
)
_TOP = (
    "Regionen", "Träger-\nnummer", "Neu festgestellte Sanktionen", None, None, "Bestand zum Stichtag wirksamer Sanktionen",
    "Bestand {group}", "Bestand {group} mit mindestens einer Sanktion", None, "Bestand arbeitslose {group}",
    "Bestand arbeitslose {group}\n mit mindestens \neiner Sanktion", None,
)  # fmt: skip
_BELOW = (
    None, None, "Insgesamt", "Anzahl neu sanktionierter {group}", "Anzahl neu sanktionierter arbeitsloser {group}", None, None,
    "absolut", "Anteil an\nallen ELB \nin % (Sp. 6 an Sp. 5)", None, "absolut",
    "Anteil an\nallen arbeitslosen \nELB in % (Sp. 9 an Sp. 8)",
)  # fmt: skip
NOTES = (
    "© Statistik der Bundesagentur für Arbeit",
    "*) Aus Datenschutzgründen werden Werte unter 3 anonymisiert.",
)


def sheet(
    title: str = "3.1 Sanktionen gegenüber erwerbsfähigen Leistungsberechtigten (ELB)",
    *,
    group: str = "ELB",
    month: str = "Berichtsmonat Januar 2018",
    above: Sequence[Sequence[Cell]] = ((), (None, "Grundsicherung für Arbeitsuchende nach dem SGB II")),
    rows: Sequence[Sequence[Cell] | None] = REGIONS,
    numbered: bool = True,
    without: Sequence[int] = (),
) -> list[list[Cell]]:
    """Return the cells of one sheet; `without` leaves columns out, `numbered` counts them below the headings."""
    top = [cell and str(cell).format(group=group) for cell in _TOP]
    below = [cell and str(cell).format(group=group) for cell in _BELOW]
    counted: list[Cell] = [None, None, *map(float, range(1, 11))]
    table: list[list[Cell]] = [
        top,
        [],
        below,
        *([counted] if numbered else []),
        *(list(row or ()) for row in rows),
    ]
    cut = [[cell for at, cell in enumerate(row) if at not in without] for row in table]
    head = [*map(list, above), [title], ["Deutschland, West/Ost, Länder und Jobcenter"], [month], []]
    return [*head, *cut, [], *([note] for note in NOTES)]


def statistic(
    name: str = "sanktionen.xlsx", created: str = "09.05.2018", **sheets: list[list[Cell]]
) -> Extract:
    """Return a workbook of the given sheets (name with `_` for blank → cells) behind cover and imprint."""
    memory = io.BytesIO()
    cover: dict[str, list[list[Cell]]] = {
        "Deckblatt": [],
        "Impressum": [["Titel:", "Sanktionen (Monatszahlen)"], ["Erstellungsdatum:", created]],
        "2.1 Zugänge Jahressumme": sheet(
            "2.1 Sanktionen gegenüber erwerbsfähigen Leistungsberechtigten (ELB)", month=""
        ),
    }
    named = {key.replace("_", " "): cells for key, cells in (sheets or {"3.1_ELB_insg": sheet()}).items()}
    with xlsxwriter.Workbook(memory) as book:
        for key, cells in {**cover, **named}.items():
            page = book.add_worksheet(key)
            for at, row in enumerate(cells):
                for column, cell in enumerate(row):
                    if cell is not None:
                        page.write(at, column, cell)
    return Extract(memory.getvalue(), name)

"""Builds workbooks in the layout of the Bundesagentur's "Eckwerte für Jobcenter": one Jobcenter, quantities down the rows.

The figures of sheet 1.1 are those published for Jobcenter Regensburg and January 2025, under the name of one of ours.
"""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from etl.extract import Extract

Cell = str | float | None
Row = Sequence[Cell]

# label, Insgesamt (SGB II und SGB III), Rechtskreis SGB II; a label alone is a heading
ROWS: Sequence[Row] = (
    ("Arbeitsuchende",),
    ("Bestand 1)", 5981, 2794),
    ("Arbeitslose",),
    ("Zugang (im Monat)", 1073, 271),
    ("Zugang (12-Monatssumme)", 9556, 3260),
    ("Bestand 1)", 3743, 1470),
    ("Männer", 2185, 780),
    ("Frauen", 1558, 690),
    ("15 bis unter 25 Jahre", 373, 148),
    ("25 bis unter 50 Jahre", 1900, 848),
    ("50 Jahre und älter", 1470, 474),
    ("55 Jahre und älter", 1114, 307),
    ("Langzeitarbeitslose", 687, 502),
    ("schwerbehinderte Menschen", 324, 116),
    ("Ausländer", 1300, 760),
    ("Arbeitslosenquote 2) 4)", 3.2, 1.3),
    ("Abgang (im Monat)", 573, 204),
    ("Abgang (12-Monatssumme)", 9197, 3318),
    ("Unterbeschäftigung 3)",),
    ("Arbeitslosigkeit im weiteren Sinne", 3973, 1665),
    ("Unterbeschäftigung im engeren Sinne", 4664, 2188),
    ("Unterbeschäftigung (ohne Kurzarbeit)", 4706, 2190),
    ("Unterbeschäftigungsquote", 4.0, 1.9),
    ("Grundsicherung für Arbeitsuchende",),
    ("Bedarfsgemeinschaften (BG) 5)", None, 2797.30338102),
    ("Personen in Bedarfsgemeinschaften (PERS)", None, 5488.03327359),
    ("dar. Regelleistungsberechtigte (RLB)", None, 5202.27047674),
    ("dav. erwerbsfähige Leistungsberechtigte (ELB)", None, 3730.59085177),
    ("nicht erwerbsfähige Leistungsberechtigte (NEF)", None, 1471.67962497),
    ("gemeldete Arbeitsstellen",),
    ("Zugang (im Monat)", 219, None),
    ("sozialversicherungspflichtig", 215, None),
    ("Zugang (12-Monatssumme)", 3281, None),
    ("sozialversicherungspflichtig", 3211, None),
    ("Bestand 1)", 1571, None),
    ("sozialversicherungspflichtig", 1551, None),
)
EMPLOYMENT: Sequence[Row] = (
    ("Beschäftigung am Arbeitsort", "Jun 2024", None, None, None, None, "Jun 2024"),
    ("sozialversicherungspflichtig", 123456, 12, 0.1),
    ("geringfügig entlohnt", 12345, -3, -0.1),
)
NOTES: Sequence[Row] = (
    (),
    ("Erstellungsdatum: 31.01.2025, Statistik-Service Südost",),
    ("© Statistik der Bundesagentur für Arbeit",),
    ("1) Nur eine Anmerkung, Frauen 12",),
)
CHANGES = ("Veränderung gegenüber", None, None, None)


def eckwerte(
    rows: Sequence[Row] = ROWS,
    *,
    area: Cell = "Halle (Saale), Stadt, JC",
    month: Cell = "Januar 2025",
    headings: Row = ("Insgesamt (SGB II und SGB III)", "Rechtskreis SGB II"),
    counted: bool = True,
) -> list[list[Cell]]:
    """Return sheet 1.1: every column with four columns of changes beside it; `headings` in another order moves them."""
    moved = not str(next(iter(headings))).startswith("Insgesamt")

    def spread(row: Row) -> list[Cell]:
        label, *values = row
        values = list(reversed(values)) if moved else values
        return (
            [label, *(cell for value in values for cell in (value, -7, -0.5, 9, 0.25))] if values else [label]
        )

    top: list[Cell] = [
        "Merkmale",
        *(cell for heading in headings for cell in (heading, None, None, None, None)),
    ]
    below: list[Cell] = [None, *((month, *CHANGES) * 2)]
    deeper: list[Cell] = [None, *((None, "Vormonat", None, "Vorjahresmonat", None) * 2)]
    deepest: list[Cell] = [None, *((None, "absolut", "in %", "absolut", "in %") * 2)]
    numbers: list[list[Cell]] = [[None, *map(float, range(1, 11))]] if counted else []
    title: list[list[Cell]] = [["Eckwerte"], [area], ["Gebietsstand: Dezember 2024"], [month], []]
    head = [*title, top, below, deeper, deepest, *numbers]
    return [*head, *map(spread, rows), *map(list, EMPLOYMENT), *map(list, NOTES)]


def older(title: str, rows: Sequence[Row], month: str = "Oktober 2024") -> list[list[Cell]]:
    """Return a sheet 3.x: one column with the values of an older month, then changes and shares."""
    head: list[list[Cell]] = [
        [title],
        ["Halle (Saale), Stadt, JC"],
        [month],
        [],
        ["Merkmal", month, "Veränderung zum Vorjahresmonat", None, "Anteile in %"],
        [None, None, "absolut", "in %", None],
        [None, 1.0, 2.0, 3.0, 4.0],
    ]
    return [*head, *(list(row) for row in rows), *map(list, NOTES)]


BG = older(
    "3.1 Bedarfsgemeinschaften",
    [("Bestand Bedarfsgemeinschaften (BG)", 2750, -12, -0.4, 100), ("mit 1 Person", 1500, 1, 0.1, 54.5)],
)
LZB = older(
    "3.4 Langzeitleistungsbezug",
    [("Bestand",), ("Langzeitleistungsbeziehende (LZB)", 2211, 4, 0.2, 100), ("Männer", 1100, 1, 0.1, 49.8)],
    month="Juli 2024",
)
REST: Mapping[str, list[list[Cell]]] = {
    "Deckblatt": [["Eckwerte für Jobcenter"]],
    "Impressum": [["Titel:", "Eckwerte für Jobcenter"], ["Region:", "Halle (Saale), Stadt, JC"]],
    "Inhaltsverzeichnis": [["1.1 Eckwerte"], ["Zeichenerklärung"], ["x", "keine Berechnung möglich"]],
    "Grafik": [],
    "1.2 Eckwerte Zeitreihe": [["Merkmal", "Dez 2024", "Jan 2025"], ["Arbeitslose", 3700, 3743]],
    "2.2 Arbeitslosigkeit Bestand": [["Merkmal", "Jan 2025"], ["Bestand", 1470]],
}
LINKS: list[list[Cell]] = [["Linkliste"], *[[] for _ in range(39)], [*[None] * 16383, " "]]


def book(
    sheets: Mapping[str, list[list[Cell]]], name: str = "jc-eckwerte-t04402-0-202501-xlsx.xlsx"
) -> Extract:
    """Return a workbook of sheets (name → cells)."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as made:
        for title, cells in sheets.items():
            page = made.add_worksheet(title)
            for at, row in enumerate(cells):
                for column, cell in enumerate(row):
                    if cell is not None:
                        page.write(at, column, cell)
    return Extract(memory.getvalue(), name)


def whole(**changed: list[list[Cell]]) -> Extract:
    """Return the whole workbook with its covers, older sheets and links; `changed` puts other cells in sheet 1.1."""
    first = changed.get("eckwerte") or eckwerte()
    named = {"1.1 Eckwerte": first, "3.1 Bedarfsgemeinschaften": BG, "3.4 Langzeitleistungsbezug": LZB}
    return book({**REST, **named, "Linkliste": LINKS})

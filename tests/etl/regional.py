"""Builds tables as the Regionaldatenbank and INKAR deliver them, with invented values, for tests of every drift."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from etl.extract import Extract

TOTALS = ("DG", "Deutschland"), ("03", "  Niedersachsen"), ("033", "    Lüneburg, Stat. Region")
"""Deutschland, a Land, and a Statistische Region that is left out."""
KREISE = (
    ("01001", "      Flensburg, Kreisfreie Stadt"),
    ("03353", "      Harburg, Landkreis"),
    ("05158", "      Mettmann, Kreis"),
    ("14730", "      Nordsachsen, Landkreis"),
    ("15002", "      Halle (Saale), Kreisfreie Stadt"),
    ("15003", "      Magdeburg, kreisfreie Stadt, Landeshauptstadt"),
    ("15101", "      Naumburg, Landkreis (aufgelöst)"),
)
"""A Kreis that the catalog does not have, the five of the catalog, and one that no longer exists."""
FOOTER = (
    '"zu ""gesamter Tabelle"":\nBaden-Württemberg; Berichtsjahr 1995-2010 Gebietsstand: 01.01.1979"',
    '"© Statistische Ämter des Bundes und der Länder, Deutschland, 2017.\nDieses Werk ist lizensiert"',
)
STAND = "Stand: 10.10.2017 / 11:57:53"
Rows = Sequence[Sequence[str]]

TITLES = {
    "22811-02-02-4": (
        "Sozialberichterstattung in der amtlichen Statistik,",
        "Regelleistungsberechtigte nach dem SGB II- Stichtag 31.12. -",
        "regionale Tiefe: Kreise und krfr. Städte",
    ),
    "22811-01-01-4": (
        "Sozialberichterstattung in der amtlichen Statistik,",
        "Empfänger von sozialen Mindestsicherungsleistungen",
        "- Stichtag 31.12. - regionale Tiefe: Kreise und krfr. Städte",
    ),
    "13211-02-05-4": (
        "Arbeitslose nach ausgewählten Personengruppen sowie",
        "Arbeitslosenquoten - Jahresdurchschnitt -",
    ),
    "12411-01-01-4": ("Bevölkerungsstand: Bevölkerung nach Geschlecht", "Bevölkerungsstand (Anzahl)"),
    "82411-01-03-4": (
        "Verfügbares Einkommen der privaten Haushalte einschließlich",
        "privater Organisationen ohne Erwerbszweck",
        "- Jahressumme - regionale Tiefe: Kreise und krfr. Städte",
    ),
}
_RLB, _ELB = (
    "dar.: Regelleistungsberechtigte nach dem SGB II",
    "erwerbsf. Leistungsberech. (Arbeitslosengeld II)",
)
_NEF = "nicht erwerbsf. Leistungsberech. (Sozialgeld)"
_SGB2 = "Gesamtregelleistung (ALG II/Sozialgeld) n.d.SGB II"
_OF = "Arbeitslosenquote bez. auf alle zivile Erwerbsp."
HEADINGS: dict[str, Rows] = {
    "22811-02-02-4": (
        ("Personen in Bedarfsgemeinschaften nach dem SGB II", *[_RLB] * 12),
        ("", *["insgesamt"] * 3, *[_ELB] * 6, *[_NEF] * 3),
        ("", "Insgesamt", "Ausländer(innen)", "weiblich", "zusammen", "weiblich", "unter 25 Jahre", "25 bis unter 50 Jahre",
         "50 bis unter 55 Jahre", "55 Jahre und mehr", "zusammen", "weiblich", "unter 15 Jahre"),
        ("Anzahl",) * 13,
    ),
    "22811-01-01-4": (
        ("Empfänger von sozialen Mindestsicherungsleistungen", *["Davon"] * 6),
        ("", _SGB2, _SGB2, _SGB2, "Hilfe z. Lebensunt. außerh. v. Einr. n. d. SGB XII",
         "Grundsicher. im Alter u.b. Erwerbsm. n. d. SGB XII", "Regelleist. n.d. Asylbewerberleistungsgesetz"),
        ("", "zusammen", "erwerbsf. Leistungsb. (Arbeitslosengeld II)", "nicht erwerbsf. Leistungsb. (Sozialgeld)", "", "", ""),
        ("Anzahl",) * 7,
    ),
    "13211-02-05-4": (
        (*["Arbeitslose"] * 7, "Arbeitslosenquote bez. abh. zivile Erwerbspers.", *[_OF] * 5),
        ("", "Ausländer", "schwerbehindert", "15 bis unter 20 Jahre", "15 bis unter 25 Jahre", "55 bis unter 65 Jahre",
         "langzeitarbeitslos", "", "", "Männer", "Frauen", "Ausländer", "15 bis unter 25 Jahre"),
        (*["Anzahl"] * 7, *["Prozent"] * 6),
    ),
    "12411-01-01-4": (
        (*["31.12.2015"] * 3, *["31.12.2014"] * 3),
        ("Insgesamt", "männlich", "weiblich") * 2,
    ),
    "82411-01-03-4": (
        ("verfügbares Einkommen der privaten Haushalte", "verfüg. Einkommen der priv. Haushalte je Einwohner"),
        ("Tsd. EUR", "EUR"),
    ),
}  # fmt: skip
PERIODS = {
    "22811-02-02-4": "31.12.2016",
    "22811-01-01-4": "31.12.2015",
    "13211-02-05-4": "2016",
    "82411-01-03-4": "2014",
}


CELLS = {
    "22811-02-02-4": (15002, 14003, 3007, 6856, 10002, 4903, 2003, 5001, 1099, 1899, 4001, 1953, 3907),
    "22811-01-01-4": (15002, 12003, 8602, 3401, 502, 1499, 998),
    "13211-02-05-4": (15002, 4007, 903, 301, 1207, 3011, 6013, "8,9", "8,1", "8,6", "7,6", "20,2", "7,3"),
    "12411-01-01-4": (15002, 7401, 7601, 14902, 7351, 7551),
    "82411-01-03-4": (15002, 16411),
}
"""The cells of Halle (Saale): parts add up to their whole, and one value reads like the key of Halle."""
TIMES = (301, 31, 11, 2, 3, 4, 5, 1, 6, 0)
"""Counts of each area are so many times those of Halle; the last one has none."""


def values(table: str, at: int) -> list[str]:
    """Return the cells of the area in row `at`."""
    if not TIMES[at]:
        return ["-"] * len(CELLS[table])
    return [cell if isinstance(cell, str) else str(cell * TIMES[at]) for cell in CELLS[table]]


def genesis(
    table: str,
    *,
    word: str = "GENESIS-Tabelle: ",
    headings: Rows | None = None,
    period: str | None = None,
    rows: Rows | None = None,
    stand: str = STAND,
    footer: Sequence[str] = ("__________", *FOOTER),
    encoding: str = "utf-8",
) -> Extract:
    """Return a table of the Regionaldatenbank as CSV; `rows` replaces the cells from the key on."""
    first = [period or PERIODS[table]] if table in PERIODS else []
    blank = [""] * (len(first) + 2)
    if rows is None:
        rows = [[*area, *values(table, at)] for at, area in enumerate((*TOTALS, *KREISE))]
    heads = HEADINGS[table] if headings is None else headings
    text = io.StringIO()
    write = csv.writer(text, delimiter=";", lineterminator="\n")
    width = len(first) + 2 + len(heads[0])
    text.write(f"{word}{table}\n" if word else "")
    write.writerows([title, *[""] * (width - 1)] for title in TITLES[table])
    write.writerows([*blank, *row] for row in heads)
    write.writerows([*first, *row] for row in rows)
    text.write("\n".join((*footer, *([stand] if stand else ()))) + "\n")
    return Extract(text.getvalue().encode(encoding), "daten.csv")

"""Builds unknown tables as controlling passes them around, with invented values, and the formats that read them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import xlsxwriter

from etl.assigned import Assigned, Dimension, Made, Title, Value, ends_before, stands_in
from etl.assigned_toml import format_toml
from etl.extract import Extract
from etl.formats import Format

MADE = Made("Ada Lovelace", "28.11.2026, 09:00 Uhr", "monatsbericht.csv")


def text_file(*rows: str, name: str = "bericht.csv") -> Extract:
    """Return a CSV file; every row is one string with `;` between the cells."""
    return Extract("".join(f"{row}\r\n" for row in rows).encode(), name)


def book(sheets: Mapping[str, Sequence[Sequence[object]]], name: str = "bericht.xlsx") -> Extract:
    """Return an XLSX file with typed cells."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as file:
        for title, rows in sheets.items():
            sheet = file.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return Extract(memory.getvalue(), name)


def monthly(
    month: str = "Oktober 2019",
    rows: Sequence[str] = ("Halle (Saale);21.000;10.400;7.000;", "Harburg;9.000;4.500;-;geschätzt"),
    *,
    above: Sequence[str] = (),
    more: str = "",
    stand: str = "12.11.2019",
) -> Extract:
    """Return a report with title lines, two header rows (the upper one reaching to the right), column numbers and a footer."""
    head = (
        f"Jobcenter;ELB;;Arbeitslose ELB{';BG' if more else ''};Bemerkung",
        f";insgesamt;Frauen;insgesamt{';insgesamt' if more else ''};",
        f"1;2;3;4;5{';6' if more else ''}",
    )
    filled = [";".join([*row.split(";")[:4], *([more] if more else []), row.split(";")[4]]) for row in rows]
    foot = ("Quelle: eigene Auswertung", f"Stand: {stand}")
    title = ("Monatsbericht Controlling", *above, f"Berichtsmonat: {month}", "")
    return text_file(*title, *head, *filled, *foot, name=f"{month}.csv")


REPORT = Format(
    "monatsbericht",
    "Monatsbericht Controlling",
    "observations",
    given={"zeitbezug": "stichtag", "quelle": "Monatsbericht Controlling"},
    assigned=Assigned(
        columns=(Dimension("jobcenter", "jobcenter"), Dimension("bemerkung", "anmerkung")),
        values=(
            Value("elb | insgesamt", "elb"),
            Value("elb | frauen", "elb", "frauen"),
            Value("arbeitslose elb | insgesamt", "elb", "arbeitslose"),
        ),
        headers=2,
        below=1,
        ends=ends_before("Quelle: eigene Auswertung"),
        titles=(
            Title("zeitraum", stands_in("Berichtsmonat: Oktober 2019", "Oktober 2019")),
            Title("datenstand", stands_in("Stand: 12.11.2019", "12.11.2019")),
        ),
        made=MADE,
    ),
)


def flat(id_: str = "flach", *, given: Mapping[str, str] | None = None, **parts: object) -> Format:
    """Return a format of a table with one header row, with the given parts of its assignment."""
    base = {"columns": (), "values": (Value("elb", "elb"),), "made": MADE, **parts}
    return Format(id_, id_.title(), "observations", given=dict(given or {}), assigned=Assigned(**base))  # type: ignore[arg-type]


def toml(format_: Format) -> bytes:
    """Return the TOML of a format as it is saved."""
    return format_toml(format_).encode()


def with_source(format_: Format) -> Format:
    """Return a format with its TOML, as it is after reading."""
    return replace(format_, source=toml(format_))

"""Finds the format of a delivered file by its content and cuts out the table that is to be read."""

from __future__ import annotations

from etl.cut import Raw
from etl.formats import Match, flat_formats, match_format
from etl.problem import Problem, problem
from etl.read import Sheet

__all__ = ["Raw", "recognise"]


def recognise(sheets: list[Sheet]) -> tuple[Raw | None, list[Problem]]:
    """Return the one sheet that is of a known format, and what is wrong with the others.

    Where no sheet fits, the problems say what the nearest format lacks; where several fit, that only one may.
    """
    formats = flat_formats()
    hidden = [problem("hidden_sheet", found=sheet.name) for sheet in sheets if sheet.hidden]
    matches = [(sheet, match_format(sheet.rows, formats)) for sheet in sheets if any(map(any, sheet.rows))]
    if not matches:
        return None, [*hidden, problem("empty_file")]
    fitting = [(sheet, match) for sheet, match in matches if not match.missing]
    if len(fitting) > 1:
        names = ", ".join(sheet.name for sheet, _ in fitting)
        return None, [*hidden, problem("several_sheets", found=names, expected="ein Blatt je Datei")]
    sheet, match = fitting[0] if fitting else min(matches, key=lambda found: len(found[1].missing))
    if match.missing:
        return None, [*hidden, *_what_is_missing(sheet, match)]
    unread = [_unread(other, lacks) for other, lacks in matches if other is not sheet]
    return Raw(sheet, match.format, match.header), [*hidden, *unread]


def _unread(sheet: Sheet, match: Match) -> Problem:
    """Say that a sheet is not read, and what one lacks that may be meant to be."""
    if _is_far(match):
        return problem("unread_sheet", found=sheet.name)
    return problem("misspelt_sheet", found=sheet.name, expected=", ".join(match.missing))


def _is_far(match: Match) -> bool:
    """Tell whether more than half of the columns of the nearest format are missing: others share a common word with it."""
    return 2 * len(match.missing) > len(match.format.required)


def _what_is_missing(sheet: Sheet, match: Match) -> list[Problem]:
    columns = ", ".join(column.name for column in match.format.columns)
    expected = f"die Spalten des Formats »{match.format.name}«: {columns}"
    if _is_far(match):
        known = "; ".join(f"{entry.name}: {', '.join(entry.required)}" for entry in flat_formats())
        nothing = "Keine der ersten Zeilen enthält die nötigen Spaltennamen."
        return [
            problem(
                "unknown_format", sheet=sheet.name, found=nothing, expected=f"eine Kopfzeile mit ({known})"
            )
        ]
    return [
        problem("missing_column", sheet=sheet.name, row=match.header + 1, column=name, expected=expected)
        for name in match.missing
    ]

"""Everything that can be wrong with a delivery, as one closed list of German messages: place, found,
expected, remedy."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Kind:
    """A class of problem. `confirm`: a warning that must be accepted with a reason before anything is
    loaded."""

    severity: str
    text: str
    remedy: str
    confirm: bool = False


KINDS: Mapping[str, Kind] = {
    # --- the file as a whole
    "unreadable_file": Kind(
        ERROR, "Die Datei ist nicht lesbar: {found}.", "Speichern Sie sie als CSV (UTF-8) oder XLSX neu."
    ),
    "empty_file": Kind(
        ERROR, "Es gibt keine Zeilen mit Daten.", "Prüfen Sie, ob Sie die richtige Datei gewählt haben."
    ),
    "too_large": Kind(
        ERROR, "Die Datei ist zu groß: {found}.", "Erlaubt sind {expected}; teilen Sie die Lieferung."
    ),
    "several_sheets": Kind(
        ERROR,
        "Mehrere Blätter haben die Spalten des Formats: {found}.",
        "Erwartet wird {expected}; löschen Sie die anderen oder liefern Sie sie einzeln.",
    ),
    "hidden_sheet": Kind(
        WARNING,
        "Das Blatt »{found}« ist ausgeblendet und wird nicht gelesen.",
        "Blenden Sie es ein, wenn es geladen werden soll.",
    ),
    "unread_sheet": Kind(
        WARNING,
        "Das Blatt »{found}« hat keine der nötigen Spalten und wird nicht gelesen.",
        "Liefern Sie es einzeln, wenn es geladen werden soll.",
    ),
    "misspelt_sheet": Kind(
        WARNING,
        "Das Blatt »{found}« wird nicht gelesen: Ihm fehlt {expected}.",
        "Prüfen Sie seine Kopfzeile und liefern Sie es einzeln, wenn es geladen werden soll.",
        confirm=True,
    ),
    "unknown_format": Kind(
        ERROR,
        "Die Datei entspricht keinem bekannten Format. {found}",
        "Erwartet wird {expected}. Eine Vorlage schreibt »python -m etl template«.",
    ),
    "missing_column": Kind(
        ERROR, "Die Spalte »{column}« fehlt.", "Ergänzen Sie die Spalte; erwartet werden {expected}."
    ),
    "unknown_column": Kind(
        WARNING,
        "Die Spalte »{column}« ist unbekannt und wird nicht geladen.",
        "Bekannte Spalten: {expected}.",
    ),
    "duplicate_column": Kind(
        ERROR, "Die Spalte »{column}« kommt mehrfach vor.", "Lassen Sie nur eine Spalte dieses Namens stehen."
    ),
    "ragged_row": Kind(
        ERROR,
        "Die Zeile hat {found} Felder.",
        "Erwartet werden {expected} wie in der Kopfzeile; prüfen Sie Trennzeichen und Anführungszeichen.",
    ),
    # --- single cells
    "long_cell": Kind(
        ERROR,
        "In der Spalte »{column}« steht ein Text mit {found} Zeichen.",
        "Erlaubt sind {expected}; kürzen Sie ihn.",
    ),
    "missing_cell": Kind(ERROR, "In der Spalte »{column}« steht nichts.", "Erwartet wird {expected}."),
    "unknown_jobcenter": Kind(
        ERROR,
        "Das Jobcenter »{found}« ist nicht bekannt.",
        "{expected} Neue Schreibweisen trägt man in warehouse/catalog/jobcenters.toml ein.",
    ),
    "unknown_indicator": Kind(
        ERROR,
        "Die Kennzahl »{found}« ist nicht bekannt.",
        "{expected} Neue Kennzahlen trägt man in warehouse/catalog/indicators/ ein.",
    ),
    "unknown_breakdown": Kind(
        ERROR,
        "Das Merkmal »{found}« ist nicht bekannt.",
        "{expected} Neue Merkmale trägt man in warehouse/catalog/breakdowns.toml ein.",
    ),
    "unknown_type": Kind(
        ERROR,
        "Den Vergleichstyp »{found}« gibt es nicht.",
        "{expected} Die 15 Typen stehen in warehouse/catalog/vergleichstypen.toml.",
    ),
    "unknown_word": Kind(ERROR, "In der Spalte »{column}« steht »{found}«.", "Möglich sind: {expected}."),
    "bad_period": Kind(ERROR, "»{found}« ist kein Zeitraum.", "Schreiben Sie ihn wie {expected}."),
    "bad_date": Kind(ERROR, "»{found}« ist kein Datum.", "Schreiben Sie es wie {expected}."),
    "bad_number": Kind(
        ERROR,
        "»{found}« ist keine eindeutige Zahl in deutscher Schreibweise.",
        "Erwartet wird {expected}; nichts wird geraten.",
    ),
    "unit_mismatch": Kind(
        ERROR,
        "Die Einheit »{found}« passt nicht zur Kennzahl.",
        "Erwartet wird {expected}; umgerechnet werden nur Geldbeträge.",
    ),
    "status_without_value": Kind(
        ERROR,
        "Der Status sagt, dass es keinen Wert gibt, es steht aber »{found}« da.",
        "Tragen Sie entweder den Wert oder das Zeichen {expected} ein.",
    ),
    # --- tables of a statistic
    "no_period": Kind(
        ERROR,
        "Über der Tabelle steht kein Zeitraum, der sich lesen lässt.",
        "Erwartet wird eine Zeile wie »Berichtsmonat Januar 2018«; laden Sie die Datei, wie sie veröffentlicht wurde.",
    ),
    "months_differ": Kind(
        WARNING,
        "Die Blätter nennen verschiedene Zeiträume: {found}.",
        "Erwartet wird ein Zeitraum je Datei; prüfen Sie, ob Blätter aus mehreren Dateien zusammengestellt wurden.",
        confirm=True,
    ),
    "unknown_heading": Kind(
        WARNING,
        "Die Überschrift »{column}« ist unbekannt, ihre Spalte wird nicht geladen.",
        "Tragen Sie sie unter etl/formats/ in das Format ein, wenn ihre Werte gebraucht werden.",
    ),
    "missing_heading": Kind(
        ERROR,
        "Die Spalte mit der Überschrift »{found}« fehlt.",
        "Laden Sie die Datei, wie sie veröffentlicht wurde; heißt die Spalte jetzt anders, tragen Sie es unter etl/formats/ ein.",
    ),
    "unknown_row": Kind(
        WARNING,
        "Die Zeile »{found}« ist unbekannt und wird nicht geladen.",
        "Tragen Sie sie unter etl/formats/ in das Format ein, wenn ihre Werte gebraucht werden.",
    ),
    "repeated_row": Kind(
        ERROR,
        "Die Zeile »{found}« kommt mehrfach vor; welche gemeint ist, ist nicht zu erkennen.",
        "Prüfen Sie, ob eine Überschrift fehlt; unterscheidet das Format die Zeilen jetzt, tragen Sie es unter etl/formats/ ein.",
    ),
    "no_jobcenter": Kind(
        ERROR,
        "In keinem Blatt steht, um welches Jobcenter es geht.",
        "Erwartet wird der Name oder die Trägernummer in einer Zelle über der Tabelle, etwa »Halle (Saale), Stadt, JC«.",
    ),
    "several_jobcenters": Kind(
        ERROR,
        "Die Blätter nennen mehrere Jobcenter: {found}.",
        "Erwartet wird ein Jobcenter je Datei; prüfen Sie, ob Blätter aus mehreren Dateien zusammengestellt wurden.",
    ),
    "unknown_area": Kind(
        ERROR,
        "»{found}« ist kein bekanntes Jobcenter und keine bekannte Region.",
        "Erwartet wird eine amtliche Nummer oder ein bekannter Name; prüfen Sie, ob Zellen der Zeile verrutscht sind.",
    ),
    "key_and_name": Kind(
        ERROR,
        "Nummer und Name in »{found}« gehören nicht zusammen.",
        "Gemeint ist {expected}; prüfen Sie, ob Zeilen verrutscht sind.",
    ),
    # --- values against each other and against what is plausible
    "out_of_range": Kind(
        ERROR,
        "Der Wert {found} liegt außerhalb des Möglichen.",
        "Für diese Kennzahl sind Werte {expected} möglich.",
    ),
    "tiny_rate": Kind(
        WARNING,
        "Der Wert {found} ist für eine Quote sehr klein.",
        "Erwartet werden Prozent (36,7 statt 0,367). Prüfen Sie, ob ein Bruchteil gemeint war.",
        confirm=True,
    ),
    "future": Kind(
        WARNING,
        "»{found}« liegt nach dem Tag des Ladens.",
        "Erwartet wird {expected}. Prüfen Sie die Jahreszahl.",
        confirm=True,
    ),
    "unusual_time_concept": Kind(
        WARNING,
        "Die Kennzahl gibt es sonst nicht als »{found}«.",
        "Üblich: {expected}. Prüfen Sie Zeitraum und Zeitbezug.",
        confirm=True,
    ),
    "duplicate": Kind(
        WARNING,
        "Die Zeile wiederholt Zeile {found} und zählt nur einmal.",
        "Löschen Sie eine der beiden Zeilen.",
    ),
    "contradiction": Kind(
        WARNING,
        "Hier steht {found}, für dieselbe Angabe aber auch {expected}.",
        "Prüfen Sie beide; werden sie angenommen, bleiben beide als Widerspruch sichtbar.",
        confirm=True,
    ),
    "older": Kind(
        WARNING,
        "Zeilen, deren Datenstand älter als der geltende Stand ist: {found}; was sie sagen, gilt nicht.",
        "Erwartet wird ein neuerer Datenstand. Prüfen Sie die Spalte »datenstand«.",
        confirm=True,
    ),
    "other_source": Kind(
        WARNING,
        "Bisher gilt {expected}; hier steht {found}.",
        "Die Werte verschiedener Quellen unterscheiden sich; prüfen Sie, welche gelten soll.",
        confirm=True,
    ),
    "nothing_to_load": Kind(
        ERROR, "Keine Zeile der Datei lässt sich laden.", "Beheben Sie die genannten Fehler."
    ),
    "already_loaded": Kind(
        WARNING,
        "Genau diese Datei wurde schon geladen: {found}.",
        "Nichts wurde geändert; um spätere Werte zurückzunehmen, nehmen Sie deren Lieferung zurück.",
    ),
    "several_extracts": Kind(
        ERROR,
        "Die Kennung »{found}« passt auf mehrere Lieferungen.",
        "Geben Sie mehr Zeichen an; »python -m etl list« zeigt alle.",
    ),
    "no_extract": Kind(ERROR, "Die Lieferung »{found}« gibt es nicht.", "»python -m etl list« zeigt alle."),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it stands and what to do; `message` is the whole German sentence."""

    code: str
    severity: str
    text: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    expected: str = ""

    @property
    def message(self) -> str:
        """Return place and sentence: `Datei x.csv, Zeile 7, Spalte »wert«: … Erwartet wird … .`"""
        parts = (
            self.file and f"Datei {printable(self.file)}",
            self.sheet and f"Blatt »{printable(self.sheet)}«",
            self.row is not None and f"Zeile {self.row}",
            self.column and f"Spalte »{printable(self.column)}«",
        )
        where = ", ".join(part for part in parts if part)
        return f"{where}: {self.text}" if where else self.text

    @property
    def must_confirm(self) -> bool:
        """Tell whether this warning has to be accepted with a reason."""
        return self.severity == WARNING and KINDS[self.code].confirm

    def of(self, file: str) -> Problem:
        """Return the problem with the name of the file it was found in."""
        return replace(self, file=file)

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as the `--json` output prints it."""
        names = ("severity", "code", "sheet", "row", "column", "value", "expected", "message")
        return {name: getattr(self, name) for name in names}


def problem(
    code: str,
    *,
    file: str = "",
    sheet: str = "",
    row: int | None = None,
    column: str = "",
    found: object = "",
    expected: str = "",
) -> Problem:
    """Build a problem of a known kind; what came from the file is shortened and made printable."""
    kind = KINDS[code]
    shown = printable(str(found), 60 if column else 250)
    text = f"{kind.text} {kind.remedy}".format(found=shown, expected=expected, column=printable(column))
    return Problem(code, kind.severity, text, file, sheet, row, column, shown, expected)


def printable(text: str, limit: int = 60) -> str:
    """Return text from a file fit to be shown: control and direction signs escaped, at most `limit`
    characters."""
    safe = "".join(sign if sign.isprintable() or sign in _BLANKS else f"\\x{ord(sign):02x}" for sign in text)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


_BLANKS = "\u00a0\u202f"  # as our own formatter sets them between number and unit
_REASONS = {
    errno.EACCES: "keine Berechtigung",
    errno.EPERM: "keine Berechtigung",
    errno.EROFS: "nur lesbar",
    errno.ENOSPC: "kein Speicherplatz mehr frei",
    errno.EDQUOT: "kein Speicherplatz mehr frei",
    errno.EFBIG: "kein Speicherplatz mehr frei",
    errno.ENOENT: "nicht gefunden",
    errno.EISDIR: "ein Ordner, keine Datei",
    errno.EEXIST: "eine Datei, kein Ordner",
    errno.ENOTDIR: "ein Teil des Pfades ist kein Ordner",
    errno.EIO: "Ein- oder Ausgabefehler des Datenträgers",
}


def german_reason(error: OSError) -> str:
    """Return why the system refused, in German where we know the reason."""
    return _REASONS.get(error.errno or 0) or printable(
        error.strerror or str(error) or type(error).__name__, 200
    )

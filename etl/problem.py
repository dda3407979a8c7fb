"""Everything that can be wrong with a delivery, as one closed list of German messages: place, found,
expected, remedy."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Kind:
    """A class of problem. `confirm`: a warning that must be accepted with a reason before anything is
    loaded; `name`: what many of them together are called."""

    severity: str
    text: str
    remedy: str
    confirm: bool = False
    name: str = ""


KINDS: Mapping[str, Kind] = {
    # --- the file as a whole
    "unreadable_file": Kind(
        ERROR, "Die Datei ist nicht lesbar: {found}.", "Speichern Sie sie als CSV (UTF-8) oder XLSX neu."
    ),
    "unforeseen": Kind(
        ERROR,
        "Beim Lesen kam es zu einem unerwarteten Fehler; die Daten sind unverändert.",
        "Bitte melden Sie ihn der Betreuung.",
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
        "Erwartet wird {expected}. Eine Vorlage gibt es unter »Daten laden« und mit »python -m etl template«.",
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
    "unclear_period_column": Kind(
        ERROR,
        "Welche Zeiträume in der Kopfzeile gemeint sind, ist nicht eindeutig: {found}.",
        "Schreiben Sie Monate wie 2019-10 oder Okt 2019 und Jahre untereinander (Spalten zeitraum, wert); nichts wird geraten.",
    ),
    "repeated_period_column": Kind(
        ERROR,
        "Die Spalten {found} stehen für denselben Zeitraum ({expected}).",
        "Lassen Sie nur eine davon stehen.",
    ),
    "empty_period_cells": Kind(
        WARNING,
        "Zellen in Spalten für Zeiträume sind leer und werden nicht geladen: {found}, hier die erste.",
        "Erwartet wird ein Wert oder ein Zeichen wie . oder x, wo es keinen gibt.",
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
        "{expected} Neue Schreibweisen trägt die Betreuung in warehouse/catalog/jobcenters.toml ein.",
    ),
    "unknown_indicator": Kind(
        ERROR,
        "Die Kennzahl »{found}« ist nicht bekannt.",
        "{expected} Neue Kennzahlen trägt die Betreuung in warehouse/catalog/indicators/ ein.",
    ),
    "unknown_breakdown": Kind(
        ERROR,
        "Das Merkmal »{found}« ist nicht bekannt.",
        "{expected} Neue Merkmale trägt die Betreuung in warehouse/catalog/breakdowns.toml ein.",
    ),
    "unknown_type": Kind(
        ERROR,
        "Den Vergleichstyp »{found}« gibt es nicht.",
        "{expected} Die 15 Typen stehen in warehouse/catalog/vergleichstypen.toml.",
    ),
    "unknown_word": Kind(ERROR, "In der Spalte »{column}« steht »{found}«.", "Möglich sind: {expected}."),
    "bad_period": Kind(ERROR, "»{found}« ist kein Zeitraum.", "Schreiben Sie ihn wie {expected}."),
    "bad_date": Kind(ERROR, "»{found}« ist kein Datum.", "Schreiben Sie es wie {expected}."),
    "not_yet": Kind(ERROR, "»{found}« liegt in der Zukunft.", "Erwartet wird {expected}."),
    "ends_before": Kind(ERROR, "Das Ende »{found}« liegt vor dem Beginn.", "Erwartet wird {expected}."),
    "unreadable_sign": Kind(
        ERROR,
        "Der Text in der Spalte »{column}« enthält ein unsichtbares Zeichen ({found}).",
        "Tippen Sie den Text neu oder fügen Sie ihn ohne Formatierung ein.",
    ),
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
    "other_month_in_name": Kind(
        WARNING,
        "Die Tabellen sprechen von {found}, der Name der Datei von {expected}.",
        "Es gilt, was in den Tabellen steht; prüfen Sie, ob es die richtige Datei ist.",
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
    "left_out": Kind(
        WARNING,
        "Nicht geladen werden {found}.",
        "Das Format sieht es so vor; nichts ist zu tun.",
    ),
    "key_and_name": Kind(
        ERROR,
        "Nummer und Name in »{found}« gehören nicht zusammen.",
        "Gemeint ist {expected}; prüfen Sie, ob Zeilen verrutscht sind.",
    ),
    # --- tables that a person has assigned
    "broken_format": Kind(
        WARNING,
        "Ein gespeichertes Format ist fehlerhaft und wird übergangen: {found}",
        "Berichtigen Sie die Datei oder entfernen Sie das Format.",
    ),
    "several_formats": Kind(
        ERROR,
        "Die Datei passt zu mehreren gespeicherten Formaten: {found}.",
        "Entfernen Sie alle bis auf eines, oder geben Sie ihnen einen Text über der Tabelle, der sie unterscheidet.",
    ),
    "missing_values": Kind(
        WARNING,
        "Die Spalte »{column}« des Formats fehlt; ihre Werte sind nicht enthalten.",
        "Prüfen Sie, ob sie jetzt anders heißt; dann ordnen Sie die Datei neu zu.",
        confirm=True,
    ),
    "empty_cells": Kind(
        WARNING,
        "Zellen in Spalten mit Werten sind leer und werden nicht geladen: {found}, hier die erste.",
        "Erwartet wird ein Wert oder ein Zeichen wie . oder x, wo es keinen gibt.",
    ),
    "untold": Kind(
        ERROR,
        "In der Datei steht nicht, wofür sie gilt; es fehlt {found}.",
        "Das Format verlangt die Angabe für jede Datei einzeln: Nennen Sie ihn unter »Zeitraum dieser Datei«.",
    ),
    "missing_in_title": Kind(
        ERROR,
        "Über der Tabelle steht nichts, was als »{column}« zu lesen ist.",
        "Prüfen Sie, ob die Zeile über der Tabelle jetzt anders lautet; dann ordnen Sie die Datei neu zu.",
    ),
    "several_in_title": Kind(
        ERROR,
        "Über der Tabelle steht für »{column}« mehreres: {found}.",
        "Lassen Sie nur eine Angabe stehen, oder ordnen Sie die Datei mit einer eindeutigen Zeile neu zu.",
    ),
    "other_jobcenter": Kind(
        ERROR,
        "Über der Tabelle steht »{found}«, das Format gilt aber für ein anderes Jobcenter.",
        "Ordnen Sie die Datei unter einem eigenen Namen zu, mit diesem Text als Kennzeichen.",
    ),
    # --- values against each other and against what is plausible
    "out_of_range": Kind(
        ERROR,
        "Der Wert {found} liegt außerhalb des Möglichen.",
        "Für diese Kennzahl sind Werte {expected} möglich.",
        name="Werte außerhalb des Möglichen",
    ),
    "tiny_rate": Kind(
        WARNING,
        "Für eine Quote sehr klein: {found}.",
        "Erwartet werden Prozent ({expected}). Prüfen Sie, ob ein Bruchteil gemeint war.",
        confirm=True,
        name="Bruchteile, wo Prozent erwartet werden",
    ),
    "sum_mismatch": Kind(
        WARNING,
        "Als Summe steht hier {found}, die Teile passen nicht dazu: {expected}.",
        "Prüfen Sie Summe und Teile; werden sie angenommen, bleiben sie, wie sie geliefert sind.",
        confirm=True,
        name="Summen, die nicht aufgehen",
    ),
    "sum_near": Kind(
        WARNING,
        "{found} ergeben nicht genau die Summe: {expected}.",
        "So kleine Unterschiede sind üblich (Personen ohne Angabe, geschätzte Werte); es ist nichts zu tun.",
        name="Summen, die nicht genau aufgehen",
    ),
    "area_exceeds": Kind(
        WARNING,
        "Hier steht {found}, ein Teil davon hat mehr: {expected}.",
        "Prüfen Sie, ob die Werte beim richtigen Gebiet stehen.",
        confirm=True,
        name="Gebiete, die mehr haben als das, zu dem sie gehören",
    ),
    "recomputable": Kind(
        WARNING,
        "Anonymisierte Werte lassen sich aus den anderen berechnen: {found}, {expected}.",
        "Geben Sie sie nicht weiter und weisen Sie den Absender darauf hin.",
    ),
    "rounded": Kind(
        WARNING,
        "Fast alle Zahlen der Quelle »{found}« enden auf 0, stehen aber als »exakt« da.",
        "Sind sie auf Vielfache von 10 gerundet, setzen Sie die Spalte »genauigkeit« auf »auf_zehn«.",
    ),
    "jump": Kind(
        WARNING,
        "Hier steht {found}; das ist ein Sprung: {expected}.",
        "Prüfen Sie, ob die Lieferung vollständig war; ist der Wert richtig, ist nichts zu tun.",
        name="Sprünge",
    ),
    "gross_jump": Kind(
        WARNING,
        "Hier steht {found}; das passt nicht zum Bisherigen: {expected}.",
        "Prüfen Sie Komma, Einheit und Zeile.",
        confirm=True,
        name="Werte, die nicht zum Bisherigen passen",
    ),
    "territory": Kind(
        WARNING,
        "Das Gebiet hat sich offenbar geändert: {found} umfasst jetzt auch {expected}.",
        "Werte davor und danach sind nicht vergleichbar; vermerken Sie es bei den Angaben.",
    ),
    "fewer_areas": Kind(
        WARNING,
        "Es fehlen Jobcenter oder Kreise, die zuletzt geliefert wurden: {found} ({expected}).",
        "Liefern Sie sie nach, wenn es Werte gibt; bis dahin stehen sie als fehlend da.",
        name="Jobcenter oder Kreise, die zuletzt geliefert wurden und jetzt fehlen",
    ),
    "many_areas_missing": Kind(
        WARNING,
        "Es fehlen viele Jobcenter oder Kreise, die zuletzt geliefert wurden: {found} ({expected}).",
        "Prüfen Sie, ob die Datei vollständig ist.",
        confirm=True,
        name="Viele Jobcenter oder Kreise, die zuletzt geliefert wurden und jetzt fehlen",
    ),
    "more_areas": Kind(
        WARNING,
        "Es gibt Jobcenter oder Kreise, die zuletzt nicht geliefert wurden: {found} ({expected}).",
        "Ist das gewollt, ist nichts zu tun.",
        name="Jobcenter oder Kreise, die zuletzt nicht geliefert wurden",
    ),
    "further": Kind(
        WARNING,
        "Außerdem {found} mit demselben Befund: {expected}.",
        "Einzeln genannt sind nur die ersten; was für sie gilt, gilt auch für diese.",
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
        name="Wiederholte Zeilen",
    ),
    "contradiction": Kind(
        WARNING,
        "Hier steht {found}, für dieselbe Angabe aber auch {expected}.",
        "Prüfen Sie beide; werden sie angenommen, bleiben beide als Widerspruch sichtbar.",
        confirm=True,
        name="Widersprüche",
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
    "beside_document": Kind(
        WARNING,
        "Das Planungsdokument nennt {expected}; die Statistik nennt {found}.",
        "Die Statistik mit dem neueren Datenstand gilt; der Wert des Dokuments bleibt im Nachweis.",
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
    "no_state": Kind(
        ERROR,
        "Den Stand »{found}« gibt es nicht.",
        "Erwartet wird die Nummer eines Vorgangs oder ein Tag seit dem ersten Laden, etwa 2026-11-21; "
        "»python -m etl list« zeigt alle Vorgänge.",
    ),
    "real_beside_synthetic": Kind(
        ERROR,
        "Dieser Bestand ist synthetisch ({found}); wirkliche Lieferungen werden hier nicht geladen.",
        "Starten Sie die Anwendung mit »make run« über einem eigenen Ordner (JOBCENTER_WAREHOUSE) und laden Sie dort.",
    ),
    "synthetic_beside_real": Kind(
        ERROR,
        "Die Lieferung enthält synthetische Daten ({found}); in einen Bestand mit wirklichen Daten gehören sie nicht.",
        "Synthetische Daten legt »make demo« in einem eigenen Ordner an.",
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
    def remedy(self) -> str:
        """Return what is to be done, with what was expected."""
        named = {"found": self.value, "expected": self.expected, "column": printable(self.column)}
        return KINDS[self.code].remedy.format(**named)

    @property
    def must_confirm(self) -> bool:
        """Tell whether this warning has to be accepted with a reason."""
        return self.severity == WARNING and KINDS[self.code].confirm

    @property
    def name(self) -> str:
        """Return what many problems of this kind together are called."""
        return KINDS[self.code].name or self.code

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


_ROOM = 200


def named(names: Sequence[str], most: int) -> str:
    """Return names as a list in a sentence; beyond the first `most`, and what a message has room for, they are only counted."""
    lengths = accumulate(len(name) + len(", ") for name in names[:most])
    shown = max(1, sum(length <= _ROOM for length in lengths))
    listed = ", ".join(names[:shown])
    return f"{listed} und {len(names) - shown} weitere" if len(names) > shown else listed


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

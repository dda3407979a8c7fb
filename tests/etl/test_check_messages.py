"""Every check of a delivery as its message is read: the place, what was found, what was expected, what to do."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from etl.draft import understand
from etl.extract import Extract
from etl.problem import Problem, named
from tests.etl.deliveries import HEADER, delivery
from tests.etl.observations import CATALOG, against, frame
from tests.etl.statistics import sheet, statistic
from tests.etl.test_check_history import AREAS, NAMES, NOTHING, areas, rate, with_value

PARTS = ("jobcenter", "kennzahl", "merkmal", "zeitraum", "wert")


def of_file(file: Extract) -> list[Problem]:
    return understand(file, CATALOG, date(2026, 11, 28)).problems


def of_rows(*rows: str, header: Sequence[str] = HEADER) -> list[Problem]:
    return of_file(delivery(*rows, header=header, name="l.csv"))


def grown() -> list[Problem]:
    before = with_value(areas("2019-05", 4000), AREAS[5], 2400)
    now = [row for row in with_value(areas("2019-06", 4000), AREAS[6], 6400) if row["jobcenter"] != AREAS[5]]
    return against(frame(*before), *now, names=NAMES)


def moved(value: float) -> list[Problem]:
    return against(
        frame(*areas("2019-05", 4000)), *with_value(areas("2019-06", 4000), AREAS[3], value), names=NAMES
    )


def of_two_months() -> list[Problem]:
    men = sheet(
        "3.2 Sanktionen gegenüber männlichen erwerbsfähigen Leistungsberechtigten",
        group="männliche ELB",
        month="Berichtsmonat Februar 2018",
    )
    return of_file(statistic(**{"3.1": sheet(), "3.2": men}))


PERIODS = "2019-06, 06/2019, Juni 2019, 2019, 2019-12-31 oder 2015/2018"
ELB = "Erwerbsfähige Leistungsberechtigte"
CASES: dict[str, tuple[Callable[[], list[Problem]], str, str]] = {
    "unknown Jobcenter": (
        lambda: of_rows("Hale;ELB;2019-06;1"),
        "error",
        "Datei l.csv, Zeile 2, Spalte »jobcenter«: Das Jobcenter »Hale« ist nicht bekannt. Meinten Sie »Halle (Saale)«? "
        "Neue Schreibweisen trägt die Betreuung in warehouse/catalog/jobcenters.toml ein.",
    ),
    "unknown indicator": (
        lambda: of_rows("halle;ELBX;2019-06;1"),
        "error",
        f"Datei l.csv, Zeile 2, Spalte »kennzahl«: Die Kennzahl »ELBX« ist nicht bekannt. Meinten Sie »ELB · {ELB}« oder "
        "»LB · Leistungsberechtigte Personen«? Neue Kennzahlen trägt die Betreuung in warehouse/catalog/indicators/ ein.",
    ),
    "wrong month": (
        lambda: of_rows("halle;ELB;2019-13;1"),
        "error",
        f"Datei l.csv, Zeile 2, Spalte »zeitraum«: »2019-13« ist kein Zeitraum. Schreiben Sie ihn wie {PERIODS}.",
    ),
    "missing month": (
        lambda: of_rows("halle;ELB;;1"),
        "error",
        f"Datei l.csv, Zeile 2, Spalte »zeitraum«: In der Spalte »zeitraum« steht nichts. Erwartet wird {PERIODS}.",
    ),
    "repeated row": (
        lambda: of_rows("halle;ELB;2019-06;1", "halle;ELB;2019-06;1"),
        "note",
        "Datei l.csv, Zeile 3: Die Zeile wiederholt Zeile 2 und zählt nur einmal. Löschen Sie eine der beiden Zeilen.",
    ),
    "contradicting row": (
        lambda: of_rows("halle;ELB;2019-06;1", "halle;ELB;2019-06;2"),
        "reason",
        "Datei l.csv, Zeile 3, Spalte »wert«: Hier steht 2, für dieselbe Angabe aber auch 1 (Zeile 2). Prüfen Sie beide; "
        "werden sie angenommen, bleiben beide als Widerspruch sichtbar.",
    ),
    "range": (
        lambda: of_rows("halle;K2;2019-06;120"),
        "error",
        "Datei l.csv, Zeile 2, Spalte »wert«: Der Wert 120 % liegt außerhalb des Möglichen. "
        "Für diese Kennzahl sind Werte von 0 % bis 80 % möglich.",
    ),
    "men and women": (
        lambda: of_rows(
            "halle;ELB;;2019-06;22000",
            "halle;ELB;maenner;2019-06;11000",
            "halle;ELB;frauen;2019-06;9000",
            header=PARTS,
        ),
        "reason",
        "Datei l.csv, Zeile 2, Spalte »wert«: Als Summe steht hier 22.000, die Teile passen nicht dazu: "
        f"{ELB}, Halle (Saale), Jun 2019 – Frauen 9.000 + Männer 11.000 = 20.000. "
        "Prüfen Sie Summe und Teile; werden sie angenommen, bleiben sie, wie sie geliefert sind.",
    ),
    "ages": (
        lambda: of_rows(
            "halle;ELB;;2019-06;22000",
            *(f"halle;ELB;{age};2019-06;3000" for age in ("unter-25", "25-bis-55", "ab-55")),
            header=PARTS,
        ),
        "reason",
        "Datei l.csv, Zeile 2, Spalte »wert«: Als Summe steht hier 22.000, die Teile passen nicht dazu: "
        f"{ELB}, Halle (Saale), Jun 2019 – 25 bis unter 55 Jahre 3.000 + 55 Jahre und älter 3.000 + unter 25 Jahre 3.000 "
        "= 9.000. Prüfen Sie Summe und Teile; werden sie angenommen, bleiben sie, wie sie geliefert sind.",
    ),
    "Jobcenter above its Land": (
        lambda: of_rows("halle;ELB;2019-06;300000", "Sachsen-Anhalt;ELB;2019-06;160000"),
        "reason",
        f"Datei l.csv, Zeile 3, Spalte »wert«: Hier steht 160.000, ein Teil davon hat mehr: {ELB}, Sachsen-Anhalt, Jun 2019 – "
        "Halle (Saale) 300.000. Prüfen Sie, ob die Werte beim richtigen Gebiet stehen.",
    ),
    "suppressed and recomputable": (
        lambda: of_rows(
            "halle;ELB;;2019-06;22000",
            "halle;ELB;maenner;2019-06;11000",
            "halle;ELB;frauen;2019-06;*",
            header=PARTS,
        ),
        "note",
        "Datei l.csv: Anonymisierte Werte lassen sich aus den anderen berechnen: Männer und Frauen in Zeile 4, Halle (Saale). "
        "Geben Sie sie nicht weiter und weisen Sie den Absender darauf hin.",
    ),
    "rounded to ten": (
        lambda: of_rows(
            *(f"halle;ELB;20{year}-{month:02};{year * 1000 + month * 10}" for year in range(10, 20) for month in range(1, 13))
        ),
        "note",
        "Datei l.csv: Fast alle Zahlen der Quelle »lieferung« enden auf 0, stehen aber als »exakt« da. "
        "Sind sie auf Vielfache von 10 gerundet, setzen Sie die Spalte »genauigkeit« auf »auf_zehn«.",
    ),
    "fraction for percent": (
        lambda: against(NOTHING, rate(0.274), rate(0.31, "magdeburg"), rate(0.19, "harburg")),
        "reason",
        "Blatt »Blatt 1«, Zeile 4, Spalte »wert«: Für eine Quote sehr klein: 3 Werte von 0,19 % bis 0,31 %. "
        "Erwartet werden Prozent (36,7 statt 0,367). Prüfen Sie, ob ein Bruchteil gemeint war.",
    ),
    "jump": (
        lambda: moved(2000),
        "note",
        f"Blatt »Blatt 1«, Zeile 5, Spalte »wert«: Hier steht 2.000; das ist ein Sprung: {ELB}, JC 4, Jun 2019, im Zeitraum "
        "davor 4.000; die Gebiete im Mittel 0,0 %. Prüfen Sie, ob die Lieferung vollständig war; ist der Wert richtig, "
        "ist nichts zu tun.",
    ),
    "slipped decimal point": (
        lambda: moved(40000),
        "reason",
        f"Blatt »Blatt 1«, Zeile 5, Spalte »wert«: Hier steht 40.000; das passt nicht zum Bisherigen: {ELB}, JC 4, Jun 2019, "
        "im Zeitraum davor 4.000; die Gebiete im Mittel 0,0 %. Prüfen Sie Komma, Einheit und Zeile.",
    ),
    "fewer Jobcenter": (
        grown,
        "note",
        f"Blatt »Blatt 1«: Es fehlen Jobcenter oder Kreise, die zuletzt geliefert wurden: JC 6 ({ELB}, zuletzt Mai 2019). "
        "Liefern Sie sie nach, wenn es Werte gibt; bis dahin stehen sie als fehlend da.",
    ),
    "territorial change": (
        grown,
        "note",
        "Blatt »Blatt 1«, Zeile 7, Spalte »wert«: Das Gebiet hat sich offenbar geändert: JC 7 umfasst jetzt auch JC 6. "
        "Werte davor und danach sind nicht vergleichbar; vermerken Sie es bei den Angaben.",
    ),
    "month of the file": (
        lambda: of_file(statistic("sanktionen-d-0-201802-xlsx.xlsx")),
        "reason",
        "Datei sanktionen-d-0-201802-xlsx.xlsx: Die Tabellen sprechen von Jan 2018, der Name der Datei von Feb 2018. "
        "Es gilt, was in den Tabellen steht; prüfen Sie, ob es die richtige Datei ist.",
    ),
    "months of the sheets": (
        of_two_months,
        "reason",
        "Datei sanktionen.xlsx: Die Blätter nennen verschiedene Zeiträume: Jan 2018 (Blatt 3.1), Feb 2018 (Blatt 3.2). "
        "Erwartet wird ein Zeitraum je Datei; prüfen Sie, ob Blätter aus mehreren Dateien zusammengestellt wurden.",
    ),
}  # fmt: skip


def weight(found: Problem) -> str:
    return "error" if found.severity == "error" else "reason" if found.must_confirm else "note"


@pytest.mark.parametrize(("found", "weighs", "message"), CASES.values(), ids=CASES)
def test_a_check_says_place_found_expected_and_remedy(
    found: Callable[[], list[Problem]], weighs: str, message: str
) -> None:
    assert (weighs, message) in {(weight(each), each.message.replace("\u00a0", " ")) for each in found()}


def test_many_names_leave_room_for_how_many_there_are() -> None:
    assert named(["a", "b"], 12) == "a, b"
    assert named(["a", "b", "c"], 2) == "a, b und 1 weitere"
    long = [f"JC Mecklenburgische Seenplatte {number:03}" for number in range(400)]
    told = named(long, 12)
    assert len(told) < 250
    assert told.startswith(f"{long[0]}, {long[1]}, ")
    assert told.endswith(f"{long[4]} und 395 weitere")
    assert named(["x" * 300, "y"], 12) == "x" * 300 + " und 1 weitere"
